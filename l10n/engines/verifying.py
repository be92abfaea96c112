"""Verifying: whether a draft lost or invented anything. It shares no code with what makes drafts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from l10n.inline import CODE, plain, problems
from l10n.locales import language

_ADDRESS = re.compile(r"https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}|%\([^)]*\)[a-zA-Z]|%\d+\$[a-zA-Z]|%[sdifr]\b|\$\{[^}]*\}")
_NUMBER = re.compile(r"\d+(?:[.,'’\u00a0\u202f\u066b\u066c ]?\d+)*")
_LOOP = re.compile(r"(\b\w[\w' ]{1,60}?\b)(?:[\s,.;]+\1\b){3,}")
_DENSE = {"zh", "ja", "ko", "yue"}
"""Languages that say the same in about a third of the characters."""
_SHORTEST, _LONGEST = 0.3, 3.0
_SMALL = 12
"""Texts up to so many characters may have any length."""


def fault(source: str, target: str, source_locale: str, locale: str) -> str:
    """What is wrong with a draft in the form of `inline`, in words; empty where nothing is."""
    if not target.strip():
        return "the engine gave nothing"
    wrong = problems(source, target)
    if wrong:
        return wrong[0]
    for name, tokens in _KEPT:
        lost = tokens(source) - tokens(target)
        gained = tokens(target) - tokens(source)
        if lost or gained:
            return f"{name} {next(iter(lost or gained))} was {'lost' if lost else 'invented'}"
    return _shape(plain(source), plain(target), source_locale, locale)


def _shape(source: str, target: str, source_locale: str, locale: str) -> str:
    if _LOOP.search(target) and not _LOOP.search(source):
        return "it repeats itself"
    if any(map(str.isalpha, source)) and not any(map(str.isalpha, target)):
        return "it holds no words"
    ratio = _weight(target, locale) / max(_weight(source, source_locale), 1)
    if len(source) > _SMALL and not _SHORTEST <= ratio <= _LONGEST:
        return "it is too short" if ratio < 1 else "it is too long"
    return ""


def _weight(text: str, locale: str) -> float:
    return len(text) * (3 if language(locale) in _DENSE else 1)


def _numbers(text: str) -> Counter[str]:
    """The numbers of a text without their separators, which differ by language."""
    return Counter(re.sub(r"\D", "", match[0]) for match in _NUMBER.finditer(CODE.sub(" ", text)))


def _addresses(text: str) -> Counter[str]:
    return Counter(match[0].rstrip(".,;:!?)»”'\"") for match in _ADDRESS.finditer(CODE.sub(" ", text)))


def _placeholders(text: str) -> Counter[str]:
    return Counter(_PLACEHOLDER.findall(text))


_KEPT: tuple[tuple[str, Callable[[str], Counter[str]]], ...] = (
    ("the address", _addresses),
    ("the placeholder", _placeholders),
    ("the number", _numbers),
)
