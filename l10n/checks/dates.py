"""Dates and times: the same day or hour in other digits and words. Shared by the checks of numbers."""

from __future__ import annotations

import re
from functools import cache

from l10n.checks.texts import MASK
from l10n.laziness import expression
from l10n.numerals import ANY, pieces

_TIME = expression(r"(?<!\d)\d{1,2}:\d\d(?!\d)|\d\s?[ap]\.?\s?m\b", re.IGNORECASE)
_DOTTED_TIME = expression(r"(?<![\d.,])(\d{1,2})\.(\d\d)(?![.,]?\d)")
_HALF_DAY = expression(r"\s?(?::\d\d\s?)?(?P<half>[ap])\.?\s?m\b", re.IGNORECASE)
_MINUTES = expression(r":\d\d(?!\d)")
_YEAR = expression(rf"(?<!\d)(\d\d)\d\d\s?(?:[–—-]|{MASK}+)\s?$")
"""The first of two years, the other of which may have two digits only: 1994–98."""
_MONTH = expression(r"(?<!\d)(?:\d{4}-(\d\d)-\d\d|(\d{1,2})/\d{1,2}/\d{2,4})(?!\d)")
"""A date in digits (ISO 8601, and as in the United States), and its month."""

_SHORT = 5
"""Names of months up to so many letters are looked for whole: "juin" is not "juillet"."""


def has_time(text: str) -> bool:
    """Whether a text has the time of a day in digits."""
    return _TIME.search(text) is not None


def figures_of(text: str, locale: str, timed: bool) -> set[str]:
    """The numerals of a text, and those that its dates, lists and, where there are any, times are made of."""
    parts = {part for match in ANY.finditer(text) for part in (match[0], *pieces(match[0], locale))}
    return parts | {part for time in _DOTTED_TIME.findall(text) if timed for part in time}


def equals(source: str, match: re.Match[str]) -> set[str]:
    """Other digits for a number of a source: the hour as others count it, the year in full."""
    before, after = source[: match.start()], source[match.end() :]
    if len(match[0]) > 2 or not match[0].isdecimal():
        return set()
    hour, half = int(match[0]), _HALF_DAY.match(after)
    if half and 0 < hour <= 12:
        return _digits(hour % 12 + (12 if half["half"] in "pP" else 0))
    if _MINUTES.match(after):
        return _digits((hour + 12) % 24) if hour <= 24 else set()
    years = _YEAR.search(before)
    return {years[1] + match[0]} if years else set()


def _digits(hour: int) -> set[str]:
    return {f"{hour}", f"{hour:02}"}


def is_full_hour(source: str, match: re.Match[str]) -> bool:
    """Whether a number is the 00 of 18:00, which many languages leave out."""
    return match[0] == "00" and re.search(r"(?<!\d)\d{1,2}:$", source[: match.start()]) is not None


def is_named_month(source: str, match: re.Match[str], target: str, locale: str) -> bool:
    """Whether a number is the month of a date that the target gives by name, in any form (CLDR)."""
    dates = (date for date in _MONTH.finditer(source) if match.span() in (date.span(1), date.span(2)))
    names = [name for _ in dates for name in _months(locale).get(int(match[0]), ())]
    stems = (re.escape(name[:-2] if len(name) > _SHORT else name) for name in names)
    return any(re.search(rf"(?<![^\W\d_]){stem}", target, re.IGNORECASE) for stem in stems)


@cache
def _months(locale: str) -> dict[int, frozenset[str]]:
    """The names of each month; none for a locale that CLDR does not have."""
    from babel import Locale, UnknownLocaleError

    try:
        months = Locale.parse(locale, sep="-").months
    except (UnknownLocaleError, ValueError):
        return {}
    tables = [months[use][width] for use in ("format", "stand-alone") for width in ("wide", "abbreviated")]
    return {number: frozenset(str(table[number]).lower() for table in tables) for number in range(1, 13)}
