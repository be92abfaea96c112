"""Exchange with other tools: out and back."""

from __future__ import annotations

import io
import subprocess
import zipfile
from dataclasses import replace
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import inline
from l10n.errors import CatalogError
from l10n.exchange import FORMATS, CatalogFormat, GlossaryFormat, Merged, Parcel, merge
from l10n.exchange.csv import parse_csv, serialize_csv
from l10n.exchange.parcels import targets_of
from l10n.exchange.plurals import filled
from l10n.exchange.tbx import parse_tbx, serialize_tbx
from l10n.exchange.tmx import parse_tmx, read_tmx, serialize_tmx
from l10n.exchange.xliff import parse_xliff
from l10n.exchange.xliff12 import parse_xliff12
from l10n.exchange.xml import ILLEGAL
from l10n.memory import Segment
from l10n.model import Catalog, Entry, Match, MatchKind, Origin, State
from l10n.terms import Glossary, Term
from tests.golden import agree
from tests.strategies import contents

FORMS = contents().map(lambda content: inline.encode(inline.numbered(content)))
SOURCES = FORMS.filter(lambda text: text != "")


def entries(targets: st.SearchStrategy[str]) -> st.SearchStrategy[Entry]:
    states = st.sampled_from([State.TRANSLATED, State.REVIEWED])

    def build(source: str, target: str, context: str | None, state: State) -> Entry:
        return Entry(source, target, context, state if target else State.INITIAL)

    return st.builds(build, SOURCES, targets, st.none() | st.sampled_from(["title", "label"]), states)


def counted() -> st.SearchStrategy[Entry]:
    """Entries with a plural, in languages with one to four forms."""

    def build(source: str, plural: str, forms: list[str], state: State) -> Entry:
        state = state if all(forms) else State.TRANSLATED if any(forms) else State.INITIAL
        return Entry(source, forms[0], state=state, plural=plural, plural_targets=tuple(forms))

    states = st.sampled_from([State.TRANSLATED, State.REVIEWED])
    return st.builds(build, SOURCES, SOURCES, st.lists(FORMS, min_size=1, max_size=4), states)


def catalogs(targets: st.SearchStrategy[str] = FORMS) -> st.SearchStrategy[Catalog]:
    lists = st.lists(entries(targets), max_size=4, unique_by=lambda entry: entry.key)
    return lists.map(lambda made: Catalog("en", "uk", tuple(made)))


def essence(catalog: Catalog) -> list[tuple[str | None, str, str, State]]:
    return [(entry.context, entry.source, entry.target, entry.state) for entry in catalog.entries]


def lines(data: bytes) -> str:
    """A file's text as git keeps it."""
    return data.decode("utf-8-sig").replace("\r\n", "\n")


def there_and_back(name: str, catalog: Catalog, **more: object) -> Parcel:
    form = FORMATS.get(name)
    assert isinstance(form, CatalogFormat)
    assert form.parse is not None
    return form.parse(form.serialize(Parcel(catalog, "tram", **more)))  # type: ignore[arg-type]


@settings(deadline=None, max_examples=30)
@pytest.mark.parametrize("name", ["csv", "xliff", "xliff12"])
@given(catalog=catalogs())
def test_a_catalog_comes_back_as_it_went(name: str, catalog: Catalog) -> None:
    back = there_and_back(name, catalog)
    assert essence(back.catalog) == essence(catalog)
    if catalog.entries:
        assert (back.catalog.source_locale, back.catalog.locale) == ("en", "uk")
    merged = merge(catalog, back)
    assert merged == Merged(catalog, same=sum(entry.target != "" for entry in catalog.entries))


@settings(deadline=None, max_examples=30)
@pytest.mark.parametrize("name", ["csv", "xliff", "xliff12"])
@given(counted(), counted(), catalogs())
def test_plural_forms_come_back_as_they_went(name: str, entry: Entry, other: Entry, rest: Catalog) -> None:
    entries = {each.key: each for each in (*rest.entries, other, entry)}
    catalog = replace(rest, entries=tuple(entries.values()))
    back = there_and_back(name, catalog)
    assert [
        filled(each, here) for each, here in zip(back.catalog.entries, catalog.entries, strict=True)
    ] == list(catalog.entries)
    same = sum(any(targets_of(each)) for each in catalog.entries)
    assert merge(catalog, back) == Merged(catalog, same=same)


