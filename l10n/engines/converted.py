"""Any model in CTranslate2's format with SentencePiece files: OPUS-MT, NLLB and others, from a folder.

Which there are is said in the configuration (`[[models]]`): a folder does not tell its languages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from l10n.engines.contracts import Hypothesis
from l10n.engines.decoding import MODEL, SETUP, Model, SentencePieces, available, fingerprint
from l10n.engines.pairing import serving
from l10n.errors import ModelMissing, PairUnsupported
from l10n.model import ModelFolder

_MODELS = (MODEL, f"model/{MODEL}")
_SOURCES = ("source.spm", "sentencepiece.model", "sentencepiece.bpe.model", "spm.model")
"""Names of the tokenizer in models of OPUS-MT, of Argos Translate, and of NLLB and M2M."""
_TARGETS = ("target.spm",)
"""Names of the target language's own tokenizer, where there is one."""


class Converted:
    """The engine."""

    name = "ctranslate2"

    def __init__(self, models: Sequence[ModelFolder] = ()) -> None:
        self._described = {(each.source, each.target): each for each in models}
        self._models: dict[tuple[str, str], Model] = {}

    def pairs(self) -> Sequence[tuple[str, str]]:
        if not available():
            return []
        return [pair for pair, each in self._described.items() if not _lacking(each.folder)]

    def describe(self, source: str, target: str) -> str:
        model = self._model_folder(source, target)
        version = model.version or fingerprint(_first(model.folder, _MODELS) or model.folder)
        prefixes = filter(None, (model.source_prefix, model.target_prefix))
        return " ".join(["ctranslate2", model.folder.name, version, *prefixes])

    def licence(self, source: str, target: str) -> str:
        return self._model_folder(source, target).licence

    def sentinel(self, index: int) -> str | None:
        return None

    def translate(self, texts: Sequence[str], source: str, target: str) -> Iterator[Hypothesis]:
        model = self._model_folder(source, target)
        pair = model.source, model.target
        if pair not in self._models:
            self._models[pair] = _load(model)
        return iter(self._models[pair].translate(texts))

    def close(self) -> None:
        self._models.clear()

    def _model_folder(self, source: str, target: str) -> ModelFolder:
        pair = serving(self._described, source, target)
        if pair is None:
            hint = "describe one in the configuration: [[models]] with engine, source, target, folder"
            raise PairUnsupported(f"no converted model is described for {source} to {target}", hint=hint)
        if not available():
            raise ModelMissing("CTranslate2 is not installed", hint=SETUP)
        model = self._described[pair]
        if lacking := _lacking(model.folder):
            hint = "mend `folder` of [[models]] in the configuration, or copy the whole model there"
            raise ModelMissing(f"the model's folder has no {lacking}", where=str(model.folder), hint=hint)
        return model


def _load(folder: ModelFolder) -> Model:
    model, source, target = (_first(folder.folder, names) for names in (_MODELS, _SOURCES, _TARGETS))
    assert model is not None  # or something would be lacking
    assert source is not None
    tokenizer = SentencePieces(source, target)
    return Model(
        model.parent,
        tokenizer,
        source_prefix=folder.source_prefix,
        source_end=_source_end(model.with_name("config.json")),
        target_prefix=folder.target_prefix,
    )


def _source_end(path: Path) -> str:
    """The piece that must end every source, where CTranslate2 does not add it by itself.

    Models converted from the library `transformers` (OPUS-MT, NLLB) have learnt so, and their decoders
    start with a padding or an end, not with a beginning. Empty where none is wanted, or nothing is said.
    """
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    end = str(config.get("eos_token", "</s>"))
    learnt = config.get("decoder_start_token") in ("<pad>", end)
    return end if learnt and not config.get("add_source_eos") else ""


def _lacking(folder: Path) -> str:
    """What a folder must have and has not; empty where all is there."""
    missing = [names[0] for names in (_MODELS, _SOURCES) if _first(folder, names) is None]
    return " and no ".join(missing)


def _first(folder: Path, names: Sequence[str]) -> Path | None:
    return next((folder / name for name in names if (folder / name).is_file()), None)
