"""Engines on this machine: which there are, and installing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n.engines import ENGINES
from l10n.engines.argos import install as install_pair
from l10n.engines.argos import install_file
from l10n.errors import EngineError
from l10n.locales import normalize


@dataclass(frozen=True, slots=True)
class Installed:
    """An engine, and what it can translate here."""

    name: str
    pairs: dict[str, str]
    """Pair ("en-es") -> what translates it, with its version."""
    help: str
    """How to get pairs, where there are none."""


def installed() -> list[Installed]:
    """All engines, those without a pair too."""
    return [_describe(name) for name in ENGINES.names()]


def install(what: Sequence[str]) -> str:
    """Install the Argos package of a pair, or from a file; what was installed. Raises EngineError."""
    if len(what) == 2:
        return install_pair(normalize(what[0]), normalize(what[1]))
    return install_file(Path(what[0]))


def _describe(name: str) -> Installed:
    engine = ENGINES.get(name)()
    pairs = {f"{source}-{target}": engine.describe(source, target) for source, target in engine.pairs()}
    if pairs:
        return Installed(name, pairs, "")
    try:
        engine.describe("en", "uk")
    except EngineError as error:
        return Installed(name, {}, f"{error.message}\n{error.hint}")
    return Installed(name, {}, "")
