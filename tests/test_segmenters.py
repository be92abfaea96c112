"""Cutting articles into units."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import inline
from l10n.errors import ConfigError
from l10n.model import Article, Block, Code, CodeKind, Content, Kind, Span, joined
from l10n.segmenters import SEGMENTERS, find_segmenter, rules, segment, whole
from l10n.segmenters.cutting import cut
from l10n.segmenters.rules import STOPS
from l10n.segmenters.rules import spans as sentence_spans
from l10n.segmenters.tables import Tables, tables
from tests.strategies import contents

DATA = Path(rules.__file__).with_name("data")


def stops(text: str, locale: str = "en") -> list[tuple[int, int]]:
    """A plain segmenter: every stop before white space ends a sentence."""
    spans = [match.span() for match in re.finditer(r"\S.*?(?:[.!?](?=\s)|$)", text, re.DOTALL)]
    return [(start, start + len(text[start:end].rstrip())) for start, end in spans if text[start:end].strip()]


def pair(tag: str, *inner: str | Code) -> list[str | Code]:
    opened = Code(CodeKind.OPEN, tag, Span(0, 0), f"<{tag}>")
    return [opened, *inner, Code(CodeKind.CLOSE, tag, Span(0, 0), f"</{tag}>")]


def alone(tag: str) -> Code:
    return Code(CodeKind.STANDALONE, tag, Span(0, 0), f"<{tag}>")


def units(*items: str | Code) -> list[str]:
    return [inline.encode(inline.numbered(part.source)) for part in cut(joined([tuple(items)]), stops)]


def test_sentences_are_units() -> None:
    assert units("One. Two! Three?") == ["One.", "Two!", "Three?"]


def test_a_code_around_a_word_stays_inside() -> None:
    assert units("Go to ", *pair("a", "Lviv"), " now. Then rest.") == [
        "Go to <a1>Lviv</a1> now.",
        "Then rest.",
    ]


def test_a_code_around_a_whole_sentence_stays_outside() -> None:
    assert units(*pair("strong", "One."), " Two.") == ["One.", "Two."]
    assert units(*pair("a", *pair("em", "One. Two."))) == ["One.", "Two."]


def test_sentences_that_a_pair_tears_stay_together() -> None:
    assert units("One ", *pair("em", "two. Three"), " four. Five.") == [
        "One <em1>two. Three</em1> four.",
        "Five.",
    ]


def test_footnote_marks_and_pictures_at_the_edges_stay_outside() -> None:
    assert units(alone("img"), " One.", alone("sup"), " Two", alone("sup"), " too.") == [
        "One.",
        "Two<sup1/> too.",
    ]


def test_numbering_begins_anew_in_every_unit() -> None:
    assert units("A ", *pair("a", "b"), ". C ", *pair("a", "d"), ".") == ["A <a1>b</a1>.", "C <a1>d</a1>."]


def test_what_holds_no_word_is_no_unit() -> None:
    assert units("* * *") == []
    assert units(alone("img")) == []
    assert units("12,5 %") == ["12,5 %"]


@given(contents())
def test_the_parts_joined_are_the_content(content: Content) -> None:
    parts = cut(content, stops)
    if parts:
        assert joined((*part.before, *part.source, *part.after) for part in parts) == content
    else:
        assert not any(char.isalnum() for item in content if isinstance(item, str) for char in item)


@given(contents())
def test_every_unit_has_whole_pairs_and_words_and_clean_edges(content: Content) -> None:
    for part in cut(content, stops):
        text = inline.encode(inline.numbered(part.source))
        assert inline.problems(text, text) == []
        assert any(char.isalnum() for char in text)
        first, last = part.source[0], part.source[-1]
        assert not isinstance(first, str) or first == first.lstrip()
        assert not isinstance(last, str) or last == last.rstrip()


@pytest.mark.parametrize("name", SEGMENTERS.names())
@given(content=contents())
def test_any_segmenter_gives_the_blocks_back(name: str, content: Content) -> None:
    article = Article("a", "txt", "en", "", "en", (Block(Kind.PARAGRAPH, Span(0, 0), content),))
    found = segment(article, name)
    assert not found or joined((*u.before, *u.source, *u.after) for u in found) == content


def test_a_title_is_one_unit_and_has_a_context() -> None:
    block = Block(Kind.TITLE, Span(0, 0), ("Who won? We did.",))
    (unit,) = segment(Article("a", "txt", "en", "", "en", (block,)))
    assert (unit.context, unit.source) == ("title", ("Who won? We did.",))


def test_equal_sentences_of_two_links_have_equal_sources() -> None:
    one = ("See ", *pair("a", "this"), ".")
    first, second = (cut(tuple(joined([one])), stops)[0] for _ in range(2))
    assert inline.encode(inline.numbered(first.source)) == inline.encode(inline.numbered(second.source))


GOLDEN = Path(__file__).parent / "data" / "segmenters"
HURTING = st.lists(
    st.sampled_from(
        [*"ab Z1.!?…。！？।؟;:,»«„“”\"'’()[]（）「」-—–\t\n\u00a0\u200b\u200f\ufffc\u0301№§", "I", "i", "Я"]
    )
    | st.sampled_from(
        [
            "Dr. ",
            "р. ",
            " т. д. ",
            "U.S. ",
            "... ",
            "1. ",
            "[12]",
            "http://a.b/c.d",
            "说",
            "と",
            "😀",
            "👨‍👩‍👧",
        ]
    )
    | st.characters(codec="utf-8"),
    max_size=40,
).map("".join)
TAGS = [
    "en",
    "uk",
    "de",
    "el",
    "zh",
    "ja",
    "ko",
    "ar",
    "mk",
    "sr-Latn",
    "zh-Hant-TW",
    "pt_BR",
    "xx",
    "",
    "../../x",
    "é",
]


def golden_cases() -> list[tuple[str, str, list[str]]]:
    """(tag, paragraph, sentences) of the golden files: input, `---`, a sentence a line, `===`."""
    cases = []
    for path in sorted(GOLDEN.glob("*.txt")):
        lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
        for case in "\n".join(lines).split("\n===")[:-1]:
            paragraph, _, sentences = case.lstrip("\n").partition("\n---\n")
            cases.append((path.stem, paragraph, sentences.split("\n")))
    return cases


@pytest.mark.parametrize(("tag", "paragraph", "sentences"), golden_cases())
def test_sentences_are_those_that_a_linguist_agreed_to(
    tag: str, paragraph: str, sentences: list[str]
) -> None:
    assert [paragraph[start:end] for start, end in sentence_spans(paragraph, tag)] == sentences


@settings(max_examples=200)
@given(HURTING, st.sampled_from(TAGS))
def test_between_spans_is_only_white_space(text: str, tag: str) -> None:
    last = 0
    for start, end in sentence_spans(text, tag):
        assert text[last:start].strip() == ""
        assert last <= start < end
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        last = end
    assert text[last:].strip() == ""


@given(HURTING)
def test_a_paragraph_without_stops_is_one_sentence(text: str) -> None:
    plain = re.sub(rf"[{re.escape(STOPS)}]", ",", text)
    assert len(sentence_spans(plain, "en")) == bool(plain.strip())


@pytest.mark.parametrize("text", ["", " ", "\n\t\u00a0", "...", "?!", "«»", ". . .", "\u202e\u2066", "😀"])
def test_texts_without_words(text: str) -> None:
    assert sentence_spans(text, "uk") == whole(text, "uk")


HOSTILE = {
    "no stop": "a",
    "no space": "a" * 99 + ".",
    "stops": ".",
    "stops apart": ". ",
    "closing marks": '."',
    "notes": ".[1]",
    "open brackets": "a (b. C ",
    "open quotations": "a «b. C ",
    "open both ways": "„a. “B. ",
    "initials": "A. ",
    "abbreviations": "т. д. ",
    "numbers": "1. ",
    "small letters": "abcde. fghij ",
    "ideographs": "「我。",
    "emoji": "! 😀 ",
    "white space": "a.\u00a0\u2003 \t",
    "combining marks": "a\u0301. ",
    "glued": "Abc.Def",
    "glued initials": "A.Б.",
    "marks": "+. ",
    "wide stops": "。+",
    "no white space but wide": "_" * 61 + ".\u2003A",
    "far brackets": "a〈b. C ",
    "short sentences": "Abc. ",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_with_the_text_and_not_with_its_square(name: str) -> None:
    """Four times the text is at most some eight times the work; a square would be sixteen."""

    def seconds(size: int) -> float:
        text = (HOSTILE[name] * size)[:size] + "〈"
        times = []
        for _ in range(3):
            began = time.process_time()
            sentence_spans(text, "uk")
            times.append(time.process_time() - began)
        return min(times)

    seconds(1000)
    assert seconds(32_000) < 10 * seconds(8000) + 0.05


def test_plain_stops_end_sentences_also_after_more_doubtful_ones_than_prose_has() -> None:
    text = "DR. a. " * 5000 + "the war ended. Everyone went home. Mr. Kos stayed."
    found = [text[start:end] for start, end in sentence_spans(text, "en")]
    assert found[-2:] == ["Everyone went home.", "Mr. Kos stayed."]


@pytest.mark.parametrize(
    ("locale", "text", "sentences"),
    [
        ("mk", "Живее на ул. Гоце бр. 5. Работи дома.", 2),
        ("sr-Cyrl-RS", "Рођен је 1950. у Нишу. Умро је у Београду.", 2),
        ("pt_BR", "O Sr. Silva saiu. Voltou.", 2),
        ("PT-br", "O Sr. Silva saiu. Voltou.", 2),
        ("UK", "Жив на вул. Франка. Працював удома.", 2),
        ("uk.UTF-8", "Жив на вул. Франка. Працював удома.", 2),
        ("zh-Hant-TW", "他來了。她走了。", 2),
        ("am", "ሰላም። እንዴት ነህ፧ ደህና።", 3),
        ("hy", "Բարև։ Ինչպես ես։", 2),
        ("my", "မင်္ဂလာပါ။ နေကောင်းလား။", 2),
        ("no such tag!", "Mr. Hall came. He sat.", 2),
        ("x" * 300, "Mr. Hall came. He sat.", 2),
        ("-" * 100_000, "Mr. Hall came. He sat.", 2),
    ],
)
def test_other_languages_go_by_their_parents_and_scripts(locale: str, text: str, sentences: int) -> None:
    assert len(sentence_spans(text, locale)) == sentences


def test_the_tables_are_those_of_the_files() -> None:
    files = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in DATA.glob("*.toml")}
    assert len(files) > 24
    for name, rows in files.items():
        found = tables({"und-Cyrl": "mk"}.get(name, name))
        given = {row: getattr(found, row) for row in Tables.__annotations__}
        own = {word for row in rows.values() if isinstance(row, str) for word in row.split()}
        assert rows.keys() <= given.keys() | {"dotted"}, name
        for row, words in given.items():
            if not isinstance(words, frozenset | tuple):
                assert words == rows.get(row, words.__class__()), (name, row)
                continue
            inherited = set(files["und"].get(row, "").split()) - own
            missing = (set(rows.get(row, "").split()) | inherited) ^ set(words)
            assert all("dotted" in rows and "i\u0307" in word for word in missing), (name, row)


def test_cutting_a_paragraph_loads_little() -> None:
    script = (
        "import sys; from l10n.segmenters import find_segmenter; find_segmenter('sentence')('A. B.', 'en');"
        "print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert {"l10n.segmenters.rules", "re"} <= set(run.stdout.split())
    assert not {"dataclasses", "difflib", "tomllib", "l10n.model"} & set(run.stdout.split())


@given(contents(HURTING))
def test_sentences_never_end_inside_a_code(content: Content) -> None:
    article = Article("a", "txt", "en", "", "en", (Block(Kind.PARAGRAPH, Span(0, 0), content),))
    for unit in segment(article):
        assert inline.problems(inline.encode(unit.source), inline.encode(unit.source)) == []


SRX = """<?xml version="1.0" encoding="UTF-8"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
  <header segmentsubflows="yes" cascade="yes"/>
  <body>
    <languagerules>
      <languagerule languagerulename="semicolons">
        <rule break="no"><beforebreak>\\bviz;</beforebreak><afterbreak>\\s</afterbreak></rule>
        <rule break="yes"><beforebreak>;</beforebreak><afterbreak>\\s</afterbreak></rule>
      </languagerule>
    </languagerules>
    <maprules><languagemap languagepattern="en.*" languagerulename="semicolons"/></maprules>
  </body>
