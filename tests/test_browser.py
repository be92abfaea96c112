"""The bundles in a real browser: the prompt from file:// and from a server, in every direction."""

from __future__ import annotations

import functools
import http.server
import json
import queue
import re
import shutil
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from l10n import prompts
from l10n.locales import direction
from l10n.prompts.words import shipped_locales
from tests import prompt_cases
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
def launcher() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="module")
def chromium(launcher: Any) -> Iterator[Any]:
    """The browser, with its cache of pages to go back to, which Playwright would switch off."""
    kept = ["--disable-back-forward-cache"]
    browser = launcher.launch(executable_path=CHROMIUM, args=FLAGS.split(), ignore_default_args=kept)
    yield browser
    browser.close()


def speaker(page: Any) -> Callable[[str], None]:
    """Says which languages the browser of a page is to list."""
    agent, session = page.evaluate("navigator.userAgent"), page.context.new_cdp_session(page)

    def speak(languages: str) -> None:
        override = {"userAgent": agent, "acceptLanguage": languages}
        session.send("Emulation.setUserAgentOverride", override)

    return speak


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
        speaker(page)(languages)
        page.goto((base or bundles.as_uri() + "/") + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


EXTRA: dict[str, str] = {}
"""Pages that the server gives besides the bundles, by path."""
SEEN: queue.Queue[str] = queue.Queue()
"""What pages told the server."""
PLAIN = '<!doctype html><title>x</title><link rel="icon" href="data:,">'
STRICT = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'"


class Site(http.server.SimpleHTTPRequestHandler):
    """The bundles; below /strict/ with a policy in the header, below /slow/ with a script that is late."""

    def do_GET(self) -> None:
        path, _, query = self.path.lstrip("/").partition("?")
        if path == "seen":
            SEEN.put(query)
        if path in EXTRA:
            data = EXTRA[path].encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if path.endswith(".js") else "text/html")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        else:
            super().do_GET()

    def translate_path(self, path: str) -> str:
        self.strict = path.startswith("/strict/")
        if path.startswith("/slow/") and ".js" in path:
            time.sleep(0.3)
        return super().translate_path(path.replace("/strict/", "/").replace("/slow/", "/"))

    def end_headers(self) -> None:
        if getattr(self, "strict", False):
            self.send_header("Content-Security-Policy", STRICT)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server(bundles: Path) -> Iterator[str]:
    """The bundles on a static server."""
    handler = functools.partial(Site, directory=str(bundles))
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
    other = visit("de/salt-marsh.html", "en", context=page.context, base=server)
    assert prompt(other).get_attribute("lang") == "uk", "the choice counts for more than the list"


@pytest.mark.parametrize("how", [{"button": "middle"}, {"modifiers": ["Control"]}])
def test_a_choice_in_a_new_tab_is_a_choice(visit: Open, server: str, how: dict[str, Any]) -> None:
    page = visit("de/salt-marsh.html", "en", base=server)
    with page.context.expect_page() as opened:
        page.locator("nav a[data-l10n-locale=uk]").click(**how)
    opened.value.wait_for_load_state()
    assert opened.value.url.endswith("/uk/salt-marsh.html")
    assert not prompt(opened.value).is_visible()
    assert page.evaluate("JSON.parse(localStorage.lp1).p") == "uk"


def test_two_tabs_agree(visit: Open, server: str) -> None:
    one = visit("uk/salt-marsh.html", "en", base=server)
    two = visit("uk/salt-marsh.html", "en", context=one.context, base=server)
    prompt(one).locator(".l10n-no").click()
    prompt(two).wait_for(state="hidden", timeout=2000)
    two.evaluate("localStorage.clear()")
    one.wait_for_timeout(200)
    assert not prompt(one).is_visible(), "nobody is asked twice on one page"


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


def test_the_keyboard_declines_and_the_focus_goes_to_the_article(visit: Open, server: str) -> None:
    page = visit("uk/salt-marsh.html", "en", base=server)
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert not prompt(page).is_visible()
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.fixture
def forgetful(chromium: Any) -> Iterator[Any]:
    """A browser that lets no page store anything."""
    context = chromium.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked'); } })"
    )
    yield context
    context.close()


