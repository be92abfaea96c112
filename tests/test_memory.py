"""The translation memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n.errors import CatalogError
from l10n.memory import Memory

ROWS = [
    ("The tram is back.", None, "Трамвай повернувся."),
    ("The tram is back again.", None, "Трамвай знову повернувся."),
    ("Bank", "title", "Берег"),
    ("Bank", None, "Банк"),
    ("Fine.", None, "Добре."),
    ("Fine.", None, "Штраф."),
]


@pytest.fixture
def memory() -> Memory:
    made = Memory(":memory:")
    made.feed("uk/tram.po", "en", "uk", "1", ROWS)
    return made


def test_an_equal_source_scores_100(memory: Memory) -> None:
    assert memory.pair("en", "uk").lookup("The tram is back.") == ("Трамвай повернувся.", 100)


def test_a_similar_source_scores_less(memory: Memory) -> None:
    best = memory.pair("en", "uk").matches("The trams is back.")[0]
    assert (best.target, best.origin) == ("Трамвай повернувся.", "uk/tram.po")
    assert 75 <= best.score < 100
    assert memory.pair("en", "uk").matches("Something else entirely, far away.") == []


def test_the_same_context_comes_first(memory: Memory) -> None:
    pair = memory.pair("en", "uk")
    assert pair.lookup("Bank", "title") == ("Берег", 100)
    assert pair.lookup("Bank") == ("Банк", 100)


def test_an_ambiguous_match_is_less_than_certain(memory: Memory) -> None:
    found = memory.pair("en", "uk").lookup("Fine.")
    assert found is not None
    assert found[1] == 99


def test_pairs_do_not_mix(memory: Memory) -> None:
    assert memory.pair("en", "pl").lookup("Bank") is None
    assert memory.pair("uk", "en").lookup("Банк") is None


def test_feeding_again_replaces_and_forgetting_drops(memory: Memory) -> None:
    memory.feed("uk/tram.po", "en", "uk", "2", ROWS[:1])
    assert memory.signature("uk/tram.po") == "2"
    assert [stat.segments for stat in memory.stats()] == [1]
    assert memory.forget("uk/tram.po") == 1
    assert memory.stats() == []
    assert memory.signature("uk/tram.po") is None


def test_a_file_that_is_no_memory_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "memory.sqlite"
    broken.write_bytes(b"not a database" * 100)
    with pytest.raises(CatalogError, match=r"memory\.sqlite"):
        Memory(broken)


def test_what_is_fed_is_there_the_next_time(tmp_path: Path) -> None:
    first = Memory(tmp_path / "memory.sqlite")
    first.feed("a.po", "en", "uk", "1", ROWS)
    first.close()
    again = Memory(tmp_path / "memory.sqlite")
    assert again.pair("en", "uk").lookup("Bank") == ("Банк", 100)
    again.close()
