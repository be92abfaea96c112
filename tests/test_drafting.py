"""Drafts: nothing lost or invented whatever the engine does, and nothing done twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l10n import apply, extract, inline, parse_po, read, segment, serialize_po
from l10n.engines import Cache, Drafter, Engine, Hypothesis, choose, draft
from l10n.engines.isolating import Isolated
from l10n.memory import Memory, Segment
from l10n.model import Catalog, Draft, Entry, Origin, State, Undrafted
from l10n.terms import Glossary, Term
from tests.adversaries import Adversary, Crashing, Dead, Fake, Hanging
from tests.packages import EN_UK, move_argos, unpack
from tests.strategies import contents

APERTIUM = pytest.mark.skipif(
    not Path("/usr/share/apertium/modes/eng-spa.mode").exists(), reason="apertium-eng-spa is not installed"
)


def catalog(*sources: str, locale: str = "es", source_locale: str = "en") -> Catalog:
    return Catalog(source_locale, locale, tuple(map(Entry, dict.fromkeys(sources))))


def drafts(engine: Engine | None, *sources: str, locale: str = "es", **aids: object) -> dict[str, str]:
    """Source -> its draft, of those that have one."""
    whole = catalog(*sources, locale=locale)
    made = Drafter("en", locale, engine, **aids).draft([(whole, whole.entries)])[0]  # type: ignore[arg-type]
    return {each.key[1]: each.target for each in made if isinstance(each, Draft)}


def reasons(engine: Engine, *sources: str, locale: str = "es") -> dict[str, str]:
    """Source -> why it has no draft."""
    made = draft(catalog(*sources, locale=locale), engine)
    return {each.key[1]: each.reason for each in made if isinstance(each, Undrafted)}


# What must hold for every draft, written down without the code under test.

URL = re.compile(r"https?://[^\s<>]+|[\w.]+@[\w.]+")
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%\(\w+\)[sd]|%[sd]\b")


def tokens(text: str) -> dict[str, Counter[str]]:
    """What a text may neither lose nor gain."""
    bare = re.sub(r"</?[A-Za-z]+\d+/?>", " ", text)
    rest = PLACEHOLDER.sub(" ", URL.sub(" ", bare))
    return {
        "codes": Counter(re.findall(r"</?[A-Za-z]+\d+/?>", text)),
        "addresses": Counter(found.rstrip(".,;:!?)") for found in URL.findall(bare)),
        "placeholders": Counter(PLACEHOLDER.findall(bare)),
        "digits": Counter(re.findall(r"\d", rest)),
    }


def nests(text: str) -> bool:
    """Whether the codes are closed in the order in which they were opened."""
    opened = []
    for slash, name, alone in re.findall(r"<(/?)([A-Za-z]+\d+)(/?)>", text):
        if slash and (not opened or opened.pop() != name):
            return False
        if not slash and not alone:
            opened.append(name)
    return not opened


def holds(sources: Iterable[str], targets: dict[str, str], locale: str) -> None:
    """The law, and that the drafts make a catalog that is read back as it was."""
    for source, target in targets.items():
        assert tokens(target) == tokens(source), (source, target)
        assert nests(target), (source, target)
        assert target.strip(), source
    whole = catalog(*sources, locale=locale)
    made = [Draft((None, source), target, Origin("draft", "x")) for source, target in targets.items()]
    filled = apply(whole, made)
    again = parse_po(serialize_po(filled))
    assert [entry.target for entry in again.entries] == [entry.target for entry in filled.entries]


WORDS = st.sampled_from(
    [
        *("the", "new", "law", "was", "signed", "in", "Lviv", "by", "two", "women,", "who", "said", "that"),
        *("5", "12.5", "1,200", "2026", "{name}", "%(city)s", "%s", "https://example.org/a_b?c=1"),
        *(
            "press@example.org",
            "user_name",
            "AT&T",
            "<b>",
            "&lt;",
            "Dr.",
            "“quoted”",
            "(see",
            "below),",
            "end.",
        ),
    ]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
BLANKS = st.sampled_from(["", " "])
TEXTS = st.builds("{}{}{}".format, BLANKS, SENTENCES, BLANKS)
SOURCES = contents(TEXTS).map(lambda content: inline.encode(inline.numbered(content))).filter(bool)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def engine_of(name: str, locale: str) -> Engine:
    return choose(name, "en", locale)


@pytest.mark.parametrize(
    ("name", "locale"),
    [("pseudo", "en-XA"), ("pseudo", "ar-XB"), pytest.param("apertium", "es", marks=APERTIUM)],
)
@SLOW
@given(st.lists(SOURCES, max_size=6))
def test_no_engine_loses_or_invents_anything(name: str, locale: str, sources: list[str]) -> None:
    holds(sources, drafts(engine_of(name, locale), *sources, locale=locale), locale)


@pytest.fixture(scope="module")
def argos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The engine with the small model from English to Ukrainian."""
    pytest.importorskip("ctranslate2", reason="the extra `argos` is not installed")
    with pytest.MonkeyPatch.context() as patch:
        unpack(EN_UK, move_argos(patch, tmp_path_factory.mktemp("argos")))
        engine = choose("argos", "en", "uk")
        yield engine
        engine.close()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(SOURCES, max_size=6))
