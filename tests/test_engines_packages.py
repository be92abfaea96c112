"""Argos packages: from an index over HTTP to a draft; the same text as argostranslate's; hostile packages."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from l10n import engines
from l10n.engines import packages
from l10n.errors import EngineError, ModelMissing
from tests.commands import L10N
from tests.conftest import ROOT
from tests.packages import EN_UK, ES_EN, environment, move_argos, repack, unpack
from tests.test_engines import SENTENCES

pytest.importorskip("argostranslate", reason="the extra `argos` is not installed")
VERSION = "1.0"
METADATA = {"from_code": "en", "to_code": "uk", "package_version": VERSION}


@dataclass
class Server:
    """Files over HTTP, on this machine. It serves ranges, and may break off."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Path and range of each request."""
    break_after: int | None = None
    """Bytes after which the next answer breaks off."""

    def index(self, *entries: dict[str, object]) -> None:
        """Publish an index of packages."""
        self.files["/index.json"] = json.dumps(entries).encode()


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            span = self.headers.get("Range", "")
            state.asked.append((self.path, span))
            data = state.files.get(self.path)
            start = int(span[6:-1]) if span else 0
            if data is None or (span and start >= len(data)):
                self.send_error(404 if data is None else 416)
                return
            self.send_response(206 if span else 200)
            self.send_header("Content-Length", str(len(data) - start))
            self.end_headers()
            cut = state.break_after if len(data) > (state.break_after or 0) else None
            state.break_after = None if cut else state.break_after
            self.wfile.write(data[start:][:cut])

        def log_message(self, *arguments: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        state.url = f"http://127.0.0.1:{httpd.server_port}/"
        yield state
        httpd.shutdown()


def entry(
    server: Server, package: Path, source: str, target: str, version: str = VERSION
) -> dict[str, object]:
    """An entry of the index, and the file behind it."""
    server.files[f"/{package.name}"] = package.read_bytes()
    links = ["ipfs://QmNothing", server.url + package.name]
    return {"from_code": source, "to_code": target, "package_version": version, "links": links}


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, server: Server) -> Path:
    """The folder of installed packages, empty, and the server as the place of the index."""
    from argostranslate import settings

    folder = move_argos(monkeypatch, tmp_path / "argos")
    monkeypatch.setattr(settings, "remote_package_index", f"{server.url}index.json")
    return folder


def quiet(done: int, total: int) -> None:
    """Progress that nobody looks at."""


