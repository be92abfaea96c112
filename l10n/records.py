"""Records: the data types that are made by the thousand.

`@record(frozen=True, slots=True)` is `@dataclass(frozen=True, slots=True)` for type checkers, which see to
it that no field is ever set. At run time it leaves the guard out: CPython makes a frozen dataclass of
fourteen fields eight times as slowly as one that is not.
"""

from __future__ import annotations

TYPE_CHECKING = False  # of `typing`, which takes long to load

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import dataclass

    def record(*, frozen, **options):
        """A dataclass whose instances are equal by their fields, and hashed by them if frozen."""
        return dataclass(unsafe_hash=frozen, **options)


__all__ = ["record"]
