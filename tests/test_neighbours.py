"""Files of exchange in the hands of other programs, each run as such: OmegaT and Translate Toolkit."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from l10n.exchange import Parcel, merge
from l10n.exchange.tbx import serialize_tbx
from l10n.exchange.tmx import parse_tmx, serialize_tmx, write_tmx
from l10n.exchange.xliff12 import parse_xliff12, serialize_xliff12
from l10n.memory import Segment
from l10n.model import Catalog, Entry, State
from l10n.terms import Glossary, Term

OMEGAT = Path("/usr/share/omegat/OmegaT.jar")
CATALOG = Catalog(
    "en",
    "uk",
    (
        Entry("Aid rose in <a1>Lviv</a1>.", "У <a1>Львові</a1> більше.", "lead", State.REVIEWED),
        Entry("She left.", "Вона йде.", state=State.TRANSLATED),
        Entry("He left <em1>soon</em1>."),
    ),
)
GLOSSARY = Glossary("en", "uk", (Term("sea wall", "дамба", "required", "noun"), Term("marsh", "болото")))


def project(folder: Path) -> Path:
    """An OmegaT project of one file, with a memory and a glossary."""
    for name in ("source", "target", "tm", "glossary", "omegat"):
        (folder / name).mkdir(parents=True)
    places = ("source_dir", "target_dir", "tm_dir", "glossary_dir", "glossary_file", "dictionary_dir")
    settings = "".join(f"<{place}>__DEFAULT__</{place}>" for place in places)
    settings += "<source_lang>en</source_lang><target_lang>uk</target_lang><sentence_seg>false</sentence_seg>"
    document = f'<omegat><project version="1.0">{settings}</project></omegat>'
    (folder / "omegat.project").write_text(document, encoding="utf-8")
    (folder / "source" / "tram.xlf").write_bytes(serialize_xliff12(Parcel(CATALOG, "tram")))
    (folder / "tm" / "old.tmx").write_bytes(serialize_tmx(Parcel(CATALOG)))
    (folder / "glossary" / "terms.tbx").write_bytes(serialize_tbx(GLOSSARY))
    return folder


@pytest.mark.skipif(
    not OMEGAT.is_file() or not shutil.which("java"), reason="OmegaT is not installed: apt-get install omegat"
)
def test_a_translation_made_in_omegat_comes_back(tmp_path: Path) -> None:
    folder = project(tmp_path / "omegat")
    # What a translator has saved there: OmegaT shows codes as <g0>.
    saved = [Segment("He left <g0>soon</g0>.", "Він <g0>скоро</g0> пішов.")]
    (folder / "omegat" / "project_save.tmx").write_bytes(b"".join(write_tmx("en", "uk", saved)))
    home = f"-Duser.home={tmp_path}"
    command = ["java", home, "-jar", str(OMEGAT), str(folder), "--mode=console-translate"]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    merged = merge(CATALOG, parse_xliff12((folder / "target" / "tram.xlf").read_bytes()))
    assert merged.taken == ((None, "He left <em1>soon</em1>."),)
    assert merged.catalog.entries[2].target == "Він <em1>скоро</em1> пішов."
    assert merged.catalog.entries[:2] == CATALOG.entries[:2]
    exported = next(folder.glob("*level1.tmx")).read_bytes()
    assert "Він скоро пішов." in {entry.target for entry in parse_tmx(exported).catalog.entries}


TOOLKIT = """
import json, sys
from translate.storage import factory
files = [factory.getobject(path) for path in sys.argv[1:]]
print(json.dumps([[(str(u.source), str(u.target or "")) for u in file.units if u.source] for file in files]))
"""


def test_translate_toolkit_reads_our_files(tmp_path: Path) -> None:
    python = "/usr/bin/python3"
    if subprocess.run(
        [python, "-c", "import translate.storage"], capture_output=True, check=False
    ).returncode:
        pytest.skip("Translate Toolkit is not installed: apt-get install translate-toolkit")
    files = {
        "a.xlf": serialize_xliff12(Parcel(CATALOG, "tram")),
        "b.tmx": serialize_tmx(Parcel(CATALOG)),
        "c.tbx": serialize_tbx(GLOSSARY),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    command = [python, "-c", TOOLKIT, *(str(tmp_path / name) for name in files)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    xliff, tmx, tbx = json.loads(printed)
    assert xliff[0] == ["Aid rose in Lviv.", "У Львові більше."]
    assert xliff[1] == ["She left.", "Вона йде."]
    assert [pair[1] for pair in tmx] == ["У <a1>Львові</a1> більше."]
    assert tbx == [["sea wall", "дамба"], ["marsh", "болото"]]
