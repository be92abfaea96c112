"""The decision which language to offer, in Python and in the browser's own script."""

from __future__ import annotations

import gzip
import json
import random
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n import prompts
from l10n.locales import autonym
from l10n.phrasebooks import languages
from l10n.prompts.browser import MINIFIED, head
from l10n.prompts.tables import cut_table, ranges
from l10n.prompts.tags import subtags, table
from l10n.prompts.words import shipped_locales, shipped_words
from tests import prompt_cases

DATA = Path("data") / "locale-matching"


@dataclass(frozen=True)
class IcuCase:
    """A case of ICU's localeMatcherTest.txt."""

    desired: list[str]
    supported: list[str]
    default: str | None
    expected: str
    favor: str
    threshold: int

    @property
    def mode(self) -> str:
        return "threshold" if self.threshold else self.favor

    def passes(self) -> bool:
        found = prompts.match(
            self.desired, self.supported, threshold=self.threshold or 50, favor_script=self.favor == "script"
        )
        best = found.best if found else self.default or (self.supported[0] if self.supported else "null")
        return best == self.expected or (
            subtags(best) is not None and subtags(best) == subtags(self.expected)
        )


def icu_cases(shared: Path) -> Iterator[IcuCase]:
    supported: list[str] = []
    settings: dict[str, str] = {}
    path = shared / DATA / "icu" / "localeMatcherTest.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if text.startswith("** test"):
            supported, settings = [], {}
        elif text.startswith("@"):
            name, _, value = text[1:].partition("=")
            settings[name] = value
            supported = [tag.strip() for tag in value.split(",")] if name == "supported" else supported
        elif ">>" in text:
            desired, _, expected = text.partition(">>")
            yield IcuCase(
                [tag.strip() for tag in desired.split(",")],
                supported,
                settings.get("default") or None,
                expected.split("|")[0].strip(),
                settings.get("favor") or "normal",
                int(settings.get("threshold") or 0),
            )


