"""Finding a reader, engine, check… by name, without loading the others."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from l10n.errors import ConfigError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

T = TypeVar("T")


class Registry(Generic[T]):
    """The plug-ins of one kind: built in, and those of installed packages.

    `builtin` maps a name to "module:attribute". Other packages add to it with entry points of the
    group `l10n.<kind>`; a built-in name cannot be taken over.
    """

    def __init__(self, kind: str, builtin: Mapping[str, str]) -> None:
        self.kind = kind
        self._builtin = builtin

    def names(self) -> list[str]:
        """All names, sorted."""
        return sorted({*self._builtin, *(point.name for point in self._installed())})

    def get(self, name: str) -> T:
        """The plug-in of that name. Raises ConfigError where there is none."""
        if name in self._builtin:
            module, _, attribute = self._builtin[name].partition(":")
            return cast(T, getattr(import_module(module), attribute))
        for point in self._installed():
            if point.name == name:
                return cast(T, point.load())
        raise self._unknown(name)

    def _unknown(self, name: str) -> ConfigError:
        import difflib

        known = self.names()
        close = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean {close[0]}?" if close else f"there are: {', '.join(known)}"
        return ConfigError(f"there is no {self.kind.removesuffix('s')} named {name!r}", hint=hint)

    def _installed(self) -> EntryPoints:
        from importlib.metadata import entry_points

        return entry_points(group=f"l10n.{self.kind}")
