"""Argos Translate: neural translation with its packages, decoded straight through CTranslate2.

The `argostranslate` module finds, describes and downloads packages. Its own translation interface is
not used: it translates sentence by sentence, splits sentences with a model that it downloads at run
time, and turns every `_` into a space. With the same beam and penalty the texts are the same.
"""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.resources import files
from importlib.util import find_spec
from itertools import product
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.request import urlopen

from l10n.engines.contracts import Hypothesis, Link
from l10n.engines.pairing import serving
from l10n.errors import EngineError, ModelMissing
from l10n.model import Span

BEAM = 4
LENGTH_PENALTY = 0.2
_BATCH = 16
_LONGEST_INPUT, _LONGEST_OUTPUT = 512, 256
_PIVOT = "en"
_SETUP = "pip install 'l10n-articles[argos]'"
_WORD_START = "▁"
_CHUNK = re.compile(r"\S+")
_EDGES = re.compile(r"^\W+|\W+$")
_PATIENCE = 30
"""Seconds that the index may take to answer."""
_LARGEST = 4 << 30
"""Bytes that a package may unpack to; the largest of Argos Translate have a tenth of it."""


class Argos:
    """The engine. `folders` are those of installed packages; None asks argostranslate for them."""

    name = "argos"

    def __init__(self, folders: Sequence[Path] | None = None) -> None:
        self._given = folders
        self._models: dict[tuple[str, str], Model] = {}

    def pairs(self) -> Sequence[tuple[str, str]]:
        direct = self._packages
        into = [source for source, target in direct if target == _PIVOT]
        out_of = [target for source, target in direct if source == _PIVOT]
        chained = {(source, target) for source, target in product(into, out_of) if source != target}
        return sorted({*direct, *chained})

    def describe(self, source: str, target: str) -> str:
        steps = self._route(source, target)
        return " ".join(["argos", *(f"{s}-{t} {self._packages[s, t].package_version}" for s, t in steps)])

    def sentinel(self, index: int) -> str | None:
        return None

    def translate(self, texts: Sequence[str], source: str, target: str) -> Iterator[Hypothesis]:
        first, *more = self._route(source, target)
        found = self._model(first).translate(texts)
        for step in more:
            found = _chained(found, self._model(step).translate([each.text for each in found]))
        return iter(found)

    def close(self) -> None:
        self._models.clear()

    @cached_property
    def _packages(self) -> dict[tuple[str, str], Any]:
        """The installed packages by pair; a folder that is none is passed over."""
        if find_spec("argostranslate") is None:
            return {}
        from argostranslate import package, settings

        out: dict[tuple[str, str], Any] = {}
        for folder in self._given if self._given is not None else map(Path, settings.package_dirs):
            for metadata in sorted(folder.glob("*/metadata.json")):
                try:
                    found = package.Package(metadata.parent)
                    out.setdefault((_tag(found.from_code), _tag(found.to_code)), found)
                except (OSError, ValueError, KeyError, TypeError, AttributeError):
                    continue
        return out

    def _route(self, source: str, target: str) -> list[tuple[str, str]]:
        """The installed pairs that lead from one locale to another: one, or two through English."""
        if find_spec("argostranslate") is None or find_spec("ctranslate2") is None:
            hint = f"{_SETUP}\n{_install_command(source, target)}"
            raise ModelMissing("Argos Translate is not installed", hint=hint)
        pair = serving(self.pairs(), source, target)
        if pair is None:
            message = f"no Argos model is installed for {source} to {target}"
            raise ModelMissing(message, hint=_install_command(source, target))
        return [pair] if pair in self._packages else [(pair[0], _PIVOT), (_PIVOT, pair[1])]

    def _model(self, pair: tuple[str, str]) -> Model:
        if pair not in self._models:
            self._models[pair] = Model(self._packages[pair])
        return self._models[pair]


class Model:
    """One installed package, ready to decode."""

    def __init__(self, package: Any) -> None:
        import ctranslate2

        self._tokenizer, self._prefix = package.tokenizer, getattr(package, "target_prefix", "")
        path = str(package.package_path / "model")
        try:
            self._translator = ctranslate2.Translator(
                path, inter_threads=os.cpu_count() or 1, intra_threads=1
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"the model cannot be loaded: {error}", where=path) from error

    def translate(self, texts: Sequence[str]) -> list[Hypothesis]:
        """Translate sentences in batches of like length; in the order in which they came."""
        pieces = [self._tokenizer.encode(text)[:_LONGEST_INPUT] for text in texts]
        order = sorted(range(len(texts)), key=lambda n: -len(pieces[n]))
        out: dict[int, Hypothesis] = {}
        for at in range(0, len(order), _BATCH):
            numbers = order[at : at + _BATCH]
            for number, result in zip(numbers, self._decode([pieces[n] for n in numbers]), strict=True):
                out[number] = self._hypothesis(texts[number], pieces[number], result)
        return [out[number] for number in range(len(texts))]

    def _decode(self, batch: list[list[str]]) -> list[Any]:
        try:
            found: list[Any] = self._translator.translate_batch(
                batch,
                target_prefix=[[self._prefix]] * len(batch) if self._prefix else None,
                replace_unknowns=True,
                beam_size=BEAM,
                length_penalty=LENGTH_PENALTY,
                max_decoding_length=_LONGEST_OUTPUT,
                return_attention=True,
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"the model failed: {error}") from error
        return found

    def _hypothesis(self, text: str, source: list[str], result: Any) -> Hypothesis:
        target = [piece for piece in result.hypotheses[0] if piece != self._prefix]
        shown = self._text(target)
        attention = result.attention[0] if result.attention else []
        return Hypothesis(shown, word_links(text, source, shown, target, attention))

    def _text(self, pieces: list[str]) -> str:
        processor = getattr(self._tokenizer, "lazy_processor", None)
        if processor is None:
            return str(self._tokenizer.decode(pieces)).strip()
        return str(processor().decode_pieces(pieces)).replace(_WORD_START, " ").strip()


