"""Packages: Argos Translate's, downloaded, verified and installed.

The `argostranslate` module says where the index and the installed packages are. Its own installer is
not used: it checks nothing, keeps older versions of a pair, and loads the module's sentence splitter.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.client import HTTPException
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from l10n.engines.decoding import MODEL, SETUP, Model, SentencePieces, available
from l10n.engines.pairing import route
from l10n.errors import ConfigError, EngineError, L10nError, ModelMissing
from l10n.locales import normalize

Progress = Callable[[int, int], None]
"""Told how many bytes are there, and of how many."""
PIVOT = ("en",)
"""Argos Translate's packages lead into English or out of it."""
_PATIENCE = 15
"""Seconds that a server may be silent."""
_CHUNK = 1 << 18
_LARGEST = 4 << 30
"""Bytes that a package may unpack to; the largest of Argos Translate have a tenth of it."""
_DENSEST = 50
"""How many times its own size a package may unpack to; models hardly get smaller by zipping."""
_MOST_FILES = 5000
_METADATA = "metadata.json"
_TOKENIZERS = ("sentencepiece.model", "bpe.model")
_SCHEMES = ("http://", "https://")


def usable() -> bool:
    """Whether all libraries are installed that packages need."""
    return available() and find_spec("argostranslate") is not None


def _settings() -> Any:
    """Where argostranslate keeps what. Raises EngineError where it cannot be used: it makes its folders,
    and reads its settings, when it is imported."""
    try:
        from argostranslate import settings
    except (OSError, ValueError, KeyError, AssertionError) as error:
        message = f"argostranslate's folders or settings cannot be used: {error}"
        raise EngineError(message, hint="see XDG_DATA_HOME, and settings.json in its folder") from error
    return settings


def unpacked() -> Iterator[Any]:
    """The installed packages, as argostranslate describes them; a folder that is none is passed over."""
    try:
        folders = [Path(each) for each in _settings().package_dirs]
    except EngineError:
        return
    for folder in folders:
        for metadata in sorted(folder.glob(f"*/{_METADATA}")):
            try:
                yield package_of(metadata.parent)
            except EngineError:
                continue