def test_without_storage_the_prompt_still_works(visit: Open, forgetful: Any, server: str) -> None:
    page = visit("uk/salt-marsh.html", "en", context=forgetful, base=server)
    prompt(page).locator(".l10n-no").click()
    assert not prompt(page).is_visible()
    page.reload()
    prompt(page).locator(".l10n-yes").click()
    page.wait_for_url("**/en/salt-marsh.html")
    assert not prompt(page).is_visible()


def test_without_storage_an_explicit_choice_is_still_not_questioned(
    visit: Open, forgetful: Any, server: str
) -> None:
    page = visit("en/salt-marsh.html", "en", context=forgetful, base=server)
    page.locator("a[data-l10n-locale=uk]").click()
    page.wait_for_url("**/uk/salt-marsh.html")
    assert not prompt(page).is_visible()


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "7",
        "null",
        '{"v":1,"t":1,"p":5,"ok":7}',
        '{"v":1,"t":9e15,"p":"","ok":["uk"]}',
        '{"v":1,"t":1700000000000,"p":"uk","ok":["uk"]}',
        '{"v":2,"t":"now","p":"uk"}',
        '{"v":1,"ok":[["uk"]],"p":{"a":1}}',
    ],
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


@pytest.mark.parametrize("place", ["uk/bakery-dawn.html", "slow/uk/bakery-dawn.html"])
def test_showing_the_prompt_shifts_nothing(visit: Open, server: str, place: str) -> None:
    page = visit(place, "en", base=server)
    assert prompt(page).is_visible()
    shift = """() => new Promise((done) => {
      let sum = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
        .observe({ type: "layout-shift", buffered: true });
      setTimeout(() => done(sum), 300);
    })"""
    assert page.evaluate(shift) == 0


def test_no_request_leaves_the_site_and_nothing_is_stored_before_a_click(
    visit: Open, chromium: Any, server: str
) -> None:
    context = chromium.new_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = visit("uk/bakery-dawn.html", "en", context=context, base=server)
    page.wait_for_timeout(200)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    before = len(asked)
    prompt(page).locator(".l10n-no").click()
    page.wait_for_timeout(100)
    assert before == len(asked)
    assert all(url.startswith((server, "data:")) for url in asked)
    kept = page.evaluate("JSON.parse(localStorage.lp1)")
    assert (kept["v"], kept["p"], kept["ok"], kept["t"] % 86_400_000) == (1, "", ["uk"], 0)
    assert context.cookies() == []
    context.close()


def page_of(bundles: Path, case: str, page: str, others: tuple[str, ...], name: str = "") -> str:
    """A page of the bundles as it would be in another locale, with other versions and no text."""
    data = {"page": page, "name": name or page, "alternates": {tag: other(tag) for tag in others}}
    html = (bundles / "en" / "salt-marsh.html").read_text(encoding="utf-8")
    html = html.replace('<html lang="en"', f'<html lang="{page}"')
    html = re.sub(r'(id="l10n-page">).*?(</script>)', lambda m: m[1] + json.dumps(data) + m[2], html)
    html = re.sub(r'src="[^"]*prompt[^"]*\.js"', f'src="/{case}.js"', html)
    html = re.sub(r"(<main[^>]*>).*(</main>)", r"\1\2", html, flags=re.DOTALL)
    return html.replace("../assets/", "/assets/")


def other(tag: str) -> dict[str, Any]:
    return {"href": f"{tag}.html", "draft": False}


def words_of(tags: list[str]) -> dict[str, prompts.Words]:
    shipped = prompts.site_words("en", lambda context, source: None)
    assert shipped is not None
    return {tag: prompts.site_words(tag, lambda context, source: None) or shipped for tag in tags}


