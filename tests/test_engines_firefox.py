"""Firefox Translations: models are found, described and refused; none is at hand to translate with."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from l10n import engines
from l10n.engines import ModelFolder
from l10n.errors import EngineError, ModelMissing

pytest.importorskip("fxtranslate", reason="the extra `firefox` is not installed")


def store(folder: Path, pair: str, *vocabularies: str) -> Path:
    """A folder as `fxtranslate models add` leaves it, but for what the files hold."""
    folder = folder / pair
    folder.mkdir(parents=True)
    letters = pair.replace("-", "")
    for name in (f"model.{letters}.intgemm.alphas.bin", *(f"{each}.{letters}.spm" for each in vocabularies)):
        (folder / name).write_bytes(b"not a model")
    return folder


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where fxtranslate stores models, which is empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "fxtranslate" / "models"


def test_stored_models_are_found_and_chained(stored: Path) -> None:
    store(stored, "en-uk", "vocab")
    store(stored, "es-en", "srcvocab", "trgvocab")
    (stored / "en-de").mkdir()
    (stored / "notes").mkdir()
    firefox = engines.make("firefox")
    assert list(firefox.pairs()) == [("en", "uk"), ("es", "en"), ("es", "uk")]
    digest = hashlib.sha256(b"not a model").hexdigest()[:8]
    assert firefox.describe("es", "uk-UA") == f"firefox es-en {digest} en-uk {digest}"
    assert firefox.licence("en", "uk") == "MPL-2.0"
    with pytest.raises(ModelMissing) as caught:
        firefox.describe("en", "de")
    assert caught.value.hint == "fxtranslate models add en de"


def test_described_models_come_first(stored: Path, tmp_path: Path) -> None:
    store(stored, "en-uk", "vocab")
    folder = store(tmp_path / "mine", "en-uk", "vocab")
    model = ModelFolder("firefox", "en", "uk", folder, version="2.1", licence="CC0-1.0")
    firefox = engines.make("firefox", [model])
    assert firefox.describe("en", "uk") == "firefox en-uk 2.1"
    assert firefox.licence("en", "uk") == "CC0-1.0"


@pytest.mark.parametrize("vocabularies", [("vocab",), ("srcvocab", "trgvocab")])
def test_files_that_hold_no_model(stored: Path, vocabularies: tuple[str, ...]) -> None:
    folder = store(stored, "en-uk", *vocabularies)
    firefox = engines.make("firefox")
    with pytest.raises(EngineError, match="the model cannot be loaded") as caught:
        list(firefox.translate(["Hello."], "en", "uk"))
    assert caught.value.where == str(folder)


def test_half_a_model_is_none(stored: Path) -> None:
    store(stored, "en-uk", "srcvocab")
    firefox = engines.make("firefox")
    assert firefox.pairs() == []
