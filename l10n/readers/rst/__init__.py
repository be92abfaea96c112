"""The reStructuredText reader: the parser tells where things are, and all else stays where it is.

Source: docutils' reStructuredText Markup Specification.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from l10n.errors import SourceError
from l10n.laziness import expression
from l10n.model import Block, Code, CodeKind, Kind, Span, plain
from l10n.readers import Reading
from l10n.readers.positions import in_order
from l10n.readers.profiles import Profile
from l10n.readers.rst.inlines import inline
from l10n.readers.rst.tables import move, outline, places
from l10n.readers.rst.trees import parse_tree
from l10n.tables import Table, find_tables

if TYPE_CHECKING:
    from tree_sitter import Node

_DIRECTIVE_NAMES = """
admonition attention caution danger error hint important note tip warning seealso topic sidebar epigraph
highlights pull-quote container compound figure list-table table rubric versionadded versionchanged
deprecated only header footer replace details tab group-tab tab-item grid-item-card card dropdown
"""
_UNTITLED_NAMES = """
figure container only class rst-class hlist tabs tab-set grid grid-item
function method attribute data exception module decorator classmethod staticmethod property option envvar
confval describe object macro type struct union enum enumerator member var program
"""
_UNTITLED = frozenset(_UNTITLED_NAMES.split())
"""Directives whose content alone is text: among them those of Sphinx that describe a part of a program."""
_TEXT_DIRECTIVES = frozenset((*_DIRECTIVE_NAMES.split(), *_UNTITLED))
"""Directives whose content is text."""
_TITLED = frozenset((*_TEXT_DIRECTIVES, "csv-table", "contents")) - _UNTITLED
"""Directives whose argument is text; the first lines of an admonition look like one."""
_LINE_END = expression(r"\r\n|\n|\r")
_TABLE = expression(r"\+[-=+]+\+|={2,}(?: +={2,})*[ \t]*$", re.MULTILINE)
_OPTIONS = expression(r"(?:(?:-{1,2}|/)\w[\w-]*(?:[ =][\w<>-]+)?(?:,[ ])?)+")
_OPTION = expression(rf"(?:(?<![^\n])|(?<=\n)[ ]*){_OPTIONS.pattern}[ ]{{2,}}(?=\S)")
"""The options that begin an item of an option list; their description stands after two spaces."""
_CELL = expression(
    r"[ \t]*(?:\"(?P<quoted>(?:[^\"\r\n]|\"\")*)\"(?=[ \t]*(?:[,\r\n]|\Z))"
    r"|(?P<bare>[^\s,\"][^,\r\n]*?|(?=,)))"
    r"[ \t]*(?:,|(?=[\r\n]|\Z))|(?P<end>[\r\n]+)"
)
"""A value of a table of values between commas, or the end of a row."""
_OTHER_TABLES = {"file", "url", "delim", "quote", "escape", "keepspace"}
"""Options by which the values of a table stand elsewhere, or are parted by other signs."""
_SEEN = {
    ("image", "alt"): Kind.ALT,
    ("figure", "alt"): Kind.ALT,
    ("meta", "description"): Kind.METADATA,
    ("", "caption"): Kind.CAPTION,
}
"""Options of directives, or of any, that a reader sees."""
_ENTRY = expression(r"^[ \t]*(?P<title>[^\s<][^\r\n<]*?)[ \t]*<[^<>\r\n]+>[ \t]*\r?$", re.MULTILINE)
"""An article in a list of contents that is called by another name than its own."""
_TYPES = {"type", "rtype", "vartype", "meta"}
"""Fields of the description of a part of a program that hold names."""
_TEXT_FIELDS = {"abstract", "dedication"}
"""Fields at the top of an article that are shown as text (docutils, bibliographic fields)."""
_RULE = expression(r"[ \t]*([!-/:-@\[-`{-~])\1*[ \t]*$")
_CUT = expression(
    r"\n\r?\n(?=[^\W\d_](?![^\r\n]*  )(?![^\r\n]{0,5}[.)])[^\r\n]*(?:\r?\n(?![ \t=])[^\r\n]+)*\r?\n\r?\n)"
)
"""Before a line that begins a paragraph, and no item, term or row of a table."""
_EMBEDDED = expression(r"\s*<(.+)_>`__?", re.DOTALL)
"""The end of a link whose target is named within it."""
_NAMED = expression(r"^[ \t]*\.\. _(?:`([^`]+)`|(?!_)((?:[^:`\\\r\n]|\\.|:(?!\s))+)):(?=\s|\Z)", re.MULTILINE)
"""A target that has a name."""
_PIECE = 1 << 16
_DEEPEST = 60
"""How deep blocks may stand in each other."""
_OPENING = "*`|"
_MOST_SIGNS = 2000


@dataclass
class _State:
    """What has been read so far."""

    text: str
    outline: str
    """The same as the parser can follow it, without drawn tables."""
    tables: Mapping[int, tuple[Span, Table]]
    """Those tables, by where they begin."""
    fields: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    levels: list[tuple[str, bool]] = field(default_factory=list)
    """Styles of headings, in the order of their levels."""
    titled: bool = False
    cells: dict[Span, list[Block]] = field(default_factory=dict)
    """What tables hold, cell by cell."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a node stands: in which containers, and what a paragraph is there."""

    at: Callable[[int], int]
    """Position in the bytes that were parsed -> position in the text."""
    path: tuple[str, ...] = ()
    kind: Kind = Kind.PARAGRAPH
    depth: int = 0


