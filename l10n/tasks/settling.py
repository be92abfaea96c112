"""Settling: which catalogs a run of `draft` need not look at again.

A catalog is settled when it has nothing to draft, or when all that it depends on is as it was when its
empty entries were last refused: its file, the engine, the glossary, the memory, the other catalogs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from l10n.errors import CatalogError, L10nError
from l10n.project import Project, read_bytes, write_bytes

_FILE = "drafted.json"
_VERSION = 1
"""To be raised when drafting gets better, so that what it refused is tried again."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """How `draft` left a catalog."""

    signature: str
    """Of the catalog's file."""
    source: str = ""
    """The source locale, where entries were left empty."""
    circumstances: str = ""
    """What these entries were refused under."""
    empty: tuple[tuple[str, str], ...] = ()
    """Source and reason of each."""


class Settled:
    """The settlements of a project's catalogs, kept in the folder of what can be made again."""

    def __init__(self, project: Project) -> None:
        self._path = project.state / _FILE
        self._known: dict[str, Settlement] = {}
        with suppress(L10nError, ValueError, TypeError, KeyError, AttributeError):
            stored = json.loads(read_bytes(self._path, CatalogError))
            rows = stored["catalogs"] if stored["version"] == _VERSION else {}
            self._known = {name: _settlement(**row) for name, row in rows.items()}

    def get(self, name: str, signature: str) -> Settlement | None:
        """How a catalog was left, if its file is still the same."""
        found = self._known.get(name)
        return found if found and found.signature == signature else None

    def put(self, name: str, settlement: Settlement) -> None:
        self._known[name] = settlement

    def save(self) -> None:
        """Write what is known; where that is not possible, the next run looks at everything again."""
        rows = {name: asdict(each) for name, each in self._known.items()}
        data = json.dumps({"version": _VERSION, "catalogs": rows}, ensure_ascii=False).encode()
        with suppress(L10nError):
            write_bytes(self._path, data, CatalogError)


def _settlement(signature: str, source: str, circumstances: str, empty: Iterable[list[str]]) -> Settlement:
    pairs = tuple((text, reason) for text, reason in empty)
    return Settlement(signature, source, circumstances, pairs)


def signature(path: Path) -> str:
    """What a file is recognized by without reading it; empty where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return ""
    return f"{stat.st_mtime_ns} {stat.st_size}"


def circumstances(engine: str, paths: Iterable[Path]) -> str:
    """A digest of what drafts depend on: an engine with its version, and files."""
    parts = [engine, *(f"{path} {signature(path)}" for path in paths)]
    return sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:16]
