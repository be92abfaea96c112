"""The preview: pages made anew as files change, translators' pages, and who is answered at all."""

from __future__ import annotations

import http.client
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from l10n.catalogs import digest
from tests.commands import L10N, done, failed

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
HOSTILE = '<script>window.hit = 1</script><img src=x onerror="window.hit = 1">\u202e'


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """`l10n serve` in a project; its port."""
    command = [L10N, "serve", "--port", "0"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, stdout=pipe, stderr=pipe, text=True) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        port = next(int(found[1]) for line in server.stdout if (found := re.search(r"127.0.0.1:(\d+)", line)))
        drain = threading.Thread(target=server.stdout.read)
        drain.start()
        try:
            yield port
        finally:
            server.send_signal(signal.SIGINT)
            complaints = server.stderr.read()
            drain.join()
            assert server.wait(10) == 0
            assert complaints == ""


def said(folder: Path, *options: str) -> str:
    """What `l10n serve` says until it serves."""
    command = [L10N, "serve", "--port", "0", *options]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        lines = []
        for line in server.stdout:
            lines.append(line)
            if line.startswith("serving"):
                break
        server.send_signal(signal.SIGINT)
        server.stdout.read()
    return "".join(lines)


def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def until(port: int, path: str, wanted: Callable[[str], bool]) -> str:
    """The page as soon as it is as wanted."""
    for _ in range(200):
        page = get(port, path)[1]
        if wanted(page):
            return page
        time.sleep(0.1)
    raise AssertionError(page)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article with a reviewed title, a draft, an outdated and an untranslated sentence."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "seeds").mkdir()
    (folder / "l10n.toml").write_text('source = "en"\ntargets = ["uk", "ar"]\n[publish]\ncoverage = 0\n')
    article = "# The tram\n\nIt is back.\n\nIt came 3 times. It is red. It is late.\n"
    (folder / "seeds" / "tram.md").write_text(article)
    done("update", cwd=folder)
    for tag in ("uk", "ar"):
        translate(folder, tag, "The tram", "Трамвай")
        translate(folder, tag, "It is back.", "Він тут.")
        translate(folder, tag, "It came 3 times.", "Він був 4 рази.")
        translate(
            folder, tag, "It is red.", HOSTILE, f"# l10n: draft, test, text {digest(HOSTILE)}\n#, fuzzy\n"
        )
        translate(folder, tag, "It is late.", "Він спізнився.", "#, fuzzy\n")
    return folder


def po(folder: Path, tag: str = "uk") -> Path:
    return folder / "locales" / tag / "LC_MESSAGES" / "tram.po"


def translate(folder: Path, tag: str, source: str, target: str, before: str = "") -> None:
    """Give an entry its target, whatever it has."""
    quoted = target.replace("\\", "\\\\").replace('"', '\\"')
    text, count = re.subn(
        rf'msgid "{re.escape(source)}"\nmsgstr ".*"',
        lambda _: f'{before}msgid "{source}"\nmsgstr "{quoted}"',
        po(folder, tag).read_text("utf-8"),
    )
    assert count == 1, source
    po(folder, tag).write_text(text, "utf-8")


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    with served(folder) as port:
        yield port


def test_the_preview_shows_pages_and_writes_nothing(folder: Path, port: int) -> None:
    status, page = get(port, "/uk/tram.html")
    assert status == 200
    assert "Трамвай" in page
    assert "/_l10n/uk/tram" in page
    assert not (folder / "dist").exists()
    for path in ("/", "/uk/", "/uk/index.html", "/documents/tram.json", "/articles/uk/tram.md"):
        assert get(port, path)[0] == 200, path


def test_nothing_of_the_preview_is_published(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    done("build", cwd=tmp_path / "copy")
    files = [path for path in (tmp_path / "copy" / "dist").rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"_l10n" in path.read_bytes()]


@pytest.mark.parametrize(
    "path",
    [
        "/../l10n.toml",
        "/%2e%2e/l10n.toml",
        "/uk/..%2f..%2fl10n.toml",
        "/_l10n/../../l10n.toml",
        "/%00",
        "//[",
    ],
)
def test_no_path_leads_out_of_the_bundles(port: int, path: str) -> None:
    status, page = get(port, path)
    assert status == 404
    assert "coverage" not in page


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8000", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example:8000", 421),
        ("", 421),
    ],
)
def test_only_names_that_mean_this_machine_are_answered(port: int, host: str, status: int) -> None:
    assert get(port, "/_l10n/", Host=host)[0] == status


