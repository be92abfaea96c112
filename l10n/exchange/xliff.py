"""XLIFF 2.1 (OASIS, 13 February 2018): a unit with one segment for each entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from xml.etree.ElementTree import Element, SubElement

from l10n.errors import CatalogError
from l10n.exchange.codes import Piece, Role, pieces
from l10n.exchange.contracts import CatalogFormat
from l10n.exchange.parcels import Base, Parcel
from l10n.exchange.plurals import SINGULAR, elements, forms, joined
from l10n.exchange.xml import append_legal, character, line, parse_xml, sub, to_bytes, walk
from l10n.model import Catalog, Entry, Match, MatchKind, Origin, State

_CORE = "urn:oasis:names:tc:xliff:document:2.0"
_MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
_Q = f"{{{_CORE}}}"
_FINAL = {"reviewed", "final"}
_REASON = "l10n:"
"""The authority of our sub-states: "l10n:outdated" (section 4.3.1.34)."""
_TYPES = {
    "a": {"type": "link"},
    "img": {"type": "image"},
    "em": {"type": "fmt", "subType": "xlf:i"},
    "i": {"type": "fmt", "subType": "xlf:i"},
    "strong": {"type": "fmt", "subType": "xlf:b"},
    "b": {"type": "fmt", "subType": "xlf:b"},
    "u": {"type": "fmt", "subType": "xlf:u"},
    "br": {"type": "fmt", "subType": "xlf:lb"},
}
"""What a code is, by its tag (section 4.3.1.40)."""
_CATEGORIES = {"context", "description", "location"}
"""Of the notes that are no comments."""
_PLURALS = "gettext:plurals"
"""The type of a group that holds the plural forms of one entry."""
_MATCH_TYPES = {MatchKind.CONTEXT: "icm", MatchKind.EXACT: "tm"}


def serialize_xliff(parcel: Parcel) -> bytes:
    """A catalog as XLIFF 2.1: its codes as `pc` and `ph`, and notes and matches in their places."""
    catalog = parcel.catalog
    locales = {"srcLang": catalog.source_locale}
    locales |= {"trgLang": catalog.locale} if catalog.locale else {}
    spaces = {"xmlns": _CORE, "xmlns:mtc": _MATCHES}
    root = Element("xliff", {**spaces, "version": "2.1", **locales})
    file = SubElement(root, "file", {"id": "f1", "original": parcel.article, "xml:space": "preserve"})
    for entry in catalog.entries:
        if entry.plural is None:
            _unit(file, Base.of(entry).id, entry, parcel)
        else:
            _group(file, entry, parcel)
    if not catalog.entries:
        SubElement(file, "group", {"id": "g1"})  # a file without anything in it is not valid
    line(file, 1)
    return to_bytes(line(root))


def _group(file: Element, entry: Entry, parcel: Parcel) -> None:
    """The plural forms of an entry, a unit each."""
    id = Base.of(entry).id
    group = SubElement(file, "group", {"id": id, "type": _PLURALS})
    _notes(group, entry)
    for name, form in forms(entry):
        unit = _unit(group, f"{id}.{name}", form, parcel, depth=3)
        if name == SINGULAR:
            unit.set("translate", "no")
    line(group, 2)


def _unit(parent: Element, id: str, entry: Entry, parcel: Parcel, depth: int = 2) -> Element:
    unit = SubElement(parent, "unit", {"id": id, "canResegment": "no"})
    _matches(unit, entry, parcel)
    _notes(unit, entry)
    states = {"state": str(entry.state)}
    states |= {"subState": _REASON + entry.origin.reason} if entry.origin else {}
    data = _original_data(unit, parcel.originals.get(entry.key, {}))
    segment = SubElement(unit, "segment", {"id": "s1", **states})
    _content(SubElement(segment, "source"), entry.source, data)
    if entry.target:
        _content(SubElement(segment, "target"), entry.target, data)
    line(segment, depth + 1)
    return line(unit, depth)


def _matches(unit: Element, entry: Entry, parcel: Parcel) -> None:
    """What the memory offers, and for an outdated translation the text that it translates."""
    offers = list(parcel.matches.get(entry.key, ()))
    if entry.previous_source is not None and entry.target:
        offers.insert(0, Match(entry.previous_source, entry.target, 0, MatchKind.FUZZY, "previous version"))
    if not offers:
        return
    holder = SubElement(unit, "mtc:matches")
    for offer in offers:
        score = {"similarity": f"{offer.score}.0"} if offer.score else {}
        kind = {"type": _MATCH_TYPES.get(offer.kind, "am"), "origin": offer.origin}
        match = SubElement(holder, "mtc:match", {"ref": "#s1", **score, **kind})
        _content(SubElement(match, "source"), offer.source)
        _content(SubElement(match, "target"), offer.target)
        line(match, 4)
    line(holder, 3)


def _notes(unit: Element, entry: Entry) -> None:
    notes = [("context", entry.context)] if entry.context is not None else []
    notes += [("description", note) for note in entry.notes]
    notes += [("comment", comment) for comment in entry.comments]
    notes += [("location", place) for place in entry.places]
    if notes:
        holder = SubElement(unit, "notes")
        for category, text in notes:
            sub(holder, "note", text or "", category=category)
        line(holder, 3)


def _original_data(unit: Element, originals: Mapping[str, str]) -> dict[str, str]:
    """What the codes of a unit stand for, once each, and by code what refers to it."""
    names = {text: f"d{number}" for number, text in enumerate(dict.fromkeys(originals.values()), 1)}
    if names:
        holder = SubElement(unit, "originalData")
        for text, name in names.items():
            append_legal(SubElement(holder, "data", {"id": name}), text, _code_point)
        line(holder, 3)
    return {mark: names[text] for mark, text in originals.items()}


def _content(parent: Element, text: str, data: Mapping[str, str] = MappingProxyType({})) -> None:
    """A textual form as XLIFF's inline elements, below `parent`; `data` says where their originals stand."""
    opened = [parent]
    for piece in pieces(text):
        match piece.role:
            case Role.TEXT:
                append_legal(opened[-1], piece.text, _code_point)
            case Role.OPEN:
                ends = {"dataRefStart": piece.text, "dataRefEnd": f"</{piece.text[1:]}"}
                opened.append(SubElement(opened[-1], "pc", _attributes(piece, data, ends)))
            case Role.CLOSE:
                opened.pop()
            case Role.ALONE:
                SubElement(opened[-1], "ph", _attributes(piece, data, {"dataRef": piece.text}))
            case Role.BEGIN:
                facts = _attributes(piece, data, {"dataRef": piece.text})
                SubElement(parent, "sc", {**facts, "isolated": "yes"})
            case Role.END:
                facts = _attributes(piece, data, {"dataRef": piece.text}, "-end")
                SubElement(parent, "ec", {**facts, "isolated": "yes"})


