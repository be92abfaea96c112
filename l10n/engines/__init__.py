"""Engines: machine translation without a network, and drafts made with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from inspect import signature

from l10n import locales
from l10n.engines.caching import DRAFTED, Cache
from l10n.engines.contracts import Engine, Hypothesis, Link
from l10n.engines.drafting import Drafter, Lookup, draft, wanted
from l10n.engines.isolating import isolated
from l10n.errors import ConfigError, EngineError, ModelMissing
from l10n.model import ModelFolder
from l10n.plugins import Registry

__all__ = [
    "AUTO",
    "DRAFTED",
    "ENGINES",
    "Cache",
    "Drafter",
    "Engine",
    "Hypothesis",
    "Link",
    "Lookup",
    "ModelFolder",
    "choose",
    "draft",
    "isolated",
    "make",
    "wanted",
]

ENGINES: Registry[Callable[..., Engine]] = Registry(
    "engines",
    {
        "apertium": "l10n.engines.apertium:Apertium",
        "argos": "l10n.engines.argos:Argos",
        "ctranslate2": "l10n.engines.converted:Converted",
        "firefox": "l10n.engines.firefox:Firefox",
        "pseudo": "l10n.engines.pseudo:Pseudo",
    },
)
"""What makes an engine, by its name: called with nothing, or with `models`, those of the configuration
that are for it. Making one is cheap; models load when first used."""

AUTO = ("ctranslate2", "firefox", "argos", "apertium")
"""What "auto" tries, in this order: what the configuration describes before what happens to be installed,
trained models before rules. English to Ukrainian, Firefox's models have 29 BLEU and Argos's 16 (FLORES);
English to Spanish, trained models have 54 to 57 chrF and Apertium 44 (FLORES dev)."""


def make(name: str, models: Sequence[ModelFolder] = ()) -> Engine:
    """The engine of that name, with those of `models` that are for it. Raises ConfigError."""
    factory = ENGINES.get(name)
    mine = [model for model in models if model.engine == name]
    if mine and "models" not in signature(factory).parameters:
        raise ConfigError(f"{name} finds its models itself: [[models]] cannot name one for it")
    return factory(models=mine) if mine else factory()


def choose(
    name: str,
    source: str,
    target: str,
    models: Sequence[ModelFolder] = (),
    preferred: Sequence[str] = AUTO,
) -> Engine:
    """The engine of that name, or for "auto" the first of `preferred` that can translate the pair now.

    Raises ConfigError for an unknown name; ModelMissing or PairUnsupported, the hint holding the
    commands that help, where the pair cannot be translated.
    """
    if name != "auto":
        engine = make(name, models)
        engine.describe(source, target)
        return engine
    errors = []
    for each in preferred:
        try:
            return choose(each, source, target, models)
        except EngineError as error:
            errors.append(error)
    hints = "\n".join(dict.fromkeys(error.hint for error in errors if isinstance(error, ModelMissing)))
    if target in locales.PSEUDO:
        hints = f"l10n draft --engine pseudo -l {target}"
    raise ModelMissing(f"no engine on this machine translates {source} to {target}", hint=hints)