def test_a_trained_model_that_makes_things_up_cannot_get_them_into_a_draft(
    argos: Engine, sources: list[str]
) -> None:
    holds(sources, drafts(argos, *sources, locale="uk"), "uk")


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "The farmer found a <b1>new notebook</b1> in the theatre.",
            "Фермер знайшов <b1>новий зошит</b1> у театрі.",
        ),
        ("The <a1>library</a1> in Lessing is open.<br2/>", "<a1>Бібліотека</a1> у Лессінгу відчинена.<br2/>"),
        ("Prices in Lessing rose by <b1>12.5%</b1>.", "Ціни у Лессінгу зросли на <b1>12,5%</b1>."),
        (
            "“The <a1>museum</a1> is closed,” said the teacher.",
            "«<a1>Музей</a1> зачинений», — сказала учителька.",
        ),
    ],
)
def test_codes_follow_the_attention_of_a_trained_model(argos: Engine, source: str, target: str) -> None:
    assert drafts(argos, source, locale="uk") == {source: target}


@settings(max_examples=150, deadline=None)
@given(st.lists(SOURCES, max_size=6), st.integers(0, 10_000))
def test_an_engine_that_spoils_everything_cannot_spoil_a_draft(sources: list[str], seed: int) -> None:
    holds(sources, drafts(Adversary(seed=seed), *sources), "es")


@settings(max_examples=60, deadline=None)
@given(st.lists(SOURCES, max_size=6))
def test_an_engine_that_does_well_drafts_every_sentence(sources: list[str]) -> None:
    """None of the strategies gives up on a structure as such."""
    told = [source for source in sources if source.strip()]
    assert not {
        source: reason
        for source, reason in reasons(Fake(), *told).items()
        if reason not in ("it is still in the source language", "it holds no words")
    }


def test_every_article_is_drafted_with_nothing_lost_or_invented(shared: Path) -> None:
    """The short version of scripts/drafts_of_articles.py: pseudo, and some articles."""
    for path in sorted((shared / "data" / "articles" / "md").iterdir())[::4]:
        article = read(path.read_text(encoding="utf-8"), id=path.stem, format="md", locale="en")
        sources = [entry.source for entry in extract(segment(article), "en").entries]
        made = drafts(choose("pseudo", "en", "en-XA"), *sources, locale="en-XA")
        assert len(made) >= 0.97 * len(set(sources)), path.name
        holds(sources, made, "en-XA")


@APERTIUM
@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("The <a1>new law</a1> was signed.", "La <a1>ley nueva</a1> estuvo firmada."),
        ("It cost 1,200 euros, 18.5% more.", "Costó 1.200 euros, 18,5% más."),
        ("<em1>Two women</em1> live in {city}.", "<em1>Dos mujeres</em1> viven en {city}."),
        ("The bridge<sup1><a2>[3]</a2></sup1> is old.", "El puente<sup1><a2>[3]</a2></sup1> es viejo."),
        ("<sup1>*</sup1> <b2>A cat.</b2>", "<sup1>*</sup1> <b2>Un gato.</b2>"),
        ("The house is “<b1>red</b1>”.<br2/>", "La casa es “<b1>roja</b1>”.<br2/>"),
    ],
)
def test_codes_go_where_their_words_go(source: str, target: str) -> None:
    assert drafts(engine_of("apertium", "es"), source) == {source: target}


class Several(Fake):
    """Has the right number in its second translation only, and no links."""

    def answer(self, text: str) -> Hypothesis:
        return Hypothesis("Cuesta 7 o 8 euros.", others=(Hypothesis("Cuesta 1.300 euros y 5."),))


def test_the_translation_with_the_right_numbers_is_taken() -> None:
    assert drafts(Several(), "It costs 1,300 euros and 5.") == {
        "It costs 1,300 euros and 5.": "Cuesta 1.300 euros y 5."
    }


