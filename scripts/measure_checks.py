"""Measure the checks: what they say of reviewed translations, and which defects they find when some are made.

    .venv/bin/python scripts/measure_checks.py CATALOG.po... [--peers FOLDER] [--sample CHECK]

Reviewed entries of the catalogs are taken as they are, and once more with one defect of each kind. A defect
is found when there is a finding of a check meant for it that the untouched entry does not have. With --peers,
a virtual environment with `translate-toolkit` and `l10n-lint`, their programs are given the same entries; a
defect counts as found by them when they say anything new at all. --sample prints findings on untouched
entries, to be judged by someone who reads the languages.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import tempfile
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from time import process_time

from l10n.catalogs import locate, parse_po, serialize_po
from l10n.checks import check
from l10n.locales import language, normalize
from l10n.model import Catalog, Entry, Finding, State
from l10n.project import load_po

PER_KIND = 60
"""Entries for each kind of defect at the most."""
ALONE = {"control character", "replacement character"}
"""Kinds of defects for which some program refuses a whole file: they are kept apart from the others."""
Defect = Callable[[Entry, str], str | None]
"""An entry and its locale -> its target with a defect, or None where this defect cannot be made in it."""


def changed(pattern: str, by: str, count: int = 1) -> Defect:
    """A defect that replaces what a pattern finds."""
    return lambda entry, _: re.sub(pattern, by, entry.target, count=count)


def of(languages: str, defect: Defect) -> Defect:
    """A defect that can be made in some languages only."""
    return lambda entry, locale: defect(entry, locale) if language(locale) in languages.split() else None


def other_number(entry: Entry, _: str) -> str | None:
    """One digit of a number of two digits or more, which the source has too, becomes another."""
    match = re.search(r"(?<![\w.,#&])\d{2,}(?![\w.,])", entry.target)
    if not match or not re.search(rf"(?<![\w.,#&]){match[0]}(?![\w.,])", entry.source):
        return None
    wrong = match[0][:-1] + str((int(match[0][-1]) + 3) % 10)
    return entry.target[: match.start()] + wrong + entry.target[match.end() :]


def source_format(entry: Entry, locale: str) -> str | None:
    """A percentage in the format of English."""
    if not re.search(r"\d,\d+\s?%", entry.target) or locale.startswith("en"):
        return None
    return re.sub(r"(\d),(\d+\s?%)", r"\1.\2", entry.target, count=1)


def look_alike(entry: Entry, locale: str) -> str | None:
    """A Latin letter in a Cyrillic word."""
    return re.sub(
        r"(?<=[а-яіїє])[іо](?=[а-яіїє])", "i" if "і" in entry.target else "o", entry.target, count=1
    )


def stop_dropped(entry: Entry, _: str) -> str | None:
    """The full stop of a sentence that has one in both languages."""
    return re.sub(r"(?<=\w)[.。]$", "", entry.target) if re.search(r"\w[.。]$", entry.source) else None


def truncated(entry: Entry, _: str) -> str | None:
    """The first third of a long target."""
    return entry.target[: len(entry.target) // 4] if len(entry.source) > 120 else None


def left_over(entry: Entry, _: str) -> str | None:
    """The second half of the source at the end of the target."""
    words = entry.source.split()
    prose = len(words) > 12 and all(re.fullmatch(r"[a-z]+[.,]?", word) for word in words[-6:])
    return f"{entry.target.rsplit(' ', 6)[0]} {' '.join(words[-6:])}" if prose else None


def decomposed(entry: Entry, _: str) -> str | None:
    return unicodedata.normalize("NFD", entry.target) if re.search("[à-ÿй]", entry.target) else None


def misread(entry: Entry, _: str) -> str | None:
    try:
        return entry.target.encode().decode("latin-1") if not entry.target.isascii() else None
    except UnicodeError:
        return None


def repeated(entry: Entry, _: str) -> str | None:
    words = entry.target.split()
    loop = " ".join(words[2:4])
    return " ".join([*words[:4], *[loop] * 4]) if len(words) > 8 and loop.replace(" ", "").isalpha() else None


def doubled(entry: Entry, _: str) -> str | None:
    match = re.search(r"(?<=\w )[^\W\d_]{4,}(?= \w)", entry.target)
    return entry.target[: match.end()] + " " + entry.target[match.start() :] if match else None


DEFECTS: dict[str, tuple[Defect, set[str]]] = {
    "target emptied": (lambda entry, _: "", {"untranslated"}),
    "source copied": (lambda entry, _: entry.source if entry.source.count(" ") > 3 else None, {"untouched"}),
    "code dropped": (changed(r"</?[a-z]+\d+/?>", ""), {"codes"}),
    "placeholder dropped": (changed(r"%[sd]|\{\w+\}|%\(\w+\)s", ""), {"placeholders"}),
    "placeholder misspelled": (changed(r"(%\(\w+)\)s|(\{\w+)\}", r"\1x)s"), {"placeholders", "brackets"}),
    "tag dropped": (changed(r"</(\w+)>", ""), {"placeholders"}),
    "address changed": (changed(r"(https?://[\w.]+/\w+)", r"\1x"), {"addresses"}),
    "number changed": (other_number, {"numbers", "invented", "addresses"}),
    "number in the source's format": (source_format, {"formats"}),
    "stop dropped": (stop_dropped, {"ending"}),
    "question lost": (changed(r"\s?[?؟？]$", "."), {"ending"}),
    "bracket dropped": (changed(r"[)）](?=[\s.,])", ""), {"brackets", "placeholders"}),
    "quotation mark dropped": (changed(r"[»」]", ""), {"quotes"}),
    "space at the edge": (lambda entry, _: f" {entry.target}", {"edges"}),
    "two spaces": (changed(r"(?<=\w) (?=\w)", "  "), {"spaces"}),
    "space before a comma": (
        of("uk ru de es bg cs pl it ro tr el", changed(r"(?<=\w), ", " , ")),
        {"spacing"},
    ),
    "no space after a comma": (changed(r"(?<=[^\W\d_]{2}), (?=[^\W\d_]{2})", ","), {"spacing"}),
    "word doubled": (doubled, {"doubled", "loops"}),
    "loop": (repeated, {"loops", "length"}),
    "truncated": (truncated, {"length", "ending", "codes", "placeholders", "brackets"}),
    "look-alike letter": (of("uk ru bg be", look_alike), {"scripts"}),
    "left in English": (left_over, {"leftovers", "language", "untouched"}),
    "replacement character": (changed(r"(?<=\w)[^\W\d_](?=\w)", "\ufffd"), {"controls"}),
    "control character": (changed(r"(?<=\w) (?=\w)", "\x07"), {"controls"}),
    "isolate left open": (of("ar fa he", changed(r"^", "\u2067")), {"controls"}),
    "decomposed": (decomposed, {"normal"}),
    "read in the wrong encoding": (misread, {"mojibake"}),
    "inverted mark dropped": (of("es", changed(r"[¿¡]", "")), {"inverted"}),
    "number invented": (of("uk es de fr cs ru tr el", changed(r"(?<=\w)\.$", " 1987.")), {"invented"}),
}


@dataclass(frozen=True)
class Case:
    """One entry with one defect."""

    kind: str
    locale: str
    entry: Entry
    target: str

    @property
    def mutant(self) -> Entry:
        state = State.REVIEWED if self.target else State.INITIAL
        return replace(self.entry, target=self.target, state=state)


def reviewed(paths: list[Path]) -> Iterator[tuple[str, Entry]]:
    """The reviewed entries of catalogs, without plurals, with their locales."""
    for path in paths:
        catalog = load_po(path, str(path))
        locale = catalog.locale or _named(path)
        for entry in catalog.entries if locale else ():
            if entry.state is State.REVIEWED and not entry.plural:
                yield locale, entry


def _named(path: Path) -> str:
    """The locale in the name of a file: "gedit__help__zh_CN.po"."""
    found = re.findall(r"(?:^|[_.-])([a-z]{2}(?:_[A-Z]{2})?)(?=[_.-])", path.name.replace("po__", "__"))
    return normalize(found[-1]) if found else ""


def cases(entries: list[tuple[str, Entry]]) -> list[Case]:
    """Entries with defects, chosen by a digest of their texts, so that nobody chose them."""
    order = sorted(entries, key=lambda each: sha256(repr(each[1].key).encode()).digest())
    out: list[Case] = []
    for kind, (defect, _) in DEFECTS.items():
        made = ((locale, entry, defect(entry, locale)) for locale, entry in order)
        fitting = [Case(kind, *each) for each in made if each[2] is not None and each[2] != each[1].target]  # type: ignore[arg-type]
        out += fitting[:PER_KIND]
    return out


def ours(locale: str, entries: list[Entry]) -> list[set[str]]:
    """The checks that find something in each entry."""
    out: list[set[str]] = [set() for _ in entries]
    for found in check(numbered(locale, entries)):
        if found.key[0]:
            out[int(found.key[0])].add(found.check)
    return out


def numbered(locale: str, entries: list[Entry]) -> Catalog:
    """Entries as a catalog, each under a number."""
    header = (("Language", locale.replace("-", "_")), ("Content-Type", "text/plain; charset=UTF-8"))
    alone = (replace(entry, context=f"{at}", comments=()) for at, entry in enumerate(entries))
    return Catalog("en", locale, tuple(alone), header=header)


def pofilter(peers: Path, text: str, count: int) -> list[set[str]]:
    run = _run([peers / "bin" / "pofilter", "--progress=none"], text)
    out: list[set[str]] = [set() for _ in range(count)]
    for block in run.split("\n\n"):
        match = re.search(r'^msgctxt "(\d+)"', block, re.MULTILINE)
        if match:
            out[int(match[1])] = set(re.findall(r"^# \(pofilter\) ([\w-]+):", block, re.MULTILINE))
    return out


def lint(peers: Path, text: str, count: int) -> list[set[str]] | None:
    """What l10n-lint says; None where it refuses the file."""
    run = _run([peers / "bin" / "l10n-lint", "--format", "json"], text)
    if not json.loads(run)["entries_checked"]:
        return None
    catalog = parse_po(text)
    lines = sorted((line, int(key[0])) for key, line in locate(catalog).items() if key[0])
    out: list[set[str]] = [set() for _ in range(count)]
    for issue in json.loads(run)["issues"]:
        at = bisect_right(lines, (issue["line"], count)) - 1
        if at >= 0:
            out[lines[at][1]].add(issue["rule"])
    return out


def _run(command: list[object], text: str) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".po", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        return subprocess.run(
            [*map(str, command), file.name], capture_output=True, text=True, check=False
        ).stdout


def measured(found: list[Case], peers: Path | None) -> dict[str, dict[str, list[bool]]]:
    """Kind of defect -> program -> for each case whether it was found."""
    out: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for locale, alone in sorted({(case.locale, case.kind in ALONE) for case in found}):
        here = [case for case in found if (case.locale, case.kind in ALONE) == (locale, alone)]
        texts = [[case.entry for case in here], [case.mutant for case in here]]
        for case, before, after in zip(here, *(ours(locale, each) for each in texts), strict=True):
            out[case.kind]["l10n"].append(bool((after - before) & DEFECTS[case.kind][1]))
        for name, program in (("pofilter", pofilter), ("l10n-lint", lint)) if peers else ():
            before, after = (
                program(peers, serialize_po(numbered(locale, each)), len(each)) for each in texts
            )
            for at, case in enumerate(here if before and after else ()):
                out[case.kind][name].append(bool(after[at] - before[at]))
    return out


def show_recall(table: dict[str, dict[str, list[bool]]]) -> None:
    names = list(next(iter(table.values())))
    print(f"| defect | cases | {' | '.join(names)} |\n|---|---|{'---|' * len(names)}")
    for kind, programs in table.items():
        print(
            f"| {kind} | {len(programs['l10n'])} | {' | '.join(_share(programs[name]) for name in names)} |"
        )
    every = {name: [hit for programs in table.values() for hit in programs[name]] for name in names}
    print(f"| all | {len(every['l10n'])} | {' | '.join(map(_share, every.values()))} |")


def _share(hits: list[bool]) -> str:
    return f"{sum(hits) / len(hits):.0%} of {len(hits)}" if hits else "-"


def show_missed(found: list[Case]) -> None:
    """The defects that no check meant for them finds."""
    for case in found:
        said = ours(case.locale, [case.entry, case.mutant])
        if not (said[1] - said[0]) & DEFECTS[case.kind][1]:
            print(f"\n{case.locale} {said}\n  {case.entry.source!r}\n  {case.target!r}")


def findings(entries: list[tuple[str, Entry]]) -> list[tuple[str, Entry, Finding]]:
    """What is found in untouched entries."""
    out = []
    for locale in sorted({locale for locale, _ in entries}):
        here = [entry for tag, entry in entries if tag == locale]
        found = check(numbered(locale, here))
        out += [(locale, here[int(each.key[0])], each) for each in found if each.key[0]]
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("catalogs", nargs="+", type=Path)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--sample", default="", help="print what this check finds in untouched entries")
    parser.add_argument("--missed", default="", help="print the defects of this kind that are not found")
    options = parser.parse_args()
    entries = list(reviewed(options.catalogs))
    started = process_time()
    found = findings(entries)
    seconds = process_time() - started
    counts = Counter(each.check for _, _, each in found)
    print(
        f"{len(entries)} reviewed entries, {len(found)} findings, "
        f"{seconds / len(entries) * 10_000:.1f} s for 10,000"
    )
    print(", ".join(f"{name} {count}" for name, count in counts.most_common()))
    for locale, entry, each in found if options.sample else ():
        if each.check == options.sample:
            print(f"\n{locale}: {each.message}\n  {entry.source[:200]!r}\n  {entry.target[:200]!r}")
    if not options.sample:
        flagged = {id(entry) for _, entry, _ in found}
        made = cases([each for each in entries if id(each[1]) not in flagged])
        show_recall(measured(made, options.peers))
        show_missed([case for case in made if case.kind == options.missed])


if __name__ == "__main__":
    main()
