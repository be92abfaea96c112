"""Firefox Translations: Mozilla's models for translating on one's own machine, through `fxtranslate`.

Models are those that the configuration describes, and those that `fxtranslate` has stored; none is
downloaded here. They give no alignment, so sentences with codes are translated in pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from l10n.engines.contracts import Hypothesis
from l10n.engines.decoding import fingerprint
from l10n.engines.pairing import chained, chains, route
from l10n.errors import EngineError, ModelMissing
from l10n.model import ModelFolder

if TYPE_CHECKING:
    from fxtranslate import Translator

_SETUP = "pip install 'l10n-articles[firefox]'"
_PIVOT = ("en",)
"""Every model of Mozilla's leads into English or out of it."""
_LICENCE = "MPL-2.0"
_MODEL, _SHORTLIST = "model.*.bin", "lex.*.bin"
_SHARED, _OWN = "vocab.*.spm", ("srcvocab.*.spm", "trgvocab.*.spm")
"""Names of the files of a model: one vocabulary for both languages, or one for each."""


class Firefox:
    """The engine."""

    name = "firefox"

    def __init__(self, models: Sequence[ModelFolder] = ()) -> None:
        self._described = models
        self._models: dict[tuple[str, str], Translator] = {}

    def pairs(self) -> Sequence[tuple[str, str]]:
        return sorted({*self._folders, *chains(self._folders, _PIVOT)})

    def describe(self, source: str, target: str) -> str:
        steps = [self._folders[step] for step in self._route(source, target)]
        versions = [each.version or fingerprint(_file(each.folder, _MODEL)) for each in steps]
        parts = (f"{each.source}-{each.target} {v}" for each, v in zip(steps, versions, strict=True))
        return " ".join(["firefox", *parts])

    def licence(self, source: str, target: str) -> str:
        steps = self._route(source, target)
        return "; ".join(dict.fromkeys(self._folders[step].licence or _LICENCE for step in steps))

    def sentinel(self, index: int) -> str | None:
        return None

    def translate(self, texts: Sequence[str], source: str, target: str) -> Iterator[Hypothesis]:
        models = [self._model(step) for step in self._route(source, target)]
        for text in texts:
            found = [Hypothesis(text)]
            for model in models:
                found = chained(found, [Hypothesis(model.translate(found[0].text))])
            yield found[0]

    def close(self) -> None:
        self._models.clear()

    @cached_property
    def _folders(self) -> dict[tuple[str, str], ModelFolder]:
        if find_spec("fxtranslate") is None:
            return {}
        described = {(each.source, each.target): each for each in self._described if _is_model(each.folder)}
        return {(each.source, each.target): each for each in _stored()} | described

    def _route(self, source: str, target: str) -> list[tuple[str, str]]:
        command = f"fxtranslate models add {source} {target}"
        if find_spec("fxtranslate") is None:
            raise ModelMissing("Firefox Translations is not installed", hint=f"{_SETUP} && {command}")
        found = route(self._folders, source, target, _PIVOT)
        if not found:
            message = f"no model of Firefox Translations is on this machine for {source} to {target}"
            raise ModelMissing(message, hint=command)
        return found

    def _model(self, pair: tuple[str, str]) -> Translator:
        if pair not in self._models:
            self._models[pair] = _load(self._folders[pair].folder)
        return self._models[pair]


def _stored() -> Iterator[ModelFolder]:
    """The models in the folder where `fxtranslate` keeps what it has downloaded."""
    from fxtranslate import Cache

    root = Path(Cache().root)
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        source, dash, target = folder.name.partition("-")
        if dash and _is_model(folder):
            yield ModelFolder(Firefox.name, source, target, folder)


def _is_model(folder: Path) -> bool:
    shared = _found(folder, _SHARED) or all(_found(folder, pattern) for pattern in _OWN)
    return bool(shared and _found(folder, _MODEL))


def _load(folder: Path) -> Translator:
    from fxtranslate import Translator

    shared, shortlist = _found(folder, _SHARED), _found(folder, _SHORTLIST)
    source, target = (shared or _file(folder, pattern) for pattern in _OWN)
    try:
        return Translator(
            _file(folder, _MODEL).read_bytes(),
            source.read_bytes(),
            target.read_bytes(),
            shortlist.read_bytes() if shortlist else None,
        )
    except (OSError, ValueError) as error:
        raise EngineError(f"the model cannot be loaded: {error}", where=str(folder)) from error


def _file(folder: Path, pattern: str) -> Path:
    found = _found(folder, pattern)
    if found is None:
        raise ModelMissing(f"the model's folder has no file {pattern}", where=str(folder))
    return found


def _found(folder: Path, pattern: str) -> Path | None:
    return next(iter(sorted(folder.glob(pattern))), None)
