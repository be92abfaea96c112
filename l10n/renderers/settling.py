"""Settling: what a renderer would have to look up elsewhere in an article, put where it is needed.

After that blocks need neither their source text nor one another: they can be kept, and rendered later.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from l10n.laziness import expression
from l10n.model import Article, Attributes, Block, Code, CodeKind, Content, Kind, Span, plain

_KINDS = (Kind.ALT, Kind.ATTRIBUTE)
_ISO_DATE = expression(r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])")


def settle(article: Article) -> Article:
    """The article in which

    - alternative texts and titles, which are blocks of their own, stand in the attributes of what they
      belong to as well, in the language of the article;
    - notes have a label and a number: that of the first reference in the source, so that it is the same
      in every language;
    - a date that is written as in ISO 8601 stands in the attribute `datetime` of its block;
    - a title that repeats an earlier one is left out.

    An article that is settled stays as it is.
    """
    found = (block for block in article.blocks if block.kind in _KINDS and block.span.start < block.span.end)
    texts = sorted(found, key=lambda block: block.span.start)
    numbers = _numbers(article.blocks)
    blocks = (_block(block, texts, numbers) for block in _once(article.blocks))
    return replace(article, blocks=tuple(blocks))


def label_of(code: Code) -> str:
    """The label of the note that a code refers to, or ""."""
    return code.inner if code.tag == "sup" and code.kind is CodeKind.STANDALONE else ""


def _once(blocks: Sequence[Block]) -> Iterator[Block]:
    title = next((block for block in blocks if block.kind is Kind.TITLE), None)
    for block in blocks:
        repeats = title and block.kind is Kind.TITLE and _words(block) == _words(title)
        if block is title or not repeats:
            yield block


def _words(block: Block) -> str:
    return " ".join(plain(block.content).split())


def _numbers(blocks: Sequence[Block]) -> dict[str, int]:
    """Labels of notes -> their numbers: in the order of the references in the source, then the rest."""
    known = dict.fromkeys(_label(block) for block in blocks if block.kind is Kind.NOTE)
    referred = (label_of(item) for block in blocks for item in block.content if isinstance(item, Code))
    ordered = dict.fromkeys(name for name in referred if name in known)
    return {name: number for number, name in enumerate({**ordered, **known}, 1)}


def _label(note: Block) -> str:
    """What references call a note by; its place where it has no name."""
    return dict(note.attributes).get("label") or f"@{note.span.start}"


def _block(block: Block, texts: Sequence[Block], numbers: dict[str, int]) -> Block:
    facts = _facts(block, texts, numbers)
    if facts:
        block = replace(block, attributes=tuple({**dict(block.attributes), **facts}.items()))
    if not texts or not any(isinstance(item, Code) for item in block.content):
        return block
    if not block.pieces:
        return replace(block, content=_content(block.content, texts))
    pieces = tuple(replace(piece, content=_content(piece.content, texts)) for piece in block.pieces)
    return replace(block, pieces=pieces)


def _facts(block: Block, texts: Sequence[Block], numbers: dict[str, int]) -> dict[str, str]:
    """The attributes that a block lacks."""
    known = dict(block.attributes)
    if block.kind is Kind.IMAGE:
        return dict(_inside(block.span, texts))
    if block.kind is Kind.NOTE and "number" not in known:
        return {"label": _label(block), "number": str(numbers[_label(block)])}
    day = _ISO_DATE.match(plain(block.content)) if block.role == "date" and "datetime" not in known else None
    return {"datetime": day[1]} if day else {}


def _content(content: Content, texts: Sequence[Block]) -> Content:
    """A title may stand in either code of a pair: HTML has it in the first, Markdown in the last."""
    ends = _ends(content)
    return tuple(
        item if isinstance(item, str) else _code(item, ends.get(at), texts) for at, item in enumerate(content)
    )


def _code(code: Code, end: Code | None, texts: Sequence[Block]) -> Code:
    found = [*_inside(end.span, texts), *_inside(code.span, texts)] if end else _inside(code.span, texts)
    return replace(code, attributes=_with(code.attributes, found)) if found else code


def _inside(span: Span, texts: Sequence[Block]) -> list[tuple[str, str]]:
    """The attributes whose texts lie in a range of the source."""
    return [(_name(block), plain(block.shown)) for block in _within(span, texts) if _name(block)]


def _within(span: Span, texts: Sequence[Block]) -> Iterator[Block]:
    for at in range(bisect_left(texts, span.start, key=lambda block: block.span.start), len(texts)):
        if texts[at].span.end > span.end:
            return
        yield texts[at]


def _name(block: Block) -> str:
    if block.kind is Kind.ALT:
        return "alt"
    return "title" if block.role in ("", Kind.ATTRIBUTE, "title") else ""


def _with(attributes: Attributes, found: list[tuple[str, str]]) -> Attributes:
    return tuple({**dict(attributes), **dict(found)}.items())


def _ends(content: Content) -> dict[int, Code]:
    """Place of a code that begins a pair -> the code that ends it."""
    opened: list[int] = []
    out: dict[int, Code] = {}
    for at, item in enumerate(content):
        if isinstance(item, Code) and item.kind is CodeKind.OPEN:
            opened.append(at)
        elif isinstance(item, Code) and item.kind is CodeKind.CLOSE and opened:
            out[opened.pop()] = item
    return out
