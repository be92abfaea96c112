#!/usr/bin/env python3
"""Measure how a TMX file of any size is read into a memory: the time, and the most memory it takes.

    scripts/measure_tmx.py 2000

makes a file of that many megabytes in a temporary folder, imports it into a new project there and says
how it went. Beside it stands what the same machine takes for an empty import.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, takewhile
from pathlib import Path

from l10n.exchange.tmx import write_tmx
from l10n.memory import Segment
from l10n.project import open_project
from l10n.tasks.remembering import import_memory

WORDS = "river library bridge council tram night market letter winter harbour ticket answer door"
NAMES = WORDS.split()


def main(megabytes: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "l10n.toml").write_text('targets = ["uk"]\n', encoding="utf-8")
        (root / "seeds").mkdir()
        small, large = root / "small.tmx", root / "large.tmx"
        small.write_bytes(b"".join(write_tmx("en", "uk", ())))
        make(large, megabytes * 1_000_000)
        import_memory(open_project(root), small)
        before, start, busy = peak(), time.perf_counter(), time.process_time()
        segments = import_memory(open_project(root), large)
        seconds, busy = time.perf_counter() - start, time.process_time() - busy
        size = large.stat().st_size / 1e6
    print(
        f"{size:,.0f} MB, {segments:,} segments: {seconds:.0f} s, of the processor {busy:.0f} s "
        f"({size / busy:.1f} MB/s); "
        f"at most {peak():.0f} MB of memory, {before:.0f} MB for an empty file"
    )


def make(path: Path, size: int) -> None:
    """Write a TMX file of about so many bytes."""
    with path.open("wb") as file:
        for chunk in takewhile(lambda _: file.tell() < size, write_tmx("en", "uk", segments())):
            file.write(chunk)
        file.write(b"</body></tmx>")


def segments() -> Iterator[Segment]:
    for number in count():
        words = [NAMES[number // 13**place % 13] for place in range(9)]
        source = f"The {' '.join(words[:5])} of <a1>{' '.join(words[5:])}</a1> had the number {number}."
        yield Segment(source, source[::-1].replace("<", "").replace(">", ""))


def peak() -> float:
    """The most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    main(int(sys.argv[1]))
