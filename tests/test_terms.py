"""Glossaries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.errors import CatalogError
from l10n.terms import STATUSES, Glossary, Term, candidates, parse_terms, serialize_terms

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x7f"))
TERMS = st.builds(
    Term, TEXTS.filter(lambda text: text.strip() != ""), TEXTS, st.sampled_from(STATUSES), TEXTS
)


@given(st.lists(TERMS))
def test_parsing_undoes_serializing(terms: list[Term]) -> None:
    glossary = Glossary("en", "uk", tuple(terms))
    assert parse_terms(serialize_terms(glossary), "en", "uk") == glossary


def test_terms_are_found_as_whole_words_whatever_their_case() -> None:
    wall, art = Term("sea wall", "дамба"), Term("art", "мистецтво")
    assert Glossary("en", "uk", (wall, art)).found_in("The Sea Wall is part of the coast.") == [wall]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[term]]\nsource = 1", "texts"),
        ("[[term]]\ntarget = 'x'", "needs a source"),
        ("[[term]]\nsource = 'x'\nstatus = 'maybe'", "no such status"),
        ("[[term]]\nsource = 'x'\ncolour = 'red'", "no 'colour'"),
        ("term = 1", r"\[\[term\]\]"),
        ("[[term", "not valid TOML"),
    ],
)
def test_a_wrong_glossary_is_explained(text: str, words: str) -> None:
    with pytest.raises(CatalogError, match=words):
        parse_terms(text, "en", "uk")


def test_names_that_recur_are_candidates() -> None:
    texts = ["Rail Express runs again.", "The mayor of Lviv praised Rail Express.", "In Lviv, people waited."]
    assert candidates(texts) == [("Lviv", 2), ("Rail Express", 2)]
