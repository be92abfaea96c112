"""Language: a target that is written in another script than its language, or in that of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from l10n import locales
from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import DENSITY, little_words, prose
from l10n.model import Entry, Severity

_SCRIPTS = {
    "Latn": r"A-Za-zÀ-ɏḀ-ỿ",
    "Cyrl": r"Ѐ-ԯ",
    "Grek": r"Ͱ-Ͽἀ-῿",
    "Armn": r"\u0530-\u058f",
    "Hebr": r"\u0590-\u05ff",
    "Arab": r"\u0600-\u06ff\u0750-\u077f",
    "Deva": r"\u0900-\u097f",
    "Beng": r"\u0980-\u09ff",
    "Guru": r"\u0a00-\u0a7f",
    "Gujr": r"\u0a80-\u0aff",
    "Taml": r"\u0b80-\u0bff",
    "Telu": r"\u0c00-\u0c7f",
    "Knda": r"\u0c80-\u0cff",
    "Mlym": r"\u0d00-\u0d7f",
    "Sinh": r"\u0d80-\u0dff",
    "Thai": r"\u0e00-\u0e7f",
    "Mymr": r"\u1000-\u109f",
    "Geor": r"\u10a0-\u10ff\u1c90-\u1cbf",
    "Ethi": r"\u1200-\u139f",
    "Khmr": r"\u1780-\u17ff",
    "Hani": r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3",
}
"""The characters of scripts (Unicode, Blocks; names by ISO 15924); Kana and Hangul count as Han."""
_LETTERS = {name: re.compile(f"[{chars}]+") for name, chars in _SCRIPTS.items()}
_SAME = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hani", "Kore": "Hani"}
_NAMES = {"Latn": "Latin", "Cyrl": "Cyrillic", "Grek": "Greek", "Hani": "Chinese, Japanese or Korean"}
_LEAST = 0.25
_FEWEST_LETTERS = 24
_FEWEST_WORDS = 3
_WORD = re.compile(r"[^\W\d_]+")
_PROSE = re.compile(r"(?:(?<!\S)[^\W\d_A-Z]+[,;:.]?(?:\s+|$)){4}")


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A sentence most of whose letters, or whose little words, belong to another language."""
    source, target = locales.language(setting.source_locale), locales.language(setting.locale)
    if source == target or target == "und" or entry.source == entry.target:
        return
    words = _WORD.findall(prose(entry.target).lower())
    letters = "".join(words)
    if len(letters) < _FEWEST_LETTERS:
        return
    script = _script(setting.locale)
    if script in _LETTERS and _share(letters, script) < _LEAST:
        if _is_prose(entry.target):
            yield Problem(f"is not written in {_named(script)} letters")
    elif _speaks(words, source, target):
        yield Problem("is in the language of the source")


@cache
def _script(tag: str) -> str:
    """The script that a locale is written in (CLDR, likely subtags)."""
    script = locales.script(tag)
    return _SAME.get(script, script)


def _named(script: str) -> str:
    from babel import Locale

    return _NAMES.get(script) or Locale("en").scripts.get(script, script)


def _share(letters: str, script: str) -> float:
    """How much of a text is in a script, whose characters may each say more than a letter does."""
    own = sum(map(len, _LETTERS[script].findall(letters)))
    weight = own * (DENSITY if script == "Hani" else 1)
    return weight / (weight + len(letters) - own)


def _is_prose(text: str) -> bool:
    """Whether a text is more than names, code and addresses: some words without capitals in a row."""
    return _PROSE.search(prose(text)) is not None


def _speaks(words: Sequence[str], source: str, target: str) -> bool:
    """Whether among words are several little ones of the source's language, and none of the target's."""
    theirs, own = little_words(source), little_words(target)
    return bool(own) and own.isdisjoint(words) and sum(word in theirs for word in words) >= _FEWEST_WORDS


CHECK = Check(
    "language", Severity.ERROR, find, hides=frozenset(("leftovers", "length", "ending", "quotes", "invented"))
)
