"""The workspace on disk: configuration, encodings, files."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from l10n.errors import CatalogError, ConfigError, SourceError
from l10n.project import find_config, load_config, locked, open_project, read_bytes, write_bytes
from l10n.project.encodings import decode, encode


def configured(folder: Path, text: str) -> Path:
    path = folder / "l10n.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_defaults_suit_an_english_site(tmp_path: Path) -> None:
    config = load_config(configured(tmp_path, 'targets = ["uk", "pt_br", "uk"]'))
    assert (config.source, config.targets, config.articles) == ("en", ("uk", "pt-BR"), "seeds")
    assert (config.publish.drafts, config.publish.coverage) == ("labelled", 0.8)


def test_pyproject_serves_as_well(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text('[tool.l10n]\nsource = "uk"\n', encoding="utf-8")
    assert find_config(tmp_path) == path
    assert load_config(path).source == "uk"


def test_an_article_may_have_another_source_locale(tmp_path: Path) -> None:
    config = load_config(configured(tmp_path, '[locales]\n"kyiv/*" = "uk"'))
    assert (config.source_of("kyiv/tram"), config.source_of("tram")) == ("uk", "en")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('sorce = "en"', "there is no setting sorce", "did you mean source?"),
        ("targets = 1", "targets must be a list", ""),
        ("targets = [1]", "targets must be a list of texts", ""),
        ('targets = ["klingon-"]', "'klingon-' is not a language tag", "BCP 47"),
        ('source = "qq"', "CLDR knows no locale 'qq'", ""),
        ('[publish]\ndrafts = "some"', "publish.drafts cannot be 'some'", "none, labelled, all"),
        ("[publish]\ncoverage = 80", "from 0 to 1", ""),
        ("[publish]\ncoverage = true", "publish.coverage must be a number", ""),
        ("[profile]\nlabel = 1", "a site profile has no 'label'", "labels"),
        ("targets = [", "not valid TOML", ""),
        ('[engines]\n"en-uk" = 1', "engines.en-uk must be", ""),
        ('[locales.news]\nuk = "x"', "locales.news must be the tag of a locale", ""),
    ],
)
def test_a_wrong_configuration_is_explained(tmp_path: Path, text: str, message: str, hint: str) -> None:
    path = configured(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.where == str(path)


@pytest.mark.parametrize("setting", ["articles", "catalogs", "bundles"])
def test_no_folder_may_lead_out_of_the_project(tmp_path: Path, setting: str) -> None:
    configured(tmp_path, f'{setting} = "../outside"')
    project = open_project(tmp_path)
    look = {
        "articles": project.article_files,
        "catalogs": lambda: project.templates,
        "bundles": lambda: project.bundles,
    }
    with pytest.raises(ConfigError, match="leads out of the project"):
        look[setting]()


def test_a_folder_without_a_project_says_how_to_start_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        open_project(tmp_path)
    assert "l10n init" in caught.value.hint


def test_two_articles_cannot_share_an_id(tmp_path: Path) -> None:
    configured(tmp_path, "")
    (tmp_path / "seeds").mkdir()
    for name in ("a.md", "a.txt"):
        (tmp_path / "seeds" / name).write_text("A", encoding="utf-8")
    with pytest.raises(ConfigError, match="the same id"):
        open_project(tmp_path).article_files()


@pytest.mark.parametrize(
    ("data", "message", "where"),
    [
        (b"line\nabc \xff", "not UTF-8: byte 0xFF at offset 9", ":2:5"),
        (b"a\x00b", "NUL", ":1:2"),
        ("text".encode("utf-16"), "UTF-16", ":1:1"),
    ],
)
def test_what_is_not_text_is_named_with_its_place(data: bytes, message: str, where: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        decode(data, html=False)
    assert caught.value.where == where


def test_a_web_page_may_declare_its_encoding() -> None:
    page = '<meta charset="windows-1251"><p>Привіт</p>'
    text, encoding = decode(page.encode("cp1251"), html=True)
    assert (text, encode(text, encoding)) == (page, page.encode("cp1251"))
    assert encode("日", encoding) == b"&#26085;"


@pytest.mark.parametrize("label", ["rot13", "zip", "base64", "utf-7", "unicode_escape", "nonsense"])
def test_codecs_that_are_no_encodings_of_pages_are_refused(label: str) -> None:
    with pytest.raises(SourceError):
        decode(f'<meta charset="{label}">'.encode() + b"\xff", html=True)


def test_an_unchanged_file_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "a.po"
    assert write_bytes(path, b"one", CatalogError)
    before = path.stat()
    assert not write_bytes(path, b"one", CatalogError)
    assert path.stat() == before
    assert write_bytes(path, b"two", CatalogError)
    assert [each.name for each in path.parent.iterdir()] == ["a.po"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CatalogError) as caught:
        write_bytes(tmp_path / "file" / "a.po", b"x", CatalogError)
    assert "cannot be written" in caught.value.message
    assert caught.value.where.endswith("a.po")


def test_a_link_keeps_leading_where_it_led(tmp_path: Path) -> None:
    (tmp_path / "real.po").write_bytes(b"one")
    (tmp_path / "link.po").symlink_to("real.po")
    write_bytes(tmp_path / "link.po", b"two", CatalogError)
    assert (tmp_path / "link.po").is_symlink()
    assert (tmp_path / "real.po").read_bytes() == b"two"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        read_bytes(tmp_path / "no.md", SourceError)


def test_a_project_is_changed_by_one_command_at_a_time(tmp_path: Path) -> None:
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with locked(tmp_path / "lock"):
            held.set()
            done.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    with pytest.raises(ConfigError, match="another l10n command"), locked(tmp_path / "lock"):
        pass
    done.set()
    holder.join()
    with locked(tmp_path / "lock"):
        pass


def test_a_killed_command_leaves_no_lock(tmp_path: Path) -> None:
    code = (
        "import os, sys, pathlib; from l10n.project import locked\n"
        "with locked(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "lock")], check=False)
    with locked(tmp_path / "lock"):
        pass


FIELDS = ["Language: uk_UA", "Language: pl", "Language: ", "X-Locale: de", "X-Note: a"]


@pytest.mark.parametrize("field", FIELDS)
def test_a_catalog_is_of_the_locale_of_its_folder(tmp_path: Path, field: str) -> None:
    (tmp_path / "l10n.toml").write_text('targets = ["uk"]\n', encoding="utf-8")
    path = tmp_path / "locales" / "uk" / "LC_MESSAGES" / "a.po"
    path.parent.mkdir(parents=True)
    path.write_text(f'msgid ""\nmsgstr "{field}\\n"\n\nmsgid "One."\nmsgstr ""\n', encoding="utf-8")
    project = open_project(tmp_path)
    catalog = project.load_catalog("a", "uk")
    assert catalog is not None
    assert catalog.locale == "uk"
    project.save_catalog("a", replace(catalog, entries=(replace(catalog.entries[0], target="Один."),)))
    assert 'msgstr "Один."' in path.read_text(encoding="utf-8")
    assert list(tmp_path.rglob("*.po")) == [path]
