"""Leftovers: a part of the source that was left as it is, in the middle of a translation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import is_program, little_words, shown, without_programs
from l10n.laziness import expression
from l10n.locales import language
from l10n.model import Entry, Severity, Span

_LETTERS = expression(r"[^\W\d_]+")
_TOKEN = expression(r"\S+")
_PROSE = expression(r"[(\"'“‘«]?[^\W\d_A-Z]+[,;:.!?)\"'”’»]*")
_FEWEST = 4
"""So many words in small letters, one after another, are no name and no quotation by chance."""
_SHORT = 2
_SAID = expression(
    r"`[^`]*`|\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]|‘[^’]*’|<(\w+)\b[^<>]*>[^<>]*</\1>|<[^<>]*>"
    r"|(?:(?<!\S)[^\s{}$=#\\]*+)?[{}$=#\\]\S*"
)
"""Quotations, code, tags and links, whose pages may be in that language, may well stay as they are."""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A run of words that stands in both texts, in the source outside of quotation marks and of code."""
    if entry.source == entry.target or language(setting.source_locale) == language(setting.locale):
        return
    source, target = without_programs(entry.source), shown(entry.target)
    known = set(_LETTERS.findall(source))
    if sum(word in known for word in _LETTERS.findall(target)) < _FEWEST:
        return
    for found in _shared_runs(_SAID.sub(" \0 ", source), target):
        said = entry.target[found.start : found.end]
        if (
            _is_prose(said, setting)
            and not _is_list(said)
            and not is_program(_line(target, found), language(setting.source_locale))
        ):
            yield Problem(f"{said!r} is left in the language of the source", found)
            return


def _is_prose(said: str, setting: Setting) -> bool:
    """Whether little words are among them: a term, "open source content management", may stay as it is."""
    every, little = _LETTERS.findall(said.lower()), little_words(language(setting.source_locale))
    return not little or not little.isdisjoint(every)


def _is_list(said: str) -> bool:
    """Whether words are a mere list, of values that one may give: "source, binary, any"; "lt le eq ne"."""
    every = _TOKEN.findall(said)
    whole = [word for word in every if len(word) > _SHORT and not word.endswith(",")]
    return len(whole) * 2 < len(every)


def _line(text: str, span: Span) -> str:
    """What stands around a span up to where the lines end."""
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    return text[start : span.end if end < 0 else end]


def _shared_runs(source: str, target: str) -> Iterator[Span]:
    """The runs of words of the target that the source has too."""
    words = list(_TOKEN.finditer(target))
    known, runs = set(_runs(source.split())), _runs([word[0] for word in words])
    shared = [run in known and all(map(_PROSE.fullmatch, run)) for run in runs]
    for same, group in groupby(range(len(runs)), shared.__getitem__):
        if same:
            places = list(group)
            yield Span(words[places[0]].start(), words[places[-1] + _FEWEST - 1].end())


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    """All runs of so many words, one for each that begins one."""
    return list(zip(*(words[n:] for n in range(_FEWEST)), strict=False))


CHECK = Check("leftovers", Severity.WARNING, find, of_code=False)
