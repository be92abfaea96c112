"""Walking the parser's events: containers give the blocks their paths and kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from l10n.laziness import expression
from l10n.model import Attributes, Block, Code, CodeKind, Content, Kind, Span, joined
from l10n.readers.html import Fragments
from l10n.readers.markdown.inlines import Inlines
from l10n.readers.markdown.sources import Source

_LINE_END = expression(r"[ \t]*(?:\r\n|\n|\r)")
_ATX = expression(rb"#{1,6}(?:[ \t\r\n]|\Z)")


@dataclass(slots=True)
class _Frame:
    """A container that is open."""

    step: str
    """Its part of a path; empty for one that is no element, such as a footnote."""
    kind: Kind
    """What a paragraph directly in it is; the first one, in a list item."""
    attributes: Attributes = ()
    items: int = 0
    """How many items, rows or cells it has had."""
    terms: int = 0
    filled: bool = False
    align: tuple[str, ...] = ()


class Blocks:
    """The blocks of a document, as `read` finds them."""

    def __init__(self, source: Source, words: str, titled: bool, lang: str) -> None:
        self.blocks: list[Block] = []
        self._source = source
        self._words = words
        """They end the form of all running text: what the document makes of brackets and braces."""
        self._mdx = " mdx" if " mdx" in words else ""
        self._titled = titled
        self._led = False
        self._frames: list[_Frame] = []
        self._counts = {"list": 0, "blockquote": 0, "table": 0, "dl": 0, "figure": 0}
        self._events = source.events()
        self._run = Inlines(source, self._events, lang)
        self._html = Fragments(lang)
        self._pending: Attributes = ()
        """What the next item's text has to tell of the item: its check box, the list's first number."""
        self._figure: tuple[str, ...] = ()
        """The path of the image that the last block was."""

    def read(self) -> list[Block]:
        run = self._run
        others: dict[str, Callable[[Any, int, int], None]] = {
            "Code": run.code,
            "InlineMath": run.math,
            "DisplayMath": run.math,
            "InlineHtml": run.html,
            "FootnoteReference": run.footnote,
            "TaskListMarker": self._task,
        }
        alone = {"SoftBreak": run.soft_break, "HardBreak": run.hard_break, "Rule": self._rule}
        starts, ends = self._starts(), self._ends()
        for event, span in self._events:
            if event.__class__ is str:
                alone[event](span["start"], span["end"])
                continue
            for name, value in event.items():
                if name == "Text":
                    run.text(value, span["start"], span["end"])
                elif name == "End":
                    ends[value if value.__class__ is str else next(iter(value))]()
                elif name != "Start":
                    others[name](value, span["start"], span["end"])
                elif value.__class__ is str:
                    starts[value](None, span["start"], span["end"])
                else:
                    for tag, data in value.items():
                        starts[tag](data, span["start"], span["end"])
        return self.blocks

    def _starts(self) -> dict[str, Callable[[Any, int, int], None]]:
        return {
            "Paragraph": self._paragraph,
            "Heading": self._heading,
            "BlockQuote": self._quote,
            "CodeBlock": self._code_block,
            "HtmlBlock": self._html_block,
            "List": self._list,
            "Item": self._item,
            "FootnoteDefinition": self._footnote,
            "DefinitionList": self._definitions,
            "DefinitionListTitle": self._term,
            "DefinitionListDefinition": self._definition,
            "Table": self._table,
            "TableHead": self._head,
            "TableRow": self._row,
            "TableCell": self._cell,
            "Link": self._run.link,
            "Image": self._run.image,
            "Emphasis": self._run.emphasis,
            "Strong": self._run.strong,
            "Strikethrough": self._run.strikethrough,
        }

    def _ends(self) -> dict[str, Callable[[], None]]:
        return {
            "Paragraph": self._end_paragraph,
            "Heading": self._end_heading,
            "TableHead": self._end_head,
            "TableCell": self._end_cell,
            "Table": self._end_table,
            **dict.fromkeys(_CONTAINERS, self._pop),
            **dict.fromkeys(("Link", "Emphasis", "Strong", "Strikethrough"), self._run.close),
        }

    def _task(self, value: bool, start: int, end: int) -> None:
        self._pending = (*self._pending, ("checked", "true" if value else "false"))

    def _rule(self, start: int, end: int) -> None:
        self._end_run()
        self._raw(Kind.RULE, start, end)

    def _paragraph(self, value: Any, start: int, end: int) -> None:
        if self._run.start >= 0:
            self._end_run()

    def _heading(self, value: Any, start: int, end: int) -> None:
        self._end_run()
        self._level = int(value["level"][1])
        self._form = "heading" if _ATX.match(self._source.data, start) else "setext"
        self._id: Attributes = (("id", value["id"]),) if value["id"] else ()

    def _end_heading(self) -> None:
        if self._run.start < 0:
            return
        title = self._level == 1 and not self._titled
        self._titled |= title
        self._emit(Kind.TITLE if title else Kind.HEADING, self._form, attributes=self._id, level=self._level)

    def _quote(self, value: Any, start: int, end: int) -> None:
        self._push(self._numbered("blockquote"), Kind.QUOTE)

    def _list(self, value: int | None, start: int, end: int) -> None:
        if self._source.at(start) in self._source.hidden.boxes:
            self._push("", Kind.PARAGRAPH)
            return
        first = (("start", str(value)),) if value not in (None, 1) else ()
        self._push(self._numbered("list", "ul" if value is None else "ol"), Kind.ITEM, first)

    def _item(self, value: Any, start: int, end: int) -> None:
        if self._source.at(start) in self._source.hidden.boxes:
            self._push("", Kind.PARAGRAPH)
            return
        parent = self._frames[-1]
        parent.items += 1
        self._pending, parent.attributes = parent.attributes, ()
        self._push(f"li{parent.items}", Kind.ITEM)

    def _footnote(self, value: str, start: int, end: int) -> None:
        self._push("", Kind.NOTE, (("label", value),))

    def _definitions(self, value: Any, start: int, end: int) -> None:
        self._push(self._numbered("dl"), Kind.ITEM)

    def _term(self, value: Any, start: int, end: int) -> None:
        self._frames[-1].terms += 1
        self._push(f"dt{self._frames[-1].terms}", Kind.ITEM)

    def _definition(self, value: Any, start: int, end: int) -> None:
        self._frames[-1].items += 1
        self._push(f"dd{self._frames[-1].items}", Kind.ITEM)

    def _table(self, value: tuple[str, ...], start: int, end: int) -> None:
        self._push(self._numbered("table"), Kind.CELL)
        self._frames[-1].align = value

    def _head(self, value: Any, start: int, end: int) -> None:
        self._push("thead1", Kind.CELL)
        self._push("tr1", Kind.CELL)

    def _end_head(self) -> None:
        self._pop()
        self._pop()
        self._push("tbody1", Kind.CELL)

    def _row(self, value: Any, start: int, end: int) -> None:
        self._frames[-1].items += 1
        self._push(f"tr{self._frames[-1].items}", Kind.CELL)

    def _cell(self, value: Any, start: int, end: int) -> None:
        row = self._frames[-1]
        row.items += 1
        self._bare = row.items == 1 and self._source.data[start - 1 : start] != b"|"

    def _end_cell(self) -> None:
        """A cell. One that begins its line stands where text could begin a block."""
        if self._run.start < 0:
            return
        table, section, row = self._frames[-3:]
        align = table.align[row.items - 1].lower()
        step = f"{'th' if section.step == 'thead1' else 'td'}{row.items}"
        attributes = (("align", align),) if align != "none" else ()
        self._emit(Kind.CELL, "cell-bare" if self._bare else "cell", (step,), attributes)

    def _end_table(self) -> None:
        self._pop()
        self._pop()

    def _html_block(self, value: Any, start: int, end: int) -> None:
        """A block of HTML: read as such, without what stands before its lines in quotes and lists."""
        self._end_run()
        self._figure = ()
        ranges = []
        for event, span in self._events:
            if "End" in event:
                break
            ranges.append((span["start"], span["end"]))
        if not ranges:
            return
        counts, theirs = self._counts, self._html.counts
        for ours, name in _COUNTED:
            theirs[name] = counts[ours]
        found = self._html.read(self._source.between(ranges), self._titled)
        for ours, name in _COUNTED:
            counts[ours] = max(counts[ours], theirs[name])
        base = self._source.at(ranges[0][0])
        for number, block in enumerate(found):
            self._titled |= block.kind is Kind.TITLE
            made = moved(self._source, block, base, self._mdx)
            made = _with_first_line(self._source, made) if number == 0 else made
            self.blocks.append(replace(made, path=(*self._path(), *block.path)))

    def _code_block(self, value: Any, start: int, end: int) -> None:
        self._end_run()
        info = self._source.restore(value["Fenced"]) if isinstance(value, dict) else ""
        parts = []
        for event, _ in self._events:
            if "End" in event:
                break
            parts.append(event["Text"])
        language = ((("language", info.split()[0]),)) if info.split() else ()
        text = self._source.restore("".join(parts))
        self._raw(Kind.CODE, start, end, (text,) if text else (), language)

    def _numbered(self, counter: str, name: str = "") -> str:
        self._counts[counter] += 1
        return f"{name or counter}{self._counts[counter]}"

    def _push(self, step: str, kind: Kind, attributes: Attributes = ()) -> None:
        self._end_run()
        self._frames.append(_Frame(step, kind, attributes))

    def _pop(self) -> None:
        self._end_run()
        self._frames.pop()

    def _path(self) -> tuple[str, ...]:
        return tuple([frame.step for frame in self._frames if frame.step])

    def _raw(
        self, kind: Kind, start: int, end: int, content: Content = (), attributes: Attributes = ()
    ) -> None:
        """A block that is never translated."""
        data = self._source.data
        while end > start and data[end - 1] in b"\r\n":
            end -= 1
        span = Span(self._source.at(start), self._source.at(end))
        block = Block(kind, span, content, path=self._path(), attributes=attributes, translate=False)
        self.blocks.append(block)
        self._figure = ()

    def _end_paragraph(self) -> None:
        self._end_run(paragraph=True)

    def _end_run(self, paragraph: bool = False) -> None:
        """The end of running text, if there is any: of a paragraph, or of a tight list item's text."""
        if self._run.start < 0:
            return
        frame = self._frames[-1] if self._frames else None
        if frame is None:
            lead = self._titled and not self._led
            self._emit(Kind.LEAD if lead else Kind.PARAGRAPH, "paragraph", paragraph=paragraph)
            return
        kind = Kind.PARAGRAPH if frame.filled and frame.kind is Kind.ITEM else frame.kind
        attributes, self._pending = frame.attributes or self._pending, ()
        self._emit(kind, "paragraph", (), attributes, paragraph=paragraph)
        frame.filled = True

    def _emit(
        self,
        kind: Kind,
        form: str,
        steps: tuple[str, ...] = (),
        attributes: Attributes = (),
        *,
        level: int = 0,
        paragraph: bool = False,
    ) -> None:
        """Take the run of text as a block, and what stands within its markup as blocks after it."""
        content, span = self._run.finish()
        path = self._path() + steps
        figure, self._figure = self._figure, ()
        translate = any(isinstance(item, str) and not item.isspace() for item in content)
        translate &= self._html.translates
        if paragraph and not translate and (image := _only_image(content)) is not None:
            kind, content, attributes = Kind.IMAGE, (), image
            path = self._figure = (*path, self._numbered("figure"))
        elif paragraph and figure and figure[:-1] == path and _is_emphasized(content):
            kind, path = Kind.CAPTION, (*figure, "figcaption1")
        self._led |= kind is Kind.LEAD
        block = Block(kind, span, content, form + self._words, path, level, "", attributes, translate)
        self.blocks.append(block)
        if self._run.inner:
            self._emit_inner(path, " cell" if kind is Kind.CELL else "")

    def _emit_inner(self, path: tuple[str, ...], place: str) -> None:
        for inner in self._run.inner:
            self.blocks.append(
                Block(
                    inner.kind,
                    inner.span,
                    inner.content,
                    inner.form + place + self._mdx,
                    path,
                    role=inner.role,
                    attributes=inner.attributes,
                    translate=self._html.translates,
                )
            )
        self._run.inner.clear()


