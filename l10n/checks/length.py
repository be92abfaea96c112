"""Length: a target far shorter or longer than its source has likely lost or gained something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import TAG, weight
from l10n.inline import plain
from l10n.laziness import expression
from l10n.model import Entry, Severity

_SHORTEST, _LONGEST = 0.35, 4.0
_FEWER, _MORE = 5, 60
"""So many characters fewer or more may be there, which count where a text is short.

Translators explain more often than they leave out: what is twice as long was nearly always meant so.
"""
_SMALL, _TERM = 25, 40
"""Shorter texts have no usual length, and up to this one they may be a term, which a word can say."""
_PROSE = expression(r"(?:(?<![^\W\d_])[^\W\d_A-Z]+[ ,;]+){2}[^\W\d_A-Z]+|[^\x00-\u024f]")
"""Words without capitals in a row: a name may be known by a shorter one."""
_IN_BRACKETS = expression(r"\([^()]*\)")
_NOT_SHOWN = expression(rf"<!--.{{0,2000}}?-->|{TAG}", re.DOTALL)
"""Comments and tags of other formats."""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A ratio of lengths out of all measure, for texts that are long enough to have one."""
    source, target = _seen(entry.source), _seen(entry.target)
    if "|" in source and "|" not in target:
        source = source.rpartition("|")[2]  # what stands before it is a context: "menu|Open" (GLib, Q_)
    if "(" in source and "(" not in target:
        source = " ".join(_IN_BRACKETS.sub("", source).split())  # what is there only to explain
    if len(source) < _SMALL or " " not in source:
        return
    length = weight(source)
    ratio = weight(target) / length
    shortest = _SHORTEST - _FEWER / length if length >= _TERM and _PROSE.search(source) else 0
    if not shortest <= ratio <= _LONGEST + _MORE / length:
        yield Problem(f"is {ratio:.1f} times as long as the source")


def _seen(text: str) -> str:
    """What a reader sees of a text, in which any white space is one space."""
    return " ".join(_NOT_SHOWN.sub("", plain(text)).split())


CHECK = Check("length", Severity.WARNING, find, hides=frozenset(("ending",)), of_code=False, of_keys=False)
