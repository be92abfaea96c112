"""Exchange with other tools: out and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import inline
from l10n.errors import CatalogError
from l10n.exchange import FORMATS, merge
from l10n.exchange.tbx import parse_tbx, serialize_tbx
from l10n.exchange.tmx import parse_tmx, serialize_tmx
from l10n.exchange.xliff import parse_xliff, serialize_xliff
from l10n.exchange.xml import ILLEGAL
from l10n.model import Catalog, Entry, State
from l10n.terms import Glossary, Term
from tests.strategies import contents

FORMS = contents().map(lambda content: inline.encode(inline.numbered(content)))
SOURCES = FORMS.filter(lambda text: text != "")


def entries(targets: st.SearchStrategy[str]) -> st.SearchStrategy[Entry]:
    states = st.sampled_from([State.TRANSLATED, State.REVIEWED])

    def build(source: str, target: str, context: str | None, state: State) -> Entry:
        return Entry(source, target, context, state if target else State.INITIAL)

    return st.builds(build, SOURCES, targets, st.none() | st.sampled_from(["title", "label"]), states)


def catalogs(targets: st.SearchStrategy[str] = FORMS) -> st.SearchStrategy[Catalog]:
    lists = st.lists(entries(targets), max_size=4, unique_by=lambda entry: entry.key)
    return lists.map(lambda made: Catalog("en", "uk", tuple(made)))


def essence(catalog: Catalog) -> list[tuple[str | None, str, str, State]]:
    return [(entry.context, entry.source, entry.target, entry.state) for entry in catalog.entries]


@settings(deadline=None, max_examples=60)
@pytest.mark.parametrize("name", ["csv", "xliff"])
@given(catalog=catalogs())
def test_a_catalog_comes_back_as_it_went(name: str, catalog: Catalog) -> None:
    form = FORMATS.get(name)
    assert form.parse is not None
    back = form.parse(form.serialize(catalog))
    assert essence(back) == essence(catalog)
    assert not catalog.entries or (back.source_locale, back.locale) == ("en", "uk")


@settings(deadline=None, max_examples=60)
@given(catalog=catalogs())
def test_a_memory_holds_what_is_reviewed(catalog: Catalog) -> None:
    def clean(text: str) -> str:
        return ILLEGAL.sub("", text)

    wanted = [
        (
            clean(entry.context) if entry.context is not None else None,
            clean(entry.source),
            clean(entry.target),
        )
        for entry in catalog.entries
        if entry.state is State.REVIEWED and clean(entry.source) and clean(entry.target)
    ]
    back = parse_tmx(serialize_tmx(catalog))
    assert [(entry.context, entry.source, entry.target) for entry in back.entries] == wanted


def test_codes_are_elements_of_xliff() -> None:
    entry = Entry(
        "Aid rose in <a1>Lviv</a1>.<br2/>", "У <a1>Львові</a1> більше.<br2/>", "lead", State.REVIEWED
    )
    text = serialize_xliff(Catalog("en", "uk", (entry,))).decode()
    assert '<source>Aid rose in <pc id="a1">Lviv</pc>.<ph id="br2" /></source>' in text
    assert '<segment id="s1" state="reviewed">' in text
    assert 'srcLang="en" trgLang="uk"' in text


TERMS = (
    Term("sea wall", "дамба", "required", note="the one at Orrin"),
    Term("marsh", "болото", "forbidden"),
    Term("Rail Express", status="keep"),
)


def test_a_glossary_comes_back_as_it_went() -> None:
    glossary = Glossary("en", "uk", TERMS)
    assert parse_tbx(serialize_tbx(glossary), "en", "uk") == glossary


@pytest.mark.parametrize("parse", [parse_xliff, parse_tmx, lambda data: parse_tbx(data, "en", "uk")])
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not well-formed"),
        (b"<a>", "not well-formed"),
        (b"<a/>", "not "),
        (b'<?xml version="1.0" encoding="zip"?><a/>', "XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "declares entities"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"), "declares entities"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(parse, data: bytes, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CatalogError, match=words):
        parse(data)


HERE = Catalog(
    "en",
    "uk",
    (
        Entry("One.", "Один.", state=State.REVIEWED),
        Entry("Two.", "Два.", state=State.TRANSLATED),
        Entry("Three."),
    ),
)


def returned(source: str, target: str, state: State = State.REVIEWED) -> Catalog:
    return Catalog("en", "uk", (Entry(source, target, state=state),))


def test_what_is_reviewed_is_never_overwritten() -> None:
    merged = merge(HERE, returned("One.", "Раз."))
    assert merged.catalog == HERE
    assert merged.conflicts == ((None, "One."),)


def test_drafts_and_gaps_take_what_came_back() -> None:
    for source, target in (("Two.", "Двійка."), ("Three.", "Три.")):
        merged = merge(HERE, returned(source, target))
        assert merged.taken == 1
        assert merged.catalog.by_key()[(None, source)] == Entry(source, target, state=State.REVIEWED)


def test_nothing_comes_of_empty_same_or_vanished_entries() -> None:
    assert merge(HERE, returned("Two.", "", State.INITIAL)).catalog == HERE
    assert merge(HERE, returned("One.", "Один.")).same == 1
    assert merge(HERE, returned("Four.", "Чотири.")).unknown == ((None, "Four."),)


@settings(deadline=None, max_examples=60)
@given(catalogs(), catalogs())
def test_merging_loses_no_reviewed_target_and_is_done_once(here: Catalog, back: Catalog) -> None:
    merged = merge(here, back).catalog
    for entry in here.entries:
        if entry.state is State.REVIEWED:
            assert merged.by_key()[entry.key] == entry
    assert merge(merged, back).catalog == merged


def test_csv_names_the_line_of_a_wrong_state() -> None:
    data = b"source,target,state\nOne.,Eins.,done\n"
    with pytest.raises(CatalogError) as caught:
        FORMATS.get("csv").parse(data)  # type: ignore[call-arg, union-attr]
    assert (caught.value.where, caught.value.message) == (":2", "no such state: 'done'")


def test_a_repeated_code_survives_xliff() -> None:
    entry = replace(HERE.entries[0], source="a<br1/>b", target="а<br1/><br1/>б")
    assert essence(parse_xliff(serialize_xliff(Catalog("en", "uk", (entry,))))) == essence(
        Catalog("en", "uk", (entry,))
    )