@settings(deadline=None, max_examples=30)
@given(catalog=catalogs())
def test_a_memory_holds_what_is_reviewed(catalog: Catalog) -> None:
    def clean(text: str) -> str:
        return ILLEGAL.sub("", text)

    back = list(read_tmx([serialize_tmx(Parcel(catalog))], "en"))
    neighbours = catalog.neighbours()
    wanted = [
        Segment(
            clean(entry.source),
            clean(entry.target),
            clean(entry.context) if entry.context is not None else None,
            (clean(neighbours[entry.key][0]), clean(neighbours[entry.key][1])),
        )
        for entry in catalog.entries
        if entry.state is State.REVIEWED and clean(entry.source) and clean(entry.target)
    ]
    assert [each.segment for each in back] == wanted


RICH = Catalog(
    "en",
    "uk",
    (
        Entry(
            "Aid rose in <a1>Lviv</a1>.<br2/>",
            "У <a1>Львові</a1> більше.<br2/>",
            "lead",
            State.REVIEWED,
            places=("seeds/tram.md",),
            notes=("The city.", "Next: The mayor."),
            comments=("ask the desk",),
        ),
        Entry(
            "The mayor <em1>spoke</em1> on Friday.",
            "Мер <em1>говорив</em1> у четвер.",
            state=State.TRANSLATED,
            origin=Origin("outdated"),
            previous_source="The mayor <em1>spoke</em1> on Thursday.",
        ),
        Entry("A bell\x07 rang.", "Дзвін\x07.", state=State.TRANSLATED, origin=Origin("draft", "apertium")),
        Entry("He left.", ""),
        Entry("Wrong <b1>pair</b1>.", "</b1>Хибна<b1> пара.", state=State.TRANSLATED),
        Entry(
            "%d tram",
            "%d трамвай",
            "count",
            State.REVIEWED,
            plural="%d trams",
            plural_targets=("%d трамвай", "%d трамваї", "%d трамваїв"),
            places=("seeds/tram.md",),
        ),
    ),
)
ORIGINALS = {
    ("lead", "Aid rose in <a1>Lviv</a1>.<br2/>"): {
        "<a1>": "[",
        "</a1>": "](https://example.org/?a=1&b=2)",
        "<br2/>": "\\\n",
    }
}
OFFERS = {(None, "He left."): [Match("She left.", "Вона пішла.", 86, MatchKind.FUZZY, "locales/uk/old.po")]}


@pytest.mark.parametrize("name", ["csv", "tmx", "xliff", "xliff12"])
def test_files_read_as_their_standards_say(name: str) -> None:
    form = FORMATS.get(name)
    assert isinstance(form, CatalogFormat)
    agree(f"exchange/tram.uk.{name}", lines(form.serialize(Parcel(RICH, "tram", OFFERS, ORIGINALS))))


def test_programs_read_a_compiled_catalog() -> None:
    counted = Entry(
        "%d tram",
        "%d трамвай",
        "n",
        State.REVIEWED,
        None,
        "%d trams",
        ("%d трамвай", "%d трамваї", "%d трамваїв"),
    )
    header = (("Content-Type", "text/plain; charset=KOI8-U"), ("Plural-Forms", "nplurals=3; plural=(n % 3);"))
    form = FORMATS.get("mo")
    data = form.serialize(Parcel(replace(RICH, entries=(*RICH.entries, counted), header=header)))  # type: ignore[union-attr, arg-type]
    read = GNUTranslations(io.BytesIO(data))
    assert read.pgettext("lead", RICH.entries[0].source) == RICH.entries[0].target
    assert read.npgettext("n", "%d tram", "%d trams", 2) == "%d трамваїв"
    assert read.gettext(RICH.entries[1].source) == RICH.entries[1].source
    text = subprocess.run(["msgunfmt", "-"], input=data, capture_output=True, check=True).stdout.decode()
    assert 'msgstr[1] "%d трамваї"' in text
    assert "charset=UTF-8" in text


TERMS = (
    Term("sea wall", "дамба", "required", "noun", "the one at Orrin", ("sea walls",), ("дамб*", "дамбою")),
    Term("marsh", "болото", "forbidden"),
    Term("=1+1", "-2", note="'a formula'"),
    Term("Rail Express", status="keep"),
)


@pytest.mark.parametrize("name", ["tbx", "tbx3", "terms"])
def test_a_glossary_comes_back_as_it_went(name: str) -> None:
    form = FORMATS.get(name)
    assert isinstance(form, GlossaryFormat)
    glossary = Glossary("en", "uk", TERMS)
    data = form.serialize(glossary)
    assert form.parse(data, "en", "uk") == glossary
    agree(f"exchange/terms.uk.{name}", lines(data))


