"""Updates of catalogs: what is kept, what is carried over and what a translator is told, by grade."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from l10n.catalogs import Grade, Updated, digest, extract, new_header, parse_po, serialize_po, update
from l10n.model import Catalog, Entry, Origin, State
from l10n.readers import read
from l10n.segmenters import segment

HEADER = new_header("uk", "en", "The Town", "2026-11-24 02:40+0000", "nplurals=3; plural=(n % 3);")
LAWS = settings(
    deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)


def template(*texts: str | Entry) -> Catalog:
    """A template of some texts."""
    return Catalog("en", None, tuple(Entry(text) if isinstance(text, str) else text for text in texts))


def reviewed(pairs: dict[str, str]) -> Catalog:
    """A catalog in which a human has translated every text."""
    entries = tuple(Entry(source, target, state=State.REVIEWED) for source, target in pairs.items())
    return Catalog("en", "uk", entries, header=HEADER)


def only(result: Updated, source: str) -> tuple[Entry, Grade]:
    """The entry of a text, and the grade that it got."""
    (change,) = [change for change in result.changes if change.key[1] == source]
    return result.catalog.by_key()[change.key], change.grade


# One change


KEPT = [
    ("a new number", "In <b1>May</b1>.", "В <b1>травні</b1>.", "In <b2>May</b2>.", "В <b2>травні</b2>."),
    ("another code", "<em1>No</em1> way.", "<em1>Аж</em1> ніяк.", "<b1>No</b1> way.", "<b1>Аж</b1> ніяк."),
    ("a code that is gone", "<em1>No</em1> way.", "<em1>Аж</em1> ніяк.", "No way.", "Аж ніяк."),
    (
        "one of two codes gone",
        "<em1>A</em1> <a2>b</a2>.",
        "<a2>б</a2> <em1>А</em1>.",
        "A <a1>b</a1>.",
        "<a1>б</a1> А.",
    ),
    (
        "a URL",
        "See https://example.org/?id=7 now.",
        "Див. https://example.org/?id=7 зараз.",
        "See https://example.org/?id=8 now.",
        "Див. https://example.org/?id=8 зараз.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "target", "after", "wanted"), [row[1:] for row in KEPT], ids=[r[0] for r in KEPT]
)
def test_a_change_of_codes_or_urls_leaves_the_translation_reviewed(
    before: str, target: str, after: str, wanted: str
) -> None:
    entry, grade = only(update(reviewed({before: target}), template(after)), after)
    assert (grade, entry.target, entry.state, entry.origin) == (Grade.CODES, wanted, State.REVIEWED, None)


@pytest.mark.parametrize(
    ("before", "target", "after"),
    [
        ("No way.", "Аж ніяк.", "<em1>No</em1> way."),
        ("<a1>No</a1> way.", "<a1>Аж</a1> ніяк.", "No <a1>way</a1>."),
        ("See https://a.org.", "Див. сайт.", "See https://b.org."),
    ],
    ids=["a code that is new", "a code around other words", "a URL that the translation has not"],
)
def test_codes_that_cannot_be_placed_make_the_translation_fuzzy(before: str, target: str, after: str) -> None:
    entry, grade = only(update(reviewed({before: target}), template(after)), after)
    assert (grade, entry.target, entry.state) == (Grade.CODES, target, State.TRANSLATED)
    assert entry.previous_source == before


@pytest.mark.parametrize(
    ("before", "target", "after", "wanted"),
    [
        ("It is 12 km long.", "Завдовжки 12 км.", "It is 14 km long.", "Завдовжки 14 км."),
        (
            "It cost 1.2 million.",
            "Він коштував 1,2 мільйона.",
            "It cost 1.3 million.",
            "Він коштував 1,3 мільйона.",
        ),
        ("9-3 on 5 May", "9 проти 3, 5 травня", "8-3 on 6 May", "8 проти 3, 6 травня"),
    ],
)
def test_new_numbers_are_carried_over_as_a_draft(before: str, target: str, after: str, wanted: str) -> None:
    entry, grade = only(update(reviewed({before: target}), template(after)), after)
    assert (grade, entry.target, entry.state) == (Grade.NUMBERS, wanted, State.TRANSLATED)
    assert entry.origin is not None
    assert (entry.origin.reason, entry.previous_source) == ("draft", before)


def test_a_number_that_the_translation_has_in_words_makes_it_outdated() -> None:
    entry, grade = only(
        update(reviewed({"It has 3 doors.": "Має троє дверей."}), template("It has 4 doors.")),
        "It has 4 doors.",
    )
    assert (grade, entry.target) == (Grade.NUMBERS, "Має троє дверей.")
    assert entry.origin is not None
    assert entry.origin.reason == "outdated"


@pytest.mark.parametrize(
    ("before", "after", "grade", "said"),
    [
        ("Photo: AP", "Photo: AP.", Grade.PUNCTUATION, "punctuation: Photo: AP{+.+}"),
        ("An Old bridge", "An old bridge", Grade.PUNCTUATION, "punctuation: An [-Old-]{+old+} bridge"),
        ("Open in May.", "Open in June.", Grade.EDITED, "edited: Open in [-May-]{+June+}."),
    ],
)  # fmt: skip
def test_an_edited_text_keeps_its_translation_as_fuzzy_and_says_what_changed(
    before: str, after: str, grade: Grade, said: str
) -> None:
    result = update(reviewed({before: "Старе."}), template(after))
    entry, found = only(result, after)
    assert (found, entry.target, entry.state) == (grade, "Старе.", State.TRANSLATED)
    assert entry.origin == Origin("outdated", said, digest("Старе."))
    text = serialize_po(result.catalog)
    assert f'# l10n: outdated, {said}, text {digest("Старе.")}\n#, fuzzy\n#| msgid "{before}"\n' in text
    assert parse_po(text) == result.catalog


TYPOS = {
    "Teh bridge has opened": ("The bridge has opened.", Grade.SPELLING),
    "Its a long way": ("It's a long way", Grade.SPELLING),
    "They recieved 5 letters": ("They received 5 letters", Grade.SPELLING),
    "It costs 5 dollars": ("It costs 6 dollars", Grade.NUMBERS),
    "Doors open in May": ("Doors open in June", Grade.EDITED),
    "He was there": ("He was not there", Grade.EDITED),
}


def test_corrected_spelling_stays_confirmed_where_the_editor_says_so() -> None:
    catalog = reviewed({before: f"[{before}]" for before in TYPOS})
    newer = template(*(after for after, _ in TYPOS.values()))
    confirmed = update(catalog, newer, typo_fix=True)
    for before, (after, wanted) in TYPOS.items():
        entry, grade = only(confirmed, after)
        assert grade == wanted, after
        assert (entry.state is State.REVIEWED) == (wanted is Grade.SPELLING)
        assert entry.target == f"[{before}]".replace("5 d", "6 d")
    assert not any(entry.state is State.REVIEWED for entry in update(catalog, newer).catalog.entries)


# Where a text stands


def test_texts_that_moved_stay_as_they_are_and_are_counted() -> None:
    catalog = reviewed({"One.": "Раз.", "Two.": "Два.", "Three.": "Три.", "Four.": "Чотири."})
    result = update(catalog, template("Two.", "Three.", "One.", "Four."))
    assert [change.grade for change in result.changes] == [Grade.SAME, Grade.SAME, Grade.MOVED, Grade.SAME]
    assert {entry.key: entry for entry in result.catalog.entries} == catalog.by_key()
    assert [entry.source for entry in result.catalog.entries] == ["Two.", "Three.", "One.", "Four."]


def test_a_text_that_goes_becomes_obsolete_and_comes_back() -> None:
    catalog = reviewed({"Stays.": "Лишається.", "Goes away now.": "Іде геть."})
    gone = update(catalog, template("Stays."))
    assert [entry.source for entry in gone.catalog.obsolete] == ["Goes away now."]
    assert gone.counts()[Grade.GONE] == 1
    back = update(gone.catalog, template("Stays.", "Goes away now."))
    assert back.catalog == catalog
    assert [change.grade for change in back.changes] == [Grade.SAME, Grade.BACK]


def test_a_new_text_has_no_translation_and_takes_none_from_texts_that_stay() -> None:
    catalog = reviewed({"The bridge is open again.": "Міст знову відкрито."})
    result = update(catalog, template("The bridge is open again.", "The bridge is open today."))
    entry, grade = only(result, "The bridge is open today.")
    assert (grade, entry.target, entry.state) == (Grade.NEW, "", State.INITIAL)


def test_a_vanished_text_has_one_heir() -> None:
    catalog = reviewed({"The bridge is open again.": "Міст знову відкрито."})
    result = update(catalog, template("The bridge is open, again.", "The bridge is open once again."))
    assert [change.grade for change in result.changes] == [Grade.PUNCTUATION, Grade.NEW]


def test_the_same_text_in_another_role_is_offered_for_review() -> None:
    catalog = reviewed({"Stations": "Станції"})
    result = update(catalog, template(Entry("Stations", context="title")))
    entry, grade = only(result, "Stations")
    assert (grade, entry.target, entry.state) == (Grade.CONTEXT, "Станції", State.TRANSLATED)
    assert entry.origin is not None
    assert entry.origin.reason == "merged"


def test_comments_of_translators_and_flags_of_other_tools_stay_those_of_the_template_are_new() -> None:
    entry = Entry(
        "It is 5 km.",
        "Це 5 км.",
        state=State.REVIEWED,
        comments=("by Ann",),
        flags=("c-format", "max-length:30"),
        notes=("old",),
        places=("old.md",),
    )
    newer = Entry("It is 5 km.", notes=("paragraph",), places=("new.md",), flags=("python-format",))
    (same,) = update(Catalog("en", "uk", (entry,)), template(newer)).catalog.entries
    assert (same.comments, same.notes, same.places) == (("by Ann",), ("paragraph",), ("new.md",))
    assert same.flags == ("python-format", "max-length:30")
    (edited,) = update(Catalog("en", "uk", (entry,)), template("It is 5 miles.")).catalog.entries
    assert edited.comments == ("by Ann",)


def test_an_outdated_text_that_changes_again_still_says_what_its_translation_translates() -> None:
    first = update(reviewed({"Work starts in May.": "У травні."}), template("Work starts in June.")).catalog
    (entry,) = update(first, template("Work starts in July.")).catalog.entries
    assert (entry.target, entry.previous_source) == ("У травні.", "Work starts in May.")
    assert entry.origin is not None
    assert entry.origin.source == "edited: Work starts in [-May-]{+July+}."


def test_new_plural_entries_have_as_many_forms_as_the_locale() -> None:
    newer = template(Entry("one day", plural="many days"))
    (entry,) = update(Catalog("en", "uk", header=HEADER), newer).catalog.entries
    assert entry.plural_targets == ("", "", "")


# Cut and joined


def by_stop(text: str) -> Sequence[str]:
    return re.findall(r"[^.]+\.(?=\s|$)", text.replace(". ", ".\n")) or [text]


def test_sentences_made_one_by_the_segmenter_stay_reviewed_joined() -> None:
    catalog = reviewed(
        {"<em1>One</em1> way.": "<em1>Один</em1> шлях.", "And <a1>two</a1>.": "І <a1>два</a1>."}
    )
    joined = "<em1>One</em1> way. And <a2>two</a2>."
    result = update(catalog, template(joined))
    entry, grade = only(result, joined)
    assert (grade, entry.state) == (Grade.MERGED, State.REVIEWED)
    assert entry.target == "<em1>Один</em1> шлях. І <a2>два</a2>."
    back = update(result.catalog, template("<em1>One</em1> way.", "And <a1>two</a1>."))
    assert back.catalog == catalog


def test_a_paragraph_that_becomes_sentences_is_split_where_its_translation_has_as_many() -> None:
    catalog = reviewed({"One <a1>way</a1>. And <a2>two</a2>.": "Один <a1>шлях</a1>. І <a2>два</a2>."})
    parts = template("One <a1>way</a1>.", "And <a1>two</a1>.")
    result = update(catalog, parts, sentences=by_stop)
    assert [entry.target.strip() for entry in result.catalog.entries] == [
        "Один <a1>шлях</a1>.",
        "І <a1>два</a1>.",
    ]
    assert {change.grade for change in result.changes} == {Grade.SPLIT}
    assert all(entry.state is State.TRANSLATED for entry in result.catalog.entries)
    assert [entry.origin and entry.origin.source for entry in result.catalog.entries] == [
        "part 1 of 2",
        "part 2 of 2",
    ]
    assert update(result.catalog, template(catalog.entries[0].source)).catalog == catalog


def test_a_translation_that_cannot_be_divided_goes_whole_to_the_first_part() -> None:
    catalog = reviewed({"One way. And two.": "Один шлях і два"})
    result = update(catalog, template("One way.", "And two."))
    assert [entry.target for entry in result.catalog.entries] == ["Один шлях і два", ""]


def test_a_sentence_cut_in_two_with_other_words_is_recognized() -> None:
    whole = (
        "The council voted for the new tram line on Tuesday, and work on the first stations starts in May."
    )
    one, two = (
        "The council voted for the new tram line on Tuesday.",
        "The work on the first stations starts in May.",
    )
    result = update(reviewed({whole: "Рада. Роботи."}), template(one, two), sentences=by_stop)
    assert [change.grade for change in result.changes] == [Grade.SPLIT, Grade.SPLIT]
    joined = update(reviewed({one: "Рада.", two: "Роботи."}), template(whole))
    entry, grade = only(joined, whole)
    assert (grade, entry.target, entry.state) == (Grade.MERGED, "Рада. Роботи.", State.TRANSLATED)
    assert entry.previous_source == f"{one} {two}"
    assert entry.origin is not None
    assert entry.origin.reason == "merged"


# Laws

SENTENCES = [
    "The council voted 9-3 on Tuesday.",
    "Work starts in May.",
    "Read more.",
    "Critics called [the plan](https://example.org/?id=7) **risky**.",
    "It will cost `$400` per household.",
    "We will not wait another decade.",
    "We will build it now!",
    "Who pays for 12.5 km of rails?",
    "Dr. Kos was *the first* to cross it.",
    "The footbridge has opened again after two years.",
    "Nobody was hurt.",
    "Length and cost are in the report.",
]
Paragraphs = list[list[str]]
SEGMENTERS = st.sampled_from(["sentence", "sentence", "paragraph"])


def units(paragraphs: Paragraphs, segmenter: str = "sentence") -> Catalog:
    """The template of an article."""
    text = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs if paragraph) + "\n"
    article = read(text, id="a", format="md", locale="en")
    return extract(segment(article, segmenter), "en", "seeds/a.md")


@st.composite
def articles(draw: st.DrawFn) -> Paragraphs:
    sentences = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4)
    return draw(st.lists(sentences, min_size=1, max_size=5))


def edited(paragraphs: Paragraphs, chance: random.Random) -> Paragraphs:
    """An article after a few edits of a newsroom."""
    out = [list(paragraph) for paragraph in paragraphs]
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(out))
        paragraph = out[at]
        cut = chance.randint(0, len(paragraph))
        match chance.randrange(8):
            case 0:  # split
                out[at : at + 1] = [paragraph[:cut], paragraph[cut:]]
            case 1 if at + 1 < len(out):  # merge
                out[at : at + 2] = [paragraph + out[at + 1]]
            case 2:  # move
                out.insert(chance.randrange(len(out)), out.pop(at))
            case 3:  # duplicate
                out.insert(chance.randrange(len(out)), list(paragraph))
            case 4:  # a sentence more
                paragraph.insert(cut, chance.choice(SENTENCES))
            case 5 if paragraph:  # one less
                paragraph.pop(cut - 1)
            case _ if paragraph:  # a word or a number changed
                words = paragraph[cut - 1].split(" ")
                words[chance.randrange(len(words))] = chance.choice(["June", "8-3", "again", "**not**"])
                paragraph[cut - 1] = " ".join(words)
        out = [each for each in out if each] or [["Read more."]]
    return out


def translated(newer: Catalog, chance: random.Random) -> Catalog:
    """The catalog of a template, reviewed but for a few entries, and written and read once."""
    catalog = update(Catalog("en", "uk", header=HEADER), newer).catalog

    def entry(each: Entry) -> Entry:
        kind = chance.random()
        if kind < 0.1:
            return each
        target = f"«{each.source}»"
        if kind < 0.2:
            origin = Origin("draft", "apertium", digest(target))
            return replace(each, target=target, state=State.TRANSLATED, origin=origin)
        return replace(each, target=target, state=State.REVIEWED, comments=("by Ann",) if kind < 0.4 else ())

    return written(replace(catalog, entries=tuple(map(entry, catalog.entries))))


def written(catalog: Catalog) -> Catalog:
    """The catalog after it was on the disk."""
    read_again = parse_po(serialize_po(catalog))
    assert read_again == catalog
    return read_again


def targets(entries: Iterable[Entry]) -> set[str]:
    return {entry.target for entry in entries if entry.state is State.REVIEWED}


@settings(LAWS, max_examples=120)
@given(articles(), st.randoms(use_true_random=False), SEGMENTERS, SEGMENTERS)
def test_the_laws_of_updates(article: Paragraphs, chance: random.Random, one: str, other: str) -> None:
    first = units(article, one)
    before = translated(first, chance)
    second = units(edited(article, chance), other)
    result = update(before, second)
    after = written(result.catalog)
    known = after.by_key()

    # No reviewed translation of an unchanged sentence is lost or made fuzzy.
    for entry in before.entries:
        if entry.key in second.by_key() and entry.state is State.REVIEWED:
            assert known[entry.key].target == entry.target
            assert known[entry.key].state is State.REVIEWED
    # No translation at all is lost.
    assert targets(before.entries) <= targets((*after.entries, *after.obsolete)) | _carried(before, after)
    # The entries are the template's, in its order, and each is graded once.
    assert [entry.key for entry in after.entries] == [text.key for text in second.entries]
    assert [change.key for change in result.changes if change.grade is not Grade.GONE] == [
        text.key for text in second.entries
    ]
    # Every fuzzy entry says why.
    assert all(entry.origin for entry in after.entries if entry.state is State.TRANSLATED)
    # An update is idempotent, down to the bytes.
    again = update(after, second).catalog
    assert again == after
    assert serialize_po(again) == serialize_po(after)
    # There and back again gives the catalog that there was, down to the bytes.
    back = update(after, first).catalog
    assert serialize_po(back) == serialize_po(before)


def _carried(before: Catalog, after: Catalog) -> set[str]:
    """The translations that stand on with other codes."""
    recoded = {re.sub(r"</?[a-z]+\d+/?>", "", entry.target) for entry in after.entries}
    return {each for each in targets(before.entries) if re.sub(r"</?[a-z]+\d+/?>", "", each) in recoded}


@settings(LAWS, max_examples=40)
@given(articles(), st.randoms(use_true_random=False))
def test_many_edits_in_a_row_lose_nothing(article: Paragraphs, chance: random.Random) -> None:
    first = units(article)
    start = catalog = translated(first, chance)
    for _ in range(4):
        article = edited(article, chance)
        catalog = written(update(catalog, units(article)).catalog)
    back = update(catalog, first).catalog
    for entry in start.entries:
        if entry.state is State.REVIEWED:
            assert back.by_key()[entry.key] == entry
