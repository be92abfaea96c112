"""`l10n draft` as a user runs it: what it fills, leaves and says, and what it does not do twice."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from l10n.project import open_project
from l10n.tasks.cataloguing import update_project
from l10n.tasks.drafting import Drafted, Request, draft_project
from tests.commands import L10N, done, failed, l10n
from tests.conftest import ROOT

ARTICLE = """\
---
title: A bridge for everyone
---

The footbridge has opened again after *two years*. It cost 1.2 million.

{extra}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two articles in three locales, its catalogs made."""
    (tmp_path / "l10n.toml").write_text(
        'source = "en"\ntargets = ["es", "en-XA", "ar-XB"]\n', encoding="utf-8"
    )
    (tmp_path / "seeds").mkdir()
    write(tmp_path, "bridge", "Dr. Kos was [the first](https://example.org/) to cross it.")
    write(tmp_path, "tram", "It is {name} who said “no”.")
    return tmp_path


def write(project: Path, id: str, extra: str) -> None:
    (project / "seeds" / f"{id}.md").write_text(ARTICLE.format(extra=extra), encoding="utf-8")
    update_project(open_project(project), (), ())


def run(project: Path, engine: str = "pseudo", **wishes: Any) -> Drafted:
    wishes.setdefault("targets", ("en-XA", "ar-XB"))
    return draft_project(open_project(project), Request(engine=engine, **wishes))


def catalogs(project: Path) -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in sorted((project / "locales").rglob("*.po"))}


def drafted(report: Drafted) -> int:
    return sum(each.drafted for each in report.catalogs)


@pytest.fixture
def plugged(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engines of `adversaries` installed beside l10n, as another package's plug-ins."""
    folder = tmp_path_factory.mktemp("plugins")
    (folder / "adversaries-1.dist-info").mkdir()
    names = ("Adversary", "Crashing", "Dead", "Hanging", "Slow")
    lines = [f"{name.lower()} = tests.adversaries:{name}" for name in names]
    (folder / "adversaries-1.dist-info" / "entry_points.txt").write_text(
        "\n".join(["[l10n.engines]", *lines])
    )
    (folder / "adversaries-1.dist-info" / "METADATA").write_text("Name: adversaries\nVersion: 1\n")
    monkeypatch.setenv("PYTHONPATH", f"{folder}:{ROOT}")


def test_several_locales_in_one_run_and_nothing_the_second_time(project: Path) -> None:
    first = run(project)
    assert {each.locale for each in first.catalogs} == {"en-XA", "ar-XB"}
    assert not first.failures
    assert first.asked > 0
    filled = catalogs(project)
    assert all('msgstr ""\n\n' not in text for path, text in filled.items() if "/es/" not in str(path))
    again = run(project)
    assert (again.catalogs, again.asked, catalogs(project)) == ([], 0, filled)


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
def test_gettext_accepts_the_drafts(project: Path) -> None:
    run(project)
    for path in catalogs(project):
        subprocess.run(["msgfmt", "--check", "-o", "/dev/null", path], check=True)


def test_a_dry_run_counts_entries_and_words_and_changes_nothing(project: Path) -> None:
    before = catalogs(project)
    said = done("draft", "-n", "--engine", "pseudo", "-l", "en-XA", cwd=project)
    assert re.search(r"would draft (\d+) entries, \d+ words", said)
    assert catalogs(project) == before
    report = run(project, targets=("en-XA",))
    assert (
        f"would draft {drafted(report)} entries, {sum(each.words for each in report.catalogs)} words" in said
    )


def test_only_some_kinds_and_only_so_many(project: Path) -> None:
    titles = run(project, ids=["bridge"], targets=("en-XA",), only=("title",))
    assert drafted(titles) == 1
    assert drafted(run(project, ids=["bridge"], targets=("en-XA",), limit=2)) == 2
    assert drafted(run(project, ids=["bridge"], targets=("en-XA",))) == 1
    assert "there is no kind of block named 'headline'" in failed(
        2, "draft", "--only", "headline", cwd=project
    )


