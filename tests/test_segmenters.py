"""Cutting articles into units."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from l10n import inline
from l10n.model import Article, Block, Code, CodeKind, Content, Kind, Span, joined
from l10n.segmenters import SEGMENTERS, segment
from l10n.segmenters.cutting import cut
from tests.strategies import contents


def stops(text: str, locale: str = "en") -> list[tuple[int, int]]:
    """A plain segmenter: every stop before white space ends a sentence."""
    spans = [match.span() for match in re.finditer(r"\S.*?(?:[.!?](?=\s)|$)", text, re.DOTALL)]
    return [(start, start + len(text[start:end].rstrip())) for start, end in spans if text[start:end].strip()]


def pair(tag: str, *inner: str | Code) -> list[str | Code]:
    opened = Code(CodeKind.OPEN, tag, Span(0, 0), f"<{tag}>")
    return [opened, *inner, Code(CodeKind.CLOSE, tag, Span(0, 0), f"</{tag}>")]


def alone(tag: str) -> Code:
    return Code(CodeKind.STANDALONE, tag, Span(0, 0), f"<{tag}>")


def units(*items: str | Code) -> list[str]:
    return [inline.encode(inline.numbered(part.source)) for part in cut(joined([tuple(items)]), stops)]


def test_sentences_are_units() -> None:
    assert units("One. Two! Three?") == ["One.", "Two!", "Three?"]


def test_a_code_around_a_word_stays_inside() -> None:
    assert units("Go to ", *pair("a", "Lviv"), " now. Then rest.") == [
        "Go to <a1>Lviv</a1> now.",
        "Then rest.",
    ]


def test_a_code_around_a_whole_sentence_stays_outside() -> None:
    assert units(*pair("strong", "One."), " Two.") == ["One.", "Two."]
    assert units(*pair("a", *pair("em", "One. Two."))) == ["One.", "Two."]


def test_sentences_that_a_pair_tears_stay_together() -> None:
    assert units("One ", *pair("em", "two. Three"), " four. Five.") == [
        "One <em1>two. Three</em1> four.",
        "Five.",
    ]


def test_footnote_marks_and_pictures_at_the_edges_stay_outside() -> None:
    assert units(alone("img"), " One.", alone("sup"), " Two", alone("sup"), " too.") == [
        "One.",
        "Two<sup1/> too.",
    ]


def test_numbering_begins_anew_in_every_unit() -> None:
    assert units("A ", *pair("a", "b"), ". C ", *pair("a", "d"), ".") == ["A <a1>b</a1>.", "C <a1>d</a1>."]


def test_what_holds_no_word_is_no_unit() -> None:
    assert units("* * *") == []
    assert units(alone("img")) == []
    assert units("12,5 %") == ["12,5 %"]


@given(contents())
def test_the_parts_joined_are_the_content(content: Content) -> None:
    parts = cut(content, stops)
    if parts:
        assert joined((*part.before, *part.source, *part.after) for part in parts) == content
    else:
        assert not any(char.isalnum() for item in content if isinstance(item, str) for char in item)


@given(contents())
def test_every_unit_has_whole_pairs_and_words_and_clean_edges(content: Content) -> None:
    for part in cut(content, stops):
        text = inline.encode(inline.numbered(part.source))
        assert inline.problems(text, text) == []
        assert any(char.isalnum() for char in text)
        first, last = part.source[0], part.source[-1]
        assert not isinstance(first, str) or first == first.lstrip()
        assert not isinstance(last, str) or last == last.rstrip()


@pytest.mark.parametrize("name", SEGMENTERS.names())
@given(content=contents())
def test_any_segmenter_gives_the_blocks_back(name: str, content: Content) -> None:
    article = Article("a", "txt", "en", "", "en", (Block(Kind.PARAGRAPH, Span(0, 0), content),))
    found = segment(article, name)
    assert not found or joined((*u.before, *u.source, *u.after) for u in found) == content


def test_a_title_is_one_unit_and_has_a_context() -> None:
    block = Block(Kind.TITLE, Span(0, 0), ("Who won? We did.",))
    (unit,) = segment(Article("a", "txt", "en", "", "en", (block,)))
    assert (unit.context, unit.source) == ("title", ("Who won? We did.",))


def test_equal_sentences_of_two_links_have_equal_sources() -> None:
    one = ("See ", *pair("a", "this"), ".")
    first, second = (cut(tuple(joined([one])), stops)[0] for _ in range(2))
    assert inline.encode(inline.numbered(first.source)) == inline.encode(inline.numbered(second.source))