def read_rst(text: str, profile: Profile) -> Reading:
    """Read an article in reStructuredText.

    Any text is some; raises SourceError only for one that the parser cannot follow (`_check`).
    """
    tables = list(find_tables(text))
    seen = outline(text, [span for span, _ in tables])
    _check(seen)
    state = _State(text, seen, {span.start: (span, table) for span, table in tables}, profile.fields)
    for piece in _pieces(seen):
        _parse(state, piece, _Place(int))
    return Reading(tuple(_ordered(state, _called(state))), state.facts)


def _called(state: _State) -> set[str]:
    """What links call the sections that have no other target than their heading."""
    names = {
        name
        for block in (*state.blocks, *chain(*state.cells.values()))
        for code in block.content
        if isinstance(code, Code) and code.kind is CodeKind.CLOSE and (name := _target(code))
    }
    if not names:
        return names
    heads = Counter(_name(plain(block.content)) for block in state.blocks if block.form.startswith("title"))
    given = {_name(match[1] or match[2]) for match in _NAMED.finditer(state.text)}
    return {name for name in names if heads[name] == 1} - given


def _target(code: Code) -> str:
    """The name of the target of a link; empty where it has none."""
    within = _EMBEDDED.fullmatch(code.text)
    return _name(within[1] if within else dict(code.attributes).get("label", ""))


def _name(text: str) -> str:
    """A name as names are compared: without regard to escapes, capitals and white space."""
    return " ".join(text.replace("\\", "").lower().split())


def _ordered(state: _State, called: set[str]) -> Iterator[Block]:
    """Blocks by their spans, but in tables cell by cell. Headings keep by what name links call them."""
    for block in in_order(state.blocks):
        title = plain(block.content) if called and block.form.startswith("title") else ""
        yield replace(block, attributes=(("label", title),)) if _name(title) in called else block
        yield from state.cells.get(block.span, ())


def _check(text: str) -> None:
    """Raise SourceError for what the parser cannot follow, or not in reasonable time.

    Lines may stand in each other only so deep; and each sign that may begin markup is looked for an end
    of through its whole paragraph, which takes square time.
    """
    steps: list[int] = []
    signs = 0
    for number, line in enumerate(_LINE_END.split(text), 1):
        column = len(line) - len(line.lstrip(" \t"))
        signs += sum(map(line.count, _OPENING))
        if column == len(line):
            signs = 0
            continue
        while steps and steps[-1] >= column:
            steps.pop()
        steps.append(column)
        if len(steps) > _DEEPEST or signs > _MOST_SIGNS:
            message = (
                "more signs of markup in one paragraph" if signs > _MOST_SIGNS else "indented in more steps"
            )
            where, hint = f":{number}:{column + 1}", "divide the text"
            raise SourceError(f"{message} than can be parsed", where=where, hint=hint)


def _pieces(text: str) -> Iterator[Span]:
    """The text in pieces that can be read one after another: the parser needs a hundred times their size."""
    start = 0
    while start < len(text):
        cut = _CUT.search(text, start + _PIECE) if len(text) - start > 2 * _PIECE else None
        end = cut.end() if cut else len(text)
        yield Span(start, end)
        start = end