class Markers(Fake):
    """Keeps words of one kind, but says nothing of where words come from."""

    def answer(self, text: str) -> Hypothesis:
        return Hypothesis(re.sub(r"\b(?!Qzx)([a-z]{3,})\b", r"\1o", text))


def test_codes_come_back_by_markers_where_a_probe_shows_that_they_survive() -> None:
    samples = [f"the new bridge over the river {word} was opened" for word in ("one", "two", "three")]
    source = "the <a1>new bridge</a1> was opened {when}"
    made = drafts(Markers(), source, *samples)
    assert made[source] == "theo <a1>newo bridgeo</a1> waso openedo {when}"


def test_codes_come_back_by_pieces_where_nothing_else_helps() -> None:
    class Plain(Fake):
        """Knows words of small letters only."""

        def answer(self, text: str) -> Hypothesis:
            return Hypothesis(" ".join(f"{word}o" for word in re.findall("[a-z]{3,}", text)))

    source, engine = "the <a1>new bridge</a1> was opened", Plain()
    assert drafts(engine, source) == {source: "theo <a1>newo bridgeo</a1> waso openedo"}
    assert engine.asked[-3:] == ["new bridge", "was opened", "the"]


def test_terms_stand_in_the_draft_or_the_draft_says_so() -> None:
    terms = (
        Term("bridge", "pasarela", "required"),
        Term("Port Merrin", status="keep"),
        Term("no", "non", "required"),
    )
    glossary = Glossary("en", "es", terms)
    whole = catalog("the old bridge was red", "he said no at once")
    made = Drafter("en", "es", Fake(), glossary=glossary).draft([(whole, whole.entries)])[0]
    assert [each.target for each in made if isinstance(each, Draft)] == [
        "theo oldo pasarela waso redo",
        "heo saido non ato onceo",
    ]


def test_a_term_that_found_no_place_is_named_in_the_origin() -> None:
    class Linkless(Fake):
        def answer(self, text: str) -> Hypothesis:
            return replace(super().answer(text), links=())

    whole = catalog("the old bridge was red")
    glossary = Glossary("en", "es", (Term("bridge", "pasarela", "required"),))
    made = Drafter("en", "es", Linkless(), glossary=glossary).draft([(whole, whole.entries)])[0][0]
    assert isinstance(made, Draft)
    assert made.origin.source == 'fake 1.0, without "pasarela"'
    again = parse_po(serialize_po(apply(whole, [made])))
    assert again.entries[0].origin == made.origin


# Memory


def remembering(*segments: tuple[str, str]) -> Memory:
    memory = Memory(":memory:")
    memory.feed("x.po", "en", "es", "", [Segment(source, target, None) for source, target in segments])
    return memory


def test_the_memory_is_asked_first_and_its_score_is_said() -> None:
    memory = remembering(
        ("The bridge is open again.", "El puente vuelve a estar abierto."),
        ("It cost 1,200 euros.", "Costó 1.200 euros."),
    )
    engine = Fake()
    sources = (
        "The bridge is open again.",
        "It cost 1,300 euros.",
        "The bridge is open again!",
        "A new text.",
    )
    whole = catalog(*sources)
    made = Drafter("en", "es", engine, memory.pair("en", "es")).draft([(whole, whole.entries)])[0]
    found = {each.key[1]: (each.target, each.origin.source) for each in made if isinstance(each, Draft)}
    assert found[sources[0]] == ("El puente vuelve a estar abierto.", "memory 100%")
    assert found[sources[1]] == ("Costó 1.300 euros.", "memory 98%")
    assert re.fullmatch(r"memory 9\d%", found[sources[2]][1])
    assert found[sources[3]] == ("Ao newo text.", "fake 1.0")
    assert engine.asked == ["A new text."]


def test_what_a_human_has_touched_is_left_alone() -> None:
    first = drafts(Fake(), "A new text.")["A new text."]
    whole = apply(catalog("A new text."), draft(catalog("A new text."), Fake()))  # type: ignore[arg-type]
    entry = whole.entries[0]
    assert (entry.state, entry.target) == (State.TRANSLATED, first)
    for touched in (
        replace(entry, state=State.REVIEWED),
        replace(entry, target="Un texto nuevo."),
        replace(entry, origin=Origin("outdated")),
        replace(entry, origin=None),
    ):
        assert list(draft(replace(whole, entries=(touched,)), Fake(), redo=True)) == []
    assert len(list(draft(whole, Fake(), redo=True))) == 1


# What is done once


