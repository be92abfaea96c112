"""Loops: a translation engine that has lost its way repeats itself again and again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import shown
from l10n.laziness import expression
from l10n.model import Entry, Severity, Span

_LOOP = expression(r"(\b[^\W\d_][\w'’ ]{0,60}?\b)(?:[\s,.;]+\1\b){2,}", re.IGNORECASE)
_CHARACTERS = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
_HAN, _WORD = expression(_CHARACTERS), expression(r"\w+")
_DENSE = expression(rf"({_CHARACTERS}{{2,20}}?)(?:[、，,。]?\1){{2,}}")


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Words that stand three times or more, one after the other, where the source does not do so."""
    words = _WORD.findall(entry.target.lower())
    if len(words) - len(set(words)) < 2 and not _HAN.search(entry.target):
        return  # as nearly all texts: nothing stands there three times
    for pattern in (_LOOP, _DENSE):
        match = pattern.search(shown(entry.target))
        if (
            match
            and not _is_named(match[0])
            and not any(each.search(shown(entry.source)) for each in (_LOOP, _DENSE))
        ):
            yield Problem(f"repeats {match[1][:40]!r} again and again", Span(*match.span()))
            return


def _is_named(said: str) -> bool:
    """Whether what repeats is an option beside its value and its meaning: "--shell SHELL shell"."""
    words = _WORD.findall(said)
    return any(word.isupper() for word in words) and any(word.islower() for word in words)


CHECK = Check("loops", Severity.ERROR, find, hides=frozenset(("doubled", "length", "ending", "invented")))