def _parse(state: _State, span: Span, place: _Place) -> None:
    """Read a range of the text; one that is indented as a whole is no quote for that."""
    root, at = parse_tree(span.of(state.outline), span.start)
    place = replace(place, at=at)
    children = root.named_children
    if span.start and len(children) == 1 and children[0].type == "block_quote":
        root = children[0]
    _walk(state, root, place)


def _walk(state: _State, node: Node, place: _Place) -> None:
    if place.depth > _DEEPEST:
        return
    before = None
    for child in node.named_children:
        handler = _HANDLERS.get(child.type)
        before, target = child, before if before and before.type == "target" else None
        if target and _goes_on(state, _span(target, place), child, place):
            continue
        if handler:
            handler(state, child, replace(place, depth=place.depth + 1))
            place = replace(place, kind=Kind.PARAGRAPH) if place.kind is Kind.ITEM else place


def _goes_on(state: _State, target: Span, node: Node, place: _Place) -> bool:
    """Whether what follows a target is the rest of its address: the parser knows one line of `__ address`."""
    start = _span(node, place).start
    end = target.start + len(target.of(state.text).rstrip())
    margin = state.text.rfind("\n", 0, target.start) + 1
    between = state.text[end:start]
    deeper = len(between) - between.rfind("\n") - 1 > target.start - margin
    return between.isspace() and between.count("\n") == 1 and deeper


def _span(node: Node, place: _Place) -> Span:
    return Span(place.at(node.start_byte), place.at(node.end_byte))


def _numbered(state: _State, name: str) -> str:
    state.counts[name] = state.counts.get(name, 0) + 1
    return f"{name}{state.counts[name]}"


def _section(state: _State, node: Node, place: _Place) -> None:
    """A heading: its block holds the lines above and below it, which grow with its text."""
    whole, title = (
        _span(node, place),
        next((_span(n, place) for n in node.named_children if n.type == "title"), None),
    )
    lines = _LINE_END.split(whole.of(state.text).rstrip())
    sign = lines[-1].strip()[:1]
    if title is None or not _RULE.fullmatch(lines[-1]):
        return
    over = title.start > whole.start
    style = (sign, over)
    if style not in state.levels:
        state.levels.append(style)
    level = state.levels.index(style) + 1
    kind = Kind.HEADING if state.titled else Kind.TITLE
    state.titled = True
    crlf = " crlf" if "\r\n" in whole.of(state.text) else ""
    form = f"title {sign}{' over' if over else ''}{crlf}"
    content = inline(state.text, title)
    if content:
        span = Span(whole.start, whole.start + len(whole.of(state.text).rstrip()))
        state.blocks.append(Block(kind, span, content, form, place.path, level))


def _paragraph(state: _State, node: Node, place: _Place) -> None:
    """A paragraph, or what the parser takes for one: a list of options, a hidden table."""
    span = _span(node, place)
    if span.start in state.tables:
        _table(state, *state.tables[span.start], place)
        return
    if not _OPTION.match(state.text, span.start, span.end):
        _add(state, span, place)
        return
    options = list(_OPTION.finditer(state.text, span.start, span.end))
    path = (*place.path, _numbered(state, "dl"))
    ends = [*(option.start() for option in options[1:]), span.end]
    for number, (option, end) in enumerate(zip(options, ends, strict=True), 1):
        inner = replace(place, path=(*path, f"dd{number}"), kind=Kind.ITEM)
        _add(state, Span(option.end(), end), inner)


def _add(state: _State, span: Span, place: _Place, form: str = "paragraph", role: str = "") -> None:
    """A run of text as a block; the colons that announce a listing stay outside."""
    raw = span.of(state.text)
    if _TABLE.match(raw):
        return
    listing = _LISTING.search(raw)
    raw = (raw[: listing.start()] if listing else raw).rstrip()
    span = Span(span.start, span.start + len(raw))
    content = inline(state.text, span) if raw else ()
    if form == "csv quoted":
        content = tuple(item.replace('""', '"') if isinstance(item, str) else item for item in content)
    if any(isinstance(item, str) and item.strip() for item in content):
        state.blocks.append(Block(place.kind, span, content, form, place.path, role=role))


def _list(state: _State, node: Node, place: _Place) -> None:
    if _TABLE.search(_span(node, place).of(state.outline)):
        return
    name = {"bullet_list": "ul", "enumerated_list": "ol"}.get(node.type, "dl")
    path = (*place.path, _numbered(state, name))
    for number, item in enumerate(node.named_children, 1):
        for child in item.named_children:
            step = {"term": "dt", "definition": "dd"}.get(child.type, "li")
            inner = replace(place, path=(*path, f"{step}{number}"), kind=Kind.ITEM)
            if child.type == "term":
                _term(state, _span(child, inner), inner)
            else:
                _walk(state, child, inner)