class TestFromAnIndex:
    def test_the_whole_way_on_the_command_line(self, server: Server, tmp_path: Path) -> None:
        server.index(entry(server, ES_EN, "es", "en"), entry(server, EN_UK, "en", "uk"))
        variables = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1", **environment(tmp_path, server.url)}

        def run(*arguments: str) -> str:
            command = [L10N, *arguments]
            found = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True)
            assert found.returncode == 0, found.stderr
            return found.stdout

        assert run("engines", "install", "es", "en") == f"installed argos es-en {VERSION}\n"
        assert run("engines", "install", "en", "uk") == f"installed argos en-uk {VERSION}\n"
        listed = json.loads(run("engines", "--json"))
        argos = next(each for each in listed if each["name"] == "argos")
        assert [(pair["source"], pair["target"]) for pair in argos["pairs"]] == [
            ("en", "uk"),
            ("es", "en"),
            ("es", "uk"),
        ]
        assert argos["pairs"][2]["description"] == f"argos es-en {VERSION} en-uk {VERSION}"
        assert "Apache-2.0" in argos["pairs"][0]["licence"]
        (tmp_path / "seeds").mkdir()
        (tmp_path / "seeds" / "a.md").write_text("The library in Orrin is open.\n", encoding="utf-8")
        (tmp_path / "l10n.toml").write_text('source = "en"\ntargets = ["uk"]\n', encoding="utf-8")
        run("update")
        run("draft")
        drafted = (tmp_path / "locales/uk/LC_MESSAGES/a.po").read_text(encoding="utf-8")
        assert "#, fuzzy" in drafted
        assert 'msgstr "Бібліотека в Орріні відчинена."' in drafted
        assert f"argos en-uk {VERSION}" in drafted

    def test_the_newest_version_takes_the_place_of_an_older_one(
        self, server: Server, home: Path, tmp_path: Path
    ) -> None:
        newer = repack(unpack(EN_UK, tmp_path), tmp_path / "newer.argosmodel", package_version="1.10")
        old, new = entry(server, EN_UK, "en", "uk", "1.9"), entry(server, newer, "en", "uk", "1.10")
        server.index(old)
        packages.install("en", "uk", quiet)
        server.index(new, old)
        assert packages.install("en", "uk", quiet) == "argos en-uk 1.10"
        assert [folder.name for folder in home.iterdir()] == ["translate-en_uk-1_10"]

    def test_a_broken_download_goes_on(self, server: Server, home: Path) -> None:
        server.index(entry(server, EN_UK, "en", "uk"))
        server.break_after = 100_000
        with pytest.raises(EngineError, match="broke after 100,000 of"):
            packages.install("en", "uk", quiet)
        seen: list[tuple[int, int]] = []
        packages.install("en", "uk", lambda done, total: seen.append((done, total)))
        assert server.asked[-1] == (f"/{EN_UK.name}", "bytes=100000-")
        assert seen[0][0] > 100_000
        assert seen[-1] == (EN_UK.stat().st_size, EN_UK.stat().st_size)
        assert not list((home.parent / "downloads").iterdir())

    def test_a_damaged_download_is_refused_and_not_kept(self, server: Server, home: Path) -> None:
        server.index(entry(server, EN_UK, "en", "uk"))
        data = bytearray(server.files[f"/{EN_UK.name}"])
        data[len(data) // 2] ^= 0xFF
        server.files[f"/{EN_UK.name}"] = bytes(data)
        with pytest.raises(EngineError, match="damaged"):
            packages.install("en", "uk", quiet)
        assert not list(home.iterdir())
        assert not list((home.parent / "downloads").iterdir())
        server.files[f"/{EN_UK.name}"] = EN_UK.read_bytes()
        assert packages.install("en", "uk", quiet) == f"argos en-uk {VERSION}"

    def test_codes_become_tags(self, server: Server, home: Path, tmp_path: Path) -> None:
        for code, tag in (("pb", "pt-BR"), ("zt", "zh-Hant"), ("uz_cyrl", "uz-Cyrl")):
            path = repack(unpack(EN_UK, tmp_path / code), tmp_path / f"{code}.argosmodel", to_code=code)
            server.index(entry(server, path, "en", code))
            assert packages.install("en", tag, quiet) == f"argos en-{tag} {VERSION}"
            assert ("en", tag) in engines.make("argos").pairs()

    def test_no_package_for_the_pair(self, server: Server, home: Path) -> None:
        server.index(entry(server, EN_UK, "en", "uk"), {"from_code": 5}, {"links": []})
        with pytest.raises(ModelMissing, match="no package for en to de") as caught:
            packages.install("en", "de", quiet)
        assert caught.value.hint == "there are: en-uk"

    def test_a_pair_through_english_and_nothing_twice(self, server: Server, home: Path) -> None:
        server.index(entry(server, ES_EN, "es", "en"), entry(server, EN_UK, "en", "uk"))
        both = f"argos es-en {VERSION}, argos en-uk {VERSION}"
        for _ in range(2):
            assert packages.install("es", "uk-UA", quiet) == both
        paths = [path for path, _ in server.asked if path != "/index.json"]
        assert paths == [f"/{ES_EN.name}", f"/{EN_UK.name}"]
        assert ("es", "uk") in engines.make("argos").pairs()

    @pytest.mark.parametrize("index", [b"", b"{}", b"<html>", b"\xff\xfe", None])
    def test_an_index_that_is_none(self, server: Server, home: Path, index: bytes | None) -> None:
        if index is not None:
            server.files["/index.json"] = index
        with pytest.raises(EngineError, match="index"):
            packages.install("en", "uk", quiet)

    def test_offline_it_says_so_in_one_line(self, tmp_path: Path) -> None:
        variables = {**os.environ, **environment(tmp_path)}
        command = [L10N, "engines", "install", "en", "uk"]
        found = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=30)
        assert found.returncode == 2
        lines = found.stderr.splitlines()
        assert lines[0].startswith(
            "error: http://127.0.0.1:9/index.json: the index of Argos packages cannot be read"
        )
        assert [line.split()[0] for line in lines] == ["error:", "try:"]

    def test_folders_that_cannot_be_used(self, tmp_path: Path) -> None:
        (tmp_path / "XDG_DATA_HOME").write_text("a file", encoding="utf-8")
        variables = {**os.environ, **environment(tmp_path)}
        for arguments, code in ((["install", str(EN_UK)], 2), (["install", "en", "uk"], 2), ([], 0)):
            command = [L10N, "engines", *arguments]
            found = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=60)
            assert found.returncode == code
            assert "Traceback" not in found.stderr
            assert ("folders or settings cannot be used" in found.stderr) == (code == 2)


