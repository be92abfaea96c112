"""Looking up: a text -> what has been translated before of it, and of texts like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from l10n import inline
from l10n.memory.storing import Memory, Row, hashed
from l10n.model import Match, MatchKind, Neighbours
from l10n.numerals import carry
from l10n.recoding import kind, recode

if TYPE_CHECKING:
    from l10n.memory.fingerprints import Index

_ORDER = list(MatchKind)
_SCORES = {MatchKind.CONTEXT: 100, MatchKind.EXACT: 100, MatchKind.CODES: 99, MatchKind.NUMBERS: 98}
_OTHER_CONTEXT = 1
"""What a score loses where the same text was translated in another role, such as a title."""
_AMBIGUOUS = 1
_RETIRED = 2
"""What a score loses where the text is in use no more: nobody has looked after its translation since."""
_OTHER_CODES = 1
"""What a similar text's score loses for each code that has to be added or taken out."""
_COMPARED, _OF_SHORT = 24, 96
"""How many texts of the nearest fingerprints are compared as texts; and as short ones, of which many are as
near as the best: among a million segments, that found two of the four missed in 1,536 lookups."""
_SHORT = 20
_MARGIN = 8
"""In how many more bits than the nearest fingerprint that of the best match may differ; 4 was the most in
300 lookups of `scripts/benchmark_memory.py`."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for."""

    source: str
    plain: str
    """The source without its codes."""
    context: str | None
    neighbours: Neighbours | None


class PairMemory:
    """Looking up in one pair of locales."""

    def __init__(self, memory: Memory, source_locale: str, target_locale: str, lowest: int) -> None:
        self._memory, self._locales, self._lowest = memory, (source_locale, target_locale), lowest
        self._pair = memory.number(source_locale, target_locale)

    def lookup(
        self, source: str, context: str | None = None, neighbours: Neighbours | None = None
    ) -> Match | None:
        """The best match, or None."""
        return next(iter(self.matches(source, context, neighbours, count=1)), None)

    def matches(
        self, source: str, context: str | None = None, neighbours: Neighbours | None = None, count: int = 5
    ) -> list[Match]:
        """The best matches, best first: by score, then by kind, then the newer ones."""
        wanted = Wanted(source, inline.plain(source), context, neighbours)
        rows = self._memory.rows_of_shape(self._pair, source, wanted.plain)
        found = list(_equal([row for row in rows if row.source == source], wanted))
        if len(found) < count:
            found += self._alike([row for row in rows if row.source != source], wanted)
        if len(found) < count:
            known = {match.source for match in found}
            found += (match for match in self._similar(wanted, count) if match.source not in known)
        unique: dict[tuple[str, str], Match] = {}
        for match in sorted(found, key=lambda match: (-match.score, _ORDER.index(match.kind))):
            unique.setdefault((match.source, match.target), match)
        return list(unique.values())[:count]

    @cached_property
    def _index(self) -> Index:
        return self._memory.index(self._pair)

    def _alike(self, rows: Iterable[Row], wanted: Wanted) -> Iterator[Match]:
        """Matches of texts that differ in their codes and numbers only."""
        for row in rows:
            target = recode(row.source, wanted.source, row.target)
            same = inline.plain(row.source) == wanted.plain
            if target is not None and not same:
                target = carry(row.source, wanted.source, target, *self._locales)
            if target is not None:
                kind = MatchKind.CODES if same else MatchKind.NUMBERS
                yield _match(replace(row, target=target), wanted, kind)

    def _similar(self, wanted: Wanted, count: int) -> Iterator[Match]:
        """Matches by normalized Levenshtein similarity of the texts without codes."""
        for source, score in self._near(wanted, count):
            for row in self._memory.rows(self._pair, source):
                target = recode(source, wanted.source, row.target)
                lost = _OTHER_CODES * _difference(source, wanted.source)
                if score - lost >= self._lowest:
                    match = _match(row, wanted, MatchKind.FUZZY)
                    yield replace(match, target=target or row.target, score=match.score - 100 + score - lost)

    def _near(self, wanted: Wanted, count: int) -> list[tuple[str, int]]:
        """The texts most like one, with their similarity in per cent, 99 at the most."""
        from rapidfuzz.distance.Levenshtein import normalized_similarity
        from rapidfuzz.process import extract

        share = self._lowest / 100
        compared = _OF_SHORT if len(wanted.plain) <= _SHORT else _COMPARED
        margin = _MARGIN if count == 1 else compared
        sources = self._memory.sources(self._index.near(wanted.plain, share, compared, margin))
        others = {inline.plain(source): source for source in sources if source != wanted.source}
        found = extract(
            wanted.plain, list(others), scorer=normalized_similarity, score_cutoff=share, limit=count
        )
        return [(others[plain], min(int(score * 100), 99)) for plain, score, _ in found]


def _equal(same: Sequence[Row], wanted: Wanted) -> Iterator[Match]:
    """Matches of the same text; where there are several translations, the more frequent one first."""
    live = Counter(row.target for row in same if not row.retired and row.context == wanted.context)
    around = {row.target for row in same if _between(row, wanted)}
    for row in sorted(same, key=lambda row: -live[row.target]):
        kind = MatchKind.CONTEXT if _between(row, wanted) else MatchKind.EXACT
        rivals = around if around else live
        match = _match(row, wanted, kind)
        ambiguous = len(rivals) > 1 or any(target != row.target for target in rivals)
        yield replace(match, ambiguous=ambiguous, score=match.score - _AMBIGUOUS * ambiguous)


def _between(row: Row, wanted: Wanted) -> bool:
    """Whether the text stood between the neighbours that it has now."""
    if row.retired or wanted.neighbours is None or not any(wanted.neighbours):
        return False
    return (row.before, row.after) == tuple(map(hashed, wanted.neighbours))


def _match(row: Row, wanted: Wanted, kind: MatchKind) -> Match:
    """A match with the score of its kind, less what speaks against it."""
    lost = _RETIRED * row.retired + _OTHER_CONTEXT * (row.context != wanted.context)
    return Match(row.source, row.target, _SCORES.get(kind, 100) - lost, kind, row.origin)


def _difference(one: str, other: str) -> int:
    """How many codes only one of two texts has."""
    first, second = Counter(map(kind, inline.marks(one))), Counter(map(kind, inline.marks(other)))
    return ((first - second) + (second - first)).total()
