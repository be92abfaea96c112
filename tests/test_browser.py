"""The bundles in a real browser: the prompt from file:// and from a server, in every direction."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands import done
from tests.conftest import ROOT

CHROMIUM = shutil.which("chromium")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")
FLAGS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --no-first-run"
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundles of our own articles."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("seeds", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    done("build", cwd=folder)
    return folder / "dist"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, bundles: Path) -> Iterator[Open]:
    """Open a page of the bundles as a visitor with some languages; what the browser complains of fails it."""
    contexts, complaints = [], []

    def opened(path: str, languages: str, context: Any = None, base: str = "", **options: Any) -> Any:
        if context is None:
            context = chromium.new_context(**options)
            contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        agent = page.evaluate("navigator.userAgent")
        override = {"userAgent": agent, "acceptLanguage": languages}
        context.new_cdp_session(page).send("Emulation.setUserAgentOverride", override)
        page.goto((base or bundles.as_uri() + "/") + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def server(bundles: Path) -> Iterator[str]:
    """The bundles on a static server."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(bundles))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}/"
        running.shutdown()
        thread.join()


def prompt(page: Any) -> Any:
    return page.locator("#l10n-prompt")


@pytest.mark.parametrize("served", [False, True], ids=["file", "server"])
def test_an_english_browser_on_a_ukrainian_page_is_asked_in_english(
    visit: Open, server: str, served: bool
) -> None:
    page = visit("uk/bakery-dawn.html", "en-GB,en", base=server if served else "")
    assert page.locator("html").get_attribute("lang") == "uk"
    asked = prompt(page)
    assert asked.is_visible()
    assert (asked.get_attribute("lang"), asked.get_attribute("dir")) == ("en", "ltr")
    assert "available in English" in asked.inner_text()
    assert asked.locator(".l10n-no").inner_text() == "No, stay on this page (Українська)"
    assert page.evaluate("Object.keys(localStorage).length") == 0
    asked.locator(".l10n-yes").click()
    page.wait_for_url("**/en/bakery-dawn.html")
    assert page.locator("h1").inner_text() == "Bread begins at three"
    assert not prompt(page).is_visible()


@pytest.mark.parametrize(
    ("languages", "path", "offer", "direction"),
    [
        ("uk-UA,en", "en/salt-marsh.html", "uk", "ltr"),
        ("de", "uk/salt-marsh.html", "de", "ltr"),
        ("ar-EG,en", "en/salt-marsh.html", "ar", "rtl"),
        ("ja", "ar/salt-marsh.html", "ja", "ltr"),
        ("es-MX", "ja/salt-marsh.html", "es", "ltr"),
        ("en", "es/salt-marsh.html", "en", "ltr"),
    ],
)
def test_every_pair_of_languages_is_asked_in_the_visitors(
    visit: Open, languages: str, path: str, offer: str, direction: str
) -> None:
    asked = prompt(visit(path, languages))
    assert asked.is_visible()
    assert (asked.get_attribute("lang"), asked.get_attribute("dir")) == (offer, direction)
    assert asked.locator(".l10n-yes").get_attribute("hreflang") == offer


@pytest.mark.parametrize(
    ("languages", "path"),
    [
        ("en-GB,uk", "en/salt-marsh.html"),
        ("uk,en", "uk/bakery-dawn.html"),
        ("de", "uk/bakery-dawn.html"),
        ("ru,fr", "uk/salt-marsh.html"),
        ("en;q=0.9", "uk/salt-marsh.html"),
    ],
)
def test_nobody_is_offered_what_they_did_not_ask_for(visit: Open, languages: str, path: str) -> None:
    assert not prompt(visit(path, languages)).is_visible()


def test_no_is_remembered_and_gives_the_focus_to_the_article(visit: Open, server: str) -> None:
    page = visit("uk/salt-marsh.html", "en", base=server)
    prompt(page).locator(".l10n-no").click()
    assert not prompt(page).is_visible()
    assert page.evaluate("document.activeElement.id") == "main"
    page.reload()
    assert not prompt(page).is_visible()
    other = visit("de/salt-marsh.html", "en", context=page.context, base=server)
    assert prompt(other).is_visible()


def test_an_explicit_choice_is_never_questioned(visit: Open, server: str) -> None:
    page = visit("en/salt-marsh.html", "en", base=server)
    page.locator("a[data-l10n-locale=uk]").click()
    page.wait_for_url("**/uk/salt-marsh.html")
    assert not prompt(page).is_visible()
    page.reload()
    assert not prompt(page).is_visible()


def test_two_tabs_agree(visit: Open, server: str) -> None:
    one = visit("uk/salt-marsh.html", "en", base=server)
    two = visit("uk/salt-marsh.html", "en", context=one.context, base=server)
    prompt(one).locator(".l10n-no").click()
    prompt(two).wait_for(state="hidden", timeout=2000)


def test_escape_declines_and_the_keyboard_reaches_everything(visit: Open) -> None:
    page = visit("uk/salt-marsh.html", "en")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    reached = []
    for _ in range(3):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.className"))
    assert reached == ["skip", "l10n-yes", "l10n-no"]
    page.keyboard.press("Escape")
    assert not prompt(page).is_visible()


def test_without_storage_the_prompt_still_works(visit: Open, chromium: Any, server: str) -> None:
    context = chromium.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })"
    )
    page = visit("uk/salt-marsh.html", "en", context=context, base=server)
    prompt(page).locator(".l10n-yes").click()
    page.wait_for_url("**/en/salt-marsh.html")
    assert not prompt(page).is_visible()
    context.close()


@pytest.mark.parametrize(
    "kept", ["{", "7", '{"v":1,"t":1,"p":5,"ok":7}', '{"v":1,"t":9e15,"p":"","ok":["uk"]}']
)
def test_a_corrupt_memory_is_no_memory(visit: Open, chromium: Any, server: str, kept: str) -> None:
    context = chromium.new_context()
    context.add_init_script(f"localStorage.setItem('lp1', {kept!r})")
    assert prompt(visit("uk/salt-marsh.html", "en", context=context, base=server)).is_visible()
    context.close()


def test_without_scripts_the_links_remain(visit: Open, chromium: Any, bundles: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{bundles.as_uri()}/uk/salt-marsh.html")
    assert not prompt(page).is_visible()
    page.locator("a[data-l10n-locale=ja]").click()
    page.wait_for_url("**/ja/salt-marsh.html")
    context.close()


@pytest.mark.parametrize(
    "path", ["uk/bakery-dawn.html", "ar/salt-marsh.html", "en/river-library.html", "en/index.html"]
)
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_its_window(visit: Open, path: str, width: int) -> None:
    page = visit(path, "ar,en", viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for button in prompt(page).locator("a, button").all():
        assert button.bounding_box()["height"] >= 44


def test_showing_the_prompt_shifts_nothing(visit: Open) -> None:
    page = visit("uk/bakery-dawn.html", "en")
    shift = """() => new Promise((done) => {
      let sum = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
        .observe({ type: "layout-shift", buffered: true });
      setTimeout(() => done(sum), 300);
    })"""
    assert page.evaluate(shift) == 0


def test_no_request_leaves_the_site(visit: Open, chromium: Any, server: str) -> None:
    context = chromium.new_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    visit("uk/bakery-dawn.html", "en", context=context, base=server).wait_for_timeout(200)
    assert asked
    assert all(url.startswith((server, "data:")) for url in asked)
    context.close()
