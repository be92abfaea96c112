"""Draft every article of a folder with every engine that can, and hold each draft to the law: nothing is lost
or invented. A short version is in the tests.

    PYTHONPATH=. .venv/bin/python scripts/drafts_of_articles.py FOLDER --pair en-XA=pseudo --pair es=apertium

What must hold is written down in `tests.test_drafting.tokens`, apart from the verifier that judges drafts.
Prints, for each engine, how many of the entries have a draft, and why the others have none. Exit code 1 where
a draft breaks the law.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from l10n import extract, read, segment
from l10n.engines import Drafter, choose
from l10n.model import Catalog, Draft, Undrafted
from tests.test_drafting import nests, tokens


def catalogs(folder: Path, locale: str) -> list[Catalog]:
    out = []
    for path in sorted(folder.rglob("*.*")):
        if path.suffix in (".md", ".html"):
            text = path.read_text(encoding="utf-8", errors="replace")
            article = read(text, id=path.stem, format=path.suffix[1:], locale="en")
            out.append(replace(extract(segment(article), "en"), locale=locale))
    return out


def broken(draft: Draft) -> bool:
    source, target = draft.key[1], draft.target
    return tokens(source) != tokens(target) or not nests(target) or not target.strip()


def examine(engine_name: str, locale: str, folder: Path) -> int:
    """Draft and report; how many drafts break the law."""
    engine = choose(engine_name, "en", locale)
    work = [(catalog, catalog.entries) for catalog in catalogs(folder, locale)]
    started = time.perf_counter()
    made = [each for several in Drafter("en", locale, engine).draft(work) for each in several]
    engine.close()
    drafts = [each for each in made if isinstance(each, Draft)]
    wrong = [each for each in drafts if broken(each)]
    share = len(drafts) / max(len(made), 1)
    print(f"{engine.name} en-{locale}: {len(work)} articles, {len(made):,} entries", end=", ")
    print(
        f"{len(drafts):,} drafts ({share:.1%}) in {time.perf_counter() - started:.0f} s, {len(wrong)} broken"
    )
    for reason, count in Counter(each.reason for each in made if isinstance(each, Undrafted)).most_common(8):
        print(f"    {count:5} left empty: {reason}")
    for each in wrong[:10]:
        print(f"    broken: {each.key[1]!r} -> {each.target!r}")
    return len(wrong)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pair", action="append", required=True, help="LOCALE=ENGINE")
    arguments = parser.parse_args()
    pairs = [pair.partition("=") for pair in arguments.pair]
    broken_drafts = [examine(engine, locale, arguments.folder) for locale, _, engine in pairs]
    sys.exit(any(broken_drafts))


if __name__ == "__main__":
    main()
