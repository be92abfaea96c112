"""Matching: which older text each new text comes from. By what they say, never by where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from l10n import inline
from l10n.catalogs.grading import letters
from l10n.model import Entry, Key

LEAST_LIKENESS = 0.55
"""Below this, the translation of another text is no help (`Likeness`, 0 to 1)."""
_LEAST_OF_PAIRS = 0.7
"""The same for two texts that may come from one, or one from two."""
_LEAST_LETTERS = 0.5
"""Texts that share less than this of their letters are not considered (Indel similarity)."""
_CONSIDERED = 10
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)
"""Scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han."""
_ASCII_WORD = re.compile("[A-Za-z0-9]+")
_LEAST_WEIGHT = 0.1
_SHORTEST_PART = 2
_KEY = 6


Numbers = tuple[int, ...]
Words = tuple[Counter[str], float]
"""The words of a text, and their weight."""


@dataclass(frozen=True, slots=True)
class Descent:
    """Some texts of a template and the entries that they come from: one of each, or one of several.

    Both go by their numbers in the sequences that were matched.
    """

    texts: Numbers
    entries: Numbers


Match = tuple[float, bool, Descent]
"""How unlike the two are, and whether their contexts differ: the smallest is the best."""


class Likeness:
    """How alike two texts are: the mean of how many letters they share, how many of all their words, and
    how many of the words of the one that has fewer.

    A word counts by how rare it is in the catalog, so that two messages of one mould ("Sorry, you are not
    allowed to …") are not taken for one. Capitals do not count; a character of a script without spaces
    counts as a word.
    """

    def __init__(self, catalog: Iterable[Entry]) -> None:
        self._weights = _Weights([entry.source for entry in catalog])

    def words(self, text: str) -> Words:
        """The words of a text, and what all of them weigh."""
        words = _words(text)
        return Counter(words), sum([self._weights[word] for word in words])

    def of(self, letters: float, one: Words, other: Words) -> float:
        """The likeness of two texts, of which `letters` says how many letters they share."""
        (few, some), (many, more) = sorted((one, other), key=lambda words: words[1])
        if not some:
            return letters
        shared = sum(
            [self._weights[word] * min(count, many[word]) for word, count in few.items() if word in many]
        )
        return (letters + 2 * shared / (some + more) + shared / some) / 3


class _Spaces(dict[int, int | str]):
    """A table for `str.translate` that sets words apart; it grows as characters come up."""

    def __missing__(self, point: int) -> int | str:
        char = chr(point)
        self[point] = value = f" {char} " if _UNSPACED.match(char) else point if char.isalnum() else ord(" ")
        return value


_SPACES = _Spaces()


def _words(text: str) -> list[str]:
    return _ASCII_WORD.findall(text) if text.isascii() else text.translate(_SPACES).split()


class _Weights(dict[str, float]):
    """How much a word tells: the logarithm of how rare it is in some texts (inverse document frequency)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._counts = Counter([word for text in texts for word in _words(text.casefold())])
        self._size = len(texts) + 1

    def __missing__(self, word: str) -> float:
        self[word] = weight = max(log(self._size / (self._counts[word] + 1)), _LEAST_WEIGHT)
        return weight


def descents(
    texts: Sequence[Entry], entries: Sequence[Entry], likeness: Likeness, near: Iterable[Descent] = ()
) -> list[Descent]:
    """For each text that is like one of the entries that one; no entry and no text twice.

    `near` are pairs of neighbours that may come from one entry, or that one text may come from.
    """
    found = [*_same_source(texts, entries), *_similar(texts, entries, likeness, tuple(near))]
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


def _similar(
    texts: Sequence[Entry], entries: Sequence[Entry], likeness: Likeness, near: Sequence[Descent]
) -> Iterator[Match]:
    """The pairs whose plain texts are alike enough; for each text the best few."""
    pool = _Pool(entries, [each.entries for each in near if each.entries], likeness)
    queries: list[tuple[Numbers, str]] = [((at,), _plain(text)) for at, text in enumerate(texts)]
    queries += [(each.texts, " ".join(_plain(texts[at]) for at in each.texts)) for each in near if each.texts]
    for numbers, query in queries:
        text = texts[numbers[0]]
        for alikeness, found in pool.near(query):
            sizes = len(numbers) + len(found)
            fits = alikeness >= LEAST_LIKENESS if sizes == 2 else sizes == 3 and alikeness >= _LEAST_OF_PAIRS
            if fits and alike(entries[found[0]], text):
                other = entries[found[0]].context != text.context
                yield 1.0 - alikeness, other, Descent(numbers, found)


class _Pool:
    """Older texts, one by one and in pairs, by their length."""

    def __init__(self, entries: Sequence[Entry], pairs: Iterable[Numbers], likeness: Likeness) -> None:
        plain = list(map(_plain, entries))
        items: list[tuple[Numbers, str]] = [((number,), text) for number, text in enumerate(plain)]
        items += [(pair, " ".join(plain[number] for number in pair)) for pair in pairs]
        items.sort(key=lambda item: len(item[1]))
        self._numbers = [numbers for numbers, _ in items]
        self._texts = [text for _, text in items]
        self._lengths = [len(text) for text in self._texts]
        self._words: dict[int, Words] = {}
        self._likeness = likeness

    def near(self, query: str) -> Iterator[tuple[float, Numbers]]:
        """The texts that share most letters with another, and how alike they are."""
        from rapidfuzz import process
        from rapidfuzz.distance import Indel

        low, high = _window(self._lengths, len(query))
        found = process.extract(
            query,
            self._texts[low:high],
            scorer=Indel.normalized_similarity,
            score_cutoff=_LEAST_LETTERS,
            limit=_CONSIDERED,
        )
        if found:
            words = self._likeness.words(query)
        for _, similarity, place in found:
            place += low
            yield self._likeness.of(similarity, words, self._words_of(place)), self._numbers[place]

    def _words_of(self, place: int) -> Words:
        if place not in self._words:
            self._words[place] = self._likeness.words(self._texts[place])
        return self._words[place]


def _window(lengths: Sequence[int], length: int) -> tuple[int, int]:
    """Which of the sorted lengths can be similar enough: 2 * shorter / (shorter + longer) is the most."""
    ratio = _LEAST_LETTERS / (2 - _LEAST_LETTERS)
    return bisect_left(lengths, int(length * ratio)), bisect_right(lengths, int(length / ratio) + 1)


def _plain(entry: Entry) -> str:
    return (inline.plain(entry.source) or entry.source).casefold()


def neighbours(everything: Sequence[Entry], some: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """The numbers of those of some entries that follow each other in the whole, in one context."""
    numbers = {entry.key: number for number, entry in enumerate(some)}
    for one, other in pairwise(everything):
        if one.context == other.context and one.key in numbers and other.key in numbers:
            yield numbers[one.key], numbers[other.key]


class Parts:
    """Texts by their letters: what another may be made of, and what reads the same."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._by_start: defaultdict[tuple[str | None, str], list[tuple[str, Key]]] = defaultdict(list)
        for key in dict.fromkeys(keys):
            text = letters(key[1])
            self._by_start[key[0], text[:_KEY]].append((text, key))

    def same(self, text: Entry, among: Mapping[Key, Entry]) -> list[Entry]:
        """Those of some entries that have the letters of a text, and its context."""
        wanted = letters(text.source)
        found = self._by_start.get((text.context, wanted[:_KEY]), ())
        return [among[key] for letters_, key in found if letters_ == wanted and key in among]

    def of(self, whole: Entry, among: Mapping[Key, Entry]) -> tuple[Entry, ...]:
        """Two or more of some entries that make up the whole, in order; none where they do not."""
        text = letters(whole.source)
        tried: set[int] = set()
        ways: list[tuple[int, tuple[Key, ...]]] = [(0, ())] if whole.plural is None else []
        while ways:
            at, parts = ways.pop()
            if at == len(text) and len(parts) > 1:
                return tuple(among[key] for key in parts)
            if at not in tried:
                tried.add(at)
                fitting = self._starting(whole.context, text, at)
                ways += [(at + len(part), (*parts, key)) for part, key in fitting if _is_part(key, among)]
        return ()

    def _starting(self, context: str | None, text: str, at: int) -> list[tuple[str, Key]]:
        """The texts that the rest of the whole begins with, the longest last."""
        starts = ((context, text[at : at + length]) for length in range(_SHORTEST_PART, _KEY + 1))
        found = [item for start in starts for item in self._by_start.get(start, ())]
        fitting = [item for item in found if len(item[0]) < len(text) and text.startswith(item[0], at)]
        return sorted(fitting, key=lambda item: len(item[0]))


def _is_part(key: Key, among: Mapping[Key, Entry]) -> bool:
    return key in among and among[key].plural is None
