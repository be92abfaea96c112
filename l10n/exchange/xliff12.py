"""XLIFF 1.2 (OASIS, 1 February 2008), which more tools read than 2.1: a `trans-unit` for each entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement

from l10n.errors import CatalogError
from l10n.exchange.codes import Piece, Role, pieces
from l10n.exchange.contracts import CatalogFormat
from l10n.exchange.parcels import Base, Parcel
from l10n.exchange.plurals import SINGULAR, elements, forms, joined
from l10n.exchange.xml import append_legal, character, line, parse_xml, sub, to_bytes, walk
from l10n.model import Catalog, Entry, Origin, State

_CORE = "urn:oasis:names:tc:xliff:document:1.2"
_Q = f"{{{_CORE}}}"
_FINAL = {"final", "signed-off"}
_TYPES = {
    "a": "link",
    "img": "image",
    "em": "italic",
    "i": "italic",
    "strong": "bold",
    "b": "bold",
    "br": "lb",
}
"""The `ctype` of a code by its tag (section 2.3)."""
_UNTOUCHED = "needs-translation"
"""The state of a target that is still the source: OmegaT offers only what has a target."""
_CHARACTER = "x-code-point"
_PLURALS = "x-gettext-plurals"
"""The `restype` of a group that holds the plural forms of one entry."""
_QUALIFIERS = {"draft": "mt-suggestion", "outdated": "x-outdated", "merged": "x-merged"}
"""Why a target is not final: the `state-qualifier` of each `Origin.reason`."""


def serialize_xliff12(parcel: Parcel) -> bytes:
    """A catalog as XLIFF 1.2: its codes as `g` and `x`, and notes and matches in their places."""
    catalog = parcel.catalog
    root = Element("xliff", {"xmlns": _CORE, "version": "1.2"})
    locales = {"source-language": catalog.source_locale}
    locales |= {"target-language": catalog.locale} if catalog.locale else {}
    file = SubElement(root, "file", {"original": parcel.article, "datatype": "po", **locales})
    body = SubElement(file, "body")
    for entry in catalog.entries:
        if entry.plural is None:
            _unit(body, Base.of(entry).id, entry, parcel)
        else:
            _group(body, entry, parcel)
    line(body, 2)
    line(file, 1)
    return to_bytes(line(root))


def _group(body: Element, entry: Entry, parcel: Parcel) -> None:
    """The plural forms of an entry, a unit each."""
    id = Base.of(entry).id
    group = SubElement(body, "group", {"id": id, "restype": _PLURALS})
    _said(group, entry)
    for name, form in forms(entry):
        unit = _unit(group, f"{id}.{name}", form, parcel, depth=4)
        if name == SINGULAR:
            unit.set("translate", "no")
    line(group, 3)


def _unit(parent: Element, id: str, entry: Entry, parcel: Parcel, depth: int = 3) -> Element:
    approved = "yes" if entry.state is State.REVIEWED else "no"
    facts = {"id": id, "approved": approved, "xml:space": "preserve"}
    unit = SubElement(parent, "trans-unit", facts)
    _content(SubElement(unit, "source"), entry.source)
    _content(SubElement(unit, "target", _target_state(entry)), entry.target or entry.source)
    _said(unit, entry)
    for facts, old, target in _alternatives(entry, parcel):
        alternative = SubElement(unit, "alt-trans", facts)
        _content(SubElement(alternative, "source"), old)
        _content(SubElement(alternative, "target"), target)
        line(alternative, depth + 1)
    return line(unit, depth)


def _said(unit: Element, entry: Entry) -> None:
    """What is said of an entry beside its texts."""
    if entry.context is not None:
        _context(unit, "information", "x-msgctxt", entry.context)
    for place in entry.places:
        _context(unit, "location", "sourcefile", place)
    for source, texts in (("description", entry.notes), ("comment", entry.comments)):
        for text in texts:
            sub(unit, "note", text, **{"from": source})


def _target_state(entry: Entry) -> dict[str, str]:
    if not entry.target:
        return {"state": _UNTOUCHED}
    if entry.state is State.REVIEWED:
        return {"state": "final"}
    reason = _QUALIFIERS.get(entry.origin.reason) if entry.origin else None
    return {"state": "needs-review-translation"} | ({"state-qualifier": reason} if reason else {})


def _context(unit: Element, purpose: str, kind: str, text: str) -> None:
    group = SubElement(unit, "context-group", {"purpose": purpose})
    sub(group, "context", text, **{"context-type": kind})
    line(group, 4)


def _alternatives(entry: Entry, parcel: Parcel) -> Iterator[tuple[dict[str, str], str, str]]:
    """For an outdated translation the text that it translates, and what the memory offers."""
    if entry.previous_source is not None and entry.target:
        yield {"alttranstype": "previous-version"}, entry.previous_source, entry.target
    for offer in parcel.matches.get(entry.key, ()):
        yield {"match-quality": f"{offer.score}%", "origin": offer.origin}, offer.source, offer.target


def _content(parent: Element, text: str) -> None:
    """A textual form as XLIFF's inline elements, below `parent`."""
    opened = [parent]
    for piece in pieces(text):
        match piece.role:
            case Role.TEXT:
                append_legal(opened[-1], piece.text, _character)
            case Role.OPEN:
                opened.append(SubElement(opened[-1], "g", _attributes(piece)))
            case Role.CLOSE:
                opened.pop()
            case Role.ALONE:
                SubElement(opened[-1], "x", _attributes(piece))
            case Role.BEGIN:
                SubElement(parent, "bx", _attributes(piece))
            case Role.END:
                SubElement(parent, "ex", {"id": f"{_id(piece)}-end"})


