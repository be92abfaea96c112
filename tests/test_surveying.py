"""The survey: words, findings, and what reviewers made of drafts; as a table, as data, as a page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from l10n.model import Coverage
from l10n.renderers.statuses import StatusRow, status_page
from tests.commands import done

TEXT = "The bridge is open again.\n\nIt cost 1.2 million.\n\nThe river is calm.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one article, drafted by the pseudo engine; of three drafts two are reviewed."""
    config = 'source = "en"\ntargets = ["en-XA"]\n'
    (tmp_path / "l10n.toml").write_text(config, encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "bridge.md").write_text(TEXT, encoding="utf-8")
    done("update", cwd=tmp_path)
    done("draft", "--engine", "pseudo", cwd=tmp_path)
    path = tmp_path / "locales" / "en-XA" / "LC_MESSAGES" / "bridge.po"
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'#, fuzzy\n(?=msgid "The bridge is)', "", text)
    text = re.sub(
        r'#, fuzzy\n(msgid "The river is calm\.")\nmsgstr ".*"', r'\1\nmsgstr "Quite another text."', text
    )
    path.write_text(text, encoding="utf-8")
    return tmp_path


def test_what_became_of_drafts_is_read_from_the_catalogs(project: Path) -> None:
    report = json.loads(done("status", "--json", cwd=project))
    (drafts,) = [each for each in report["drafts"] if each["locale"] == "en-XA" and each["accepted"]]
    assert (drafts["waiting"] >= 1, drafts["accepted"], drafts["edited"]) == (True, 1, 1)
    assert drafts["engine"].startswith("pseudo")
    assert 0.2 < drafts["distance"] < 0.6
    assert "50%" in done("status", cwd=project)


def test_without_the_cache_the_share_is_still_known(project: Path) -> None:
    (project / ".l10n" / "drafts.sqlite").unlink()
    report = json.loads(done("status", "--json", cwd=project))
    (drafts,) = [each for each in report["drafts"] if each["accepted"]]
    assert (drafts["accepted"], drafts["edited"], drafts["distance"]) == (1, 1, None)
    assert "not known" in done("status", cwd=project)


def test_findings_stand_beside_the_words(project: Path) -> None:
    path = project / "locales" / "en-XA" / "LC_MESSAGES" / "bridge.po"
    path.write_text(
        path.read_text(encoding="utf-8").replace("another text.", "another  text"), encoding="utf-8"
    )
    (row,) = json.loads(done("status", "--json", cwd=project))["rows"]
    assert row["warnings"] == 1
    assert row["status"]["coverage"]["words"] == 13


def test_the_page_is_well_formed_and_escapes_what_it_shows(project: Path) -> None:
    assert "wrote page.html" in done("status", "--html", "page.html", cwd=project)
    assert "unchanged" in done("status", "--html", "page.html", cwd=project)
    page = (project / "page.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    row = StatusRow("a<b", "uk", Coverage(10, 4, 3, 2), 1, 2, "the <title> is not translated")
    page = status_page("A & B", [row], [])
    assert "A &amp; B" in page
    assert "a&lt;b" in page
    bars = ElementTree.fromstring(
        page[
            page.index('<svg viewBox="0 0 100') : page.index("</svg>", page.index('<svg viewBox="0 0 100'))
            + 6
        ]
    )
    assert [(bar.get("class"), bar.get("x"), bar.get("width")) for bar in bars] == [
        ("reviewed", "0.00", "40.00"),
        ("drafts", "40.00", "30.00"),
        ("outdated", "70.00", "20.00"),
        ("empty", "90.00", "10.00"),
    ]
