"""Nasty inputs: each gives what is documented, in bounded time, and never a traceback."""

from __future__ import annotations

import csv
import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from l10n import check, inline, segment
from l10n.errors import CatalogError, ConfigError, L10nError, SourceError
from l10n.exchange import FORMATS
from l10n.model import Article
from l10n.project import load_article_file, load_po, open_project
from l10n.project.config import load_config
from l10n.readers import READERS, default_profile, read
from l10n.renderers.documents import parse_document
from l10n.tasks.checking import load_baseline
from l10n.tasks.preparing import select
from l10n.terms import parse_terms
from tests.commands import done, failed

DEEP = 100_000
FOUND = {
    "md/bom.md": ["Title", "text"],
    "md/cr_only.md": ["T", "para one", "para two"],
    "md/unclosed_fence.md": ["text"],
    "md/nested_fence.md": ["text"],
    "md/bad_yaml.md": ["text"],
    "md/yaml_unsafe.md": ["text"],
    "html/script_text.html": ["yes", "n"],
    "html/cdata.html": [],
    "html/inline_blocks.html": ["t", "p", "d"],
    "html/entity_expansion.xhtml": ["&e;"],
    "html/xxe.xhtml": ["&x;"],
    "html/latin1_meta.html": ["Café"],
    "html/sjis.html": ["日本語ソース"],
    "html/unclosed.html": ["one", "two", "a", "b", "c", "d"],
    "html/deep_div.html": ["deep"],
    "txt/empty.txt": [],
}
"""What there is to translate in some of the files."""
UNREAD = {"txt/lone_surrogate.json", "md/slug_long.md"}
"""JSON is no format of articles; the front matter's slug is a fact that is never used as a path."""


def rows(shared: Path, *folders: str) -> list[tuple[Path, dict[str, str]]]:
    """The nasty files of some folders, and what each should do."""
    nasty = shared / "data" / "nasty"
    table = csv.DictReader((nasty / "EXPECT.tsv").read_text(encoding="utf-8").split("\n"), delimiter="\t")
    wanted = [row for row in table if row["here"] == "yes" and row["file"].split("/")[0] in folders]
    return [(nasty / row["file"], row) for row in wanted]


def loaded(path: Path) -> Article | SourceError:
    try:
        return load_article_file(path, "en", default_profile())
    except SourceError as error:
        return error


def texts(article: Article) -> list[str]:
    return [inline.encode(unit.source) for unit in segment(article)]


def test_articles_do_what_they_should(shared: Path) -> None:
    for path, row in rows(shared, "md", "html", "txt"):
        if row["file"] in UNREAD or path.suffix[1:] not in READERS.names():
            continue
        started = time.process_time()
        result = loaded(path)
        if isinstance(result, SourceError):
            assert row["class"] == "clear-error" or "error" in row["what should happen"], path.name
            assert result.where.startswith(f"{path}:"), result
        else:
            assert row["class"] != "clear-error", path.name
            found = texts(result)
            assert found == FOUND.get(row["file"], found), path.name
        assert time.process_time() - started < 5, path.name


def test_catalogs_that_deserve_a_finding_get_one(shared: Path) -> None:
    for path, row in rows(shared, "po"):
        lint = "lint" in row["what should happen"] or row["class"] == "warn"
        if lint:
            assert check(load_po(path, path.name)), path.name


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("html", "<div>" * DEEP + "x"),
        ("html", "<b>" * 10_000 + "x" + "</b>" * 10_000),
        ("md", ">" * DEEP + " x"),
        ("md", "[" * DEEP + "x" + "](y)" * 100),
        ("md", "*a " * DEEP),
        ("txt", "x" * (DEEP * 5)),
    ],
    ids=["elements", "bold", "quotes", "brackets", "stars", "a line"],
)
def test_deep_and_long_articles_are_read_or_refused(format: str, text: str) -> None:
    started = time.process_time()
    with suppress(SourceError):
        segment(read(text, id="a", format=format, locale="en"))
    assert time.process_time() - started < 20


def test_nesting_without_end_is_refused_in_tables(tmp_path: Path) -> None:
    path = tmp_path / "l10n.toml"
    path.write_text("name = " + "[" * DEEP, encoding="utf-8")
    with pytest.raises(ConfigError, match="not valid TOML"):
        load_config(path)
    with pytest.raises(CatalogError, match="not valid TOML"):
        parse_terms("term = " + "[" * DEEP, "en", "uk")
    path.write_text('{"findings": ' + "[" * DEEP, encoding="utf-8")
    with pytest.raises(ConfigError, match="no baseline"):
        load_baseline(path)
    with pytest.raises(L10nError, match="not a document"):
        parse_document("[" * DEEP)


