"""The decision which language to offer, in Python and in the browser's own script."""

from __future__ import annotations

import gzip
import json
import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from l10n import prompts
from l10n.prompts.browser import nearness
from l10n.prompts.tags import subtags

Case = tuple[list[str], list[str], str | None, str]


def icu_cases(path: Path) -> Iterator[Case]:
    """The cases of ICU's file in default mode: desired, supported, default, expected."""
    supported: list[str] = []
    settings: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if text.startswith("** test"):
            supported, settings = [], {}
        elif text.startswith("@"):
            name, _, value = text[1:].partition("=")
            settings[name] = value
            supported = [tag.strip() for tag in value.split(",")] if name == "supported" else supported
        elif ">>" in text and settings.get("favor", "") in ("", "normal") and not settings.get("threshold"):
            desired, _, expected = text.partition(">>")
            default = settings.get("default") or None
            yield [d.strip() for d in desired.split(",")], supported, default, expected.split("|")[0].strip()


def test_icu_agrees_on_every_case_of_its_default_mode(shared: Path) -> None:
    cases = list(icu_cases(shared / "data" / "locale-matching" / "icu" / "localeMatcherTest.txt"))
    wrong = []
    for desired, supported, default, expected in cases:
        found = prompts.match(desired, supported)
        best = found.best if found else default or (supported[0] if supported else "null")
        if best != expected and (subtags(best) is None or subtags(best) != subtags(expected)):
            wrong.append((desired, supported, expected, best))
    assert len(cases) == 498
    assert wrong == []


OFFERS = [
    ("en-US,en", "uk", "en ru", "en"),
    ("en-GB,uk", "en", "uk", None),
    ("uk,en", "en", "uk ru", "uk"),
    ("de", "uk", "en ru", None),
    ("de,uk", "en", "uk ru", "uk"),
    ("uk", "en", "ru", None),
    ("uk,ru", "en", "ru", "ru"),
    ("be", "en", "uk ru", None),
    ("hr", "en", "sr-Latn", None),
    ("sr", "en", "sr-Latn", "sr-Latn"),
    ("zh-TW", "en", "zh-Hans", None),
    ("zh-HK,en", "zh-Hans", "zh-Hant", "zh-Hant"),
    ("pt-PT", "en", "pt-BR", "pt-BR"),
    ("nb-NO", "en", "no", "no"),
    ("da,en", "en", "no", None),
    ("iw", "en", "he", "he"),
    ("gsw", "en", "de bs", "de"),
    ("*", "uk", "en", None),
    ("x-klingon,i-default,en", "uk", "en", "en"),
    ("fr,es,de", "en", "uk ru", None),
    ("", "en", "uk", None),
]


@pytest.mark.parametrize(("desired", "page", "others", "offer"), OFFERS)
def test_only_what_a_reader_asks_for_is_offered(
    desired: str, page: str, others: str, offer: str | None
) -> None:
    found = prompts.suggest(desired.split(",") if desired else [], page, others.split())
    assert (found.suggested if found else None) == offer


def test_a_header_counts_by_weight_and_never_fails() -> None:
    read = prompts.parse_accept_language("uk;q=0.8, en-GB, en;q=0.9, *;q=0.1, ru;q=0, b@d, ;;q=, de;q=2")
    assert read.tags == ("en-GB", "en", "uk")
    assert prompts.suggest(prompts.parse_accept_language("*, en;q=0"), "uk", ["en"]) is None
    assert prompts.parse_accept_language(None).tags == ()


SITE = ["uk", "en", "es", "de", "ar", "ja", "zh-Hans", "zh-Hant", "no", "sr-Latn", "he", "pt-BR", "ru"]
READERS = """
uk uk-UA en en-US en-GB es es-419 de de-AT ar ar-EG ja zh zh-TW zh-HK zh-CN zh-Hant nb no da sr sr-Cyrl sr-ME
he iw pt pt-PT ru be kk pl fr x-a EN_us und * ko
""".split()  # noqa: SIM905
"""Languages that are only near one of the site's (gsw, nn, yue) are left out: where such a reader also
lists the page's language, Python weighs CLDR's distances against each other, which the browser has not."""
WORDS = {tag: prompts.Words("q", "d", "y", "n", "r") for tag in SITE}


def in_node(cases: list[tuple[list[str], str, list[str]]]) -> list[str]:
    """What the browser's script offers in each case: it runs as it is, over a page of the fewest parts."""
    harness = """
    const cases = JSON.parse(process.argv[1]), code = process.argv[2], out = [];
    for (const [languages, page, others] of cases) {
      const make = (tag) => ({ tag, children: [], hidden: true, addEventListener() {}, setAttribute() {},
        appendChild(child) { this.children.push(child); }, set textContent(text) { this.text = text; },
        get textContent() { return this.text; } });
      const box = make("section"), data = make("script");
      const entry = (tag) => [tag, { href: tag + ".html", draft: false }];
      const alternates = Object.fromEntries(others.map(entry));
      data.text = JSON.stringify({ page, name: page, alternates });
      const document = { getElementById: (id) => (id === "l10n-prompt" ? box : data), addEventListener() {},
        createElement: make, createTextNode: make, documentElement: { className: "" } };
      const window = { addEventListener() {} }; window.top = window;
      new Function("document", "window", "navigator", "location", "localStorage", "history", code)(
        document, window, { languages }, { hash: "" }, { getItem: () => null }, {});
      out.push(box.hidden ? "" : box.lang);
    }
    console.log(JSON.stringify(out));
    """
    run = subprocess.run(
        ["node", "-e", harness, json.dumps(cases), prompts.script(SITE, WORDS)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return list(json.loads(run.stdout))


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
def test_the_browser_decides_as_python_does() -> None:
    chance = random.Random(1)
    cases = []
    for _ in range(2000):
        page, *others = chance.sample(SITE, chance.randint(1, 6))
        cases.append((chance.sample(READERS, chance.randint(0, 4)), page, others))
    expected = []
    for languages, page, others in cases:
        found = prompts.suggest(languages, page, others)
        expected.append(found.suggested if found else "")
    given = in_node(cases)
    differing = [(c, e, g) for c, e, g in zip(cases, expected, given, strict=True) if e != g]
    assert differing == []


def test_the_script_of_thirty_locales_is_small() -> None:
    tags = """
    ar bg cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv nl no pl pt ro ru uk zh-Hans
    """.split()  # noqa: SIM905
    longest = prompts.site_words("de", lambda context, source: None)
    assert longest is not None
    size = len(gzip.compress(prompts.script(tags, dict.fromkeys(tags, longest)).encode()))
    assert size <= 7 * 1024


def test_a_language_without_words_is_not_offered() -> None:
    assert prompts.site_words("tlh", lambda context, source: None) is None


def test_a_site_may_put_its_own_words() -> None:
    own = prompts.site_words("uk", lambda context, source: "Так!" if source.startswith("Yes") else None)
    assert own is not None
    assert (own.yes, own.region) == ("Так!", "Вибір мови")


def test_nearness_holds_no_language_that_was_not_asked_for() -> None:
    near = nearness(["uk", "ru", "en"])["near"]
    assert near == {"uk": ["uk-Cyrl"], "ru": ["ru-Cyrl"], "en": ["en-Latn"]}
