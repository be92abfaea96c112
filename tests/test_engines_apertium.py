"""Apertium: words linked across reordering, chains of pairs, pipelines that die or hang, refused pairs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from l10n.engines.apertium import Apertium
from l10n.engines.contracts import Hypothesis
from l10n.engines.pipes import Pipe
from l10n.errors import EngineError, ModelMissing, PairUnsupported

MODES = Path("/usr/share/apertium/modes")
needs_apertium = pytest.mark.skipif(
    not shutil.which("apertium") or not (MODES / "eng-spa.mode").is_file(),
    reason="apertium-eng-spa is not installed",
)
ANSWERING = """while IFS= read -r -d '' request; do
  case $request in *die*) exit 1;; *hang*) sleep 60;; *garble*) printf 'x\\0';; esac
  printf '%s\\0' "${request^^}"
done"""
"""A program that answers in capitals, and breaks when it is told to."""


@pytest.fixture(scope="module")
def apertium() -> Iterator[Apertium]:
    engine = Apertium(patience=5)
    yield engine
    engine.close()


def words(hypothesis: Hypothesis, text: str) -> dict[str, str]:
    """Word of the source -> word of the target."""
    return {source.of(text): target.of(hypothesis.text) for source, target in hypothesis.links}


@needs_apertium
class TestTranslating:
    def test_links_follow_words_that_move(self, apertium: Apertium) -> None:
        text = "The new law was read on Monday."
        (found,) = apertium.translate([text], "en", "es")
        assert found.text == "La ley nueva estuvo leída el lunes."
        linked = words(found, text)
        assert (linked["new"], linked["law"], linked["Monday"]) == ("nueva", "ley", "lunes")

    def test_unknown_words_are_counted_and_bear_no_mark(self, apertium: Apertium) -> None:
        text = "The Blorvix of Orrin is old."
        (found,) = apertium.translate([text], "en", "es")
        assert found.unknown == 2
        assert "*" not in found.text
        assert {"Blorvix", "Orrin"} <= set(found.text.split())

    @pytest.mark.parametrize(
        "text",
        ["5 * 3", "an e-mail to me@example.org", "C# and #1", "a < b > c", "[1] {x} ^ $ / \\", "~ a_b"],
    )
    def test_signs_of_the_stream_format_pass(self, apertium: Apertium, text: str) -> None:
        (found,) = apertium.translate([text], "en", "es")
        for sign in "*@#<>[]{}^$/\\~_":
            assert found.text.count(sign) == text.count(sign)

    def test_pairs_in_a_chain(self, apertium: Apertium) -> None:
        if ("es", "pt") not in apertium.pairs():
            pytest.skip("apertium-es-pt is not installed")
        assert ("en", "pt") in apertium.pairs()
        text = "The old bridge was closed for 3 days."
        (found,) = apertium.translate([text], "en", "pt")
        assert found.text == "A ponte velha esteve fechado para 3 dias."
        linked = words(found, text)
        assert (linked["old"], linked["bridge"], linked["days"]) == ("velha", "ponte", "dias")
        assert apertium.describe("en", "pt-BR").startswith("apertium eng-spa ")
        assert "es-pt_BR" in apertium.describe("en", "pt-BR")

    def test_a_stage_that_is_killed_costs_one_sentence_at_the_most(self, apertium: Apertium) -> None:
        texts = [f"The bridge number {n} is old." for n in range(40)]
        whole = [each.text for each in apertium.translate(texts, "en", "es")]
        stream, found = apertium.translate(texts, "en", "es"), []
        for each in stream:
            found.append(each.text)
            if len(found) == 5:
                os.kill(stage("lrx-proc"), signal.SIGKILL)
        assert len(found) == len(whole)
        assert sum(a != b for a, b in zip(found, whole, strict=True)) <= 1

    def test_it_leaves_no_process_behind(self) -> None:
        before, engine = children(), Apertium()
        assert next(engine.translate(["The bridge."], "en", "es")).text
        mine = children() - before
        assert mine
        engine.close()
        assert not mine & children()


def children() -> set[int]:
    """The sessions of the pipelines that this process started."""
    table = subprocess.run(["ps", "-o", "pid=", "--ppid", str(os.getpid())], capture_output=True, text=True)
    return {int(line) for line in table.stdout.split()} - {os.getpid()}


def stage(program: str) -> int:
    """The process of a program in a pipeline of this process."""
    table = subprocess.run(["ps", "-eo", "pid=,sid=,comm="], capture_output=True, text=True).stdout
    rows = [line.split() for line in table.splitlines()]
    mine = {str(pid) for pid in children()}
    return next(int(pid) for pid, session, name in rows if session in mine and name == program)


class TestPipe:
    def test_answers_in_order_and_without_a_pipeline_at_first(self) -> None:
        pipe = Pipe(ANSWERING)
        assert list(pipe.stream(["a", "b\nc", "", "ж"])) == ["A", "B\nC", "", "Ж"]
        pipe.close()
        assert list(pipe.stream(["d"])) == ["D"]
        pipe.close()

    @pytest.mark.parametrize("breaking", ["die", "hang", "garble"])
    def test_what_breaks_it_is_left_out_and_the_rest_goes_on(self, breaking: str) -> None:
        pipe = Pipe(ANSWERING, patience=1)
        requests = [breaking if n == 70 else str(n) for n in range(150)]
        assert list(pipe.stream(requests)) == [None if each == breaking else each for each in requests]
        pipe.close()

    def test_a_pipeline_that_never_works_is_an_error_with_its_last_words(self) -> None:
        pipe = Pipe("echo 'no such dictionary' >&2; exit 3")
        with pytest.raises(EngineError, match="stopped: no such dictionary"):
            list(pipe.stream(map(str, range(10))))
        pipe.close()

    def test_an_answer_larger_than_the_buffers(self) -> None:
        pipe = Pipe(ANSWERING)
        large = "word " * 100_000
        assert list(pipe.stream([large, "x"])) == [large.upper(), "X"]
        pipe.close()


class TestRefusing:
    @pytest.mark.parametrize(
        ("mode", "source", "target", "why"),
        [
            ("rus-ukr", "ru", "uk", "rus-ukr is not usable: its tagger stops"),
            ("eng-hbs_HR", "en", "sr-Latn-HR", "most words come out uninflected"),
        ],
    )
    def test_pairs_that_are_known_to_be_broken(
        self, tmp_path: Path, mode: str, source: str, target: str, why: str
    ) -> None:
        (tmp_path / f"{mode}.mode").write_text("lt-proc x", encoding="utf-8")
        engine = Apertium(modes=tmp_path)
        assert not engine.pairs()
        with pytest.raises(PairUnsupported, match=why) as caught:
            engine.describe(source, target)
        assert caught.value.hint == "use another engine"

    def test_a_pair_whose_program_is_missing(self, tmp_path: Path) -> None:
        (tmp_path / "spa-cat.mode").write_text("cat a.bin | lsx-proc b.bin | cat c.bin", encoding="utf-8")
        engine = Apertium(modes=tmp_path)
        assert not engine.pairs()
        with pytest.raises(ModelMissing, match="spa-cat needs the program lsx-proc") as caught:
            engine.describe("es", "ca")
        assert caught.value.hint == "apt-get install apertium-separable"

    def test_pairs_that_are_not_there(self, tmp_path: Path) -> None:
        (tmp_path / "eng-spa.mode").write_text("cat a.bin", encoding="utf-8")
        engine = Apertium(modes=tmp_path)
        with pytest.raises(ModelMissing) as caught:
            engine.describe("fr", "es")
        assert caught.value.hint == "apt-get install apertium apertium-fr-es"
        with pytest.raises(PairUnsupported, match="does not translate ja to ko"):
            engine.describe("ja", "ko")

    def test_a_mode_that_starts_nothing(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "eng-spa.mode").write_text("cat a.bin | cat b.bin", encoding="utf-8")
        engine = Apertium(modes=tmp_path, patience=2)
        with pytest.raises(EngineError):
            list(engine.translate(["a", "b", "c", "d"], "en", "es"))
        monkeypatch.setenv("PATH", str(tmp_path))
        (tmp_path / "cat").symlink_to("/bin/cat")
        with pytest.raises(EngineError, match="eng-spa cannot be started"):
            list(Apertium(modes=tmp_path).translate(["a"], "en", "es"))
