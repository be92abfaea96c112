"""Matching: which older text each new text comes from. By what they say, never by where they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from l10n import inline
from l10n.catalogs.grading import letters, letters_of
from l10n.laziness import expression
from l10n.model import Entry, Key

LEAST_LIKENESS = 0.55
"""Below this, the translation of another text is no help (`Likeness`, 0 to 1)."""
_LEAST_OF_PAIRS = 0.7
"""The same for two texts that may come from one, or one from two."""
_LEAST_LETTERS = 0.5
"""Texts that share less than this of their letters are not considered (Indel similarity)."""
_LEAST_SHARED = (3 * LEAST_LIKENESS - 1) / 2
"""Texts that share less than this of the words of the one that has fewer are not alike enough, whatever
letters they share (`Likeness.of`)."""
_CONSIDERED = 10
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han."""
_WORD = expression(rf"[^\W_{_UNSPACED}]+|[{_UNSPACED}]")
_SPACES = {point: " " for point in range(128) if not chr(point).isalnum()}
"""What `str.translate` makes of ASCII that is of no word."""
_LEAST_WEIGHT = 0.1
_SHORTEST_PART = 2
_KEY = 8


Find = Callable[[Key], Entry | None]
"""Which of some entries has a key."""
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

    def telling(self, words: Words) -> list[str]:
        """The rarest words of a text: what it shares with a longer one that is like it has one of these."""
        weights = self._weights
        counts, rest = words[0], words[1]
        least = _LEAST_SHARED * rest
        rarest = sorted(counts, key=weights.__getitem__, reverse=True)
        for number, word in enumerate(rarest):
            if rest < least:
                return rarest[:number]
            rest -= weights[word] * counts[word]
        return rarest

    def of(self, letters: float, one: Words, other: Words) -> float:
        """The likeness of two texts, of which `letters` says how many letters they share."""
        (few, some), (many, more) = sorted((one, other), key=lambda words: words[1])
        if not some:
            return letters
        shared = sum(
            [self._weights[word] * min(count, many[word]) for word, count in few.items() if word in many]
        )
        return (letters + 2 * shared / (some + more) + shared / some) / 3


def _words(text: str) -> list[str]:
    return text.translate(_SPACES).split() if text.isascii() else _WORD.findall(text)


class _Weights(dict[str, float]):
    """How much a word tells: the logarithm of how rare it is in some texts (inverse document frequency)."""

    def __init__(self, texts: Sequence[str]) -> None:
        plain = [text for text in texts if text.isascii()]
        others = [text for text in texts if not text.isascii()]
        self._counts = Counter(_words(" ".join(plain).casefold()))
        self._counts.update(_words(" ".join(others).casefold()))
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
    """Older texts, one by one and in pairs, by their words."""

    def __init__(self, entries: Sequence[Entry], pairs: Iterable[Numbers], likeness: Likeness) -> None:
        plain = list(map(_plain, entries))
        self._numbers: list[Numbers] = [(number,) for number in range(len(plain))]
        self._numbers += pairs
        self._texts = [" ".join([plain[number] for number in numbers]) for numbers in self._numbers]
        self._words = list(map(likeness.words, self._texts))
        self._likeness = likeness
        self._having: defaultdict[str, set[int]] = defaultdict(set)
        """Word -> the texts that have it."""
        self._led_by: defaultdict[str, set[int]] = defaultdict(set)
        """Word -> the texts of which it is a telling one."""
        self._wordless: set[int] = set()
        for place, words in enumerate(self._words):
            self._take_in(place, words)

    def _take_in(self, place: int, words: Words) -> None:
        if not words[1]:
            self._wordless.add(place)
        for word in words[0]:
            self._having[word].add(place)
        for word in self._likeness.telling(words):
            self._led_by[word].add(place)

    def near(self, query: str) -> Iterator[tuple[float, Numbers]]:
        """The texts that share most letters with another, and how alike they are."""
        from rapidfuzz import process
        from rapidfuzz.distance import Indel

        words = self._likeness.words(query)
        places = self._promising(words)
        found = process.extract(
            query,
            [self._texts[place] for place in places],
            scorer=Indel.normalized_similarity,
            score_cutoff=_LEAST_LETTERS,
            limit=_CONSIDERED,
        )
        for _, similarity, at in found:
            place = places[at]
            yield self._likeness.of(similarity, words, self._words[place]), self._numbers[place]

    def _promising(self, words: Words) -> list[int]:
        """The texts that share a telling word with another: no others can be alike enough."""
        if not words[1]:
            return list(range(len(self._texts)))
        places = [self._having[word] for word in self._likeness.telling(words) if word in self._having]
        places += [self._led_by[word] for word in words[0] if word in self._led_by]
        return sorted(self._wordless.union(*places))


