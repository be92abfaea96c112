"""The tokens of a web page with their places: as much of HTML's tokenization as readers need.

One scan, no tree: broken markup has no effect beyond where it stands. Source: HTML Living Standard,
section 13.2.5.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from enum import IntEnum
from html import unescape
from typing import NamedTuple

from l10n.laziness import expression
from l10n.model import Span


class Type(IntEnum):
    """What a token is."""

    TEXT = 0
    START = 1
    END = 2
    RAW = 3
    """The text of an element that has no markup in it."""
    OTHER = 4
    """A comment, a doctype, an instruction."""


class Token(NamedTuple):
    """A stretch of the page. `name` is a tag's, in lower case; for RAW that of the element around it."""

    type: Type
    start: int
    end: int
    name: str = ""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Attribute(NamedTuple):
    """An attribute's value, decoded, and where it stands without its quotes."""

    value: str
    span: Span
    form: str
    """"double", "single" or "unquoted"."""


_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
VOID = frozenset(_VOID_NAMES.split())
"""Elements that hold nothing and have no end tag."""
RAW_TEXT = {"script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"}
_S = r"[ \t\n\f\r]"
_ATTRIBUTE = rf"""(?P<attribute>=?+[^ \t\n\f\r/>=]++|=)
    (?:{_S}*+={_S}*+(?:"(?P<double>[^"]*+)(?:"|\Z)|'(?P<single>[^']*+)(?:'|\Z)
    |(?P<unquoted>[^ \t\n\f\r>"'][^ \t\n\f\r>]*+))?)?+"""
_MARKUP = expression(
    rf"""<(?P<end>/?)(?P<name>[a-zA-Z][^ \t\n\f\r/>]*+)
      (?:{_S}++|/|{re.sub("[?]P<[a-z]+>", "?:", _ATTRIBUTE)})*+(?:>|\Z)
    | <!--(?:>|->|.*?(?:--!?>|\Z))                    # comment
    | <\?(?:php\b|=).*?(?:\?>|\Z) | <\?[^>]*+(?:>|\Z)  # instructions
    | <%(?:[^%<]++|%(?!>)|<(?!%))*+%>                   # templates
    | <!\[CDATA\[.*?(?:\]\]>|\Z)
    | <!(?!--)[^>]*+(?:>|\Z)                            # doctype
    | </(?:[^a-zA-Z>][^>]*+(?:>|\Z)|>)                  # no end tag
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTES = expression(_ATTRIBUTE, re.VERBOSE)


def tokens(text: str, at: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tokens of a page, or of a range of it, in order and without gaps."""
    end = len(text) if end is None else end
    while at < end:
        for match in _MARKUP.finditer(text, at, end):
            start, stop = match.span()
            if start > at:
                yield Token(Type.TEXT, at, start)
            at = stop
            slash, name = match.group(1, 2)
            if name is None or text[at - 1] != ">":
                yield Token(Type.OTHER, start, at)
                continue
            name = name.lower()
            yield Token(Type.END if slash else Type.START, start, at, name)
            if name in RAW_TEXT and not slash:
                stop = _raw_end(text, at, end, name)
                if stop > at:
                    yield Token(Type.RAW, at, stop, name)
                at = stop
                break
        else:
            if at < end:
                yield Token(Type.TEXT, at, end)
            return


def _raw_end(text: str, at: int, end: int, name: str) -> int:
    match = _CLOSING[name].search(text, at, end)
    return match.start() if match else end


_CLOSING = {name: expression(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW_TEXT}


def attributes(text: str, token: Token, wanted: Container[str] | None = None) -> dict[str, Attribute]:
    """The attributes of a start tag by name, all or those `wanted`; of two with one name the first holds."""
    out: dict[str, Attribute] = {}
    if token.end - token.start == len(token.name) + 2:
        return out
    for match in _ATTRIBUTES.finditer(text, token.start + 1 + len(token.name), token.end - 1):
        name = match[1].lower()
        if name in out or (wanted is not None and name not in wanted):
            continue
        form = match.lastgroup or ""
        if form == "attribute":
            out[name] = Attribute("", Span(match.end(), match.end()), "none")
        else:
            out[name] = Attribute(unescape(match[form]), Span(*match.span(form)), form)
    return out
