"""Engines on this machine: which there are, and installing more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from l10n.engines import ENGINES, Engine, ModelFolder, make
from l10n.engines.packages import Progress, install_file
from l10n.engines.packages import install as install_pair
from l10n.errors import ConfigError, EngineError
from l10n.locales import normalize


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of languages that an engine translates here."""

    source: str
    target: str
    description: str
    """What translates it, with its version."""
    licence: str
    """Of the model or the rules; empty where they do not say."""


@dataclass(frozen=True, slots=True)
class Installed:
    """An engine, and what it can translate here."""

    name: str
    pairs: tuple[Pair, ...]
    help: str
    """What is in the way and how to get pairs, where there are none."""


def installed(models: Sequence[ModelFolder] = ()) -> list[Installed]:
    """All engines, those without a pair too; `models` are those that the configuration describes.

    Raises ConfigError for a model that no engine takes.
    """
    return [_installed(name, models) for name in ENGINES.names()]


def install(what: Sequence[str], progress: Progress) -> str:
    """Install the Argos package of a pair, or from a file; what was installed. Raises EngineError."""
    if len(what) == 2:
        return install_pair(normalize(what[0]), normalize(what[1]), progress)
    return install_file(Path(what[0]))


def _installed(name: str, models: Sequence[ModelFolder]) -> Installed:
    try:
        return _describe(make(name, models))
    except ConfigError:
        raise
    except Exception as error:  # whatever an engine of another package may raise
        return Installed(name, (), f"it cannot be used: {type(error).__name__}: {error}")


def _describe(engine: Engine) -> Installed:
    pairs = [
        Pair(source, target, engine.describe(source, target), engine.licence(source, target))
        for source, target in engine.pairs()
    ]
    return Installed(engine.name, tuple(pairs), "" if pairs else _help(engine))


def _help(engine: Engine) -> str:
    try:
        engine.describe("en", "uk")
    except EngineError as error:
        return f"{error}\n{error.hint}".strip()
    return ""
