"""Running text with its markup: emphasis that still binds beside new words, lines that begin no block."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from l10n.laziness import expression
from l10n.model import Code, CodeKind, Content
from l10n.renderers.markdown.escapes import (
    Context,
    after_bracket,
    at_heading_end,
    at_line_end,
    at_line_start,
    clean,
    context,
    escape,
    reference,
)

_BREAK = expression(r"[\r\n][ \t>]*$")
_BRACKET = expression(r"\\.|[\[\]]", re.DOTALL)
_BARE = expression(r"https?://|www\.")
_ADDRESS_END = expression(r"[?!.,:;*_~'\")]*(?:\s+\S|<|\Z)")
"""What ends an address without brackets and is no part of it (GFM 0.29, section 6.9)."""
_EMPHASES = {"em": "Emphasis", "strong": "Strong", "del": "Strikethrough"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where running text stands."""

    line: bool = False
    """At the beginning of a line, where text may begin a block."""
    heading: bool = False
    cell: bool = False
    refs: bool = False
    """In a document that defines labels: every bracketed text may be one."""
    mdx: bool = False
    """In MDX, where braces hold expressions and every less-than sign begins a tag."""


Edges = Mapping[int, tuple[bool, bool]]
"""Which texts' first and last characters are written as references, by their index in the content."""


def write_inline(content: Content, place: Place) -> str:
    """The content as Markdown, in the plainest way that is read as meant."""
    items = [item if isinstance(item, Code) else clean(item) for item in content]
    parts = _parts(items, place, {})
    if _binds(items, parts):
        return "".join(parts)
    edges = _edges(items, parts)
    parts = _parts(items, place, edges)
    if not _binds(items, parts):
        parts = _parts([_as_element(item) for item in items], place, {})
    return "".join(parts)


def _parts(items: Sequence[str | Code], place: Place, edges: Edges) -> list[str]:
    """Each item as it is written."""
    base = context(
        [item for item in items if isinstance(item, str)],
        [item.text for item in items if isinstance(item, Code)],
        refs=place.refs,
        cell=place.cell,
        mdx=place.mdx,
    )
    parts: list[str] = []
    links: list[int] = []
    brackets = 0
    for index, item in enumerate(items):
        after = items[index + 1] if index + 1 < len(items) else None
        brackets += _opened(parts[-1]) if parts else 0
        if isinstance(item, Code):
            parts.append(_markup(item, parts, links, after, brackets > 0))
        else:
            here = replace(base, link=bool(links), next=after.text if isinstance(after, Code) else "")
            first, last = edges.get(index, (False, False))
            parts.append(_placed(_text(item, here, first, last), parts, after, place))
    return parts


def _opened(part: str) -> int:
    """How many brackets a part opens more than it closes."""
    found = _BRACKET.findall(part) if "[" in part or "]" in part else []
    return found.count("[") - found.count("]")


def _markup(
    code: Code, parts: Sequence[str], links: list[int], after: str | Code | None, bracketed: bool
) -> str:
    """A code's text; a link whose text was its label gets the label after its new text.

    `bracketed`: a bracket is open, after which GitHub's parser finds no bare address.
    """
    if code.tag != "a" or code.text.startswith("<"):
        return code.text
    if code.kind is CodeKind.STANDALONE:
        bare = _BARE.match(code.text) and (bracketed or not _ends_address(code.text, after))
        return f"<{dict(code.attributes)['href']}>" if bare else code.text
    if code.kind is CodeKind.OPEN:
        links.append(len(parts))
        return code.text
    label = dict(code.attributes).get("label")
    same = "".join(parts[links.pop() + 1 :]) == label
    return code.text if label is None or same else f"][{label}]"


def _ends_address(address: str, after: str | Code | None) -> bool:
    """Whether what follows an address without brackets would not be read as more of it."""
    if isinstance(after, Code):
        return after.text[:1] in ("*", "_", "~", "<", "\\", " ", "\r", "\n")
    end = _ADDRESS_END.match(after or "")
    if not end:
        return False
    opened = address.count("(") > address.count(")") and ")" in end[0]
    return not opened and not (end[0].startswith(";") and "&" in address)


def _text(text: str, here: Context, first: bool, last: bool) -> str:
    """One text escaped, its first or last character as a reference where that is asked for."""
    head = reference(text[0]) if first else ""
    text = text[1:] if first else text
    tail = reference(text[-1]) if last and text else ""
    return head + escape(text[:-1] if tail else text, here) + tail


