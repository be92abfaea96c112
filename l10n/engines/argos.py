"""Argos Translate: neural translation with its packages, decoded straight through CTranslate2.

Its own translation interface is not used: it translates sentence by sentence, splits sentences with a
model that it downloads at run time, and turns every `_` into a space. With the same beam and penalty
the texts are the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from l10n.engines.contracts import Hypothesis
from l10n.engines.decoding import SETUP, Model
from l10n.engines.packages import PIVOT, load, pair_of, readme_of, unpacked, usable, version_of
from l10n.engines.pairing import chained, chains, route
from l10n.errors import ModelMissing
from l10n.laziness import expression

_LICENCE = expression(r"^.*\blicen[cs]e.*$", re.IGNORECASE | re.MULTILINE)


class Argos:
    """The engine. It works with the packages that are installed for argostranslate."""

    name = "argos"

    def __init__(self) -> None:
        self._models: dict[tuple[str, str], Model] = {}

    def pairs(self) -> Sequence[tuple[str, str]]:
        return sorted({*self._packages, *chains(self._packages, PIVOT)})

    def describe(self, source: str, target: str) -> str:
        steps = self._route(source, target)
        return " ".join(["argos", *(f"{s}-{t} {self._packages[s, t].package_version}" for s, t in steps)])

    def licence(self, source: str, target: str) -> str:
        """What the packages' read-me files say of it."""
        readmes = [readme_of(self._packages[step]) for step in self._route(source, target)]
        found = [match[0].strip(" #*-") for text in readmes if (match := _LICENCE.search(text))]
        return "; ".join(dict.fromkeys(found))

    def sentinel(self, index: int) -> str | None:
        return None

    def translate(self, texts: Sequence[str], source: str, target: str) -> Iterator[Hypothesis]:
        first, *more = self._route(source, target)
        found = self._model(first).translate(texts)
        for step in more:
            found = chained(found, self._model(step).translate([each.text for each in found]))
        return iter(found)

    def close(self) -> None:
        self._models.clear()

    @cached_property
    def _packages(self) -> dict[tuple[str, str], Any]:
        """The packages by pair: of several versions the newest."""
        if not usable():
            return {}
        return {pair_of(each): each for each in sorted(unpacked(), key=version_of)}

    def _route(self, source: str, target: str) -> list[tuple[str, str]]:
        """The installed pairs that lead from one locale to another: one, or two through English."""
        command = f"l10n engines install {source} {target}"
        if not usable():
            raise ModelMissing("Argos Translate is not installed", hint=f"{SETUP}\n{command}")
        found = route(self._packages, source, target, PIVOT)
        if not found:
            raise ModelMissing(f"no Argos model is installed for {source} to {target}", hint=command)
        return found

    def _model(self, pair: tuple[str, str]) -> Model:
        if pair not in self._models:
            self._models[pair] = load(self._packages[pair])
        return self._models[pair]
