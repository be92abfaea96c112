"""How fast catalogs are read, written and updated, and how right: beside msgmerge and pot2po.

    python scripts/benchmark_catalogs.py ../shared/data/po [--pot2po PATH] [--entries 10000]

The catalog is put together of real ones: all their texts, of which one in twenty is edited in the newer
template, one in fifty has gone, and some are new. The same two files go through every program, each in a
process of its own, in the same run. What is measured: wall and CPU seconds, edited texts that got their
own old translation, new texts that got any. Then reading and writing alone, in MB/s and in memory.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n.catalogs import decode_po, encode_po, new_header, parse_po, serialize_po
from l10n.model import Catalog, Entry, State

HEADER = new_header("uk", "en", "Benchmark", "2026-11-24 02:40+0000", "nplurals=2; plural=(n != 1);")
UPDATE = """
import gc, sys
from pathlib import Path
from l10n.catalogs import decode_po, encode_po, parse_po, serialize_po, update
gc.set_threshold(100_000)  # as the command does
old, pot, out = map(Path, sys.argv[1:])
catalog, template = (parse_po(decode_po(path.read_bytes())) for path in (old, pot))
out.write_bytes(encode_po(serialize_po(update(catalog, template).catalog)))
"""
ROUND = """
import re, sys, time
from l10n.catalogs import decode_po, encode_po, parse_po, serialize_po
data = open(sys.argv[1], "rb").read() if len(sys.argv) > 1 else b""
a = time.process_time()
catalog = parse_po(decode_po(data))
b = time.process_time()
assert encode_po(serialize_po(catalog)) == data
c = time.process_time()
held = re.search("VmHWM:\\s*(\\d+)", open("/proc/self/status").read())
print(b - a, c - b, held[1])
"""
COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An environment in which modules are compiled once, as on a user's machine."""
POLIB = """
import polib, sys, time
a = time.process_time()
str(polib.pofile(sys.argv[1]))
print(time.process_time() - a)
"""


@dataclass(frozen=True)
class Task:
    """An old catalog, a newer template, and which text comes from which."""

    old: Catalog
    new: Catalog
    edited: dict[str, str]
    """Newer source -> the translation of the older one."""
    added: set[str]


def texts(folder: Path) -> list[tuple[str, str]]:
    """The sources of some length in all catalogs of a folder, with their translations, each once."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.po")):
        for entry in parse_po(decode_po(path.read_bytes())).entries:
            if entry.plural is None and entry.target and 20 < len(entry.source) < 1000:
                found.setdefault(entry.source, f"{entry.target} #{len(found)}")
    return list(found.items())


def make_task(pairs: Sequence[tuple[str, str]], count: int, chance: random.Random) -> Task:
    """A task with so many entries."""
    chosen = chance.sample(pairs, count + count * 3 // 100)
    kept, added = chosen[:count], [source for source, _ in chosen[count:]]
    numbers = chance.sample(range(count), count * 7 // 100)
    edited, gone = set(numbers[: count // 20]), set(numbers[count // 20 :])
    newer: list[str] = []
    truth: dict[str, str] = {}
    for number, (source, target) in enumerate(kept):
        if number in edited:
            source = edit(source, chance)
            truth[source] = target
        if number not in gone:
            newer.append(source)
    for source in added:
        newer.insert(chance.randrange(len(newer)), source)
    old = tuple(Entry(source, target, state=State.REVIEWED, places=("a.md",)) for source, target in kept)
    new = tuple(Entry(source, places=("a.md",)) for source in dict.fromkeys(newer))
    head = Catalog("en", "uk", header=HEADER)
    return Task(
        Catalog("en", "uk", old, header=head.header),
        Catalog("en", None, new, header=HEADER),
        truth,
        set(added),
    )


def edit(source: str, chance: random.Random) -> str:
    """A text with one to three of its words replaced, taken out or doubled, or some added at its end."""
    words = source.split(" ")
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(words))
        words[at : at + 1] = chance.choice([["again"], [], [words[at], "really"], [words[at].upper()]])
        words = words or ["again"]
    return " ".join([*words, *chance.choice([[], [], ["and", "more", "of", "that"]])])


@dataclass(frozen=True)
class Run:
    """What a process took."""

    wall: float
    cpu: float


def timed(command: Sequence[str]) -> Run:
    """Run a program, which must succeed."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=COMPILED)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed with exit code {process.returncode}")
    return Run(time.perf_counter() - started, usage.ru_utime + usage.ru_stime)


