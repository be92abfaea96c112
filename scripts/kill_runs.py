"""Kill commands at random moments, and look whether anything was lost.

    .venv/bin/python scripts/kill_runs.py [--runs 200] [--articles 50] [--seed 1]

Each run edits an article of a made project and starts `extract`, `update`, `draft` or `build` twice: in a
copy of the project, left alone, and in the project itself, where its process gets SIGKILL at a random moment
of the time that the copy took. Then every catalog, template and published page must be whole, and every
translation there; and when the command has run once more, the project must be the copy, byte for byte. Prints
what was killed, and what was lost. Exit code 1 where anything was.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import redirect_stdout
from dataclasses import replace
from hashlib import sha256
from io import StringIO
from pathlib import Path

from l10n.catalogs import encode_po, serialize_po
from l10n.cli import main
from l10n.errors import L10nError
from l10n.model import Entry, State
from l10n.project import load_po

COMMANDS = {
    "extract": (),
    "update": (),
    "draft": ("--engine", "pseudo", "--locale", "en-XA"),
    "build": (),
}
BEFORE = {"draft": ("update",), "build": ("update",)}
"""What must have been done for a command to have work."""
CONFIG = 'source = "en"\ntargets = ["uk", "en-XA"]\nname = "The Town"\n'
WORDS = ("town", "bridge", "river", "tram", "school", "water", "winter", "council", "market", "library")


def sentence(chance: random.Random) -> str:
    return f"The {' '.join(chance.choices(WORDS, k=chance.randint(4, 9)))} opened again."


def make_project(folder: Path, articles: int, chance: random.Random) -> None:
    """Articles, translated into Ukrainian by hand in all they say, built once.

    It is done in this process, so that those started later have all modules loaded, and die at work.
    """
    (folder / "seeds").mkdir(parents=True)
    (folder / "l10n.toml").write_text(CONFIG, encoding="utf-8")
    for number in range(articles):
        paragraphs = [" ".join(sentence(chance) for _ in range(3)) for _ in range(5)]
        text = f"---\ntitle: Article {number}\n---\n\n" + "\n\n".join(paragraphs) + "\n"
        (folder / "seeds" / f"a{number:02}.md").write_text(text, encoding="utf-8")
    with redirect_stdout(StringIO()):
        fill(folder)


def fill(folder: Path) -> None:
    """Make, translate, draft and publish what the articles need."""
    here(folder, "update")
    for path in (folder / "locales" / "uk").rglob("*.po"):
        catalog = load_po(path, path.name)
        entries = tuple(map(translated, catalog.entries))
        path.write_bytes(encode_po(serialize_po(replace(catalog, entries=entries))))
    here(folder, "draft", *COMMANDS["draft"])
    here(folder, "build")


def translated(entry: Entry) -> Entry:
    return replace(entry, target=f"Переклад {entry.source}", state=State.REVIEWED)


def edit(folder: Path, chance: random.Random) -> None:
    """Change one article as an author does: a sentence anew, one more, or one less."""
    path = chance.choice(sorted((folder / "seeds").iterdir()))
    lines = path.read_text(encoding="utf-8").split("\n")
    at = chance.choice([number for number, line in enumerate(lines) if line.startswith("The ")])
    said = lines[at].split(". ")
    said.insert(chance.randrange(len(said)), sentence(chance).rstrip("."))
    if len(said) > 3:
        said.pop(chance.randrange(len(said) - 1))
    lines[at] = ". ".join(said)
    path.write_text("\n".join(lines), encoding="utf-8")


def start(folder: Path, command: str, *arguments: str) -> int:
    """The id of a process that runs the command in a folder."""
    child = os.fork()
    if child:
        return child
    quiet = os.open(folder.with_suffix(".log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    try:
        os._exit(here(folder, command, *arguments))
    finally:
        os._exit(70)


def here(folder: Path, command: str, *arguments: str) -> int:
    """Run a command in this process; its exit code."""
    sys.argv = ["l10n", "-C", str(folder), command, *arguments]
    try:
        main()
    except SystemExit as ended:
        sys.stdout.flush()
        return int(ended.code or 0)
    return 0


def finished(folder: Path, command: str, *arguments: str) -> float:
    """Run a command to its end, which must be good; the seconds that it took."""
    begun = time.monotonic()
    status = os.waitstatus_to_exitcode(os.waitpid(start(folder, command, *arguments), 0)[1])
    if status:
        said = folder.with_suffix(".log").read_text(encoding="utf-8")
        sys.exit(f"{command} ended with {status}:\n{said[-3000:]}")
    return time.monotonic() - begun


def killed(folder: Path, command: str, seconds: float) -> bool:
    """Run a command and kill it then; whether it was still at work."""
    child = start(folder, command, *COMMANDS[command])
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def targets(folder: Path) -> dict[str, set[str]]:
    """What people have translated, by catalog. Raises L10nError for a catalog that is not whole.

    A set, as a text may stand there twice for a while: as obsolete, and as a suggestion for a text like it.
    """
    found = {}
    for path in sorted((folder / "locales").rglob("*.po*")):
        catalog = load_po(path, path.name)
        mine = (each.target for each in (*catalog.entries, *catalog.obsolete))
        found[str(path.relative_to(folder))] = {text for text in mine if text.startswith("Переклад")}
    return found


def broken_pages(folder: Path) -> list[str]:
    """Published files that are not what the manifest says."""
    listed = json.loads((folder / "dist" / "manifest.json").read_text(encoding="utf-8"))["files"]
    hashes = {
        each["path"]: sha256((folder / "dist" / each["path"]).read_bytes()).hexdigest() for each in listed
    }
    return [each["path"] for each in listed if hashes[each["path"]] != each["sha256"]]


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a project, less what can be made again."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    files = {str(path.relative_to(folder)): path.read_bytes() for path in paths}
    return {name: data for name, data in files.items() if not name.startswith(".l10n")}


def lost(folder: Path, before: dict[str, set[str]]) -> list[str]:
    """What a killed command has broken or lost."""
    try:
        now = targets(folder)
        return [f"{name}: {before[name] - now[name]}" for name in before if before[name] - now[name]] + [
            f"dist/{path} is not whole" for path in broken_pages(folder)
        ]
    except (L10nError, OSError, ValueError, KeyError) as error:
        return [repr(error)]


def one_run(folder: Path, command: str, chance: random.Random) -> tuple[bool, list[str]]:
    """Kill one command; whether it was at work, and what is wrong."""
    edit(folder, chance)
    for earlier in BEFORE.get(command, ()):
        finished(folder, earlier)
    before, twin = targets(folder), folder.with_name("twin")
    shutil.copytree(folder, twin, symlinks=True)
    took = finished(twin, command, *COMMANDS[command])
    at_work = killed(folder, command, chance.uniform(0, took))
    wrong = lost(folder, before)
    finished(folder, command, *COMMANDS[command])
    mine, other = content(folder), content(twin)
    wrong += [f"{name} differs" for name in sorted({*mine, *other}) if mine.get(name) != other.get(name)]
    shutil.rmtree(twin)
    return at_work, wrong


def run(runs: int, articles: int, seed: int, place: Path) -> int:
    chance, folder = random.Random(seed), place / "project"
    make_project(folder, articles, chance)
    at_work, wrong = Counter[str](), 0
    for number in range(runs):
        command = list(COMMANDS)[number % len(COMMANDS)]
        hit, faults = one_run(folder, command, chance)
        at_work[command] += hit
        wrong += bool(faults)
        for fault in faults:
            print(f"run {number + 1}, {command}: {fault}")
    shown = ", ".join(f"{count} {command}" for command, count in at_work.items())
    print(f"{runs} runs, {articles} articles; killed at work: {shown}; runs with a loss: {wrong}")
    return wrong


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--articles", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    os.environ["SOURCE_DATE_EPOCH"] = "1790000000"
    with tempfile.TemporaryDirectory() as place:
        sys.exit(1 if run(given.runs, given.articles, given.seed, Path(place)) else 0)