def test_equal_texts_are_translated_once_and_nothing_twice(tmp_path: Path) -> None:
    engine, cache = Fake(), Cache(tmp_path / "drafts.sqlite")
    one, two = (
        catalog("A new text.", "The <a1>old</a1> text."),
        catalog("The <b1>old</b1> text.", "A new text."),
    )
    jobs = [(one, one.entries), (two, two.entries)]
    first = Drafter("en", "es", engine, cache=cache).draft(jobs)
    assert sorted(engine.asked) == ["A new text.", "The old text."]
    cache.close()
    again = Drafter("en", "es", engine, cache=Cache(tmp_path / "drafts.sqlite"))
    assert again.draft(jobs) == first
    assert again.asked == 0
    other = Fake(name="other")
    Drafter("en", "es", other, cache=Cache(tmp_path / "drafts.sqlite")).draft(jobs)
    assert len(other.asked) == 2


def test_a_run_that_was_ended_goes_on_behind_its_last_whole_batch(tmp_path: Path) -> None:
    class Interrupted(Fake):
        def answer(self, text: str) -> Hypothesis:
            if len(self.asked) > 700:
                raise KeyboardInterrupt
            return super().answer(text)

    sources = [f"The new text number {number} of all the many texts." for number in range(1000)]
    whole, engine = catalog(*sources), Interrupted()
    cache = Cache(tmp_path / "drafts.sqlite")
    with pytest.raises(KeyboardInterrupt):
        Drafter("en", "es", engine, cache=cache).draft([(whole, whole.entries)])
    cache.close()
    second = Drafter("en", "es", Fake(), cache=Cache(tmp_path / "drafts.sqlite"))
    assert len(second.draft([(whole, whole.entries)])[0]) == 1000
    assert second.asked <= 1000 - (700 - 256)


# Bad input, bad engines


def test_units_without_words_need_no_engine() -> None:
    made = drafts(None, "<img1/><br2/>", "12.5", "<b1>—</b1>", "https://example.org/", "1,200 %", "{name}")
    assert made == {
        "<img1/><br2/>": "<img1/><br2/>",
        "12.5": "12,5",
        "<b1>—</b1>": "<b1>—</b1>",
        "https://example.org/": "https://example.org/",
        "1,200 %": "1.200 %",
        "{name}": "{name}",
    }


def test_units_that_nothing_can_be_done_with_have_a_reason() -> None:
    found = reasons(
        Fake(), "   ", "\n", "<a1>open", "</a1>b<a1>", "{n, plural, one {# day} other {# days}}", "fine text"
    )
    assert found == {
        "   ": "there is nothing in it to translate",
        "\n": "there is nothing in it to translate",
        "<a1>open": "<a1> is never closed",
        "</a1>b<a1>": "</a1> ends nothing that is open here",
        "{n, plural, one {# day} other {# days}}": "it has forms to choose from",
    }


@APERTIUM
def test_a_sentence_of_ten_thousand_words_is_drafted_and_so_are_the_others() -> None:
    long = "The <b1>old bridge</b1> " + "and the new house, " * 2500 + "was <a2>red</a2>."
    deep = (
        "".join(f"<b{n}>" for n in range(1, 3000)) + "red" + "".join(f"</b{n}>" for n in range(2999, 0, -1))
    )
    made = drafts(engine_of("apertium", "es"), long, deep, "The house is red.")
    assert set(made) >= {deep, "The house is red."}
    holds([long, deep, "The house is red."], made, "es")


def test_texts_that_an_engine_cannot_do_are_named_and_the_others_done() -> None:
    sources = [f"this is text number {n} of many" for n in range(40)]
    bad = ["please crash at this text", "please raise at this text", "please say nothing at this text"]
    engine = Isolated(Crashing())
    made = drafts(engine, *sources, *bad)
    assert set(made) == set(sources)
    why = reasons(engine, *bad[:2], sources[0])
    engine.close()
    assert why[bad[0]].startswith("the engine failed: it crashed")
    assert why[bad[1]] == "the engine failed: ValueError: a stray value"


def test_an_engine_that_hangs_is_ended_and_the_other_texts_done() -> None:
    sources = [f"this is text number {n} of many" for n in range(5)]
    engine = Isolated(Hanging(), patience=1.5, per_text=0)
    made = drafts(engine, *sources, "please hang at this text")
    engine.close()
    assert set(made) == set(sources)


def test_an_engine_that_never_works_is_given_up_soon() -> None:
    engine, whole = Dead(), catalog(*(f"this is text number {n} of many" for n in range(900)))
    drafter = Drafter("en", "es", engine)
    made = drafter.draft([(whole, whole.entries)])[0]
    assert len(engine.asked) < 10
    assert str(drafter.broken) == "fake fails again and again: the model is broken"
    assert all(isinstance(each, Undrafted) for each in made)
