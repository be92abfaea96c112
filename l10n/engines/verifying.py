"""Verifying: whether a draft lost or invented anything. It shares no code with what makes drafts."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice

import regex

from l10n.inline import CODE, plain, problems
from l10n.locales import PSEUDO, language, script

_ADDRESS = regex.compile(r"https?://\S+|\bwww\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+")
_AFTER_ADDRESS = ".,;:!?)»”’'\""
_PLACEHOLDER = regex.compile(r"\{[^{}]*\}|%\([^)]*\)[a-zA-Z]|%\d+\$[a-zA-Z]|%[sdifr]\b|\$\{[^}]*\}")
_NUMBER = regex.compile(r"(?<!\d)\d{1,3}(?:[\u00a0\u202f ]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,'’٫٬]\d+)*")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_ARABIC = ("٫", "٬")
"""The decimal and the grouping sign that go with Arabic digits, in every locale."""
_BEFORE_A_NAME = regex.compile(r"(?:\p{Lu}\w*[ -]|\p{L}|[§№#.] ?)$")
"""What stands before a number that is part of a name: "Python 3.11", "v1.2", "§ 4.5"."""
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’-]*")
_LOOP = regex.compile(r"(\b\w[\w' ]{1,60}?\b)(?:[\s,.;]+\1\b){3,}|(\p{L}{1,12}?)\2{7,}")
_END = regex.compile(r"[.!?…。！？।؟][\p{P}\p{Z}]*$")
_STOP = regex.compile(
    r"(?<=\p{Ll}{3})[.!?…][\p{Pf}\p{Pe}\"]*\s+[\p{Pi}\p{Ps}\"¿¡—–-]*\s*\p{Lu}|[。！？](?=\p{L})"
)
"""Where a sentence ends and another begins, for certain."""
_DENSE = {"zh", "ja", "ko", "yue"}
"""Languages that say the same in about a third of the characters."""
_RATIOS = ((12, 0.3, 3.0), (60, 0.4, 2.5))
"""From how many characters on which ratio of lengths is plausible. (In the 997 sentences of FLORES' dev part
it is 0.74 to 1.93 from English to Spanish, 0.57 to 1.60 to Ukrainian.)"""
_CUT = 0.7
"""Below this ratio, a text that does not end as a sentence where its source does was cut off."""
_COPIED = 0.7
"""The share of words in small letters that a translation may have in common with its source."""
_FEW = 4
"""So many words, or letters, say nothing yet of the language or script of a text."""
_SHORT = 2
"""Words up to so many letters, such as "a" and "de", may be the same in two languages."""
_REPEATS = 4
"""How much more often than in the source three words may stand together."""
_SCRIPTS = {"Jpan": ("Hira", "Kana", "Hani"), "Hans": ("Hani",), "Hant": ("Hani",), "Kore": ("Hang", "Hani")}


def fault(source: str, target: str, source_locale: str, locale: str) -> str:
    """What is wrong with a draft in the form of `inline`, in words; empty where nothing is."""
    if not target.strip():
        return "the engine gave nothing"
    if wrong := problems(source, target):
        return wrong[0]
    if wrong := list(islice(_unwritable(source, target), 1)):
        return wrong[0]
    for name, tokens in _KEPT:
        lost, gained = tokens(source) - tokens(target), tokens(target) - tokens(source)
        if lost or gained:
            return _changed(name, lost, gained)
    signs = _signs(source_locale), _signs(locale)
    lost, gained = (_numbers(text, each) for text, each in zip((source, target), signs, strict=True))
    if lost != gained and (wrong_number := _number(source, lost - gained, gained - lost, signs)):
        return wrong_number
    read = (*(_ADDRESS.sub(" ", plain(text)) for text in (source, target)), source_locale, locale)
    return _shape(*read) or _language(*read)


def _changed(name: str, lost: Iterable[str], gained: Iterable[str]) -> str:
    """ "the number 5 was lost" """
    for each in lost:
        return f"{name} {each} was lost"
    return f"{name} {next(iter(gained))} was invented"


def _unwritable(source: str, target: str) -> Iterator[str]:
    """What a catalog cannot hold, or gettext's own check refuses."""
    for edge in (str.startswith, str.endswith):
        if edge(source, "\n") != edge(target, "\n"):
            yield "it begins or ends with a line break, unlike its source"
    for char in set(target) - set(source):
        if unicodedata.category(char) in ("Cc", "Cs"):
            yield f"it holds the control character U+{ord(char):04X}"


def _addresses(text: str) -> Counter[str]:
    return Counter(match[0].rstrip(_AFTER_ADDRESS) for match in _ADDRESS.finditer(CODE.sub(" ", text)))


def _placeholders(text: str) -> Counter[str]:
    return Counter(_PLACEHOLDER.findall(text))


_KEPT: tuple[tuple[str, Callable[[str], Counter[str]]], ...] = (
    ("the address", _addresses),
    ("the placeholder", _placeholders),
)


