"""TMX 1.4b (LISA OSCAR, 2005): reviewed translations as a memory."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from l10n import inline
from l10n.errors import CatalogError
from l10n.exchange import CatalogFormat
from l10n.exchange.xml import ILLEGAL, LANG, line, parse_xml, to_bytes
from l10n.model import Catalog, Entry, State

_HEADER = {
    "creationtool": "l10n",
    "creationtoolversion": "1",
    "segtype": "sentence",
    "o-tmf": "PO",
    "adminlang": "en",
    "datatype": "xml",
}


def serialize_tmx(catalog: Catalog) -> bytes:
    """The reviewed entries of a catalog; their codes as `bpt`, `ept` and `ph`."""
    root = Element("tmx", {"version": "1.4"})
    SubElement(root, "header", {**_HEADER, "srclang": catalog.source_locale})
    body = SubElement(root, "body")
    for entry in catalog.entries:
        if entry.state is State.REVIEWED:
            _unit(body, entry, catalog)
    line(body, 1)
    return to_bytes(line(root))


def _unit(body: Element, entry: Entry, catalog: Catalog) -> None:
    unit = SubElement(body, "tu")
    if entry.context is not None:
        SubElement(unit, "prop", {"type": "x-context"}).text = ILLEGAL.sub("", entry.context)
    for locale, text in ((catalog.source_locale, entry.source), (catalog.locale or "und", entry.target)):
        variant = SubElement(unit, "tuv", {LANG: locale})
        _content(SubElement(variant, "seg"), text)
    line(unit, 2)


def _content(segment: Element, text: str) -> None:
    numbers: dict[str, str] = {}
    for at, part in enumerate(inline.split(text)):
        if at % 2 == 0:
            _append(segment, ILLEGAL.sub("", inline.unescape(part)))
            continue
        number = numbers.setdefault(part.strip("<>/"), str(len(numbers) + 1))
        if part.endswith("/>"):
            SubElement(segment, "ph", {"x": number}).text = part
        elif part.startswith("</"):
            SubElement(segment, "ept", {"i": number}).text = part
        else:
            SubElement(segment, "bpt", {"i": number, "x": number}).text = part


def _append(segment: Element, text: str) -> None:
    if len(segment):
        segment[-1].tail = (segment[-1].tail or "") + text
    else:
        segment.text = (segment.text or "") + text


def parse_tmx(data: bytes) -> Catalog:
    """The translations of a memory in two languages: that of `srclang`, and the first other one.

    Codes of other tools are left out of the texts. Raises CatalogError.
    """
    root = parse_xml(data)
    header = root.find("header")
    if root.tag != "tmx" or header is None:
        raise CatalogError("not TMX 1.4")
    source = header.get("srclang", "")
    target = next(
        (lang for tuv in root.iter("tuv") if (lang := _lang(tuv)) and not _same(lang, source)), None
    )
    entries = [entry for unit in root.iter("tu") if (entry := _entry(unit, source, target))]
    return Catalog(source, target, tuple(entries))


def _entry(unit: Element, source: str, target: str | None) -> Entry | None:
    texts = {_lang(tuv).lower(): _read(tuv.find("seg")) for tuv in unit.iter("tuv")}
    left, right = texts.get(source.lower()), texts.get((target or "").lower())
    context = next((p.text or "" for p in unit.iter("prop") if p.get("type") == "x-context"), None)
    return Entry(left, right, context, State.REVIEWED) if left and right else None


def _read(segment: Element | None) -> str:
    """The text of a segment, with the codes that are of our own form."""
    if segment is None:
        return ""
    out = [inline.escape(segment.text or "")]
    for child in segment:
        own = child.text or ""
        out += [own if inline.CODE.fullmatch(own) else "", inline.escape(child.tail or "")]
    return "".join(out)


def _lang(variant: Element) -> str:
    return variant.get(LANG) or variant.get("lang") or ""


def _same(one: str, other: str) -> bool:
    return one.lower() == other.lower()


FORMAT = CatalogFormat("tmx", serialize_tmx, parse_tmx, memory=True)