XLIFF_SCHEMAS = Path("/usr/share/php/Symfony/Component/Translation/Resources/schemas")
OMEGAT = Path("/usr/share/omegat/OmegaT.jar")
SCHEMAS = {
    "xliff": "xliff-core-2.0.xsd",
    "xliff12": "xliff-core-1.2-strict.xsd",
    "tmx": "tmx14.xsd",
    "tbx": "tbx.xsd",
}


@cache
def published(name: str) -> Any:
    """The schema of a format, as Debian's packages have it."""
    from lxml import etree

    if not XLIFF_SCHEMAS.is_dir() or not OMEGAT.is_file():
        pytest.skip("no schemas here; on Debian: apt-get install php-symfony-translation omegat")

    class Local(etree.Resolver):  # type: ignore[misc]
        def resolve(self, url: str, id: str, context: Any) -> Any:
            return self.resolve_filename(str(XLIFF_SCHEMAS / "xml.xsd"), context)

    parser = etree.XMLParser()
    parser.resolvers.add(Local())
    with zipfile.ZipFile(OMEGAT) as jar:
        own = XLIFF_SCHEMAS / SCHEMAS[name]
        data = own.read_bytes() if own.is_file() else jar.read(f"schemas/{SCHEMAS[name]}")
    return etree.XMLSchema(etree.XML(data, parser))


def validate(name: str, data: bytes) -> None:
    from lxml import etree

    schema = published(name)
    assert schema.validate(etree.XML(data)), schema.error_log.last_error


@settings(deadline=None, max_examples=20)
@pytest.mark.parametrize("name", ["xliff", "xliff12", "tmx"])
@given(catalog=catalogs())
def test_files_are_valid_by_the_published_schemas(name: str, catalog: Catalog) -> None:
    form = FORMATS.get(name)
    assert isinstance(form, CatalogFormat)
    for each in (catalog, RICH):
        validate(name, form.serialize(Parcel(each, "tram", OFFERS, ORIGINALS)))


def test_glossaries_are_valid_by_the_published_schema() -> None:
    validate("tbx", serialize_tbx(Glossary("en", "uk", TERMS)))


