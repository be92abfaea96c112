"""Hostile translations in a real browser: they show as text, whatever they hold; nothing runs."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from l10n import inline
from l10n.model import Catalog, Entry, State
from l10n.project import SITE, Project, open_project
from l10n.tasks.building import build_project
from l10n.tasks.cataloguing import update_project

CHROMIUM = shutil.which("chromium")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")
CORPUS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "hostile_translations.jsonl")
    .read_text("utf-8")
    .splitlines()
]
"""A text a line. Whatever runs in one of them sets `window.ran`."""
ARTICLE = """\
---
title: Title
subtitle: Subtitle
description: Description
category: Category
date: 2026-09-24
---

Lead here.

First sentence. Second sentence with [a link](https://example.org/ "Link title"), *emphasis* and `code`.

## Heading

![Alternative text](picture.svg)

- Item one
- Item two[^n]

> Quotation here.

| Column | Other |
|---|---|
| Cell | 7 kg |

[^n]: Note here.
"""
HARMLESS = "Слово"
SIGNATURE = """() => {
  const own = new Set(["alt", "content", "title", "aria-label"]);
  const walk = (node) => [node.tagName, [...node.attributes].map((a) =>
    own.has(a.name) ? a.name : a.name + "=" + a.value.replaceAll(/hostile-[0-9]+/g, "x")),
    [...node.children].map(walk)];
  return JSON.stringify(walk(document.documentElement));
}"""
ORDER = """() => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf("ABCDEF");
    if (at < 0) continue;
    const left = [0, 5].map((n) => {
      const range = document.createRange();
      range.setStart(node, at + n);
      range.setEnd(node, at + n + 1);
      return range.getBoundingClientRect().left;
    });
    return left[0] < left[1];
  }
  return null;
}"""


def build(folder: Path, texts: list[str], words: str) -> Path:
    """Bundles of one article for each text, every unit of which has that text as its translation."""
    (folder / "seeds").mkdir()
    (folder / "l10n.toml").write_text('targets = ["uk"]\nname = "Site"\n', encoding="utf-8")
    (folder / "seeds" / "picture.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8"
    )
    for number in range(len(texts)):
        (folder / "seeds" / f"hostile-{number:03}.md").write_text(ARTICLE, encoding="utf-8")
    project = open_project(folder)
    update_project(project)
    for number, text in enumerate(texts):
        translate(project, f"hostile-{number:03}", text)
    translate(project, SITE, words)
    report = build_project(project)
    assert (report.blocked, list(report.failures)) == ([], [])
    return project.bundles


def translate(project: Project, id: str, text: str) -> None:
    catalog = project.load_catalog(id, "uk")
    assert catalog
    entries = tuple(translated(entry, text) for entry in catalog.entries)
    project.save_catalog(id, replace(catalog, entries=entries) if entries else Catalog("en", "uk"))


def translated(entry: Entry, text: str) -> Entry:
    """The text in the place of all words, between the same codes; one sentence stays to look at."""
    parts = inline.split(entry.source)
    shown = [inline.escape(text) if at % 2 == 0 and part.strip() else part for at, part in enumerate(parts)]
    target = "ABCDEF" if entry.source.startswith("Second") and len(parts) == 1 else "".join(shown)
    if entry.source.startswith("Second"):
        target = f"ABCDEF {target}"
    return replace(entry, target=target, state=State.REVIEWED)


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    folder = tmp_path_factory.mktemp("hostile")
    out = {}
    for name, texts, words in (
        ("harmless", [HARMLESS], HARMLESS),
        ("articles", CORPUS, HARMLESS),
        ("words", [HARMLESS], " ".join(CORPUS)),
    ):
        (folder / name).mkdir()
        out[name] = build(folder / name, texts, words)
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


def test_no_translation_changes_a_page_or_runs(bundles: Mapping[str, Path], browser: Any) -> None:
    """All of the corpus, in every place of an article: title, lead, links, pictures, tables, notes."""
    heard: list[str] = []
    context = browser.new_context(bypass_csp=True)  # without the net: the pages themselves must hold
    tab = context.new_page()
    tab.on("dialog", lambda dialog: heard.append(f"dialog {dialog.message}"))
    tab.on("pageerror", lambda error: heard.append(f"error {error}"))
    tab.on("request", lambda request: heard.append(request.url) if not ours(request.url) else None)
    tab.goto((bundles["harmless"] / "uk" / "hostile-000.html").as_uri())
    expected = tab.evaluate(SIGNATURE)
    for number, text in enumerate(CORPUS):
        tab.goto((bundles["articles"] / "uk" / f"hostile-{number:03}.html").as_uri())
        assert tab.evaluate(SIGNATURE) == expected, text
        assert tab.evaluate("typeof window.ran") == "undefined", text
        assert tab.evaluate(ORDER) is True, text
        assert set(tab.evaluate("[...document.links].map((link) => link.protocol)")) == {"https:", "file:"}
    assert heard == []
    context.close()


def ours(url: str) -> bool:
    return url.startswith("file:") or url == "data:,"


@pytest.mark.parametrize("path", ["uk/hostile-000.html", "uk/index.html", "index.html"])
def test_no_word_of_the_site_changes_a_page_or_runs(
    bundles: Mapping[str, Path], browser: Any, path: str
) -> None:
    context = browser.new_context(bypass_csp=True, locale="uk")
    tab = context.new_page()
    found = []
    for name in ("harmless", "words"):
        tab.goto((bundles[name] / path).as_uri())
        found.append(tab.evaluate(SIGNATURE).replace("prompt.", "").partition("assets")[0])
        assert tab.evaluate("typeof window.ran") == "undefined"
        assert tab.evaluate("document.querySelectorAll('img, iframe, svg').length") == (
            path != "index.html"
        ) * ("index" not in path)
    assert found[0] == found[1]
    context.close()


def test_lists_hold_hostile_teasers(bundles: Mapping[str, Path], browser: Any) -> None:
    tab = browser.new_page(bypass_csp=True)
    tab.goto((bundles["articles"] / "uk" / "index.html").as_uri())
    assert tab.evaluate("typeof window.ran") == "undefined"
    assert tab.locator("ol.teasers > li").count() == len(CORPUS)
    shapes = tab.evaluate(
        "[...new Set([...document.querySelectorAll('.teasers > li')].map((li) => "
        "[...li.querySelectorAll('*')].map((e) => e.tagName).join()))]"
    )
    assert len(shapes) == 1
    tab.close()
