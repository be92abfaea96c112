"""Numbers: every number of the source stands in the target, in digits or where usual in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks import dates
from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.examples import has_made_up_phone, is_example
from l10n.checks.spelling import in_roman, said
from l10n.checks.texts import figures, shown
from l10n.laziness import expression
from l10n.model import Entry, Severity
from l10n.numerals import ANY, NUMBER, bare, pieces, ungrouped, value

_MAGNITUDES = (1_000, 10_000, 1_000_000, 100_000_000, 1_000_000_000)
_FEW = 4
_HALF = expression(r"(?<![\d/])1/2(?![\d/])")
_PROSE = 100
"""In a text of so many characters a number up to a few may go without saying: "the 4 arrow cursor".

So may 1 in any, as in "1 minute", and the digits of a half.
"""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Numbers that are missing."""
    source = figures(entry.source)
    wanted = list(NUMBER.finditer(source))
    if not wanted or has_made_up_phone(entry.source):
        return
    given = dates.figures_of(ungrouped(figures(entry.target)), setting.locale, dates.has_time(source))
    digits = {bare(text) for text in given}
    values = {found for text in given if (found := value(text, setting.locale)) is not None}
    for match in wanted:
        text = match[0].strip()
        every = [text] if bare(text) in digits else pieces(text, setting.source_locale)
        if all(bare(each) in digits or _said(each, setting, values, entry.target) for each in every):
            continue
        if dates.is_full_hour(source, match) or not digits.isdisjoint(dates.equals(source, match)):
            continue
        if dates.is_named_month(source, match, entry.target, setting.locale):
            continue
        if not _is_free(match, entry, setting, digits):
            yield Problem(f"the number {text} is missing")


def _is_free(match: re.Match[str], entry: Entry, setting: Setting, given: set[str]) -> bool:
    """Whether a number need not be there: an example, or one of few things where no other number stands."""
    others = given - {bare(each[0]) for each in ANY.finditer(figures(entry.source))}
    if is_example(shown(entry.source), match.start(), setting.source_locale):
        return all(len(other) != len(bare(match[0])) for other in others)
    if others or not match[0].isdecimal() or int(match[0]) > _FEW:
        return False
    return match[0] == "1" or _HALF.search(entry.source) is not None or len(entry.source) > _PROSE


def _said(text: str, setting: Setting, values: set[float], target: str) -> bool:
    """Whether a number stands there in other words: a small one spelled out, 900,000 as 900 thousand."""
    number = value(text, setting.source_locale)
    if number is None:
        return False
    scaled = {number * m for m in _MAGNITUDES} | {number / m for m in _MAGNITUDES}
    powers = {round(number * 10**n, 6) for n in range(-9, 10)}
    if any(round(v, 6) in powers or v in scaled for v in values):
        return True
    return said(number, target, setting.locale) or in_roman(int(number), target)


CHECK = Check("numbers", Severity.ERROR, find, hides=frozenset(("invented",)), of_keys=False)