def _attributes(piece: Piece) -> dict[str, str]:
    return {"id": _id(piece), "ctype": _TYPES.get(piece.tag, f"x-{piece.tag.lower()}")}


def _id(piece: Piece) -> str:
    return piece.name if piece.copy == 1 else f"{piece.name}-{piece.copy}"


def _character(parent: Element, character: str) -> None:
    """A character that XML lacks; this version of XLIFF has no element for it."""
    SubElement(parent, "x", {"id": f"U+{ord(character):04X}", "ctype": _CHARACTER})


def parse_xliff12(data: bytes) -> Parcel:
    """What XLIFF 1.2 or 1.1 holds. Raises CatalogError for anything else."""
    root = parse_xml(data)
    files = [element for element in root if element.tag == f"{_Q}file"]
    if root.tag != f"{_Q}xliff" or not files:
        raise CatalogError("not XLIFF 1.2", hint="for XLIFF 2 give `--format xliff`")
    units = elements(root, f"{_Q}trans-unit", lambda each: each.get("restype") == _PLURALS)
    articles = {file.get("original", "") for file in files}
    locales = files[0].get("source-language", "und"), files[0].get("target-language")
    catalog = Catalog(*locales, tuple(map(_entry, units)))
    article = articles.pop() if len(articles) == 1 else ""
    return Parcel(catalog, article, ids=tuple(unit.get("id", "") for unit in units))


def _entry(element: Element) -> Entry:
    """What a unit holds, or a group of plural forms."""
    notes = [(note.get("from"), note.text or "") for note in element.iter(f"{_Q}note")]
    contexts = [(each.get("context-type"), each.text or "") for each in element.iter(f"{_Q}context")]
    said = Entry(
        "",
        context=next((text for kind, text in contexts if kind == "x-msgctxt"), None),
        notes=tuple(text for who, text in notes if who == "description"),
        comments=tuple(text for who, text in notes if who != "description"),
        places=tuple(text for kind, text in contexts if kind == "sourcefile"),
    )
    if element.tag == f"{_Q}trans-unit":
        return _translated(element, said)
    units = element.iter(f"{_Q}trans-unit")
    return joined([(unit.get("id", "").rpartition(".")[2], _translated(unit, said)) for unit in units], said)


def _translated(unit: Element, said: Entry) -> Entry:
    found = unit.find(f"{_Q}target")
    source, target = _read(unit.find(f"{_Q}source")), _read(found)
    if found is not None and found.get("state") == _UNTOUCHED and target == source:
        target = ""
    reasons = {qualifier: reason for reason, qualifier in _QUALIFIERS.items()}
    qualifier = found.get("state-qualifier", "") if found is not None else ""
    return replace(
        said,
        source=source,
        target=target,
        state=_state(unit, found) if target else State.INITIAL,
        origin=Origin(reasons[qualifier]) if qualifier in reasons else None,
    )


def _read(element: Element | None) -> str:
    return walk(element, _marks) if element is not None else ""


def _state(unit: Element, target: Element | None) -> State:
    """`approved` decides; without it the state of the target does."""
    state = target.get("state") if target is not None else None
    approved = unit.get("approved", "yes" if state in _FINAL else "no")
    return State.REVIEWED if approved == "yes" else State.TRANSLATED


def _marks(element: Element) -> tuple[str, str]:
    """The textual forms of a code's beginning and end."""
    name = element.get("id", "").split("-")[0]
    match element.tag.removeprefix(_Q):
        case "g":
            return f"<{name}>", f"</{name}>"
        case "x" if element.get("ctype") == _CHARACTER:
            return character(name.removeprefix("U+")), ""
        case "x":
            return f"<{name}/>", ""
        case "bx":
            return f"<{name}>", ""
        case "ex":
            return f"</{name}>", ""
        case _:
            return "", ""


FORMAT = CatalogFormat("xlf", serialize_xliff12, parse_xliff12)
