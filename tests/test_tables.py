"""Drawn tables: found, drawn anew, and read by docutils as they are meant."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l10n.model import Article, Kind, Piece, Span, State, plain
from l10n.readers import default_profile, read
from l10n.tables import find_tables, parse_table, redraw
from l10n.tasks.rereading import write_safely

GRID = """\
+-----+-------------+
| One | Two         |
+=====+=====+=======+
| 日本| a   | long  |
|     +-----+ text  |
|     | b   |       |
+-----+-----+-------+"""
SIMPLE = """\
=====  =====  ======
   One        Two
------------  ------
A      B      C
=====  =====  ======
long   text   in
              lines

end    ..
=====  =====  ======"""


def reading(text: str) -> Article:
    return read(text, id="a", format="rst", locale="en")


def edited(text: str, **targets: str) -> str:
    """The table with words in it replaced."""
    return redraw(
        text, [(Span(text.index(old), text.index(old) + len(old)), new) for old, new in targets.items()]
    )


@pytest.mark.parametrize("text", [GRID, SIMPLE])
def test_a_table_in_which_nothing_changed_is_drawn_as_it_was(text: str) -> None:
    assert redraw(text, []) == text


def test_a_grid_grows_with_its_cells() -> None:
    text = "+---+-----+\n| a | b   |\n+===+=====+\n| c       |\n+---------+"
    assert edited(text, a="日本語", c="a long text") == (
        "+--------+-----+\n| 日本語 | b   |\n+========+=====+\n| a long text  |\n+--------------+"
    )


def test_a_simple_table_grows_with_its_cells() -> None:
    text = "==  ==\na   b\n------\nc   d\n==  ==\n\ne   f\n==  =="
    assert edited(text, c="日本", d="dddd", f="x y") == (
        "====  ====\na   b\n----------\n日本  dddd\n====  ====\n\ne     x y\n====  ===="
    )


def test_a_text_of_several_lines_stays_one() -> None:
    text = "+------------+---+\n| Some words | - |\n| and more   |   |\n+------------+---+"
    table = parse_table(text)
    assert table is not None
    cell = table.cells[0]
    whole = Span(cell.outward(0), cell.outward(len(cell.text) - 1) + 1)
    assert redraw(text, [(whole, "Any target 1. that is longer than it")]) == (
        "+---------------+---+\n| Any target 1. | - |\n| that is       |   |\n| longer        |   |\n"
        "| than it       |   |\n+---------------+---+"
    )


def test_tables_are_found_where_blocks_begin() -> None:
    text = f"x\n\n{GRID}\n\ny\n  ==  ==\n  a   b\n  ==  ==\n\nz\n==  ==\nc   d\n==  ==\n"
    assert [span.of(text)[:4] for span, _ in find_tables(text)] == ["+---", "==  "]


def docutils_tables(text: str) -> list[list[tuple[object, ...]]]:
    """The cells of each table as docutils reads them: rows and columns that they take, and paragraphs."""
    core, nodes = pytest.importorskip("docutils.core"), pytest.importorskip("docutils.nodes")
    quiet = {"report_level": 5, "halt_level": 6, "file_insertion_enabled": False}
    tree = core.publish_doctree(text, settings_overrides=quiet)
    return [
        [
            (
                cell.get("morerows", 0),
                cell.get("morecols", 0),
                isinstance(cell.parent.parent, nodes.thead),
                [" ".join(each.astext().split()) for each in cell.findall(nodes.paragraph)],
            )
            for cell in table.findall(nodes.entry)
        ]
        for table in tree.findall(nodes.table)
    ]


CELLS = st.lists(
    st.sampled_from(["word", "日本", "é", "*", "|", "+", "-", "- ", "=", "``a|b``", "``", "1.", "..", "a_"]),
    min_size=1,
    max_size=6,
).map(" ".join)


@pytest.mark.parametrize("text", [GRID, SIMPLE, f"- In a list\n\n  {GRID.replace(chr(10), chr(10) + '  ')}"])
@given(data=st.data())
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_docutils_reads_the_same_table_with_the_new_texts(text: str, data: st.DataObject) -> None:
    article = reading(text)
    blocks = [
        replace(block, pieces=(Piece((data.draw(CELLS),), "uk", State.REVIEWED),))
        if block.kind is Kind.CELL
        else block
        for block in article.blocks
    ]
    written = write_safely(replace(article, blocks=tuple(blocks)), default_profile())
    meant = [replace(b, pieces=()) if n in written.left else b for n, b in enumerate(blocks)]
    shown = [" ".join(plain(block.shown).split()) for block in meant if block.kind is Kind.CELL]
    [before], [after] = docutils_tables(text), docutils_tables(written.text)
    assert [cell[:3] for cell in before] == [cell[:3] for cell in after]
    assert sorted(word for cell in after for word in cell[3] if word) == sorted(shown)
