"""Numbers: every number of the source stands in the target, in digits or where usual in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.spelling import in_roman, said
from l10n.checks.texts import figures
from l10n.model import Entry, Severity
from l10n.numerals import ANY, NUMBER, bare, ungrouped, value, values_of

_MAGNITUDES = (1_000, 10_000, 1_000_000, 100_000_000, 1_000_000_000)
_HOURS = {f"{hour}" for hour in range(1, 12)}
_AFTERNOON = re.compile(r"\s?(?:[:.]\d\d\s?)?p\.?\s?m\b", re.IGNORECASE)


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Numbers that are missing."""
    source = figures(entry.source)
    wanted = list(NUMBER.finditer(source))
    if not wanted:
        return
    target = ungrouped(figures(entry.target))
    given = {bare(match[0]) for match in ANY.finditer(target)}
    values = values_of(target, setting.locale)
    for match in wanted:
        text = match[0].strip()
        if bare(text) in given or _said(text, setting, values, entry.target):
            continue
        if text in _HOURS and _AFTERNOON.match(source, match.end()) and str(int(text) + 12) in given:
            continue
        yield Problem(f"the number {text} is missing")


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


CHECK = Check("numbers", Severity.ERROR, find, hides=frozenset(("invented",)))
