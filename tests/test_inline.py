"""The textual form of inline codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n import inline
from l10n.model import Code, CodeKind, Content, Span, joined, plain
from tests.strategies import contents


def code(kind: CodeKind, tag: str, number: int, can_delete: bool = False) -> Code:
    return Code(kind, tag, Span(0, 0), "", number=number, can_delete=can_delete)


A1, A1_END = code(CodeKind.OPEN, "a", 1), code(CodeKind.CLOSE, "a", 1)
BR2 = code(CodeKind.STANDALONE, "br", 2)


def test_a_code_is_written_as_its_tag_and_number() -> None:
    assert inline.encode(("In ", A1, "Lviv", A1_END, ".", BR2)) == "In <a1>Lviv</a1>.<br2/>"


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("2 < 3 & 4 > 3", "2 < 3 & 4 > 3"),
        ("a <b1> tag", "a &lt;b1> tag"),
        ("a <b> tag", "a <b> tag"),
        ("&lt; as text", "&amp;lt; as text"),
        ("&amp;lt; as text", "&amp;amp;lt; as text"),
        ("&amp; as text", "&amp; as text"),
    ],
)
def test_only_what_looks_like_a_code_is_escaped(text: str, encoded: str) -> None:
    assert inline.escape(text) == encoded
    assert inline.unescape(encoded) == text


@given(contents())
def test_decoding_undoes_encoding(content: Content) -> None:
    numbered = inline.numbered(content)
    assert inline.decode(inline.encode(numbered), inline.codes(numbered)) == numbered


@given(contents())
def test_numbers_are_unique_and_shared_by_pairs(content: Content) -> None:
    names = [inline.name(c) for c in inline.codes(inline.numbered(content)) if c.kind is not CodeKind.CLOSE]
    assert len(names) == len(set(names))
    assert (
        inline.problems(inline.encode(inline.numbered(content)), inline.encode(inline.numbered(content)))
        == []
    )


@given(contents())
def test_plain_text_is_the_same_before_and_after_encoding(content: Content) -> None:
    assert inline.plain(inline.encode(inline.numbered(content))) == plain(content)


@given(st.text())
def test_any_text_is_a_content(text: str) -> None:
    assert inline.decode(inline.escape(text), []) == joined([(text,)])


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("<a1>x</a1><br2/>", None),
        ("<br2/><a1>x</a1>", None),
        ("<a1>x</a1>", "<br2/> is missing"),
        ("<a1>x<br2/>", "</a1> is missing"),
        ("</a1>x<a1><br2/>", "</a1> ends nothing that is open here"),
        ("<a1>x</a1><br2/><br2/>", "<br2/> stands 2 times, in the source 1"),
        ("<a1>x</a1><br2/><b3>", "<b3> is not in the source"),
    ],
)
def test_problems_of_a_target_are_named(target: str, problem: str | None) -> None:
    found = inline.problems("<a1>y</a1><br2/>", target)
    assert found == ([] if problem is None else [problem])


def test_a_code_that_may_be_left_out_is_not_missed() -> None:
    em = [code(CodeKind.OPEN, "em", 1, can_delete=True), code(CodeKind.CLOSE, "em", 1, can_delete=True)]
    assert inline.problems("<em1>x</em1>", "x", em) == []


def test_decoding_says_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="<b3> is not in the source"):
        inline.decode("<b3>x</b3>", [A1, A1_END])
    with pytest.raises(ValueError, match="never closed"):
        inline.decode("<a1>x", [A1, A1_END])
