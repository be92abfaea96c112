"""Quotation marks: there, in pairs, and in a style of the target language (CLDR, delimiters)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import shown
from l10n.laziness import expression
from l10n.locales import language
from l10n.model import Entry, Severity, Span

_ANY = expression(r"[\"“”„‟«»「」『』《》〈〉″’‘‚‹›'`]")
_DOUBLE = expression(r"[\"“”„‟«»「」『』《》]")
_COUNTED = expression(r"[“”„‟«»]|(?<![א-ת])\"|\"(?![א-ת])")
"""Marks of quotation, which come in pairs; within a word a straight one abbreviates in Hebrew."""
_NAME = r"[A-ZА-ЯІЇЄҐ][^\s\"“”„«»]*(?: [^\s\"“”„«»]+){0,2}[\"”»“]"
_SAID = r"(?:[^\s\"“”„«»]+\s+){2}[^\"“”„«»]+[\"”»“]"
_QUOTED = expression(rf"(?:^|(?<=[\s(]))[\"“„«](?!{_NAME}){_SAID}(?=$|[\s,.;:!?)])")
"""What is said in quotation marks. Names may lose theirs, as where another language has italics, and single
words where they are said in another way."""
_CLOSES = expression(r"['’\"”»]\s")
_PAIRS = ("«»", "「」", "『』", "《》")


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Marks that are missing, unpaired, or of another language."""
    source, target = shown(entry.source), shown(entry.target)
    if not _DOUBLE.search(source) and not _DOUBLE.search(target):
        return
    if not any(map(str.isalpha, source)):
        return  # a mere mark, which others are put together with
    if _QUOTED.search(source) and not _ANY.search(target):
        yield Problem("the quotation marks of the source are missing")
    elif half := _unpaired(source, target):
        yield Problem(f"{half} has no partner")
    elif found := _foreign(source, target, language(setting.locale)):
        own = " or ".join(_styles(language(setting.locale)))
        yield Problem(f"{found[0]} is no quotation mark of this language; {own} is", Span(*found.span()))


def _unpaired(source: str, target: str) -> str:
    """A mark that is opened and not closed, or closed and not opened."""
    for opening, closing in map(tuple, _PAIRS):
        if target.count(opening) != target.count(closing) and source.count(opening) == source.count(closing):
            return opening if target.count(opening) > target.count(closing) else closing
    if re.search(r'\d["”″]', target) or _CLOSES.match(source):
        return ""  # inches; what began in another entry
    marks, others = (_COUNTED.findall(text) for text in (target, source))
    if marks.count('"') % 2 and not others.count('"') % 2:
        return '"'
    within = "‘" in target or "‚" in target  # what is said goes on in other entries, and quotes in turn
    return marks[-1] if len(marks) % 2 and len(marks) < len(others) and not within else ""


def _foreign(source: str, target: str, name: str) -> re.Match[str] | None:
    """The first mark that no style of the language has. Straight ones count where the source has none."""
    allowed = set("".join(_styles(name)))
    if not allowed:
        return None
    straight = '"' in source or not _DOUBLE.search(source)
    return next(
        (m for m in _DOUBLE.finditer(target) if m[0] not in allowed and not (m[0] == '"' and straight)), None
    )


@cache
def _styles(name: str) -> tuple[str, ...]:
    """The pairs of marks that are usual in a language; none where it is not in the table."""
    text = (files("l10n.checks") / "data" / "quotes.tsv").read_text(encoding="utf-8")
    rows = dict(line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple(rows.get(name, "").split())


CHECK = Check("quotes", Severity.WARNING, find)
