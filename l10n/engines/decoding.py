"""Decoding: a converted model and its tokenizer, turned into hypotheses through CTranslate2."""

from __future__ import annotations

import hashlib
import mmap
import os
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from l10n.engines.contracts import Hypothesis, Link
from l10n.errors import EngineError
from l10n.laziness import expression
from l10n.model import Span

SETUP = "pip install 'l10n-articles[argos]'"
"""What brings the libraries that this module needs."""
MODEL = "model.bin"
"""The file in a folder that holds a converted model."""
BEAM = 4
LENGTH_PENALTY = 0.2
"""As Argos Translate has it; a stronger one favours longer translations."""
_BATCH_TOKENS = 512
"""Subword pieces in a batch, padding included: what bounds the memory. Larger batches gain little."""
_LONGEST_INPUT, _LONGEST_OUTPUT = 512, 256
_WORD_START = "▁"
_JOINER = "@@"
"""What ends a piece of byte-pair encoding that is not the last of its word."""
_CHUNK = expression(r"\S+")
_EDGES = expression(r"^\W+|\W+$")
_UNSPACED = expression(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Japanese, Chinese."""
_HEADS = b"decoder/alignment_heads\0"
_POSITIONS = b"decoder/position_encodings/encodings\0"


def available() -> bool:
    """Whether the libraries are installed."""
    return all(map(find_spec, ("ctranslate2", "sentencepiece")))


@cache
def fingerprint(path: Path) -> str:
    """What tells a model that names no version from another one: the beginning of its SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:8]


class Tokenizer(Protocol):
    """Cuts a sentence into the pieces that a model knows, and puts such pieces together."""

    def encode(self, text: str) -> list[str]: ...

    def decode(self, pieces: list[str]) -> str: ...


class SentencePieces:
    """SentencePiece's tokenizer, from one file or from one for each language."""

    def __init__(self, source: Path, target: Path | None = None) -> None:
        self._source = _processor(source)
        self._target = _processor(target) if target and target != source else self._source

    def encode(self, text: str) -> list[str]:
        return list(self._source.encode(text, out_type=str))

    def decode(self, pieces: list[str]) -> str:
        return str(self._target.decode_pieces(pieces)).replace(_WORD_START, " ")


class Model:
    """A converted model, ready to decode.

    `source_prefix` is the piece that the model wants before every source ("" for none), as OPUS-MT's
    models into several languages do, `source_end` the one behind it; `target_prefix` is the one that
    every target begins with.
    """

    def __init__(
        self,
        folder: Path,
        tokenizer: Tokenizer,
        *,
        source_prefix: str = "",
        source_end: str = "",
        target_prefix: str = "",
    ) -> None:
        self._tokenizer = tokenizer
        self._before = [source_prefix] if source_prefix else []
        self._after = [source_end] if source_end else []
        self._begin = [target_prefix] if target_prefix else []
        self._translator, positions = _load(folder)
        self._longest_input = min(_LONGEST_INPUT, positions - 1)  # the model may add an end
        self._longest_output = min(_LONGEST_OUTPUT, positions - 1)

    def translate(self, texts: Sequence[str]) -> list[Hypothesis]:
        """Translate sentences, in batches of like length; in the order in which they came.

        A sentence that is too long for the model, or at whose end it does not arrive, has an empty
        hypothesis. Raises EngineError where the model fails.
        """
        pieces = [self._before + self._tokenizer.encode(text) + self._after for text in texts]
        fitting = [number for number, each in enumerate(pieces) if len(each) <= self._longest_input]
        results = dict(zip(fitting, self._decode([pieces[number] for number in fitting]), strict=True))
        return [
            self._hypothesis(text, pieces[number], results.get(number)) for number, text in enumerate(texts)
        ]

    def _decode(self, batch: list[list[str]]) -> list[Any]:
        try:
            found: list[Any] = self._translator.translate_batch(
                batch,
                target_prefix=[self._begin] * len(batch) if self._begin else None,
                max_batch_size=_BATCH_TOKENS,
                batch_type="tokens",
                beam_size=BEAM,
                num_hypotheses=BEAM,
                length_penalty=LENGTH_PENALTY,
                max_input_length=0,
                max_decoding_length=self._longest_output,
                replace_unknowns=True,
                return_attention=True,
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"the model failed: {error}") from error
        return found

    def _hypothesis(self, text: str, source: list[str], result: Any) -> Hypothesis:
        if result is None or len(result.hypotheses[0]) >= self._longest_output:
            return Hypothesis("")
        first, *others = [
            self._shown(text, source, *each)
            for each in zip(result.hypotheses, result.attention, strict=True)
            if len(each[0]) < self._longest_output
        ]
        return Hypothesis(first.text, first.links, others=tuple(others))

    def _shown(
        self, text: str, source: list[str], target: list[str], attention: list[list[float]]
    ) -> Hypothesis:
        skip = len(self._begin) if target[: len(self._begin)] == self._begin else 0
        shown = self._tokenizer.decode(target[skip:]).strip()
        rows = [row[len(self._before) :] for row in attention[skip:]]
        return Hypothesis(shown, word_links(text, source[len(self._before) :], shown, target[skip:], rows))


