#!/usr/bin/env python3
"""Make l10n/prompts/data/prompt.min.js from negotiation.js and prompt.js beside it.

    scripts/build_prompt_script.py

runs the pinned version of `terser` with npm in a temporary folder. The first line of what it writes holds a
digest of the sources, so that the tests notice when they have changed since.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))
from l10n.prompts.browser import DATA, MINIFIED, head, source  # noqa: E402

TERSER = "terser@5.44.1"


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        npm = ["npm", "install", "--no-audit", "--no-fund", "--silent", TERSER]
        subprocess.run(npm, cwd=folder, check=True)
        terser = [
            f"{folder}/node_modules/.bin/terser",
            "--ecma",
            "2017",
            "--compress",
            "passes=2",
            "--mangle",
        ]
        run = subprocess.run(terser, input=source(), capture_output=True, text=True, check=True)
    path = HERE / "l10n" / "prompts" / "data" / MINIFIED
    path.write_text(f"{head()}\n{run.stdout.strip()}\n", encoding="utf-8")
    assert DATA in run.stdout
    return 0


if __name__ == "__main__":
    sys.exit(main())