def test_icu_agrees_on_every_case_of_its_default_mode(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    passed: dict[str, list[bool]] = defaultdict(list)
    wrong = []
    for case in icu_cases(shared):
        passed[case.mode].append(case.passes())
        if not passed[case.mode][-1]:
            wrong.append(case)
    scores = [f"{mode} {sum(results)} of {len(results)}" for mode, results in passed.items()]
    with capsys.disabled():
        print(f"\nICU localeMatcherTest: {', '.join(scores)}")
    assert {mode: len(results) for mode, results in passed.items()} == {
        "normal": 498,
        "script": 427,
        "threshold": 4,
    }
    assert [case for case in wrong if case.mode == "normal"] == []


@pytest.mark.parametrize("case", prompt_cases.read_cases(), ids=str)
def test_only_what_a_reader_asks_for_is_offered(case: prompt_cases.Case) -> None:
    found = prompts.suggest(case.desired, case.page, case.others, editions=case.editions)
    assert (found.suggested if found else "") == case.offer


def test_a_choice_outranks_the_list_and_an_accepted_page_is_left_alone() -> None:
    def offer(page: str, chosen: str = "", accepted: tuple[str, ...] = ()) -> str | None:
        found = prompts.suggest(["en-US"], page, ["uk", "en", "ru"], chosen=chosen, accepted=accepted)
        return found.suggested if found else None

    assert offer("uk") == "en"
    assert offer("uk", chosen="uk") is None
    assert offer("ru", chosen="uk") == "uk"
    assert offer("uk", accepted=("uk",)) is None
    assert offer("ru", accepted=("uk",)) == "en"


HEADERS = [
    ("*, en;q=0", "uk", "en", None),
    ("uk;q=0.8, en;q=0.8", "uk", "en", None),
    ("uk;q=0.8, en;q=0.8", "en", "uk", None),
    ("en;q=0.8, uk", "en", "uk", "uk"),
    ("uk, en;q=0", "de", "en", None),
    ("uk;q=0, *", "en", "uk", None),
]


@pytest.mark.parametrize(("header", "page", "others", "offer"), HEADERS)
def test_a_header_is_ranked_by_weight(header: str, page: str, others: str, offer: str | None) -> None:
    read = prompts.parse_accept_language(header)
    found = prompts.suggest(read, page, others.split())
    assert (found.suggested if found else None) == offer


def test_a_header_counts_by_weight_and_never_fails() -> None:
    read = prompts.parse_accept_language("uk;q=0.8, en-GB, en;q=0.9, *;q=0.1, ru;q=0, b@d, ;;q=, de;q=2")
    assert read.tags == ("en-GB", "en", "uk")
    assert prompts.parse_accept_language(None).tags == ()
    assert len(prompts.parse_accept_language(",".join(f"en-{n:03}" for n in range(999))).tags) == 20


@given(st.text(alphabet=st.sampled_from("enukzh-_;=q,.*0123456789 \t\0\u00e9\u130f"), max_size=80))
def test_no_header_makes_negotiation_fail(header: str) -> None:
    answer = prompts.negotiate(header, ["en", "uk", "zh-Hans"], "en")
    assert answer.match in (None, "en", "uk", "zh-Hans")
    assert answer.offer in (None, "uk", "zh-Hans")
    assert sum(len(rank) for rank in answer.desired) <= 20


def test_django_reads_well_formed_headers_alike(shared: Path) -> None:
    """Of a header with a malformed part Django drops all, and we what is malformed."""
    cases = headers(shared)["django-5.2.19"]["cases"]
    wrong = []
    for case in cases:
        read = prompts.parse_accept_language(case["header"])
        expected = dict(case["expect"])
        if expected and {tag.lower(): weight for tag, weight in read.weighted} != expected:
            wrong.append((case, read.weighted))
    kept = [case["header"] for case in cases if not case["expect"]]
    assert wrong == []
    assert [header for header in kept if prompts.parse_accept_language(header).tags] == [
        "en,,gb",
        "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXZ,en",
        "da, en-gb;q=0.8, en;q=0.7,#",
    ]


def test_negotiator_ranks_headers_alike(shared: Path) -> None:
    """Its cases without a list of what is available say in which order the wishes count, "*" left out."""
    cases = headers(shared)["negotiator-1.1.0"]["cases"]
    wrong = []
    for case in cases:
        if case["method"] == "languages" and case["available"] is None:
            wanted = [tag for tag in case["expect"] if tag != "*"]
            read = prompts.parse_accept_language(case["header"])
            if list(read.tags) != wanted:
                wrong.append((case, read.tags))
    assert wrong == []


def headers(shared: Path) -> Any:
    return json.loads((shared / DATA / "accept-language" / "headers.json").read_text(encoding="utf-8"))


POOL = """
af ar ar-EG be bg bs ca cs cy da de de-AT de-CH el en en-GB en-AU en-XA ar-XB es es-419 es-MX et eu fa fa-AF
fi fil fr fr-CA ga gl he hi hr hu hy id is it ja ka kk ko lt lv mk ms nb nl nn no pl pt pt-BR pt-PT ro ru sk
sl sq sr sr-Latn sr-Cyrl sv sw ta th tr uk ur uz uz-Cyrl vi yue zh zh-Hans zh-Hant zh-HK zh-TW
""".split()  # noqa: SIM905
ODD = """
x-a x-klingon i-default i-lux no-bok no-nyn zh-min-nan zh-guoyu zh-yue zh-xiang zh-cmn-hant art-lojban en_US
EN-us en-Latn-GB en-US-posix en-gb-oed und und-UA * iw in ji tl mo sh cmn-Hant sr-YU sr-CS ru-SU uk-Latn
ja-Latn ja-Hira en-XA fr-XB ar-XB en-psaccent ar-psbidi qaa xx prs tnf zh-Bopo-TW yue-CN yue-Hans gsw lb
lb-LU de-DE-1996 en-001 es-013 en-150 pt-CV pt-FR zh-Hant-US zh-AU zh-SG bs-Cyrl az-Cyrl az-Arab constructor
__proto__ toString valueOf a en-verylongsubtag uk;q=0.9 en-x-twain de-x é zh_hant_tw Zzzz en-Zzzz en-ZZ uk-UK
en-UK ukr eng zho
""".split()  # noqa: SIM905
SCRIPTS = ["Latn", "Cyrl", "Arab", "Hant", "Hans"]
REGIONS = """
US GB AU IN CA DE AT CH FR BE LU MX AR ES 419 001 BR PT AO TW HK MO CN SG RS ME BA UA RU EG MA SU
""".split()  # noqa: SIM905
KNOWN, FORMER = sorted(table().likely), sorted(table().aliases)


def in_node(program: str, given: Any) -> Any:
    """What a program prints as JSON that finds its input, as JSON, in `given`."""
    code = f'const given = JSON.parse(require("fs").readFileSync(0, "utf8"));\n{program}'
    run = subprocess.run(
        ["node", "-e", code],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(run.stdout)


DECISIONS = """
const out = given.map(([source, site, cases]) => {
  const decide = new Function("site", source + "; return negotiation(site);")(site);
  return cases.map(([languages, page, others, chosen]) => decide(languages, page, others, chosen));
});
console.log(JSON.stringify(out));
"""
PAGES = """
const out = given.map(([code, cases]) => {
  const run = new Function("document", "window", "navigator", "location", "localStorage", "history",
    "addEventListener", code);
  return cases.map(([languages, page, others, p]) => {
    const make = () => ({ hidden: true, addEventListener() {}, setAttribute() {}, append() {},
      replaceChildren() {}, contains: () => false, get firstChild() { return make(); } });
    const box = make(), entry = (tag) => [tag, { href: tag, draft: false }];
    const alternates = Object.fromEntries(others.map(entry));
    const data = { textContent: JSON.stringify({ page, name: page, alternates }) };
    const document = { getElementById: (id) => (id === "l10n-prompt" ? box : data), addEventListener() {},
      createElement: make, documentElement: { className: "" }, querySelector: () => null };
    const window = {}; window.top = window;
    const kept = JSON.stringify({ v: 1, t: Date.now(), p, ok: [] });
    run(document, window, { languages }, { hash: "" }, { getItem: () => kept }, {}, () => {});
    return box.hidden ? "" : box.lang;
  });
});
console.log(JSON.stringify(out));
"""


def readers(chance: random.Random) -> list[str]:
    """Languages as some browser might list them, sensible and not."""
    kinds: list[Callable[[], str]] = [
        lambda: chance.choice(POOL),
        lambda: chance.choice(ODD),
        lambda: chance.choice(KNOWN),
        lambda: f"{chance.choice(POOL).split('-')[0]}-{chance.choice(REGIONS)}",
        lambda: f"{chance.choice(POOL).split('-')[0]}-{chance.choice(SCRIPTS)}",
        lambda: chance.choice(FORMER),
    ]
    return [chance.choices(kinds, (6, 2, 1, 4, 1, 1))[0]() for _ in range(chance.randint(0, 6))]


@dataclass(frozen=True)
class Site:
    """Some locales, and visitors of its pages: their languages, the page, other versions, a choice."""

    locales: list[str]
    editions: list[str]
    cases: list[tuple[list[str], str, list[str], str]]

    def offers(self) -> list[str]:
        """What Python decides."""
        found = (
            prompts.suggest(languages, page, others, chosen=chosen, editions=self.editions)
            for languages, page, others, chosen in self.cases
        )
        return [each.suggested if each else "" for each in found]


def sites(chance: random.Random, count: int, visitors: int) -> list[Site]:
    found = []
    for _ in range(count):
        tags = chance.sample(POOL, chance.randint(2, 30))
        cases = []
        for _ in range(visitors):
            page, *others = chance.sample(tags, chance.randint(1, min(len(tags), 8)))
            cases.append((readers(chance), page, others, chance.choice(["", "", "", *others])))
        found.append(Site(tags, chance.sample(["pt", "sr", "en", "zh", "es"], chance.randint(0, 2)), cases))
    return found


def differing(tried: list[Site], answers: list[list[str]]) -> list[Any]:
    """Where the browser does not say what Python says."""
    return [
        (site.locales, site.editions, case, offer, answer)
        for site, given in zip(tried, answers, strict=True)
        for case, offer, answer in zip(site.cases, site.offers(), given, strict=True)
        if offer != answer
    ]


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
def test_the_browser_decides_as_python_does() -> None:
    tried = sites(random.Random(7), 40, 500)
    source = (files("l10n.prompts") / "data" / "negotiation.js").read_text(encoding="utf-8")
    given = [[source, {**cut_table(each.locales), "editions": each.editions}, each.cases] for each in tried]
    answers = in_node(DECISIONS, given)
    assert sum(map(len, answers)) == 20_000
    assert sum(1 for given in answers for answer in given if answer) > 5_000
    assert differing(tried, answers) == []


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
def test_the_script_as_it_ships_decides_so_too() -> None:
    tried = sites(random.Random(8), 20, 50)
    words = prompts.Words("q", "d", "y", "n", "r")
    given = [
        [prompts.script(each.locales, dict.fromkeys(each.locales, words), each.editions), each.cases]
        for each in tried
    ]
    assert differing(tried, in_node(PAGES, given)) == []


def test_the_script_is_made_from_its_sources() -> None:
    folder = files("l10n.prompts") / "data"
    made = (folder / MINIFIED).read_text(encoding="utf-8")
    assert made.splitlines()[0] == head(), "run scripts/build_prompt_script.py"


def test_the_script_of_thirty_locales_is_small(capsys: pytest.CaptureFixture[str]) -> None:
    """Table, code and all words, drafts' too, as a server sends them."""
    tags = """
    ar bg cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt ro ru uk zh-Hans
    """.split()  # noqa: SIM905
    words = {tag: prompts.site_words(tag, no_words) for tag in tags}
    assert None not in words.values()
    whole = prompts.script(tags, {tag: each for tag, each in words.items() if each})
    parts = {"script": prompts.script([], {}), "script and table": prompts.script(tags, {}), "all": whole}
    sizes = {name: len(gzip.compress(text.encode(), 9)) for name, text in parts.items()}
    with capsys.disabled():
        print(f"\nthe prompt of 30 locales, bytes gzipped: {sizes}")
    assert sizes["all"] <= 7 * 1024


def no_words(context: str | None, source: str) -> None:
    return None


def test_a_language_without_words_is_not_offered() -> None:
    assert prompts.site_words("tlh", no_words) is None


def test_a_site_may_put_its_own_words() -> None:
    own = prompts.site_words("uk", lambda context, source: "Так!" if source.startswith("Yes") else None)
    assert own is not None
    assert (own.yes, own.region) == ("Так!", "Вибір мови")


@pytest.mark.parametrize(
    ("locale", "no"),
    [
        ("pt-BR", "Não, continuar nesta página ({language})"),
        ("pt-AO", "Não, ficar nesta página ({language})"),
        ("zh-TW", "否，留在本頁（{language}）"),
        ("zh", "否，留在本页（{language}）"),
        ("sr-ME", "Ne, ostajem na ovoj stranici ({language})"),
        ("en-GB", "No, stay on this page ({language})"),
        ("iw", "לא, להישאר בדף הזה ({language})"),
    ],
)
def test_the_words_of_a_locale_are_in_its_language_and_script(locale: str, no: str) -> None:
    words = prompts.site_words(locale, no_words)
    assert words is not None
    assert words.no == no


@pytest.mark.parametrize("tag", languages("l10n.prompts"))
def test_words_that_are_not_sure_are_not_sure_as_a_whole(tag: str) -> None:
    assert (prompts.site_words(tag, no_words) is None) == (not any(shipped_words(tag).values()))


UNSURE = {"am", "cy", "ga", "mn", "mr", "ta"}
"""Whose words wait for a reader who knows the language; docs/prompt.md names them."""


def test_forty_languages_have_words_of_their_own() -> None:
    worded = [tag for tag in shipped_locales() if prompts.site_words(tag, no_words)]
    languages = {tag.split("-")[0] for tag in worded}
    assert set(shipped_locales()) - set(worded) == UNSURE
    assert len(languages) >= 40


@pytest.mark.parametrize("tag", shipped_locales())
def test_words_name_their_language_in_itself(tag: str) -> None:
    """By how its name in CLDR begins, which all its forms share: "украї", "slov"."""
    names = autonym(tag).split(" (")[0].replace("‘", "ʻ").casefold().split()
    starts = ("čes", "češ") if tag == "cs" else tuple(name[:4] for name in names)
    words = shipped_words(tag)
    for field in ("question", "draft_question", "yes"):
        text = words[field].casefold()
        assert any(start in text for start in starts) or (tag in UNSURE and not text)


def test_a_table_holds_no_language_that_was_not_asked_for() -> None:
    table = cut_table(["uk", "ru", "en"])
    assert table["languages"] == {}
    assert table["likely"] == {"Cyrl": "ru uk", "Latn": "en"}


def test_ranges_lead_where_a_lookup_by_prefix_should() -> None:
    assert ranges(["uk", "he"]) == {"he": "he", "iw": "he", "uk": "uk"}
    found = ranges(["zh-Hans", "zh-Hant"])
    assert (found["zh"], found["zh-tw"], found["zh-hk"], found["zh-hant"]) == (
        "zh-Hans",
        "zh-Hant",
        "zh-Hant",
        "zh-Hant",
    )
    assert "zh-sg" not in found
    assert ranges(["zh-Hans"])["zh-tw"] == ""
    assert ranges(["pt-BR", "pt-PT"])["pt-ao"] == "pt-PT"