def test_what_a_translator_wrote_stays_and_fills_its_equals(project: Path) -> None:
    path = project / "locales" / "en-XA" / "LC_MESSAGES" / "bridge.po"
    text = path.read_text(encoding="utf-8")
    entry = 'msgid "It cost 1.2 million."\nmsgstr "'
    path.write_text(text.replace(entry, f"{entry}Mine 1.2."), encoding="utf-8")
    report = run(project, targets=("en-XA",), engine="none")
    assert sum(each.from_memory for each in report.catalogs) == 1
    run(project, targets=("en-XA",), redo=True)
    assert f"{entry}Mine 1.2." in path.read_text(encoding="utf-8")
    other = (path.parent / "tram.po").read_text(encoding="utf-8")
    assert re.search(r"# l10n: draft, memory \d+%, text [0-9a-f]{8}\n(#.*\n)*" + re.escape(entry), other)


def test_reasons_that_many_share_are_told_once(project: Path, plugged: None) -> None:
    done("draft", "-l", "en-XA", "--engine", "pseudo", cwd=project)
    before = catalogs(project)
    result = l10n("draft", "-l", "en-XA", "--redo-drafts", "--engine", "dead", cwd=project)
    told = [line for line in result.stdout.splitlines() if "left as before" in line]
    assert len(told) == 1
    assert re.match(r"\d+ left as before, as in en-XA/\w+: .*: .* fails again and again", told[0])
    assert catalogs(project) == before


def test_a_pseudo_locale_names_the_engine_that_makes_it(project: Path) -> None:
    said = failed(2, "draft", "-l", "en-XA", cwd=project)
    assert "try: l10n draft --engine pseudo -l en-XA" in said


def test_drafts_are_done_anew_by_another_engine(project: Path, plugged: None) -> None:
    done("draft", "--engine", "slow", "-l", "en-XA", cwd=project)
    path = project / "locales" / "en-XA" / "LC_MESSAGES" / "bridge.po"
    text = path.read_text(encoding="utf-8")
    assert "draft, fake 1.0" in text
    path.write_text(text.replace("Ao bridgeo", "A human's bridge"), encoding="utf-8")
    run(project, targets=("en-XA",))
    assert "draft, pseudo" not in path.read_text(encoding="utf-8")
    run(project, targets=("en-XA",), redo=True)
    again = path.read_text(encoding="utf-8")
    assert "draft, pseudo" in again
    assert again.count("draft, fake 1.0") == again.count("A human's bridge") == 1


def test_a_draft_cache_that_is_broken_is_made_anew(project: Path) -> None:
    (project / ".l10n").mkdir(exist_ok=True)
    (project / ".l10n" / "drafts.sqlite").write_bytes(b"no database at all" * 99)
    (project / ".l10n" / "drafted.json").write_text('{"version": 1, "catalogs": [7]}')
    assert drafted(run(project)) > 0


def test_an_engine_that_crashes_costs_only_the_text_that_it_crashed_on(project: Path, plugged: None) -> None:
    write(project, "crash", "They say that models crash. This one is fine.")
    result = l10n("draft", "--engine", "crashing", "-l", "es", "--json", cwd=project)
    assert result.returncode == 0, result.stderr
    empty = [each for row in json.loads(result.stdout)["catalogs"] for each in row["empty"]]
    assert [source for source, _ in empty] == ["They say that models crash."]
    assert "it crashed" in empty[0][1]
    done("check", "-l", "es", cwd=project)
    said = done("draft", "--engine", "crashing", "-l", "es", cwd=project)
    assert "They say that models crash." in said
    assert "0 drafts" in said


def test_an_engine_that_never_works_is_said_so_and_changes_nothing(project: Path, plugged: None) -> None:
    before = catalogs(project)
    said = failed(2, "draft", "--engine", "dead", "-l", "es", cwd=project)
    assert "fails again and again: the model is broken" in said
    assert catalogs(project) == before


def test_a_killed_run_loses_a_batch_at_the_most_and_goes_on(project: Path, plugged: None) -> None:
    lines = [f"This is the line number {number} of this long article." for number in range(600)]
    write(project, "long", "\n\n".join(lines))
    command = [L10N, "draft", "--engine", "slow", "-l", "es"]
    process = subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    cache = project / ".l10n" / "drafts.sqlite-wal"
    until = time.monotonic() + 60
    while time.monotonic() < until and not (cache.exists() and cache.stat().st_size > 60_000):
        time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    result = json.loads(done(*command[1:], "--json", cwd=project))
    drafted = sum(row["drafted"] for row in result["catalogs"])
    assert drafted > 600
    assert result["asked"] < drafted - 250
