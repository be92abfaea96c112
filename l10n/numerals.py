"""Numerals: how a locale writes numbers, by CLDR; found in texts, and carried from one text to another."""

from __future__ import annotations

import re
from functools import cache
from math import isfinite
from unicodedata import digit

from l10n.inline import CODE
from l10n.laziness import expression

NUMBER = expression(
    r"(?<![\w.,])(?<![^\W\d_]-)"
    r"(?:\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?!\d|[.,]\d+[.,])(?:[.,\u066b]\d+)?|\d+(?:[.,'’\u066b\u066c]\d+)*)"
    r"(?!\w|[.,]\d)"
)
"""A number that stands by itself, with its separators."""
ANY = expression(r"\d+(?:[.,'’\u00a0\u202f\u066b\u066c]\d+)*")
_SPACES = "\u00a0\u202f "
_GROUPED = expression(rf"(?<![\w.,])\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d|\.\d+\.)")
_OTHER_DIGIT = expression(r"(?![0-9])\d")
_DATE = expression(r"\d{1,2}([./])\d{1,2}\1(?:\d{4}|\d\d)")
_LIST = expression(r"\d+(?:,\d+)+")


def numerals(text: str) -> str:
    """A text in the form of `inline` with its codes blank and its digits western, as long as before."""
    text = CODE.sub(lambda match: " " * len(match[0]), text) if "<" in text else text
    return _western(text)


def _western(text: str) -> str:
    """A text in which all digits are western, whatever script they are of."""
    return text if text.isascii() else _OTHER_DIGIT.sub(lambda match: str(digit(match[0])), text)


def pieces(text: str, locale: str) -> list[str]:
    """The numerals in what `ANY` takes for one: those of a date, 14.3.2006, or of a list, 48,44 in en."""
    if _DATE.fullmatch(text) or (_LIST.fullmatch(text) and not _numeral(locale).fullmatch(text)):
        return re.findall(r"\d+", text)
    return [text]


@cache
def _numeral(locale: str) -> re.Pattern[str]:
    """A numeral as a locale writes it, grouped by three digits, or by two as in India, or not at all."""
    decimal, group = map(re.escape, symbols(locale))
    return re.compile(rf"(?:\d{{1,3}}(?:{group}\d{{2,3}})*{group}\d{{3}}|\d+)(?:{decimal}\d+)?")


def ungrouped(text: str) -> str:
    """The text with spaces that group digits taken out: 1 340 -> 1340."""
    return _GROUPED.sub(lambda match: re.sub(rf"[{_SPACES}]", "", match[0]), text)


def bare(text: str) -> str:
    """A number without its separators, which differ by locale."""
    return re.sub(r"\D", "", text)


def value(text: str, locale: str) -> float | None:
    """What a numeral means in a locale, or None where it means nothing."""
    decimal, group = symbols(locale)
    plain = re.sub(rf"[{re.escape(group)}{_SPACES}'’]", "", text).replace(decimal, ".")
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if isfinite(number) else None


def values_of(text: str, locale: str) -> set[float]:
    """What the numerals of a text mean in a locale."""
    return {found for match in ANY.finditer(text) if (found := value(match[0], locale)) is not None}


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


def shape(text: str) -> str:
    """A plain text with a zero for each of its numbers: equal for texts that differ in numbers only."""
    return NUMBER.sub("0", _western(text)) if any(map(str.isdigit, text)) else text


def carry(old: str, new: str, target: str, source_locale: str, locale: str) -> str | None:
    """The translation of `old` with the numbers of `new`, a text of the same `shape`.

    None where a number that differs cannot be told apart, or does not stand in the translation as often
    as in the source. All three are in the form of `inline`.
    """
    pairs = list(zip(NUMBER.findall(numerals(old)), NUMBER.findall(numerals(new)), strict=True))
    wanted = {before: after for before, after in pairs if before != after}
    if any((after != wanted[before]) for before, after in pairs if before in wanted):
        return None
    out, at, counts = [], 0, dict.fromkeys(wanted, 0)
    for match in NUMBER.finditer(numerals(target)):
        before = next((b for b in wanted if _same(b, match[0], source_locale, locale)), None)
        if before is None:
            continue
        counts[before] += 1
        written = _written(wanted[before], before, match[0], source_locale, locale)
        out += [target[at : match.start()], _in_digits_of(target[match.start() : match.end()], written)]
        at = match.end()
    olds = [before for before, _ in pairs]
    if any(counts[before] != olds.count(before) for before in wanted):
        return None
    return "".join([*out, target[at:]])


def _same(source: str, target: str, source_locale: str, locale: str) -> bool:
    """Whether two numerals, each in its locale, mean the same number."""
    meant = value(source, source_locale)
    return source == target or (meant is not None and meant == value(target, locale))


def _written(new: str, old: str, translated: str, source_locale: str, locale: str) -> str:
    """A numeral of the source as the translation writes numbers: `old` stands in it as `translated`."""
    decimal, group = symbols(source_locale)
    whole, _, part = re.sub(rf"[{re.escape(group)}{_SPACES}'’]", "", new).partition(decimal)
    as_it_was = old == translated and not old.isdigit()
    if as_it_was or not f"{whole}{part}".isdecimal():
        return new
    sign = symbols(locale)[1]
    found = re.search(rf"\d([{_SPACES}'’{re.escape(sign)}])\d{{3}}(?!\d)", translated)
    if found or (whole not in new and old.isdigit()):
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", found[1] if found else sign, whole)
    return whole + (symbols(locale)[0] + part if part else "")


def _in_digits_of(sample: str, numeral: str) -> str:
    """A numeral in the digits that a sample has: western, Arabic, Devanagari…"""
    first = next(filter(str.isdecimal, sample), "0")
    zero = ord(first) - digit(first)
    return numeral.translate({ord("0") + n: zero + n for n in range(10)})
