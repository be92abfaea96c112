"""What the language prompt of a built page may offer, by the project's policy."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import polib
import pytest

from l10n.errors import ConfigError
from l10n.project import open_project
from l10n.project.config import parse_config
from l10n.tasks.building import build_project
from l10n.tasks.cataloguing import update_project

ARTICLE = "# A bridge\n\nIt is open again.\n\nThe work took two years.\n"
CONFIG = 'source = "en"\ntargets = ["uk", "de", "pt-BR"]\n[publish]\ncoverage = 0.3\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A bridge in German whole, in Ukrainian in part, in Portuguese as a machine's draft."""
    (tmp_path / "l10n.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "bridge.md").write_text(ARTICLE, encoding="utf-8")
    update_project(open_project(tmp_path))
    translate(tmp_path, "de", ["Eine Brücke", "Sie ist wieder offen.", "Die Arbeiten dauerten zwei Jahre."])
    translate(tmp_path, "uk", ["Міст", "Він знову відкритий.", ""])
    translate(tmp_path, "pt-BR", ["Uma ponte", "Está aberta de novo.", "A obra durou dois anos."], draft=True)
    return tmp_path


def translate(project: Path, locale: str, texts: list[str], draft: bool = False) -> None:
    path = project / "locales" / locale / "LC_MESSAGES" / "bridge.po"
    catalog = polib.pofile(str(path))
    for entry, text in zip(catalog, texts, strict=True):
        entry.msgstr = text
        if draft:
            entry.fuzzy = True
            entry.tcomment = "l10n: draft, pseudo 1"
    catalog.save()


def offered(project: Path, settings: str = "") -> dict[str, Any]:
    """What the prompt on the English page may offer."""
    (project / "l10n.toml").write_text(f"{CONFIG}\n{settings}", encoding="utf-8")
    build_project(open_project(project))
    html = (project / "dist" / "en" / "bridge.html").read_text(encoding="utf-8")
    assert html.count("data-l10n-locale=") == 3
    found = re.search(r'id="l10n-page">(.*?)</script>', html)
    assert found is not None
    return {tag: each["draft"] for tag, each in json.loads(found[1])["alternates"].items()}


def test_only_whole_versions_are_offered_and_drafts_as_such(project: Path) -> None:
    assert offered(project) == {"de": False, "pt-BR": True}


def test_a_policy_says_what_else_is_offered_or_what_is_not(project: Path) -> None:
    assert offered(project, '[prompt]\noffer = "reviewed"') == {"de": False}
    assert set(offered(project, '[prompt]\noffer = "published"')) == {"de", "uk", "pt-BR"}
    assert offered(project, '[prompt]\noffer = "none"') == {}


def test_a_version_that_is_outdated_is_not_offered(project: Path) -> None:
    changed = ARTICLE.replace("two years", "three years")
    (project / "seeds" / "bridge.md").write_text(changed, encoding="utf-8")
    update_project(open_project(project))
    assert "de" not in offered(project)


def test_editions_reach_the_script(project: Path) -> None:
    offered(project, '[prompt]\neditions = ["pt"]')
    script = next((project / "dist" / "assets").glob("prompt.*.js")).read_text(encoding="utf-8")
    assert '"editions":["pt"]' in script


def test_a_site_puts_its_own_words_in_its_catalog(project: Path) -> None:
    path = project / "locales" / "de" / "LC_MESSAGES" / "site.po"
    catalog = polib.pofile(str(path))
    entry = catalog.find("Yes, read it in English", msgctxt="language prompt")
    entry.msgstr = "Her damit, auf Deutsch!"
    catalog.save()
    offered(project)
    script = next((project / "dist" / "assets").glob("prompt.*.js")).read_text(encoding="utf-8")
    assert "Her damit, auf Deutsch!" in script
    assert "Nein, auf dieser Seite bleiben" in script


def test_what_the_prompt_cannot_do_is_said() -> None:
    with pytest.raises(ConfigError, match=r"prompt\.offer cannot be 'all'"):
        parse_config({"prompt": {"offer": "all"}})
    with pytest.raises(ConfigError, match=r"no setting prompt\.edition"):
        parse_config({"prompt": {"edition": ["pt"]}})
