"""Neutral addresses over real HTTP: the same answers from an ASGI and from a WSGI server."""

from __future__ import annotations

import http.client
import json
import re
import threading
import wsgiref.simple_server
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from wsgiref.validate import validator

import pytest

from l10n.prompts import Addresses, middleware, site_addresses
from tests.conftest import ROOT

uvicorn = pytest.importorskip("uvicorn", reason="uvicorn is not installed")


def entry(locale: str, id: str) -> dict[str, Any]:
    return {"path": f"{locale}/{id}.html", "locale": locale, "article": id, "kind": "page"}


MANIFEST = {
    "files": [
        *({"path": f"{tag}/index.html", "locale": tag, "kind": "index"} for tag in ("uk", "en", "zh-Hans")),
        *(entry(tag, "salt-marsh") for tag in ("uk", "en", "zh-Hans")),
        *(entry(tag, "world/хліб та сіль") for tag in ("uk", "en")),
        entry("uk", "lone"),
        entry("en", "uk/odd"),
        {"path": "uk/salt-marsh.md", "locale": "uk", "article": "salt-marsh", "kind": "text"},
        {"path": "assets/style.css", "kind": "asset"},
    ]
}
ADDRESSES = site_addresses(MANIFEST, default="en")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


Ask = Callable[..., Answer]


def wsgi_site(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """A site that shows what it is asked for, and has a Vary of its own."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Vary", "Accept-Encoding")])
    return [environ["PATH_INFO"].encode("latin-1")]


async def asgi_site(scope: Any, receive: Any, send: Any) -> None:
    headers = [(b"content-type", b"text/plain"), (b"vary", b"Accept-Encoding")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": scope["path"].encode()})


class Quiet(wsgiref.simple_server.WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def wsgi_port() -> Iterator[int]:
    app = validator(middleware.wsgi(validator(wsgi_site), ADDRESSES))
    with wsgiref.simple_server.make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def asgi_port() -> Iterator[int]:
    config = uvicorn.Config(
        middleware.asgi(asgi_site, ADDRESSES),
        port=0,
        http="h11",
        ws="none",
        lifespan="off",
        log_level="error",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        thread.join(0.02)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


@pytest.fixture(params=["wsgi", "asgi"])
def ask(request: pytest.FixtureRequest) -> Ask:
    """Ask the server for an address, as a visitor with some languages."""
    port = request.getfixturevalue(f"{request.param}_port")

    def asked(address: str, languages: str | None = None, method: str = "GET") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        headers = {} if languages is None else {"Accept-Language": languages}
        connection.request(method, address, headers=headers)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        body = answer.read()
        connection.close()
        return Answer(answer.status, found, body)

    return asked


@pytest.mark.parametrize(
    ("address", "languages", "page"),
    [
        ("/salt-marsh.html", "uk-UA,uk;q=0.9,en;q=0.8", "/uk/salt-marsh.html"),
        ("/salt-marsh", "en-GB", "/en/salt-marsh.html"),
        ("/salt-marsh/", "fr, zh-CN;q=0.5", "/zh-Hans/salt-marsh.html"),
        ("/salt-marsh", "en;q=0.3, uk;q=0.7", "/uk/salt-marsh.html"),
        ("/salt-marsh", "fr", "/en/salt-marsh.html"),
        ("/salt-marsh", None, "/en/salt-marsh.html"),
        ("/salt-marsh", "*", "/en/salt-marsh.html"),
        ("/salt-marsh", "uk;q=0, ru;q=0.9", "/en/salt-marsh.html"),
        ("/salt-marsh", ";;;q=,\x01", "/en/salt-marsh.html"),
        ("/salt-marsh?a=1&b=%C3%A9", "uk", "/uk/salt-marsh.html?a=1&b=%C3%A9"),
        (
            "/world/%D1%85%D0%BB%D1%96%D0%B1%20%D1%82%D0%B0%20%D1%81%D1%96%D0%BB%D1%8C",
            "uk",
            "/uk/world/%D1%85%D0%BB%D1%96%D0%B1%20%D1%82%D0%B0%20%D1%81%D1%96%D0%BB%D1%8C.html",
        ),
        ("/lone", "uk", "/uk/lone.html"),
        ("/", "zh-CN", "/zh-Hans/index.html"),
    ],
)
def test_a_neutral_address_leads_to_the_visitors_language(
    ask: Ask, address: str, languages: str | None, page: str
) -> None:
    answer = ask(address, languages)
    assert (answer.status, answer.headers["location"], answer.body) == (302, page, b"")
    assert answer.headers["vary"] == "Accept-Language"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("languages", ["uk", "en-US,en;q=0.9", "de", None, "*;q=0"])
@pytest.mark.parametrize("locale", ["uk", "en", "zh-Hans"])
def test_the_page_of_a_locale_never_redirects(ask: Ask, locale: str, languages: str | None) -> None:
    answer = ask(f"/{locale}/salt-marsh.html", languages)
    assert (answer.status, answer.body.decode()) == (200, f"/{locale}/salt-marsh.html")
    assert answer.headers["content-language"] == locale
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "cache-control" not in answer.headers


def test_where_nothing_fits_the_application_answers_for_no_cache_to_mix_up(ask: Ask) -> None:
    for address, languages in (("/", "fr"), ("/lone", "fr"), ("/", None)):
        answer = ask(address, languages)
        assert (answer.status, answer.body.decode()) == (200, address)
        assert "Accept-Language" in answer.headers["vary"]
        assert "content-language" not in answer.headers


def test_all_else_is_left_to_the_application(ask: Ask) -> None:
    for address, method in (
        ("/assets/style.css", "GET"),
        ("/uk/salt-marsh.md", "GET"),
        ("/salt-marsh", "POST"),
        ("/nothing", "GET"),
    ):
        answer = ask(address, "uk", method)
        assert (answer.status, answer.body.decode()) == (200, address)
        assert "content-language" not in answer.headers
    assert ask("/salt-marsh", "uk", "HEAD").status == 302


def test_an_article_named_as_a_page_of_a_locale_is_does_not_take_its_address() -> None:
    clash = {"files": [entry("uk", "odd"), entry("en", "uk/odd"), entry("uk", "uk/odd")]}
    assert site_addresses(clash).lead("/uk/odd.html", "en") is None
    assert site_addresses(clash).lead("/uk/odd", "en") == "/en/uk/odd.html"


def test_a_mounted_site_redirects_below_its_mount() -> None:
    told: list[Any] = []
    asked = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "/news",
        "PATH_INFO": "/",
        "HTTP_ACCEPT_LANGUAGE": "uk",
    }
    app = middleware.wsgi(wsgi_site, Addresses({"/": {"uk": "/uk/index.html"}}))
    app(asked, lambda status, headers: told.append((status, dict(headers)["Location"])))
    assert told == [("302 Found", "/news/uk/index.html")]


def test_the_example_of_the_documentation_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    block = re.search(r"```python\n(.*?)```", (ROOT / "docs" / "prompt.md").read_text("utf-8"), re.DOTALL)
    assert block is not None
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"application": wsgi_site, "app": asgi_site}
    exec(block[1], names)
    told: list[Any] = []
    asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/salt-marsh", "HTTP_ACCEPT_LANGUAGE": "zh"}
    names["application"](asked, lambda status, headers: told.append(dict(headers)["Location"]))
    assert told == ["/zh-Hans/salt-marsh.html"]
