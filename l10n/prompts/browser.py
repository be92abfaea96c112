"""The script of the prompt: the decision and the words of a site's locales in one file for the browser."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple
from importlib.resources import files

from l10n.locales import direction
from l10n.prompts.tables import cut_table
from l10n.prompts.words import Words

_NOTICE = "/* Code: Apache-2.0. Locale data: Unicode CLDR, (c) Unicode, Inc., unicode.org/license.txt */\n"
DATA = "__SITE__"
"""What stands in the code for the site's data."""
MINIFIED = "prompt.min.js"
_SOURCES = ("negotiation.js", "prompt.js")


def script(available: Sequence[str], words: Mapping[str, Words], editions: Collection[str] = ()) -> str:
    """The script for a site with these locales; only those with words are ever offered.

    `editions` are languages whose regional editions or scripts may be offered to readers of another
    one. The same input gives the same text. It makes no request and stores nothing before a click.
    """
    site = {
        **cut_table(available),
        "editions": sorted(editions),
        "words": {tag: astuple(words[tag]) for tag in sorted(words)},
        "rtl": sorted(tag for tag in words if direction(tag) == "rtl"),
    }
    data = json.dumps(site, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return _NOTICE + _file(MINIFIED).partition("\n")[2].replace(DATA, data)


def source() -> str:
    """The code of the script before it is made shorter."""
    parts = "".join(_file(name) for name in _SOURCES)
    return f'(function () {{\n"use strict";\n{parts}prompt(negotiation, {DATA});\n}})();\n'


def head() -> str:
    """The first line of the shortened code, which says what it was made from."""
    digest = hashlib.sha256(source().encode("utf-8")).hexdigest()
    return (
        f"// Own code, Apache-2.0; made by scripts/build_prompt_script.py from sources with sha256 {digest}"
    )


def _file(name: str) -> str:
    return (files("l10n.prompts") / "data" / name).read_text(encoding="utf-8")
