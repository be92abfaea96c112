"""Rendering: Article -> text. Writers give an article in its own format; pages make it HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from l10n.model import Article, Block, Code, Content, Span
from l10n.plugins import Registry

__all__ = ["WRITERS", "Writer", "write"]


class Writer(Protocol):
    """A function that gives a block's shown content as text of one format.

    It gets blocks whose codes already hold their final text and only has to escape what stands
    between them, by the rule that `block.form` names.
    """

    def __call__(self, block: Block) -> str: ...


WRITERS: Registry[Writer] = Registry(
    "writers",
    {
        "htm": "l10n.renderers.html:write_html",
        "html": "l10n.renderers.html:write_html",
        "markdown": "l10n.renderers.markdown:write_markdown",
        "md": "l10n.renderers.markdown:write_markdown",
        "mdx": "l10n.renderers.markdown:write_markdown",
        "rst": "l10n.renderers.rst:write_rst",
        "txt": "l10n.renderers.text:write_text",
        "xhtml": "l10n.renderers.html:write_html",
    },
)
"""Writers by the suffix of the files they write."""

_TABLE = "table"
"""The form of a block that stands around the cells of a drawn table."""


def write(article: Article) -> str:
    """The article in its own format: the source text with every changed block's span replaced.

    What is unchanged keeps its bytes, so an article whose targets equal its source is its source.
    """
    changed = (block for block in article.blocks if block.changed or block.form == _TABLE)
    blocks = sorted(changed, key=lambda block: (block.span.start, -block.span.end))
    writer = WRITERS.get(article.format)
    text, _ = _splice(article.source, Span(0, len(article.source)), blocks, 0, writer)
    return text


def _splice(source: str, span: Span, blocks: list[Block], at: int, writer: Writer) -> tuple[str, int]:
    """The text of `span` with the blocks from `at` on that lie in it written; and the next block."""
    out: list[str] = []
    position = span.start
    while at < len(blocks) and blocks[at].span.end <= span.end:
        block = blocks[at]
        out.append(source[position : block.span.start])
        text, at = _block(source, block, blocks, at + 1, writer)
        out.append(text)
        position = block.span.end
    return "".join([*out, source[position : span.end]]), at


def _block(source: str, block: Block, blocks: list[Block], at: int, writer: Writer) -> tuple[str, int]:
    """A changed block as text, and those inside its codes; and the next block."""
    if block.form == _TABLE:
        return _table(block.span.of(source), block.span, blocks, at, writer)
    texts: dict[Span, str] = {}
    for item in block.content:
        if isinstance(item, Code):
            while at < len(blocks) and blocks[at].span.end <= item.span.start:
                at += 1
            texts[item.span], at = _splice(source, item.span, blocks, at, writer)
    shown: Content = tuple(_written(item, texts) if isinstance(item, Code) else item for item in block.shown)
    return writer(replace(block, content=shown, pieces=())), at


def _table(text: str, span: Span, blocks: list[Block], at: int, writer: Writer) -> tuple[str, int]:
    """A drawn table, anew if there are changed blocks in it; and the next block."""
    edits: list[tuple[Span, str]] = []
    while at < len(blocks) and blocks[at].span.end <= span.end:
        block = blocks[at]
        place = Span(block.span.start - span.start, block.span.end - span.start)
        edits.append((place, writer(replace(block, content=block.shown, pieces=()))))
        at += 1
    if not edits:
        return text, at
    from l10n.tables import redraw

    return redraw(text, edits), at


def _written(code: Code, texts: Mapping[Span, str]) -> Code:
    """A code with the text that it has now, which is nearly always that of the source."""
    text = texts[code.span]
    return code if text == code.text else replace(code, text=text)
