"""Reopening: database files that can always be made again, whatever state they are in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from l10n.errors import L10nError

T = TypeVar("T")

_IN_NO_FILE = ":memory:"
_UNABLE = {"BUSY", "CANTOPEN", "FULL", "IOERR", "LOCKED", "NOMEM", "PERM", "READONLY"}
"""Result codes of SQLite (sqlite.org/rescode.html) that say nothing against the file itself."""


def reopen(path: Path, open: Callable[[Path | str], T]) -> T:
    """What `open` makes of a file: anew where that is damaged, in no file where none can be written.

    A damaged file stays beside the new one, one that only cannot be written now stays where it is.
    """
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return open(path)
        except L10nError as error:
            if not _is_damage(error):
                break
            with suppress(OSError):
                path.replace(path.with_suffix(".broken"))
        except OSError:
            break
    return open(_IN_NO_FILE)


def _is_damage(error: L10nError) -> bool:
    """Whether a file is at fault, and not the disk, the rights to it or another program."""
    cause = error.__cause__
    name = cause.sqlite_errorname if isinstance(cause, sqlite3.Error) else ""
    return not any(name.startswith(f"SQLITE_{code}") for code in _UNABLE)