def test_every_case_of_the_table(visit: Open, bundles: Path, server: str) -> None:
    """The cases of data/prompts/offers.txt, each as a page of its own; an empty list is tried below."""
    page = visit("en/index.html", "fr", base=server)
    speak, wrong, tried = speaker(page), [], 0
    look = "(({ hidden, lang }) => [hidden ? '' : lang, navigator.languages.length])(window['l10n-prompt'])"
    for case in filter(lambda case: case.desired, prompt_cases.read_cases()):
        tags = [case.page, *case.others]
        EXTRA["case.js"] = prompts.script(tags, words_of(tags), case.editions)
        EXTRA["case.html"] = page_of(bundles, "case", case.page, case.others)
        speak(",".join(case.desired))
        page.goto(f"{server}case.html", wait_until="domcontentloaded")
        tried += 1
        if page.evaluate(look) != [case.offer, len(case.desired)]:
            wrong.append(case)
    print(f"{tried} cases of the table in Chromium")
    assert wrong == []


LOOK = """() => {
  const box = document.getElementById("l10n-prompt"), here = box.querySelector("bdi");
  const fits = (each) => each.height >= 44 && each.left >= 0 && each.right <= 320;
  const answers = Array.from(box.querySelectorAll("a, button"), (each) => fits(each.getBoundingClientRect()));
  return [box.lang, box.dir, here.textContent, here.lang, document.documentElement.scrollWidth, answers];
}"""


def test_the_prompt_of_every_language_fits_a_narrow_window(visit: Open, bundles: Path, server: str) -> None:
    tags = [tag for tag in shipped_locales() if prompts.site_words(tag, lambda context, source: None)]
    EXTRA["wide.js"] = prompts.script(["eo", *tags], words_of(tags))
    EXTRA["wide.html"] = page_of(bundles, "wide", "eo", tuple(tags), "Esperanto")
    page = visit("en/index.html", "fr", base=server, viewport={"width": 320, "height": 800})
    speak = speaker(page)
    for tag in tags:
        speak(tag)
        page.goto(f"{server}wide.html", wait_until="domcontentloaded")
        assert page.evaluate(LOOK) == [tag, direction(tag), "Esperanto", "eo", 320, [True, True]]


def test_back_to_a_page_that_was_answered_elsewhere(visit: Open, server: str) -> None:
    page = visit("uk/bakery-dawn.html", "en", base=server)
    assert prompt(page).is_visible()
    page.evaluate("window.kept = true")
    page.goto(f"{server}uk/salt-marsh.html")
    prompt(page).locator(".l10n-no").click()
    page.go_back(wait_until="commit")
    page.wait_for_url("**/uk/bakery-dawn.html", wait_until="commit")
    assert page.evaluate("window.kept"), "the page was loaded anew, so nothing was tried"
    prompt(page).wait_for(state="hidden", timeout=2000)


@pytest.mark.parametrize("link", [".l10n-yes", "a[data-l10n-locale=en]"])
@pytest.mark.parametrize("served", [False, True], ids=["file", "server"])
def test_a_place_in_the_page_is_kept(
    visit: Open, bundles: Path, server: str, link: str, served: bool
) -> None:
    html = (bundles / "en" / "salt-marsh.html").read_text(encoding="utf-8")
    place = re.findall(r'<h2[^>]* id="([^"]+)"', html)[-1]
    page = visit(f"uk/salt-marsh.html#{place}", "en", base=server if served else "")
    page.locator(link).first.click()
    page.wait_for_url(f"**/en/salt-marsh.html#{place}")
    assert page.evaluate("document.querySelector(':target').id") == place
    assert page.evaluate("scrollY") > 0
    assert not prompt(page).is_visible()


def test_a_strict_policy_in_the_header_stops_nothing(visit: Open, server: str) -> None:
    page = visit("uk/salt-marsh.html", "en", base=f"{server}strict/")
    with urllib.request.urlopen(page.url) as answer:
        assert answer.headers["Content-Security-Policy"] == STRICT
    assert page.evaluate("getComputedStyle(document.querySelector('#l10n-prompt')).display") == "flex"
    prompt(page).locator(".l10n-no").click()
    page.reload()
    assert not prompt(page).is_visible()


def test_a_strict_policy_stands_in_every_page(bundles: Path) -> None:
    listed = json.loads((bundles / "manifest.json").read_text("utf-8"))["files"]
    for path in (bundles / file["path"] for file in listed if file["kind"] in ("page", "index")):
        found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', path.read_text("utf-8"))
        assert found is not None
        assert "default-src 'none'" in found[1]
        assert "unsafe" not in found[1]


