"""What stands in the head of a page: descriptions and structured data to translate, facts to know."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from l10n.laziness import expression
from l10n.model import Block, Kind, Span
from l10n.readers.html.tokens import Attribute

_TEXTS = {
    "description",
    "og:title",
    "og:description",
    "og:image:alt",
    "twitter:title",
    "twitter:description",
    "twitter:image:alt",
    "twitter:label1",
    "twitter:data1",
    "twitter:label2",
    "twitter:data2",
    "headline",
}
_FACTS = {"author": "author", "article:published_time": "date", "date": "date", "article:section": "category"}
_DATA = expression(r'"(?P<name>headline|description)"\s*:\s*"(?P<text>(?:[^"\\]|\\.)*)"')


def meta_block(named: Mapping[str, Attribute]) -> Block | None:
    """The text of a meta element that search engines and social networks show."""
    name, content = _named(named)
    if name not in _TEXTS or content is None:
        return None
    text = " ".join(content.value.split())
    return Block(Kind.METADATA, content.span, (text,), content.form, role=name) if text else None


def meta_fact(named: Mapping[str, Attribute]) -> dict[str, str]:
    """The fact that a meta element states: author, date, category."""
    name, content = _named(named)
    return {_FACTS[name]: content.value} if name in _FACTS and content else {}


def _named(named: Mapping[str, Attribute]) -> tuple[str, Attribute | None]:
    key = named.get("name") or named.get("property") or named.get("itemprop")
    return (key.value.strip().lower() if key else "", named.get("content"))


def data_blocks(page: str, span: Span) -> Iterator[Block]:
    """The headlines and the descriptions in JSON-LD (schema.org)."""
    for match in _DATA.finditer(page, span.start, span.end):
        try:
            text = " ".join(str(json.loads(f'"{match["text"]}"')).split())
        except ValueError:
            continue
        if text:
            yield Block(Kind.METADATA, Span(*match.span("text")), (text,), "json", role=match["name"])
