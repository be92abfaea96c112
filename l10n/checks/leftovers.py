"""Leftovers: a part of the source that was left as it is, in the middle of a translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import little_words, shown, without_programs
from l10n.locales import language
from l10n.model import Entry, Severity, Span

_LETTERS = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\S+")
_PROSE = re.compile(r"[(\"'“‘«]?[^\W\d_A-Z]+[,;:.!?)\"'”’»]*")
_FEWEST = 4
"""So many words in small letters, one after another, are no name and no quotation by chance."""
_SAID = re.compile(
    r"`[^`]*`|\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]|‘[^’]*’|<(\w+)>[^<>]*</\1>|<[^<>]*>"
    r"|(?:(?<!\S)[^\s{}$=#\\]*+)?[{}$=#\\]\S*"
)
"""Quotations, code and tags, which may well stay as they are."""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A run of words that stands in both texts, in the source outside of quotation marks and of code."""
    if entry.source == entry.target or language(setting.source_locale) == language(setting.locale):
        return
    source, target = without_programs(entry.source), shown(entry.target)
    known = set(_LETTERS.findall(source))
    if sum(word in known for word in _LETTERS.findall(target)) < _FEWEST:
        return
    found = _shared_run(_SAID.sub(" \0 ", source), target, little_words(language(setting.source_locale)))
    if found:
        said = entry.target[found.start : found.end]
        yield Problem(f"{said!r} is left in the language of the source", found)


def _shared_run(source: str, target: str, little: frozenset[str]) -> Span | None:
    """The first run of words of the target that the source has too.

    Without one of the `little` words of a sentence, where they are known, it is a list of names or options.
    """
    words = list(_TOKEN.finditer(target))
    known, runs = set(_runs(source.split())), _runs([word[0] for word in words])
    shared = [run in known and all(map(_PROSE.fullmatch, run)) for run in runs]
    for same, group in groupby(range(len(runs)), shared.__getitem__):
        if same:
            places = list(group)
            said = Span(words[places[0]].start(), words[places[-1] + _FEWEST - 1].end())
            if not little or not little.isdisjoint(_LETTERS.findall(target[said.start : said.end].lower())):
                return said
    return None


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    """All runs of so many words, one for each that begins one."""
    return list(zip(*(words[n:] for n in range(_FEWEST)), strict=False))


CHECK = Check("leftovers", Severity.WARNING, find)