def lacks(data: bytes) -> CatalogError:
    with pytest.raises(CatalogError) as caught:
        parse_xliff(data)
    return caught.value


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<xliff>&b;</xliff>"""


@pytest.mark.parametrize(
    "parse", [parse_xliff, parse_xliff12, parse_tmx, lambda data: parse_tbx(data, "en", "uk")]
)
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not well-formed"),
        (b"<a>", "not well-formed"),
        (b"<a/>", "not "),
        (b'<?xml version="1.0" encoding="zip"?><a/>', "XML"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "declares entities"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"), "declares entities"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "declares entities"),
        (b'<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1/x.dtd"> %b;]><a/>', "declares entities"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a>&nbsp;</a>', "uses the entity 'nbsp'"),
        (LAUGHS, "declares entities"),
        (b"<a>" * 500, "without end"),
    ],
)
def test_what_is_no_such_file_is_refused_in_words(parse, data: bytes, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(CatalogError, match=words):
        parse(data)


def test_a_doctype_alone_is_no_harm() -> None:
    data = serialize_tmx(Parcel(RICH)).replace(b"<tmx ", b'<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx ')
    assert len(parse_tmx(data).catalog.entries) == 1


def test_an_error_says_where() -> None:
    assert lacks(b"<a>\n  <b></a>").where == ":2:8"
    assert lacks(LAUGHS).where == ":1:50"


HERE = Catalog(
    "en",
    "uk",
    (
        Entry("One.", "Один.", state=State.REVIEWED),
        Entry("Two.", "Два.", state=State.TRANSLATED),
        Entry("Three."),
    ),
)


def returned(source: str, target: str, state: State = State.REVIEWED) -> Parcel:
    return Parcel(Catalog("en", "uk", (Entry(source, target, state=state),)))


def test_what_is_reviewed_is_never_overwritten_by_a_stranger() -> None:
    merged = merge(HERE, returned("One.", "Раз."))
    assert merged.catalog == HERE
    assert merged.conflicts == ((None, "One."),)


def test_drafts_and_gaps_take_what_came_back() -> None:
    for source, target in (("Two.", "Двійка."), ("Three.", "Три.")):
        merged = merge(HERE, returned(source, target))
        assert merged.taken == ((None, source),)
        assert merged.catalog.by_key()[(None, source)] == Entry(source, target, state=State.REVIEWED)


def test_nothing_comes_of_empty_same_or_unknown_entries() -> None:
    assert merge(HERE, returned("Two.", "", State.INITIAL)).catalog == HERE
    assert merge(HERE, returned("One.", "Один.")).same == 1
    assert merge(HERE, returned("Four.", "Чотири.")).unknown == ((None, "Four."),)


@settings(deadline=None, max_examples=30)
@given(catalogs(), catalogs())
def test_merging_loses_no_reviewed_target_and_is_done_once(here: Catalog, back: Catalog) -> None:
    merged = merge(here, Parcel(back)).catalog
    for entry in here.entries:
        if entry.state is State.REVIEWED:
            assert merged.by_key()[entry.key] == entry
    assert merge(merged, Parcel(back)).catalog == merged


def edited(name: str, *changes: tuple[str, str], sent: Catalog = HERE) -> Parcel:
    """What comes back after a catalog was sent and its file was edited."""
    form = FORMATS.get(name)
    assert isinstance(form, CatalogFormat)
    assert form.parse is not None
    text = form.serialize(Parcel(sent, "tram")).decode()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return form.parse(text.encode())


@pytest.mark.parametrize("name", ["csv", "xliff", "xliff12"])
def test_a_correction_of_a_reviewed_target_is_taken(name: str) -> None:
    merged = merge(HERE, edited(name, ("Один.", "Раз.")))
    assert merged.taken == ((None, "One."),)
    assert merged.catalog.entries[0] == Entry("One.", "Раз.", state=State.REVIEWED)


@pytest.mark.parametrize("name", ["csv", "xliff", "xliff12"])
def test_newer_work_here_is_kept(name: str) -> None:
    now = replace(HERE, entries=(HERE.entries[0], replace(HERE.entries[1], target="Двоє."), HERE.entries[2]))
    merged = merge(now, edited(name, ("Два.", "Двійко.")))
    assert merged.catalog == now
    assert merged.conflicts == ((None, "Two."),)
    assert merge(now, edited(name)).conflicts == ()


@pytest.mark.parametrize("name", ["xliff", "xliff12"])
def test_an_edited_plural_form_is_taken_and_one_left_out_stays(name: str) -> None:
    entry = RICH.entries[-1]
    merged = merge(RICH, edited(name, (">%d трамваї<", ">трамваї: %d<"), (">%d трамваїв<", "><"), sent=RICH))
    assert merged.taken == (entry.key,)
    forms = ("%d трамвай", "трамваї: %d", "%d трамваїв")
    assert merged.catalog.entries[-1] == replace(entry, plural_targets=forms)


def test_plural_forms_have_columns_of_their_own_in_a_table() -> None:
    merged = merge(RICH, edited("csv", (",%d трамваї,", ",трамваї: %d,"), (",%d трамваїв,", ",,"), sent=RICH))
    forms = ("%d трамвай", "трамваї: %d", "%d трамваїв")
    assert merged.catalog.entries[-1] == replace(RICH.entries[-1], plural_targets=forms)
    assert (merged.taken, merged.missing) == ((RICH.entries[-1].key,), ())
    plain = serialize_csv(Parcel(replace(RICH, entries=RICH.entries[:2]))).decode("utf-8-sig")
    assert plain.startswith("context,source,target,state,")


@pytest.mark.parametrize("number", ["02", "٢"])
def test_a_plural_form_is_known_by_its_number_however_that_is_written(number: str) -> None:
    back = edited("xliff12", ('.2" approved', f'.{number}" approved'), sent=RICH)
    assert back.catalog.entries[-1].plural_targets == RICH.entries[-1].plural_targets


def test_a_tool_that_cannot_say_reviewed_can_be_confirmed() -> None:
    back = edited("xliff12", ("Два.", "Двійко."))
    assert merge(HERE, back).catalog.entries[1].state is State.TRANSLATED
    assert merge(HERE, back, confirm=True).catalog.entries[1].state is State.REVIEWED


def test_a_source_changed_by_the_tool_is_still_known_by_its_id() -> None:
    merged = merge(HERE, edited("xliff", ("Two.", "Two ."), ("Два.", "Двійко.")))
    assert merged.taken == ((None, "Two."),)


def test_reordered_and_deleted_units_are_merged_by_their_ids() -> None:
    back = edited("xliff", ("Два.", "Двійко."))
    turned = Parcel(replace(back.catalog, entries=back.catalog.entries[:0:-1]), "tram", ids=back.ids[:0:-1])
    merged = merge(HERE, turned)
    assert merged.catalog.entries[1].target == "Двійко."
    assert merged.missing == ((None, "One."),)


def test_work_on_a_source_that_has_changed_here_is_kept() -> None:
    back = edited("xliff", ("Два.", "Двійко."))
    outdated = Entry(
        "Two!", "Два.", state=State.TRANSLATED, origin=Origin("outdated"), previous_source="Two."
    )
    heir = merge(replace(HERE, entries=(HERE.entries[0], outdated, HERE.entries[2])), back)
    assert heir.stale == ((None, "Two."),)
    assert heir.catalog.entries[1] == replace(outdated, target="Двійко.")
    gone = merge(replace(HERE, entries=HERE.entries[:1]), back)
    assert gone.catalog.obsolete == (Entry("Two.", "Двійко.", state=State.TRANSLATED),)


def test_broken_codes_are_taken_as_a_draft() -> None:
    merged = merge(
        RICH, edited("xliff", (">Львові<", ">Львів<"), ('<ph id="br2"', '<ph id="br3"'), sent=RICH)
    )
    assert merged.broken == (RICH.entries[0].key,)
    assert merged.catalog.entries[0].state is State.TRANSLATED


def test_a_comment_of_the_translator_comes_along() -> None:
    note = '<note category="location">seeds/tram.md</note>'
    back = edited("xliff", (note, note + "<note>Is this right?</note>"), (">Львові<", ">Львів<"), sent=RICH)
    assert merge(RICH, back).catalog.entries[0].comments == ("ask the desk", "Is this right?")


def test_segments_that_a_tool_cut_anew_are_one_unit() -> None:
    data = (
        b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="uk">'
        b'<file id="f"><unit id="u"><segment state="final"><source>One.</source><target>A.</target></segment>'
        b'<ignorable><source> </source></ignorable><segment state="final"><source>Two.</source>'
        b"<target>B.</target></segment></unit></file></xliff>"
    )
    assert parse_xliff(data).catalog.entries == (Entry("One. Two.", "A. B.", state=State.REVIEWED),)


FOREIGN = """<tmx version="1.4"><header srclang="*all*"/><body><tu>
<tuv xml:lang="uk-UA"><seg>Натисніть <bpt i="1" x="4">[b]</bpt>так<ept i="1"/>.<ph x="5"/></seg></tuv>
<tuv xml:lang="EN-us"><seg>Press <bpt i="2" x="4">[b]</bpt><hi>yes</hi><ept i="2"/>.<ph x="5"/></seg></tuv>
</tu></body></tmx>"""


def test_codes_of_other_tools_have_one_name_in_both_languages() -> None:
    (found,) = read_tmx([FOREIGN.encode()], "en")
    assert (found.source_locale, found.locale) == ("EN-us", "uk-UA")
    assert found.segment.source == "Press <g1>yes</g1>.<x2/>"
    assert found.segment.target == "Натисніть <g1>так</g1>.<x2/>"


def test_half_a_memory_is_refused_at_its_end() -> None:
    data = serialize_tmx(Parcel(RICH))
    with pytest.raises(CatalogError, match="not well-formed"):
        list(read_tmx([data[:-30]], "en"))


def test_csv_names_the_line_of_a_wrong_state() -> None:
    data = b"source,target,state\nOne.,Eins.,done\n"
    with pytest.raises(CatalogError) as caught:
        FORMATS.get("csv").parse(data)  # type: ignore[call-arg, union-attr]
    assert (caught.value.where, caught.value.message) == (":2", "no such state: 'done'")


def test_csv_of_a_european_spreadsheet_is_read() -> None:
    parsed = parse_csv("source;target\r\nOne, two.;Один, два.\r\n".encode())
    assert parsed.catalog.entries == (Entry("One, two.", "Один, два.", state=State.REVIEWED),)


def test_no_cell_of_a_table_is_a_formula() -> None:
    catalog = Catalog("en", "uk", (Entry("=1+1", "-2", state=State.REVIEWED), Entry("'Tis", "+3")))
    data = serialize_csv(Parcel(catalog)).decode("utf-8-sig")
    assert "'=1+1,'-2," in data
    assert essence(parse_csv(data.encode()).catalog)[0][1:3] == ("=1+1", "-2")
