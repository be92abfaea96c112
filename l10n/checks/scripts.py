"""Look-alikes: a Latin letter in a Cyrillic word, or the other way round (Unicode Technical Standard 39)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import shown, spliced
from l10n.locales import language
from l10n.model import Entry, Severity, Span

_LATIN = "ABCEHIKMOPTXaceiopxyï"
_CYRILLIC = "АВСЕНІКМОРТХасеіорхуї"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_WORD = re.compile(r"[A-Za-zÀ-ɏЀ-ӿ]+")
_HAS_LATIN, _HAS_CYRILLIC = re.compile(r"[A-Za-zÀ-ɏ]"), re.compile(r"[Ѐ-ӿ]")
_ALONE = re.compile(r"(?<=[а-яєіїґў] )[aceiouxyAO](?= [а-яєіїґў«])", re.IGNORECASE)
_IN_CYRILLIC = {"uk", "ru", "be", "bg", "mk", "sr"}


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Words in two scripts that look-alikes explain, and a single Latin letter among Cyrillic words."""
    text = shown(entry.target)
    if not _HAS_CYRILLIC.search(text) or not _HAS_LATIN.search(text):
        return
    for match in _WORD.finditer(text):
        mended = _one_script(match[0])
        if mended != match[0]:
            fix = spliced(entry.target, *match.span(), mended)
            yield Problem(f"{match[0]} mixes Latin and Cyrillic letters", Span(*match.span()), fix)
    alone = _ALONE.search(text) if language(setting.locale) in _IN_CYRILLIC else None
    if alone and not re.search(rf"(?<!\w){alone[0]}(?!\w)", shown(entry.source)):
        fix = spliced(entry.target, *alone.span(), alone[0].translate(_TO_CYRILLIC))
        yield Problem(f"{alone[0]} is a Latin letter", Span(*alone.span()), fix)


def _one_script(word: str) -> str:
    """The word in the script of most of its letters; as it is where look-alikes do not explain it."""
    latin = len(_HAS_LATIN.findall(word))
    if not latin or latin == len(word):
        return word
    mended = word.translate(_TO_LATIN if latin * 2 > len(word) else _TO_CYRILLIC)
    return word if _HAS_LATIN.search(mended) and _HAS_CYRILLIC.search(mended) else mended


CHECK = Check("scripts", Severity.WARNING, find, of_forms=True)
