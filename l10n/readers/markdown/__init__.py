"""The Markdown reader: CommonMark with GitHub's extensions, footnotes, definitions, math, front matter.

The parser tells where things are; everything that is not text to translate stays where it is, byte
for byte.
"""

from __future__ import annotations

from typing import Any

from l10n.model import Block, Kind
from l10n.readers import Reading
from l10n.readers.front_matter import read_front_matter
from l10n.readers.markdown.blocks import Blocks
from l10n.readers.markdown.inlines import title_block
from l10n.readers.markdown.sources import OPTIONS, Source, prepare
from l10n.readers.profiles import Profile

__all__ = ["read_markdown"]

_BOM = "\ufeff"


def read_markdown(text: str, profile: Profile) -> Reading:
    """Read an article in Markdown.

    The forms it gives its blocks are the rules of `l10n.renderers.markdown`. Raises SourceError for
    a text with lone surrogates; any other text is some Markdown.
    """
    front = read_front_matter(text, 1 if text.startswith(_BOM) else 0, profile)
    source = prepare(text, front.end)
    refs = " refs" if "]:" in source.body else ""
    titled = "title" in front.metadata or any(block.kind is Kind.TITLE for block in front.blocks)
    blocks = [*front.blocks, *Blocks(source, refs, titled, front.metadata.get("lang", "")).read()]
    if refs:
        blocks += _definition_titles(source)
        blocks.sort(key=lambda block: (block.span.start, -block.span.end))
    return Reading(tuple(blocks), front.metadata)


def _definition_titles(source: Source) -> list[Block]:
    """The titles of link definitions, `[label]: /address "title"`."""
    from pyromark import reference_definitions

    found: dict[str, Any] = dict(reference_definitions(source.body, options=OPTIONS))
    return [
        Block(inner.kind, inner.span, inner.content, inner.form, role="title")
        for definition in found.values()
        if (definition["title"] or "").strip()
        for inner in title_block(
            source, definition["title"], definition["span"]["start"], definition["span"]["end"]
        )
    ]
