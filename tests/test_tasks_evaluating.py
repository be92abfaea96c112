"""Measuring engines against references: the figures are sacrebleu's own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from l10n import engines
from l10n.engines import ModelFolder
from l10n.errors import CatalogError, ConfigError, ModelMissing
from l10n.project.config import load_config
from l10n.tasks.equipping import installed
from l10n.tasks.evaluating import Request, evaluate
from tests.commands import done, failed, l10n
from tests.packages import EN_UK, unpack
from tests.test_engines import SENTENCES

pytest.importorskip("sacrebleu", reason="the extra `evaluate` is not installed")
pytest.importorskip("ctranslate2", reason="the extra `argos` is not installed")
REFERENCES = (
    "Бібліотека в Орріні відкрита.",
    "Ціни у Львові зросли на 18,5%.",
    "Джоан Таррік порахувала 1340 книжок коло маяка.",
    "Кран коштує 38\u00a0400 євро.",
    "А де станція?",
)
CATALOG = """\
msgid ""
msgstr ""
"Language: uk\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Source-Language: en\\n"

msgid "The <em1>library</em1> in Orrin is open."
msgstr "<em1>Бібліотека</em1> в Орріні відкрита."

#, fuzzy
msgid "The bridge is closed."
msgstr "Міст горить."

msgid "Where is the station?"
msgstr ""

msgid "1,340"
msgstr "1340"
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> ModelFolder:
    return ModelFolder(
        "ctranslate2", "en", "uk", unpack(EN_UK, tmp_path_factory.mktemp("model")), version="1"
    )


@pytest.fixture
def parallel(tmp_path: Path) -> Path:
    """A folder of parallel files, with some that are none."""
    write(tmp_path / "news.en", *SENTENCES)
    write(tmp_path / "news.uk", *REFERENCES)
    write(tmp_path / "README.md", "About the files.")
    write(tmp_path / "other.uk", "Самотній рядок.")
    return tmp_path


def write(path: Path, *lines: str) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_figures_and_intervals_are_those_of_sacrebleu(parallel: Path, model: ModelFolder) -> None:
    report = evaluate(Request("ctranslate2", parallel, models=[model]))
    assert not report.failures
    (found,) = report.evaluations
    assert (found.source, found.target, found.sentences, found.failed) == ("en", "uk", 5, 0)
    texts = [each.text for each in engines.make("ctranslate2", [model]).translate(SENTENCES, "en", "uk")]
    write(parallel / "hypotheses", *texts)
    own = sacrebleu(parallel / "news.uk", parallel / "hypotheses")
    for score, name in ((found.bleu, "BLEU"), (found.chrf, "chrF2"), (found.ter, "TER")):
        assert (f"{score.value:.3f}", f"{score.margin:.3f}") == own[name]


def sacrebleu(references: Path, hypotheses: Path) -> dict[str, tuple[str, str]]:
    """Score and half of the interval for each metric, from the program itself."""
    command = [sys.executable, "-m", "sacrebleu", references, "-i", hypotheses, "-m", "bleu", "chrf", "ter"]
    command += ["--confidence", "--width", "3", "--format", "json"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return {each["name"]: (f"{each['score']:.3f}", f"{each['confidence_var']:.3f}") for each in found}


def test_only_reviewed_entries_of_a_catalog_count_and_without_codes(
    tmp_path: Path, model: ModelFolder
) -> None:
    write(tmp_path / "a.po", CATALOG)
    for reference in (tmp_path / "a.po", tmp_path):
        (found,) = evaluate(Request("ctranslate2", reference, models=[model])).evaluations
        assert (found.sentences, found.failed) == (1, 0)
        assert found.bleu.margin == 0
    assert 30 < found.chrf.value < 100


def test_a_pair_that_the_engine_lacks_does_not_stop_the_others(parallel: Path, model: ModelFolder) -> None:
    write(parallel / "news.de", *["Ein Satz."] * 5)
    report = evaluate(Request("ctranslate2", parallel, models=[model], limit=2))
    assert [(each.target, each.sentences) for each in report.evaluations] == [("uk", 2)]
    assert [each.message for each in report.failures] == ["no converted model is described for en to de"]
    assert not evaluate(Request("ctranslate2", parallel, models=[model], targets=["uk"])).failures


def test_references_that_are_none(parallel: Path, model: ModelFolder) -> None:
    for source in ("fr", "de"):
        with pytest.raises(ConfigError, match=f"no parallel files from {source}"):
            evaluate(Request("ctranslate2", parallel, source, models=[model]))
    with pytest.raises(ConfigError, match="is no catalog"):
        evaluate(Request("ctranslate2", parallel / "news.en"))
    write(parallel / "news.uk", *REFERENCES[:4])
    with pytest.raises(CatalogError, match=r"4 lines, but news\.en has 5"):
        evaluate(Request("ctranslate2", parallel, models=[model]))
    (parallel / "news.uk").write_bytes(b"\xff\n" * 5)
    with pytest.raises(CatalogError, match="not UTF-8"):
        evaluate(Request("ctranslate2", parallel, models=[model]))


def test_on_the_command_line(parallel: Path, model: ModelFolder) -> None:
    config = f"""
[[models]]
engine = "ctranslate2"
source = "en"
target = "uk"
folder = "{model.folder}"
version = "2"
licence = "Apache-2.0"
"""
    (parallel / "l10n.toml").write_text(config, encoding="utf-8")
    shown = done("evaluate", "--reference", ".", "-l", "uk", cwd=parallel)
    assert re.search(r"ctranslate2 translate-en_uk-1_0 2 +en → uk +5 +\d+\.\d ± ", shown)
    listed = json.loads(done("engines", "--json", cwd=parallel))
    assert {
        "source": "en",
        "target": "uk",
        "description": "ctranslate2 translate-en_uk-1_0 2",
        "licence": "Apache-2.0",
    } in [pair for each in listed for pair in each["pairs"]]
    assert "no parallel files from fr" in failed(
        2, "evaluate", "--reference", ".", "--source", "fr", cwd=parallel
    )
    result = l10n("evaluate", "--engine", "apertium", "--reference", ".", "-l", "uk", cwd=parallel)
    assert result.returncode in (1, 2)
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ('engine = "ctranslat"\nsource = "en"\ntarget = "uk"\nfolder = "x"', "no engine named 'ctranslat'"),
        ('engine = "pseudo"\nsource = "en"\ntarget = "uk"\nfolder = "x"', "finds its models itself"),
        ('engine = "ctranslate2"\nsource = "en"\ntarget = "uk"', "has no folder"),
        ('engine = "ctranslate2"\nsource = "en"\ntarget = "uk"\nfolder = 5', "must be a text"),
        ('engine = "ctranslate2"\nsource = "en"\ntarget = "uk"\nfolder = "x"\nprefix = "y"', "no setting"),
        ('engine = "ctranslate2"\nsource = "en"\ntarget = "Klingon!"\nfolder = "x"', "not a language tag"),
    ],
)
def test_a_wrong_description_of_a_model(tmp_path: Path, table: str, why: str) -> None:
    (tmp_path / "l10n.toml").write_text(f"[[models]]\n{table}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=why):
        installed(load_config(tmp_path / "l10n.toml").models)


def test_a_described_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    model = ModelFolder("ctranslate2", "en", "uk", tmp_path / "empty")
    engine = engines.make("ctranslate2", [model])
    assert not engine.pairs()
    with pytest.raises(ModelMissing, match=r"no model\.bin and no source\.spm"):
        engine.describe("en", "uk")