def _plain(entry: Entry) -> str:
    return (inline.plain(entry.source) or entry.source).casefold()


def neighbours(everything: Sequence[Entry], some: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """The numbers of those of some entries that follow each other in the whole, in one context."""
    numbers = {id(entry): number for number, entry in enumerate(some)}
    places = [numbers.get(id(entry)) for entry in everything]
    for one, other in pairwise(places):
        if one is not None and other is not None and some[one].context == some[other].context:
            yield one, other


class Parts:
    """Texts by their letters: what another may be made of, and what reads the same."""

    def __init__(self, keys: Iterable[Key]) -> None:
        distinct = list(dict.fromkeys(keys))
        self._letters = dict(zip(distinct, letters_of([source for _, source in distinct]), strict=True))
        self._by_start: dict[str | None, dict[str, list[Key]]] = {}
        """Context -> the first letters of its texts -> those texts."""
        self._lengths: defaultdict[str, set[int]] = defaultdict(set)
        """How many letters the texts that begin so are known by."""
        for key, text in self._letters.items():
            start = text[:_KEY]
            self._by_start.setdefault(key[0], {}).setdefault(start, []).append(key)
            self._lengths[start[:_SHORTEST_PART]].add(len(start))

    def same(self, text: Entry, among: Find) -> list[Entry]:
        """Those of some entries that have the letters of another text, and its context."""
        wanted = self._letters_of(text)
        found = self._by_start.get(text.context, {}).get(wanted[:_KEY], ())
        others = [key for key in found if self._letters[key] == wanted and key[1] != text.source]
        return [entry for key in others if (entry := among(key))]

    def of(self, whole: Entry, among: Find) -> tuple[Entry, ...]:
        """Two or more of some entries that make up the whole, in order; none where they do not."""
        text = self._letters_of(whole)
        tried: set[int] = set()
        ways: list[tuple[int, tuple[Entry, ...]]] = [(0, ())] if whole.plural is None else []
        while ways:
            at, parts = ways.pop()
            if at == len(text) and len(parts) > 1:
                return parts
            if at not in tried:
                tried.add(at)
                fitting = [(part, among(key)) for part, key in self._starting(whole.context, text, at)]
                ways += [(at + len(part), (*parts, e)) for part, e in fitting if e and e.plural is None]
        return ()

    def _letters_of(self, text: Entry) -> str:
        known = self._letters.get(text.key)
        return letters(text.source) if known is None else known

    def _starting(self, context: str | None, text: str, at: int) -> list[tuple[str, Key]]:
        """The texts that the rest of the whole begins with, the longest last."""
        starts = self._by_start.get(context, {})
        lengths = self._lengths.get(text[at : at + _SHORTEST_PART], ())
        found = [starts.get(text[at : at + length], ()) for length in lengths]
        parts = [(self._letters[key], key) for keys in found for key in keys]
        fitting = [item for item in parts if len(item[0]) < len(text) and text.startswith(item[0], at)]
        return sorted(fitting, key=_size) if len(fitting) > 1 else fitting


def _size(item: tuple[str, Key]) -> int:
    return len(item[0])