XLIFF = """<xliff xmlns="urn:oasis:names:tc:xliff:document:{0}" version="{0}" srcLang="en" trgLang="uk"><file
 id="f" original="a" source-language="en" target-language="uk" datatype="plaintext">{1}</file></xliff>"""


@pytest.mark.parametrize("code", ["", "g", "-1", "D800", "110000", "FFFFFFFFF", "3C"])
def test_code_points_of_other_tools_never_become_surrogates_or_marks(code: str) -> None:
    two = f'<unit id="1"><segment><source>A<cp hex="{code}"/></source></segment></unit>'
    one = f'<x id="U+{code}" ctype="x-code-point"/>'
    one = f'<body><trans-unit id="1"><source>A{one}</source></trans-unit></body>'
    for name, data in (("xliff", XLIFF.format("2.0", two)), ("xliff12", XLIFF.format("1.2", one))):
        parse = FORMATS.get(name).parse  # type: ignore[union-attr]
        (entry,) = parse(data.encode()).catalog.entries  # type: ignore[misc, call-arg]
        assert entry.source in ("A\ufffd", f"A{inline.escape(chr(60))}"), name


def test_an_article_whose_name_looks_like_an_option_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "l10n.toml").write_text('source = "en"\ntargets = ["en-XA"]\n', encoding="utf-8")
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "-rf.md").write_text("# Title\n\nSome text here.\n", encoding="utf-8")
    (folder / "b.md").write_text("# Other\n", encoding="utf-8")
    done("update", cwd=tmp_path)
    rows = json.loads(done("status", "--json", "./-rf.md", cwd=folder))["rows"]
    assert [row["status"]["article"] for row in rows] == ["-rf"]
    catalog = "../locales/en-XA/LC_MESSAGES/-rf.po"
    assert done("render", "--catalog", catalog, "--", "-rf.md", cwd=folder).startswith("# Title")
    done("build", cwd=tmp_path)
    assert (tmp_path / "dist" / "en" / "-rf.html").is_file()
    assert "No such option" in failed(2, "check", "-rf", cwd=tmp_path)
    assert sorted(path.name for path in folder.iterdir()) == ["-rf.md", "b.md"]


def test_articles_are_named_by_id_or_by_path_from_wherever_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "l10n.toml").write_text('targets = ["uk"]\n', encoding="utf-8")
    path = tmp_path / "seeds" / "world" / "-rf.md"
    path.parent.mkdir(parents=True)
    path.write_text("text\n", encoding="utf-8")
    for folder, names in (
        (tmp_path, ("world/-rf", "seeds/world/-rf.md", "./seeds/world/-rf.md", str(path))),
        (path.parent, ("world/-rf", "-rf.md", "./-rf.md", "../../seeds/world/-rf.md")),
    ):
        monkeypatch.chdir(folder)
        for name in names:
            assert [each.id for each in select(open_project(tmp_path), [name])] == ["world/-rf"], name
    with pytest.raises(ConfigError, match="no article"):
        select(open_project(tmp_path), ["../-rf.md"])


def test_folders_that_are_links_out_of_the_project_are_refused(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "project" / "l10n.toml").write_text('targets = ["uk"]\n', encoding="utf-8")
    for name in ("seeds", "locales", "dist"):
        (tmp_path / "project" / name).symlink_to(tmp_path / "outside")
    project = open_project(tmp_path / "project")
    for use in (project.article_files, lambda: project.templates, lambda: project.bundles):
        with pytest.raises(ConfigError, match="leads out of the project"):
            use()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_articles_whose_names_would_tear_a_catalog_are_refused_and_the_others_read(tmp_path: Path) -> None:
    done("init", cwd=tmp_path)
    seeds = tmp_path / "seeds"
    for name in (b"new\nline.md", b"not utf-8 \xff.md", b"control \x07.md"):
        (seeds / os.fsdecode(name)).write_text("# Odd\n", encoding="utf-8")
    for name in ("a 'quote\" x.md", "space\u00a0and \u200c joiner.md", "--name.md"):
        (seeds / name).write_text("# Odd\n", encoding="utf-8")
    said = failed(1, "extract", cwd=tmp_path)
    assert said.count("characters that catalogs and addresses cannot have") == 3
    assert len(list((tmp_path / "locales").rglob("*.pot"))) >= 3
