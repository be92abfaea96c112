"""Texts that a format would take for markup, and documents made of its markup, for the laws of readers."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import strategies as st

_FOLDER = Path(__file__).parent / "data" / "soups"
"""The pieces of each format's markup, one a line; ↵ is a line end, · a space, \\u.... a character."""


def pieces(format: str) -> list[str]:
    """The pieces that documents of a format are made of."""
    text = (_FOLDER / f"{format}.txt").read_text(encoding="utf-8")
    return [_spelled(line) for line in text.splitlines()]


def _spelled(line: str) -> str:
    for sign, meant in (("↵", "\n"), ("·", " "), ("¦", "|")):
        line = line.replace(sign, meant)
    return re.sub(
        r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|[rtn])", lambda m: m[0].encode().decode("unicode_escape"), line
    )


FORMATS = sorted(path.stem for path in _FOLDER.glob("*.txt"))

SIGNS = (
    [
        "⟦",
        "⟧",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "\r\n",
        "\u00a0",
        "\u2028",
        "\ufeff",
        "\u200b",
        "é",
        "日本",
        "a",
        "Z",
        "1",
        "5",
    ],
    [
        "<b>",
        "</p><p>",
        "<!-- ",
        " -->",
        "<script>",
        "</script>",
        "</title>",
        "<![CDATA[",
        "]]>",
        "<?php ",
        "<",
        ">",
    ],
    ['"', "'", '" onload="x', "&", "&amp;", "&lt;", "&#0;", "&notit;"],
    [
        "# ",
        " #",
        "- ",
        "1. ",
        "> ",
        "    ",
        "===",
        "---",
        "***",
        "```",
        "~~~",
        "`",
        "*",
        "**",
        "_",
        "__",
        "~",
        "~~",
    ],
    [
        "[",
        "](/x)",
        "[x]: /y",
        "![",
        "]",
        "[^1]",
        "[^1]: ",
        "[x] ",
        "[ ] ",
        "| ",
        " | a |",
        "|---|",
        "\\",
        "\\\\",
    ],
    [
        "{{ x }}",
        "{% x %}",
        "{: .x}",
        "{#x}",
        "+++",
        ":::note",
        "/// note",
        '--8<-- "x"',
        "{ .x }",
        ": ",
        "!!! note ",
        "$",
        "$$",
        "$x$",
        "${x}",
    ],
    [
        "https://example.org/a_b",
        "www.example.org",
        "<http://x.y>",
        "a@b.co",
        "import x from 'y'",
        "<A b={c}/>",
    ],
    [
        "= ",
        "null",
        "true",
        "2026-01-01",
        "'''",
        '"""',
        "%",
        "@",
        "* ",
        "– ",
        "• ",
        ".. x::",
        "::",
        "|x|",
        "\\u0041",
        "%s",
    ],
)
"""What begins, ends or separates something in one of our formats."""
TARGETS = st.lists(
    st.sampled_from([sign for line in SIGNS for sign in line])
    | st.text(st.characters(codec="utf-8"), max_size=3),
    max_size=6,
).map("".join)


def documents(format: str) -> st.SearchStrategy[str]:
    """Texts that hold much of a format's markup, most of it broken."""
    return st.lists(st.sampled_from(pieces(format)), max_size=16).map("".join)