def _attributes(
    piece: Piece, data: Mapping[str, str], marks: Mapping[str, str], suffix: str = ""
) -> dict[str, str]:
    """An id may stand once in a source or target; a repeated code is a copy of the first."""
    what = _TYPES.get(piece.tag, {})
    name = piece.name + suffix
    if piece.copy > 1:
        return {"id": f"{name}-{piece.copy}", "copyOf": name, **what}
    references = {attribute: data[mark] for attribute, mark in marks.items() if mark in data}
    return {"id": name, "canCopy": "no", "canDelete": "no", **what, **references}


def _code_point(parent: Element, character: str) -> None:
    """A character that XML lacks (section 4.2.3.1)."""
    SubElement(parent, "cp", {"hex": f"{ord(character):04X}"})


def parse_xliff(data: bytes) -> Parcel:
    """What XLIFF 2.0 or 2.1 holds. Raises CatalogError for anything else."""
    root = parse_xml(data)
    if root.tag != f"{_Q}xliff":
        raise CatalogError("not XLIFF 2", hint="for XLIFF 1.2 give `--format xliff12`")
    units = elements(root, f"{_Q}unit", lambda each: each.get("type") == _PLURALS)
    articles = {file.get("original", "") for file in root.iter(f"{_Q}file")}
    catalog = Catalog(root.get("srcLang", "und"), root.get("trgLang"), tuple(map(_entry, units)))
    article = articles.pop() if len(articles) == 1 else ""
    return Parcel(catalog, article, ids=tuple(unit.get("id", "") for unit in units))


def _entry(element: Element) -> Entry:
    """What a unit holds, or a group of plural forms."""
    notes = [(note.get("category"), note.text or "") for note in element.iter(f"{_Q}note")]
    said = Entry(
        "",
        context=next((text for category, text in notes if category == "context"), None),
        notes=tuple(text for category, text in notes if category == "description"),
        comments=tuple(text for category, text in notes if category not in _CATEGORIES),
        places=tuple(text for category, text in notes if category == "location"),
    )
    if element.tag == f"{_Q}unit":
        return _translated(element, said)
    units = element.iter(f"{_Q}unit")
    return joined([(unit.get("id", "").rpartition(".")[2], _translated(unit, said)) for unit in units], said)


def _translated(unit: Element, said: Entry) -> Entry:
    """A unit's segments, which a tool may have cut anew, as one entry."""
    segments = unit.findall(f"{_Q}segment")
    target = _joined(unit, "target")
    reason = next((segment.get("subState", "") for segment in segments), "")
    return replace(
        said,
        source=_joined(unit, "source"),
        target=target,
        state=_state({segment.get("state", "initial") for segment in segments}, target),
        origin=Origin(reason.removeprefix(_REASON)) if reason.startswith(_REASON) else None,
    )


def _state(states: set[str], target: str) -> State:
    if not target:
        return State.INITIAL
    return State.REVIEWED if states and states <= _FINAL else State.TRANSLATED


def _joined(unit: Element, part: str) -> str:
    """The sources or the targets of a unit one after another, and what stands between them."""
    texts = [_read(segment.find(f"{_Q}{part}")) for segment in unit.findall(f"{_Q}segment")]
    if not any(texts):
        return ""
    waiting, out = iter(texts), []
    for piece in unit:
        if piece.tag == f"{_Q}segment":
            out.append(next(waiting))
        elif piece.tag == f"{_Q}ignorable":
            out.append(_read(piece.find(f"{_Q}{part}")) or _read(piece.find(f"{_Q}source")))
    return "".join(out)


def _read(element: Element | None) -> str:
    return walk(element, _marks) if element is not None else ""


def _marks(element: Element) -> tuple[str, str]:
    """The textual forms of a code's beginning and end."""
    name = element.get("copyOf") or element.get("startRef") or element.get("id") or ""
    match element.tag.removeprefix(_Q):
        case "pc":
            return f"<{name}>", f"</{name}>"
        case "ph":
            return f"<{name}/>", ""
        case "sc":
            return f"<{name}>", ""
        case "ec":
            return f"</{name.removesuffix('-end')}>", ""
        case "cp":
            return character(element.get("hex", "")), ""
        case _:
            return "", ""


FORMAT = CatalogFormat("xlf", serialize_xliff, parse_xliff)
