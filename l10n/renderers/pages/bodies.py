"""An article as the parts of a page: what stands in its head, its text and its notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from l10n import locales
from l10n.laziness import expression
from l10n.model import Article, Attributes, Block, Code, Kind
from l10n.renderers.pages import elements
from l10n.renderers.pages.blocks import flow, paragraph
from l10n.renderers.pages.inlines import Link, Setting, inline, language, marks, state, words_of
from l10n.renderers.pages.words import is_foreign, word
from l10n.renderers.settling import settle

if TYPE_CHECKING:
    from babel import Locale

_HEAD_LABELS = {"category", "date", "author"}
_ISO_DATE = expression(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")


HTML_PARTS = ("kicker", "title", "lead", "byline", "caption", "main", "notes")
"""The fields of a body that are HTML."""


@dataclass(frozen=True, slots=True)
class Body:
    """An article as a page shows it: facts as plain text, parts as HTML that is whole in itself."""

    locale: str
    """The locale in which the title is; not the page's where the title is not translated."""
    headline: str
    description: str
    category: str
    authors: tuple[str, ...]
    date: date | None
    image: str
    """The address of the first image."""
    states: frozenset[str]
    """What a reader should be told of: "draft", "outdated", "fallback", "hidden"."""
    kicker: str
    title: str
    lead: str
    byline: str
    caption: str
    """Captions that came before the text, without their image."""
    main: str
    notes: str


@dataclass(frozen=True, slots=True)
class Teaser:
    """What a list of articles shows of one: plain texts, which can be kept as JSON."""

    locale: str
    """The locale of the headline."""
    headline: str
    description: str
    category: str
    date: str
    """As in ISO 8601, or ""."""
    draft: bool
    """Whether the article holds machine translation that nobody has checked."""


def teaser(body: Body) -> Teaser:
    """What a list of articles shows of this one."""
    day = body.date.isoformat() if body.date else ""
    return Teaser(
        body.locale, body.headline, body.description, body.category, day, draft="draft" in body.states
    )


def body(
    article: Article, words: Mapping[str, str] | None = None, links: Mapping[str, Link] | None = None
) -> Body:
    """The article as HTML and as the facts that a page's head or a list of articles needs.

    `words` are those of MESSAGES in the page's language; `links` maps addresses as the article has
    them to what they are on the page.
    """
    words = words or {}
    article = settle(article)
    parts = _parts(article.blocks)
    setting = Setting(article.locale, links or {}, _numbers(article.blocks))
    head = parts.title or parts.facts.get("title")
    leads = parts.leads or [parts.facts[role] for role in ("subtitle", "summary") if role in parts.facts]
    headline = (words_of(head.shown) if head else "") or article.id.rpartition("/")[2]
    return Body(
        locale=_locale_of(head, article.locale),
        headline=headline,
        description=_description(parts, leads),
        category=_fact("category", article, parts),
        authors=_authors(article, parts),
        date=_published(article, parts),
        image=_first_image(parts.main, setting),
        states=_states(article),
        kicker=_kicker(article, parts, setting),
        title=(paragraph("h1", (), head, setting) if head else "")
        or elements.element("h1", (), elements.text(headline)),
        lead="".join(paragraph("p", (("class", "lead"),), block, setting) for block in leads),
        byline=_byline(article, parts, setting, words),
        caption="".join(paragraph("p", (("class", "caption"),), block, setting) for block in parts.captions),
        main=flow(parts.main, setting, words),
        notes=_notes(parts.notes, setting, words),
    )


@dataclass(slots=True)
class _Parts:
    """The blocks of an article by where they stand on its page."""

    title: Block | None = None
    leads: list[Block] = field(default_factory=list)
    captions: list[Block] = field(default_factory=list)
    main: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    facts: dict[str, Block] = field(default_factory=dict)
    labels: dict[str, Block] = field(default_factory=dict)


def _parts(blocks: Iterable[Block]) -> _Parts:
    parts = _Parts()
    for block in blocks:
        if not block.hidden:
            _sort(parts, block)
    return parts


def _sort(parts: _Parts, block: Block) -> None:
    """Put a block where it belongs. The site's own words (CHROME), and texts that stand in attributes by now,
    belong nowhere.
    """
    match block.kind:
        case Kind.TITLE if parts.title is None:
            parts.title = block
        case Kind.CHROME | Kind.ALT | Kind.ATTRIBUTE:
            pass
        case Kind.METADATA:
            parts.facts.setdefault(block.role, block)
        case Kind.LABEL if block.role in _HEAD_LABELS:
            parts.labels.setdefault(block.role, block)
        case Kind.LEAD:
            parts.leads.append(block)
        case Kind.NOTE:
            parts.notes.append(block)
        case Kind.CAPTION if not parts.main and not block.path:
            parts.captions.append(block)
        case _:
            parts.main.append(block)


def _fact(role: str, article: Article, parts: _Parts) -> str:
    """A fact as plain text: of a block, which is translated, or else of the metadata."""
    block = parts.facts.get(role)
    return words_of(block.shown) if block else article.metadata.get(role, "").strip()


def _description(parts: _Parts, leads: list[Block]) -> str:
    own = parts.facts.get("description")
    return words_of(own.shown) if own else " ".join(words_of(block.shown) for block in leads)


def _published(article: Article, parts: _Parts) -> date | None:
    """The day of publication, where it is written as in ISO 8601; its time and zone are left out."""
    block = parts.facts.get("date")
    own = dict(block.attributes).get("datetime", "") if block else ""
    texts = (own, article.metadata.get("date", ""))
    for found in filter(None, map(_ISO_DATE.match, texts)):
        with suppress(ValueError):
            return date.fromisoformat(found[0])
    return None


