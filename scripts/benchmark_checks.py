"""Time `l10n check` on 10,000 entries, and pofilter of Translate Toolkit on the same files.

    .venv/bin/python scripts/benchmark_checks.py CATALOG.po... --peers FOLDER

Reviewed entries of the catalogs, of each locale its share, become the catalogs of a project, a
hundred entries each. FOLDER is a virtual environment with `translate-toolkit`. Seconds are those of the
processor, start of the programs included; both run once before they are timed, and the best of three counts.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from measure_checks import reviewed

from l10n import locales
from l10n.catalogs import encode_po, serialize_po
from l10n.errors import ConfigError
from l10n.model import Catalog, Entry

ENTRIES = 10_000
PER_CATALOG = 100


def shared_out(paths: list[Path]) -> dict[str, list[Entry]]:
    """Locale -> its share of entries."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for locale, entry in reviewed(paths):
        try:
            found[locales.known(locale)].append(entry)
        except ConfigError:
            continue
    share = ENTRIES / sum(map(len, found.values()))
    return {locale: entries[: round(share * len(entries))] for locale, entries in found.items()}


def write_project(root: Path, found: dict[str, list[Entry]]) -> int:
    """A project with these catalogs; says how many there are."""
    (root / "seeds").mkdir()
    names = ", ".join(f'"{locale}"' for locale in found)
    (root / "l10n.toml").write_text(f"targets = [{names}]\n", encoding="utf-8")
    count = 0
    for locale, entries in found.items():
        for at in range(0, len(entries), PER_CATALOG):
            name = f"a{at // PER_CATALOG:03}"
            (root / "seeds" / f"{name}.md").write_text("# Title\n", encoding="utf-8")
            path = root / "locales" / locale / "LC_MESSAGES" / f"{name}.po"
            path.parent.mkdir(parents=True, exist_ok=True)
            header = (("Language", locale.replace("-", "_")), ("Content-Type", "text/plain; charset=UTF-8"))
            numbered = (replace(e, context=f"{n}") for n, e in enumerate(entries[at : at + PER_CATALOG]))
            path.write_bytes(encode_po(serialize_po(Catalog("en", locale, tuple(numbered), header=header))))
            count += 1
    return count


def seconds(command: Sequence[object], folder: Path) -> float:
    """What a program takes of the processor."""
    taken = []
    for _ in range(4):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*map(str, command)], cwd=folder, capture_output=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("catalogs", nargs="+", type=Path)
    parser.add_argument("--peers", type=Path, required=True)
    options = parser.parse_args()
    found = shared_out(options.catalogs)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        count = write_project(root, found)
        entries = sum(map(len, found.values()))
        print(f"{entries} entries in {count} catalogs of {len(found)} locales")
        own = seconds([Path(sys.executable).with_name("l10n"), "check"], root)
        pofilter = options.peers / "bin" / "pofilter"
        other = seconds([pofilter, "--progress=none", root / "locales", root / "out"], root)
        print(f"l10n check {own:.1f} s, pofilter {other:.1f} s, {other / own:.1f} times as long")


if __name__ == "__main__":
    main()
