"""The texts of a drawing within a page: its title, its description, the words in it (SVG 2, 5.8 and 11.2)."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.model import Block, Code, CodeKind, Kind, Span
from l10n.readers.html.runs import code, is_seen, run, tag_of
from l10n.readers.html.tokens import Token, Type, attributes, tokens
from l10n.readers.html.translating import Scope, entered

_TEXTS = frozenset(("text", "desc", "title", "foreignobject"))


def drawn_blocks(page: str, span: Span, scope: Scope, lang: str, path: tuple[str, ...]) -> Iterator[Block]:
    """The texts of the drawing in a range of the page, which is one code of its surroundings."""
    stream = tokens(page, span.start, span.end)
    for token in stream:
        if token.type is not Type.START or token.name not in _TEXTS or page[token.end - 2] == "/":
            continue
        found = run(page, list(_items(page, token.name, stream)))
        within = entered(scope, attributes(page, token))
        if found and is_seen(found.content) and within.active(lang):
            yield Block(Kind.ATTRIBUTE, found.span, found.content, "text", path, role=token.name)


def _items(page: str, name: str, stream: Iterator[Token]) -> Iterator[Span | Code]:
    """What stands in an element up to its end: texts and, for all markup, codes."""
    for token in stream:
        if token.type is Type.END and token.name == name:
            return
        if token.type in (Type.TEXT, Type.RAW):
            yield token.span
            continue
        kind = {Type.START: CodeKind.OPEN, Type.END: CodeKind.CLOSE}.get(token.type, CodeKind.STANDALONE)
        kind = CodeKind.STANDALONE if page[token.end - 2] == "/" else kind
        yield code(kind, tag_of(token.name or "ph"), token.span, page)