def _term(state: _State, span: Span, place: _Place) -> None:
    """A term, without its classifiers; or an option, which the parser takes for one."""
    option = _OPTION.match(state.text, span.start, span.end)
    if option:
        _add(state, Span(option.end(), span.end), place)
    elif not _OPTIONS.fullmatch(state.text, span.start, span.end):
        classifier = _CLASSIFIER.search(state.text, span.start, span.end)
        _add(state, Span(span.start, classifier.start() if classifier else span.end), place, "term")


def _quote(state: _State, node: Node, place: _Place) -> None:
    _walk(state, node, replace(place, path=(*place.path, _numbered(state, "blockquote")), kind=Kind.QUOTE))


def _attribution(state: _State, node: Node, place: _Place) -> None:
    span = _span(node, place)
    dash = _DASH.match(state.text, span.start, span.end)
    _add(state, Span(dash.end() if dash else span.start, span.end), place)


def _lines(state: _State, node: Node, place: _Place) -> None:
    """A block of lines; the parser takes a quote below it for the rest of its last line."""
    for line in node.named_children:
        span = _span(line, place)
        bar = _BAR.match(state.text, span.start, span.end)
        blank = _BLANK.search(state.text, span.start, span.end)
        end = blank.start() if blank else span.end
        _add(state, Span(bar.end() if bar else span.start, end), place)
        if blank:
            path = (*place.path, _numbered(state, "blockquote"))
            start = state.text.rfind("\n", 0, blank.end()) + 1
            _parse(state, Span(start, span.end), replace(place, path=path, kind=Kind.QUOTE))


def _note(state: _State, node: Node, place: _Place) -> None:
    for child in node.named_children:
        if child.type == "body":
            _walk(state, child, replace(place, kind=Kind.NOTE))


def _fields(state: _State, node: Node, place: _Place) -> None:
    """Fields at the top are facts about the article, but for those that hold text; others are text."""
    within = place.depth > 1 or any(block.kind is not Kind.TITLE for block in state.blocks)
    path = (*place.path, _numbered(state, "dl")) if within else place.path
    for number, each in enumerate(node.named_children, 1):
        spans = {child.type: _span(child, place) for child in each.named_children}
        if "field_name" not in spans or "field_body" not in spans:
            continue
        name = spans["field_name"].of(state.text).lower()
        if within and name.partition(" ")[0] in _TYPES:
            continue
        if within:
            body = next(child for child in each.named_children if child.type == "field_body")
            _walk(state, body, replace(place, path=(*path, f"dd{number}"), kind=Kind.ITEM))
        elif name in _TEXT_FIELDS or name in state.fields:
            _add(state, spans["field_body"], replace(place, kind=Kind.METADATA), role=name)
        else:
            state.facts[name] = " ".join(spans["field_body"].of(state.text).split())


def _directive(state: _State, node: Node, place: _Place) -> None:
    parts = {child.type: child for child in node.named_children}
    name = _span(parts["type"], place).of(state.text).lower().rpartition(":")[2] if "type" in parts else ""
    inner = {child.type: child for child in parts["body"].named_children} if "body" in parts else {}
    said = _options(state, inner["options"], name, place) if "options" in inner else {}
    if name == "csv-table" and _OTHER_TABLES.isdisjoint(said):
        table = replace(place, path=(*place.path, _numbered(state, "table")), kind=Kind.CELL)
        if "header" in said:
            _rows(state, said["header"], table, "thead1", "th")
        if "content" in inner:
            _rows(state, _span(inner["content"], place), table, "tbody1", "td")
    if name == "toctree" and "content" in inner:
        _entries(state, _span(inner["content"], place), place)
    if name not in _TEXT_DIRECTIVES and name not in _TITLED:
        return
    done = 0
    if "arguments" in inner and name in _TITLED:
        start = place.at(inner["arguments"].start_byte)
        end = place.at(inner["arguments"].end_byte)
        if "content" in inner and "options" not in inner and name not in _WITH_TITLE:
            blank = _BLANK.search(state.text, end, place.at(inner["content"].end_byte))
            end = done = blank.start() if blank else place.at(inner["content"].end_byte)
        _add(state, Span(start, end), place)
    if "content" in inner and name in _TEXT_DIRECTIVES:
        start = max(done, state.text.rfind("\n", 0, place.at(inner["content"].start_byte)) + 1)
        kind = Kind.CAPTION if name == "figure" else place.kind
        _parse(state, Span(start, place.at(inner["content"].end_byte)), replace(place, kind=kind))