def test_nothing_is_asked_on_paper(visit: Open) -> None:
    page = visit("uk/salt-marsh.html", "en")
    assert prompt(page).is_visible()
    page.emulate_media(media="print")
    assert not prompt(page).is_visible()


def test_a_saved_page_asks_as_a_fresh_one_does(visit: Open, server: str) -> None:
    page = visit("uk/salt-marsh.html", "en", base=server)
    assert prompt(page).is_visible()
    EXTRA["saved.html"] = page.content().replace("../assets/", "/assets/")
    assert prompt(visit("saved.html", "en", base=server)).locator("p").count() == 1
    assert not prompt(visit("saved.html", "fr", base=server)).is_visible()


def test_nothing_is_asked_on_a_page_that_the_browser_translated(
    visit: Open, bundles: Path, server: str
) -> None:
    html = (bundles / "uk" / "salt-marsh.html").read_text(encoding="utf-8").replace("../assets/", "/assets/")
    EXTRA["translated.html"] = html.replace("<html ", '<html class="translated-ltr" ')
    assert not prompt(visit("translated.html", "en", base=server)).is_visible()


@pytest.mark.parametrize("languages", ["[]", "undefined"])
def test_who_names_no_language_is_asked_nothing(
    visit: Open, chromium: Any, server: str, languages: str
) -> None:
    context = chromium.new_context()
    context.add_init_script(
        f"Object.defineProperty(Navigator.prototype, 'languages', {{ get: () => {languages} }});"
        "Object.defineProperty(Navigator.prototype, 'language', { get: () => undefined })"
    )
    assert not prompt(visit("uk/salt-marsh.html", "en", context=context, base=server)).is_visible()
    context.close()


def test_search_engines_find_no_words_of_the_prompt(bundles: Path) -> None:
    for path in bundles.glob("*/salt-marsh.html"):
        html = path.read_text(encoding="utf-8")
        found = re.search(r'<section id="l10n-prompt"([^>]*)></section>', html)
        assert found is not None
        assert {"hidden", "data-nosnippet"} <= set(found[1].split())


def test_nothing_is_asked_in_a_frame(visit: Open, server: str) -> None:
    EXTRA["framing.html"] = f'{PLAIN}<iframe src="/uk/salt-marsh.html"></iframe>'
    page = visit("framing.html", "en", base=server)
    frame = page.frames[1]
    frame.wait_for_load_state()
    assert frame.locator("h1").count() == 1
    assert not frame.locator("#l10n-prompt").is_visible()


WATCH = """
const shown = () => !document.getElementById("l10n-prompt").hidden;
const early = document.prerendering;
document.addEventListener("prerenderingchange", () => {
  const before = shown();
  setTimeout(() => { new Image().src = `/seen?${early},${before},${shown()}`; });
});
if (!early) new Image().src = "/seen?late";
"""


def test_a_page_that_is_prepared_in_advance_asks_when_it_is_opened(
    bundles: Path, server: str, tmp_path: Path
) -> None:
    """Without Playwright, which forbids the browser to prepare pages."""
    rules = json.dumps({"prerender": [{"source": "list", "urls": ["/ready.html"], "eagerness": "immediate"}]})
    going = "setTimeout(() => { location.href = '/ready.html'; }, 1500)"
    html = (bundles / "uk" / "salt-marsh.html").read_text(encoding="utf-8").replace("../assets/", "/assets/")
    EXTRA["ahead.html"] = f'{PLAIN}<script type="speculationrules">{rules}</script><script>{going}</script>'
    EXTRA["ready.html"] = html.replace("<body>", '<body><script src="/watch.js"></script>')
    EXTRA["watch.js"], EXTRA["seen"] = WATCH, ""
    command = [str(CHROMIUM), "--headless", *FLAGS.split(), "--remote-debugging-port=0"]
    command += [f"--user-data-dir={tmp_path}", f"{server}ahead.html"]
    browser = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        seen = SEEN.get(timeout=30)
        if seen == "late":
            pytest.skip("the browser had no time to prepare the page")
        assert seen == "true,false,true"
    finally:
        browser.terminate()
        browser.wait(10)


