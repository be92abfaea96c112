"""Habits: what the translators of a catalog do again and again is how they want it."""

from __future__ import annotations

from l10n.checks.texts import CLOSERS
from l10n.laziness import expression
from l10n.model import Catalog, State

_STATEMENT = expression(r"[^.!?]*\w[.]\s*")
"""A single sentence that ends with a stop."""
_WIDE, _WIDE_FEWEST = expression(r"[.?!]  \S"), 3
_FEWEST, _SHARE = 5, 1 / 3
"""So many entries, and such a part of all, are no oversight (617 catalogs: most have a tenth at the most)."""


def sets_stops_wide(catalog: Catalog) -> bool:
    """Whether the sources have two spaces after a stop, as typewriters had, here and there."""
    return sum(_WIDE.search(entry.source) is not None for entry in catalog.entries) >= _WIDE_FEWEST


def is_statement(text: str) -> bool:
    """Whether a text is one sentence with a stop at its end."""
    return _STATEMENT.fullmatch(text) is not None


def drops_stops(catalog: Catalog) -> tuple[int, int] | None:
    """How many of the sentences that stand alone have lost their stop, of how many; None where few have."""
    targets = [target for source, target in _reviewed(catalog) if is_statement(source)]
    return _habit([target[-1:].isalnum() for target in targets])


def adds_stops(catalog: Catalog) -> tuple[int, int] | None:
    """How many of the texts without a mark at their end have gained a stop, of how many."""
    targets = [target for source, target in _reviewed(catalog) if source.rstrip()[-1:].isalpha()]
    return _habit([target.endswith((".", "。")) for target in targets])


def _reviewed(catalog: Catalog) -> list[tuple[str, str]]:
    """The sources of what is reviewed, and their targets without what may follow the last mark."""
    return [
        (entry.source, entry.target.rstrip(CLOSERS + " \n"))
        for entry in catalog.entries
        if entry.state is State.REVIEWED and entry.target != entry.source
    ]


def _habit(cases: list[bool]) -> tuple[int, int] | None:
    """How many cases hold, of how many, where they are too many to be oversights."""
    count = sum(cases)
    return (count, len(cases)) if count >= _FEWEST and count > _SHARE * len(cases) else None
