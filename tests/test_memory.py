"""The translation memory."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from l10n import inline
from l10n.errors import CatalogError
from l10n.memory import Memory, Segment
from l10n.memory.fingerprints import fingerprints
from l10n.model import Match, MatchKind

SEGMENTS = [
    Segment("The tram is back.", "Трамвай повернувся."),
    Segment("The tram is back again.", "Трамвай знову повернувся."),
    Segment("Bank", "Берег", "title"),
    Segment("Bank", "Банк"),
    Segment("Fine.", "Добре.", None, ("How is it?", "Good.")),
    Segment("Fine.", "Штраф.", None, ("A ticket.", "Pay here.")),
    Segment("It cost 1,200 euros.", "Це коштувало 1 200 євро."),
    Segment("Read <a1>more</a1> here.<br2/>", "Читайте <a1>більше</a1> тут.<br2/>"),
    Segment("Gone but true.", "Минуло, та правда.", retired=True),
]


@pytest.fixture
def memory() -> Iterator[Memory]:
    made = Memory(":memory:")
    made.feed("uk/tram.po", "en", "uk", "1", SEGMENTS)
    yield made
    made.close()


def best(memory: Memory, source: str, *more: object) -> Match:
    found = memory.pair("en", "uk").lookup(source, *more)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_an_equal_source_is_certain(memory: Memory) -> None:
    match = best(memory, "The tram is back.")
    assert match == Match("The tram is back.", "Трамвай повернувся.", 100, MatchKind.EXACT, "uk/tram.po")
    assert match.certain


def test_a_similar_source_scores_less(memory: Memory) -> None:
    match = best(memory, "The trams is back.")
    assert (match.target, match.kind, match.score) == ("Трамвай повернувся.", MatchKind.FUZZY, 94)
    assert not match.certain
    assert memory.pair("en", "uk").matches("Something else entirely, far away.") == []


def test_the_role_decides_between_equal_sources(memory: Memory) -> None:
    assert best(memory, "Bank", "title").target == "Берег"
    assert best(memory, "Bank").target == "Банк"
    other = best(memory, "The tram is back.", "title")
    assert (other.score, other.certain) == (99, False)


def test_an_ambiguous_match_is_never_certain(memory: Memory) -> None:
    match = best(memory, "Fine.")
    assert (match.score, match.ambiguous, match.certain) == (99, True, False)
    assert {each.target for each in memory.pair("en", "uk").matches("Fine.")} == {"Добре.", "Штраф."}


def test_neighbours_decide_between_translations(memory: Memory) -> None:
    match = best(memory, "Fine.", None, ("A ticket.", "Pay here."))
    assert (match.target, match.kind, match.certain) == ("Штраф.", MatchKind.CONTEXT, True)
    assert not best(memory, "Fine.", None, ("A ticket.", "Good.")).certain


def test_the_more_frequent_of_two_translations_comes_first(memory: Memory) -> None:
    memory.feed("other.po", "en", "uk", "1", [Segment("Fine.", "Добре.")])
    match = best(memory, "Fine.")
    assert (match.target, match.certain) == ("Добре.", False)


def test_what_is_in_use_no_more_is_found_with_a_penalty(memory: Memory) -> None:
    match = best(memory, "Gone but true.")
    assert (match.target, match.score, match.certain) == ("Минуло, та правда.", 98, False)
    memory.feed("b.po", "en", "uk", "1", [Segment("Gone but true.", "Минуле, але правда.")])
    assert best(memory, "Gone but true.") == Match(
        "Gone but true.", "Минуле, але правда.", 100, MatchKind.EXACT, "b.po"
    )


def test_other_codes_are_put_into_the_target(memory: Memory) -> None:
    match = best(memory, "Read <em1>more</em1> here.<img2/>")
    assert (match.target, match.kind, match.score) == (
        "Читайте <em1>більше</em1> тут.<img2/>",
        MatchKind.CODES,
        99,
    )
    fewer = best(memory, "Read <a1>more</a1> here.")
    assert (fewer.target, fewer.kind, fewer.score) == ("Читайте <a1>більше</a1> тут.", MatchKind.CODES, 99)
    more = best(memory, "<b1>Read</b1> <a2>more</a2> here.<img3/>")
    assert (more.kind, more.score) == (MatchKind.FUZZY, 97)
    elsewhere = best(memory, "<a1>Read</a1> more here.<img2/>")
    assert elsewhere.kind is MatchKind.FUZZY


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("It cost 1,300 euros.", "Це коштувало 1 300 євро."),
        ("It cost 900 euros.", "Це коштувало 900 євро."),
        ("It cost 1,250,000 euros.", "Це коштувало 1 250 000 євро."),
        ("It cost 12.5 euros.", "Це коштувало 12,5 євро."),
    ],
)
def test_other_numbers_are_written_as_the_target_writes_them(
    memory: Memory, source: str, target: str
) -> None:
    match = best(memory, source)
    assert (match.target, match.kind, match.score) == (target, MatchKind.NUMBERS, 98)


def test_pairs_do_not_mix(memory: Memory) -> None:
    assert memory.pair("en", "pl").lookup("Bank") is None
    assert memory.pair("uk", "en").lookup("Банк") is None


def test_feeding_again_replaces_and_forgetting_drops(memory: Memory) -> None:
    memory.feed("uk/tram.po", "en", "uk", "2", SEGMENTS[:1])
    assert memory.signature("uk/tram.po") == "2"
    assert [(stat.segments, stat.retired, stat.origins) for stat in memory.stats()] == [(1, 0, 1)]
    assert memory.pair("en", "uk").lookup("The tram is back again!") is None
    assert memory.forget("uk/tram.po") == 1
    assert memory.stats() == []
    assert memory.signature("uk/tram.po") is None


def test_what_was_fed_comes_out_again(memory: Memory) -> None:
    assert list(memory.segments("en", "uk"))[:4] == SEGMENTS[:4]


def test_a_feed_that_breaks_off_changes_nothing(memory: Memory) -> None:
    def broken() -> Iterator[Segment]:
        yield SEGMENTS[0]
        raise CatalogError("half a file")

    with pytest.raises(CatalogError, match="half a file"):
        memory.feed("uk/tram.po", "en", "uk", "2", broken())
    assert memory.signature("uk/tram.po") == "1"
    assert memory.stats()[0].segments == len(SEGMENTS)


def test_a_file_that_is_no_memory_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "memory.sqlite"
    broken.write_bytes(b"not a database" * 100)
    with pytest.raises(CatalogError, match=r"memory\.sqlite"):
        Memory(broken)


def test_what_is_fed_is_there_the_next_time(tmp_path: Path) -> None:
    for _ in range(2):
        memory = Memory(tmp_path / "memory.sqlite")
        if not memory.signature("a.po"):
            memory.feed("a.po", "en", "uk", "1", SEGMENTS)
        assert best(memory, "The trams is back.").target == "Трамвай повернувся."
        memory.close()


WORDS = st.text("abcdefgh їжак 日本語", min_size=1, max_size=9)


@settings(deadline=None, max_examples=60)
@given(st.lists(WORDS, min_size=1, max_size=30, unique=True), WORDS)
def test_the_best_match_is_that_of_comparing_all(sources: list[str], asked: str) -> None:
    memory = Memory(":memory:")
    memory.feed("a", "en", "uk", "", [Segment(source, source.upper()) for source in sources])
    found = memory.pair("en", "uk").lookup(asked)
    likeness = max(Levenshtein.normalized_similarity(asked, source) for source in sources)
    memory.close()
    assert (found.score if found else 0) == (int(likeness * 100) if likeness >= 0.75 else 0)


@given(st.lists(st.text(max_size=20), max_size=8))
def test_a_fingerprint_depends_on_its_text_alone(texts: list[str]) -> None:
    together = [row.tobytes() for row in fingerprints(texts)]
    assert together == [fingerprints([text])[0].tobytes() for text in texts]


@pytest.mark.parametrize("language", ["en", "uk", "es"])
def test_edited_sentences_are_found_as_by_comparing_all(shared: Path, language: str) -> None:
    path = shared / "data" / "mt" / f"flores-dev.{language}"
    sentences = path.read_text(encoding="utf-8").splitlines()
    memory, chance = Memory(":memory:"), random.Random(7)
    memory.feed("flores", language, "xx", "", [Segment(text, str(n)) for n, text in enumerate(sentences)])
    pair, missed, asked = memory.pair(language, "xx"), 0, 0
    for text in chance.sample(sentences, 200):
        words = text.split()
        for _ in range(chance.randint(1, max(1, len(words) // 6))):
            words[chance.randrange(len(words))] = chance.choice(words)
        edited = " ".join(words)
        truth = max(Levenshtein.normalized_similarity(edited, inline.plain(other)) for other in sentences)
        found = pair.lookup(edited)
        asked += truth >= 0.75
        missed += truth >= 0.75 and (found is None or found.score < int(truth * 100) - 1)
    memory.close()
    assert asked > 100
    assert missed <= asked // 100