class TestSameTextAsArgostranslate:
    """Against argostranslate's own interface, its sentence splitter replaced: it would be downloaded."""

    def own(self, source: str, target: str, texts: tuple[str, ...]) -> list[str]:
        from argostranslate import translate

        translate.get_installed_languages.cache_clear()
        translate.installed_translates.clear()
        translation = translate.get_translation_from_codes(source, target)
        for each in parts(translation):
            each.sentencizer = Whole()
        return [translation.translate(text) for text in texts]

    def test_one_pair(self, home: Path) -> None:
        """Sentences that the model knows, and lines of an article, of which it makes nonsense."""
        packages.install_file(EN_UK)
        lines = (ROOT / "seeds" / "night-trains.txt").read_text(encoding="utf-8").splitlines()
        texts = (*SENTENCES, *(line for line in map(str.strip, lines) if 0 < len(line) < 120))
        assert len(texts) > 15
        ours = engines.make("argos").translate(texts, "en", "uk")
        assert [each.text for each in ours] == self.own("en", "uk", texts)

    def test_a_target_prefix_and_a_pivot(self, home: Path) -> None:
        packages.install_file(EN_UK)
        packages.install_file(ES_EN)
        texts = ("La biblioteca de Orrin está abierta.", "La grúa cuesta 38\u00a0400 euros.")
        for target in ("en", "uk"):
            ours = engines.make("argos").translate(texts, "es", target)
            assert [each.text for each in ours] == self.own("es", target, texts)

    def test_byte_pair_encoding(self, home: Path, tmp_path: Path) -> None:
        """The model does not know such pieces; what it makes of them is the same."""
        folder = unpack(EN_UK, tmp_path)
        (folder / "sentencepiece.model").unlink()
        (folder / "bpe.model").write_text("#version: 0.2\nt h\nth e</w>\ni s</w>\no p\n", encoding="utf-8")
        packages.install_file(repack(folder, tmp_path / "bpe.argosmodel"))
        ours = engines.make("argos").translate(SENTENCES, "en", "uk")
        assert [each.text for each in ours] == self.own("en", "uk", SENTENCES)

    def test_the_splitter_is_never_loaded(self, home: Path) -> None:
        packages.install_file(EN_UK)
        script = (
            "import sys; from argostranslate import settings; from pathlib import Path\n"
            f"settings.package_dirs = [Path({str(home)!r})]\n"
            "from l10n import engines; argos = engines.make('argos')\n"
            "print(next(argos.translate(['Prices in Lviv rose by 18.5%.'], 'en', 'uk')).text)\n"
            "assert not {'minisbd', 'stanza', 'spacy', 'argostranslate.sbd', 'torch'} & set(sys.modules)"
        )
        run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8")
        assert run.returncode == 0, run.stderr
        assert run.stdout == "Ціни у Львові зросли на 18,5%.\n"


