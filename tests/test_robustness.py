"""Nothing is lost: killed processes, a full disk, folders that cannot be written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from l10n.cli import main
from l10n.project import load_po, open_project
from tests.commands import L10N
from tests.conftest import ROOT

CONFIG = 'source = "en"\ntargets = ["uk", "en-XA"]\nname = "The Town"\n'
ARTICLE = "# The bridge {0}\n\nThe footbridge has opened again.\n\nIt was closed for {0} years.\n"
DRAFT = ("draft", "--engine", "pseudo", "--locale", "en-XA")


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run `l10n` in this process; its exit code and what it said of errors. A traceback fails the test."""
    said = StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(StringIO()),
        redirect_stderr(said),
    ):
        patch.setattr(sys, "argv", ["l10n", "-C", str(folder), *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
    return int(ended.value.code or 0), said.getvalue()


def done(folder: Path, *arguments: str) -> None:
    assert run(folder, *arguments) == (0, ""), arguments


def failed(folder: Path, code: int, *arguments: str) -> str:
    ended, said = run(folder, *arguments)
    assert ended == code, said
    return said


def make_project(folder: Path) -> Path:
    """A project of some articles; one sentence of the first one is translated."""
    (folder / "seeds").mkdir(parents=True)
    (folder / "l10n.toml").write_text(CONFIG, encoding="utf-8")
    for number in range(3):
        (folder / "seeds" / f"a{number}.md").write_text(ARTICLE.format(number), encoding="utf-8")
    done(folder, "update")
    catalog = mine(folder)
    text = catalog.read_text(encoding="utf-8").replace(f'{SAID}"\nmsgstr ""', f'{SAID}"\nmsgstr "{MEANT}"')
    catalog.write_text(text, encoding="utf-8")
    return folder


SAID = "The footbridge has opened again."
MEANT = "Міст знову відкрили для всіх."


def mine(folder: Path) -> Path:
    return folder / "locales" / "uk" / "LC_MESSAGES" / "a0.po"


def whole(folder: Path) -> None:
    """Every catalog and template can be read, no half file lies about, and the translation is there."""
    for path in sorted((folder / "locales").rglob("*.po*")):
        load_po(path, path.name)
    assert not list((folder / "locales").rglob(".*"))
    assert MEANT in mine(folder).read_text(encoding="utf-8")


def test_killed_commands_lose_nothing_and_the_next_run_finishes() -> None:
    """The short version of scripts/kill_runs.py."""
    script = [sys.executable, str(ROOT / "scripts" / "kill_runs.py"), "--runs", "8", "--articles", "2"]
    result = subprocess.run(script, capture_output=True, text=True, timeout=500, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "8 runs, 2 articles" in result.stdout


def test_what_a_killed_command_left_half_written_is_removed(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "project")
    killed = (
        "import os, pathlib, sys; from l10n.project import open_project, write_chunks\n"
        "from l10n.errors import CatalogError\n"
        "def pieces():\n    yield b'half'\n    os.kill(os.getpid(), 9)\n"
        "with open_project(pathlib.Path(sys.argv[1])).lock():\n"
        "    write_chunks(pathlib.Path(sys.argv[2]), pieces(), CatalogError)"
    )
    subprocess.run([sys.executable, "-c", killed, str(folder), str(mine(folder))], check=False)
    assert len(list((folder / "locales").rglob(".a0.po.*"))) == 1
    with open_project(folder).lock():
        whole(folder)


@contextmanager
def mounted(*arguments: str | Path) -> Iterator[None]:
    """A mount for a while; the test is skipped where none can be made."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can mount")
    made = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.skip(f"cannot mount here: {made.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", arguments[-1]], check=True)


def fill(folder: Path, left: int) -> Path:
    """A file that takes what is left on a disk, but for some bytes."""
    filler, state = folder / "filler", os.statvfs(folder)
    filler.write_bytes(b"x" * max(state.f_bavail * state.f_frsize - left, 0))
    return filler


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with mounted("-t", "tmpfs", "-o", "size=2m", "tmpfs", disk):
        folder = make_project(disk / "project")
        done(folder, *DRAFT)
        done(folder, "build")
        page = (folder / "dist" / "en" / "a0.html").read_bytes()
        (folder / "seeds" / "a0.md").write_text(f"# New\n\n{SAID}\n\n{'More. ' * 500}\n", encoding="utf-8")
        refused = 0
        for left in (0, 12 << 10):
            filler = fill(disk, left)
            for command in (("update",), DRAFT, ("build",)):
                code, said = run(folder, *command)
                assert not code or "no space left on device" in said, said
                refused += bool(code)
                whole(folder)
            assert (folder / "dist" / "en" / "a0.html").read_bytes() == page
            assert not (folder / ".dist.next").exists()
            filler.unlink()
            assert not list((folder / ".l10n").glob("*.broken"))
        assert refused >= 2
        for command in (("update",), DRAFT, ("build",)):
            done(folder, *command)
        whole(folder)
        assert "<h1" in (folder / "dist" / "en" / "a0.html").read_text(encoding="utf-8")
        assert (folder / "dist" / "en" / "a0.html").read_bytes() != page


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder in which nothing can be written for a while, not even by root."""
    with mounted("--bind", folder, folder):
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        yield


def test_in_a_read_only_project_what_only_reads_works_and_the_rest_says_why(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "project")
    with read_only(folder):
        for command in (("status",), ("check",)):
            done(folder, *command)
        for command in (("update",), DRAFT, ("build",)):
            assert "cannot be written: read-only file system" in failed(folder, 2, *command)
        whole(folder)


def test_read_only_catalogs_and_bundles_stay_and_are_named(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "project")
    done(folder, "build")
    before = {path: path.read_bytes() for path in (folder / "dist").rglob("*") if path.is_file()}
    (folder / "seeds" / "a0.md").write_text(f"# New\n\n{SAID}\n", encoding="utf-8")
    with read_only(folder / "locales"):
        said = failed(folder, 1, "update")
        assert "locales/uk/LC_MESSAGES/a0.po: cannot be written" in said
        assert "cannot be written" in failed(folder, 1, *DRAFT)
    with read_only(folder / "dist"):
        assert "dist: cannot be published" in failed(folder, 1, "build")
    whole(folder)
    assert {path: path.read_bytes() for path in before} == before
    for command in (("update",), DRAFT, ("build",)):
        done(folder, *command)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize(
    ("redirected", "code", "words"),
    [
        ("> /dev/full", 1, "the output cannot be written: No space left on device"),
        ("| true", 0, ""),
        (">&-", 0, ""),
        (">&- 2>&-", 0, ""),
    ],
)
def test_an_output_that_is_full_or_closed_is_no_crash(
    tmp_path: Path, redirected: str, code: int, words: str
) -> None:
    folder = make_project(tmp_path / "project")
    for command in ("status", "status --json", "check --notes"):
        line = f"{L10N} -C '{folder}' {command} {redirected}"
        result = subprocess.run(line, shell=True, capture_output=True, text=True, check=False)
        assert result.returncode == code
        assert result.stderr == (f"error: {words}\n" if words else "")
