"""Texts within markup: alternative texts and titles of images and links, attributes of raw tags."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape as escape_html

from l10n.model import Code, Content
from l10n.renderers.markdown.escapes import Context, clean, escape, reference

_SIGN = re.compile(r"\{(?=[{%:])|\$(?![0-9])")
"""What begins a template tag, or a formula."""
_BACKSLASH = re.compile(r"\\(?![A-Za-z0-9\x80-\U0010ffff ])")
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]+;)")


def write_alt(content: Content, cell: bool, label: str) -> str:
    """An alternative text. One that was the label of its image is followed by that label."""
    text = _joined(content, lambda text: escape(text, Context(link=True, cell=cell)))
    return f"{text}][{label}" if label else text


def _joined(content: Content, escaped: Callable[[str], str]) -> str:
    return "".join(item.text if isinstance(item, Code) else escaped(clean(item)) for item in content)


def _title(quotes: str, content: Content, cell: bool) -> str:
    """A title of a link or an image (CommonMark 0.31.2, section 6.3), less the quotes around it."""

    def escaped(text: str) -> str:
        text = _ENTITY.sub("&amp;", _BACKSLASH.sub(r"\\\\", text))
        text = re.sub(f"[{re.escape(quotes)}]", lambda m: f"\\{m[0]}", text)
        return _inert(text, "\\|" if cell else "|")

    return _joined(content, escaped)


def _attribute(quote: str, content: Content, cell: bool) -> str:
    """A value of an attribute of a raw tag, less the quotes around it."""

    def escaped(text: str) -> str:
        text = escape_html(text, quote=False).replace(quote, reference(quote))
        return _inert(text, reference("|") if cell else "|")

    return _joined(content, escaped)


def _inert(text: str, pipe: str) -> str:
    return _SIGN.sub(lambda match: reference(match[0]), text).replace("|", pipe)


ATTRIBUTES: dict[str, Callable[[Content, bool], str]] = {
    "title-double": partial(_title, '"'),
    "title-single": partial(_title, "'"),
    "title-paren": partial(_title, "()"),
    "attribute-double": partial(_attribute, '"'),
    "attribute-single": partial(_attribute, "'"),
}
"""Writers by the form of a block: its content, and whether it stands in a cell of a table."""
