"""Articles at every stage, from text to page: the real one, and one of our own in golden files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from l10n import inline
from l10n.model import Article, Unit, plain
from l10n.project import open_project
from l10n.segmenters import segment
from tests.commands import done
from tests.conftest import ROOT
from tests.golden import agree

OURS = "salt-marsh"


def units_of(root: Path, id: str) -> tuple[Article, tuple[Unit, ...]]:
    project = open_project(root)
    article = next(project.load_article(file) for file in project.article_files() if file.id == id)
    return article, segment(article)


def outline(units: tuple[Unit, ...], words: int = 0) -> str:
    """Units, a line each: block and index, context, and text, or only its length and its ends."""
    return "".join(f"{_place(unit):14} {_text(inline.encode(unit.source), words)}\n" for unit in units)


def _place(unit: Unit) -> str:
    return f"{unit.place.block}.{unit.place.index} {unit.context or ''}{' site' if unit.site else ''}"


def _text(text: str, words: int) -> str:
    if not words:
        return text
    parts = text.split()
    return f"{len(text):4} {' '.join(parts[:words])} … {parts[-1]}"


@pytest.fixture
def real(shared: Path, tmp_path: Path) -> Path:
    """A project with the article of the customer."""
    (tmp_path / "l10n.toml").write_text('source = "en"\ntargets = ["es", "en-XA"]\n', encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    shutil.copy(shared / "data" / "seed" / "article.txt", tmp_path / "seeds" / "article.txt")
    return tmp_path


def test_the_real_article_is_cut_as_we_expect(real: Path) -> None:
    article, units = units_of(real, "article")
    agree("walk/real-article/units.txt", outline(units, words=2))
    texts = {unit.place.block: plain(article.blocks[unit.place.block].content) for unit in units}
    for number, text in texts.items():
        parts = [unit for unit in units if unit.place.block == number]
        pieces = [plain((*unit.before, *unit.source, *unit.after)) for unit in parts]
        assert "".join(pieces) == text


def test_the_real_article_goes_all_the_way(real: Path) -> None:
    done("update", cwd=real)
    site = (real / "locales" / "templates" / "site.pot").read_text(encoding="utf-8")
    own = (real / "locales" / "templates" / "article.pot").read_text(encoding="utf-8")
    for words in ("Points of attention", "By staying online", "Based on your browser"):
        assert words in site
        assert words not in own
    done("draft", "--engine", "pseudo", "--locale", "en-XA", cwd=real)
    done("build", cwd=real)
    rows = json.loads(done("status", "--json", cwd=real))["rows"]
    ready = {row["status"]["locale"]: row["status"]["blocked"] for row in rows}
    assert ready["en-XA"] == ""
    page = (real / "dist" / "en-XA" / "article.html").read_text(encoding="utf-8")
    assert page.count("<li") >= 5
    assert page.count("<blockquote") == 6
    assert "By staying online" not in (real / "dist" / "en" / "article.html").read_text(encoding="utf-8")


def test_our_article_is_cut_as_we_expect() -> None:
    _, units = units_of(ROOT, OURS)
    agree(f"walk/{OURS}/units.txt", outline(units))


@pytest.mark.parametrize("locale", ["uk", "ja", "ar"])
def test_our_article_is_rendered_as_we_expect(locale: str) -> None:
    catalog = f"locales/{locale}/LC_MESSAGES/{OURS}.po"
    agree(f"walk/{OURS}/{locale}.md", done("render", f"seeds/{OURS}.md", "-c", catalog, cwd=ROOT))


def test_our_catalogs_are_up_to_date_with_our_articles() -> None:
    report = json.loads(done("update", "--dry-run", "--json", cwd=ROOT))
    assert report["catalogs"] == []
    assert json.loads(done("extract", "--dry-run", "--json", cwd=ROOT))["written"] == []


@pytest.mark.parametrize("locale", ["ar", "de", "en", "es", "ja", "uk"])
def test_our_sites_words_are_complete_and_one_article_is_reviewed(locale: str) -> None:
    rows = json.loads(done("status", "--json", "--locale", locale, cwd=ROOT))["rows"]
    shares = [row["status"]["coverage"] for row in rows]
    assert any(share["reviewed"] == share["words"] for share in shares)
    site = (ROOT / "locales" / locale / "LC_MESSAGES" / "site.po").read_text(encoding="utf-8")
    assert not re.search(r'^msgstr ""\n\n', site.partition("\n\n")[2], re.MULTILINE)


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
def test_our_catalogs_open_clean_in_gettext_and_i18nspector() -> None:
    files = [str(path) for path in sorted(ROOT.glob("locales/**/*.po*"))]
    for path in files:
        run = subprocess.run(
            ["msgfmt", "-c", "-o", "/dev/null", path], capture_output=True, text=True, check=False
        )
        complaints = [line for line in run.stderr.splitlines() if "initial default value" not in line]
        assert (run.returncode, complaints) == (0, [])
    if shutil.which("i18nspector"):
        run = subprocess.run(["i18nspector", *files], capture_output=True, text=True, check=False)
        assert run.stdout == ""
