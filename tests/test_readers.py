"""What holds for every reader and its writer."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l10n import inline
from l10n.errors import SourceError
from l10n.model import Article, Block, Code, Content, Piece, State, joined, plain
from l10n.project import decode, encode, load_article_file
from l10n.readers import READERS, default_profile, read
from l10n.renderers import WRITERS, write
from l10n.tasks.rereading import write_safely
from tests.hostile import FORMATS, TARGETS, documents

DATA = Path(__file__).parent / "data" / "readers"
SAMPLES = sorted(path for path in DATA.rglob("*.*") if path.suffix not in (".txt", ".blocks"))
settings.register_profile("readers", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("readers")


def reading(text: str, format: str) -> Article:
    return read(text, id="a", format=format, locale="en")


def translated(block: Block, content: Content) -> Block:
    return replace(block, pieces=(Piece(content, "uk", State.REVIEWED),))


def retold(block: Block, target: str) -> Block:
    """The block with its first words replaced by a target that says something."""
    content = list(block.content)
    words = [at for at, item in enumerate(content) if isinstance(item, str) and item.strip()]
    if not block.translate or not words or not target.strip():
        return block
    content[words[0]] = target
    return translated(block, joined([tuple(content)]))


def marked(block: Block) -> Block:
    """The block with marks around its words, which show what identity hides."""
    return retold(block, f"⟦{next((i for i in block.content if isinstance(i, str) and i.strip()), '')}⟧")


def said(content: Content) -> list[str]:
    """The words of a content, and its codes without their numbers."""
    return [
        word
        for item in content
        for word in ([f"<{item.kind} {item.tag}>"] if isinstance(item, Code) else item.split())
    ]


def shapes(article: Article) -> list[tuple[object, ...]]:
    return [(block.kind, block.path, block.level, said(block.shown)) for block in article.blocks]


def test_every_format_that_is_read_is_written() -> None:
    assert READERS.names() == WRITERS.names()


@pytest.mark.parametrize("format", FORMATS)
class TestEveryReader:
    """The contract of `Reader`, for texts full of markup, whole and broken.

    What takes several lines in a drawn table has those of other cells between.
    """

    @given(data=st.data())
    def test_blocks_lie_in_order_and_overlap_only_within_codes(
        self, format: str, data: st.DataObject
    ) -> None:
        text = data.draw(documents(format))
        open_until, codes = 0, set[tuple[int, int]]()
        for block in reading(text, format).blocks:
            assert 0 <= block.span.start <= block.span.end <= len(text)
            inside = any(start <= block.span.start and block.span.end <= end for start, end in codes)
            assert inside or block.span.start >= open_until
            if not inside:
                open_until = block.span.end
                holders = [c for c in block.content if isinstance(c, Code)] or [block]
                codes = {(each.span.start, each.span.end) for each in holders}

    @given(data=st.data())
    def test_codes_are_nested_and_hold_their_text(self, format: str, data: st.DataObject) -> None:
        text = data.draw(documents(format))
        for block in reading(text, format).blocks:
            content = inline.numbered(block.content)
            assert inline.decode(inline.encode(content), inline.codes(content)) == content
            drawn = any(step.startswith("table") for step in block.path) and format == "rst"
            for code in inline.codes(content):
                within = code.span.of(text)
                assert code.text == within or (drawn and all(map(within.count, code.text.split("\n"))))
            assert (
                "\n" not in plain(content) or not block.translate or block.form.startswith(("yaml", "toml"))
            )

    @given(data=st.data())
    def test_identity_is_identity(self, format: str, data: st.DataObject) -> None:
        text = data.draw(documents(format))
        article = reading(text, format)
        same = replace(article, blocks=tuple(translated(b, b.content) for b in article.blocks))
        assert write(article) == write(same) == text

    @given(data=st.data())
    @settings(max_examples=200)
    def test_any_target_is_written_safely(self, format: str, data: st.DataObject) -> None:
        article = reading(data.draw(documents(format)), format)
        blocks = tuple(retold(block, data.draw(TARGETS)) for block in article.blocks)
        written = write_safely(replace(article, blocks=blocks), default_profile())
        meant = [replace(b, pieces=()) if n in written.left else b for n, b in enumerate(blocks)]
        again = reading(written.text, format)
        assert [said(b.shown) for b in meant] == [said(b.content) for b in again.blocks]
        assert [b.path for b in meant] == [b.path for b in again.blocks]


def _is_prose(text: str) -> bool:
    """Whether a text says something, and holds no control character but a line end or a tab."""
    return any(map(str.isalnum, text)) and not re.search(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
@given(data=st.data())
@settings(max_examples=60)
def test_any_target_is_written_in_one_go_in_whole_articles(path: Path, data: st.DataObject) -> None:
    """In articles that are in order the writers alone are enough: nothing has to be left untranslated."""
    article = load_article_file(path, "en", default_profile())
    number = data.draw(st.sampled_from([n for n, block in enumerate(article.blocks) if block.translate]))
    blocks = list(article.blocks)
    blocks[number] = retold(blocks[number], data.draw(TARGETS.filter(_is_prose)))
    meant = replace(article, blocks=tuple(blocks))
    assert shapes(reading(write(meant), article.format)) == shapes(meant)


def real_files(shared: Path) -> list[Path]:
    data = shared / "data"
    folders = (data / "articles" / "md", data / "articles" / "html", data / "edits", data / "seed")
    return sorted(path for folder in folders for path in folder.iterdir())


def test_all_real_articles_come_back_byte_for_byte(shared: Path) -> None:
    files = real_files(shared)
    assert len(files) > 40
    for path in files:
        article = load_article_file(path, "en", default_profile())
        same = replace(article, blocks=tuple(translated(block, block.content) for block in article.blocks))
        assert encode(write(same), article.encoding) == path.read_bytes(), path.name


def test_all_real_articles_keep_their_structure_when_every_text_is_marked(shared: Path) -> None:
    for path in real_files(shared):
        article = load_article_file(path, "en", default_profile())
        if article.format == "txt":
            continue  # a page text marks nothing: a bracket after the stop makes a heading of a paragraph
        meant = replace(article, blocks=tuple(map(marked, article.blocks)))
        assert shapes(reading(write(meant), article.format)) == shapes(meant), path.name


def loaded(path: Path) -> Article | None:
    """The article, or None where its error names the place as it should."""
    try:
        return load_article_file(path, "en", default_profile())
    except SourceError as error:
        place = error.where
    assert re.fullmatch(r".*:\d+:\d+", place), place
    return None


def test_malformed_articles_are_read_and_come_back_or_the_place_is_named(shared: Path) -> None:
    for folder in ("md", "html", "txt"):
        for path in sorted((shared / "data" / "nasty" / folder).iterdir()):
            if path.suffix.lstrip(".") not in READERS.names():
                continue
            article = loaded(path)
            if article is None:
                continue
            assert encode(write(article), article.encoding) == path.read_bytes(), path.name
            meant = replace(article, blocks=tuple(map(marked, article.blocks)))
            assert [said(b.shown) for b in meant.blocks] == [
                said(b.content) for b in reading(write(meant), article.format).blocks
            ], path.name


@pytest.mark.parametrize("format", FORMATS)
@given(text=st.text(st.characters(codec="utf-8")))
def test_bytes_come_back(format: str, text: str) -> None:
    data = text.replace("\0", "").encode()
    decoded, encoding = decode(data, html=format == "html")
    assert encode(write(reading(decoded, format)), encoding) == data


@pytest.mark.parametrize(
    ("format", "piece"),
    [
        *(
            ("md", piece)
            for piece in ("> ", "- ", "[", "*a ", "`", "<b>", "{{", "$", "![", "<div>\n\n", "a|")
        ),
        *(("html", piece) for piece in ("<div>", "<b>", "<", "<!--", "</p>", "<a b='", "<%", "<?php ", "&")),
        *(("rst", piece) for piece in ("- ", "> ", "[1]_ ", ".. note:: ", "_")),
    ],
)
def test_markup_nested_ten_thousand_deep_is_read(format: str, piece: str) -> None:
    text = piece * 10_000 + "x"
    assert write(reading(text, format)) == text
