#!/usr/bin/env python3
"""Measure reading and rendering against po4a, mdpo and Translate Toolkit, over the same files in one run.

    scripts/measure_readers.py FOLDER     # with md/ and html/ below it; prints tables in Markdown

Each Python peer gets an environment of its own below --work, po4a is taken from the system. All files
go through one process of each tool, start-up apart; times are those of the processor, which a busy
machine does not stretch, medians of several rounds.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 3
PEERS = {"mdpo": "mdpo", "translate-toolkit": "translate-toolkit[markdown]"}
STARTS = 7
Job = tuple[Callable[[Path], str], Callable[[Path, str], bytes]]
"""Extraction: article -> PO with every target its source; rendering: article and that PO -> article."""


def filled(po: str) -> str:
    """A template with every target its source."""
    entry = re.compile(r'^msgid ((?:".*"\n)+)msgstr ""\n(?!")', re.MULTILINE)
    return entry.sub(lambda m: m[0] if m[1] == '""\n' else f"msgid {m[1]}msgstr {m[1]}", po)


def ours() -> Job:
    from l10n.catalogs import extract, localize, new_header, parse_po, serialize_po
    from l10n.model import Catalog
    from l10n.project import encode, load_article_file
    from l10n.readers import default_profile
    from l10n.segmenters import segment
    from l10n.tasks.rereading import write_safely

    def template(path: Path) -> str:
        article = load_article_file(path, "en", default_profile())
        header = new_header("uk", "en", path.stem, "2026-01-01 00:00+0000", "")
        entries = extract(segment(article), article.locale, path.name).entries
        return serialize_po(Catalog("en", "uk", entries, header=header))

    def render(path: Path, po: str) -> bytes:
        article = load_article_file(path, "en", default_profile())
        localized = localize(article, segment(article), parse_po(po).by_key(), "uk")
        return encode(write_safely(localized, default_profile()).text, article.encoding)

    return template, render


def mdpo() -> Job:
    from mdpo.md2po import markdown_to_pofile
    from mdpo.po2md import pofile_to_markdown

    def template(path: Path) -> str:
        return str(markdown_to_pofile(path.read_text(encoding="utf-8"), location=False))

    def render(path: Path, po: str) -> bytes:
        with tempfile.NamedTemporaryFile("w", suffix=".po", encoding="utf-8") as file:
            file.write(po)
            file.flush()
            return str(pofile_to_markdown(path.read_text(encoding="utf-8"), file.name)).encode()

    return template, render


def translate_toolkit() -> Job:
    from translate.convert import po2html, po2md
    from translate.storage import html, markdown, po

    def template(path: Path) -> str:
        read = markdown.MarkdownFile if path.suffix == ".md" else html.htmlfile
        store = po.pofile()
        with path.open("rb") as file:
            for unit in read(inputfile=file).units:
                made = store.addsourceunit(unit.source)
                made.addlocations(unit.getlocations())
                if unit.getcontext():
                    made.setcontext(unit.getcontext())
        store.removeduplicates("msgctxt")
        return bytes(store).decode()

    def render(path: Path, text: str) -> bytes:
        out = io.BytesIO()
        store = po.pofile.parsestring(text.encode())
        with path.open("rb") as file:
            if path.suffix == ".md":
                po2md.MarkdownTranslator(store, True, 0, 0).translate(file, out)
            else:
                out.write(po2html.po2html().mergestore(store, file, True).encode())
        return out.getvalue()

    return template, render


JOBS: dict[str, Callable[[], Job]] = {"l10n": ours, "mdpo": mdpo, "translate-toolkit": translate_toolkit}
PO4A = r"""
use strict; use warnings; use JSON::PP; use Locale::Po4a::Chooser; use Locale::Po4a::Po;
my ($format, $folder, @files) = @ARGV;
open(STDERR, '>', '/dev/null');
my %more = $format eq 'text' ? ('markdown' => 1) : ();
my @charset = ('file_in_charset' => 'UTF-8', 'file_out_charset' => 'UTF-8');
my (@extract, $failed);
for my $round (0 .. 2) {
  my $began = (times)[0] + (times)[1];
  $failed = 0;
  for my $file (@files) {
    my $done = eval {
      local $SIG{ALRM} = sub { die "slow" };
      alarm 20;
      my $parser = Locale::Po4a::Chooser::new($format, %more);
      $parser->process('file_in_name' => [$file], 'file_out_name' => '/dev/null', @charset);
      $parser->getpoout()->write("$folder/po4a.po");
      1;
    };
    alarm 0;
    $failed++ unless $done;
  }
  push @extract, (times)[0] + (times)[1] - $began;
}
print JSON::PP->new->encode({extract => [sort { $a <=> $b } @extract]->[1], failed => $failed});
"""


def inside(tool: str, files: list[Path]) -> None:
    """Measure one tool in its own environment; prints JSON."""
    template, render = JOBS[tool]()
    good: dict[Path, str] = {}
    for path in files:
        try:
            good[path] = filled(template(path))
        except Exception as error:  # a peer may fail in any way
            print(f"{tool} cannot read {path.name}: {error!r}"[:160], file=sys.stderr)
    report: dict[str, float] = {
        "failed": len(files) - len(good),
        "extract": timed(lambda p: template(p), [*good]),
    }
    report |= {"render": timed(lambda p: render(p, good[p]), [*good])}
    report |= {"same": sum(quietly(render, path, good[path]) == path.read_bytes() for path in good)}
    print(json.dumps(report))


def quietly(render: Callable[[Path, str], bytes], path: Path, po: str) -> bytes:
    try:
        return render(path, po)
    except Exception:
        return b""


def timed(work: Callable[[Path], object], files: list[Path]) -> float:
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for path in files:
            try:
                work(path)
            except Exception:
                continue
        rounds.append(time.process_time() - began)
    return statistics.median(rounds)


def python_of(tool: str, work: Path) -> str:
    """The Python of a tool's environment, made where it is not there yet."""
    if tool == "l10n":
        return sys.executable
    folder = work / tool
    if not (folder / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin" / "pip", "install", "-q", PEERS[tool]], check=True)
    return str(folder / "bin" / "python")


def version_of(tool: str, python: str) -> str:
    name = {"l10n": "l10n-articles"}.get(tool, tool)
    code = f"import importlib.metadata as m; print(m.version({name!r}))"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def compare(folder: Path, work: Path) -> None:
    print(
        "| format | tool | files | failed | extraction, articles/s | rendering, articles/s | byte for byte |"
    )
    print("|---|---|---|---|---|---|---|")
    for format in ("md", "html"):
        files = sorted((folder / format).iterdir())
        for tool in JOBS if format == "md" else ("l10n", "translate-toolkit"):
            python = python_of(tool, work)
            command = [python, __file__, "--inside", tool, *files]
            found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
            row(format, f"{tool} {version_of(tool, python)}", len(files), found)
        if shutil.which("po4a"):
            kind = {"md": "text", "html": "xhtml"}[format]
            command = ["perl", "-e", PO4A, kind, work, *files]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            version = subprocess.run(["po4a", "--version"], capture_output=True, text=True, check=True).stdout
            if done.returncode == 0:
                row(format, " ".join(version.split()[:3:2]).rstrip("."), len(files), json.loads(done.stdout))


def row(format: str, tool: str, count: int, found: dict[str, float]) -> None:
    good = count - found["failed"]
    extract = f"{good / found['extract']:.0f}"
    render = f"{good / found['render']:.0f}" if "render" in found else ""
    same = f"{found['same']:.0f}" if "same" in found else ""
    print(
        f"| {format} | {tool} | {count} | {found['failed']:.0f} | {extract} | {render} | {same} |", flush=True
    )


def starts(folder: Path, work: Path) -> None:
    """Processor time of one process on one file, start to end.

    The first of the runs may store its bytecode, as it does where a program is installed for use.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    path = min((folder / "md").iterdir(), key=lambda each: each.stat().st_size)
    page = min((folder / "html").iterdir(), key=lambda each: each.stat().st_size)
    out = str(work / "out.po")
    commands = {
        "l10n extract": [str(Path(sys.executable).with_name("l10n")), "extract", path, "-o", out],
        "mdpo md2po": [str(work / "mdpo" / "bin" / "md2po"), path, "--quiet", "--save", "--po-filepath", out],
        "translate-toolkit md2po": [
            str(work / "translate-toolkit" / "bin" / "md2po"),
            "--progress=none",
            path,
            out,
        ],
        "translate-toolkit html2po": [
            str(work / "translate-toolkit" / "bin" / "html2po"),
            "--progress=none",
            page,
            out,
        ],
    }
    print("\n| command | processor time of one file, s |\n|---|---|")
    for name, command in commands.items():
        times = []
        for _ in range(STARTS):
            Path(out).unlink(missing_ok=True)
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, capture_output=True, check=False, env=environment)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        print(f"| {name} | {statistics.median(times):.2f} |", flush=True)


def grown(kind: str, size: int) -> tuple[str, str]:
    """A text of about `size` characters, and its format."""
    paragraph = f"{'The council voted 9-3 to build a line. ' * 3}On *Tuesday* it had a [tram](/tram). "
    html = f"<p>{paragraph} It <b>had</b> a <a href='/tram' title='Tram'>tram</a>.</p>\n"
    shapes = {
        "md articles": (
            f"{paragraph * 4}\n\n- Item *one*\n- Item two\n\n| a | b |\n|---|---|\n| c | d |\n\n",
            "md",
        ),
        "md, one line": (paragraph, "md"),
        "md, nested quotes": ("> ", "md"),
        "md, open brackets": ("[", "md"),
        "html pages": (html, "html"),
        "html, one line": (html.replace("\n", ""), "html"),
        "html, nested": ("<div><b>", "html"),
        "html, less-than signs": ("<", "html"),
        "page text": ("The council voted to build a tram line, said Dr. Kos.\n\n", "txt"),
    }
    unit, format = shapes[kind]
    return (unit * (size // len(unit) + 1))[:size] + "x", format


def one(kind: str, size: int) -> None:
    """Read and write one grown article; prints seconds, and peak memory over that of an empty one."""
    from l10n.readers import read
    from l10n.renderers import write

    for small in ("md", "html", "txt"):
        write(read("x", id="a", format=small, locale="en"))
    text, format = grown(kind, size)
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    assert write(read(text, id="a", format=format, locale="en")) == text
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": time.process_time() - began, "memory": (peak - base) * 1024 / size}))


def curves() -> None:
    print("\n| kind of text | s at 1 MB | 2 MB | 4 MB | 8 MB | 50 MB | memory at 8 MB, times the file |")
    print("|---|---|---|---|---|---|---|")
    whole = ("md articles", "html pages", "page text")
    flat = ("md, one line", "html, one line")
    for kind in (
        *whole,
        *flat,
        "md, nested quotes",
        "md, open brackets",
        "html, nested",
        "html, less-than signs",
    ):
        deep = kind not in whole + flat
        sizes = [10_000, 20_000, 40_000, 80_000] if deep else [2**n * 10**6 for n in range(4)]
        found = [measured(kind, size) for size in sizes + ([] if deep or kind in flat else [50 * 10**6])]
        cells = [f"{each['seconds']:.2f}" for each in found] + [""] * (5 - len(found))
        note = " (10 to 80 kB)" if deep else ""
        memory = "" if deep else f"{found[3]['memory']:.1f}"
        print(f"| {kind}{note} | {' | '.join(cells)} | {memory} |", flush=True)


def measured(kind: str, size: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", kind, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)
    return dict(json.loads(done.stdout))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "l10n-peers")
    parser.add_argument("--inside", nargs="+", metavar="TOOL FILE")
    parser.add_argument("--one", nargs=2, metavar=("KIND", "SIZE"))
    given = parser.parse_args()
    if given.inside:
        inside(given.inside[0], [Path(path) for path in given.inside[1:]])
    elif given.one:
        one(given.one[0], int(given.one[1]))
    else:
        given.work.mkdir(exist_ok=True)
        print(f"{time.strftime('%Y-%m-%d')}, Python {sys.version.split()[0]}\n")
        compare(given.folder, given.work)
        starts(given.folder, given.work)
        curves()


if __name__ == "__main__":
    main()
