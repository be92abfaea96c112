"""Look-alikes: a Latin letter in a Cyrillic or Greek word, or the reverse (Unicode Technical Standard 39)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import shown, spliced
from l10n.laziness import expression
from l10n.locales import language
from l10n.model import Entry, Severity, Span

_HAS_LATIN = expression(r"[A-Za-zÀ-ɏ]")


@dataclass(frozen=True, slots=True)
class _Script:
    """A script some of whose letters look like Latin ones."""

    name: str
    letters: re.Pattern[str]
    to_latin: Mapping[int, int]
    from_latin: Mapping[int, int]
    fewest: int
    """Shorter words with letters of both scripts are symbols: kΩ."""


def _script(name: str, block: str, own: str, latin: str, fewest: int) -> _Script:
    return _Script(name, re.compile(block), str.maketrans(own, latin), str.maketrans(latin, own), fewest)


_SCRIPTS = (
    _script("Cyrillic", r"[Ѐ-ӿ]", "АВСЕНІКМОРТХасеіорхуї", "ABCEHIKMOPTXaceiopxyï", 2),
    _script("Greek", r"[Ͱ-Ͽ]", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχόίά", "ABEZHIKMNOPTYXaikvopuxóíá", 4),
)
_WORD = expression(r"[A-Za-zÀ-ɏͰ-Ͽἀ-῿Ѐ-ӿ]+")
_ALONE = expression(r"(?<=[а-яєіїґў] )[aceiouxyAO](?= [а-яєіїґў«])", re.IGNORECASE)
_IN_CYRILLIC = {"uk", "ru", "be", "bg", "mk", "sr"}


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Words in two scripts that look-alikes explain, and a single Latin letter among Cyrillic words."""
    if entry.target.isascii() or not _HAS_LATIN.search(text := shown(entry.target)):
        return
    for script in _SCRIPTS:
        for match in _WORD.finditer(text) if script.letters.search(text) else ():
            mended = _in_one(match[0], script)
            if mended != match[0] and not _is_code(text, match):
                fix = spliced(entry.target, *match.span(), mended)
                yield Problem(f"{match[0]} mixes Latin and {script.name} letters", Span(*match.span()), fix)
    alone = _ALONE.search(text) if language(setting.locale) in _IN_CYRILLIC else None
    if alone and not re.search(rf"(?<!\w){alone[0]}(?!\w)", shown(entry.source)):
        fix = spliced(entry.target, *alone.span(), alone[0].translate(_SCRIPTS[0].from_latin))
        yield Problem(f"{alone[0]} is a Latin letter", Span(*alone.span()), fix)


def _is_code(text: str, match: re.Match[str]) -> bool:
    """Whether a word is a conversion, or runs into a code of POD: "%s", "E<lt>"."""
    if text[match.start() - 1 : match.start()] in ("%", "-"):
        return True
    if match[0][-1].isupper() and match[0][:-1].islower():
        return True  # one of many: "fileN"
    return match[0][-1].isascii() and match[0][-1].isupper() and text[match.end() : match.end() + 1] == "<"


def _in_one(word: str, script: _Script) -> str:
    """The word in the script of most of its letters; as it is where look-alikes do not explain it."""
    latin = len(_HAS_LATIN.findall(word))
    if not latin or latin == len(word) or len(word) < script.fewest:
        return word
    mended = word.translate(script.to_latin if latin * 2 > len(word) else script.from_latin)
    return word if _HAS_LATIN.search(mended) and script.letters.search(mended) else mended


CHECK = Check("scripts", Severity.WARNING, find, of_forms=True)
