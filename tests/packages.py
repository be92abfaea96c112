"""The test models, and a home of argostranslate's for one test."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "data" / "packages"
EN_UK = FOLDER / "translate-en_uk-1_0.argosmodel"
ES_EN = FOLDER / "translate-es_en-1_0.argosmodel"
"""Trained to translate into English and into Ukrainian, as its target prefix says."""


def move_argos(monkeypatch: pytest.MonkeyPatch, home: Path) -> Path:
    """Let argostranslate keep everything below `home`; the folder of its packages."""
    from argostranslate import settings

    packages, downloads = home / "packages", home / "downloads"
    for folder in (packages, downloads):
        folder.mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(settings, "package_data_dir", packages)
    monkeypatch.setattr(settings, "package_dirs", [packages])
    monkeypatch.setattr(settings, "downloads_dir", downloads)
    return packages


def environment(home: Path, index: str = "http://127.0.0.1:9/") -> dict[str, str]:
    """The same for a program: its variables; nothing answers at the index when none is given."""
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    return {name: str(home / name) for name in names} | {"ARGOS_PACKAGE_INDEX": index}


def unpack(package: Path, folder: Path) -> Path:
    """Unpack a package by hand; its folder."""
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
        return folder / archive.namelist()[0].partition("/")[0]


def repack(folder: Path, path: Path, **metadata: object) -> Path:
    """Pack a folder again, with other metadata."""
    file = folder / "metadata.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | metadata), encoding="utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in sorted(folder.rglob("*")):
            archive.write(each, Path(folder.name) / each.relative_to(folder))
    return path
