"""Batching: many texts through one engine, each once, in batches of like length, whatever it does.

An engine may fail on a text, give fewer or more answers than it was asked, or nonsense. A batch that
failed is asked again in smaller ones, so that only the texts that cannot be translated go without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from textwrap import shorten

from l10n.engines.caching import Cache
from l10n.engines.contracts import Engine, Hypothesis, Link
from l10n.errors import EngineError, L10nError, ModelMissing, PairUnsupported
from l10n.laziness import expression
from l10n.model import Span

_TEXTS, _CHARACTERS = 256, 32_768
"""What a batch holds at the most: enough for an engine to sort and share out among its threads, and not
more than a few seconds' work, for a killed run loses it."""
_SMALLER = 16
"""How many texts the batches have into which one that failed is cut, before they are asked one by one."""
_TRIES = 3
"""How many texts may fail one after another before the engine is given up."""
_LONGEST = 800
"""Characters; a longer text is cut, for trained models stop after some two hundred words."""
_CUTS = (expression(r".*[.!?…][\"'”’»)\]]*\s", re.DOTALL), expression(r".*[;:,]\s", re.DOTALL),
         expression(r".*[。！？；，、]", re.DOTALL), expression(r".*\s", re.DOTALL))  # fmt: skip
"""Where a long text is cut best: behind a sentence, a clause, a word."""


@dataclass
class Sender:
    """Sends texts to an engine, and knows what it has answered."""

    engine: Engine
    source: str
    target: str
    cache: Cache = field(default_factory=Cache)
    failures: dict[str, str] = field(default_factory=dict)
    """Text -> why the engine gave nothing for it."""
    asked: int = 0
    """How many texts went to the engine."""
    _in_a_row: int = 0

    def translate(self, texts: Sequence[str], done: Callable[[int], None]) -> dict[str, Hypothesis]:
        """A hypothesis for each text that the engine can translate; `done` is told how many more are.

        Raises ModelMissing or PairUnsupported where the engine cannot work, EngineError where it fails
        again and again.
        """
        parts = {text: list(cut(text)) for text in dict.fromkeys(texts)}
        wanted = dict.fromkeys(part for each in parts.values() for part in each)
        maker = f"{self.engine.describe(self.source, self.target)}, {self.source}-{self.target}"
        found = self.cache.known(maker, wanted)
        done(len(found))
        for batch in batches([part for part in wanted if part not in found]):
            answers = self._answers(batch, _SMALLER, done)
            with suppress(EngineError):  # a full disk costs the next run its answers, not this one
                self.cache.keep(maker, answers)
            found |= answers
        return {text: joined(text, each, found) for text, each in parts.items() if found.keys() >= set(each)}

    def _answers(
        self, batch: Sequence[str], smaller: int, done: Callable[[int], None]
    ) -> dict[str, Hypothesis]:
        try:
            answers = self._ask(batch)
        except (ModelMissing, PairUnsupported):
            raise
        except Exception as error:  # whatever a plug-in may raise
            return self._again(batch, smaller, done, error)
        self._in_a_row = 0
        done(len(batch))
        return {text: answer for text, answer in answers.items() if answer.text.strip()}

    def _ask(self, batch: Sequence[str]) -> dict[str, Hypothesis]:
        self.asked += len(batch)
        answers = list(self.engine.translate(batch, self.source, self.target))
        if len(answers) != len(batch):  # nothing tells which answer belongs to which text
            raise EngineError(f"it gave {len(answers)} answers to {len(batch)} texts")
        return {text: sound(text, answer) for text, answer in zip(batch, answers, strict=True)}

    def _again(
        self, batch: Sequence[str], smaller: int, done: Callable[[int], None], error: Exception
    ) -> dict[str, Hypothesis]:
        """The answers to a batch that failed, in smaller ones."""
        if len(batch) > 1:
            size, next_size = (smaller, 1) if len(batch) > smaller else (1, 1)
            cuts = [batch[at : at + size] for at in range(0, len(batch), size)]
            return {
                text: answer for each in cuts for text, answer in self._answers(each, next_size, done).items()
            }
        why = error.message if isinstance(error, L10nError) else f"{type(error).__name__}: {error}"
        why = shorten(why, 200, placeholder="…")
        self.failures[batch[0]] = f"the engine failed: {why}"
        self._in_a_row += 1
        if self._in_a_row >= _TRIES:
            raise EngineError(f"{self.engine.name} fails again and again: {why}")
        done(1)
        return {}


def batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in batches, longest first."""
    batch: list[str] = []
    size = 0
    for text in sorted(texts, key=len, reverse=True):
        if batch and (len(batch) == _TEXTS or size + len(text) > _CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def cut(text: str) -> Iterator[str]:
    """The parts of a long text, without the white space at their edges; a text of usual length whole."""
    rest = text.strip()
    while len(rest) > _LONGEST:
        found = next(filter(None, (pattern.match(rest, 0, _LONGEST) for pattern in _CUTS)), None)
        part, rest = (
            (rest[: found.end()], rest[found.end() :]) if found else (rest[:_LONGEST], rest[_LONGEST:])
        )
        yield part.strip()
        rest = rest.lstrip()
    if rest:
        yield rest


def joined(text: str, parts: Sequence[str], found: dict[str, Hypothesis]) -> Hypothesis:
    """The translations of the parts of a text as one, with the white space that was around and between."""
    if list(parts) == [text]:
        return found[text]
    out, links, unknown, at, length = [], list[Link](), 0, 0, 0
    for part in parts:
        start = text.index(part, at)
        space, hypothesis = text[at:start], found[part]
        shift = length + len(space)
        links += [(_moved(one, start), _moved(other, shift)) for one, other in hypothesis.links]
        unknown += hypothesis.unknown
        out += [space, hypothesis.text]
        at, length = start + len(part), shift + len(hypothesis.text)
    others = found[parts[0]].others if len(parts) == 1 else ()
    return Hypothesis(
        "".join([*out, text[at:]]), tuple(links), unknown, tuple(map(_around(text, parts), others))
    )


def _around(text: str, parts: Sequence[str]) -> Callable[[Hypothesis], Hypothesis]:
    """What gives another translation of the only part of a text the white space around it."""
    return lambda other: joined(text, parts, {parts[0]: replace(other, others=())})


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def sound(text: str, answer: Hypothesis) -> Hypothesis:
    """An answer without links that lie outside of the texts. Raises TypeError for what is no answer."""
    if not isinstance(answer, Hypothesis) or not isinstance(answer.text, str):
        raise TypeError("it gave something that is no translation")
    links = tuple(
        (one, other)
        for one, other in answer.links
        if 0 <= one.start < one.end <= len(text) and 0 <= other.start < other.end <= len(answer.text)
    )
    others = tuple(sound(text, replace(other, others=())) for other in answer.others)
    return replace(answer, links=links, others=others)
