"""Article -> Units: blocks cut at the ends of their sentences, each unit with its context and a note."""

from __future__ import annotations

from collections.abc import Iterator

from l10n import inline
from l10n.model import Article, Block, Code, CodeKind, Content, Kind, Place, Unit
from l10n.segmenters import Segmenter, find_segmenter, whole
from l10n.segmenters.cutting import cut

_CONTEXTS = {
    Kind.TITLE: "title",
    Kind.CAPTION: "caption",
    Kind.LABEL: "label",
    Kind.METADATA: "metadata",
}
"""Roles in which the same words may need another translation; elsewhere equal texts share an entry."""

_WHOLE = {Kind.TITLE, Kind.HEADING, Kind.LABEL, Kind.METADATA}
"""Blocks that are one unit however many stops they hold."""
_SITE = {Kind.LABEL, Kind.CHROME}
"""Blocks that are the site's, not the article's."""


def segment(article: Article, segmenter: str = "sentence") -> tuple[Unit, ...]:
    """The translatable units of an article, in order.

    `segmenter` is a name as `find_segmenter` takes it. For every block that is translated, the units'
    `before`, `source` and `after` joined are the block's content.
    """
    find = find_segmenter(segmenter)
    return tuple(
        unit
        for number, block in enumerate(article.blocks)
        if block.translate
        for unit in _units(article, block, number, whole if block.kind in _WHOLE else find)
    )


def _units(article: Article, block: Block, number: int, find: Segmenter) -> Iterator[Unit]:
    context, site = _CONTEXTS.get(block.kind), block.kind in _SITE
    role = f"{block.kind}: {block.role}" if block.role else block.kind.value
    for index, part in enumerate(cut(block.content, lambda text: find(text, article.locale))):
        source = inline.numbered(part.source)
        place = Place(article.id, number, index)
        yield Unit(place, source, part.before, part.after, context, _note(role, source), site)


def _note(role: str, source: Content) -> str:
    """What a translator should know: the unit's role, and what its codes stand for."""
    codes = [
        f"{inline.mark(code)} {meaning}"
        for code in inline.codes(source)
        if code.kind is not CodeKind.CLOSE and (meaning := _meaning(code))
    ]
    return "\n".join([role, *codes]) if codes else role


def _meaning(code: Code) -> str:
    """What a code shows or leads to, in a few characters."""
    named = dict(code.attributes)
    text = code.inner or named.get("href") or named.get("src") or named.get("title") or ""
    return " ".join(text.split())[:80]
