"""Read very large and very deep files, each in a process of its own; how long it took, and how much memory.

    .venv/bin/python scripts/large_inputs.py [NAME...] [--seconds 60]

Prints for each input the seconds, the most memory, and what came of it. Exit code 1 where one took longer or
died, or raised anything but an L10nError.
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

LINE = 50 << 20
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
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
    "a line of 50 MB, html": ("html", lambda: "<p>word " * (LINE // 8)),
    "1,000,000 open tags, html": ("html", lambda: "<div>" * 1_000_000 + "x"),
}


def work(name: str) -> None:
    format, make = INPUTS[name]
    text, begun = make(), time.monotonic()
    try:
        if format == "po":
            found = f"{len(encode_po(serialize_po(parse_po(text)))):,} bytes written"
        else:
            found = f"{len(segment(read(text, id='a', format=format, locale='en'))):,} units"
    except L10nError as error:
        found = f"refused: {error}"
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{name:26} {time.monotonic() - begun:6.1f} s {most:6,} MiB  {found[:80]}", flush=True)


def bounded(name: str, seconds: float) -> bool:
    """Whether an input came to its end in that time."""
    process = multiprocessing.get_context("fork").Process(target=work, args=(name,))
    process.start()
    process.join(seconds)
    if process.is_alive():
        process.kill()
        print(f"{name:26} not done after {seconds:.0f} s", flush=True)
    process.join()
    return process.exitcode == 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(INPUTS))
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    ended = [bounded(name, given.seconds) for name in given.names or INPUTS]
    sys.exit(0 if all(ended) else 1)