</srx>
"""


def test_rules_of_a_team_in_srx(tmp_path: Path) -> None:
    rules = tmp_path / "team.srx"
    rules.write_text(SRX, encoding="utf-8")
    find = find_segmenter(f"srx:{rules}")
    assert list(find(" One; two viz; three; four. ", "en-GB")) == [(1, 5), (6, 21), (22, 27)]
    assert list(find("Un; deux.", "fr")) == [(0, 9)]
    assert list(find(" \n", "en")) == []


OF_NO_RULES = SRX.replace('en.*" languagerulename="', 'en.*" languagerulename="no')


@pytest.mark.parametrize("text", ["", "<srx", "<srx/>", "\0", SRX.replace("\\bviz;", "viz("), OF_NO_RULES])
def test_a_file_that_is_no_srx_is_named(text: str, tmp_path: Path) -> None:
    rules = tmp_path / "team.srx"
    rules.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"team\.srx: not a file of SRX 2\.0 rules: ."):
        find_segmenter(f"srx:{rules}")("One; two.", "en")
    with pytest.raises(ConfigError, match="no such file"):
        find_segmenter(f"srx:{tmp_path / 'other.srx'}")


def test_an_independent_engine_agrees_on_most_of_the_golden_texts() -> None:
    """LanguageTool's rules, as choppa-srx ships them; scripts/compare_segmenters.py lists the differences."""
    choppa = pytest.importorskip("choppa", reason="choppa-srx is not installed")
    other = find_segmenter(f"srx:{choppa.DEFAULT_SRX_RULESET}")
    for tag in ("en", "uk", "de", "es", "fr", "pl", "ru", "nl"):
        cases = [(paragraph, sentences) for name, paragraph, sentences in golden_cases() if name == tag]
        agreed = sum([text[a:b] for a, b in other(text, tag)] == sentences for text, sentences in cases)
        assert agreed > len(cases) / 2, f"{tag}: {agreed} of {len(cases)}"
