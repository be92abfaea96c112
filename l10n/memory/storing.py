"""The memory's file: an SQLite database that can always be made again from catalogs and TMX files.

What is fed comes from named origins, each a file; what an origin gave is replaced as a whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import finalize

from l10n import inline
from l10n.errors import CatalogError
from l10n.model import Catalog, Entry, Neighbours, State
from l10n.numerals import shape

if TYPE_CHECKING:
    from l10n.memory.fingerprints import Index
    from l10n.memory.looking import PairMemory

_VERSION = 3
_SCHEMA = f"""
create table pair (
  id integer primary key, source_locale text not null, target_locale text not null,
  changes integer not null default 0, indexed integer, numbers blob, lengths blob, prints blob,
  unique (source_locale, target_locale)
);
create table origin (id integer primary key, name text not null unique, signature text not null);
create table segment (
  id integer primary key, pair integer not null, origin integer not null, retired integer not null,
  hash integer not null, shape integer not null, before integer, after integer, context text,
  source text not null, target text not null, length integer not null, print blob not null
);
create index segment_hash on segment (pair, hash);
create index segment_shape on segment (pair, shape);
create index segment_origin on segment (origin);
pragma user_version = {_VERSION};
"""
_AT_ONCE = 2_000
_CACHE = 32_768
"""Kibibytes of the file that are kept at hand: the most that feeding takes, however much is fed."""
_MOST_ROWS = 50
"""Of one text, or of one shape: what stands thousands of times ("1", "2", …) would take as long to read."""
_SELECT = (
    "select s.id, s.source, s.target, s.context, s.before, s.after, s.retired, o.name"
    " from segment s join origin o on o.id = s.origin"
)
_INSERTED = "pair, origin, context, before, after, retired, source, target, hash, shape, length, print"
_MARKS = ", ".join("?" * 12)


@dataclass(frozen=True, slots=True)
class Segment:
    """A text and its translation, confirmed by a human."""

    source: str
    target: str
    context: str | None = None
    neighbours: Neighbours | None = None
    """None where they are not known."""
    retired: bool = False
    """Whether its text is in use no more."""


@dataclass(frozen=True, slots=True)
class Row:
    """A segment as it is stored."""

    number: int
    source: str
    target: str
    context: str | None
    before: int | None
    """`hashed` neighbours."""
    after: int | None
    retired: int
    origin: str


@dataclass(frozen=True, slots=True)
class Stat:
    """How much the memory holds of one pair of locales."""

    source_locale: str
    target_locale: str
    segments: int
    retired: int
    """Those of them whose text is in use no more."""
    origins: int


def segments_of(catalog: Catalog) -> Iterator[Segment]:
    """What a memory learns from a catalog: its reviewed entries, and as retired its obsolete ones."""
    neighbours = catalog.neighbours()
    for entry in filter(_counts, catalog.entries):
        yield Segment(entry.source, entry.target, entry.context, neighbours[entry.key])
    for entry in filter(_counts, catalog.obsolete):
        yield Segment(entry.source, entry.target, entry.context, retired=True)


def _counts(entry: Entry) -> bool:
    return entry.state is State.REVIEWED and entry.plural is None and bool(entry.source and entry.target)


def hashed(text: str) -> int:
    """What a text is looked up by: 64 bits of its BLAKE2b."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


