"""Invented numbers: one in the target that the source says neither in digits nor in words."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.spelling import in_roman, says_numbers
from l10n.checks.texts import figures
from l10n.model import Entry, Severity, Span
from l10n.numerals import ANY, bare, ungrouped, values_of

_IN_WORDS = {*range(13), 25, 50, 75, 100}
"""Numbers that may stand for a word: "both", "a dozen", "half", "all"."""
_LONG = 10
"""Digits of a number that no word stands for."""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Numbers that come from nowhere."""
    source = ungrouped(figures(entry.source))
    given = {bare(match[0]) for match in ANY.finditer(source)}
    for match in ANY.finditer(figures(entry.target)):
        digits = bare(ungrouped(match[0]))
        number = int(digits) if len(digits) < _LONG else -1
        if number in _IN_WORDS or digits in given or any(digits in each for each in given):
            continue
        if says_numbers(entry.source, setting.source_locale) or in_roman(number, entry.source):
            continue
        if values_of(match[0], setting.locale).isdisjoint(values_of(source, setting.source_locale)):
            yield Problem(f"the number {match[0].strip()} is not in the source", Span(*match.span()))


CHECK = Check("invented", Severity.WARNING, find)
