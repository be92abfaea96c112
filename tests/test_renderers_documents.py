"""Documents: what is kept of an article renders as the article did."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.errors import RenderError
from l10n.model import Article, Block, Coverage, Kind, Piece, Span, State, joined
from l10n.renderers import pages
from l10n.renderers.documents import Document, Version, parse_document, serialize_document
from tests.strategies import contents
from tests.test_renderers_pages import every_kind

UNSURE = {State.TRANSLATED: st.sampled_from(["draft", "outdated"])}
PIECES = st.sampled_from(State).flatmap(
    lambda state: st.builds(
        Piece,
        contents().map(lambda content: joined([("t",), content])),
        st.sampled_from(["uk"]) if state is not State.INITIAL else st.just("en"),
        st.just(State.REVIEWED if state is State.INITIAL else state),
        st.booleans() if state is State.REVIEWED else st.just(True),
        UNSURE.get(state, st.just("")),
    )
)
BLOCKS = st.builds(
    lambda kind, pieces, level: Block(kind, Span(0, 0), ("x",), level=level, pieces=tuple(pieces)),
    st.sampled_from([Kind.TITLE, Kind.LEAD, Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE]),
    st.lists(PIECES, min_size=1, max_size=4),
    st.integers(0, 6),
)


def kept(article: Article) -> Article:
    version = Version(article, Coverage(9, 5, 2, 1), "uk/a.html", "articles/uk/a.md")
    document = Document("a", "md", "en", {"barge.svg": "media/barge.svg"}, {"uk": version})
    text = serialize_document(document)
    again = parse_document(text)
    assert serialize_document(again) == text
    assert (again.pictures, again.versions["uk"].coverage) == (document.pictures, version.coverage)
    return again.versions["uk"].article


def test_every_kind_of_block_is_kept() -> None:
    hidden = Block(
        Kind.PARAGRAPH, Span(0, 0), ("x",), pieces=(Piece((), "uk", State.TRANSLATED, reason="outdated"),)
    )
    article = Article("a", "md", "uk", "", "en", (*every_kind(), hidden), {"author": "Ada Lind"})
    assert "hidden" in pages.body(article).states
    assert pages.body(kept(article)) == pages.body(article)


@settings(deadline=None, max_examples=150)
@given(st.lists(BLOCKS, max_size=6))
def test_what_is_kept_renders_as_it_did(blocks: list[Block]) -> None:
    article = Article("a", "md", "uk", "", "en", tuple(blocks))
    assert pages.body(kept(article)) == pages.body(article)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"version": 2}',
        '{"version": 1, "id": "a", "format": "md", "source": "en", "pictures": {}}',
        '{"version": 1, "id": "a", "format": "md", "source": "en", "pictures": {}, "locales": {"uk": 1}}',
    ],
)
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(RenderError, match="not a document of an article"):
        parse_document(text)
