"""Middleware for ASGI and WSGI servers: a neutral address leads to the page in the visitor's language.

A redirect is 302, `Vary: Accept-Language` and `Cache-Control: private, no-cache`, so that no cache gives
one visitor's language to another. Pages of a locale are never redirected, whatever the visitor's languages:
they get `Content-Language`, where the application sends none, and stay as cacheable as they are. Nothing
is stored, and no cookie is read or set.
Sources: RFC 9110, sections 8.5, 12.5.4, 12.5.5 and 15.4.3; PEP 3333; the ASGI specification 3.0.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import quote

from l10n.prompts.addresses import Addresses

Headers = list[tuple[str, str]]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]
Environ = dict[str, Any]
StartResponse = Callable[..., Callable[[bytes], object]]
WsgiApp = Callable[[Environ, StartResponse], Iterable[bytes]]

_VARY = "Accept-Language"
_WISHES = _VARY.lower()
_METHODS = ("GET", "HEAD")
_SAFE = "%/:?@!$&'()*+,;=-._~[]"
"""What a query may hold as it is (RFC 3986, section 3.4)."""


def wsgi(app: WsgiApp, addresses: Addresses) -> WsgiApp:
    """A WSGI application that answers neutral addresses, and leaves all else to `app`."""

    def negotiating(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        address = environ.get("PATH_INFO", "").encode("latin-1").decode("utf-8", "replace")
        mount = environ.get("SCRIPT_NAME", "").encode("latin-1").decode("utf-8", "replace")
        answer = None
        if environ["REQUEST_METHOD"] in _METHODS:
            wishes = environ.get("HTTP_ACCEPT_LANGUAGE")
            answer = _redirect(addresses, address, wishes, mount, environ.get("QUERY_STRING", ""))
        if answer:
            start_response("302 Found", answer)
            return []

        def start(status: str, headers: Headers, *rest: Any) -> Callable[[bytes], object]:
            return start_response(status, _told(headers, addresses, address), *rest)

        return app(environ, start)

    return negotiating


def asgi(app: AsgiApp, addresses: Addresses) -> AsgiApp:
    """An ASGI application that answers neutral addresses, and leaves all else to `app`."""

    async def negotiating(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await app(scope, receive, send)
        mount = scope.get("root_path", "").rstrip("/")
        address = scope["path"].removeprefix(mount) if mount else scope["path"]
        answer = None
        if scope["method"] in _METHODS:
            wishes = [
                value.decode("latin-1") for name, value in scope["headers"] if name == b"accept-language"
            ]
            query = scope.get("query_string", b"").decode("latin-1")
            answer = _redirect(addresses, address, ",".join(wishes), mount, query)
        if answer:
            await send({"type": "http.response.start", "status": 302, "headers": _encoded(answer)})
            return await send({"type": "http.response.body", "body": b""})

        async def telling(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = [
                    (name.decode("latin-1"), value.decode("latin-1")) for name, value in message["headers"]
                ]
                message = {**message, "headers": _encoded(_told(headers, addresses, address))}
            await send(message)

        return await app(scope, receive, telling)

    return negotiating


def _redirect(
    addresses: Addresses, address: str, wishes: str | None, mount: str, query: str
) -> Headers | None:
    """The headers that lead a visitor on, or None where the application is to answer."""
    page = addresses.lead(address, wishes)
    if page is None:
        return None
    location = quote(f"{mount}{page}") + (f"?{quote(query, _SAFE)}" if query else "")
    return [
        ("Location", location),
        ("Vary", _VARY),
        ("Cache-Control", "private, no-cache"),
        ("Content-Type", "text/plain"),
        ("Content-Length", "0"),
    ]


def _told(headers: Iterable[tuple[str, str]], addresses: Addresses, address: str) -> Headers:
    """The headers of an application's answer, with what they have to say about languages."""
    told = list(headers)
    if address in addresses.neutral:
        varied = (value for name, value in told if name.lower() == "vary")
        if not any({"*", _WISHES} & _fields(value) for value in varied):
            told.append(("Vary", _VARY))
    elif address in addresses.locales and not any(name.lower() == "content-language" for name, _ in told):
        told.append(("Content-Language", addresses.locales[address]))
    return told


def _fields(value: str) -> set[str]:
    return {name.strip().lower() for name in value.split(",")}


def _decoded(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    return [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in headers]


def _encoded(headers: Headers) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
