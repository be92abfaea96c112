"""Runs of inline content: the text and codes between two block boundaries -> Content and span."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from sys import intern

from l10n.laziness import expression
from l10n.model import Attributes, Code, CodeKind, Content, Span, joined
from l10n.records import record

_SPACE = " \t\n\f\r"
SPACES = expression(r"[ \t\n\f\r]+")
"""What HTML collapses; a no-break space is text."""
_COLLAPSED = expression(r"[\t\n\f\r][ \t\n\f\r]*+| [ \t\n\f\r]++")
"""The same, but for the single spaces, of which a text is full and which stay."""
_DELETABLE = frozenset(("em", "strong", "b", "i", "u", "s", "small", "mark", "wbr", "br"))
_COPIED = frozenset(("br", "wbr"))
_SHOWN = frozenset(("img", "input", "math", "meter", "progress", "svg"))
"""Void elements, and others without text, that stand between words like a word."""


@record(frozen=True, slots=True)
class Run:
    """A run as a reader sees it, and the range of the page that it was read from."""

    content: Content
    span: Span


def tag_of(name: str) -> str:
    """An element's name as the tag of a code, which has letters only."""
    return name if name.isascii() and name.isalpha() else "x"


def code(
    kind: CodeKind, tag: str, span: Span, page: str, attributes: Attributes = (), inner: str = ""
) -> Code:
    """A piece of markup as a code."""
    return Code(
        kind,
        tag,
        span,
        intern(span.of(page)),
        attributes,
        inner,
        tag in _DELETABLE,
        tag in _COPIED,
    )


is_blank = re.compile(r"[ \t\n\f\r]*").fullmatch
"""Whether a text, or a range of it, is but white space."""


def is_seen(content: Content) -> bool:
    """Whether a visitor sees any text in it."""
    return any(_has_sign(item) for item in content if isinstance(item, str))


def _has_sign(text: str) -> bool:
    return text[:1].isalnum() or any(not char.isspace() and char.isprintable() for char in text)


def _is_shown(page: str, item: Span | Code) -> bool:
    return isinstance(item, Code) or not is_blank(page, item.start, item.end)


def run(page: str, items: list[Span | Code]) -> Run | None:
    """The run of some texts (by their places) and codes; None where nothing is to be seen in it."""
    if len(items) == 1 and isinstance(items[0], Span):
        return _plain(page, items[0])
    first = next((at for at, item in enumerate(items) if _is_shown(page, item)), len(items))
    items = items[first:]
    while items and not _is_shown(page, items[-1]):
        items.pop()
    if not items:
        return None
    items = _trimmed(page, items)
    content = _collapsed(page, _balanced(items))
    start, end = (item.span if isinstance(item, Code) else item for item in (items[0], items[-1]))
    return Run(content, Span(start.start, end.end)) if content else None


def _plain(page: str, span: Span) -> Run | None:
    """The run of one text, as most are."""
    raw = span.of(page)
    trimmed = raw.strip(_SPACE)
    if not trimmed:
        return None
    start = span.start + len(raw) - len(raw.lstrip(_SPACE))
    return Run((_decoded(trimmed),), Span(start, start + len(trimmed)))


def _decoded(raw: str) -> str:
    """A text of the page as a visitor reads it."""
    return _COLLAPSED.sub(" ", unescape(raw) if "&" in raw else raw).replace("\0", "\ufffd")


def _trimmed(page: str, items: list[Span | Code]) -> list[Span | Code]:
    """The items, white space at both ends cut off."""
    first, last = items[0], items[-1]
    if isinstance(first, Span):
        match = SPACES.match(page, first.start, first.end)
        items[0] = Span(match.end() if match else first.start, first.end)
    if isinstance(last, Span):
        text = items[-1].of(page) if isinstance(items[-1], Span) else ""
        items[-1] = Span(last.end - len(text), last.end - len(text) + len(text.rstrip(_SPACE)))
    return items


def _balanced(items: list[Span | Code]) -> list[Span | Code]:
    """The items, codes whose partner is not in the run made to stand alone."""
    opened: list[int] = []
    alone: set[int] = set()
    for at, item in enumerate(items):
        if isinstance(item, Span) or item.kind is CodeKind.STANDALONE:
            continue
        if item.kind is CodeKind.OPEN:
            opened.append(at)
        elif opened and _tag(items[opened[-1]]) == item.tag:
            opened.pop()
        else:
            alone.add(at)
    alone.update(opened)
    if not alone:
        return items
    return [_alone(item) if at in alone else item for at, item in enumerate(items)]


def _tag(item: Span | Code) -> str:
    return item.tag if isinstance(item, Code) else ""


def _alone(item: Span | Code) -> Span | Code:
    return replace(item, kind=CodeKind.STANDALONE) if isinstance(item, Code) else item


def _collapsed(page: str, items: list[Span | Code]) -> Content:
    """Text decoded, white space collapsed over the codes between, none at the ends."""
    out: list[str | Code] = []
    after_space = True
    for item in items:
        if isinstance(item, Code):
            out.append(item)
            after_space = item.tag == "br" or (after_space and not item.inner and item.tag not in _SHOWN)
            continue
        text = _decoded(page[item.start : item.end])
        text = text.removeprefix(" ") if after_space else text
        after_space = text.endswith(" ") if text else after_space
        out.append(text)
    return joined([tuple(_ended(out))])


def _ended(items: list[str | Code]) -> list[str | Code]:
    """The items without the space at their end, before closing codes too."""
    for at in range(len(items) - 1, -1, -1):
        item = items[at]
        if isinstance(item, str) and item:
            items[at] = item.removesuffix(" ")
            break
        if isinstance(item, Code) and item.kind is not CodeKind.CLOSE:
            break
    return items