def judged(task: Task, out: Path) -> tuple[int, int]:
    """How many edited texts have their own old translation, and how many new ones have any."""
    catalog = parse_po(decode_po(out.read_bytes()))
    right = sum(task.edited.get(entry.source) == entry.target for entry in catalog.entries)
    wrong = sum(entry.source in task.added and entry.target != "" for entry in catalog.entries)
    return right, wrong


def compare(task: Task, pot2po: str | None, folder: Path) -> None:
    """Update with every program that is there, and print a row for each."""
    old, pot, out = folder / "old.po", folder / "new.pot", folder / "out.po"
    old.write_bytes(encode_po(serialize_po(task.old)))
    pot.write_bytes(encode_po(serialize_po(task.new)))
    commands = {"l10n": [sys.executable, "-c", UPDATE, str(old), str(pot), str(out)]}
    if pot2po:
        commands["pot2po"] = [pot2po, "--progress=none", "-t", str(old), str(pot), str(out)]
    if found := shutil.which("msgmerge"):
        commands["msgmerge"] = [found, "-q", "--previous", "-o", str(out), str(old), str(pot)]
    print(f"{len(task.old.entries)} entries, {len(task.edited)} edited, {len(task.added)} new")
    print(f"{'':10} {'wall s':>8} {'CPU s':>8} {'ratio':>6} {'right':>6} {'wrong on new':>13}")
    base = 0.0
    for name, command in commands.items():
        out.unlink(missing_ok=True)
        runs = [timed(command) for _ in range(1 if name == "msgmerge" else 3)]
        run = min(runs, key=lambda each: each.cpu)
        base = base or run.cpu
        right, wrong = judged(task, out)
        ratio = f"{run.cpu / base:.1f}"
        print(f"{name:10} {run.wall:8.2f} {run.cpu:8.2f} {ratio:>6} {right:6} {wrong:13}")


def numbers(code: str, *arguments: str) -> list[float]:
    """What a piece of Python prints, as numbers."""
    command = [sys.executable, "-c", code, *arguments]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return list(map(float, said.split()))


def measure(pairs: Sequence[tuple[str, str]], scratch: Path) -> None:
    """Print how fast a large catalog is read and written, and what memory that takes."""
    large = scratch / "large.po"
    entries = tuple(
        Entry(f"{source} {n}", target, state=State.REVIEWED, places=("a.md",))
        for n in range(8)
        for source, target in pairs
    )
    large.write_bytes(encode_po(serialize_po(Catalog("en", "uk", entries, header=HEADER))))
    size = large.stat().st_size / 1e6
    (_, _, base), (read, write, held), (polib,) = (
        numbers(ROUND),
        numbers(ROUND, str(large)),
        numbers(POLIB, str(large)),
    )
    print(f"{size:.1f} MB, {len(entries)} entries: read {size / read:.1f}, read and write")
    print(f"{size / (read + write):.1f} MB/s, polib {size / polib:.1f} MB/s (CPU);", end=" ")
    print(f"{(held - base) * 1024 / size / 1e6:.1f} times its size in memory")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="real catalogs")
    parser.add_argument("--pot2po", default=shutil.which("pot2po"), help="of the Translate Toolkit")
    parser.add_argument("--entries", type=int, default=10_000)
    options = parser.parse_args()
    pairs = texts(options.folder)
    count = min(options.entries, len(pairs) * 100 // 104)
    with tempfile.TemporaryDirectory() as scratch:
        measure(pairs, Path(scratch))
        compare(make_task(pairs, count, random.Random(1)), options.pot2po, Path(scratch))


if __name__ == "__main__":
    main()
