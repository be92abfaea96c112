"""XLIFF 2.1 (OASIS, 13 February 2018): a unit with one segment for each entry."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from l10n import inline
from l10n.errors import CatalogError
from l10n.exchange import CatalogFormat
from l10n.exchange.xml import ILLEGAL, SPACE, line, parse_xml, sub, to_bytes
from l10n.model import Catalog, Entry, State

_NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_CONTEXT = "context"
_Q = f"{{{_NAMESPACE}}}"
_FINAL = {"reviewed", "final"}


def serialize_xliff(catalog: Catalog) -> bytes:
    """A catalog as XLIFF 2.1; its codes as `pc` and `ph`, its contexts and notes as `note`."""
    ElementTree.register_namespace("", _NAMESPACE)
    locales = {"srcLang": catalog.source_locale}
    locales |= {"trgLang": catalog.locale} if catalog.locale else {}
    root = Element(f"{_Q}xliff", {"version": "2.1", **locales})
    file = SubElement(root, f"{_Q}file", {"id": "f1", SPACE: "preserve"})
    for number, entry in enumerate(catalog.entries, 1):
        _unit(file, entry, number)
    line(file, 1)
    return to_bytes(line(root))


def _unit(file: Element, entry: Entry, number: int) -> None:
    unit = SubElement(file, f"{_Q}unit", {"id": f"u{number}"})
    notes = [(_CONTEXT, entry.context)] if entry.context is not None else []
    notes += [("description", note) for note in entry.notes]
    if notes:
        holder = SubElement(unit, f"{_Q}notes")
        for category, text in notes:
            sub(holder, f"{_Q}note", text or "", category=category)
        line(holder, 3)
    segment = SubElement(unit, f"{_Q}segment", {"id": "s1", "state": str(entry.state)})
    _content(SubElement(segment, f"{_Q}source"), entry.source)
    if entry.target and not inline.problems(entry.target, entry.target):
        _content(SubElement(segment, f"{_Q}target"), entry.target)
    line(segment, 3)
    line(unit, 2)


def _content(parent: Element, text: str) -> None:
    """A textual form as XLIFF's inline elements, below `parent`."""
    opened = [parent]
    seen: dict[str, int] = {}
    for at, part in enumerate(inline.split(text)):
        if at % 2 == 0:
            _text(opened[-1], inline.unescape(part))
        elif part.startswith("</"):
            opened.pop()
        else:
            name = part.strip("<>/")
            seen[name] = seen.get(name, 0) + 1
            # An id may stand once in a source or target; a repeated code is a copy of the first.
            id = {"id": name} if seen[name] == 1 else {"id": f"{name}-{seen[name]}", "copyOf": name}
            child = SubElement(opened[-1], f"{_Q}{'ph' if part.endswith('/>') else 'pc'}", id)
            if not part.endswith("/>"):
                opened.append(child)


def _text(parent: Element, text: str) -> None:
    """Text at the end of an element; characters that XML lacks become `cp` (section 4.7.3.1.6)."""
    at = 0
    for match in ILLEGAL.finditer(text):
        _append(parent, text[at : match.start()])
        SubElement(parent, f"{_Q}cp", {"hex": f"{ord(match[0]):04X}"})
        at = match.end()
    _append(parent, text[at:])


def _append(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def parse_xliff(data: bytes) -> Catalog:
    """A catalog from XLIFF 2.0 or 2.1. Raises CatalogError for anything else."""
    root = parse_xml(data)
    if root.tag != f"{_Q}xliff":
        raise CatalogError("not XLIFF 2", hint="export it again with `l10n export --format xliff`")
    entries = [
        _entry(unit, segment)
        for unit in root.iter(f"{_Q}unit")
        for segment in unit.findall(f"{_Q}segment")
        if segment.find(f"{_Q}source") is not None
    ]
    return Catalog(root.get("srcLang", "und"), root.get("trgLang"), tuple(entries))


def _entry(unit: Element, segment: Element) -> Entry:
    notes = [(note.get("category"), note.text or "") for note in unit.iter(f"{_Q}note")]
    target = _read(segment.find(f"{_Q}target"))
    state = State.REVIEWED if segment.get("state") in _FINAL else State.TRANSLATED
    return Entry(
        source=_read(segment.find(f"{_Q}source")),
        target=target,
        context=next((text for category, text in notes if category == _CONTEXT), None),
        state=state if target and segment.get("state") != "initial" else State.INITIAL,
        notes=tuple(text for category, text in notes if category == "description"),
    )


def _read(element: Element | None) -> str:
    """The textual form of what stands in a source or target. Elements are walked without recursion."""
    if element is None:
        return ""
    out: list[str] = []
    waiting: list[Element | str] = [element]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            out.append(item)
            continue
        before, after = _marks(item) if item is not element else ("", "")
        out += [before, inline.escape(item.text or "")]
        waiting.append(after)
        for child in reversed(item):
            waiting += [inline.escape(child.tail or ""), child]
    return "".join(out)


def _marks(element: Element) -> tuple[str, str]:
    """The textual forms of a code's beginning and end."""
    name = element.get("copyOf") or element.get("id", "")
    match element.tag:
        case t if t == f"{_Q}pc":
            return f"<{name}>", f"</{name}>"
        case t if t == f"{_Q}ph":
            return f"<{name}/>", ""
        case t if t == f"{_Q}cp":
            return chr(int(element.get("hex", "FFFD"), 16)), ""
        case _:
            return "", ""


FORMAT = CatalogFormat("xlf", serialize_xliff, parse_xliff)
