"""Characters that do not belong in a text: controls, U+FFFD, unseen ones, directions forced or left open."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.laziness import expression
from l10n.locales import PSEUDO
from l10n.model import Entry, Severity, Span

_STRAY = expression("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd\ufeff\u202d\u202e\U000e0000-\U000e007f]")
"""Among them are overrides, which show letters in another order than they have, and tags, which do not show
(Unicode Technical Report 36)."""
_PAIRS = (("\u2066\u2067\u2068", "\u2069"), ("\u202a\u202b\u202d\u202e", "\u202c"))
"""What isolates or embeds a direction, and what ends it (Unicode Standard Annex 9)."""

_DIRECTIONS = expression("[\u2066-\u2069\u202a-\u202e]")


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Stray characters that the source does not have either, and open isolates."""
    for match in _STRAY.finditer(entry.target):
        if match[0] not in entry.source and setting.locale not in PSEUDO:
            yield Problem(f"holds U+{ord(match[0]):04X}", Span(*match.span()))
    for opening, closing in _PAIRS if _DIRECTIONS.search(entry.target) else ():
        begun = sum(map(entry.target.count, opening))
        if begun != entry.target.count(closing):
            yield Problem("a mark of direction is never closed")


CHECK = Check("controls", Severity.ERROR, find, hides=frozenset(("scripts",)), of_forms=True)
