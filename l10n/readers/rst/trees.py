"""The parser of reStructuredText, and where what it finds stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from l10n.readers.positions import locator

if TYPE_CHECKING:
    from tree_sitter import Node, Parser


@cache
def _parser() -> Parser:
    import tree_sitter
    import tree_sitter_rst

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_rst.language()))


def parse_tree(text: str, base: int) -> tuple[Node, Callable[[int], int]]:
    """A text parsed, and the way from its bytes to the article's positions."""
    data = text.encode("utf-8", "replace")
    return _parser().parse(data).root_node, locator(data, base)
