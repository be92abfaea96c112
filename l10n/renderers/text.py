"""The page-text writer: one line a block."""

from __future__ import annotations

from l10n.model import Block, Code


def write_text(block: Block) -> str:
    """The block's text on one line, which is all that a page text can hold."""
    text = "".join(item.text if isinstance(item, Code) else item for item in block.content)
    return " ".join(text.splitlines())