def _placed(text: str, parts: Sequence[str], after: str | Code | None, place: Place) -> str:
    """Escaped text so that it keeps its meaning at the edges of lines and beside brackets."""
    before = parts[-1] if parts else ""
    new_line = bool(_BREAK.search(before))
    if new_line or (place.line and not parts):
        text = at_line_start(text)
    elif not parts:
        text = reference(text[0]) + text[1:] if text[:1] in (" ", "\t") else text
    elif before.endswith("]"):
        text = after_bracket(text, first=before == "]" and parts[0].startswith("["))
    elif before.endswith("$") and (text[:1].isalnum() or text[:1] == "_"):
        text = reference(text[0]) + text[1:]
    if after is None and place.heading:
        text = at_heading_end(text)
    if after is None or (isinstance(after, Code) and _BREAK.search(after.text)):
        text = at_line_end(text)
    return text


def _is_delimiter(item: str | Code) -> bool:
    return isinstance(item, Code) and item.tag in _EMPHASES and not item.text.startswith("<")


def _as_element(item: str | Code) -> str | Code:
    """Emphasis as the HTML element that means the same and needs no neighbours."""
    if not isinstance(item, Code) or not _is_delimiter(item):
        return item
    return replace(item, text=f"</{item.tag}>" if item.kind is CodeKind.CLOSE else f"<{item.tag}>")


def _binds(items: Sequence[str | Code], parts: Sequence[str]) -> bool:
    """Whether the parser finds the emphasis where it is meant; other markup is replaced by its like."""
    wanted = [
        ("End" if item.kind is CodeKind.CLOSE else "Start", _EMPHASES[item.tag])
        for item in items
        if isinstance(item, Code) and _is_delimiter(item)
    ]
    if not wanted:
        return True
    from pyromark import Options, events

    probe = "x " + "".join(_stand_in(item, part) for item, part in zip(items, parts, strict=True))
    found = []
    for event in events(probe, options=Options.ENABLE_STRIKETHROUGH):
        for name, value in event.items() if isinstance(event, dict) else ():
            if isinstance(value, str) and value in _EMPHASES.values() and name in ("Start", "End"):
                found.append((name, value))
    return found == wanted


def _stand_in(item: str | Code, part: str) -> str:
    """What a parser of emphasis sees of a part: letters, white space or punctuation at its ends."""
    if isinstance(item, str) or _is_delimiter(item):
        return part
    if _BREAK.search(part):
        return " "
    return ("x" if part[:1].isalnum() else "(") + ("x" if part[-1:].isalnum() else ")")


def _edges(items: Sequence[str | Code], parts: Sequence[str]) -> Edges:
    """The characters that keep emphasis from binding: white space within it, letters outside."""
    edges: dict[int, tuple[bool, bool]] = {}
    for index, item in enumerate(items):
        if not isinstance(item, Code) or not _is_delimiter(item):
            continue
        opens = item.kind is CodeKind.OPEN
        before, after = _neighbour(items, index, -1), _neighbour(items, index, 1)
        left = _edge(parts, before, -1)
        right = _edge(parts, after, 0)
        if _flanks(left, right, item.text[0], opens):
            continue
        inner, outer = (right, left) if opens else (left, right)
        if left and (inner.isspace() if not opens else outer.isalnum()):
            edges[before] = (edges.get(before, (False, False))[0], True)
        if right and (inner.isspace() if opens else outer.isalnum()):
            edges[after] = (True, edges.get(after, (False, False))[1])
    return {index: edge for index, edge in edges.items() if isinstance(items[index], str)}


def _neighbour(items: Sequence[str | Code], index: int, step: int) -> int:
    """The index of the next item in a direction that is no delimiter; -1 where there is none."""
    index += step
    while 0 <= index < len(items) and _is_delimiter(items[index]):
        index += step
    return index if index < len(items) else -1


def _edge(parts: Sequence[str], index: int, at: int) -> str:
    return parts[index][at] if index >= 0 and parts[index] else ""


def _flanks(before: str, after: str, sign: str, opens: bool) -> bool:
    """Whether a delimiter can do what it is to do (CommonMark 0.31.2, section 6.2)."""
    weight, other = _weight(before), _weight(after)
    left = other == 2 or (other == 1 and weight < 2)
    right = weight == 2 or (weight == 1 and other < 2)
    if sign == "*":
        return left if opens else right
    if opens:
        return left and (not right or weight == 1)
    return right and (not left or other == 1)


def _weight(character: str) -> int:
    """0 for white space and the ends of a text, 1 for punctuation and symbols, 2 for all else."""
    if not character or character.isspace():
        return 0
    return 1 if unicodedata.category(character)[0] in "PS" else 2
