"""Cutting a block's content at the ends of its sentences, its codes kept whole.

Sentences are found in the plain text. A pair of codes is never torn: where one reaches over the end
of a sentence, the sentences that it joins stay one unit, unless it wraps them exactly; codes that
wrap a unit or stand at its edges stay outside of it, so that they need no translator.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from l10n.laziness import expression
from l10n.model import Code, CodeKind, Content
from l10n.records import record

_HOLDER = "\ufffc"
"""Stands for a code that shows something, as in Unicode (OBJECT REPLACEMENT CHARACTER)."""
_EDGES = {"sup", "img", "br", "input"}
"""Standalone codes that say nothing about the sentence at whose edge they stand."""
_UNSEEN = {"sup", "input"}


@record(frozen=True, slots=True)
class Part:
    """One unit's share of a block's content."""

    before: Content
    source: Content
    after: Content


def cut(content: Content, find: Callable[[str], Sequence[tuple[int, int]]]) -> list[Part]:
    """Cut a content into parts that joined are the content again.

    Only what holds a letter or a digit becomes the source of a part; a content without any gives no
    part. `find` gives the spans of the sentences of a plain text.
    """
    spans = find(_flat(content))
    if len(content) == 1 and isinstance(content[0], str):
        return _spoken(_plain(content[0], spans))
    slices = _slices(content, spans) if len(spans) > 1 else [[item for item in content if item]]
    return _spoken([_peeled(piece) for piece in _untorn(slices)])


def _plain(text: str, spans: Sequence[tuple[int, int]]) -> list[Part]:
    """The parts of a text without codes; white space goes with what it follows."""
    if not spans:
        return []
    starts = [start for start, _ in spans]
    parts = [
        Part((), (text[start:end],), (text[end:following],) if end < following else ())
        for (start, end), following in zip(spans, [*starts[1:], len(text)], strict=True)
    ]
    if starts[0]:
        parts[0] = Part((text[: starts[0]],), parts[0].source, parts[0].after)
    return parts


def _shown(item: str | Code) -> str:
    """An item as the segmenter sees it."""
    if isinstance(item, str):
        return item
    if item.tag == "br":
        return " "
    return _HOLDER if item.kind is CodeKind.STANDALONE and item.tag not in _UNSEEN else ""


def _flat(content: Content) -> str:
    if len(content) == 1 and isinstance(content[0], str):
        return content[0]
    return "".join(map(_shown, content))


def _slices(content: Content, spans: Sequence[tuple[int, int]]) -> list[list[str | Code]]:
    """The content cut between the spans: white space and closing codes stay with the left side."""
    gaps = [(left[1], right[0]) for left, right in pairwise(spans)]
    out: list[list[str | Code]] = [[]]
    at = gap = 0
    for item in content:
        start, end = at, at + len(_shown(item))
        while gap < len(gaps) and _belongs_right(item, at, end, gaps[gap]):
            if isinstance(item, str):
                stop = max(gaps[gap][1], at)
                out[-1].append(item[at - start : stop - start])
                at = stop
            out.append([])
            gap += 1
        out[-1].append(item[at - start :] if isinstance(item, str) else item)
        at = end
    return [list(filter(None, piece)) for piece in out]


def _belongs_right(item: str | Code, at: int, end: int, gap: tuple[int, int]) -> bool:
    """Whether the item, or the rest of a text, begins what follows the gap."""
    if isinstance(item, str):
        return end > gap[1]
    if item.kind is CodeKind.OPEN or end > at:
        return at >= gap[0] and (end > gap[1] or item.kind is CodeKind.OPEN)
    return False


def _untorn(slices: list[list[str | Code]]) -> list[list[str | Code]]:
    """The slices, those that a pair of codes ties together made one."""
    while not all(map(_is_whole, slices)):
        tied = _tied(slices)
        if not any(tied):
            return slices
        whole = [list(slices[0])]
        for piece, tie in zip(slices[1:], tied, strict=True):
            if tie:
                whole[-1] += piece
            else:
                whole.append(list(piece))
        slices = whole
    return slices


def _is_whole(piece: list[str | Code]) -> bool:
    """Whether every pair of codes that begins in a slice ends there."""
    depth = 0
    for item in piece:
        if isinstance(item, Code) and item.kind is not CodeKind.STANDALONE:
            depth += 1 if item.kind is CodeKind.OPEN else -1
            if depth < 0:
                return False
    return not depth


def _tied(slices: list[list[str | Code]]) -> list[bool]:
    """For each place between two slices, whether a pair reaches over it that wraps neither side."""
    tied = [False] * (len(slices) - 1)
    opened: list[tuple[int, bool]] = []
    for number, piece in enumerate(slices):
        torn = _torn(piece)
        for at, item in enumerate(piece):
            if isinstance(item, str) or item.kind is CodeKind.STANDALONE:
                continue
            if item.kind is CodeKind.OPEN:
                opened.append((number, at in torn))
                continue
            began, was_torn = opened.pop()
            if was_torn or at in torn:
                tied[began:number] = [True] * (number - began)
    return tied


def _torn(piece: list[str | Code]) -> set[int]:
    """The places of codes in a slice that would be left in its source without their partner."""
    first, last = _edges(piece)
    partners = _partners(piece)
    return {
        at
        for at in range(first, last)
        if isinstance(item := piece[at], Code) and item.kind is not CodeKind.STANDALONE and at not in partners
    }


def _partners(piece: Sequence[str | Code]) -> dict[int, int]:
    """Place of a code in a slice -> that of the other of its pair, where both are in the slice."""
    out: dict[int, int] = {}
    opened: list[int] = []
    for at, item in enumerate(piece):
        if isinstance(item, Code) and item.kind is CodeKind.OPEN:
            opened.append(at)
        elif isinstance(item, Code) and item.kind is CodeKind.CLOSE and opened:
            out[at] = opened.pop()
            out[out[at]] = at
    return out


def _edges(piece: Sequence[str | Code]) -> tuple[int, int]:
    """What of a slice is its source, as a range of items; white space at the ends is not yet cut off."""
    first, last = 0, len(piece)
    if last and all(isinstance(item, str) and not item.isspace() for item in (piece[0], piece[-1])):
        return first, last
    partners = _partners(piece)
    while True:
        before = first, last
        while first < last and _peels(piece[first], first, partners):
            first += 1
        while last > first and _peels(piece[last - 1], last - 1, partners):
            last -= 1
        if last - first > 1 and partners.get(first) == last - 1:
            first, last = first + 1, last - 1
        if (first, last) == before:
            return before


def _peels(item: str | Code, at: int, partners: dict[int, int]) -> bool:
    """Whether an item at the edge of a slice is no part of the sentence."""
    if isinstance(item, str):
        return not item.strip()
    if item.kind is CodeKind.STANDALONE:
        return item.tag in _EDGES
    return at not in partners


def _peeled(piece: list[str | Code]) -> Part:
    first, last = _edges(piece)
    before, source, after = piece[:first], piece[first:last], piece[last:]
    if source and isinstance(source[0], str):
        text = source[0].lstrip()
        if len(text) < len(source[0]):
            before.append(source[0][: -len(text) or None])
            source[0] = text
    if source and isinstance(source[-1], str):
        text = source[-1].rstrip()
        if len(text) < len(source[-1]):
            after.insert(0, source[-1][len(text) :])
            source[-1] = text
    return Part(tuple(before), tuple(filter(None, source)), tuple(after))


_SPOKEN = expression(r"[^\W_]")
"""A letter or a digit."""


def _spoken(parts: list[Part]) -> list[Part]:
    """The parts that hold words; what holds none joins its neighbour."""
    out: list[Part] = []
    waiting: Content = ()
    for part in parts:
        if any(isinstance(item, str) and _SPOKEN.search(item) for item in part.source):
            out.append(Part((*waiting, *part.before), part.source, part.after) if waiting else part)
            waiting = ()
            continue
        silent = (*part.before, *part.source, *part.after)
        if out:
            last = out.pop()
            out.append(Part(last.before, last.source, (*last.after, *silent)))
        else:
            waiting = (*waiting, *silent)
    return out
