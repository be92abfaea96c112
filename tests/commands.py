"""Running the command as a user does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

L10N = str(Path(sys.executable).with_name("l10n"))


def l10n(*arguments: str | Path, cwd: Path, input: str = "") -> subprocess.CompletedProcess[str]:
    """Run `l10n` in a folder, without a terminal."""
    return subprocess.run(
        [L10N, *map(str, arguments)],
        cwd=cwd,
        input=input,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "120", "NO_COLOR": "1"},
        timeout=120,
        check=False,
    )


def done(*arguments: str | Path, cwd: Path, input: str = "") -> str:
    """Run `l10n`, which must succeed; what it printed."""
    result = l10n(*arguments, cwd=cwd, input=input)
    assert result.returncode == 0, f"{arguments}: exit {result.returncode}\n{result.stdout}\n{result.stderr}"
    return result.stdout


def failed(code: int, *arguments: str | Path, cwd: Path) -> str:
    """Run `l10n`, which must end with that exit code, in words and without a traceback; what it said."""
    result = l10n(*arguments, cwd=cwd)
    assert result.returncode == code, (
        f"{arguments}: exit {result.returncode}\n{result.stdout}\n{result.stderr}"
    )
    assert "Traceback" not in result.stderr
    return result.stderr