class Memory:
    """A translation memory in a file, or with ":memory:" in none.

    Every method raises CatalogError, naming the file, where it is no such memory or is damaged.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = path
        with self._words(), ExitStack() as opened:
            self._db = opened.enter_context(closing(sqlite3.connect(path)))
            self._db.execute("pragma synchronous = off")
            self._db.execute(f"pragma cache_size = -{_CACHE}")
            if self._db.execute("pragma user_version").fetchone()[0] != _VERSION:
                self._make()
            self._closing = finalize(self, opened.pop_all().close)  # it is whole, and stays open
            self._closing.atexit = False  # only the thread that opened it could close it then

    def _make(self) -> None:
        """Lay an empty database out, in place of one of an earlier version."""
        tables = self._db.execute("select name from sqlite_schema where type = 'table'").fetchall()
        for (name,) in tables:
            self._db.execute(f'drop table "{name}"')
        self._db.executescript(_SCHEMA)

    def signature(self, name: str) -> str | None:
        """What `feed` was last told of an origin, to know whether it has changed since."""
        rows = self._all("select signature from origin where name = ?", (name,))
        return rows[0][0] if rows else None

    def sign(self, name: str, signature: str) -> None:
        """Note a new signature of an origin that gives the same as before."""
        with self._words(), self._db:
            self._db.execute("update origin set signature = ? where name = ?", (signature, name))

    def count(self, name: str) -> int:
        """How many segments an origin gave."""
        query = "select count(*) from segment s join origin o on o.id = s.origin where o.name = ?"
        return int(self._all(query, (name,))[0][0])

    def origins(self) -> list[str]:
        """The names of all origins."""
        return [name for (name,) in self._all("select name from origin order by name", ())]

    def feed(self, name: str, source: str, target: str, signature: str, segments: Iterable[Segment]) -> int:
        """Hold an origin's segments of a pair of locales, in place of what it gave before; how many."""
        return self.feed_pairs(name, signature, ((source, target, segment) for segment in segments))

    def feed_pairs(self, name: str, signature: str, segments: Iterable[tuple[str, str, Segment]]) -> int:
        """The same for an origin with several pairs: (source locale, target locale, segment) each.

        They are taken a few at a time, so that there can be any number of them; where their iteration
        raises, nothing has changed.
        """
        waiting, count = iter(segments), 0
        with self._words(), self._db:
            self._forget(name)
            insert = "insert into origin (name, signature) values (?, ?)"
            origin = self._db.execute(insert, (name, signature)).lastrowid or 0
            while batch := list(islice(waiting, _AT_ONCE)):
                self._insert(origin, batch)
                count += len(batch)
        return count

    def forget(self, name: str | None = None) -> int:
        """Drop what an origin gave, or everything; how many segments went."""
        with self._words(), self._db:
            return sum(map(self._forget, [name] if name is not None else self.origins()))

    def stats(self) -> list[Stat]:
        """What there is, by pair."""
        rows = self._all(
            "select p.source_locale, p.target_locale, count(*), sum(s.retired), count(distinct s.origin)"
            " from segment s join pair p on p.id = s.pair group by p.id order by 1, 2"
        )
        return [Stat(*row) for row in rows]

    def segments(self, source_locale: str, target_locale: str) -> Iterator[Segment]:
        """What there is of a pair, in the order in which it came."""
        pair, last = self.number(source_locale, target_locale), 0
        query = f"{_SELECT} where s.pair = ? and s.id > ? order by s.id limit {_AT_ONCE}"
        while rows := self._all(query, (pair, last)):
            last = rows[-1][0]
            for row in (Row(*each) for each in rows):
                neighbours = self._text(pair, row.before), self._text(pair, row.after)
                known = row.before is not None and row.after is not None
                retired = bool(row.retired)
                yield Segment(row.source, row.target, row.context, neighbours if known else None, retired)

    def pair(self, source_locale: str, target_locale: str, lowest: int = 75) -> PairMemory:
        """The part for one pair of locales, for looking up; matches below `lowest` per cent are not given.

        75 is the threshold that translation tools commonly use: what is less alike is noise to people.
        """
        from l10n.memory.looking import PairMemory

        with self._words():  # single rows of all parts of the file are wanted now
            self._db.execute("pragma mmap_size = 4294967296")
        return PairMemory(self, source_locale, target_locale, lowest)

    def close(self) -> None:
        """Close the file; one that nobody refers to any more closes by itself."""
        self._closing()

    def number(self, source_locale: str, target_locale: str) -> int:
        """What the file knows a pair by; 0 where it holds nothing of it."""
        query = "select id from pair where source_locale = ? and target_locale = ?"
        rows = self._all(query, (source_locale, target_locale))
        return int(rows[0][0]) if rows else 0

    def rows(self, pair: int, source: str) -> list[Row]:
        """The segments of a text, those in use first, then the newer ones."""
        return self._rows("hash", pair, hashed(source), hashed(source))

    def rows_of_shape(self, pair: int, source: str, plain: str) -> list[Row]:
        """The same of texts that differ from a text in codes and numbers at most, and first of all its own.

        `plain` is the text without its codes.
        """
        return self._rows("shape", pair, hashed(shape(plain)), hashed(source))

    def sources(self, numbers: Sequence[int]) -> list[str]:
        """The texts of segments by their numbers in the index, in any order."""
        marks = ",".join("?" * len(numbers))
        return [text for (text,) in self._all(f"select source from segment where id in ({marks})", numbers)]

    def index(self, pair: int) -> Index:
        """The index of a pair's texts, made anew where segments have come or gone since it was stored."""
        from l10n.memory.fingerprints import Index

        query = "select numbers, lengths, prints from pair where id = ? and indexed = changes"
        stored = self._all(query, (pair,))
        if stored:
            return Index.load(*stored[0])
        rows = self._db.execute("select id, hash, length, print from segment where pair = ?", (pair,))
        index = Index.of(iter(lambda: rows.fetchmany(_AT_ONCE), []))
        with suppress(sqlite3.Error), self._db:  # a file that cannot be written still serves
            update = "update pair set indexed = changes, numbers = ?, lengths = ?, prints = ? where id = ?"
            self._db.execute(update, (*index.dump(), pair))
        return index

    def _insert(self, origin: int, batch: Sequence[tuple[str, str, Segment]]) -> None:
        from l10n.memory.fingerprints import fingerprints

        plains = [inline.plain(segment.source) for _, _, segment in batch]
        images = [row.tobytes() for row in fingerprints(plains)]
        pairs = {each: self._pair(*each) for each in {(source, target) for source, target, _ in batch}}
        rows = [
            (pairs[source, target], origin, *_stored(segment), hashed(shape(plain)), len(plain), image)
            for (source, target, segment), plain, image in zip(batch, plains, images, strict=True)
        ]
        self._db.executemany(f"insert into segment ({_INSERTED}) values ({_MARKS})", rows)

    def _pair(self, source: str, target: str) -> int:
        """The number of a pair whose segments change."""
        self._db.execute(
            "insert into pair (source_locale, target_locale) values (?, ?)"
            " on conflict do update set changes = changes + 1",
            (source, target),
        )
        return self.number(source, target)

    def _forget(self, name: str) -> int:
        of_origin = "from segment where origin = (select id from origin where name = ?)"
        self._db.execute(
            f"update pair set changes = changes + 1 where id in (select pair {of_origin})", (name,)
        )
        count = self._db.execute(f"delete {of_origin}", (name,)).rowcount
        self._db.execute("delete from origin where name = ?", (name,))
        return count

    def _rows(self, column: str, pair: int, value: int, first: int) -> list[Row]:
        order = f"order by s.hash = ? desc, s.retired, s.id desc limit {_MOST_ROWS}"
        query = f"{_SELECT} where s.pair = ? and s.{column} = ? {order}"
        return [Row(*each) for each in self._all(query, (pair, value, first))]

    def _text(self, pair: int, value: int | None) -> str:
        """The text of a hash; empty where it is not in the memory."""
        rows = self._all("select source from segment where pair = ? and hash = ? limit 1", (pair, value))
        return str(rows[0][0]) if rows else ""

    def _all(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        try:  # not `_words`, which takes as long as a query
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._said(error) from error

    @contextmanager
    def _words(self) -> Iterator[None]:
        """SQLite's errors as ours."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._said(error) from error

    def _said(self, error: sqlite3.Error) -> CatalogError:
        hint = "delete the file: it is made again from the catalogs"
        return CatalogError(f"translation memory: {error}", where=str(self.path), hint=hint)


def _stored(segment: Segment) -> tuple[Any, ...]:
    """The values of a segment that its file holds as they are, and its hash."""
    before, after = map(hashed, segment.neighbours) if segment.neighbours else (None, None)
    context, retired = segment.context, int(segment.retired)
    return context, before, after, retired, segment.source, segment.target, hashed(segment.source)
