"""Blocks as HTML: a stream over `block.path` that opens and closes the elements around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from l10n.laziness import expression
from l10n.model import Attributes, Block, Kind
from l10n.renderers.pages import elements
from l10n.renderers.pages.elements import Element, Stream
from l10n.renderers.pages.inlines import Setting, image, inline, marks
from l10n.renderers.pages.words import word

_HOLDERS = frozenset({"li", "dt", "dd", "td", "th", "figcaption", "caption"})
"""Containers in which text may stand without an element of its own."""
_CONTAINERS = _HOLDERS | {"ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "figure", "blockquote"}
_BARE = {Kind.ITEM, Kind.CELL, Kind.CAPTION}
_NAME = expression(r"[a-z]*")
_CELL = expression(r"(?P<name>t[dh])(?P<number>[0-9]{1,4})")
_ID = expression(r"(?!(?:l10n|note|ref|s)-)[A-Za-z][\w.:-]*", re.ASCII)
_RESERVED = {"main", "languages", "notes"}
"""Ids that the page itself has, as those that begin as `_ID` does not allow."""
_CHECKED = {"true": "☑ ", "false": "☐ "}
_ALIGNED = {"center", "right"}
_BOX = "box~"
"""The step for a box. Steps that are made here end in "~" and a number, which no reader's do."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and where it stands on the page."""

    block: Block
    path: Path
    id: str = ""
    level: int = 0
    """The level of a heading on the page."""


def flow(blocks: Iterable[Block], setting: Setting, words: Mapping[str, str]) -> str:
    """Blocks as HTML, in their containers. What belongs to the head or the notes is not for here."""
    stream = Stream()
    for placed in _headed(_filled(_placed(blocks))):
        first = _enter(stream, placed, words)
        bare = first and placed.block.kind in _BARE and _last(placed.path) in _HOLDERS
        html = _bare(placed.block, setting) if bare else _html(placed, setting)
        if html or bare:
            stream.add(html)
    return stream.finish()


def paragraph(tag: str, attributes: Attributes, block: Block, setting: Setting) -> str:
    """One block as one element, with the marks that its whole text shares; "" for an empty block."""
    own = marks(block, setting.locale)
    inner = inline(block, setting, within=own)
    return elements.element(tag, (*attributes, *own), inner) if inner else ""


def heads_box(block: Block) -> bool:
    """Whether a block is the heading of a box: that of the points of attention."""
    return block.kind is Kind.LABEL and block.role == "summary"


def _placed(blocks: Iterable[Block]) -> Iterator[Placed]:
    """The blocks, with the containers around them that the source does not name."""
    box = ""
    before: Placed | None = None
    for number, block in enumerate(blocks):
        complete = _COMPLETE.get(block.kind)
        before = Placed(block, complete(block.path, number, before) if complete else block.path)
        if heads_box(block):
            box = f"{_BOX}{number}"
        elif block.kind is not Kind.ITEM:
            box = ""
        yield replace(before, path=(box, *before.path)) if box else before


def _filled(placed: Iterable[Placed]) -> Iterator[Placed]:
    """The blocks, with the cells of a table that hold nothing and so are no blocks."""
    row: Path = ()
    column = 0
    for item in placed:
        cell = _CELL.fullmatch(item.path[-1]) if item.block.kind is Kind.CELL and item.path else None
        if cell:
            column = column if item.path[:-1] == row else 0
            row, number = item.path[:-1], int(cell["number"])
            for missing in range(column + 1, number):
                empty = replace(item.block, content=(), attributes=(), pieces=())
                yield Placed(empty, (*row, f"{cell['name']}{missing}"))
            column = number
        yield item


def _listed(path: Path, number: int, before: Placed | None) -> Path:
    """An item stands in a list; one after another, in the same."""
    if any(_name(step) in _HOLDERS for step in path):
        return path
    around = f"ul~{number}"
    if before and before.path[:-2] == path and before.path[-2:-1] and before.path[-2].startswith("ul~"):
        around = before.path[-2]
    return (*path, around, f"li~{number}")


def _quoted(path: Path, number: int, before: Placed | None) -> Path:
    return path if any(_name(step) == "blockquote" for step in path) else (*path, f"blockquote~{number}")


def _pictured(path: Path, number: int, before: Placed | None) -> Path:
    return path if any(_name(step) == "figure" for step in path) else (*path, f"figure~{number}")


