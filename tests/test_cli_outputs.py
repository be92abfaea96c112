"""What the command shows on terminals of any width, without colours, and in other encodings than UTF-8."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.commands import L10N, done

CONFIG = 'source = "en"\ntargets = ["uk"]\n'
COLOURS = re.compile(r"\x1b\[[0-9;]*[349][0-9]")
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose articles have names that some program could take for more than names."""
    (tmp_path / "l10n.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    for name in ("[red]bold[", "міст-" + "a" * 60):
        (tmp_path / "seeds" / f"{name}.md").write_text("# Eight words\n\nStand in this article.\n", "utf-8")
    done("update", cwd=tmp_path)
    return tmp_path


def on_terminal(project: Path, *arguments: str, **variables: str) -> str:
    """What a terminal gets from a command."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", **variables}
    process = subprocess.Popen([L10N, *arguments], cwd=project, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 65536):
            said += part
    except OSError:  # the terminal ends with its last program
        pass
    process.wait(timeout=60)
    os.close(ours)
    return said.decode("utf-8").replace("\r\n", "\n").rpartition("\r")[2]


@pytest.mark.parametrize("columns", [30, 40, 80, 100, 160])
def test_a_table_is_readable_on_a_terminal_of_any_width(project: Path, columns: int) -> None:
    plain = ESCAPES.sub("", on_terminal(project, "status", COLUMNS=str(columns)))
    words = " ".join(plain.split())
    assert "[red]bold[" in words
    for name in ("words", "empty", "publish", "title", "translated", "en → uk", "6"):
        assert name in words
    assert words.count("is not") == 2 or columns > 60
    cut = [line for line in plain.splitlines() if len(line.rstrip()) > columns and "aaa" not in line]
    assert not cut


def test_a_table_for_another_program_breaks_no_name(project: Path) -> None:
    assert "міст-" + "a" * 60 in done("status", cwd=project)


def test_who_wants_no_colours_gets_none(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for command in (["status"], ["check", "--notes"], ["status", "-l", "pl"]):
        assert COLOURS.search(on_terminal(project, *command, COLUMNS="160"))
        assert not COLOURS.search(on_terminal(project, *command, COLUMNS="160", NO_COLOR="1"))


def run(project: Path, variables: Mapping[str, str], *arguments: str) -> bytes:
    environment = {**os.environ, **variables}
    result = subprocess.run([L10N, *arguments], cwd=project, env=environment, capture_output=True, check=True)
    return result.stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
def test_what_an_output_cannot_hold_is_escaped_and_data_is_always_utf_8(project: Path, encoding: str) -> None:
    variables = {"PYTHONIOENCODING": encoding}
    shown = run(project, variables, "status").decode("utf-8" if encoding == "ascii" else encoding)
    assert ("міст-" if encoding == "ascii" else "\\u043c\\u0456\\u0441\\u0442-") in shown
    assert run(project, variables, "check", "--notes")
    report = json.loads(run(project, variables, "status", "--json"))
    assert {row["status"]["article"] for row in report["rows"]} == {"[red]bold[", "міст-" + "a" * 60}
    for format in ("json", "sarif", "junit", "github"):
        assert "міст-" in run(project, variables, "check", "--format", format).decode("utf-8")