def word_links(
    text: str, source: Sequence[str], shown: str, target: Sequence[str], attention: Sequence[Sequence[float]]
) -> tuple[Link, ...]:
    """Each word of a translation with the word of the source that the model most attended to.

    `source` and `target` are the subword pieces of `text` and `shown`; `attention` has a row for each
    target piece and a column for each source piece.
    """
    import numpy

    columns, left = _grouped(_words(text, source))
    rows, right = _grouped(_words(shown, target)[: len(attention)])
    if not left or not right:
        return ()
    weights = numpy.array([attention[row] for row in rows])[:, list(columns)]
    shares = numpy.zeros((len(right), len(left)))
    numpy.add.at(shares, numpy.ix_(list(rows.values()), list(columns.values())), weights)
    best = [(left[number], word) for number, word in zip(shares.argmax(axis=1), right, strict=True)]
    return tuple(sorted(best, key=lambda link: link[1].start))


def _grouped(words: Sequence[Span | None]) -> tuple[dict[int, int], list[Span]]:
    """For each piece that belongs to a word, the word's number; and the words."""
    spans = list(dict.fromkeys(word for word in words if word))
    numbers = {span: number for number, span in enumerate(spans)}
    return {at: numbers[word] for at, word in enumerate(words) if word}, spans


def _words(text: str, pieces: Sequence[str]) -> list[Span | None]:
    """The word of `text` that each piece is part of; None for punctuation and for what is not found."""
    words = iter(_word_spans(text))
    word, out = next(words, None), list[Span | None]()
    for span in _places(text, pieces):
        while word and span and word.end <= span.start:
            word = next(words, None)
        inside = word is not None and span is not None and span.start < word.end and word.start < span.end
        out.append((span if span and _UNSPACED.search(span.of(text)) else word) if inside else None)
    return out


def _places(text: str, pieces: Sequence[str]) -> Iterator[Span | None]:
    """Where each piece stands: soon after the one before it, or nowhere if normalizing has changed it."""
    at = 0
    for piece in pieces:
        bare = piece.removeprefix(_WORD_START).removesuffix(_JOINER)
        start = text.find(bare, at, at + len(bare) + 8) if bare else -1
        yield Span(start, start + len(bare)) if start >= 0 else None
        at = max(at, start + len(bare)) if start >= 0 else at


def _word_spans(text: str) -> Iterator[Span]:
    """What stands between blanks, without punctuation at its edges."""
    for match in _CHUNK.finditer(text):
        body = _EDGES.sub("", match[0]) or match[0]
        start = match.start() + match[0].index(body)
        yield Span(start, start + len(body))


def _processor(path: Path) -> Any:
    import sentencepiece

    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:
        raise EngineError(
            "the tokenizer cannot be loaded: no SentencePiece model", where=str(path)
        ) from error


def _load(folder: Path) -> tuple[Any, int]:
    """The model of a folder, with one core for each of as many translations as there are cores; and how
    many pieces it can tell the places of."""
    import ctranslate2

    try:
        found = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != MODEL}
        with (
            (folder / MODEL).open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) as data,
        ):
            _average_heads(data)
            translator = ctranslate2.Translator(
                str(folder), files={**found, MODEL: data}, inter_threads=os.cpu_count() or 1, intra_threads=1
            )
            return translator, _positions(data)
    except (OSError, RuntimeError, ValueError, MemoryError) as error:
        raise EngineError(f"the model cannot be loaded: {error}", where=str(folder)) from error


def _average_heads(data: mmap.mmap) -> None:
    """Let the model give the attention of all heads of its last layer, not of the first alone.

    How many is a variable of the model: a name, the rank 0, a type, a size of 2 bytes, and the number,
    0 for all. Of the words of two test models, 66% found their source by one head, 90% by all.
    """
    at = data.find(_HEADS, 0) + len(_HEADS)
    if at >= len(_HEADS) and data[at] == 0 and data[at + 2 : at + 6] == b"\2\0\0\0":
        data[at + 6 : at + 8] = b"\0\0"


def _positions(data: mmap.mmap) -> int:
    """How many places the model has learnt: the first dimension of a variable, after its name and rank.

    A model without it computes them, and knows no end.
    """
    at = data.find(_POSITIONS, 0) + len(_POSITIONS)
    return int.from_bytes(data[at + 1 : at + 5], "little") if at >= len(_POSITIONS) else sys.maxsize
