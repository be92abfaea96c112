"""Numerals: how a locale writes numbers, by CLDR. Shared by the checks of numbers and of their formats."""

from __future__ import annotations

import re
from functools import cache

from l10n.inline import CODE

NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,'’\u00a0\u202f\u066b\u066c ]\d+)*(?![\w])")
ANY = re.compile(r"\d+(?:[.,'’\u00a0\u202f\u066b\u066c]\d+)*")
_SPACES = "\u00a0\u202f "
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def numerals(text: str) -> str:
    """A text in the form of `inline` with its codes blank and its digits western, as long as before."""
    return CODE.sub(lambda match: " " * len(match[0]), text).translate(_DIGITS)


def ungrouped(text: str) -> str:
    """The text with spaces that group digits taken out: 1 340 -> 1340."""
    return re.sub(rf"(?<=\d)[{_SPACES}](?=\d{{3}}(?!\d))", "", text)


def bare(text: str) -> str:
    """A number without its separators, which differ by locale."""
    return re.sub(r"\D", "", text)


def value(text: str, locale: str) -> float | None:
    """What a numeral means in a locale, or None where it means nothing."""
    decimal, group = symbols(locale)
    plain = re.sub(rf"[{re.escape(group)}{_SPACES}'’]", "", text).replace(decimal, ".")
    try:
        return float(plain)
    except ValueError:
        return None


@cache
def symbols(locale: str) -> tuple[str, str]:
    """The decimal and the grouping sign of a locale in western digits, by CLDR."""
    from babel import Locale, UnknownLocaleError

    try:
        symbols = Locale.parse(locale, sep="-").number_symbols
    except (UnknownLocaleError, ValueError):
        return ".", ","
    latin = symbols.get("latn", symbols)
    return str(latin.get("decimal", ".")), str(latin.get("group", ","))
