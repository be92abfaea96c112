"""The Markdown writer: a block's text as the source of an article holds it at that place.

A block's `form` names the place, and words after it say more: "paragraph refs" is running text in a
document that defines link labels, "alt cell" an alternative text within a table's cell.
"""

from __future__ import annotations

from l10n.model import Block
from l10n.renderers.markdown.attributes import ATTRIBUTES, write_alt, write_inner_html
from l10n.renderers.markdown.inlines import Place, write_inline
from l10n.renderers.markdown.scalars import SCALARS

__all__ = ["write_markdown"]


def write_markdown(block: Block) -> str:
    """The text of a changed block, such that reading it at its place gives the block's content again.

    Markdown holds no line end within a text and no NUL: the one is written as a space, the other as
    U+FFFD. Markup that would be misread beside its new neighbours is written otherwise: a letter as
    a character reference, or emphasis as an HTML element.
    """
    name, *words = block.form.split()
    if name in SCALARS:
        text = "".join(item if isinstance(item, str) else item.text for item in block.content)
        return SCALARS[name](text, *words)
    if name == "html":
        return write_inner_html(block.content, words[0], words)
    if name in ATTRIBUTES:
        return ATTRIBUTES[name](block.content, words)
    if name == "alt":
        return write_alt(block.content, words, dict(block.attributes).get("label", ""))
    place = Place(
        line=name in ("paragraph", "setext", "cell-bare"),
        heading=name in ("heading", "setext"),
        cell=name.startswith("cell"),
        refs="refs" in words,
        mdx="mdx" in words,
    )
    return write_inline(block.content, place)