def test_a_draft_is_offered_as_one(visit: Open, bundles: Path, server: str) -> None:
    html = page_of(bundles, "draft", "en", ("es",), "English").replace('"draft": false', '"draft": true')
    EXTRA["draft.html"], EXTRA["draft.js"] = html, prompts.script(["en", "es"], words_of(["es"]))
    asked = prompt(visit("draft.html", "es-MX", base=server))
    assert "traducida automáticamente" in asked.locator("p").inner_text()


@pytest.mark.parametrize(
    ("no", "answer"),
    [
        ("<b onclick='x()'>Ні</b> ({language})", "<b onclick='x()'>Ні</b> (<i>Мова</i>)"),
        ("Ні", "Ні"),
        ("{language} {language}", "<i>Мова</i> "),
    ],
)
def test_words_are_text_whatever_a_site_writes(
    visit: Open, bundles: Path, server: str, no: str, answer: str
) -> None:
    hostile = '<img src=x onerror=alert(1)></script>\u2028\\"__SITE__'
    words = {"uk": prompts.Words(hostile, hostile, hostile, no, hostile)}
    EXTRA["own.js"] = prompts.script(["en", "uk"], words)
    EXTRA["own.html"] = page_of(bundles, "own", "en", ("uk",), "<i>Мова</i>")
    asked = prompt(visit("own.html", "uk", base=server))
    assert asked.locator("p").evaluate("(each) => each.textContent") == hostile
    assert asked.get_attribute("aria-label") == hostile
    assert asked.locator(".l10n-no").evaluate("(each) => each.textContent") == answer
    assert asked.locator("img, b, i").count() == 0


def test_real_settings_of_the_browser_unfaked(launcher: Any, bundles: Path, tmp_path: Path) -> None:
    """Chromium's own list of languages, in a profile of its own, without emulation."""
    settings = [*FLAGS.split(), "--accept-lang=uk,pl,en-US"]
    context = launcher.launch_persistent_context(tmp_path, executable_path=CHROMIUM, args=settings)
    page = context.new_page()
    page.goto(f"{bundles.as_uri()}/en/salt-marsh.html")
    assert page.evaluate("navigator.languages")[:3] == ["uk", "pl", "en-US"]
    assert prompt(page).get_attribute("lang") == "uk"
    assert prompt(page).is_visible()
    prompt(page).locator(".l10n-yes").click()
    page.wait_for_url("**/uk/salt-marsh.html")
    assert not prompt(page).is_visible()
    context.close()


AXE = "axe-core@4.11.1"


@pytest.fixture(scope="session")
def axe(pytestconfig: pytest.Config) -> str:
    """The source of axe-core, fetched once with npm (MPL-2.0; only for these tests)."""
    if not shutil.which("npm"):
        pytest.skip("npm is not installed, so axe-core cannot be had")
    assert pytestconfig.cache is not None
    folder = pytestconfig.cache.mkdir("axe")
    file = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not file.is_file():
        npm = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder), AXE]
        run = subprocess.run(npm, capture_output=True, text=True, check=False, timeout=120)
        if run.returncode or not file.is_file():
            pytest.skip(f"npm cannot install {AXE}")
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "languages", "width"),
    [
        ("uk/bakery-dawn.html", "en", 1280),
        ("en/salt-marsh.html", "ar", 320),
        ("ar/salt-marsh.html", "ja", 360),
        ("en/index.html", "uk", 360),
    ],
)
def test_axe_finds_no_barrier(
    visit: Open, axe: str, path: str, languages: str, width: int, scheme: str
) -> None:
    page = visit(path, languages, viewport={"width": width, "height": 900}, color_scheme=scheme)
    assert prompt(page).is_visible()
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": axe})
    found = session.send(
        "Runtime.evaluate",
        {
            "expression": "axe.run({ preload: false }).then((r) => JSON.stringify(r.violations.map((v) =>"
            " [v.id, v.nodes.map((n) => n.target.join(' '))])))",
            "awaitPromise": True,
        },
    )
    assert json.loads(found["result"]["value"]) == []
