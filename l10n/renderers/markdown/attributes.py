"""Texts within markup: alternative texts and titles of images and links, attributes of raw tags."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from l10n.model import Code, Content
from l10n.renderers.html import escape_html
from l10n.renderers.markdown.escapes import Context, clean, escape, reference

_SIGN = re.compile(r"\{(?=[{%:])|\$(?![0-9])|:(?=::)")
"""What begins a template tag, a formula or an admonition."""
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


def write_inner_html(content: Content, rule: str, cell: bool) -> str:
    """A text of HTML, or of a tag's attribute, that begins no template tag or formula either."""
    pipe = reference("|") if cell else "|"
    shown = (item if isinstance(item, Code) else _inert(escape_html(item, rule), pipe) for item in content)
    return "".join(item.text if isinstance(item, Code) else item for item in shown)


def _inert(text: str, pipe: str) -> str:
    return _SIGN.sub(lambda match: reference(match[0]), text).replace("|", pipe)


ATTRIBUTES: dict[str, Callable[[Content, bool], str]] = {
    "title-double": partial(_title, '"'),
    "title-single": partial(_title, "'"),
    "title-paren": partial(_title, "()"),
}
"""Writers by the form of a block: its content, and whether it stands in a cell of a table."""
