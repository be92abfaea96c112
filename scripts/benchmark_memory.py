#!/usr/bin/env python3
"""Measure the translation memory: how long a lookup takes, and whether it finds what comparing all finds.

    scripts/benchmark_memory.py --size 100000 --size 1000000 /usr/share/locale ../shared/data/po

The segments are the sources of the PO and MO files below the folders, each once; where there are fewer
than wanted, halves of two of them make further ones. Asked are edited ones, and ones that were left out.
The peer in the same run is RapidFuzz over all segments of fitting length. Times are of the processor, so
that what else the machine does counts little.
"""

from __future__ import annotations

# ruff: noqa: B023 (the functions are called at once)
import argparse
import gettext
import random
import statistics
import sys
import tempfile
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz.distance.Levenshtein import normalized_similarity
from rapidfuzz.process import extractOne

from l10n.errors import L10nError
from l10n.memory import Memory, Segment
from l10n.project import load_po

LOWEST = 0.75
QUERIES, STRANGERS = 300, 100


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--size", type=int, action="append", help="segments; may be repeated")
    parser.add_argument("--targets", action="store_true", help="take the translations for sources")
    options = parser.parse_args()
    chance = random.Random(20261125)
    real = sorted({text for folder in options.folders for text in texts(folder, options.targets)})
    if len(real) < 1000:
        sys.exit("too few texts: name folders with more PO or MO files")
    chance.shuffle(real)
    asked = [edited(text, chance) for text in chance.sample(real[STRANGERS:], QUERIES)] + real[:STRANGERS]
    print(f"{len(real):,} real texts, {statistics.mean(map(len, real)):.0f} characters on average")
    for size in options.size or [100_000]:
        print(measure(grown(real[STRANGERS:], size, chance), asked))
    return 0


def texts(folder: Path, targets: bool) -> Iterator[str]:
    """The sources, or the targets, of the catalogs below a folder."""
    for path in sorted(folder.rglob("*.mo")):
        with path.open("rb") as file:
            try:
                catalog = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
            except (OSError, ValueError, LookupError, UnicodeDecodeError):
                continue
        for source, target in catalog.items():
            name = source[0] if isinstance(source, tuple) else source
            yield target if targets else name.rpartition("\x04")[2]
    for path in sorted(folder.rglob("*.po")):
        try:
            entries = load_po(path, str(path)).entries
        except L10nError:
            continue
        yield from (entry.target if targets else entry.source for entry in entries)


def grown(real: Sequence[str], size: int, chance: random.Random) -> list[str]:
    """So many texts: the real ones, and where they are too few, halves of two put together."""
    out = dict.fromkeys(text for text in real[:size] if text.strip())
    while len(out) < size:
        one, two = chance.choice(real), chance.choice(real)
        out[one[: len(one) // 2] + two[len(two) // 2 :]] = None
        out.pop("", None)
    return list(out)


def edited(text: str, chance: random.Random) -> str:
    """A text with a few words or characters changed, lost or added."""
    for _ in range(chance.randint(1, max(1, len(text) // 30))):
        at, length = chance.randrange(len(text) + 1), chance.choice((0, 1, 1, 4, 7))
        text = (
            text[:at]
            + "".join(chance.sample(text, min(len(text), chance.randint(0, 6))))
            + text[at + length :]
        )
        text = text or "x"
    return text


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured; times of a lookup in milliseconds, others in seconds."""

    segments: int
    median: float
    p95: float
    all_of_them: float
    found: int
    there: int
    index: float
    feeding: float
    indexing: float
    loading: float
    disk: float

    def __str__(self) -> str:
        recall = f"{self.found}/{self.there} ({100 * self.found / self.there:.1f}%)"
        return (
            f"{self.segments:>9,} segments: median {self.median:.2f} ms, p95 {self.p95:.2f} ms; "
            f"comparing all {self.all_of_them:.1f} ms; recall at 1 {recall}; "
            f"index {self.index:.0f} bytes a segment; feeding {self.feeding:.1f} s, indexing "
            f"{self.indexing:.1f} s, loading {self.loading:.2f} s; file {self.disk:.0f} MB"
        )


def measure(segments: Sequence[str], asked: Sequence[str]) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.sqlite"
        memory = Memory(path)
        feeding, _ = timed(lambda: memory.feed("x", "en", "uk", "", (Segment(t, "…") for t in segments)))
        indexing, _ = timed(lambda: memory.pair("en", "uk").lookup("Nothing like this is there."))
        memory.close()
        memory = Memory(path)
        pair = memory.pair("en", "uk")
        loading, _ = timed(lambda: pair.lookup("Nothing like this is there."))
        times, scores = [], []
        for text in asked:
            taken, match = timed(lambda: pair.lookup(text))
            times.append(1000 * taken)
            scores.append(match.score if match else 0)
        index = memory.index(memory.number("en", "uk"))
        size = sum(part.nbytes for part in (index.numbers, index.lengths, index.prints))
        memory.close()
        disk = path.stat().st_size / 1e6
    truth, slow = compared(segments, asked)
    there = [number for number, best in enumerate(truth) if best >= LOWEST]
    found = sum(scores[number] >= min(int(truth[number] * 100), 99) for number in there)
    return Result(
        len(segments),
        statistics.median(times),
        statistics.quantiles(times, n=20)[18],
        slow,
        found,
        len(there),
        size / len(segments),
        feeding,
        indexing,
        loading,
        disk,
    )


def compared(segments: Sequence[str], asked: Sequence[str]) -> tuple[list[float], float]:
    """The best similarity of each text to any segment, and the milliseconds that comparing takes."""
    by_length = sorted(segments, key=len)
    lengths = list(map(len, by_length))
    best, times = [], []
    for text in asked:
        first, last = bisect_left(lengths, len(text) * LOWEST), bisect_right(lengths, len(text) / LOWEST)
        pool = by_length[first:last]
        taken, match = timed(
            lambda: extractOne(text, pool, scorer=normalized_similarity, score_cutoff=LOWEST)
        )
        best.append(match[1] if match else 0.0)
        times.append(1000 * taken)
    return best, statistics.median(times)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    done = work()
    return time.process_time() - start, done


if __name__ == "__main__":
    sys.exit(main())
