"""The HTML writer: text escaped for the place where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import escape

from l10n import inline
from l10n.laziness import expression
from l10n.model import Block, Code

_ESCAPED = frozenset(("text", "rcdata", "double", "single"))
_DOUBTFUL = expression("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = expression(r"[ \t\n\f\r]+")


def write_html(block: Block) -> str:
    """The block's text with its codes. A text can open or close nothing, whatever it holds."""
    shown = [item.text if isinstance(item, Code) else escape_html(item, block.form) for item in block.content]
    return "".join(shown)


def is_certain(block: Block) -> bool:
    """Whether what is written for a changed block is surely read as it was meant.

    Escaped text is never markup. So doubt is only where codes were moved, where nothing is left to be
    seen, and where a character is none of HTML's (13.2.3.5, 13.2.5).
    """
    shown = block.shown
    text = "".join(item for item in shown if isinstance(item, str))
    return (
        block.form in _ESCAPED
        and not _DOUBTFUL.search(text)
        and any(not char.isspace() and char.isprintable() for char in text)
        and inline.codes(shown) == inline.codes(block.content)
    )


def escape_html(text: str, form: str) -> str:
    """A text as HTML holds it where the form says, its white space as HTML shows it."""
    return _RULES[form](_SPACES.sub(" ", text))


def _text(text: str) -> str:
    return escape(text, quote=False)


def _unquoted(text: str) -> str:
    """A value without quotes: all that could end it becomes a character reference."""
    return re.sub(r"[\s\"'=<>`&]", lambda match: f"&#{ord(match[0])};", text)


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1].replace("<", "\\u003c")


_RULES: Mapping[str, Callable[[str], str]] = {
    "text": _text,
    "rcdata": _text,
    "double": escape,
    "single": escape,
    "unquoted": _unquoted,
    "json": _json,
}
