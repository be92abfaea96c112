"""What a translation engine is and what it gives back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from l10n.model import Span

Link = tuple[Span, Span]
"""A word (or a fixed phrase) of the source text and a word of the target text that renders it."""

ANY = "und"
"""As a source language in `Engine.pairs`: any language will do."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One sentence translated: plain text, with what the engine knows of where its words came from."""

    text: str
    """Empty where the engine failed on this sentence."""
    links: tuple[Link, ...] = ()
    """Spans are those of whole words; target spans are equal or disjoint. Empty where nothing is known."""
    unknown: int = 0
    """How many words the engine could not translate and left as they were."""
    others: tuple[Hypothesis, ...] = ()
    """Other translations of the same sentence, next best first, where the engine has them at little cost:
    the one is taken that keeps numbers and codes. They have no others themselves."""


class Engine(Protocol):
    """A machine translator that works without a network.

    It sees plain sentences only: `draft` keeps codes, placeholders and addresses away from it.
    """

    name: str

    def pairs(self) -> Sequence[tuple[str, str]]:
        """The installed pairs, source and target, as BCP 47 tags.

        Cheap, and never raises: empty where the program or its models are missing.
        """
        ...

    def describe(self, source: str, target: str) -> str:
        """What will translate this pair, with its version: "apertium eng-spa 0.8.1".

        Raises ModelMissing or PairUnsupported, the hint being the command that helps.
        """
        ...

    def licence(self, source: str, target: str) -> str:
        """The licence of what translates this pair, as it says itself; empty where it does not.

        Raises as `describe` does.
        """
        ...

    def sentinel(self, index: int) -> str | None:
        """A word that passes through unchanged, another one for each index from 0, to hold the place
        of something that must not be translated; None where no word is safe."""
        ...

    def translate(self, texts: Sequence[str], source: str, target: str) -> Iterator[Hypothesis]:
        """One hypothesis for each text, in order, as they become ready.

        Raises ModelMissing or PairUnsupported as `describe` does, EngineError where the engine
        cannot work or breaks on a text; the caller may then ask for fewer.
        """
        ...

    def close(self) -> None:
        """Give back processes and memory. The engine may be used again afterwards."""
        ...
