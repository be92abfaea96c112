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
    targets = [
        entry.target.rstrip(CLOSERS + " \n")
        for entry in catalog.entries
        if entry.state is State.REVIEWED and entry.target != entry.source and is_statement(entry.source)
    ]
    lost = sum(target[-1:].isalnum() for target in targets)
    return (lost, len(targets)) if lost >= _FEWEST and lost > _SHARE * len(targets) else None
