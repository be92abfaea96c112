"""What holds for the whole house: names that exist, plug-ins that load, and who may touch the world."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path
from typing import Any

import pytest
from typer import Context
from typer.main import get_group

import l10n
from l10n.checks import CHECKS
from l10n.cli import app
from l10n.engines import ENGINES
from l10n.errors import ConfigError
from l10n.exchange import FORMATS
from l10n.plugins import Registry
from l10n.readers import READERS, Reading, default_profile
from l10n.renderers import WRITERS
from l10n.segmenters import SEGMENTERS
from tests.conftest import ROOT

MODULES = sorted((ROOT / "l10n").rglob("*.py"))


def test_every_exported_name_can_be_imported() -> None:
    assert sorted(l10n.__all__) == l10n.__all__
    for name in l10n.__all__:
        assert getattr(l10n, name).__module__.startswith("l10n.")
    with pytest.raises(AttributeError):
        _ = l10n.nothing


@pytest.mark.parametrize("registry", [READERS, WRITERS, SEGMENTERS, ENGINES, CHECKS, FORMATS])
def test_every_plug_in_loads(registry: Registry[Any]) -> None:
    for name in registry.names():
        assert registry.get(name) is not None
    with pytest.raises(ConfigError, match="there is no"):
        registry.get("nothing")


def test_what_can_be_read_can_be_written() -> None:
    assert READERS.names() == WRITERS.names()


def test_another_package_adds_a_plug_in_but_takes_none_over(monkeypatch: pytest.MonkeyPatch) -> None:
    points = EntryPoints(
        EntryPoint(name, "tests.test_house:read_shouting", "l10n.readers") for name in ("shout", "md")
    )
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points.select(group=group))
    assert "shout" in READERS.names()
    assert READERS.get("shout") is read_shouting
    assert READERS.get("md") is not read_shouting
    assert l10n.read("Hey", id="a", format="shout", locale="en").metadata == {"lang": "en-Loud"}


def read_shouting(text: str, profile: object) -> Reading:
    """A reader of another package."""
    assert profile == replace(default_profile(), locale="en")
    return Reading((), {"lang": "en-Loud"})


_PRINTS = re.compile(r"(?<![\w.])print\((?!.*file=)")
_ASKS = re.compile(r"os\.environ|os\.getenv|datetime\.(?:now|utcnow|today)|(?<!\w)time\.time\(")


@pytest.mark.parametrize(("forbidden", "allowed"), [(_PRINTS, {"cli"}), (_ASKS, {"cli", "tasks"})])
def test_only_the_upper_floors_touch_the_world(forbidden: re.Pattern[str], allowed: set[str]) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in MODULES
        if path.relative_to(ROOT / "l10n").parts[0] not in allowed
        for line in path.read_text(encoding="utf-8").splitlines()
        if forbidden.search(line)
    ]
    assert found == []


HEAVY = "_hashlib argostranslate babel ctranslate2 jinja2 lxml polib rapidfuzz regex rich zipfile"


@pytest.mark.parametrize(
    ("arguments", "spared"),
    [
        (["--help"], "l10n.model"),
        (["extract", "a.md", "-o", "a.pot"], "l10n.cli.bundles l10n.cli.engines l10n.tables"),
        (["segment", "--locale", "uk", "a.md"], "l10n.cli.catalogs l10n.model"),
    ],
)
def test_what_answers_at_once_loads_nothing_heavy(arguments: list[str], spared: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# The tram\n\nIt runs. It *stops*.\n", encoding="utf-8")
    script = (
        f"import sys; from l10n.cli import app; app({arguments}, standalone_mode=False); print(*sys.modules)"
    )
    command = [sys.executable, "-c", script]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    modules = set(run.stdout.split("\n")[-2].split())
    assert not {name.partition(".")[0] for name in modules} & set(HEAVY.split())
    assert not modules & set(spared.split())


def test_every_command_is_found_by_its_name() -> None:
    for path in (ROOT / "l10n" / "cli").glob("*.py"):
        import_module(f"l10n.cli.{path.stem}")
    group = get_group(app)
    assert sorted(group.list_commands(Context(group))) == sorted(group.commands)


def test_every_document_that_is_linked_is_there() -> None:
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for link in _links(page):
            assert (page.parent / link).exists(), f"{page.name} links {link}"


def test_every_document_is_linked_from_the_readme() -> None:
    links = _links(ROOT / "README.md")
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f"docs/{page.name}" not in links] == []


def _links(page: Path) -> list[str]:
    parts = page.read_text(encoding="utf-8").split("](")[1:]
    links = [part.partition(")")[0].partition("#")[0] for part in parts]
    return [link for link in links if link and "://" not in link]


def test_every_check_is_documented() -> None:
    text = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    for name in CHECKS.names():
        assert f"| `{name}` | {CHECKS.get(name).severity} |" in text
