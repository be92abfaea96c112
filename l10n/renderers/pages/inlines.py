"""Running text as HTML: codes become elements, pieces in another language or unreviewed are marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from l10n import locales
from l10n.model import Attributes, Block, Code, CodeKind, Content, Piece, State
from l10n.renderers.pages import elements
from l10n.renderers.pages.directions import Directions
from l10n.renderers.pages.elements import Element, Stream
from l10n.renderers.settling import label_of


class Link(NamedTuple):
    """What an address of the article is on the page."""

    address: str
    locale: str = ""
    """The language of the page to which it leads, where that is known."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What running text has to know of the page on which it stands."""

    locale: str
    links: Mapping[str, Link]
    """Addresses as the article has them -> as this page needs them."""
    notes: Mapping[str, int]
    """Labels of footnotes -> their numbers on the page."""
    referred: set[int] = field(default_factory=set)
    """Numbers of the notes that a reference has led to so far."""

    def linked(self, address: str) -> str:
        """An address of the article as this page needs it."""
        return self.links[address].address if address in self.links else address

    def foreign(self, address: str) -> str:
        """The locale of the page that an address of the article leads to, where it is not this one's."""
        locale = self.links[address].locale if address in self.links else ""
        return "" if locale == self.locale else locale


def marks(block: Block, locale: str) -> Attributes:
    """The attributes that hold for a whole block; none where its pieces differ."""
    found = {_marks(piece, locale) for piece in block.pieces if piece.unit}
    return found.pop() if len(found) == 1 else ()


def inline(block: Block, setting: Setting, *, within: Attributes | None = None) -> str:
    """A block's running text as HTML.

    `within` are the marks that the element around it already has; without them the text brings its own.
    """
    stream = Stream()
    for piece in block.pieces or (Piece(block.content, setting.locale, State.REVIEWED),):
        own = _marks(piece, setting.locale) if piece.unit else ()
        span = stream.open(_span(own)) if own and own != within else None
        directions = Directions()
        _write(stream, piece.content, setting, directions)
        if closing := directions.end():
            stream.add(closing)
        if span:
            stream.close(stream.opened.index(span))
    return stream.finish()


def words_of(content: Content) -> str:
    """What a reader reads of a content, as plain text on one line; the numbers of notes are left out."""
    shown = (item if isinstance(item, str) else " " if item.tag == "br" else item.inner for item in content)
    return " ".join("".join(shown).split())


def image(attributes: Attributes, alt: str, setting: Setting) -> str:
    """An image, or its alternative text where its address may not be followed."""
    known = dict(elements.allowed("img", _linked(attributes, setting)))
    if "src" not in known:
        return elements.text(alt)
    return elements.start("img", {**known, "alt": alt, "loading": "lazy", "decoding": "async"}.items())


def language(locale: str) -> Attributes:
    """The attributes of a passage in that locale."""
    return (("lang", locale), ("dir", locales.direction(locale)))


def _marks(piece: Piece, locale: str) -> Attributes:
    where = language(piece.locale) if piece.locale != locale else ()
    return where + ((("data-l10n-state", state(piece)),) if state(piece) else ())


def state(piece: Piece) -> str:
    """ "draft" or "outdated" for a translation that nobody has confirmed, else ""."""
    if piece.state is not State.TRANSLATED or not piece.unit:
        return ""
    return "draft" if piece.reason == "draft" else "outdated"


def _span(attributes: Attributes) -> Element:
    return Element("", elements.start("span", attributes), "</span>")


def _write(stream: Stream, content: Content, setting: Setting, directions: Directions) -> None:
    for item in content:
        if isinstance(item, str):
            stream.add(elements.part(directions.add(item)))
        elif item.kind is CodeKind.OPEN:
            stream.open(_element(stream, item, setting))
        elif item.kind is CodeKind.STANDALONE:
            stream.add(_standalone(stream, item, setting))
        elif (opened := stream.find(item.tag)) is not None:
            stream.close(opened)


def _element(stream: Stream, code: Code, setting: Setting) -> Element:
    """What a code that begins a pair opens; nothing visible where the page may not have it."""
    attributes = dict(elements.allowed(code.tag, _linked(code.attributes, setting)))
    if code.tag not in elements.INLINE or not _may_open(stream, code.tag, attributes):
        return Element(code.tag)
    if foreign := setting.foreign(dict(code.attributes).get("href", "")):
        attributes["hreflang"] = foreign
    return Element(code.tag, elements.start(code.tag, attributes.items()), f"</{code.tag}>")


def _may_open(stream: Stream, tag: str, attributes: Mapping[str, str]) -> bool:
    """HTML has no link inside a link, and a link that leads nowhere is none."""
    return tag != "a" or ("href" in attributes and stream.find("a") is None)


def _standalone(stream: Stream, code: Code, setting: Setting) -> str:
    if label_of(code) in setting.notes:
        return _reference(setting.notes[label_of(code)], setting)
    if code.tag in ("br", "wbr"):
        return f"<{code.tag}>"
    if code.tag == "img":
        return image(code.attributes, dict(code.attributes).get("alt", code.inner), setting)
    inner = elements.text(code.inner)
    if not inner or code.tag not in elements.INLINE:
        return inner
    element = _element(stream, code, setting)
    return f"{element.start}{inner}{element.end}"


def _reference(number: int, setting: Setting) -> str:
    """A link to a note; the first one to it is where the note leads back to."""
    first = number not in setting.referred
    setting.referred.add(number)
    anchor = (("id", f"ref-{number}"),) if first else ()
    shown = locales.digits(str(number), setting.locale)
    link = elements.element("a", (("href", f"#note-{number}"), ("role", "doc-noteref")), shown)
    return elements.element("sup", anchor, link)


def _linked(attributes: Attributes, setting: Setting) -> Attributes:
    return tuple(
        (name, setting.linked(value) if name in ("href", "src") else value) for name, value in attributes
    )
