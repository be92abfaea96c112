"""Glossaries."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.errors import CatalogError
from l10n.terms import STATUSES, Breach, Glossary, Term, candidates, parse_terms, serialize_terms
from tests.commands import done, failed

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x7f"))
FORMS = st.lists(TEXTS, max_size=3).map(tuple)
TERMS = st.builds(
    Term,
    TEXTS.filter(lambda text: text.strip() != ""),
    TEXTS,
    st.sampled_from(STATUSES),
    TEXTS,
    TEXTS,
    FORMS,
    FORMS,
)


@given(st.lists(TERMS))
def test_parsing_undoes_serializing(terms: list[Term]) -> None:
    glossary = Glossary("en", "uk", tuple(terms))
    assert parse_terms(serialize_terms(glossary), "en", "uk") == glossary


WALL = Term("sea wall", "дамба", "required", "noun", "", ("sea walls",), ("дамб*",))


def glossary(*terms: Term) -> Glossary:
    return Glossary("en", "uk", terms)


def test_a_glossary_reads_as_people_write_it() -> None:
    assert serialize_terms(glossary(WALL, Term("Rail Express", status="keep"))) == (
        "[[term]]\n"
        'source = "sea wall"\n'
        'target = "дамба"\n'
        'status = "required"\n'
        'part_of_speech = "noun"\n'
        'source_forms = ["sea walls"]\n'
        'target_forms = ["дамб*"]\n'
        "\n"
        "[[term]]\n"
        'source = "Rail Express"\n'
        'status = "keep"\n'
    )


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("sea wall", "The Sea Wall is part of the coast.", ["Sea Wall"]),
        ("art", "Part of the coast; art.", ["art"]),
        ("sea wall", "A sea  <a1>wall</a1>, no sea walls.", ["sea  <a1>wall"]),
        ("US", "Give us the US budget.", ["US"]),
        ("O'Brien", "Mayor O’Brien's", ["O’Brien"]),
        ("海岸", "北海岸の町", ["海岸"]),
        ("Tama", "多摩川はTamaとも", ["Tama"]),
        ("tram*", "Two trams, a tramway.", ["trams", "tramway"]),
    ],
)
def test_terms_are_found_as_whole_words(source: str, text: str, found: list[str]) -> None:
    spans = [each.span for each in glossary(Term(source, "x")).occurrences(text)]
    assert [span.of(text) for span in spans] == found


def test_the_longer_of_two_terms_counts() -> None:
    wall = Term("wall", "стіна")
    assert glossary(wall, WALL).found_in("The sea wall stands.") == [WALL]
    assert glossary(wall, WALL).found_in("The sea wall, a wall.") == [WALL, wall]


SOURCE = "They mended the sea wall."


@pytest.mark.parametrize(
    ("terms", "source", "target", "breaches"),
    [
        ([WALL], SOURCE, "Дамбу полагодили.", []),
        ([WALL], SOURCE, "Мур полагодили.", [Breach(WALL, None, (WALL,))]),
        ([WALL], "They mended it.", "Мур полагодили.", []),
        ([Term("Rail Express", status="keep")], "By Rail Express.", "Потягом Rail Express.", []),
    ],
)
def test_a_required_term_must_stand_in_the_target(
    terms: list[Term], source: str, target: str, breaches: list[Breach]
) -> None:
    assert glossary(*terms).breaches(source, target) == breaches


def test_a_kept_term_must_stand_as_it_is() -> None:
    term = Term("Rail Express", status="keep")
    assert glossary(term).breaches("By Rail Express.", "Рейковим експресом.") == [Breach(term, None, (term,))]


def test_a_forbidden_term_is_shown_with_what_may_stand_instead() -> None:
    forbidden = Term("sea wall", "мур", "forbidden", target_forms=("мур*",))
    breaches = glossary(WALL, forbidden).breaches(SOURCE, "Старий мур полагодили.")
    assert [(each.term, each.instead) for each in breaches] == [(forbidden, (WALL,)), (WALL, (WALL,))]
    assert breaches[0].span is not None
    assert breaches[0].span.of("Старий мур полагодили.") == "мур"


def test_one_of_several_terms_is_enough() -> None:
    other = Term("sea wall", "хвилеріз")
    assert glossary(WALL, other).breaches(SOURCE, "Хвилеріз полагодили.") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[term]]\nsource = 1", "texts"),
        ("[[term]]\ntarget = 'x'", "needs a source"),
        ("[[term]]\nsource = 'x'\nstatus = 'maybe'", "no such status"),
        ("[[term]]\nsource = 'x'\ncolour = 'red'", "no 'colour'"),
        ("[[term]]\nsource = 'x'\nsource_forms = 'y'", "list of texts"),
        ("term = 1", r"\[\[term\]\]"),
        ("[[term", "not valid TOML"),
    ],
)
def test_a_wrong_glossary_is_explained(text: str, words: str) -> None:
    with pytest.raises(CatalogError, match=words):
        parse_terms(text, "en", "uk")


def test_names_and_phrases_that_recur_are_candidates() -> None:
    texts = [
        "Rail Express runs again.",
        "The mayor of Lviv praised Rail Express and the night train.",
        "In Lviv, people waited for a night train.",
        "Trains are late.",
        "Trains run.",
    ]
    assert [(each.text, each.count) for each in candidates(texts, "en")] == [
        ("night train", 2),
        ("Rail Express", 2),
        ("Lviv", 2),
    ]
    assert candidates(texts, "en")[0].example == texts[1]


def test_a_phrase_within_one_longer_phrase_is_no_candidate() -> None:
    texts = ["A salt marsh bird sang.", "Every salt marsh bird sang.", "The salt marsh grew."]
    assert [each.text for each in candidates(texts, "en")] == ["salt marsh bird sang", "salt marsh"]


TOML = """\
# the newsroom's own words
[[term]]
source = "sea wall"
target = "дамба"
status = "required"
note = "the one at Orrin"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "l10n.toml").write_text('targets = ["uk"]\n', encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "wall.md").write_text(
        "The sea wall at Orrin holds.\n\nMore of Orrin, soon.\n", encoding="utf-8"
    )
    done("update", cwd=tmp_path)
    (tmp_path / "locales" / "uk" / "terms.toml").write_text(TOML, encoding="utf-8")
    return tmp_path


