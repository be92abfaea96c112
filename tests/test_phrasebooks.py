"""The words that come with the package: catalogs that gettext and readers can take as they are."""

from __future__ import annotations

import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import polib
import pytest
import regex

from l10n import prompts
from l10n.locales import gettext_name
from l10n.phrasebooks import languages, phrases
from l10n.prompts.tags import Subtags, subtags
from l10n.renderers import pages
from tests.conftest import ROOT

MESSAGES = {
    "l10n.prompts": [(each.context, each.source) for each in prompts.MESSAGES],
    "l10n.renderers": [(each.context, each.msgid) for each in pages.MESSAGES],
}
CATALOGS = [
    pytest.param(package, path, id=f"{package}-{path.stem}")
    for package in MESSAGES
    for path in sorted(Path(str(files(package).joinpath("data/words"))).iterdir())
]


@pytest.mark.parametrize(("package", "path"), CATALOGS)
def test_a_catalog_holds_every_message(package: str, path: Path) -> None:
    catalog = polib.pofile(path)
    assert [(each.msgctxt, each.msgid) for each in catalog] == MESSAGES[package]
    assert all(each.msgstr for each in catalog)
    assert "Own text, Apache-2.0." in catalog.header.splitlines()[0]
    assert "To be reviewed next by:" in catalog.header
    assert catalog.metadata["Language"] == gettext_name(path.stem)


@pytest.mark.parametrize(("package", "path"), CATALOGS)
def test_what_is_fuzzy_says_so_at_the_top_and_is_not_given_out(package: str, path: Path) -> None:
    catalog = polib.pofile(path)
    fuzzy = {(each.msgctxt, each.msgid) for each in catalog if each.fuzzy}
    assert ("# Not sure:" in path.read_text(encoding="utf-8").partition("msgid")[0]) == bool(fuzzy)
    assert fuzzy.isdisjoint(phrases(package, path.stem))
    assert fuzzy | set(phrases(package, path.stem)) == set(MESSAGES[package])


LETTERS = {
    "Hans": r"\p{Han}",
    "Hant": r"\p{Han}",
    "Jpan": r"\p{Han}\p{Hiragana}\p{Katakana}",
    "Kore": r"\p{Hangul}",
}


@pytest.mark.parametrize(("package", "path"), CATALOGS)
def test_words_are_in_the_script_of_their_language(package: str, path: Path) -> None:
    script = (subtags(path.stem) or Subtags(path.stem)).script
    letters = LETTERS.get(script, rf"\p{{{script}}}")
    for entry in polib.pofile(path):
        text = entry.msgstr.replace("{language}", "")
        assert regex.sub(rf"[{letters}\p{{Common}}\p{{Inherited}}]", "", text) == "", text


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
@pytest.mark.parametrize(("package", "path"), CATALOGS)
def test_gettext_finds_a_catalog_clean(package: str, path: Path) -> None:
    run = subprocess.run(
        ["msgfmt", "--check", "-o", "/dev/null", str(path)], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("tag", languages("l10n.renderers"))
def test_sentences_of_the_theme_end_as_in_their_language_and_labels_have_no_stop(tag: str) -> None:
    for entry in polib.pofile(str(files("l10n.renderers").joinpath("data/words", f"{tag}.po"))):
        stopped = entry.msgstr[-1] in ".。।۔։።"
        assert stopped == (entry.msgid.endswith(".") and tag != "th"), entry.msgstr


def test_the_theme_speaks_every_language_that_the_prompt_offers() -> None:
    missing = [tag for tag in languages("l10n.prompts") if not prompts.closest(tag, pages.shipped_locales())]
    assert missing == []


def test_the_theme_says_what_this_projects_own_catalogs_say() -> None:
    catalogs = {path.parents[1].name: path for path in (ROOT / "locales").glob("*/LC_MESSAGES/site.po")}
    compared = sorted(set(catalogs) & set(languages("l10n.renderers")))
    assert compared == ["ar", "de", "es", "ja", "uk"]
    for tag in compared:
        site = {(each.msgctxt, each.msgid): each.msgstr for each in polib.pofile(catalogs[tag])}
        assert phrases("l10n.renderers", tag) == {key: site[key] for key in MESSAGES["l10n.renderers"]}


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("pt-BR", "pt"),
        ("pt-AO", "pt-PT"),
        ("de-AT", "de"),
        ("zh", "zh-Hans"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("sr-Latn", "sr-Latn"),
        ("sr-BA", "sr"),
        ("sh", "sr-Latn"),
        ("no", "nb"),
        ("nn-NO", "nn"),
        ("iw", "he"),
        ("uz-Cyrl", None),
        ("en-GB", None),
        ("eo", None),
        ("en-XA", None),
        ("ar-XB", None),
    ],
)
def test_the_words_of_a_locale_are_in_its_language_and_script(locale: str, language: str | None) -> None:
    assert prompts.closest(locale, pages.shipped_locales()) == language
