"""Matching: which older text each new text comes from. By what they say, never by where they stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from l10n import inline
from l10n.catalogs.grading import letters
from l10n.model import Entry

LEAST_SIMILARITY = 0.6
"""Below this, the translation of another text is no help (Indel similarity, 0 to 1)."""
_LEAST_OF_PAIRS = 0.75
"""The same for two texts that may come from one, or one from two."""
_CONSIDERED = 10
_SHORTEST_PART = 2
_KEY = 6


Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Descent:
    """Some texts of a template and the entries that they come from: one of each, or one of several.

    Both go by their numbers in the sequences that were matched.
    """

    texts: Numbers
    entries: Numbers


Match = tuple[float, bool, Descent]
"""How unlike the two are, and whether their contexts differ: the smallest is the best."""


def descents(texts: Sequence[Entry], entries: Sequence[Entry], near: Iterable[Descent] = ()) -> list[Descent]:
    """For each text that is like one of the entries that one; no entry and no text twice.

    `near` are pairs of neighbours that may come from one entry, or that one text may come from.
    """
    found = [*_same_source(texts, entries), *_similar(texts, entries, tuple(near))]
    found.sort(key=lambda match: (match[0], match[1], match[2].texts, match[2].entries))
    taken_texts: set[int] = set()
    taken_entries: set[int] = set()
    out: list[Descent] = []
    for _, _, descent in found:
        if taken_texts.isdisjoint(descent.texts) and taken_entries.isdisjoint(descent.entries):
            taken_texts.update(descent.texts)
            taken_entries.update(descent.entries)
            out.append(descent)
    return out


def alike(entry: Entry, text: Entry) -> bool:
    """Whether a target of the one can stand for the other: both have a plural, or neither."""
    return (entry.plural is None) == (text.plural is None)


def _same_source(texts: Sequence[Entry], entries: Sequence[Entry]) -> Iterator[Match]:
    """The pairs that differ in their context only."""
    by_source: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        by_source.setdefault(entry.source, []).append(number)
    for at, text in enumerate(texts):
        for number in by_source.get(text.source, [])[:_CONSIDERED]:
            if alike(entries[number], text):
                yield -1.0, False, Descent((at,), (number,))


def _similar(texts: Sequence[Entry], entries: Sequence[Entry], near: Sequence[Descent]) -> Iterator[Match]:
    """The pairs whose plain texts are similar enough; for each text the best few."""
    pool = _Pool(entries, [each.entries for each in near if each.entries])
    queries: list[tuple[Numbers, str]] = [((at,), _plain(text)) for at, text in enumerate(texts)]
    queries += [(each.texts, " ".join(_plain(texts[at]) for at in each.texts)) for each in near if each.texts]
    for numbers, query in queries:
        text = texts[numbers[0]]
        for similarity, found in pool.near(query):
            sizes = len(numbers) + len(found)
            fits = sizes == 2 or (sizes == 3 and similarity >= _LEAST_OF_PAIRS)
            if fits and alike(entries[found[0]], text):
                other = entries[found[0]].context != text.context
                yield 1.0 - similarity, other, Descent(numbers, found)


class _Pool:
    """Older texts, one by one and in pairs, by their length."""

    def __init__(self, entries: Sequence[Entry], pairs: Iterable[Numbers]) -> None:
        plain = list(map(_plain, entries))
        items: list[tuple[Numbers, str]] = [((number,), text) for number, text in enumerate(plain)]
        items += [(pair, " ".join(plain[number] for number in pair)) for pair in pairs]
        items.sort(key=lambda item: len(item[1]))
        self._numbers = [numbers for numbers, _ in items]
        self._texts = [text for _, text in items]
        self._lengths = [len(text) for text in self._texts]

    def near(self, query: str) -> Iterator[tuple[float, Numbers]]:
        """The texts that are most similar to another."""
        from rapidfuzz import process
        from rapidfuzz.distance import Indel

        low, high = _window(self._lengths, len(query))
        found = process.extract(
            query,
            self._texts[low:high],
            scorer=Indel.normalized_similarity,
            score_cutoff=LEAST_SIMILARITY,
            limit=_CONSIDERED,
        )
        for _, similarity, place in found:
            yield similarity, self._numbers[low + place]


def _window(lengths: Sequence[int], length: int) -> tuple[int, int]:
    """Which of the sorted lengths can be similar enough: 2 * shorter / (shorter + longer) is the most."""
    ratio = LEAST_SIMILARITY / (2 - LEAST_SIMILARITY)
    return bisect_left(lengths, int(length * ratio)), bisect_right(lengths, int(length / ratio) + 1)


def _plain(entry: Entry) -> str:
    return inline.plain(entry.source) or entry.source


def neighbours(everything: Sequence[Entry], some: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """The numbers of those of some entries that follow each other in the whole, in one context."""
    numbers = {entry.key: number for number, entry in enumerate(some)}
    for one, other in pairwise(everything):
        if one.context == other.context and one.key in numbers and other.key in numbers:
            yield numbers[one.key], numbers[other.key]


class Parts:
    """Texts that another may be made of, letter by letter."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_start: dict[tuple[str | None, str], list[tuple[str, Entry]]] = {}
        for entry in entries:
            text = letters(entry.source)
            if len(text) >= _SHORTEST_PART and entry.plural is None:
                self._by_start.setdefault((entry.context, text[:_KEY]), []).append((text, entry))

    def of(self, whole: Entry) -> tuple[Entry, ...]:
        """Two or more of the texts that make up the whole, in order; none where they do not."""
        text = letters(whole.source)
        tried: set[int] = set()
        ways: list[tuple[int, tuple[Entry, ...]]] = [(0, ())] if whole.plural is None else []
        while ways:
            at, parts = ways.pop()
            if at == len(text) and len(parts) > 1:
                return parts
            if at not in tried:
                tried.add(at)
                ways += [(at + len(part), (*parts, entry)) for part, entry in self._starting(whole, text, at)]
        return ()

    def _starting(self, whole: Entry, text: str, at: int) -> list[tuple[str, Entry]]:
        """The texts that the rest of the whole begins with, the longest last."""
        starts = ((whole.context, text[at : at + length]) for length in range(_SHORTEST_PART, _KEY + 1))
        found = [item for start in starts for item in self._by_start.get(start, ())]
        fitting = [item for item in found if len(item[0]) < len(text) and text.startswith(item[0], at)]
        return sorted(fitting, key=lambda item: len(item[0]))
