"""Engines as nobody wants them, on the public contract: they drop, double, move, make up, fail, hang."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from l10n.engines import Hypothesis, Link
from l10n.errors import EngineError
from l10n.model import Span


@dataclass
class Fake:
    """What all of them share. It translates every pair."""

    name: str = "fake"
    asked: list[str] = field(default_factory=list)
    """The texts that it was given."""

    def pairs(self) -> Sequence[tuple[str, str]]:
        return [("und", "es")]

    def describe(self, source: str, target: str) -> str:
        return f"{self.name} 1.0"

    def licence(self, source: str, target: str) -> str:
        return ""

    def sentinel(self, index: int) -> str | None:
        return None

    def translate(self, texts: Sequence[str], source: str, target: str) -> Iterator[Hypothesis]:
        for text in texts:
            self.asked.append(text)
            yield self.answer(text)

    def answer(self, text: str) -> Hypothesis:
        """Every word told apart from its source, and linked to it."""
        words, links, at = text.split(" "), list[Link](), 0
        shown = [f"{word}o" if word.isalpha() else word for word in words]
        place = 0
        for word, other in zip(words, shown, strict=True):
            if word:
                links.append((Span(at, at + len(word)), Span(place, place + len(other))))
            at, place = at + len(word) + 1, place + len(other) + 1
        return Hypothesis(" ".join(shown), tuple(links))

    def close(self) -> None:
        """Nothing is held."""


@dataclass
class Adversary(Fake):
    """Spoils each text in one of many ways, drawn by a seed; some texts come out well."""

    name: str = "adversary"
    seed: int = 0

    def sentinel(self, index: int) -> str | None:
        return f"Qz{chr(ord('a') + index % 26)}{index}" if self.seed % 2 else None

    def translate(self, texts: Sequence[str], source: str, target: str) -> Iterator[Hypothesis]:
        chance = random.Random(f"{self.seed} {texts}")
        answers = [self.spoilt(text, chance) for text in texts]
        if chance.random() < 0.1:
            answers = answers[:-1]
        if chance.random() < 0.1:
            answers += answers[:1]
        if chance.random() < 0.2:
            chance.shuffle(answers)
        yield from answers

    def spoilt(self, text: str, chance: random.Random) -> Hypothesis:
        good = self.answer(text)
        words = good.text.split(" ")
        ways = (
            lambda: good.text,
            lambda: " ".join(chance.sample(words, len(words))),
            lambda: " ".join(words[: len(words) // 2]),
            lambda: " ".join(words * 3),
            lambda: (
                f"{good.text} {chance.choice(['7', '<a1>', '</em2>', '{x}', 'https://x.org/', '&lt;b1>'])}"
            ),
            lambda: good.text.replace(chance.choice(words), ""),
            lambda: text[::-1],
            lambda: "ha " * 40,
            lambda: "\x00\ud800\n",
            lambda: "",
            lambda: "".join(chance.choice("abc 12.,<>/&;{}%é日\u202e\n") for _ in range(len(text))),
        )
        shown = chance.choice(ways)()
        links = [self._link(text, shown, chance) for _ in range(chance.randrange(12))]
        kept = good.links if shown == good.text else ()
        return Hypothesis(shown, (*kept, *links) if chance.random() < 0.8 else (), others=(good,))

    def _link(self, text: str, shown: str, chance: random.Random) -> Link:
        places = [chance.randrange(-3, len(each) + 4) for each in (text, text, shown, shown)]
        return Span(places[0], places[1]), Span(places[2], places[3])


class Crashing(Fake):
    """Ends its process at texts that say so, and raises at others."""

    def answer(self, text: str) -> Hypothesis:
        if "crash" in text:
            os._exit(7)
        if "raise" in text:
            raise ValueError("a stray value")
        if "nothing" in text:
            return None  # type: ignore[return-value]
        return super().answer(text)


class Hanging(Fake):
    """Sleeps at texts that say so."""

    def answer(self, text: str) -> Hypothesis:
        if "hang" in text:
            time.sleep(60)
        return super().answer(text)


class Dead(Fake):
    """Never works."""

    def answer(self, text: str) -> Hypothesis:
        raise EngineError("the model is broken")


class Slow(Fake):
    """Takes its time for each text."""

    def answer(self, text: str) -> Hypothesis:
        time.sleep(0.01)
        return super().answer(text)