def word_links(
    text: str, source: Sequence[str], shown: str, target: Sequence[str], attention: Sequence[Sequence[float]]
) -> tuple[Link, ...]:
    """Each word of a translation with the word of the source that the model most attended to.

    `source` and `target` are subword pieces, "▁" beginning a word; `attention` has a row for each target
    piece and a column for each source piece. Empty where pieces and words do not agree.
    """
    left, right = _words(text, source), _words(shown, target)
    if not left or not right or len(attention) < len(target):
        return ()
    weights: dict[int, dict[int, float]] = {}
    for row, word in enumerate(right[0]):
        for column, other in enumerate(left[0][: len(attention[row])]):
            weights.setdefault(word, {}).setdefault(other, 0.0)
            weights[word][other] += attention[row][column]
    best = {word: max(shares, key=lambda other: shares[other]) for word, shares in weights.items() if shares}
    return tuple(sorted(((left[1][o], right[1][w]) for w, o in best.items()), key=lambda link: link[1].start))


def _words(text: str, pieces: Sequence[str]) -> tuple[list[int], list[Span]] | None:
    """The word that each piece belongs to, and the words' spans without punctuation at their edges."""
    numbers, word = [], -1
    for piece in pieces:
        word += piece.startswith(_WORD_START) or word < 0
        numbers.append(word)
    spans = [_trimmed(match) for match in _CHUNK.finditer(text)]
    return (numbers, spans) if len(spans) == word + 1 else None


def _trimmed(match: re.Match[str]) -> Span:
    body = _EDGES.sub("", match[0]) or match[0]
    start = match.start() + match[0].index(body)
    return Span(start, start + len(body))


def _chained(first: Sequence[Hypothesis], second: Sequence[Hypothesis]) -> list[Hypothesis]:
    """Two translations one after another, linked through the words between."""
    out = []
    for one, two in zip(first, second, strict=True):
        sources: dict[Span, list[Span]] = {}
        for source, middle in one.links:
            sources.setdefault(middle, []).append(source)
        links = [(source, target) for middle, target in two.links for source in sources.get(middle, [])]
        out.append(Hypothesis(two.text, tuple(links)))
    return out


def install(source: str, target: str) -> str:
    """Download and install the newest package of a pair from Argos Translate's index; what it is.

    Raises ModelMissing without argostranslate or such a package, EngineError without a network.
    """
    if find_spec("argostranslate") is None:
        raise ModelMissing("Argos Translate is not installed", hint=_SETUP)
    fitting = [
        each for each in _available() if (_tag(each.from_code), _tag(each.to_code)) == (source, target)
    ]
    if not fitting:
        raise ModelMissing(f"Argos Translate has no package for {source} to {target}")
    try:
        path = max(fitting, key=lambda each: _version(each.package_version)).download()
    except OSError as error:
        raise EngineError(f"the package cannot be downloaded: {error}") from error
    return install_file(Path(path))


def _available() -> list[Any]:
    """The packages of the index. Read here: offline, argostranslate's own reader calls itself for ever."""
    from argostranslate import package, settings

    try:
        with urlopen(settings.remote_package_index, timeout=_PATIENCE) as answer:
            return [package.AvailablePackage(each) for each in json.load(answer)]
    except (OSError, ValueError) as error:
        hint = "connect this machine, or install a file: l10n engines install FILE.argosmodel"
        message = f"the index of Argos packages cannot be read: {getattr(error, 'reason', error)}"
        raise EngineError(message, hint=hint) from error


def install_file(path: Path) -> str:
    """Install a package file; what it is. Raises EngineError, naming the file, for one that is none."""
    if find_spec("argostranslate") is None:
        raise ModelMissing("Argos Translate is not installed", hint=_SETUP)
    from argostranslate import package, settings

    try:
        with zipfile.ZipFile(path) as archive:
            folder = _checked(archive, path)
            archive.extractall(settings.package_data_dir)
        found = package.Package(Path(settings.package_data_dir) / folder)
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError) as error:
        raise EngineError(f"not an Argos package: {error}", where=str(path)) from error
    return f"argos {_tag(found.from_code)}-{_tag(found.to_code)} {found.package_version}"


def _checked(archive: zipfile.ZipFile, path: Path) -> str:
    """The one folder of a package. Raises EngineError for what would leave it, or fill the disk."""
    names = [PurePosixPath(info.filename) for info in archive.infolist()]
    folders = {name.parts[0] for name in names if name.parts}
    if len(folders) != 1 or any(name.is_absolute() or ".." in name.parts for name in names):
        raise EngineError("not an Argos package: it is not one folder", where=str(path))
    if sum(info.file_size for info in archive.infolist()) > _LARGEST:
        raise EngineError("it would unpack to more than 4 GiB", where=str(path))
    folder = folders.pop()
    if PurePosixPath(folder) / "metadata.json" not in names:
        raise EngineError("not an Argos package: no metadata.json", where=str(path))
    return folder


def _install_command(source: str, target: str) -> str:
    return f"l10n engines install {source} {target}"


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))


def _tag(code: str) -> str:
    """Argos Translate's language code as a BCP 47 tag."""
    lines = (files("l10n.engines") / "data" / "argos-codes.tsv").read_text(encoding="utf-8").splitlines()
    tags = dict(line.split("\t") for line in lines if line and not line.startswith("#"))
    return tags.get(code, code)
