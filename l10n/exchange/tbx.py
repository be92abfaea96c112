"""TBX-Basic: the terms of a glossary, in the form of 2008 that most tools read, and in that of 2019.

The first is LISA's (ISO 30042:2008), the second ISO 30042:2019 in DCA style. Inflected forms and "not
translated" have no place of their own in TBX-Basic; they travel as notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from xml.etree.ElementTree import Element, SubElement

from l10n.errors import CatalogError
from l10n.exchange.contracts import GlossaryFormat
from l10n.exchange.xml import LANG, line, parse_xml, sub, to_bytes
from l10n.locales import language
from l10n.terms import Glossary, Term

_STATUSES = {
    "required": "preferredTerm-admn-sts",
    "preferred": "admittedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
_READ = {value: key for key, value in _STATUSES.items()} | {"supersededTerm-admn-sts": "forbidden"}
_KEEP = "Not translated."
_FORMS = "Forms: "


@dataclass(frozen=True, slots=True)
class _Dialect:
    """What a version of TBX calls its elements."""

    root: str
    attributes: dict[str, str]
    head: str
    concept: str
    section: str
    term: str
    namespace: str = ""


_2008 = _Dialect("martif", {"type": "TBX-Basic"}, "martifHeader", "termEntry", "langSet", "tig")
_2019 = _Dialect(
    "tbx",
    {"type": "TBX-Basic", "style": "dca", "xmlns": "urn:iso:std:iso:30042:ed-2"},
    "tbxHeader",
    "conceptEntry",
    "langSec",
    "termSec",
    "{urn:iso:std:iso:30042:ed-2}",
)


def serialize_tbx(glossary: Glossary, dialect: _Dialect = _2008) -> bytes:
    """A glossary as TBX: a concept for each term, a section for each of its two languages."""
    root = Element(dialect.root, {**dialect.attributes, "xml:lang": glossary.source_locale})
    description = SubElement(SubElement(SubElement(root, dialect.head), "fileDesc"), "sourceDesc")
    sub(description, "p", f"Glossary {glossary.source_locale}-{glossary.locale}")
    body = SubElement(SubElement(root, "text"), "body")
    for number, term in enumerate(glossary.terms, 1):
        _concept(body, glossary, term, number, dialect)
    line(body, 2)
    return to_bytes(line(root))


def _concept(body: Element, glossary: Glossary, term: Term, number: int, dialect: _Dialect) -> None:
    concept = SubElement(body, dialect.concept, {"id": f"c{number}"})
    for text in (_KEEP if term.status == "keep" else "", term.note):
        if text:
            sub(concept, "note", text)
    sides = (
        (glossary.source_locale, term.source, term.source_forms),
        (glossary.locale, term.target or term.source, term.target_forms),
    )
    for locale, text, forms in sides:
        section = SubElement(SubElement(concept, dialect.section, {"xml:lang": locale}), dialect.term)
        sub(section, "term", text)
        if term.part_of_speech:
            sub(section, "termNote", term.part_of_speech, type="partOfSpeech")
        if locale == glossary.locale and term.status in _STATUSES:
            sub(section, "termNote", _STATUSES[term.status], type="administrativeStatus")
        if forms:
            sub(section, "note", _FORMS + "\n".join(forms))
    line(concept, 3)


def parse_tbx(data: bytes, source_locale: str, locale: str) -> Glossary:
    """The terms of a pair of locales from TBX of 2008 or 2019. Raises CatalogError.

    A section in another form of the language, such as en-GB for en, serves where there is no better one.
    """
    root = parse_xml(data)
    dialects = [each for each in (_2008, _2019) if root.tag == each.namespace + each.root]
    if not dialects:
        raise CatalogError("not TBX of 2008 or 2019", hint="its root is <martif> or <tbx>")
    tags = [dialects[0].namespace + name for name in (dialects[0].concept, dialects[0].section)]
    terms = [
        term
        for concept in root.iter(tags[0])
        for term in _terms(concept, tags[1], (source_locale, locale), dialects[0].namespace)
    ]
    return Glossary(source_locale, locale, tuple(terms))


def _terms(concept: Element, section: str, pair: tuple[str, str], space: str) -> Iterator[Term]:
    """The terms of a concept: its first source term with each of its targets."""
    notes = [note.text or "" for note in concept.findall(f"{space}note")]
    note = "\n".join(text for text in notes if text != _KEEP)
    sections = {(each.get(LANG) or ""): each for each in concept.iter(section)}
    left, right = (_choose(sections, locale) for locale in pair)
    sources = _designations(left, space) if left is not None else []
    if not sources or not sources[0].text:
        return
    first = sources[0]
    if _KEEP in notes:
        yield Term(first.text, "", "keep", first.part_of_speech, note, first.forms)
        return
    for each in _designations(right, space) if right is not None else []:
        yield Term(first.text, each.text, each.status, each.part_of_speech, note, first.forms, each.forms)


def _choose(sections: dict[str, Element], locale: str) -> Element | None:
    near = [tag for tag in sections if language(tag) == language(locale)]
    tag = next((tag for tag in near if tag.lower() == locale.lower()), near[0] if near else None)
    return sections[tag] if tag is not None else None


@dataclass(frozen=True, slots=True)
class _Designation:
    """A term of one language."""

    text: str
    status: str
    part_of_speech: str
    forms: tuple[str, ...]


def _designations(section: Element, space: str) -> Sequence[_Designation]:
    """The terms of a language; they stand in a `tig`, an `ntig` with a `termGrp` in it, or a `termSec`."""
    out = []
    for group in section:
        facts = {note.get("type"): note.text or "" for note in group.iter(f"{space}termNote")}
        notes = [note.text or "" for note in group.iter(f"{space}note")]
        forms = next((text.removeprefix(_FORMS) for text in notes if text.startswith(_FORMS)), "")
        status = _READ.get(facts.get("administrativeStatus", ""), "preferred")
        term = next(group.iter(f"{space}term"), None)
        if term is not None:
            text = "".join(term.itertext())
            words = tuple(forms.split("\n")) if forms else ()
            out.append(_Designation(text, status, facts.get("partOfSpeech", ""), words))
    return out


FORMAT = GlossaryFormat("tbx", serialize_tbx, parse_tbx)
FORMAT_3 = GlossaryFormat("tbx", partial(serialize_tbx, dialect=_2019), parse_tbx)
