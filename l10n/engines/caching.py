"""Caching: what engines have translated, kept on disk so that nothing is translated twice.

A SQLite file that can always be made again. A translation is known by what made it (engine, pair and
model version, as `Engine.describe` says) and by the plain text that the engine was given.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from weakref import finalize

from l10n.engines.contracts import Hypothesis
from l10n.errors import EngineError
from l10n.model import Span

_SCHEMA = """
pragma journal_mode = wal;
pragma synchronous = normal;
create table if not exists translation (
  maker text not null, source text not null, hypothesis text not null, primary key (maker, source)
) without rowid;
"""
DRAFTED = "digests of drafts"
"""The maker under which drafts stand by their digests, to tell later how far they were edited."""
_AT_ONCE = 500
"""How many texts are asked for in one query."""


class Cache:
    """A cache in a file, or with ":memory:" in none.

    Raises EngineError, naming the file, where it is not one.
    """

    def __init__(self, path: Path | str = ":memory:") -> None:
        self._path = path
        with self._words(), ExitStack() as opened:
            self._db = opened.enter_context(closing(sqlite3.connect(path)))
            self._db.executescript(_SCHEMA)
            self._closing = finalize(self, opened.pop_all().close)  # it is whole, and stays open
            self._closing.atexit = False  # only the thread that opened it could close it then

    def known(self, maker: str, texts: Iterable[str]) -> dict[str, Hypothesis]:
        """What is known of some texts."""
        out: dict[str, Hypothesis] = {}
        left = iter(texts)
        with self._words():
            while some := list(islice(left, _AT_ONCE)):
                marks = ",".join("?" * len(some))
                query = f"select source, hypothesis from translation where maker = ? and source in ({marks})"
                out |= {source: load(text) for source, text in self._db.execute(query, (maker, *some))}
        return out

    def keep(self, maker: str, found: Mapping[str, Hypothesis]) -> None:
        """Hold translations, on disk when this returns."""
        rows = [(maker, source, dump(hypothesis)) for source, hypothesis in found.items()]
        with self._words(), self._db:
            self._db.executemany("insert or replace into translation values (?, ?, ?)", rows)

    def close(self) -> None:
        """Close the file; one that nobody refers to any more closes by itself."""
        self._closing()

    @contextmanager
    def _words(self) -> Iterator[None]:
        """SQLite's errors as ours."""
        try:
            yield
        except (sqlite3.Error, ValueError) as error:
            hint = "make room, or delete the file: it is made again as drafts are made"
            raise EngineError(f"cache of drafts: {error}", where=str(self._path), hint=hint) from error


def dump(hypothesis: Hypothesis) -> str:
    """A hypothesis as one line of JSON."""
    return json.dumps(_data(hypothesis), ensure_ascii=False, separators=(",", ":"))


def load(line: str) -> Hypothesis:
    """The reverse of `dump`. Raises ValueError for what `dump` has not written."""
    try:
        return _hypothesis(json.loads(line))
    except (TypeError, IndexError) as error:
        raise ValueError(f"not a hypothesis: {line[:40]}") from error


def _data(hypothesis: Hypothesis) -> list[Any]:
    links = [[one.start, one.end, other.start, other.end] for one, other in hypothesis.links]
    return [hypothesis.text, links, hypothesis.unknown, [_data(other) for other in hypothesis.others]]


def _hypothesis(data: Sequence[Any]) -> Hypothesis:
    text, links, unknown, others = data
    spans = tuple((Span(a, b), Span(c, d)) for a, b, c, d in links)
    return Hypothesis(text, spans, unknown, tuple(_hypothesis(other) for other in others))