class Whole:
    """A sentence splitter that does not split."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


def parts(translation: object) -> list[object]:
    """The translations that one is made of."""
    under = getattr(translation, "underlying", translation)
    both = [getattr(under, name, None) for name in ("t1", "t2")]
    return [part for each in both for part in parts(each)] if all(both) else [under]


Breaking = Callable[[Path], None]


def without(name: str) -> Breaking:
    return lambda folder: (folder / name).unlink()


def holding(name: str, data: bytes) -> Breaking:
    return lambda folder: (folder / name).write_bytes(data) and None


class TestHostilePackages:
    @pytest.mark.parametrize(
        ("breaking", "why"),
        [
            (without("metadata.json"), "no metadata.json"),
            (without("model/model.bin"), "no model/model.bin"),
            (without("sentencepiece.model"), "neither sentencepiece.model nor bpe.model"),
            (without("model/shared_vocabulary.json"), "cannot be loaded"),
            (holding("metadata.json", b"[]"), "no table"),
            (holding("metadata.json", b"{}"), "no from_code"),
            (holding("metadata.json", b"\xff"), "cannot be read"),
            (
                holding("metadata.json", b'{"from_code":"en","to_code":"../..","package_version":"1"}'),
                "no language",
            ),
            (
                holding("metadata.json", b'{"from_code":"en","to_code":"en","package_version":"1"}'),
                "into itself",
            ),
            (holding("metadata.json", b'{"type":"sbd"}'), "of the type 'sbd'"),
            (holding("model/model.bin", b""), "cannot be loaded"),
            (holding("model/model.bin", b"\x06\0\0\0garbage" * 50), "cannot be loaded"),
            (holding("sentencepiece.model", b"garbage"), "no SentencePiece model"),
            (holding("model/config.json", b"garbage"), "cannot be loaded"),
        ],
    )
    def test_something_is_missing_or_wrong(
        self, home: Path, tmp_path: Path, breaking: Breaking, why: str
    ) -> None:
        folder = unpack(EN_UK, tmp_path)
        breaking(folder)
        path = tmp_path / "broken.argosmodel"
        with zipfile.ZipFile(path, "w") as archive:
            for each in sorted(folder.rglob("*")):
                archive.write(each, Path(folder.name) / each.relative_to(folder))
        self.refused(path, why, home)

    @pytest.mark.parametrize("cut", [0, 10, 1000, -1000, -20])
    def test_cut_short(self, home: Path, tmp_path: Path, cut: int) -> None:
        path = tmp_path / "cut.argosmodel"
        path.write_bytes(EN_UK.read_bytes()[:cut])
        self.refused(path, "no zip file, or damaged", home)

    @pytest.mark.parametrize(
        "name", ["../evil", "/evil", "a/../../evil", "..\\evil", "C:\\evil", "a/b/../../../evil"]
    )
    def test_it_would_leave_its_folder(self, home: Path, tmp_path: Path, name: str) -> None:
        path = tmp_path / "slip.argosmodel"
        path.write_bytes(EN_UK.read_bytes())
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(name, "evil")
        self.refused(path, "outside of its folder", home)
        assert not list(tmp_path.rglob("*evil*"))

    def test_a_link_is_not_followed(self, home: Path, tmp_path: Path) -> None:
        folder = "translate-en_uk-1_0"
        link = zipfile.ZipInfo(f"{folder}/model")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        path = tmp_path / "link.argosmodel"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(f"{folder}/metadata.json", json.dumps(METADATA))
            archive.writestr(link, str(tmp_path))
            archive.writestr(f"{folder}/sentencepiece.model", "x")
        self.refused(path, "no model/model.bin", home)

    def test_a_bomb(self, home: Path, tmp_path: Path) -> None:
        path = tmp_path / "bomb.argosmodel"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("x/metadata.json", b" " * (20 << 20))
        self.refused(path, "20 MiB", home)

    def test_not_there_and_a_folder(self, home: Path, tmp_path: Path) -> None:
        for path in (tmp_path / "nothing.argosmodel", tmp_path):
            self.refused(path, "there is no such file", home)

    def refused(self, path: Path, why: str, home: Path) -> None:
        """It says why in a line that names the file, and leaves nothing behind."""
        with pytest.raises(EngineError, match=re.escape(why)) as caught:
            packages.install_file(path)
        assert "\n" not in caught.value.message
        assert caught.value.where == str(path)
        assert sorted(each.name for each in home.parent.iterdir()) == ["downloads", "packages"]
        assert not list(home.iterdir())

    def test_what_was_broken_after_it_was_installed(self, home: Path) -> None:
        """A stray folder hides no package; a package without its model does not count as one."""
        packages.install_file(EN_UK)
        (home / "stray").mkdir()
        (home / "half").mkdir()
        (home / "half" / "metadata.json").write_text('{"from_code": "de", "to_code": "en"}', encoding="utf-8")
        argos = engines.make("argos")
        assert list(argos.pairs()) == [("en", "uk")]
        (home / "translate-en_uk-1_0" / "model" / "model.bin").write_bytes(b"damaged")
        with pytest.raises(EngineError, match="cannot be loaded"):
            list(argos.translate(SENTENCES, "en", "uk"))
