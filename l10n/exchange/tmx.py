"""TMX 1.4b (LISA OSCAR, 2005): translations as a memory, in files of any size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from l10n import inline
from l10n.errors import CatalogError
from l10n.exchange.codes import Piece, Role, pieces
from l10n.exchange.contracts import CatalogFormat
from l10n.exchange.parcels import Parcel
from l10n.exchange.xml import ILLEGAL, LANG, append, line, stream_xml, sub
from l10n.exchange.xml import walk as walk_codes
from l10n.locales import language
from l10n.memory import Segment, segments_of
from l10n.model import Catalog, Entry, State

_HEADER = {
    "creationtool": "l10n",
    "creationtoolversion": "1",
    "segtype": "sentence",
    "o-tmf": "PO",
    "adminlang": "en",
    "datatype": "xml",
}
_CONTEXT, _PREVIOUS, _NEXT, _RETIRED = "x-context", "prev", "next", "x-obsolete"
"""Types of `prop`; those for the neighbours are OmegaT's."""
_NAMES = {"bpt": "g", "ept": "g", "ph": "x", "it": "x", "ut": "x"}
"""What codes of other tools are called in a textual form."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A segment of a memory with its pair of locales."""

    source_locale: str
    locale: str
    segment: Segment


def write_tmx(source_locale: str, locale: str, segments: Iterable[Segment]) -> Iterator[bytes]:
    """The segments of a pair as TMX, piece by piece; codes as `bpt`, `ept`, `ph` and `it`."""
    header = Element("header", {**_HEADER, "srclang": source_locale})
    yield b"<?xml version='1.0' encoding='utf-8'?>\n<tmx version=\"1.4\">\n  "
    yield ElementTree.tostring(header, encoding="utf-8") + b"\n  <body>\n"
    for segment in segments:
        unit = _unit(segment, source_locale, locale)
        yield b"    " + ElementTree.tostring(unit, encoding="utf-8").replace(b"\r", b"&#13;") + b"\n"
    yield b"  </body>\n</tmx>\n"


def serialize_tmx(parcel: Parcel) -> bytes:
    """The reviewed entries of a catalog, with their neighbours; obsolete ones are marked as such."""
    catalog = parcel.catalog
    return b"".join(write_tmx(catalog.source_locale, catalog.locale or "und", segments_of(catalog)))


def _unit(segment: Segment, source_locale: str, locale: str) -> Element:
    unit = Element("tu")
    properties = {_CONTEXT: segment.context, _RETIRED: "yes" if segment.retired else None}
    if segment.neighbours:
        properties |= dict(zip((_PREVIOUS, _NEXT), segment.neighbours, strict=True))
    for name, value in properties.items():
        if value is not None:
            sub(unit, "prop", value, type=name)
    for tag, text in ((source_locale, segment.source), (locale, segment.target)):
        variant = SubElement(unit, "tuv", {"xml:lang": tag})
        _content(SubElement(variant, "seg"), text)
    return line(unit, 2)


def _content(segment: Element, text: str) -> None:
    numbers: dict[str, str] = {}
    for piece in pieces(text):
        if piece.role is Role.TEXT:
            append(segment, ILLEGAL.sub("", piece.text))
        else:
            _code(segment, piece, numbers)


def _code(segment: Element, piece: Piece, numbers: dict[str, str]) -> None:
    number = numbers.setdefault(piece.name, str(len(numbers) + 1))
    match piece.role:
        case Role.OPEN:
            tag, facts = "bpt", {"i": number, "x": number}
        case Role.CLOSE:
            tag, facts = "ept", {"i": number}
        case Role.ALONE:
            tag, facts = "ph", {"x": number}
        case _:
            tag, facts = "it", {"pos": "begin" if piece.role is Role.BEGIN else "end", "x": number}
    SubElement(segment, tag, facts).text = piece.text


