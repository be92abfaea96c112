"""Brackets: each one that opens is closed again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import shown
from l10n.laziness import expression
from l10n.model import Entry, Severity

_SAME = str.maketrans("（）［］｛｝〔〕", "()[]{}[]")
"""Full-width brackets stand for the others."""
_PAIRS = ("()", "[]", "{}")
_ALONE = expression(r"(?<!\w)[:;]-?[()]|^\s*\w{1,3}\)", re.MULTILINE)
"""Brackets that need no partner: smileys, and what counts or names a paragraph, "1)"."""
_ANY = expression(r"[(){}\[\]（）［］｛｝〔〕]")


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A kind of bracket that is balanced in the source and not in the target, or that got lost."""
    if not _ANY.search(entry.target):
        return
    source, target = shown(entry.source).translate(_SAME), shown(entry.target).translate(_SAME)
    bare = _ALONE.sub("", target)
    for opening, closing in map(tuple, _PAIRS):
        if source.count(opening) != source.count(closing):
            continue
        more = target.count(opening) - target.count(closing)
        if more and bare.count(opening) != bare.count(closing):
            yield Problem(f"{opening if more > 0 else closing} has no partner")


CHECK = Check("brackets", Severity.WARNING, find, of_forms=True)
