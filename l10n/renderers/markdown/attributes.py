"""Texts within markup: alternative texts and titles of images and links, attributes of raw tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import partial

from l10n.laziness import expression
from l10n.model import Code, Content
from l10n.renderers.html import escape_html
from l10n.renderers.markdown.escapes import Context, clean, escape, no_script, reference

_SIGN = expression(r"\{(?=[{%:.#])|(?<=[)\]`*_>])\{(?=[\w-])|\$(?![0-9])|:(?=::)")
"""What begins a template tag, a formula or an admonition."""
_SIGN_IN_MDX = expression(rf"\{{|{_SIGN.pattern}")
_BACKSLASH = expression(r"\\(?![A-Za-z0-9\x80-\U0010ffff ])")
_ENTITY = expression(r"&(?=#?[A-Za-z0-9]+;)")


def write_alt(content: Content, words: Collection[str], label: str) -> str:
    """An alternative text. One that was the label of its image is followed by that label."""
    text = _joined(
        content, lambda text: escape(text, Context(link=True, cell="cell" in words, mdx="mdx" in words))
    )
    return f"{text}][{label}" if label else text


def _joined(content: Content, escaped: Callable[[str], str]) -> str:
    return "".join(item.text if isinstance(item, Code) else escaped(clean(item)) for item in content)


def _title(quotes: str, content: Content, words: Collection[str]) -> str:
    """A title of a link or an image (CommonMark 0.31.2, section 6.3), less the quotes around it."""

    def escaped(text: str) -> str:
        text = _ENTITY.sub("&amp;", _BACKSLASH.sub(r"\\\\", text))
        text = re.sub(f"[{re.escape(quotes)}]", lambda m: f"\\{m[0]}", text)
        return _inert(text, words, "\\|")

    return _joined(content, escaped)


def write_inner_html(content: Content, rule: str, words: Collection[str]) -> str:
    """A text of HTML, or of a tag's attribute, that begins no template tag or formula either."""

    def escaped(text: str) -> str:
        return _inert(no_script(escape_html(text, rule)), words, reference("|"))

    return "".join(item.text if isinstance(item, Code) else escaped(item) for item in content)


def _box_title(content: Content, words: Collection[str]) -> str:
    """The title of an admonition: in quotes, in brackets, or at the end of its line."""

    def escaped(text: str) -> str:
        text = _ENTITY.sub("&amp;", " ".join(text.split())).replace('"', "&quot;")
        text = re.sub(r"[\[\]]|\\(?![\w\s])", lambda m: f"\\{m[0]}", text)
        return _inert(text.replace("`", reference("`")) if text.count("`") % 2 else text, words, "|")

    text = _joined(content, escaped)
    return f"\\{text}" if text.startswith("{") else text


def _inert(text: str, words: Collection[str], pipe: str) -> str:
    """An escaped text in which nothing is read as more than text by what comes before Markdown."""
    sign = _SIGN_IN_MDX if "mdx" in words else _SIGN
    text = sign.sub(lambda match: reference(match[0]), text)
    return text.replace("|", pipe) if "cell" in words else text


ATTRIBUTES: dict[str, Callable[[Content, Collection[str]], str]] = {
    "title-double": partial(_title, '"'),
    "title-single": partial(_title, "'"),
    "title-paren": partial(_title, "()"),
    "box-title": _box_title,
}
"""Writers by the form of a block: its content, and the words that follow in the form."""
