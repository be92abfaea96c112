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
from l10n.readers.markdown.events import OPTIONS
from l10n.readers.markdown.inlines import title_block
from l10n.readers.markdown.sources import Source, prepare
from l10n.readers.positions import in_order
from l10n.readers.profiles import Profile

__all__ = ["read_markdown", "read_mdx"]

_BOM = "\ufeff"


def read_markdown(text: str, profile: Profile, mdx: bool = False) -> Reading:
    """Read an article in Markdown.

    The forms it gives its blocks are the rules of `l10n.renderers.markdown`. Raises SourceError for
    a text with lone surrogates; any other text is some Markdown.
    """
    front = read_front_matter(text, 1 if text.startswith(_BOM) else 0, profile)
    source = prepare(text, front.end, mdx)
    refs = " refs" if "]:" in source.body else ""
    words = f"{refs} mdx" if mdx else refs
    titled = "title" in front.metadata or any(block.kind is Kind.TITLE for block in front.blocks)
    lang = front.metadata.get("lang", profile.locale)
    blocks = [*front.blocks, *Blocks(source, words, titled, lang).read()]
    if refs or source.hidden.titles:
        blocks += _definition_titles(source, words) if refs else ()
        blocks += source.hidden.titles
        in_order(blocks)
    return Reading(tuple(blocks), front.metadata)


def read_mdx(text: str, profile: Profile) -> Reading:
    """Read an article in MDX: Markdown in which braces hold expressions, which are kept as they are."""
    return read_markdown(text, profile, mdx=True)


def _definition_titles(source: Source, words: str) -> list[Block]:
    """The titles of link definitions, `[label]: /address "title"`."""
    from pyromark import reference_definitions

    found: dict[str, Any] = dict(reference_definitions(source.body, options=OPTIONS))
    return [
        Block(inner.kind, inner.span, inner.content, inner.form + words, role="title")
        for definition in found.values()
        if (definition["title"] or "").strip()
        for inner in title_block(
            source, definition["title"], definition["span"]["start"], definition["span"]["end"]
        )
    ]
