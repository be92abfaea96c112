"""Numbers: every number of the source stands in the target, as a numeral or where usual in words."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.model import Entry, Severity
from l10n.numerals import ANY, NUMBER, bare, numerals, ungrouped, value

_MAGNITUDES = (1_000, 10_000, 1_000_000, 100_000_000, 1_000_000_000)
_SMALL = 20
"""Numbers below may be written as words."""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Numbers that are missing."""
    target = ungrouped(numerals(entry.target))
    given = {bare(match[0]) for match in ANY.finditer(target)}
    values = {
        found for match in ANY.finditer(target) if (found := value(match[0], setting.locale)) is not None
    }
    for match in NUMBER.finditer(numerals(entry.source)):
        text = match[0].strip()
        if bare(text) not in given and not _said(text, setting.source_locale, values):
            yield Problem(f"the number {text} is missing")


def _said(text: str, locale: str, values: set[float]) -> bool:
    """Whether a number may stand in other words: a small one spelled out, 900,000 as 900 thousand."""
    number = value(text, locale)
    if number is None:
        return False
    scaled = {number * m for m in _MAGNITUDES} | {number / m for m in _MAGNITUDES}
    powers = {round(number * 10**n, 6) for n in range(-9, 10)}
    return number < _SMALL or any(round(v, 6) in powers or v in scaled for v in values)


CHECK = Check("numbers", Severity.ERROR, find)
