"""One contract for all engines, and how "auto" chooses among them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest

from l10n import engines
from l10n.engines import Engine, ModelFolder
from l10n.errors import ConfigError, EngineError, ModelMissing, PairUnsupported
from l10n.locales import language, normalize
from tests.packages import EN_UK, ES_EN, move_argos, unpack

SENTENCES = (
    "The library in Orrin is open.",
    "Prices in Lviv rose by 18.5%.",
    "Joan Tarrick counted 1,340 books near the lighthouse.",
    "The crane costs 38,400 euros.",
    "Where is the station?",
)


@dataclass
class Case:
    """An engine and a pair that it can translate in these tests."""

    engine: Engine
    source: str
    target: str


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Both test models, installed for argostranslate."""
    pytest.importorskip("argostranslate", reason="the extra `argos` is not installed")
    with pytest.MonkeyPatch.context() as patch:
        packages = move_argos(patch, tmp_path_factory.mktemp("argos"))
        for package in (EN_UK, ES_EN):
            unpack(package, packages)
        yield packages


def described(home: Path, source: str, target: str, folder: str, prefix: str = "") -> ModelFolder:
    return ModelFolder("ctranslate2", source, target, home / folder, target_prefix=prefix)


@pytest.fixture(
    scope="module", params=["pseudo", "apertium", "argos", "argos-pivot", "ctranslate2", "tagged"]
)
def case(request: pytest.FixtureRequest) -> Iterator[Case]:
    made = make_case(request.param, request)
    yield made
    made.engine.close()


def make_case(name: str, request: pytest.FixtureRequest) -> Case:
    if name == "pseudo":
        return Case(engines.make(name), "en", "en-XA")
    if name == "apertium":
        if not shutil.which("apertium"):
            pytest.skip("Apertium is not installed")
        return Case(engines.make(name), "en", "es")
    home = request.getfixturevalue("home")
    if name == "argos":
        return Case(engines.make("argos"), "en", "uk")
    if name == "argos-pivot":
        return Case(engines.make("argos"), "es", "uk")
    if name == "ctranslate2":
        model = described(home, "en", "uk", "translate-en_uk-1_0")
        return Case(engines.make("ctranslate2", [model]), "en", "uk")
    model = described(home, "es", "uk", "translate-es_en-1_0", prefix="<uk>")
    return Case(engines.make("ctranslate2", [model]), "es", "uk")


class TestContract:
    """What `draft` relies on, whatever the engine."""

    def test_pairs_are_tags_and_each_can_be_described(self, case: Case) -> None:
        pairs = case.engine.pairs()
        assert (case.source, case.target) in [(case.source if s == "und" else s, t) for s, t in pairs]
        for source, target in pairs:
            assert (normalize(source), normalize(target)) == (source, target)
            assert case.engine.describe(source, target).startswith(case.engine.name)
            assert isinstance(case.engine.licence(source, target), str)

    def test_the_name_is_that_of_the_registry(self, case: Case) -> None:
        assert case.engine.name in engines.ENGINES.names()

    def test_a_pair_that_nothing_serves(self, case: Case) -> None:
        for ask in (case.engine.describe, case.engine.licence):
            with pytest.raises((ModelMissing, PairUnsupported)) as caught:
                ask("vo", "tlh")
            assert "\n" not in caught.value.message
        with pytest.raises((ModelMissing, PairUnsupported)):
            list(case.engine.translate(["x"], "vo", "tlh"))

    def test_one_hypothesis_for_each_text_whatever_stands_beside_it(self, case: Case) -> None:
        together = translate(case, *SENTENCES)
        assert len(together) == len(SENTENCES)
        assert all(together)
        assert translate(case, *reversed(SENTENCES)) == together[::-1]
        assert [translate(case, text)[0] for text in SENTENCES] == together
        assert translate(case, SENTENCES[0], SENTENCES[0]) == [together[0]] * 2

    def test_no_text_and_texts_without_words(self, case: Case) -> None:
        assert translate(case) == []
        found = translate(case, "", "  ", "–", "12", SENTENCES[0])
        assert len(found) == 5
        assert found[4] == translate(case, SENTENCES[0])[0]

    def test_links_are_words_of_both_texts(self, case: Case) -> None:
        for text, best in zip(
            SENTENCES, case.engine.translate(SENTENCES, case.source, case.target), strict=True
        ):
            for hypothesis in (best, *best.others):
                spans = sorted({target for _, target in hypothesis.links}, key=lambda span: span.start)
                assert all(a.end <= b.start for a, b in pairwise(spans))
                for source, target in hypothesis.links:
                    assert source.of(text).strip()
                    assert target.of(hypothesis.text).strip()
            assert all(not other.others for other in best.others)

    def test_what_a_text_may_not_do(self, case: Case) -> None:
        """Signs of the formats between programs, control characters, an endless sentence: the next one
        comes out as ever."""
        plain = translate(case, SENTENCES[0])
        for text in (
            "[b] ^x/y$ \\ @*#<z>",
            "a\x00b\x01\x1f\u2028c",
            "🙂\U0010fffd",
            "library " * 200,
            "word " * 10_000,
        ):
            assert translate(case, text, SENTENCES[0])[1:] == plain, text[:20]

    def test_sentinels_pass(self, case: Case) -> None:
        words = [case.engine.sentinel(index) for index in (0, 1, 27)]
        assert len(set(words)) == (3 if words[0] else 1)
        for word in filter(None, words):
            assert translate(case, f"The library {word} is open.")[0].count(word) == 1

    def test_closed_it_may_be_used_again(self, case: Case) -> None:
        before = translate(case, SENTENCES[0])
        case.engine.close()
        case.engine.close()
        assert translate(case, SENTENCES[0]) == before


