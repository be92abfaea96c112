"""Numbers in words and in Roman numerals. Shared by the checks of numbers."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from l10n.laziness import expression
from l10n.locales import language


def said(number: float, text: str, locale: str) -> bool:
    """Whether a text may say a number in words; true of any small one where the words are not known."""
    known = _number_words(language(locale))
    if not known:
        return number <= _SPELLED_OUT
    pattern = known.get(number)
    return pattern is not None and pattern.search(text.lower()) is not None


def says_numbers(text: str, locale: str) -> bool:
    """Whether a text has a number of ten or more in words; true where the words are not known."""
    pattern = _any_number_word(language(locale))
    return pattern is None or pattern.search(text.lower()) is not None


@cache
def _any_number_word(name: str) -> re.Pattern[str] | None:
    """What finds any number of ten or more in words; None where there is no list."""
    known = _number_words(name)
    large = [pattern.pattern for number, pattern in known.items() if number >= 10]
    return re.compile("|".join(large)) if known else None


def in_roman(number: int, text: str) -> bool:
    """Whether a text has a number, of a century or a king, in Roman numerals or Cyrillic look-alikes."""
    if not 0 < number < _ROMAN_UP_TO:
        return False
    tens, ones = divmod(number, 10)
    numeral = "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
    return numeral in _ROMAN.findall(text.translate(_CYRILLIC_ROMAN))


_ROMAN = expression(r"\b[IVX]+\b")
_ROMAN_UP_TO = 40
_CYRILLIC_ROMAN = str.maketrans("ІХ", "IX")
_SPELLED_OUT = 20
"""Newspapers spell out numbers up to here at most."""


@cache
def _number_words(name: str) -> dict[float, re.Pattern[str]]:
    """Numbers -> how their words begin, ordinals and other cases too; empty where there is no list."""
    path = files("l10n.checks") / "data" / "number-words" / f"{name}.tsv"
    if not path.is_file():
        return {}
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    joined = "" if name in _JOINING else r"(?<![^\W\d_])"
    return {float(number): re.compile(f"{joined}(?:{'|'.join(words.split())})") for number, words in rows}


_JOINING = {"ar", "de", "nl", "sv", "ja", "zh", "ko", "it"}
"""Languages that write a number within a longer word, or articles and prepositions before it."""
