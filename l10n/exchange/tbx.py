"""TBX-Basic in DCA style (ISO 30042:2019): the terms of a glossary."""

from __future__ import annotations

from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from l10n.errors import CatalogError
from l10n.exchange import GlossaryFormat
from l10n.exchange.xml import LANG, line, parse_xml, sub, to_bytes
from l10n.terms import Glossary, Term

_NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_Q = f"{{{_NAMESPACE}}}"
_STATUSES = {
    "required": "preferredTerm-admn-sts",
    "preferred": "admittedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
_KEEP = "Not translated."


def serialize_tbx(glossary: Glossary) -> bytes:
    """A glossary as TBX: a concept for each term, a section for each of its two languages."""
    ElementTree.register_namespace("", _NAMESPACE)
    root = Element(f"{_Q}tbx", {"type": "TBX-Basic", "style": "dca", LANG: glossary.source_locale})
    header = SubElement(root, f"{_Q}tbxHeader")
    description = SubElement(SubElement(header, f"{_Q}fileDesc"), f"{_Q}sourceDesc")
    sub(description, f"{_Q}p", f"Glossary {glossary.source_locale}-{glossary.locale}")
    body = SubElement(SubElement(root, f"{_Q}text"), f"{_Q}body")
    for number, term in enumerate(glossary.terms, 1):
        _concept(body, glossary, term, number)
    line(body, 2)
    return to_bytes(line(root))


def _concept(body: Element, glossary: Glossary, term: Term, number: int) -> None:
    concept = SubElement(body, f"{_Q}conceptEntry", {"id": f"c{number}"})
    if term.status == "keep":
        sub(concept, f"{_Q}note", _KEEP)
    if term.note:
        sub(concept, f"{_Q}note", term.note)
    for locale, text in (
        (glossary.source_locale, term.source),
        (glossary.locale, term.target or term.source),
    ):
        section = SubElement(SubElement(concept, f"{_Q}langSec", {LANG: locale}), f"{_Q}termSec")
        sub(section, f"{_Q}term", text)
        if locale == glossary.locale and term.status in _STATUSES:
            sub(section, f"{_Q}termNote", _STATUSES[term.status], type="administrativeStatus")
    line(concept, 3)


def parse_tbx(data: bytes, source_locale: str, locale: str) -> Glossary:
    """The terms of a pair of locales from TBX of 2019. Raises CatalogError."""
    root = parse_xml(data)
    if root.tag != f"{_Q}tbx":
        raise CatalogError("not TBX of ISO 30042:2019")
    terms = [
        term
        for concept in root.iter(f"{_Q}conceptEntry")
        for term in _terms(concept, source_locale.lower(), locale.lower())
    ]
    return Glossary(source_locale, locale, tuple(terms))


def _terms(concept: Element, source: str, target: str) -> list[Term]:
    notes = [note.text or "" for note in concept.findall(f"{_Q}note")]
    note = "\n".join(text for text in notes if text != _KEEP)
    sections = {(each.get(LANG) or "").lower(): each for each in concept.iter(f"{_Q}langSec")}
    if source not in sections or target not in sections:
        return []
    left = sections[source].findtext(f".//{_Q}term") or ""
    if _KEEP in notes:
        return [Term(left, status="keep", note=note)]
    return [
        Term(left, section.findtext(f"{_Q}term") or "", _status(section), note)
        for section in sections[target].iter(f"{_Q}termSec")
    ]


def _status(section: Element) -> str:
    given = next((note.text for note in section.iter(f"{_Q}termNote")), None)
    return next((status for status, name in _STATUSES.items() if name == given), "preferred")


FORMAT = GlossaryFormat("tbx", serialize_tbx, parse_tbx)
