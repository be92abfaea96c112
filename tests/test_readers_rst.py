"""Reading and writing reStructuredText."""

from __future__ import annotations

from dataclasses import replace

import pytest
from docutils.core import publish_doctree
from docutils.nodes import reference

from l10n import inline
from l10n.errors import SourceError
from l10n.model import Article, Block, Content, Piece, State, joined, plain
from l10n.project import load_article_file
from l10n.readers import default_profile, read
from l10n.renderers import write
from tests.golden import FOLDER, agree, detail


def reading(text: str) -> Article:
    return read(text, id="a", format="rst", locale="en")


def rewritten(text: str, target: str) -> str:
    """The article with the text of its first block replaced; `<a1>` and such are its codes."""
    article = reading(text)
    first = article.blocks[0]
    content = joined([inline.decode(target, inline.codes(inline.numbered(first.content)))])
    changed = replace(first, pieces=(Piece(content, "uk", State.REVIEWED),))
    return write(replace(article, blocks=(changed, *article.blocks[1:])))


def test_an_article_has_the_blocks_that_we_expect() -> None:
    article = load_article_file(FOLDER / "readers" / "rst" / "article.rst", "en", default_profile())
    agree("readers/rst/article.blocks", detail(article))
    assert write(article) == article.source


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("One", "- Two", "\\- Two"),
        ("One", "1. Two", "\\1. Two"),
        ("One", ".. Two", "\\.. Two"),
        ("One", "*Two* `three` four_ |five|", "\\*Two\\* \\`three\\` four\\_ \\|five\\|"),
        ("One", "snake_case https://x.y", "snake_case https\\://x.y"),
        ("Title\n=====", "A longer title", "A longer title\n=============="),
        ("====\nOne.\n====\r\n", "日本", "====\n日本\n====\r\n"),
        ("See `it <https://x.y>`_.", "Див. <a1>це</a1>", "Див. `це <https://x.y>`_"),
        ("See it_.", "Див. <a1>це</a1>", "Див. `це <it_>`_"),
        ("A *b* c", "あ<em1>い</em1>う", "あ\\ *い*\\ う"),
        ("One : two\n  Text", "Un : deux", "Un \\: deux : two\n  Text"),
        ("One", "Un : deux", "Un : deux"),
        ("One__ two", "<a1>Ein</a1> zwei", "Ein__ zwei"),
        ("One__ two", "<a1>Das eine</a1> zwei", "`Das eine`__ zwei"),
        ("A ``b``", "<code1/>の", "``b``\\ の"),
        ("- One\n  two", "Three", "- Three"),
        ("Code::\n\n  x", "Код", "Код::\n\n  x"),
    ],
)
def test_a_target_is_written_so_that_it_is_read_as_meant(source: str, target: str, expected: str) -> None:
    assert rewritten(source, target) == expected


@pytest.mark.parametrize(
    "text",
    [
        ".. code-block:: x\n\n   y\n\n.. a comment\n",
        "::\n\n  +---+\n  | a |\n  +---+\n\n.. ==== ====\n   a    b\n   ==== ====\n",
        "+---+\n| a |\n+---+---+\n",
        "+---+---+\n| a | b |\n+---+   |\n| c     |\n+-------+\n",
        "==== ====\nabcde c\n==== ====\n",
        "==== ====\na    b\n==== =====\n",
        "==== ====\n     b\n==== ====\n",
        "==== ====\na\t    b\n==== ====\n",
        "+-----------+\n| +---+---+ |\n| | a | b | |\n| +---+---+ |\n+-----------+\n",
    ],
)
def test_listings_and_what_is_no_table_are_kept(text: str) -> None:
    assert reading(text).blocks == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("".join(f"{'  ' * depth}- x\n\n" for depth in range(1000)), ":121:121"),
        ("Title\n=====\n\n" + "*a " * 10_000, ":4:1"),
    ],
)
def test_text_that_the_parser_cannot_follow_is_named(text: str, place: str) -> None:
    with pytest.raises(SourceError) as caught:
        reading(text)
    assert caught.value.where == place