def read_tmx(chunks: Iterable[bytes], source: str = "") -> Iterator[Translation]:
    """The translations of a memory from a locale, or from that of its header, into all others.

    A variant in another form of the source's language, such as en-GB for en, serves too. Units are read
    one at a time. Raises CatalogError for what is no TMX, also when the end is missing.
    """
    elements = stream_xml(chunks, frozenset({"header", "tu"}))
    header = next(elements, None)
    if header is None or header.tag != "header":
        raise CatalogError("not TMX 1.4", hint='a TMX file begins with <tmx version="1.4"><header …>')
    wanted = source or header.get("srclang", "")
    for unit in elements:
        yield from _translations(unit, wanted)


def _translations(unit: Element, wanted: str) -> Iterator[Translation]:
    codes = _Codes()
    texts = {_lang(variant): codes.read(variant.find("seg")) for variant in unit.findall("tuv")}
    source = _choose(texts, wanted)
    if source is None or not texts[source]:
        return
    facts = {each.get("type"): each.text or "" for each in unit.findall("prop")}
    neighbours = (facts[_PREVIOUS], facts[_NEXT]) if {_PREVIOUS, _NEXT} <= set(facts) else None
    for tag, text in texts.items():
        if text and tag != source:
            segment = Segment(texts[source], text, facts.get(_CONTEXT), neighbours, _RETIRED in facts)
            yield Translation(source, tag, segment)


def _choose(tags: Iterable[str], wanted: str) -> str | None:
    """The tag that is wanted, or else the first one of the same language."""
    near = [tag for tag in tags if language(tag) == language(wanted)]
    return next((tag for tag in near if tag.lower() == wanted.lower()), near[0] if near else None)


@dataclass(slots=True)
class _Codes:
    """The codes of a unit, so that the same one has the same name in all its variants."""

    numbers: dict[str, int] = field(default_factory=dict)
    opened: dict[str, str] = field(default_factory=dict)
    """The names of the pairs of the variant that is being read, by `i`."""
    alone: int = 0

    def read(self, segment: Element | None) -> str:
        """The textual form of a segment; where the codes of another tool do not nest, its plain text."""
        if segment is None:
            return ""
        self.opened, self.alone = {}, 0
        text = walk_codes(segment, self._marks)
        foreign = any(not inline.CODE.fullmatch(child.text or "") for child in segment)
        return inline.CODE.sub("", text) if foreign and inline.problems(text, text) else text

    def _marks(self, element: Element) -> tuple[str, str | None]:
        own = element.text or ""
        if inline.CODE.fullmatch(own):
            return own, None
        name = _NAMES.get(element.tag)
        if name is None:
            return "", ""
        match element.tag:
            case "bpt":
                key = element.get("x") or f"i{element.get('i')}"
                self.opened[element.get("i", "")] = named = f"g{self._number(f'g {key}')}"
                return f"<{named}>", None
            case "ept":
                return f"</{self.opened.get(element.get('i', ''), 'g0')}>", None
            case _:
                self.alone += 1
                return f"<x{self._number('x ' + element.get('x', f'n{self.alone}'))}/>", None

    def _number(self, key: str) -> int:
        return self.numbers.setdefault(key, len(self.numbers) + 1)


def parse_tmx(data: bytes) -> Parcel:
    """The translations of a memory from the locale of its header into the first other one."""
    found = list(read_tmx([data]))
    if not found:
        return Parcel(Catalog("und", None))
    pair = found[0].source_locale, found[0].locale
    segments = [each.segment for each in found if each.locale == pair[1]]
    entries = (Entry(each.source, each.target, each.context, State.REVIEWED) for each in segments)
    return Parcel(Catalog(*pair, tuple(entries)))


def _lang(variant: Element) -> str:
    return (variant.get(LANG) or variant.get("lang") or "und").replace("_", "-")


FORMAT = CatalogFormat("tmx", serialize_tmx, parse_tmx, memory=True, plurals=False)
