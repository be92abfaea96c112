"""Leftovers: a part of the source that was left as it is, in the middle of a translation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import shown
from l10n.locales import language
from l10n.model import Entry, Severity, Span

_LETTERS = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\S+")
_PROSE = re.compile(r"[(\"'“‘«]?[^\W\d_A-Z]+[,;:.!?)\"'”’»]*")
_FEWEST = 4
"""So many words in small letters, one after another, are no name and no quotation by chance."""
_CODE = re.compile(
    r"<(code|pre|samp|kbd|screen|computeroutput|userinput|programlisting|literal)\b[^>]{0,200}>.{0,2000}?</\1>",
    re.DOTALL,
)
_SAID = re.compile(
    r"`[^`]*`|\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]|‘[^’]*’|<(\w+)>[^<>]*</\1>|<[^<>]*>"
    r"|(?:(?<!\S)[^\s{}$=#\\]*+)?[{}$=#\\]\S*"
)
"""Quotations, code and tags, which may well stay as they are."""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A run of words that stands in both texts, in the source outside of quotation marks and of code."""
    if entry.source == entry.target or language(setting.source_locale) == language(setting.locale):
        return
    source, target = shown(entry.source), shown(entry.target)
    known = set(_LETTERS.findall(source))
    if sum(word in known for word in _LETTERS.findall(target)) < _FEWEST:
        return
    found = _shared_run(_SAID.sub(" \0 ", _CODE.sub(" \0 ", source)), target)
    if found:
        said = entry.target[found.start : found.end]
        yield Problem(f"{said!r} is left in the language of the source", found)


def _shared_run(source: str, target: str) -> Span | None:
    """The first run of words of the target that the source has too."""
    words = list(_TOKEN.finditer(target))
    known, runs = set(_runs(source.split())), _runs([word[0] for word in words])
    for first, run in enumerate(runs):
        if run in known and all(map(_PROSE.fullmatch, run)):
            last = first
            while last + 1 < len(runs) and runs[last + 1] in known and _PROSE.fullmatch(runs[last + 1][-1]):
                last += 1
            return Span(words[first].start(), words[last + _FEWEST - 1].end())
    return None


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    """All runs of so many words, one for each that begins one."""
    return list(zip(*(words[n:] for n in range(_FEWEST)), strict=False))


CHECK = Check("leftovers", Severity.WARNING, find)