def translate(case: Case, *texts: str) -> list[str]:
    return [each.text for each in case.engine.translate(texts, case.source, case.target)]


def test_without_models_every_engine_says_what_helps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    move_argos(monkeypatch, tmp_path)
    for name, help in {
        "apertium": "apt-get install apertium apertium-eng-spa",
        "argos": "l10n engines install en es",
        "ctranslate2": "[[models]]",
        "firefox": "fxtranslate models add en es",
    }.items():
        engine = engines.make(name)
        assert list(engine.pairs()) == []
        with pytest.raises(EngineError) as caught:
            engine.describe("en", "es")
        assert help in caught.value.hint
    with pytest.raises(ModelMissing) as caught:
        engines.choose("auto", "en", "es")
    assert caught.value.hint.count("\n") == 2


def test_auto_takes_what_is_described_then_what_is_installed(home: Path) -> None:
    model = described(home, "en", "uk", "translate-en_uk-1_0")
    assert engines.choose("auto", "en", "uk", [model]).name == "ctranslate2"
    assert engines.choose("auto", "en", "uk").name == "argos"
    assert engines.choose("auto", "en", "uk", [model], preferred=["pseudo", "argos"]).name == "argos"
    with pytest.raises(ModelMissing, match="en to uk"):
        engines.choose("auto", "en", "uk", preferred=["pseudo"])
    with pytest.raises(ConfigError, match="there is no engine"):
        engines.choose("auto", "en", "uk", preferred=["psuedo"])


def test_models_go_to_engines_that_take_them(home: Path) -> None:
    with pytest.raises(ConfigError, match="finds its models itself"):
        engines.make("apertium", [ModelFolder("apertium", "en", "es", home)])


def test_a_region_is_served_by_its_language_but_never_by_another_script(home: Path) -> None:
    argos = engines.make("argos")
    assert argos.describe("en-GB", "uk-UA") == argos.describe("en", "uk")
    with pytest.raises(ModelMissing):
        argos.describe("en", "uk-Latn")
    assert {language(source) for source, _ in argos.pairs()} == {"en", "es"}


def test_what_a_model_wants_before_and_behind_every_source(home: Path, tmp_path: Path) -> None:
    plain = texts_of(described(home, "en", "uk", "translate-en_uk-1_0"), *SENTENCES)
    folder = shutil.copytree(home / "translate-en_uk-1_0", tmp_path / "opus")
    config = folder / "model" / "config.json"
    settings = json.loads(config.read_text(encoding="utf-8")) | {"add_source_eos": False}
    config.write_text(json.dumps(settings), encoding="utf-8")
    model = ModelFolder("ctranslate2", "en", "uk", folder)
    assert texts_of(model, *SENTENCES) == plain
    without = "library in Orrin is open."
    assert texts_of(model, without) != plain[:1]
    assert texts_of(replace(model, source_prefix="▁the"), without) == plain[:1]


def test_one_model_into_two_languages(home: Path) -> None:
    sentence = "La biblioteca de Orrin está abierta."
    for prefix, target, text in (
        ("<en>", "en", "The library in Orrin is open."),
        ("<uk>", "uk", "Бібліотека в Орріні відчинена."),
    ):
        model = described(home, "es", target, "translate-es_en-1_0", prefix)
        assert texts_of(model, sentence) == [text]


def texts_of(model: ModelFolder, *texts: str) -> list[str]:
    engine = engines.make("ctranslate2", [model])
    return [each.text for each in engine.translate(texts, model.source, model.target)]


def test_a_model_told_another_target_language_is_another_engine(home: Path) -> None:
    """What the cache of drafts holds of the one must not be given for the other."""
    models = [described(home, "es", "uk", "translate-es_en-1_0", prefix=each) for each in ("<uk>", "<en>")]
    one, other = (engines.make("ctranslate2", [model]).describe("es", "uk") for model in models)
    assert one != other
