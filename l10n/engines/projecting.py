"""Projecting: what was masked in a text is put back into its translation, by our own code.

Each mark is emitted exactly once, never by the engine, and pairs nest by construction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from l10n import inline
from l10n.engines.contracts import Hypothesis, Link
from l10n.engines.masking import Mark, Masked
from l10n.laziness import expression
from l10n.model import Span

_WORD = expression(r"\d+(?:[.,\u00a0\u202f]\d+)*|[^\W\d_]{3,}")
_DEEPEST = 100
"""Pairs nested deeper are no article's."""


def project(masked: Masked, hypothesis: Hypothesis) -> str | None:
    """Put the marks and what the sentinels stand for back into a translation; None where their places
    cannot be told.

    Pairs go around the run of words that best covers what is linked to their words, single marks
    behind the word that is linked to the one before them.
    """
    if masked.depth > _DEEPEST:
        return None
    projection = _Projection(masked.plain, hypothesis)
    placed = projection.place(masked.marks, Span(0, len(hypothesis.text)))
    return _restored(_emitted(placed, hypothesis.text), masked) if placed is not None else None


def _restored(text: str, masked: Masked) -> str | None:
    for pattern, piece in masked.sentinels:
        text, count = re.subn(pattern, lambda _, piece=piece: piece, text)  # type: ignore[misc]
        if count != 1:
            return None
    return text


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mark with its place in the translation, and those inside of it."""

    mark: Mark
    span: Span
    inside: list[_Placed]
    before: str = ""
    """The blank that stood before it and behind it, of which the engine has left one."""


def _emitted(placed: Sequence[_Placed], text: str, within: Span | None = None) -> str:
    """The part of a text with marks put in. Single marks come before a pair that begins at their place."""
    within = within or Span(0, len(text))
    out, at = [], within.start
    for each in sorted(placed, key=lambda each: (each.span.start, each.span.end)):
        inner = _emitted(each.inside, text, each.span)
        out += [
            inline.escape(text[at : each.span.start]),
            each.before,
            each.mark.text,
            inner,
            each.mark.close,
        ]
        at = each.span.end
    return "".join([*out, inline.escape(text[at : within.end])])


class _Projection:
    """Finding the places of marks in one translation."""

    def __init__(self, source: str, hypothesis: Hypothesis) -> None:
        self._source, self._target = source, hypothesis.text
        self._links = sorted(_surer(source, hypothesis), key=lambda link: (link[0].start, link[0].end))
        self._words = sorted({target for _, target in self._links}, key=lambda span: span.start)

    def place(self, marks: Sequence[Mark], within: Span) -> list[_Placed] | None:
        """The marks of one level in a range of the translation, no two over one another; None where one
        finds no place."""
        taken: list[Span] = []
        spans: list[Span] = []
        for mark in marks:
            span = self._range(mark, within, taken) if mark.close else self._point(mark, within)
            if span is None:
                return None
            taken += [span] if mark.close else []
            spans.append(span)
        out = []
        for mark, span in zip(marks, spans, strict=True):
            inside = self.place(mark.inside, span)
            if inside is None:
                return None
            span = span if mark.close else _outside(span, taken)
            blank = " " if self._stands_free(mark) and span.start else ""
            out.append(_Placed(mark, span, inside, blank))
        return out

    def _stands_free(self, mark: Mark) -> bool:
        """Whether a single mark has a blank on either side in the source."""
        around = self._source[max(mark.start - 1, 0) : mark.start + 1]
        return not mark.close and len(around) == 2 and around.isspace()

    def _range(self, mark: Mark, within: Span, taken: Sequence[Span]) -> Span | None:
        """The run of free words with the most links from inside the pair less those from outside."""
        if not (self._source[: mark.start].strip() or self._source[mark.end :].strip() or taken):
            return self._trimmed(within)
        free = [word for word in self._words if _lies_in(word, within) and not _meets(word, taken)]
        weights = dict.fromkeys(free, 0)
        for source, target in self._links:
            if target in weights:
                weights[target] += 1 if mark.start <= source.start and source.end <= mark.end else -1
        run = _best_run(free, weights, taken)
        return self._widened(mark, run, within, taken) if run else None

    def _trimmed(self, span: Span) -> Span:
        """A range of the translation without the white space at its edges."""
        body = span.of(self._target)
        start = span.start + len(body) - len(body.lstrip())
        return Span(start, max(start, span.start + len(body.rstrip())))

    def _widened(self, mark: Mark, run: Span, within: Span, taken: Sequence[Span]) -> Span:
        """The run with the punctuation at its edges, where the source has some inside the pair."""
        start, end = run.start, run.end
        for _ in _edge(self._source[mark.start : mark.end]):
            if start > within.start and _is_mark(self._target[start - 1]):
                start -= 1
        for _ in _edge(self._source[mark.start : mark.end][::-1]):
            if end < within.end and _is_mark(self._target[end]):
                end += 1
        wide = Span(start, end)
        return run if any(_meets(wide, [other]) for other in taken) else wide

    def _point(self, mark: Mark, within: Span) -> Span | None:
        """Where a single mark stands: behind the word linked to its left neighbour, or at an end."""
        if not self._source[: mark.start].strip():
            return Span(within.start, within.start)
        if not self._source[mark.end :].strip():
            return Span(within.end, within.end)
        before = [link for link in self._links if link[0].end <= mark.start]
        if not before:
            return None
        last = max(source.end for source, _ in before)
        place = max(target.end for source, target in before if source.end == last)
        between = self._source[last : mark.start]
        for char in between.rstrip() if self._stands_free(mark) else between:
            following = self._target[place : place + 1]
            if following and (following == char or (following.isspace() and char.isspace())):
                place += 1
        place = min(max(place, within.start), within.end)
        return Span(place, place)


def _surer(source: str, hypothesis: Hypothesis) -> list[Link]:
    """The links of a translation, with certain ones for the words and numbers that it has in common with
    its source, where they stand once in each."""
    left, right = _singles(source), _singles(hypothesis.text)
    certain = [(left[word], right[word]) for word in left.keys() & right.keys()]
    if not certain:
        return list(hypothesis.links)
    sources, targets = zip(*certain, strict=True)
    kept = (link for link in hypothesis.links if not (_meets(link[0], sources) or _meets(link[1], targets)))
    return [*kept, *certain]


def _singles(text: str) -> dict[str, Span]:
    """The longer words of a text, and the digits of its numbers, that stand in it once."""
    found: dict[str, list[Span]] = {}
    for match in _WORD.finditer(text):
        key = re.sub(r"\D", "", match[0]) if match[0][0].isdigit() else match[0]
        found.setdefault(key, []).append(Span(*match.span()))
    return {key: spans[0] for key, spans in found.items() if len(spans) == 1}


def _best_run(words: Sequence[Span], weights: dict[Span, int], taken: Sequence[Span]) -> Span | None:
    """The run of words, in order and with nothing taken between, whose weights add up to the most."""
    best, run, start, found = 0, 0, 0, None
    for number, word in enumerate(words):
        broken = number > 0 and _meets(Span(words[number - 1].end, word.start), taken)
        if run <= 0 or broken:
            run, start = 0, number
        run += weights[word]
        if run > best:
            best, found = run, Span(words[start].start, word.end)
    return found


def _outside(point: Span, taken: Sequence[Span]) -> Span:
    """A point moved out of a pair that it is no part of, to its end."""
    for other in taken:
        if other.start < point.start < other.end:
            return Span(other.end, other.end)
    return point


def _lies_in(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def _meets(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span has something in common with one of others, or one of them lies within it."""
    return any(span.start < other.end and other.start < span.end for other in others)


def _edge(text: str) -> str:
    """The punctuation that a text begins with."""
    return text[: next((at for at, char in enumerate(text) if not _is_mark(char)), len(text))]


def _is_mark(char: str) -> bool:
    return not (char.isalnum() or char.isspace())
