"""Apertium: rule-based translation through the programs installed on this machine (apertium.org).

One pipeline for each pair is started once and kept: a process for each sentence costs fifty times as
much. The pipeline is cut in two after its first program, so that words can be numbered in between
(see `streams`).
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

from l10n.engines.contracts import Hypothesis
from l10n.engines.pairing import chained, chains, route, serving
from l10n.engines.pipes import Pipe
from l10n.engines.streams import escape, hypothesis, number
from l10n.errors import EngineError, ModelMissing, PairUnsupported
from l10n.laziness import expression
from l10n.locales import language, modern
from l10n.model import Span

_MODE = expression(r"[a-z]{2,3}(?:_[A-Za-z]+)?-[a-z]{2,3}(?:_[A-Za-z]+)?")
_ATTACH = "apertium-wblank-attach"
"""The program that stands between the two halves of a pipeline, and whose work `number` does."""
_SETUP = "apt-get install apertium"


class Apertium:
    """The engine. `modes` is the folder of installed pairs; None looks for it beside the program."""

    name = "apertium"

    def __init__(self, modes: Path | None = None, patience: float = 10.0) -> None:
        self._given, self._patience = modes, patience
        self._pipelines: dict[str, Pipeline] = {}

    @cached_property
    def _modes(self) -> dict[tuple[str, str], Path]:
        """The pairs on this machine, broken ones too, and the file that describes each."""
        folder = self._given or _installed_modes()
        if folder is None:
            return {}
        return {
            _pair(path.stem): path for path in sorted(folder.glob("*.mode")) if _MODE.fullmatch(path.stem)
        }

    def pairs(self) -> Sequence[tuple[str, str]]:
        direct = self._working
        return [*direct, *sorted(chains(direct, _languages_of(direct)))]

    def describe(self, source: str, target: str) -> str:
        steps = self._route(source, target)
        return " ".join(["apertium", *(f"{mode.stem} {_version(mode)}".strip() for mode in steps)])

    def licence(self, source: str, target: str) -> str:
        return "; ".join(dict.fromkeys(map(_licence, self._route(source, target))))

    def sentinel(self, index: int) -> str | None:
        """An unknown word: Apertium leaves those alone."""
        letters = ""
        while True:
            index, letter = divmod(index, 26)
            letters = chr(ord("a") + letter) + letters
            if not index:
                return f"Qzx{letters}"
            index -= 1

    def translate(self, texts: Sequence[str], source: str, target: str) -> Iterator[Hypothesis]:
        first, *more = [self._pipeline(mode) for mode in self._route(source, target)]
        if not more:
            return first.translate(texts)
        found = list(first.translate(texts))
        for pipeline in more:
            found = chained(found, list(pipeline.translate([each.text for each in found])))
        return iter(found)

    def close(self) -> None:
        for pipeline in self._pipelines.values():
            pipeline.close()
        self._pipelines.clear()

    @cached_property
    def _working(self) -> dict[tuple[str, str], Path]:
        """The pairs of this machine that are not known to be broken, and whose programs are all there."""
        broken = _table("apertium-broken.tsv")
        return {
            pair: mode for pair, mode in self._modes.items() if mode.stem not in broken and not _lacking(mode)
        }

    def _route(self, source: str, target: str) -> list[Path]:
        """The pairs that lead from one locale to another: one, or two with a language between."""
        if not self._modes:
            raise ModelMissing("Apertium is not installed", hint=_install_hint(source, target))
        steps = route(self._working, source, target, _languages_of(self._working))
        if steps:
            return [self._working[step] for step in steps]
        unusable = serving(self._modes, source, target)
        raise _unusable(self._modes[unusable]) if unusable else _missing(source, target)

    def _pipeline(self, mode: Path) -> Pipeline:
        if mode.stem not in self._pipelines:
            self._pipelines[mode.stem] = Pipeline(_script(mode), self._patience)
        return self._pipelines[mode.stem]


class Pipeline:
    """The two halves of one pair's pipeline."""

    def __init__(self, script: str, patience: float) -> None:
        analysis, _, rest = script.partition(f" | {_ATTACH} | ")
        self._analysis = Pipe(analysis, patience)
        self._rest = Pipe(f"set -- -g; {rest}", patience)

    def translate(self, texts: Iterable[str]) -> Iterator[Hypothesis]:
        """One hypothesis for each text, in order; an empty one where the pipeline broke on it."""
        under_way: deque[tuple[str, list[Span | None]]] = deque()
        for output in self._rest.stream(self._numbered(texts, under_way)):
            text, spans = under_way.popleft()
            yield hypothesis(output or "", text, spans)

    def close(self) -> None:
        self._analysis.close()
        self._rest.close()

    def _numbered(
        self, texts: Iterable[str], under_way: deque[tuple[str, list[Span | None]]]
    ) -> Iterator[str]:
        asked: deque[str] = deque()
        for analysis in self._analysis.stream(_noted(texts, asked)):
            text = asked.popleft()
            numbered, spans = number(analysis or "", text)
            under_way.append((text, spans))
            yield numbered