def moved(source: Source, block: Block, base: int, words: str) -> Block:
    """A block of HTML as one of the article: its places those of our text, template tags its codes."""
    content: list[Content] = []
    for item in block.content:
        if isinstance(item, str):
            content.append(source.marked(item))
            continue
        span = Span(item.span.start + base, item.span.end + base)
        named = tuple((name, source.restore(value)) for name, value in item.attributes)
        inner = source.restore(item.inner)
        content.append((replace(item, span=span, text=span.of(source.text), attributes=named, inner=inner),))
    span = Span(block.span.start + base, block.span.end + base)
    form = f"html {block.form}{words}" if block.form else ""
    return replace(block, span=span, content=joined(content), form=form)


def _with_first_line(source: Source, block: Block) -> Block:
    """A block of HTML whose first tag, if that fills the first line, keeps the line end: by it it is HTML."""
    first = block.content[0] if block.content else ""
    if isinstance(first, str) or first.span.start != block.span.start:
        return block
    ending = _LINE_END.match(source.text, first.span.end)
    if not ending:
        return block
    span = Span(first.span.start, ending.end())
    code = replace(first, span=span, text=span.of(source.text))
    rest = block.content[1:]
    if rest and isinstance(rest[0], str):
        rest = (rest[0].removeprefix(" "), *rest[1:])
    return replace(block, content=joined([(code, *rest)]))