def test_a_long_text_is_read_in_pieces_as_if_it_were_one() -> None:
    part = (
        "Title\n=====\n\nOne *two*\nthree\n\nterm\n  definition\n\n- item\n\n  more\n\nA. b\n\n"
        + "x y\n\n" * 200
    )
    long = reading(part * 300)
    short = reading(part)
    assert len(long.blocks) == 300 * len(short.blocks)
    assert [plain(block.content) for block in long.blocks] == [plain(b.content) for b in short.blocks] * 300
    assert long.blocks[-1].span.of(long.source) == "x y"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '.. csv-table:: One\n   :header: "Two", three\n\n   "a ""b"", c", 4, d\n   *e*, , "5"\n',
            ["One", "Two", "three", 'a "b", c', "d", "e", "5"],
        ),
        (".. csv-table::\n   :delim: ;\n\n   no ; no\n", []),
        ('.. csv-table::\n\n   "no\n   no", no\n', []),
        (".. |a| replace:: One *two*\n.. |b| image:: x.png\n   :alt: Three\n", ["One two", "Three"]),
        (".. code-block:: python\n   :caption: One\n\n   no\n", ["One"]),
        (".. toctree::\n   :caption: One\n\n   no\n", ["One"]),
        (".. contents:: One\n   :depth: 2\n", ["One"]),
        (".. toctree::\n\n   no\n   One two <no>\n", ["One two"]),
        (".. Note::\n   :class: no\n\n   One\n\n   - Two\n   - Three\n", ["One", "Two", "Three"]),
        (".. py:function:: no(x)\n\n   One\n\n   :param x: Two\n   :type x: no\n", ["One", "Two"]),
        ("empty \\*One\\* `\\<two>`_\n", ["empty *One* "]),
        ("| One\n| two\n\n  Three\n", ["One", "two", "Three"]),
        (".. meta::\n   :description: One\n   :keywords: no\n", ["One"]),
        (".. tab-set::\n\n   .. tab-item:: One\n\n      Two\n", ["One", "Two"]),
        (":Author: no\n:Abstract: One\n\nTwo\n\n:no: Three\n:no: Four\n", ["One", "Two", "Three", "Four"]),
        (
            "-a         One\n-b, --bee=X  Two\n              three\n/V         Four\n",
            ["One", "Two three", "Four"],
        ),
        ("-a is no option\n", ["-a is no option"]),
        ("--bee=<x>\n    One\n--cee\n    Two\n", ["One", "Two"]),
        ("One::\n   \n   no\n", ["One"]),
        ("One\n::\n\n  -- no\n\nTwo\n", ["One", "Two"]),
        ("One\n---\n::\n\n  no\n\nTwo\n", ["One", "Two"]),
        ("One `two`__\n\n__ https://no\n   /no\n\nThree\n", ["One two", "Three"]),
        ("- One `two`__\n\n  __ https://no\n  Three\n", ["One two", "Three"]),
    ],
)
def test_what_a_reader_sees_is_translated_and_nothing_else(text: str, expected: list[str]) -> None:
    assert [plain(block.content) for block in reading(text).blocks] == expected
    assert write(reading(text)) == text


def test_a_cell_between_commas_is_quoted() -> None:
    text = '.. csv-table::\n\n   a, "b"\n'
    assert rewritten(text, '"x", y') == '.. csv-table::\n\n   "\\""x"", y", "b"\n'


def test_links_to_a_heading_find_it_in_another_language_too() -> None:
    text = "Run it\n======\n\nSee `Run it`_, `that <run\nit_>`_, x.\n\nMore\n----\n\nA More_.\n"
    written = marked(text)
    assert written.startswith(".. _`Run it`:\n\nZq Run it\n=========\n")
    assert "\n\n.. _`More`:\n\nZq More\n-------\n" in written
    tree = publish_doctree(written, settings_overrides={"report_level": 2, "halt_level": 2})
    found = [node["refid"] for node in tree.findall(reference) if "refid" in node]
    assert found == ["run-it", "run-it", "more"]


def test_links_in_cells_find_a_heading_too() -> None:
    text = "Run it\n======\n\n==========  ===\n`Run it`_   two\n==========  ===\n"
    assert marked(text).startswith(".. _`Run it`:\n")


@pytest.mark.parametrize(
    "text",
    [
        "Run it\n======\n\nNo link\n",
        ".. _run  it:\n\nRun it\n======\n\n`Run it`_\n",
        "A\n=\n\nA_\n\nA\n=\n\nB\n",
    ],
)
def test_a_heading_that_no_link_needs_is_written_alone(text: str) -> None:
    assert marked(text).count("..") == text.count("..")


def marked(text: str) -> str:
    """An article with a mark before every text."""
    blocks = [retold(block, ("Zq ", *block.content)) for block in reading(text).blocks]
    return write(replace(reading(text), blocks=tuple(blocks)))


def retold(block: Block, content: Content) -> Block:
    return replace(block, pieces=(Piece(content, "uk", State.REVIEWED),)) if block.translate else block
