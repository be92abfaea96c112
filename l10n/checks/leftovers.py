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
    r"<(code|pre|samp|kbd|screen|computeroutput|userinput|programlisting|literal)\b[^>]*>.*?</\1>", re.DOTALL
)
_SAID = re.compile(
    r"`[^`]*`|\"[^\"]*\"|“[^”]*”|«[^»]*»|„[^“”]*[“”]|‘[^’]*’|<(\w+)>[^<>]*</\1>|<[^<>]*>|\S*[{}$=#\\]\S*"
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
    known = f" {' '.join(source.split())} "
    run: list[re.Match[str]] = []
    for match in [*_TOKEN.finditer(target), None]:
        if match and _PROSE.fullmatch(match[0]):
            longer = " ".join(each[0] for each in [*run, match])
            if f" {longer} " in known:
                run.append(match)
                continue
        if len(run) >= _FEWEST:
            return Span(run[0].start(), run[-1].end())
        run = [match] if match and _PROSE.fullmatch(match[0]) and f" {match[0]} " in known else []
    return None


CHECK = Check("leftovers", Severity.WARNING, find)
