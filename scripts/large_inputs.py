"""Read very large and very deep files, each in a process of its own; how long it took, and how much memory.

    .venv/bin/python scripts/large_inputs.py [NAME...] [--seconds 60]
    .venv/bin/python scripts/large_inputs.py --curve [--megabytes 1 2 4 8 16]

Prints for each input the seconds of the processor, the most memory, and what came of it. Exit code 1
where one took longer or died, or raised anything but an L10nError. With --curve: articles of each format
in several sizes, read and written; seconds of the processor, and the memory that they took, as a multiple
of their size.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable

from l10n import read, segment
from l10n.catalogs import encode_po, parse_po, serialize_po
from l10n.errors import L10nError
from l10n.renderers import write

LINE = 50 << 20
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
_WORDS = (
    "The council opened the line on Monday, and the first tram left at six in the morning with 40 people."
)
PROSE = {
    "md": f"{_WORDS} See [the *plan*](/plan).\n\n",
    "html": f"<p>{_WORDS} See <a href=/plan>the <i>plan</i></a>.</p>\n",
    "rst": f"{_WORDS} See `the plan </plan>`_.\n\n",
    "txt": f"{_WORDS}\n",
}
"""A paragraph of each format, as articles have them."""
INPUTS: dict[str, tuple[str, Callable[[], str]]] = {
    "a line of 50 MB, po": ("po", lambda: f'{HEAD}msgid "{"x" * LINE}"\nmsgstr ""\n'),
    "300,000 entries, po": (
        "po",
        lambda: HEAD + "".join(f'msgid "word {n}"\nmsgstr "слово {n}"\n\n' for n in range(300_000)),
    ),
    "3,000,000 lines, po": ("po", lambda: f'{HEAD}msgid ""\n' + '"x"\n' * 3_000_000 + 'msgstr ""\n'),
    "3,000,000 comments, po": ("po", lambda: HEAD + "# c\n" * 3_000_000 + 'msgid "a"\nmsgstr ""\n'),
    "1,000,000 references, po": ("po", lambda: f'{HEAD}#: {"a:1 " * 1_000_000}\nmsgid "a"\nmsgstr ""\n'),
    "10 MB of backslashes, po": ("po", lambda: f'{HEAD}msgid "a"\nmsgstr "{chr(92) * (10 << 20)}"\n'),
    "a line of 50 MB, txt": ("txt", lambda: "word " * (LINE // 5)),
    "a line of 50 MB, md": ("md", lambda: "word " * (LINE // 5)),
    "a line of 50 MB, html": ("html", lambda: "word " * (LINE // 5)),
    "50 MB of paragraphs, md": ("md", lambda: PROSE["md"] * (LINE // len(PROSE["md"]))),
    "50 MB of paragraphs, html": ("html", lambda: PROSE["html"] * (LINE // len(PROSE["html"]))),
    "50 MB of paragraphs, txt": ("txt", lambda: PROSE["txt"] * (LINE // len(PROSE["txt"]))),
    "6,250,000 paragraphs, html": ("html", lambda: "<p>word " * (LINE // 8)),
    "1,000,000 open tags, html": ("html", lambda: "<div>" * 1_000_000 + "x"),
}


def work(name: str) -> None:
    format, make = INPUTS[name]
    text, begun = make(), time.process_time()
    try:
        if format == "po":
            found = f"{len(encode_po(serialize_po(parse_po(text)))):,} bytes written"
        else:
            found = f"{len(segment(read(text, id='a', format=format, locale='en'))):,} units"
    except L10nError as error:
        found = f"refused: {error}"
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{name:26} {time.process_time() - begun:6.1f} s {most:6,} MiB  {found[:80]}", flush=True)


def measure(format: str, megabytes: int) -> None:
    """Read and write an article of that size; print what it took."""
    text = PROSE[format] * ((megabytes << 20) // len(PROSE[format]))
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    if write(read(text, id="a", format=format, locale="en")) != text:
        raise SystemExit(f"{format}: not written as it was")
    taken = time.process_time() - begun
    most = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 / megabytes
    print(f"{format:5} {megabytes:4} MB {taken:6.1f} s {most:5.1f} times its size", flush=True)


def bounded(seconds: float, target: Callable[..., None], *arguments: object) -> bool:
    """Whether some work came to its end in that time, in a process of its own."""
    process = multiprocessing.get_context("fork").Process(target=target, args=arguments)
    process.start()
    process.join(seconds)
    if process.is_alive():
        process.kill()
        print(f"{' '.join(map(str, arguments)):26} not done after {seconds:.0f} s", flush=True)
    process.join()
    return process.exitcode == 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(INPUTS))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--megabytes", type=int, nargs="+", default=[1, 2, 4, 8, 16])
    given = parser.parse_args()
    if given.curve:
        ended = [bounded(given.seconds, measure, each, size) for each in PROSE for size in given.megabytes]
    else:
        ended = [bounded(given.seconds, work, name) for name in given.names or INPUTS]
    sys.exit(0 if all(ended) else 1)
