"""Nothing goes over a network unless a model is to be installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.test_robustness import make_project

GUARD = """\
import os, sys

def hook(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        asked = not isinstance(arguments[1], (str, bytes))  # those are addresses of AF_UNIX
    else:
        asked = event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.bind")
    if asked:
        with open(os.environ["CALLS"], "a", encoding="utf-8") as file:
            file.write(f"{event} {arguments[1:]!r}\\n")
        raise OSError("no network in this test")

sys.addaudithook(hook)
"""
"""Python runs this at the start of every process; what it hooks cannot be gone around in Python."""
COMMANDS = """
extract
update
draft --engine pseudo --locale en-XA
check
status
build
render seeds/a0.md -c locales/en-XA/LC_MESSAGES/a0.po -o a0.md
export -a a0 -l en-XA -f xliff -o a0.xliff
segment seeds/a0.md
negotiate --available en,uk --desired uk;q=0.8
"""
DRIVER = """\
import sys
from l10n.cli import main
for line in sys.argv[1].strip().splitlines():
    sys.argv = ["l10n", *line.split()]
    try:
        main()
    except SystemExit as ended:
        if ended.code:
            sys.exit(f"{line}: exit {ended.code}")
"""


def guarded(
    code: str, *arguments: str, folder: Path, place: Path
) -> tuple[subprocess.CompletedProcess[str], str]:
    """Run Python under the guard, where the system can in a network of its own; what it asked for."""
    (place / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    calls = place / "calls"
    calls.write_text("", encoding="utf-8")
    alone = ["unshare", "-n"] if _can_unshare() else []
    result = subprocess.run(
        [*alone, sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(place), "CALLS": str(calls)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return result, calls.read_text(encoding="utf-8")


def _can_unshare() -> bool:
    program = shutil.which("unshare")
    return (
        program is not None and subprocess.run([program, "-n", "true"], capture_output=True).returncode == 0
    )


def test_no_command_asks_a_network(tmp_path: Path) -> None:
    (tmp_path / "guard").mkdir()
    folder = make_project(tmp_path / "project")
    result, calls = guarded(DRIVER, COMMANDS, folder=folder, place=tmp_path / "guard")
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr
    assert calls == ""
    assert (folder / "dist" / "en-XA" / "a0.html").is_file()
    assert (folder / "a0.xliff").is_file()


def test_the_guard_notices(tmp_path: Path) -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    result, calls = guarded(code, folder=tmp_path, place=tmp_path)
    assert result.returncode == 1
    assert "no network in this test" in result.stderr
    assert calls.startswith("socket.")