def _entries(state: _State, span: Span, place: _Place) -> None:
    """The names by which a list of contents calls articles."""
    for entry in _ENTRY.finditer(state.text, span.start, span.end):
        title = Span(*entry.span("title"))
        state.blocks.append(Block(Kind.PARAGRAPH, title, (title.of(state.text),), "option", place.path))


def _options(state: _State, options: Node, directive: str, place: _Place) -> dict[str, Span]:
    """A directive's options by their names; those that a reader sees are blocks."""
    out: dict[str, Span] = {}
    for each in options.named_children:
        spans = {child.type: _span(child, place) for child in each.named_children}
        if "field_name" not in spans or "field_body" not in spans:
            continue
        name, span = spans["field_name"].of(state.text), spans["field_body"]
        out[name] = span
        kind = _SEEN.get((directive, name.partition(" ")[0]), _SEEN.get(("", name)))
        if kind:
            text = " ".join(span.of(state.text).split())
            role = "" if kind is Kind.ALT else name
            state.blocks.append(Block(kind, span, (text,), "option", place.path, role=role))
    return out


def _rows(state: _State, span: Span, place: _Place, section: str, step: str) -> None:
    """The cells of values between commas, each on one line; without quotes only those that hold a word."""
    cells = list(_CELL.finditer(state.text, span.start, span.end))
    if "".join([cell[0] for cell in cells]) != span.of(state.text):
        return
    row = column = 1
    for cell in cells:
        if cell["end"]:
            row, column = row + 1, 1
            continue
        path = (*place.path, section, f"tr{row}", f"{step}{column}")
        column += 1
        name = "bare" if cell["quoted"] is None else "quoted"
        if name == "quoted" or any(map(str.isalpha, cell["bare"])):
            _add(state, Span(*cell.span(name)), replace(place, path=path), form=f"csv {name}")


def _table(state: _State, span: Span, table: Table, place: _Place) -> None:
    """A drawn table: each cell is a text of its own, but for tables and headings in it."""
    path = (*place.path, _numbered(state, "table"))
    inside = state.cells[span] = []
    for cell, steps, attributes in places(table):
        inner = _State(cell.text, outline(cell.text), {}, counts=state.counts)
        try:
            _check(cell.text)
        except SourceError:
            continue
        _parse(inner, Span(0, len(cell.text)), _Place(int, (*path, *steps), Kind.CELL, place.depth))
        read = [move(block, cell, span.start) for block in _ordered(inner, set()) if not block.level]
        inside += [replace(b, attributes=attributes) if b.path[-1] == steps[-1] else b for b in read]
    if inside:
        state.blocks.append(Block(Kind.PARAGRAPH, span, (), "table", path, translate=False))


def _substitution(state: _State, node: Node, place: _Place) -> None:
    """What a name between bars stands for, where that is text."""
    for child in node.named_children:
        if child.type == "directive":
            _directive(state, child, place)


_LISTING = expression(r"::[ \t]*(?:\r?\n[ \t]*\r?\n|\Z)")
_CLASSIFIER = expression(r" +: +")
_DASH = expression(r"(?:---?|\u2014)[ \t]*")
_BAR = expression(r"\|[ \t]*")
_BLANK = expression(r"(?:\r?\n[ \t]*){2}")
_TITLES = """
admonition topic sidebar list-table table csv-table rubric contents tab-item grid-item-card card dropdown
"""
_WITH_TITLE = frozenset(_TITLES.split())
"""Directives in which the argument stands apart from the text that follows."""
_HANDLERS: dict[str, Callable[[_State, Node, _Place], None]] = {
    "section": _section,
    "paragraph": _paragraph,
    "bullet_list": _list,
    "enumerated_list": _list,
    "definition_list": _list,
    "block_quote": _quote,
    "attribution": _attribution,
    "line_block": _lines,
    "footnote": _note,
    "citation": _note,
    "field_list": _fields,
    "directive": _directive,
    "substitution_definition": _substitution,
}