def _noted(texts: Iterable[str], asked: deque[str]) -> Iterator[str]:
    for text in texts:
        asked.append(text)
        yield escape(text)


def _languages_of(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The languages that a chain may go through, English first: it has the largest dictionaries."""
    return sorted({source for source, _ in pairs}, key=lambda tag: (tag != "en", tag))


def _installed_modes() -> Path | None:
    """The folder of pairs that belongs to the program on the path."""
    program = shutil.which("apertium")
    if not program or not shutil.which("apertium-wblank-mode"):
        return None
    return Path(program).parent.parent / "share" / "apertium" / "modes"


def _script(mode: Path) -> str:
    """The pair's pipeline as a shell script, every program set to answer at a NUL byte."""
    command = ["apertium-wblank-mode", "-z", str(mode)]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError) as error:
        raise EngineError(f"Apertium's {mode.stem} cannot be started: {error}", where=str(mode)) from error


def _pair(stem: str) -> tuple[str, str]:
    """The name of a mode as tags: "spa-eng_US" -> ("es", "en-US"), "oci_aran-cat" -> ("oc-aranes", "ca")."""
    source, _, target = stem.partition("-")
    return _tag(source), _tag(target)


def _tag(code: str) -> str:
    base, _, variant = code.partition("_")
    return f"{modern(base)}-{variant}" if variant else modern(base)


def _installed_package(mode: Path) -> str:
    """The name of the package that a pair comes from, as the paths in its mode have it."""
    found = re.search(r"/(apertium-[a-z]+-[a-z]+)/", mode.read_text(encoding="utf-8"))
    return found[1] if found else ""


@cache
def _licence(mode: Path) -> str:
    """What Debian's copyright file says of the pair's package; empty on other systems."""
    notice = mode.parents[2] / "doc" / _installed_package(mode) / "copyright"
    text = notice.read_text(encoding="utf-8", errors="replace") if notice.is_file() else ""
    return ", ".join(sorted(set(re.findall(r"^License: *(\S.*?) *$", text, re.MULTILINE))))


@cache
def _version(mode: Path) -> str:
    """The version of the pair's package, where the system's package manager knows it."""
    package = _installed_package(mode)
    if not package or not shutil.which("dpkg-query"):
        return ""
    command = ["dpkg-query", "-W", "-f", "${Version}", package]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    return found.rpartition("-")[0] or found


@cache
def _lacking(mode: Path) -> str:
    """A program that the pair calls and that is not on this machine; empty where all are."""
    stages = mode.read_text(encoding="utf-8").split("|")
    programs = [stage.split()[0] for stage in stages if stage.strip()]
    return next((program for program in programs if not shutil.which(program)), "")


def _unusable(mode: Path) -> ModelMissing | PairUnsupported:
    """Why a pair that is installed cannot be used."""
    reason = _table("apertium-broken.tsv").get(mode.stem)
    if reason:
        message = f"Apertium's {mode.stem} is not usable: {reason}"
        return PairUnsupported(message, hint="use another engine")
    program = _lacking(mode)
    package = _table("apertium-programs.tsv").get(program, program)
    message = f"Apertium's {mode.stem} needs the program {program}"
    return ModelMissing(message, hint=f"apt-get install {package}")


def _missing(source: str, target: str) -> ModelMissing | PairUnsupported:
    package = _package(source, target)
    if package:
        message = f"Apertium's data for {source} to {target} are not installed"
        return ModelMissing(message, hint=_install_hint(source, target))
    return PairUnsupported(
        f"Apertium does not translate {source} to {target}", hint="its pairs: apt-cache search apertium-"
    )


def _install_hint(source: str, target: str) -> str:
    return f"{_SETUP} {_package(source, target) or 'apertium-eng-spa'}"


def _package(source: str, target: str) -> str:
    """The package that may hold a pair, one way or both; empty where there is none."""
    wanted = {language(source), language(target)}
    found = (name for name in _lines("apertium-packages.txt") if _languages(name) == wanted)
    return next(found, "")


def _languages(package: str) -> set[str]:
    return {language(code) for code in package.split("-")[1:]}


@cache
def _table(name: str) -> dict[str, str]:
    return {key: value for key, _, value in (line.partition("\t") for line in _lines(name))}


@cache
def _lines(name: str) -> list[str]:
    text = (files("l10n.engines") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