def _captioned(path: Path, number: int, before: Placed | None) -> Path:
    """A caption stands in what it is about: the figure or table that holds it, or the image before it."""
    if before and before.block.kind is Kind.IMAGE and before.path[:-1] == path:
        path = before.path
    inner = {"figure": "figcaption", "table": "caption"}.get(_last(path))
    return (*path, f"{inner}~{number}") if inner else path


_COMPLETE: Mapping[Kind, Callable[[Path, int, Placed | None], Path]] = {
    Kind.ITEM: _listed,
    Kind.QUOTE: _quoted,
    Kind.IMAGE: _pictured,
    Kind.CAPTION: _captioned,
}


def _headed(placed: Iterable[Placed]) -> Iterator[Placed]:
    """The blocks, headings with an id and a level below the page's h1 that leaves none out.

    An id is the author's or an ordinal: the same in every language, whatever the words.
    """
    levels: list[int] = []
    taken = set(_RESERVED)
    count = 0
    for item in placed:
        if item.block.kind in (Kind.HEADING, Kind.TITLE):
            count += 1
            level = item.block.level or 2
            while levels and levels[-1] >= level:
                levels.pop()
            levels.append(level)
            own = dict(item.block.attributes).get("id", "")
            name = own if _ID.fullmatch(own) and own not in taken else f"s-{count}"
            taken.add(name)
            item = replace(item, id=name, level=min(6, 1 + len(levels)))
        yield item


def _enter(stream: Stream, placed: Placed, words: Mapping[str, str]) -> bool:
    """Open what the block stands in, and close what it does not; whether it is the first in there."""
    path, opened = placed.path, stream.opened
    kept = 0
    while kept < min(len(path), len(opened)) and opened[kept].name == path[kept]:
        kept += 1
    stream.leave(kept)
    if not kept and stream.out:
        stream.add("\n")
    for depth in range(kept, len(path)):
        own = placed.block.attributes if depth == len(path) - 1 else ()
        stream.open(_container(path[: depth + 1], own, words))
    return kept < len(path)


def _container(path: Path, attributes: Attributes, words: Mapping[str, str]) -> Element:
    """The element for the last step of a path; one that shows nothing where the page may not have it."""
    step, name = path[-1], _last(path)
    if step.startswith(_BOX):
        return Element(step, '<section class="box">', "</section>")
    if name not in _CONTAINERS:
        return Element(step)
    known = dict(elements.allowed(name, attributes))
    if (align := dict(attributes).get("align")) in _ALIGNED and _CELL.fullmatch(step):
        known["class"] = str(align)
    if name == "th":
        known.setdefault("scope", "col" if any(_name(outer) == "thead" for outer in path) else "row")
    start, end = elements.start(name, known.items()), f"</{name}>"
    if name == "table":
        scroll = {"class": "scroll", "role": "group", "tabindex": "0", "aria-label": word(words, "Table")}
        start, end = elements.start("div", scroll.items()) + start, f"{end}</div>"
    return Element(step, start, end)


def _bare(block: Block, setting: Setting) -> str:
    """A block's text for a container that needs no element in it."""
    own = marks(block, setting.locale)
    inner = inline(block, setting, within=own)
    box = _CHECKED.get(dict(block.attributes).get("checked", ""), "")
    return box + (elements.element("span", own, inner) if own and inner else inner)


def _html(placed: Placed, setting: Setting) -> str:
    """A block as an element of its own."""
    block = placed.block
    match block.kind:
        case Kind.RULE:
            return "<hr>"
        case Kind.IMAGE:
            return _picture(block, setting)
        case Kind.CODE:
            code = elements.element("code", (), inline(block, setting))
            return elements.element("pre", (("dir", "ltr"), ("translate", "no")), code)
        case Kind.HEADING | Kind.TITLE:
            return paragraph(f"h{placed.level}", (("id", placed.id),), block, setting)
        case Kind.LABEL if heads_box(block):
            return paragraph("h2", (), block, setting)
        case Kind.LABEL | Kind.CAPTION:
            return paragraph("p", (("class", str(block.kind)),), block, setting)
        case _:
            return paragraph("p", (), block, setting)


def _picture(block: Block, setting: Setting) -> str:
    """An image, within a link where it has one."""
    known = dict(block.attributes)
    html = image(block.attributes, known.get("alt", ""), setting)
    href = elements.address(setting.linked(known.get("href", "")))
    return elements.element("a", (("href", href),), html) if href and html else html


def _name(step: str) -> str:
    """The element of a step: "li2" -> "li"."""
    found = _NAME.match(step)
    return found[0] if found else ""


def _last(path: Path) -> str:
    return _name(path[-1]) if path else ""