def test_listening_beyond_loopback_is_warned_of(folder: Path, port: int) -> None:
    assert "warning: others in your network" in said(folder, "--host", "0.0.0.0")
    assert "warning" not in said(folder, "--host", "localhost")
    assert "cannot be used" in failed(2, "serve", "--port", str(port), cwd=folder)


def test_the_units_of_a_page_with_their_states_findings_and_places(folder: Path, port: int) -> None:
    _, page = get(port, "/_l10n/uk/tram")
    states = re.findall(r'<section class="unit (\w+)"', page)
    assert states == ["reviewed", "reviewed", "reviewed", "drafts", "outdated"]
    lines = po(folder).read_text("utf-8").split("\n")
    places = [int(line) for line in re.findall(r"<code>locales/uk/LC_MESSAGES/tram\.po:(\d+)</code>", page)]
    assert len(places) == 5
    assert all(re.match("#|msg", lines[line - 1]) for line in places)
    assert f"vscode://file{po(folder)}:{places[0]}" in page
    assert "numbers" in page
    for shown, count in (("drafts", 1), ("outdated", 1), ("untranslated", 0)):
        assert get(port, f"/_l10n/uk/tram?show={shown}")[1].count("<section") == count
    assert 'dir="rtl"' in get(port, "/_l10n/ar/tram")[1]


def test_every_article_and_locale_stands_in_the_list(port: int) -> None:
    _, page = get(port, "/_l10n/")
    assert all(f'href="/_l10n/{tag}/tram' in page for tag in ("uk", "ar"))
    assert "?show=outdated" in page
    assert get(port, "/_l10n/xx/tram")[0] == get(port, "/_l10n/uk/none")[0] == 404


def test_a_half_saved_catalog_leaves_the_last_page_below_a_message(folder: Path, port: int) -> None:
    whole = po(folder).read_bytes()
    get(port, "/_l10n/uk/tram")
    try:
        po(folder).write_bytes(whole[: whole.rindex(b'"')])
        page = until(port, "/uk/tram.html", lambda page: 'role="alert"' in page)
        assert "Трамвай" in page
        assert "tram.po:" in page
        assert "<section" in get(port, "/_l10n/uk/tram")[1]
        assert get(port, "/ar/tram.html")[0] == 200
    finally:
        po(folder).write_bytes(whole)
    until(port, "/uk/tram.html", lambda page: 'role="alert"' not in page)


def test_an_article_a_theme_and_the_configuration_are_watched(folder: Path, port: int) -> None:
    article, theme = folder / "seeds" / "tram.md", folder / "theme"
    article.write_text(article.read_text() + "\nIt rings.\n")
    until(port, "/uk/tram.html", lambda page: "It rings." in page)
    theme.mkdir()
    (theme / "page.html").write_text("<body>{{ nothing }}")
    until(port, "/uk/tram.html", lambda page: "the theme fails" in page and "It rings." in page)
    (theme / "page.html").write_text("<body>{{ site.name }}!")
    until(port, "/uk/tram.html", lambda page: "Articles!" in page)
    shutil.rmtree(theme)
    until(port, "/uk/tram.html", lambda page: "It rings." in page)


@pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")
def test_an_open_page_follows_its_catalog_and_nothing_in_it_runs(folder: Path, port: int) -> None:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        complaints: list[Any] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"http://127.0.0.1:{port}/uk/tram.html")
        translate(folder, "uk", "The tram", "Потяг")
        page.wait_for_selector("h1:has-text('Потяг')", timeout=20_000)
        page.goto(f"http://127.0.0.1:{port}/_l10n/uk/tram")
        assert "<script>" in page.inner_text("main")
        assert page.evaluate("window.hit") is None
        page.keyboard.press("Tab")
        page.get_by_role("link", name="Drafts").press("Enter")
        page.wait_for_url("**show=drafts")
        assert page.locator("section").count() == 1
        assert complaints == []
        browser.close()