def _kicker(article: Article, parts: _Parts, setting: Setting) -> str:
    named = (("class", "kicker"),)
    if "category" in parts.facts:
        return paragraph("p", named, parts.facts["category"], setting)
    text = elements.text(_fact("category", article, parts))
    return elements.element("p", (*named, *_of_source(article)), text) if text else ""


def _of_source(article: Article) -> Attributes:
    """The language of facts that are not translated."""
    return language(article.source_locale) if article.source_locale != article.locale else ()


def _byline(article: Article, parts: _Parts, setting: Setting, words: Mapping[str, str]) -> str:
    """Who wrote the article and when, each with a label that only screen readers say."""
    rows = []
    for role, name in (("author", "Author"), ("date", "Published")):
        block = parts.labels.get(role)
        term = inline(block, setting) if block else _label(words, name, setting)
        value = _value(role, article, parts, setting)
        if value:
            row = elements.element("dt", (), term) + elements.element("dd", (), value)
            rows.append(elements.element("div", (("class", role),), row))
    return elements.element("dl", (("class", "byline"),), "".join(rows)) if rows else ""


def _value(role: str, article: Article, parts: _Parts, setting: Setting) -> str:
    published = _published(article, parts)
    if role == "date" and published:
        return time(published, article.locale)
    block = parts.facts.get(role)
    if block:
        return inline(block, setting)
    names = _authors(article, parts)
    return elements.text(_listed(names, article.locale) if role == "author" else _fact(role, article, parts))


def _authors(article: Article, parts: _Parts) -> tuple[str, ...]:
    """Who wrote the article. Front matter holds several in a list, or with commas between whole names.

    "Smith, Jane" and "John Smith, Jr." are one.
    """
    if "author" in parts.facts:
        return (words_of(parts.facts["author"].shown),)
    named = article.metadata.get("authors", "")
    text = (named or article.metadata.get("author", "")).strip()
    names = tuple(filter(None, map(str.strip, text.split(","))))
    return names if named or all(" " in name for name in names) else (text,)


def _listed(names: tuple[str, ...], locale: str) -> str:
    """Names one after another as CLDR joins them in a locale: "A, B and C", "A、B、C"."""
    from babel.lists import format_list

    return format_list(names, "standard", cldr(locale)) if names else ""


def time(day: date, locale: str) -> str:
    """A day as CLDR writes it in full in a locale, as HTML: `<time datetime="2024-06-18">…`."""
    from babel.dates import format_date

    written = locales.digits(format_date(day, "long", cldr(locale)), locale)
    return elements.element("time", (("datetime", day.isoformat()),), elements.text(written))


def cldr(tag: str) -> Locale:
    """CLDR's data for a locale or the nearest that it falls back to; English for one that is unknown."""
    from babel import Locale, UnknownLocaleError

    for name in (*locales.parents(tag), "en"):
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(name, sep="-")
    raise AssertionError("CLDR without English")


def _label(words: Mapping[str, str], msgid: str, setting: Setting) -> str:
    """A word of the theme, which says so where it is in English on a page in another language."""
    said = elements.text(word(words, msgid))
    foreign = is_foreign(words, msgid, setting.locale)
    return elements.element("span", language("en"), said) if foreign else said


def _numbers(blocks: Iterable[Block]) -> dict[str, int]:
    """Labels of notes -> their numbers."""
    notes = [dict(block.attributes) for block in blocks if block.kind is Kind.NOTE]
    return {note["label"]: int(note["number"]) for note in notes}


def _notes(blocks: Sequence[Block], setting: Setting, words: Mapping[str, str]) -> str:
    """The notes as a numbered list, each with a link back to the text; "" without any."""
    by_number: dict[int, list[Block]] = {}
    for block in blocks:
        by_number.setdefault(int(dict(block.attributes)["number"]), []).append(block)
    if not by_number:
        return ""
    items = "".join(_note(number, by_number[number], setting, words) for number in sorted(by_number))
    heading = elements.element("h2", (("id", "notes"),), _label(words, "Notes", setting))
    named = (("class", "notes"), ("role", "doc-endnotes"), ("aria-labelledby", "notes"))
    return elements.element("section", named, f"{heading}<ol>{items}</ol>")


def _note(number: int, blocks: list[Block], setting: Setting, words: Mapping[str, str]) -> str:
    texts = "".join(paragraph("p", (), block, setting) for block in blocks)
    if number in setting.referred:
        back = {"href": f"#ref-{number}", "role": "doc-backlink", "aria-label": word(words, "Back to text")}
        link = elements.element("a", back.items(), "↩")
        texts = f"{texts.removesuffix('</p>')} {link}</p>" if texts else link
    return elements.element("li", (("id", f"note-{number}"),), texts)


def _first_image(blocks: Iterable[Block], setting: Setting) -> str:
    """The address of the first image that may be shown, as the page has it."""
    for block in blocks:
        codes = [item.attributes for item in block.shown if isinstance(item, Code) and item.tag == "img"]
        for attributes in (block.attributes, *codes):
            found = elements.address(setting.linked(dict(attributes).get("src", "")))
            if found:
                return found
    return ""


def _states(article: Article) -> frozenset[str]:
    """What of the article a reader should know is not a finished translation."""
    pieces = [piece for block in article.blocks for piece in block.pieces if piece.unit]
    hidden = {"hidden" for block in article.blocks if block.hidden}
    foreign = {"fallback" for piece in pieces if piece.locale != article.locale}
    return frozenset({state(piece) for piece in pieces} - {""} | foreign | hidden)


def _locale_of(block: Block | None, locale: str) -> str:
    own = dict(marks(block, locale)) if block else {}
    return own.get("lang", locale)
