"""The page-text reader: a news page saved as plain text, one block a line.

Nothing in such a text is marked, so a line is known by its words (the labels and the site's own lines
of the profile), by its place (the title comes first) or by its shape (a heading ends without a stop).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from l10n.laziness import expression
from l10n.model import Block, Kind, Span
from l10n.readers import Reading
from l10n.readers.profiles import Profile

_LINE = expression(r"[^\r\n]+")
_BULLET = expression(r"(?:[•·▪●‣◦■]|[*–—-](?=\s))\s*")
_SPACES = expression(r"[\t\f\v][ \t\f\v]*+| [ \t\f\v]++")
"""White space that is not the one space it is read as."""
_STOP = expression(r"[.!?…。！？:;,؟۔।][\"'”’»›)\]）」』]*$")
_QUOTED = expression(r"[\"“„«‘「『].*[\"”“»’」』][.,]?$")
_TAIL = expression(r".*(?:[,.!?…]|\s[-–—])[\"”»’]?\s*(?:[-–—]\s*)?(?P<tail>[^,.!?…–—]{3,90})[.!]?$")
_DASHED = expression(r".*\s[-–—]\s+(?P<tail>[^.!?…]{3,150})[.!]?$")
_HEADING_MAX = 140
_TAIL_MAX = 200
_COMPARED = 1000
_TAIL_WORDS = 9
_AFTER_VERB = 4
_VALUED = {"category", "date", "author"}
"""Roles of labels whose value stands on the next line."""


@dataclass
class _State:
    """What the lines so far have told."""

    labels: dict[str, str]
    chrome: tuple[str, ...]
    verbs: re.Pattern[str]
    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    awaits: str = ""
    """The role of a label whose value the next line may be."""
    lists: int = 0
    items: int = 0
    leads: bool = False


def read_text(text: str, profile: Profile) -> Reading:
    """Read a page text: every line that is not blank becomes one block."""
    state = _start(profile)
    for span, blank_before in _lines(text):
        _take(state, text, span, blank_before)
    values = {b.role: _content(b.span.of(text)) for b in state.blocks if b.kind is Kind.METADATA}
    return Reading(tuple(state.blocks), values)


def _start(profile: Profile) -> _State:
    verbs = "|".join(sorted(map(re.escape, profile.attributions), key=len, reverse=True))
    return _State(
        {_folded(label): role for label, role in profile.labels.items()},
        tuple(_folded(text) for text in profile.chrome),
        re.compile(rf"\b(?:{verbs})\b(?P<rest>.*)" if verbs else r"(?!)", re.IGNORECASE),
    )


def _lines(text: str) -> Iterator[tuple[Span, bool]]:
    """The lines that hold something: their span less white space, and whether they follow a blank line."""
    last = 0
    for match in _LINE.finditer(text):
        line = match[0].strip().strip("\ufeff")
        if line:
            start = text.index(line, match.start())
            breaks = text.count("\n", last, start) or text.count("\r", last, start)
            yield Span(start, start + len(line)), breaks > 1
            last = start + len(line)


def _take(state: _State, text: str, span: Span, blank_before: bool) -> None:
    line = span.of(text)
    block = Block(_kind(state, line, blank_before), span, (_content(line),))
    awaited, state.awaits = state.awaits, ""
    match block.kind:
        case Kind.TITLE:
            state.title = _folded(line)
        case Kind.LABEL:
            role = state.labels[_folded(line)]
            state.awaits = role if role in _VALUED else ""
            block = replace(block, role=role)
        case Kind.METADATA:
            block = replace(block, role=awaited)
        case Kind.ITEM:
            block = _item(state, text, span)
        case Kind.LEAD:
            state.leads = True
        case Kind.HEADING:
            block = replace(block, level=2)
        case _:
            pass
    state.blocks.append(block)


def _kind(state: _State, line: str, blank_before: bool) -> Kind:
    folded = _folded(line)
    if not state.title or folded == state.title:
        return Kind.TITLE
    if folded in state.labels:
        return Kind.LABEL
    if folded.startswith(state.chrome):
        return Kind.CHROME
    if state.awaits and not blank_before:
        return Kind.METADATA
    if _BULLET.match(line) and len(_BULLET.sub("", line, count=1)) > 0:
        return Kind.ITEM
    return _prose(state, line)


def _prose(state: _State, line: str) -> Kind:
    stands_alone = not _STOP.search(line) and len(line) <= _HEADING_MAX
    if not state.leads:
        return Kind.CAPTION if stands_alone else Kind.LEAD
    if stands_alone and not _QUOTED.match(line):
        return Kind.HEADING
    return Kind.QUOTE if _is_quote(state, line) else Kind.PARAGRAPH


def _is_quote(state: _State, line: str) -> bool:
    """Whether a paragraph is somebody's words: it stands in quotation marks, or its last words say whose."""
    if _QUOTED.match(line):
        return True
    start = max(0, len(line) - _TAIL_MAX)
    dashed = _DASHED.match(line, start)
    if dashed and state.verbs.match(dashed["tail"]):
        return True
    tail = _TAIL.match(line, start)
    verb = state.verbs.search(tail["tail"]) if tail else None
    if not tail or not verb:
        return False
    return len(tail["tail"].split()) <= _TAIL_WORDS and len(verb["rest"].split()) <= _AFTER_VERB


def _item(state: _State, text: str, span: Span) -> Block:
    """A bullet: its mark stays outside the span; bullets in a row are one list."""
    mark = _BULLET.match(text, span.start)
    span = Span(mark.end() if mark else span.start, span.end)
    if not state.blocks or state.blocks[-1].kind is not Kind.ITEM:
        state.lists, state.items = state.lists + 1, 0
    state.items += 1
    path = (f"ul{state.lists}", f"li{state.items}")
    return Block(Kind.ITEM, span, (_content(span.of(text)),), path=path)


def _content(line: str) -> str:
    return _SPACES.sub(" ", line)


def _folded(text: str) -> str:
    """What a line is compared by: as much of it as a title or a label may have."""
    return " ".join(text[:_COMPARED].casefold().split())