def test_terms_are_offered_to_translators_and_withdrawn(project: Path) -> None:
    catalog = project / "locales" / "uk" / "LC_MESSAGES" / "wall.po"
    before = catalog.read_bytes()
    assert "would write" in done("terms", "offer", "-n", cwd=project)
    assert catalog.read_bytes() == before
    assert "1 entry with terms" in done("terms", "offer", "-l", "uk", cwd=project)
    assert "# term: sea wall → дамба (required): the one at Orrin\n" in catalog.read_text(encoding="utf-8")
    again = catalog.read_bytes()
    done("terms", "offer", cwd=project)
    assert catalog.read_bytes() == again
    done("terms", "offer", "--withdraw", cwd=project)
    assert catalog.read_bytes() == before


def test_proposals_leave_out_what_the_glossary_has(project: Path) -> None:
    assert "Orrin" in done("terms", "extract", cwd=project)
    path = project / "locales" / "uk" / "terms.toml"
    path.write_text(TOML.replace("sea wall", "orrin"), encoding="utf-8")
    assert "Orrin" not in done("terms", "extract", "-l", "uk", cwd=project)


def test_a_wrong_term_is_named_with_its_file(project: Path) -> None:
    (project / "locales" / "uk" / "terms.toml").write_text(TOML + "[[term]]\n", encoding="utf-8")
    said = failed(1, "terms", "list", "-l", "uk", cwd=project)
    assert "locales/uk/terms.toml: term 2: a term needs a source" in said
