"""Serve: the preview over HTTP on this machine, in pages that load anew when something has changed."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from mimetypes import guess_type
from typing import Any
from urllib.parse import parse_qs, quote, unquote

from l10n.errors import ConfigError, L10nError
from l10n.laziness import expression
from l10n.project import Project
from l10n.tasks.planning import INDEX
from l10n.tasks.previewing import Preview
from l10n.tasks.reviewing import render_articles, render_units

_OURS = "_l10n"
"""The folder of what is no part of the bundles; no locale can have this name."""
_PAUSE = 0.2
"""Seconds between two looks at the files. Looking also sees what notices of the system miss: folders that
come later, files that take another's place, drives of the network."""
_PATIENCE = 25.0
"""Seconds after which a page that waits for a change asks anew."""
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""For our own pages, over the escaping of what they show; those of the bundles bring theirs."""
_BODY = expression(rb"<body\b[^>]*>")
_HTML, _SCRIPT = "text/html; charset=utf-8", "text/javascript; charset=utf-8"


def serve_project(project: Project, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serve the preview on an address of this machine until interrupted.

    `port` 0 takes any that is free. What is wrong in the project is said, and stands on the pages, which
    stay as they were. Raises ConfigError where the address cannot be used, L10nError where there is
    nothing to be shown yet.
    """
    site = _Site(Preview(project.root), host, say)
    site.tell()
    server = _listening(host, port, site)
    stop = threading.Event()
    watcher = threading.Thread(target=site.watch, args=(stop,), daemon=True)
    watcher.start()
    name = f"[{host}]" if ":" in host else host
    if not _is_loopback(host):
        say("warning: others in your network can read these pages, drafts among them")
    say(f"serving http://{name}:{server.server_address[1]}/ (Ctrl+C ends)")
    say(f"for translators: http://{name}:{server.server_address[1]}/{_OURS}/")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say("")
    finally:
        stop.set()
        server.server_close()
        watcher.join()


