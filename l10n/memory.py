"""Translation memory: what has been translated before, found again exactly or nearly.

A SQLite file that can always be made again: it is fed from catalogs, one origin (a file) at a time.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from l10n.errors import CatalogError

_SCHEMA = """
create table if not exists origin (
  name text primary key, signature text not null
) without rowid;
create table if not exists segment (
  source_locale text not null, target_locale text not null, source text not null, context text,
  target text not null, origin text not null
);
create index if not exists segment_source on segment (source_locale, target_locale, source);
create index if not exists segment_origin on segment (origin);
"""
_LOWEST = 75
"""Matches below this score are noise to a translator: the threshold that CAT tools commonly use."""


@dataclass(frozen=True, slots=True)
class Match:
    """A translation found in the memory. `score` is 100 for an equal source, lower for a similar one."""

    source: str
    target: str
    score: int
    origin: str


@dataclass(frozen=True, slots=True)
class Stat:
    """How much the memory holds of one pair of locales."""

    source_locale: str
    target_locale: str
    segments: int
    origins: int


class Memory:
    """A translation memory in a file, or with ":memory:" in none.

    Raises CatalogError, naming the file, where it is not one.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = path
        with self._words():
            self._db = sqlite3.connect(path)
            self._db.executescript(_SCHEMA)

    def signature(self, name: str) -> str | None:
        """What `feed` was last told of an origin, to know whether it has changed since."""
        row = self._db.execute("select signature from origin where name = ?", (name,)).fetchone()
        return row[0] if row else None

    def feed(
        self,
        name: str,
        source: str,
        target: str,
        signature: str,
        segments: Iterable[tuple[str, str | None, str]],
    ) -> None:
        """Hold an origin's (source, context, target) of a pair, in place of what it gave before."""
        rows = ((source, target, *segment, name) for segment in segments)
        with self._words(), self._db:
            self._db.execute("delete from segment where origin = ?", (name,))
            self._db.executemany("insert into segment values (?, ?, ?, ?, ?, ?)", rows)
            self._db.execute("insert or replace into origin values (?, ?)", (name, signature))

    def forget(self, name: str | None = None) -> int:
        """Drop what an origin gave, or everything; how many segments went."""
        where, values = (" where origin = ?", (name,)) if name else ("", ())
        with self._words(), self._db:
            count = self._db.execute(f"delete from segment{where}", values).rowcount
            self._db.execute(f"delete from origin{where.replace('origin', 'name')}", values)
        return count

    def stats(self) -> list[Stat]:
        """What there is, by pair."""
        rows = self._db.execute(
            "select source_locale, target_locale, count(*), count(distinct origin)"
            " from segment group by 1, 2 order by 1, 2"
        )
        return [Stat(*row) for row in rows]

    def segments(self, source_locale: str, target_locale: str) -> list[tuple[str, str | None, str, str]]:
        """(source, context, target, origin) of a pair, in the order in which they came."""
        return self._db.execute(
            "select source, context, target, origin from segment"
            " where source_locale = ? and target_locale = ? order by rowid",
            (source_locale, target_locale),
        ).fetchall()

    def pair(self, source_locale: str, target_locale: str, lowest: int = _LOWEST) -> PairMemory:
        """The part for one pair of locales, for looking up; matches below `lowest` are not given."""
        return PairMemory(self, source_locale, target_locale, lowest)

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def _words(self) -> Iterator[None]:
        """SQLite's errors as ours."""
        try:
            yield
        except sqlite3.Error as error:
            hint = "delete the file: it is made again from the catalogs"
            raise CatalogError(f"translation memory: {error}", where=str(self.path), hint=hint) from error


class PairMemory:
    """Looking up in one pair of locales."""

    def __init__(self, memory: Memory, source_locale: str, target_locale: str, lowest: int) -> None:
        self._memory, self._pair, self._lowest = memory, (source_locale, target_locale), lowest

    def matches(self, source: str, context: str | None = None, count: int = 5) -> list[Match]:
        """The best matches, best first; among equal sources those of the same context come first."""
        exact = self._exact.get(source, [])
        ranked = sorted(exact, key=lambda row: row[1] != context)
        found = [Match(source, row[2], 100, row[3]) for row in ranked]
        found += self._similar(source, count) if len(found) < count else []
        unique: dict[tuple[str, str], Match] = {}
        for match in found:
            unique.setdefault((match.source, match.target), match)
        return sorted(unique.values(), key=lambda match: -match.score)[:count]

    def lookup(self, source: str, context: str | None = None) -> tuple[str, int] | None:
        """The best target and its score, or None; 99 for an equal source with differing translations."""
        best = self.matches(source, context, 1)
        if not best:
            return None
        targets = {row[2] for row in self._exact.get(source, []) if row[1] == context}
        return best[0].target, 99 if best[0].score == 100 and len(targets) > 1 else best[0].score

    @cached_property
    def _exact(self) -> dict[str, list[tuple[str, str | None, str, str]]]:
        out: dict[str, list[tuple[str, str | None, str, str]]] = {}
        for row in self._memory.segments(*self._pair):
            out.setdefault(row[0], []).append(row)
        return out

    @cached_property
    def _by_length(self) -> list[str]:
        return sorted(self._exact, key=len)

    def _similar(self, source: str, count: int) -> list[Match]:
        """Matches by normalized Levenshtein similarity, in per cent, among sources of fitting length."""
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.process import extract

        share = self._lowest / 100
        first = bisect_left(self._by_length, len(source) * share, key=len)
        last = bisect_right(self._by_length, len(source) / share, key=len)
        scorer = Levenshtein.normalized_similarity
        near = extract(source, self._by_length[first:last], scorer=scorer, score_cutoff=share, limit=count)
        return [
            Match(text, row[2], min(int(score * 100), 99), row[3])
            for text, score, _ in near
            if text != source
            for row in self._exact[text]
        ]
