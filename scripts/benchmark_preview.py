"""How long it takes from a saved catalog to its page in the preview, beside a whole build of the project.

    python scripts/benchmark_preview.py [ARTICLES]

Makes a project of copies of our own articles with their translations, starts `l10n serve`, and saves one
catalog after another as a translator would: the time is from the save until the page that the server was
asked for, when it told of the change, has the new words.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
L10N = str(Path(sys.executable).with_name("l10n"))
ROUNDS = 20


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        catalogs = multiplied(folder, count)
        started = time.perf_counter()
        subprocess.run([L10N, "build"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        whole = time.perf_counter() - started
        catalogs = [path for path in catalogs if (folder / "dist" / page_of(path)).is_file()]
        command = [L10N, "serve", "--port", "0"]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                address = next(
                    found[0] for line in server.stdout if (found := re.search(r"http://\S+/", line))
                )
                times = [saved(address, catalogs[round % len(catalogs)], round) for round in range(ROUNDS)]
            finally:
                server.terminate()
    middle = statistics.median(times)
    print(
        f"{count} articles, {len(catalogs)} catalogs, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    print(f"from save to page: median {middle:.2f} s, worst {max(times):.2f} s of {ROUNDS}")
    print(f"a whole build: {whole:.2f} s, {whole / middle:.0f} times as long")


def multiplied(folder: Path, count: int) -> list[Path]:
    """A project of so many articles; the catalogs of its translations."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    articles = sorted(path for path in (ROOT / "seeds").iterdir() if path.is_file())
    shutil.copytree(ROOT / "seeds" / "images", folder / "seeds" / "images")
    for path in (ROOT / "locales").glob("*/LC_MESSAGES/site.po"):
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True)
        shutil.copy(path, target)
    out = []
    for number in range(count):
        article = articles[number % len(articles)]
        shutil.copy(article, folder / "seeds" / f"{article.stem}-{number}{article.suffix}")
        for path in (ROOT / "locales").glob(f"*/LC_MESSAGES/{article.stem}.po"):
            out.append(folder / path.relative_to(ROOT).with_stem(f"{path.stem}-{number}"))
            shutil.copy(path, out[-1])
    return out


def page_of(catalog: Path) -> str:
    return f"{catalog.parent.parent.name}/{catalog.stem}.html"


def saved(address: str, catalog: Path, round: int) -> float:
    """Seconds from changed translations in a catalog to a page with them."""
    html = got(address + page_of(catalog))
    mark = f"Round {round}:"
    text = re.sub(r'(\nmsgid "[^"]+"\nmsgstr ")(?=[^"])', rf"\1{mark} ", catalog.read_text("utf-8"))
    started = time.perf_counter()
    catalog.write_text(text, "utf-8")
    while mark not in html:
        since = html.partition("since=")[2].partition('"')[0]
        got(f"{address}_l10n/changes.js?since={since}")
        html = got(address + page_of(catalog))
    return time.perf_counter() - started


def got(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.read().decode())


if __name__ == "__main__":
    main()
