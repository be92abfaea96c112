"""The words on built pages: the site's own, else those that come with the package, else English."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from l10n.project import open_project
from l10n.renderers import pages
from l10n.tasks.building import build_project
from l10n.tasks.cataloguing import update_project
from tests.commands import done

ARTICLE = """\
---
author: Ada Lovelace
date: 2026-11-26
---
# A bridge

It is open again.

The work took two years.[^1]

| Year | Cars |
|------|------|
| 2026 | 1200 |

[^1]: Since Monday.
"""
LOCALES = ["pl", "pt-BR", "zh-Hant-TW", "sr-Latn", "cy", "eo"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An article of which title and lead are translated, as they must be, and the rest is not."""
    targets = ", ".join(f'"{tag}"' for tag in LOCALES)
    (tmp_path / "l10n.toml").write_text(
        f'source = "en"\ntargets = [{targets}]\n[publish]\ncoverage = 0\n', encoding="utf-8"
    )
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "bridge.md").write_text(ARTICLE, encoding="utf-8")
    update_project(open_project(tmp_path))
    for tag in LOCALES:
        for text in ("A bridge", "It is open again."):
            change(tmp_path, tag, "bridge", text, lambda entry: setattr(entry, "msgstr", "…"))
    return tmp_path


def change(project: Path, locale: str, id: str, msgid: str, by: Callable[[polib.POEntry], None]) -> None:
    path = project / "locales" / locale / "LC_MESSAGES" / f"{id}.po"
    catalog = polib.pofile(str(path))
    by(next(entry for entry in catalog if entry.msgid == msgid))
    catalog.save()


def page(project: Path, locale: str, name: str = "bridge.html") -> str:
    build_project(open_project(project))
    return (project / "dist" / locale / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("pl", ["Przejdź do treści", "Dostępne języki", "Wszystkie artykuły", "Opublikowano", "Przypisy"]),
        ("pt-BR", ["Ir para o conteúdo", "aparecem no idioma original."]),
        ("zh-Hant-TW", ["跳至主要內容", "尚未翻譯的部分以原文顯示。"]),
        ("sr-Latn", ["Pređi na sadržaj", "prikazani su na jeziku originala."]),
    ],
)
def test_a_site_without_words_shows_those_of_the_package(project: Path, locale: str, said: list[str]) -> None:
    html, lists = page(project, locale), page(project, locale, "index.html")
    assert [text for text in said if text not in html] == []
    assert said[0] in lists
    english = {each.msgid for each in pages.MESSAGES}
    assert [text for text in english if f">{text}<" in html + lists or f'"{text}"' in html + lists] == []


def test_the_command_builds_pages_with_them(project: Path) -> None:
    done("build", cwd=project)
    first = (project / "dist" / "pl" / "bridge.html").read_bytes()
    assert 'aria-label="Powrót do tekstu"' in first.decode("utf-8")
    (project / "dist" / "pl" / "bridge.html").unlink()
    done("build", cwd=project)
    assert (project / "dist" / "pl" / "bridge.html").read_bytes() == first


def test_what_is_not_sure_stays_english_and_says_so(project: Path) -> None:
    change(project, "cy", "bridge", "The work took two years.", lambda entry: draft(entry, "Dwy flynedd."))
    html = page(project, "cy")
    assert "Neidio i’r cynnwys" in html
    doubtful = "This page contains machine translation that no editor has checked yet."
    assert f'<p><span lang="en" dir="ltr">{doubtful}</span></p>' in html
    assert "nad oes yr un golygydd" not in html


def draft(entry: polib.POEntry, text: str) -> None:
    entry.msgstr, entry.fuzzy, entry.tcomment = text, True, "l10n: draft, pseudo 1"


def test_a_language_without_words_has_english_ones_that_say_so(project: Path) -> None:
    html = page(project, "eo")
    assert re.search(r'href="#main"><span lang="en" dir="ltr">Skip to content</span>', html)
    assert '<h2 id="notes"><span lang="en" dir="ltr">Notes</span></h2>' in html


def test_the_sites_reviewed_word_wins_and_its_draft_does_not(project: Path) -> None:
    change(project, "pl", "site", "All articles", lambda entry: setattr(entry, "msgstr", "Wszystkie teksty"))
    change(project, "pl", "site", "Skip to content", lambda entry: draft(entry, "Skocz"))
    html = page(project, "pl", "index.html")
    assert "Wszystkie teksty" in html
    assert "Wszystkie artykuły" not in html
    assert "Przejdź do treści" in html
    assert "Skocz" not in html


def test_new_catalogs_leave_room_for_words_of_the_sites_own(project: Path) -> None:
    site = polib.pofile(str(project / "locales" / "pl" / "LC_MESSAGES" / "site.po"))
    entries = {entry.msgid: entry.msgstr for entry in site}
    assert {entries[each.msgid] for each in pages.MESSAGES} == {""}
