"""Documents: one JSON text for an article in all its locales, for apps, search and whoever builds pages.

The schema stands in `data/article.schema.json`. A document holds all that a page shows, so that a page
can be made again from it long after its catalog has moved on: `parse_document` gives back articles
that render as those did that `serialize_document` took.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from l10n import locales
from l10n.errors import RenderError
from l10n.model import (
    Article,
    Block,
    Code,
    CodeKind,
    Content,
    Coverage,
    Kind,
    Piece,
    Span,
    State,
    joined,
    plain,
)
from l10n.renderers.settling import settle

_NOWHERE = Span(0, 0)
_SPACE = "gap"


@dataclass(frozen=True, slots=True)
class Version:
    """An article in one of its locales, as it is published."""

    article: Article
    coverage: Coverage
    page: str
    """Path of its page below the folder of bundles."""
    text: str
    """Path of the article in its own format."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article in all locales in which it is published."""

    id: str
    format: str
    source_locale: str
    pictures: Mapping[str, str] = field(default_factory=dict)
    """Address as the article has it -> path below the folder of bundles."""
    versions: Mapping[str, Version] = field(default_factory=dict)


def serialize_document(document: Document) -> str:
    """A document as JSON, a block a line; the same input gives the same text."""
    head = {
        "version": 1,
        "id": document.id,
        "format": document.format,
        "source": document.source_locale,
        "pictures": dict(document.pictures),
    }
    versions = [f"{_json(tag)}: {_version(document.versions[tag])}" for tag in sorted(document.versions)]
    return _with(head, "locales", "{", versions, "}") + "\n"


def _with(head: Mapping[str, Any], name: str, start: str, items: Iterable[str], end: str) -> str:
    """An object as JSON, its last member given as texts of JSON, a line each."""
    lines = ",\n".join(items)
    return f'{_json(head)[:-1]}, "{name}": {start}\n{lines}\n{end}}}'


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


def parse_document(text: str) -> Document:
    """The reverse of `serialize_document`. Raises RenderError for what is no such document."""
    try:
        data = json.loads(text)
        if data["version"] != 1:
            raise ValueError(f"version {data['version']!r}")
        document = Document(data["id"], data["format"], data["source"], data["pictures"])
        found = {tag: _parse_version(document, tag, each) for tag, each in data["locales"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RenderError(f"not a document of an article: {error}") from error
    return replace(document, versions=found)


def _version(version: Version) -> str:
    article = settle(version.article)
    head = {
        "dir": locales.direction(article.locale),
        "page": version.page,
        "text": version.text,
        "coverage": asdict(version.coverage),
        "metadata": dict(article.metadata),
    }
    blocks = (_json(_block(block, article)) for block in article.blocks)
    return _with(head, "blocks", "[", blocks, "]")


def _block(block: Block, article: Article) -> dict[str, Any]:
    own = (Piece(block.content, article.locale, State.REVIEWED, unit=block.translate),)
    given = {
        "kind": str(block.kind),
        "level": block.level,
        "role": block.role,
        "path": list(block.path),
        "attributes": dict(block.attributes),
        "hidden": block.hidden,
        "units": [_piece(piece, article) for piece in block.pieces or own if piece.content],
    }
    return {name: value for name, value in given.items() if value or name in ("kind", "units")}


def _piece(piece: Piece, article: Article) -> dict[str, Any]:
    out: dict[str, Any] = {"state": _state(piece, article.source_locale), "text": plain(piece.content)}
    if piece.locale != article.locale:
        out |= {"lang": piece.locale, "dir": locales.direction(piece.locale)}
    if piece.state is State.REVIEWED and out["state"] in ("draft", "outdated"):
        out["shown"] = "reviewed"
    if any(isinstance(item, Code) for item in piece.content):
        out["content"] = [item if isinstance(item, str) else _code(item) for item in piece.content]
    return out


def _state(piece: Piece, source_locale: str) -> str:
    """What is known of a unit: "original", "reviewed", "draft" or "outdated"; "gap" for what is none."""
    if not piece.unit:
        return _SPACE
    if piece.locale == source_locale:
        return "original"
    if piece.reason:
        return "draft" if piece.reason == "draft" else "outdated"
    return "reviewed"


def _code(code: Code) -> dict[str, Any]:
    out = {"code": str(code.kind), "tag": code.tag, "attributes": dict(code.attributes), "text": code.inner}
    return {name: value for name, value in out.items() if value or name in ("code", "tag")}


def _parse_version(document: Document, tag: str, data: Mapping[str, Any]) -> Version:
    source = document.source_locale
    blocks = tuple(_parse_block(each, tag, source) for each in data["blocks"])
    article = Article(document.id, document.format, tag, "", source, blocks, data["metadata"])
    return Version(article, Coverage(**data["coverage"]), data["page"], data["text"])


def _parse_block(data: Mapping[str, Any], tag: str, source: str) -> Block:
    pieces = tuple(_parse_piece(each, tag) for each in data["units"])
    if data.get("hidden"):
        pieces = (Piece((), tag, State.TRANSLATED, reason="outdated"),)
    return Block(
        Kind(data["kind"]),
        _NOWHERE,
        joined(piece.content for piece in pieces),
        path=tuple(data.get("path", ())),
        level=data.get("level", 0),
        role=data.get("role", ""),
        attributes=tuple(data.get("attributes", {}).items()),
        pieces=pieces,
    )


def _parse_piece(data: Mapping[str, Any], tag: str) -> Piece:
    content: Content = tuple(
        item if isinstance(item, str) else _parse_code(item) for item in data.get("content", [data["text"]])
    )
    state = data["state"]
    unsure = state in ("draft", "outdated")
    reviewed = not unsure or data.get("shown") == "reviewed"
    kind = State.REVIEWED if reviewed else State.TRANSLATED
    return Piece(content, data.get("lang", tag), kind, unit=state != _SPACE, reason=state if unsure else "")


def _parse_code(data: Mapping[str, Any]) -> Code:
    attributes = tuple(data.get("attributes", {}).items())
    return Code(CodeKind(data["code"]), data["tag"], _NOWHERE, "", attributes, data.get("text", ""))
