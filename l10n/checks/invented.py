"""Invented numbers: one in the target that the source says neither in digits nor in words."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.spelling import in_roman, says_numbers
from l10n.checks.texts import without_addresses
from l10n.model import Entry, Severity, Span
from l10n.numerals import ANY, bare, numerals, ungrouped, values_of

_IN_WORDS = {*range(13), 25, 50, 75, 100}
"""Numbers that may stand for a word: "both", "a dozen", "half", "all"."""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Numbers that come from nowhere."""
    numbers = list(ANY.finditer(numerals(without_addresses(entry.target))))
    if not numbers or says_numbers(entry.source, setting.source_locale):
        return
    source = ungrouped(numerals(without_addresses(entry.source)))
    given = {bare(match[0]) for match in ANY.finditer(source)}
    known = values_of(source, setting.source_locale)
    for match in numbers:
        digits = bare(ungrouped(match[0]))
        if int(digits) in _IN_WORDS or digits in given or any(digits in each for each in given):
            continue
        if not values_of(match[0], setting.locale) & known and not in_roman(int(digits), entry.source):
            yield Problem(f"the number {match[0].strip()} is not in the source", Span(*match.span()))


CHECK = Check("invented", Severity.WARNING, find)
