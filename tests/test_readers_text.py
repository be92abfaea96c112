"""Reading page texts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.model import Article, Kind, Piece, State
from l10n.project import load_article_file
from l10n.readers import default_profile, parse_profile, read
from l10n.renderers import write
from tests.golden import agree, outline


def reading(text: str) -> Article:
    return read(text, id="a", format="txt", locale="en")


def kinds(text: str) -> list[tuple[Kind, str]]:
    return [(block.kind, block.span.of(text)) for block in reading(text).blocks]


def test_the_real_article_has_the_blocks_that_we_expect(shared: Path) -> None:
    path = shared / "data" / "seed" / "article.txt"
    article = load_article_file(path, "en", default_profile())
    agree("readers/text/real-article.txt", outline(article, words=2))


def test_facts_stand_after_their_labels() -> None:
    text = "Title\nCategory\nPolitics\nPublication date\n\nTitle\n\nA photo\n\nThe lead."
    assert kinds(text) == [
        (Kind.TITLE, "Title"),
        (Kind.LABEL, "Category"),
        (Kind.METADATA, "Politics"),
        (Kind.LABEL, "Publication date"),
        (Kind.TITLE, "Title"),
        (Kind.CAPTION, "A photo"),
        (Kind.LEAD, "The lead."),
    ]
    assert reading(text).metadata == {"category": "Politics"}


def test_a_heading_ends_without_a_stop() -> None:
    text = "Title\n\nThe lead.\n\nWhat comes next\n\nA paragraph."
    assert [kind for kind, _ in kinds(text)] == [Kind.TITLE, Kind.LEAD, Kind.HEADING, Kind.PARAGRAPH]


@pytest.mark.parametrize(
    ("paragraph", "kind"),
    [
        ("We will go on - the mayor stressed.", Kind.QUOTE),
        ("We will go on, the mayor of the town explains.", Kind.QUOTE),
        ("We will go on, - emphasized Kos.", Kind.QUOTE),
        ("We will go on, - said Ana Ferrow, 58, the director of the railway.", Kind.QUOTE),
        ("“We will go on.”", Kind.QUOTE),
        ("Ми йдемо далі, – наголосив мер.", Kind.QUOTE),
        ("The mayor noted that the work will go on for as long as it takes.", Kind.PARAGRAPH),
        (
            "At the same time, the mayor noted that it is not about sending more of them there.",
            Kind.PARAGRAPH,
        ),
        ("The mayor said.", Kind.PARAGRAPH),
    ],
)
def test_a_quotation_says_whose_it_is_at_its_end(paragraph: str, kind: Kind) -> None:
    assert kinds(f"Title\n\nThe lead.\n\n{paragraph}")[-1] == (kind, paragraph)


def test_bullets_in_a_row_are_one_list() -> None:
    blocks = reading("T\n\nLead.\n\n  • One\n  • Two\n\nText.\n\n– Three").blocks
    assert [(b.path, b.content) for b in blocks if b.kind is Kind.ITEM] == [
        (("ul1", "li1"), ("One",)),
        (("ul1", "li2"), ("Two",)),
        (("ul2", "li1"), ("Three",)),
    ]


def test_labels_and_chrome_are_data() -> None:
    profile = parse_profile({"labels": {"Rubrik": "category"}, "chrome": ["Wir verwenden Cookies"]})
    text = "Titel\nRubrik\nPolitik\n\nWir\u00a0verwenden cookies hier."
    blocks = read(text, id="a", format="txt", locale="de", profile=profile).blocks
    assert [block.kind for block in blocks] == [Kind.TITLE, Kind.LABEL, Kind.METADATA, Kind.CHROME]
    assert blocks[-1].content == ("Wir\u00a0verwenden cookies hier.",)


def test_line_ends_and_marks_stay_where_they_were() -> None:
    text = "\ufeffTitle \r\n\r\n\tThe lead.\x0c\r\rEnd"
    assert kinds(text)[0] == (Kind.TITLE, "Title")
    assert write(reading(text)) == text


@given(st.text(st.sampled_from('Ab.•- \t\r\n\x0c\u00a0\u2028:"') | st.characters(codec="utf-8")))
def test_blocks_lie_in_order_and_all_text_is_in_them(text: str) -> None:
    article = reading(text)
    ends = [0, *(end for block in article.blocks for end in (block.span.start, block.span.end)), len(text)]
    assert ends == sorted(ends)
    outside = "".join(text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True))
    assert not any(char.isalnum() for char in outside)
    assert write(article) == text


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1))
def test_a_translation_replaces_its_block_and_nothing_else(target: str) -> None:
    text = "Title\r\n\r\n  • One two.\r\n\r\n"
    article = reading(text)
    item = replace(article.blocks[1], pieces=(Piece((target,), "uk", State.REVIEWED),))
    assert write(replace(article, blocks=(article.blocks[0], item))) == f"Title\r\n\r\n  • {target}\r\n\r\n"
