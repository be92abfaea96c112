"""Addresses of a locale: links that lead elsewhere, and pictures that have a version of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from html import escape
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from l10n.links import CONTEXT, localized_links
from l10n.model import Article, Attributes, Block, Catalog, Code, CodeKind, Entry, Key, Span
from l10n.readers import Profile, read

_NOTE = "An address; give the one for your language where there is one, else leave it empty."


def link_messages(article: Article, patterns: Iterable[str]) -> Catalog:
    """A template of the addresses that links of an article lead to, as far as they match a pattern."""
    found = dict.fromkeys(value for name, value, _ in _addresses(article) if name == "href")
    wanted = [url for url in found if any(fnmatchcase(url, pattern) for pattern in patterns)]
    entries = tuple(Entry(url, context=CONTEXT, notes=(_NOTE,)) for url in wanted)
    return Catalog(article.locale, None, entries)


def readdress(
    article: Article, file: Path, entries: Mapping[Key, Entry], locale: str, profile: Profile
) -> Article:
    """The article with the addresses of a locale in it, read anew; itself where there are none.

    Links lead to what the entries with the context `links.CONTEXT` say; a picture `harbour.svg` is
    `harbour.uk.svg` where that file lies beside it. Addresses stand outside of units, so the units are
    found in the same catalogs as before. Where other addresses would change anything else of the
    article, it stays as it was.
    """
    links = localized_links(entries)
    spans: dict[Span, str] = {}
    for name, value, region in _addresses(article):
        other = links.get(value) if name == "href" else _own_picture(file, value, locale)
        span = _place(article.source, value, region) if other and other != value else None
        if span and other:
            spans[span] = escape(other) if article.source[span.start : span.end] != value else other
    if not spans:
        return article
    text = _replaced(article.source, spans)
    made = read(text, id=article.id, format=article.format, locale=article.source_locale, profile=profile)
    return _as_before(article, made)


def _as_before(article: Article, made: Article) -> Article:
    if [*map(_shape, article.blocks)] != [*map(_shape, made.blocks)]:
        return article
    return replace(article, source=made.source, blocks=made.blocks)


def _shape(block: Block) -> tuple[object, ...]:
    """All of a block that another address must not change."""
    content = [item if isinstance(item, str) else (item.kind, item.tag) for item in block.content]
    return block.kind, block.path, block.level, block.role, block.form, content


def _addresses(article: Article) -> Iterator[tuple[str, str, Span]]:
    """Name and value of every address of a link or picture, and the range of the source to find it in."""
    for block in article.blocks:
        yield from _named(block.attributes, block.span)
        opened: list[Code] = []
        for item in block.content:
            if not isinstance(item, Code):
                continue
            if item.kind is CodeKind.OPEN:
                opened.append(item)
            first = opened.pop() if item.kind is CodeKind.CLOSE and opened else item
            if item.kind is not CodeKind.OPEN:
                yield from _named(first.attributes, Span(first.span.start, item.span.end))


def _named(attributes: Attributes, region: Span) -> Iterator[tuple[str, str, Span]]:
    for name, value in attributes:
        if name in ("href", "src") and value:
            yield name, value, region


def _place(source: str, address: str, region: Span) -> Span | None:
    """Where an address stands: in the range of its link, or in a definition that the link refers to."""
    for text in dict.fromkeys((address, escape(address, quote=False))):
        whole = rf"(?<![\w/]){re.escape(text)}(?![\w/?#&=%-])"
        match = re.compile(rf"[(\"'=<]\s*(?P<url>{whole})").search(source, region.start, region.end)
        match = match or re.compile(rf"(?P<url>{whole})").search(source, region.start, region.end)
        match = match or re.search(rf"^[ >]*\[[^\]\n]+\]:\s*<?(?P<url>{whole})", source, re.MULTILINE)
        if match:
            return Span(*match.span("url"))
    return None


def _replaced(source: str, spans: Mapping[Span, str]) -> str:
    out, at = [], 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start >= at:
            out += [source[at : span.start], spans[span]]
            at = span.end
    return "".join([*out, source[at:]])


def _own_picture(file: Path, address: str, locale: str) -> str | None:
    """The address of a picture's version for a locale, where that lies beside it."""
    try:
        parts = urlsplit(address)
        path = Path(unquote(parts.path))
        if parts.scheme or parts.netloc or not parts.path or path.is_absolute():
            return None
        own = path.with_name(f"{path.stem}.{locale}{path.suffix}")
        return parts._replace(path=quote(own.as_posix())).geturl() if (file.parent / own).is_file() else None
    except (OSError, ValueError):
        return None
