"""The reStructuredText writer: text escaped for the place where it stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from l10n.laziness import expression
from l10n.model import Block, Code, CodeKind, Content

_SPACES = expression(r"\s+")
_SIGN = expression(r"[\\`*|@]|_(?![^\W_])|(?<![^\W_])_|:(?=:|//|[\w.+-]+:)|(?<=:):|(?<=^):")
_TERM_SIGN = expression(rf"{_SIGN.pattern}|(?<= ):(?= )")
_ENUMERATOR = expression(r"\(?(?:[0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+|#)[.)](?:\s|$)")
_NAME = expression(r"[^\W_]+(?:[-._+:][^\W_]+)*")
"""What a link is called by without backquotes."""
_QUOTED = expression(r"[\\`]")
_BEFORE = frozenset(" '\"([{<-/:\u2018\u201c\u2019\u00ab\u00a1\u00bf\u2010\u2011\u2012\u2013\u2014")
_AFTER = frozenset(" '\")]}>-/:.,;!?\\\u2019\u201d\u00bb\u2010\u2011\u2012\u2013\u2014")


def write_rst(block: Block) -> str:
    """The text of a block such that it is read as that text at its place.

    A heading is written with the lines above and below it, as long as its text is wide.
    """
    name, *words = block.form.split()
    if name == "option":
        return " ".join("".join(item for item in block.content if isinstance(item, str)).split())
    text = _started(_inline(block.content, _TERM_SIGN if name == "term" else _SIGN))
    if name == "csv":
        text = text.replace('"', '""')
        return f'"{text}"' if "bare" in words else text
    return _title(text, words, dict(block.attributes).get("label", "")) if name == "title" else text


def _title(text: str, words: Sequence[str], label: str) -> str:
    """A heading; where links call it by its text, that becomes a target of its own."""
    line = words[0] * max(_width(text), 4)
    lines = [line, text, line] if "over" in words else [text, line]
    if label:
        quoted = _QUOTED.sub(r"\\\g<0>", label)
        lines = [f".. _`{quoted}`:", "", *lines]
    return ("\r\n" if "crlf" in words else "\n").join(lines)


def _width(text: str) -> int:
    """Columns that a text takes: wide characters two, combining ones none (UAX 11)."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def _inline(content: Content, sign: re.Pattern[str]) -> str:
    """Text and markup; an escaped space, which shows nothing, parts the two where they would not bind."""
    out = ""
    after_markup = False
    for text, is_markup in _chunks(content, sign):
        parted = (
            after_markup or out[-1:] not in _BEFORE if is_markup else after_markup and text[0] not in _AFTER
        )
        out += f"\\ {text}" if parted and out else text
        after_markup = is_markup
    return out


def _chunks(content: Content, sign: re.Pattern[str]) -> Iterator[tuple[str, bool]]:
    """Texts and whole pieces of markup, and which they are; space at the edges of markup stands outside."""
    opened: list[Code] = []
    inner: list[str] = []
    for item in content:
        text = item.text if isinstance(item, Code) else _escape(item, sign, within=bool(opened))
        if isinstance(item, Code) and item.kind is CodeKind.OPEN:
            opened.append(item)
        elif isinstance(item, Code) and item.kind is CodeKind.CLOSE:
            said = "".join(inner)
            inner.clear()
            yield from ((space, False) for space in (" ",) if said.startswith(" "))
            yield _closed(opened.pop().text, said.strip(" "), item), True
            yield from ((space, False) for space in (" ",) if said.endswith(" "))
        elif opened:
            inner.append(text)
        elif text:
            yield text, isinstance(item, Code)


def _closed(opening: str, text: str, closing: Code) -> str:
    """A pair with what is in it; a link known by its text names its target apart once that changes."""
    label = dict(closing.attributes).get("label", "")
    if not opening and closing.text == "__" and not _NAME.fullmatch(text):
        return f"`{text}`__"
    return f"`{text} <{label}_>`_" if label and text != label else f"{opening}{text}{closing.text}"


def _escape(text: str, sign: re.Pattern[str], *, within: bool) -> str:
    """Text in which nothing is markup."""
    text = sign.sub(lambda match: f"\\{match[0]}", _SPACES.sub(" ", text))
    return text.replace("<", "\\<") if within else text


def _started(text: str) -> str:
    """Escaped text that begins no list, table, field, comment or heading."""
    text = text.strip(" ")
    safe = text[:1].isalpha() and not _ENUMERATOR.match(text)
    return text if safe or text.startswith(("\\", "*", "`", "|", ":", "[", "_")) else f"\\{text}"