_Signs = tuple[str, str]
"""The decimal and the grouping sign of a locale."""


def _numbers(text: str, signs: _Signs) -> Counter[str]:
    """The numbers of a text by what they mean in its locale; those that mean nothing as they stand."""
    return Counter(_meaning(match[0], *signs) for match in _NUMBER.finditer(_bare(text)))


def _bare(text: str) -> str:
    """The text without codes, addresses and placeholders, its digits western."""
    without = _PLACEHOLDER.sub(" ", _ADDRESS.sub(" ", CODE.sub(" ", text)))
    return str(without).translate(_DIGITS)


def _meaning(number: str, decimal: str, group: str) -> str:
    if set(_ARABIC) & set(number):
        decimal, group = _ARABIC
    tight = regex.sub(r"[\u00a0\u202f '’]", "", number)
    if tight.isdecimal():
        return tight
    if regex.fullmatch(rf"\d{{1,3}}(?:{regex.escape(group)}\d{{3}})+(?:{regex.escape(decimal)}\d+)?", tight):
        tight = tight.replace(group, "")
    whole, point, part = tight.partition(decimal)
    if whole.isdecimal() and (part.isdecimal() or not point):
        return f"{whole} point {part}" if point else whole
    return number


@cache
def _signs(locale: str) -> _Signs:
    """CLDR, "Number Symbols"."""
    from babel import Locale, UnknownLocaleError

    try:
        symbols = Locale.parse(locale, sep="-").number_symbols
    except (UnknownLocaleError, ValueError):
        return ".", ","
    western = symbols.get("latn", symbols)
    return str(western["decimal"]), str(western["group"])


def _number(source: str, lost: Counter[str], gained: Counter[str], signs: tuple[_Signs, _Signs]) -> str:
    """What is wrong with the numbers, but for those of names, which stay as they are in every locale."""
    bare = _bare(source)
    for number in _names(bare):
        here, there = _meaning(number, *signs[0]), _meaning(number, *signs[1])
        if lost[here] and gained[there]:
            lost[here] -= 1
            gained[there] -= 1
    for match in _NUMBER.finditer(bare):
        if lost[_meaning(match[0], *signs[0])] > 0 and gained[_meaning(match[0], *signs[1])] > 0:
            return f"the number {match[0]} is not written as its locale writes numbers"
    return (
        _changed("the number", *(map(_shown, +each) for each in (lost, gained))) if +lost or +gained else ""
    )


def _names(text: str) -> Iterator[str]:
    """The numbers of a text that are part of a name."""
    for match in _NUMBER.finditer(text):
        if _BEFORE_A_NAME.search(text[: match.start()]):
            yield match[0]


def _shown(meaning: str) -> str:
    return meaning.replace(" point ", ".")


def _shape(source: str, target: str, source_locale: str, locale: str) -> str:
    if (_LOOP.search(target) and not _LOOP.search(source)) or _most(target) > _most(source) + _REPEATS:
        return "it repeats itself"
    if any(map(str.isalpha, source)) and not any(map(str.isalpha, target)):
        return "it holds no words"
    if len(_STOP.findall(target)) > len(_STOP.findall(source)) + 1:
        return "it has more sentences than its source"
    ratio = _weight(target, locale) / max(_weight(source, source_locale), 1)
    for size, shortest, longest in _RATIOS:
        if len(source) > size and not shortest <= ratio <= longest:
            return "it is too short" if ratio < 1 else "it is too long"
    if ratio < _CUT and len(source) > _RATIOS[1][0] and _END.search(source) and not _END.search(target):
        return "it breaks off"
    return ""


def _most(text: str) -> int:
    """How often the most frequent three words stand together."""
    words = [match[0].casefold() for match in _WORD.finditer(text)]
    return max(Counter(zip(words, words[1:], words[2:], strict=False)).values(), default=0)


def _weight(text: str, locale: str) -> float:
    return len(text) * (3 if language(locale) in _DENSE else 1)


def _language(source: str, target: str, source_locale: str, locale: str) -> str:
    """Whether a text is in the right script, and no longer in the language of its source."""
    if locale in PSEUDO or language(locale) == language(source_locale):
        return ""
    known = {match[0] for match in _WORD.finditer(source)}
    words = [match[0] for match in _WORD.finditer(target)]
    own = "".join(word for word in words if word not in known)
    wanted = script(locale)
    if len(own) > _FEW and wanted != "Zzzz" and 2 * len(_letters(wanted).findall(own)) < len(own):
        return f"it is not written in the script of {locale}"
    small = [word for word in words if word.islower() and len(word) > _SHORT]
    if len(small) > _FEW and sum(word in known for word in small) > _COPIED * len(small):
        return "it is still in the source language"
    return ""


@cache
def _letters(code: str) -> regex.Pattern[str]:
    """The letters of a script; marks and the like belong to all."""
    names = "".join(rf"\p{{Script={name}}}" for name in _SCRIPTS.get(code, (code,)))
    return regex.compile(rf"[{names}\p{{M}}'’ー-]")