def package_of(folder: Path) -> Any:
    """The package in a folder. Raises EngineError where something of it is missing or wrong."""
    from argostranslate import package

    try:
        metadata = json.loads((folder / _METADATA).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _foreign(f"its {_METADATA} cannot be read", folder) from error
    _check_metadata(metadata, folder)
    if not (folder / "model" / MODEL).is_file():
        raise _foreign(f"it has no model/{MODEL}", folder)
    if not any((folder / name).is_file() for name in _TOKENIZERS):
        raise _foreign(f"it has neither {' nor '.join(_TOKENIZERS)}", folder)
    return package.Package(folder)


def _check_metadata(metadata: Any, where: Path) -> None:
    if not isinstance(metadata, dict):
        raise _foreign(f"its {_METADATA} is no table", where)
    if metadata.get("type", "translate") != "translate":
        raise _foreign(f"it is of the type {metadata['type']!r}", where)
    for key in ("from_code", "to_code", "package_version"):
        if not isinstance(metadata.get(key), str):
            raise _foreign(f"its {_METADATA} has no {key}", where)
    if not isinstance(metadata.get("target_prefix", ""), str):
        raise _foreign("its target_prefix is no text", where)
    for key in ("from_code", "to_code"):
        try:
            normalize(tag(metadata[key]))
        except ConfigError as error:
            raise _foreign(f"its {key} {metadata[key]!r} is no language", where) from error
    if tag(metadata["from_code"]) == tag(metadata["to_code"]):
        raise _foreign("it translates a language into itself", where)


def load(package: Any) -> Model:
    """The model of a package, ready to decode. Raises EngineError where it cannot be loaded."""
    folder = Path(package.package_path)
    pieces = folder / _TOKENIZERS[0]
    tokenizer = SentencePieces(pieces) if pieces.is_file() else package.tokenizer
    return Model(folder / "model", tokenizer, target_prefix=package.target_prefix)


def pair_of(package: Any) -> tuple[str, str]:
    """What a package translates, as BCP 47 tags."""
    return normalize(tag(package.from_code)), normalize(tag(package.to_code))


def version_of(package: Any) -> tuple[int, ...]:
    """A package's version, for comparing."""
    return tuple(int(part) for part in re.findall(r"\d+", package.package_version))


def readme_of(package: Any) -> str:
    """A package's read-me file; empty where there is none."""
    path = Path(package.package_path) / "README.md"
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def tag(code: str) -> str:
    """Argos Translate's language code as a BCP 47 tag."""
    return _codes().get(code, code)


@cache
def _codes() -> dict[str, str]:
    lines = (files("l10n.engines") / "data" / "argos-codes.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


def install(source: str, target: str, progress: Progress) -> str:
    """Download and install the newest packages that lead from one language to the other; what they are.

    They come from Argos Translate's index: one, or two through English. What is installed already is left
    alone; a download that was broken off goes on where it stopped. Raises ModelMissing without
    argostranslate or such packages, EngineError without a network.
    """
    _check_installed()
    newest = {pair_of(each): each for each in sorted(_index(), key=version_of)}
    steps = route(newest, source, target, PIVOT)
    if not steps:
        near = sorted("-".join(pair) for pair in newest if {source, target} & {*pair})
        hint = f"there are: {', '.join(near)}" if near else ""
        raise ModelMissing(f"Argos Translate has no package for {source} to {target}", hint=hint)
    return ", ".join(_install(newest[step], progress) for step in steps)


def _install(package: Any, progress: Progress) -> str:
    there = [each for each in unpacked() if pair_of(each) == pair_of(package)]
    if any(version_of(each) >= version_of(package) for each in there):
        return _described(package)
    path = _download(package, progress)
    try:
        return install_file(path)
    finally:
        path.unlink()


def _described(package: Any) -> str:
    return f"argos {'-'.join(pair_of(package))} {package.package_version}"


def _check_installed() -> None:
    if not usable():
        raise ModelMissing("Argos Translate is not installed", hint=SETUP)


def _index() -> list[Any]:
    """The packages of the index. Read here: offline, argostranslate's own reader calls itself for ever."""
    url = _settings().remote_package_index
    from argostranslate import package

    try:
        with urlopen(url, timeout=_PATIENCE) as answer:
            entries = json.load(answer)
    except (OSError, ValueError, HTTPException) as error:
        raise _offline(f"the index of Argos packages cannot be read: {_why(error)}", url) from error
    if not isinstance(entries, list):
        raise EngineError("this is no index of Argos packages", where=url)
    return [package.AvailablePackage(each) for each in entries if _available(each)]


def _available(entry: Any) -> bool:
    try:
        _check_metadata(entry, Path())
    except EngineError:
        return False
    return bool(_links(entry))


def _links(entry: Mapping[str, Any]) -> list[str]:
    links = entry.get("links")
    named = [each for each in links if isinstance(each, str)] if isinstance(links, list) else []
    return [each for each in named if each.startswith(_SCHEMES)]


def _download(package: Any, progress: Progress) -> Path:
    """The file of a package, from the first of its links that gives it whole."""
    name = "translate-{}_{}-{}".format(*pair_of(package), "_".join(map(str, version_of(package))))
    path = Path(_settings().downloads_dir) / f"{name}.argosmodel"
    part = path.with_suffix(".part")
    failed: Exception | None = None
    links = _links({"links": package.links})
    for link in links:
        try:
            _fetch(link, part, progress)
            return part.replace(path)
        except (OSError, ValueError, HTTPException) as error:
            failed = error
    raise _offline(f"the package cannot be downloaded: {_why(failed)}", links[-1]) from failed


def _fetch(url: str, part: Path, progress: Progress) -> None:
    """Write what is behind an address to a file, after what is there already."""
    there = part.stat().st_size if part.is_file() else 0
    request = Request(url, headers={"Range": f"bytes={there}-"} if there else {})
    try:
        answer = urlopen(request, timeout=_PATIENCE)
    except HTTPError as error:
        if error.code != 416:  # what is there is all there is, or of another file: start again
            raise
        part.unlink()
        there, answer = 0, urlopen(url, timeout=_PATIENCE)
    with answer, part.open("ab" if answer.status == 206 else "wb") as file:
        there = there if answer.status == 206 else 0
        total = there + int(answer.headers.get("Content-Length") or 0)
        if total > _LARGEST:
            raise ValueError("it is larger than 4 GiB")
        while chunk := answer.read(_CHUNK):
            file.write(chunk)
            there += len(chunk)
            progress(there, total)
    if there < total:
        raise OSError(f"the connection broke after {there:,} of {total:,} bytes; the same command goes on")


def install_file(path: Path) -> str:
    """Install a package file, in the place of other versions of its pair; what it is.

    Raises EngineError, naming the file, for one that is no package, that is damaged, or whose model
    cannot be loaded.
    """
    _check_installed()
    if not path.is_file():
        hint = "name a package's file, or two languages: l10n engines install en uk"
        raise EngineError("there is no such file", where=str(path), hint=hint)
    home = Path(_settings().package_data_dir)
    with _unpacked(path, home.parent) as folder:
        found = _proven(folder, path)
        version = "_".join(map(str, version_of(found))) or "0"
        try:
            for other in [each for each in unpacked() if pair_of(each) == pair_of(found)]:
                if Path(other.package_path).parent == home:
                    shutil.rmtree(other.package_path)
            goal = home / f"translate-{found.from_code}_{found.to_code}-{version}"
            shutil.move(folder, goal)
        except OSError as error:
            raise EngineError(f"the package cannot be installed: {error}", where=str(home)) from error
    return _described(found)


@contextmanager
def _unpacked(path: Path, beside: Path) -> Iterator[Path]:
    """The folder of a package file, unpacked for a while."""
    try:
        with tempfile.TemporaryDirectory(dir=beside, ignore_cleanup_errors=True) as place:
            with zipfile.ZipFile(path) as archive:
                name = _checked(archive, path)
                archive.extractall(place)
            yield Path(place) / name
    except zipfile.BadZipFile as error:
        raise _foreign(f"it is no zip file, or damaged ({error})", path) from error
    except (OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise EngineError(f"the package cannot be unpacked: {error}", where=str(path)) from error


def _checked(archive: zipfile.ZipFile, path: Path) -> str:
    """The one folder of a package. Raises EngineError for what would leave it, or fill the disk."""
    members = archive.infolist()
    names = [PurePosixPath(info.filename) for info in members]
    if any(
        name.is_absolute() or ".." in name.parts or "\\" in str(name) or ":" in str(name) for name in names
    ):
        raise _foreign("its files would be written outside of its folder", path)
    size = sum(info.file_size for info in members)
    if size > min(_LARGEST, _DENSEST * path.stat().st_size) or len(members) > _MOST_FILES:
        raise _foreign(f"it would unpack to {size >> 20:,} MiB in {len(members):,} files", path)
    folders = {name.parts[0] for name in names if name.parts}
    if len(folders) != 1:
        raise _foreign("it is not one folder", path)
    folder = folders.pop()
    if PurePosixPath(folder) / _METADATA not in names:
        raise _foreign(f"it has no {_METADATA}", path)
    return folder


def _proven(folder: Path, path: Path) -> Any:
    """The package in a folder that was just unpacked; its model loads and answers."""
    try:
        found = package_of(folder)
        load(found).translate(["1"])
    except L10nError as error:
        raise EngineError(error.message, where=str(path), hint=error.hint) from error
    return found


def _foreign(why: str, where: Path) -> EngineError:
    return EngineError(f"not an Argos package: {why}", where=str(where))


def _offline(message: str, url: str) -> EngineError:
    hint = "connect this machine, or install a file: l10n engines install FILE.argosmodel"
    return EngineError(message, hint=hint, where=url)


def _why(error: Exception | None) -> str:
    return str(getattr(error, "reason", error))
