"""The pieces of the file that a catalog was read from, by what they hold.

`Catalog.verbatim` keeps them in the order of the file. Entries in use go by their key. What else there
is goes by keys that begin with NUL, which no entry can hold.
"""

from __future__ import annotations

from l10n.model import Entry, Key

HEADER: Key = (None, "")
TAIL: Key = (None, "\0")
"""What stands after the last entry: blank lines, comments."""


def slot(entry: Entry, obsolete: bool) -> Key:
    """The key of an entry's piece."""
    return (entry.context, f"\0{entry.source}\0{entry.target}") if obsolete else entry.key