def _only_image(content: Content) -> Attributes | None:
    """The attributes of the image that is all a paragraph holds, a link around it among them."""
    codes = [item for item in content if isinstance(item, Code)]
    match [(code.kind, code.tag) for code in codes] if len(codes) == len(content) else []:
        case [(CodeKind.STANDALONE, "img")]:
            return codes[0].attributes
        case [(CodeKind.OPEN, "a"), (CodeKind.STANDALONE, "img"), (CodeKind.CLOSE, "a")]:
            return (*codes[1].attributes, *codes[0].attributes[:1])
    return None


def _is_emphasized(content: Content) -> bool:
    """Whether one pair of emphasis holds the whole content."""
    depth = 0
    for index, item in enumerate(content):
        if isinstance(item, Code):
            depth += {CodeKind.OPEN: 1, CodeKind.CLOSE: -1, CodeKind.STANDALONE: 0}[item.kind]
        if depth == 0:
            return isinstance(item, Code) and item.tag == "em" and index == len(content) - 1
    return False


_COUNTED = (
    ("list", "ul"),
    ("list", "ol"),
    ("blockquote", "blockquote"),
    ("table", "table"),
    ("dl", "dl"),
    ("figure", "figure"),
)
"""Our counters of containers, and those of HTML."""
_CONTAINERS = (
    "BlockQuote",
    "List",
    "Item",
    "FootnoteDefinition",
    "DefinitionList",
    "DefinitionListTitle",
    "DefinitionListDefinition",
    "TableRow",
)