def _listening(host: str, port: int, site: _Site) -> ThreadingHTTPServer:
    class Handler(_Handler):
        served = site

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

        def handle_error(self, request: Any, client_address: Any) -> None:
            if not isinstance(sys.exception(), ConnectionError):  # a page that was left while it waited
                super().handle_error(request, client_address)

    try:
        return Server((host, port), Handler)
    except OSError as error:
        hint = "choose another with --port, or an address of this machine with --host"
        raise ConfigError(f"{host} port {port} cannot be used: {error.strerror}", hint=hint) from error


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What is sent."""

    status: HTTPStatus
    kind: str
    data: bytes
    ours: bool = True
    """Whether it is none of the bundles, and gets our policy."""
    page: tuple[str, str] | None = None
    """The article and locale of a page, which gets a bar; empty where it shows none."""


class _Site:
    """The preview as answers to requests."""

    def __init__(self, preview: Preview, host: str, say: Callable[[str], None]) -> None:
        self._preview, self._host, self._say = preview, host, say
        self._changed = threading.Condition()
        self._count = 0
        self._last: dict[tuple[str, str], str | None] = {}

    @property
    def version(self) -> str:
        """Another one whenever something has changed, and for every server."""
        return f"{os.getpid()}.{self._count}"

    def watch(self, stop: threading.Event) -> None:
        """Look at the files until told to stop, and wake the pages that wait."""
        while not stop.wait(_PAUSE):
            if self._preview.refresh():
                with self._changed:
                    self._count += 1
                    self._changed.notify_all()
                self.tell()

    def tell(self) -> None:
        """Say what there is now."""
        for failure in self._preview.failures:
            self._say(f"failed: {failure}")
        self._say(f"showing {len(self._preview.plan.pages)} pages")

    def welcomes(self, host: str) -> bool:
        """Whether a Host header may be answered: one by which no foreign page can reach us.

        A page whose own name is made to lead here (DNS rebinding) would send that name; addresses, and
        names that always mean this machine (RFC 6761), cannot be rebound.
        """
        name = re.sub(r":\d*$", "", host).strip("[]").lower()
        try:
            return bool(ipaddress.ip_address(name))
        except ValueError:
            return name in ("localhost", self._host.lower()) or name.endswith(".localhost")

    def answer(self, path: str, query: Mapping[str, list[str]]) -> _Answer:
        """What there is at a path without "/" before it."""
        version = self.version  # before the page is made: one that changes meanwhile is then loaded anew
        try:
            own = path == _OURS or path.startswith(f"{_OURS}/")
            found = self._own(path.removeprefix(_OURS).lstrip("/"), query) if own else self._bundle(path)
        except L10nError as error:
            found = _message(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        if found.page is None:
            return found
        bar = self._bar(version, *found.page)
        data, count = _BODY.subn(lambda body: body[0] + bar, found.data, count=1)
        return replace(found, data=data if count else bar + data)

    def _bundle(self, path: str) -> _Answer:
        path = f"{path}{INDEX}" if not path or path.endswith("/") else path
        file = self._preview.find(path)
        if file is None or file.data is None:
            return self._missing(path)
        if file.kind in ("page", "index"):
            page = str(file.facts.get("article", "")), str(file.facts.get("locale", ""))
            return _Answer(HTTPStatus.OK, _HTML, file.data, ours=False, page=page)
        kind = guess_type(path)[0] or "application/octet-stream"
        return _Answer(
            HTTPStatus.OK, f"{kind}; charset=utf-8" if _is_text(kind) else kind, file.data, ours=False
        )

    def _missing(self, path: str) -> _Answer:
        locale, _, rest = path.partition("/")
        id = rest.removesuffix(".html")
        reasons = "; ".join(self._preview.reasons(id, locale))
        if reasons:
            return _message(HTTPStatus.NOT_FOUND, f"not published: {reasons}", (id, locale))
        return _message(HTTPStatus.NOT_FOUND, "there is no such page")

    def _own(self, path: str, query: Mapping[str, list[str]]) -> _Answer:
        if path == "changes.js":
            return _Answer(HTTPStatus.OK, _SCRIPT, self._change(query.get("since", [""])[0]))
        if path in ("reload.js", "preview.css"):
            return _Answer(HTTPStatus.OK, guess_type(path)[0] or "", _file(path))
        html = self._units(path, query.get("show", ["all"])[0]) if path else render_articles(self._preview)
        return _page(html) if html else _message(HTTPStatus.NOT_FOUND, "there is no such page")

    def _units(self, path: str, shown: str) -> str | None:
        """The units of a page; where they cannot be read now, as they were last."""
        locale, _, id = path.partition("/")
        try:
            self._last[path, shown] = render_units(self._preview, id, locale, shown)
        except L10nError:
            if not self._last.get((path, shown)):
                raise
        return self._last[path, shown]

    def _change(self, since: str) -> bytes:
        """A script that loads the page anew, as soon as there is another version."""
        with self._changed:
            changed = self._changed.wait_for(lambda: self.version != since, _PATIENCE)
        return b"location.reload();" if changed else b""

    def _bar(self, version: str, id: str, locale: str) -> bytes:
        """What the preview adds to a page: the way to its units, what is wrong, and the script."""
        units = f"{quote(locale)}/{quote(id)}" if id else ""
        wrong = [str(each) for each in self._preview.failures] + self._preview.reasons(id, locale)
        notes = "".join(f'<p role="alert"><bdi>{escape(each)}</bdi></p>' for each in wrong)
        return (
            f'<link rel="stylesheet" href="/{_OURS}/preview.css">'
            f'<aside class="l10n-preview" lang="en" dir="ltr" aria-label="Preview">'
            f'<p><a href="/">Site</a> <a href="/{_OURS}/">All articles</a>'
            + (f' <a href="/{_OURS}/{units}">Units of this page</a>' if units else "")
            + f'</p>{notes}</aside><script src="/{_OURS}/reload.js?since={version}"></script>'
        ).encode()


def _message(status: HTTPStatus, text: str, page: tuple[str, str] = ("", "")) -> _Answer:
    html = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{status.phrase}</title>'
        f'<body><main class="l10n-message"><h1>{status.phrase}</h1><p>{escape(text)}</p></main>'
    )
    return replace(_page(html), status=status, page=page)


def _page(html: str) -> _Answer:
    return _Answer(HTTPStatus.OK, _HTML, html.encode("utf-8", "replace"), page=("", ""))


def _file(name: str) -> bytes:
    return (files("l10n.renderers") / "themes" / "preview" / name).read_bytes()


def _is_text(kind: str) -> bool:
    return kind.startswith("text/") or kind in ("application/json", "application/javascript")


class _Handler(BaseHTTPRequestHandler):
    """Answers of a site, never cached, without a line in the log for each."""

    served: _Site

    def do_GET(self) -> None:
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not self.served.welcomes(hosts[0]):
            refusal = b"This name is not that of the preview.\n"
            self._send(_Answer(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", refusal))
            return
        path, _, query = self.path.partition("?")
        self._send(self.served.answer(unquote(path).lstrip("/"), parse_qs(query)))

    do_HEAD = do_GET

    def _send(self, answer: _Answer) -> None:
        self.send_response(answer.status)
        headers = {**_HEADERS, "Content-Type": answer.kind, "Content-Length": str(len(answer.data))}
        for name, value in (
            headers | {"Content-Security-Policy": _POLICY} if answer.ours else headers
        ).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.data)

    def log_message(self, format: str, *args: object) -> None:
        pass
