"""Language: a target that is written in another script than its language, or in that of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from l10n import locales
from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import shown
from l10n.model import Entry, Severity

_SCRIPTS = {
    "Latin": r"A-Za-zÀ-ɏḀ-ỿ",
    "Cyrillic": r"Ѐ-ԯ",
    "Greek": r"Ͱ-Ͽἀ-῿",
    "Arabic": r"؀-ۿݐ-ݿ",
    "Hebrew": r"֐-׿",
    "Devanagari": r"ऀ-ॿ",
    "Bengali": r"ঀ-৿",
    "Thai": r"฀-๿",
    "Han": r"぀-ヿ㐀-鿿가-힣",
}
_LETTERS = {name: re.compile(f"[{chars}]+") for name, chars in _SCRIPTS.items()}
_OF_LANGUAGES = {
    "Cyrillic": "uk ru be bg mk sr kk ky mn tg",
    "Greek": "el",
    "Arabic": "ar fa ur ps ckb ug",
    "Hebrew": "he yi",
    "Devanagari": "hi mr ne",
    "Bengali": "bn as",
    "Thai": "th",
    "Han": "zh ja ko yue",
}
"""Languages whose usual script is not Latin (CLDR, likely subtags); Kana and Hangul count as Han."""
_SCRIPT_OF = {name: script for script, names in _OF_LANGUAGES.items() for name in names.split()}
_SCRIPT_TAGS = {"Latn": "Latin", "Cyrl": "Cyrillic", "Arab": "Arabic"}
_FEWEST_LETTERS = 24
_FEWEST_WORDS = 3
_QUOTED_CODE = re.compile(r"`+[^`]*`+")
_WORD = re.compile(r"[^\W\d_]+")
_PROSE = re.compile(r"(?:(?<!\S)[^\W\d_A-Z]+[,;:.]?(?:\s+|$)){4}")


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A sentence most of whose letters, or whose little words, belong to another language."""
    source, target = locales.language(setting.source_locale), locales.language(setting.locale)
    if source == target or target == "und" or entry.source == entry.target:
        return
    text = shown(entry.target).lower()
    words = _WORD.findall(_QUOTED_CODE.sub(" ", text) if "`" in text else text)
    letters = "".join(words)
    if len(letters) < _FEWEST_LETTERS:
        return
    script = _script(setting.locale)
    if sum(map(len, _LETTERS[script].findall(letters))) * 4 < len(letters):
        if _is_prose(entry.target):
            yield Problem(f"is not written in {script} letters")
    elif _speaks(words, source, target):
        yield Problem("is in the language of the source")


def _script(tag: str) -> str:
    """The script that a locale is written in."""
    named = next((part for part in tag.split("-")[1:] if part in _SCRIPT_TAGS), "")
    return _SCRIPT_TAGS.get(named) or _SCRIPT_OF.get(locales.language(tag), "Latin")


def _is_prose(text: str) -> bool:
    """Whether a text is more than names, code and addresses: some words without capitals in a row."""
    return _PROSE.search(shown(text)) is not None


def _speaks(words: Sequence[str], source: str, target: str) -> bool:
    """Whether among words are several little ones of the source's language, and none of the target's."""
    theirs, own = _little_words(source), _little_words(target)
    return bool(own) and own.isdisjoint(words) and sum(word in theirs for word in words) >= _FEWEST_WORDS


@cache
def _little_words(language: str) -> frozenset[str]:
    """The most frequent little words of a language; none where there is no list."""
    path = files("l10n.checks") / "data" / "little-words" / f"{language}.txt"
    if not path.is_file():
        return frozenset()
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


CHECK = Check(
    "language", Severity.ERROR, find, hides=frozenset(("leftovers", "length", "ending", "quotes", "invented"))
)
