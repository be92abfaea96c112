"""Serve: the bundles on this machine, built anew when something changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from l10n.errors import ConfigError, L10nError
from l10n.project import Project, open_project
from l10n.tasks.building import build_project

_LOOPBACK = "127.0.0.1"
_PAUSE = 0.5
"""Seconds between two looks at the files."""


class _Handler(SimpleHTTPRequestHandler):
    """Files as they are, never cached, without a line in the log for each."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def serve_project(project: Project, port: int, say: Callable[[str], None]) -> None:
    """Build, then serve the bundles on the loopback address until interrupted.

    `port` 0 takes any that is free. Whatever changes in the project is built anew; what goes wrong
    then is said and the old pages stay. Raises ConfigError where the port is taken.
    """
    _build(project, say)
    handler = partial(_Handler, directory=str(project.bundles))
    try:
        server = ThreadingHTTPServer((_LOOPBACK, port), handler)
    except OSError as error:
        hint = "choose another with --port"
        raise ConfigError(f"port {port} cannot be used: {error.strerror}", hint=hint) from error
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(project, say, stop), daemon=True)
    watcher.start()
    say(f"serving http://{_LOOPBACK}:{server.server_address[1]}/ (Ctrl+C ends)")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say("")
    finally:
        stop.set()
        server.server_close()
        watcher.join()


def _watch(project: Project, say: Callable[[str], None], stop: threading.Event) -> None:
    seen = _snapshot(project)
    while not stop.wait(_PAUSE):
        now = _snapshot(project)
        if now != seen:
            seen = now
            _build(project, say)


def _snapshot(project: Project) -> dict[Path, tuple[int, int]]:
    """Time and size of every file that pages are made from."""
    config = project.config
    folders = [project.root / name for name in (config.articles, config.catalogs, config.theme)]
    files = [path for folder in folders for path in folder.rglob("*")]
    out = {}
    for path in [*files, project.root / "l10n.toml", project.root / "pyproject.toml"]:
        with suppress(OSError):  # a file may go while we look
            if path.is_file():
                out[path] = (path.stat().st_mtime_ns, path.stat().st_size)
    return out


def _build(project: Project, say: Callable[[str], None]) -> None:
    try:
        report = build_project(open_project(project.root))
    except L10nError as error:
        say(f"not built: {error}")
        return
    for failure in report.failures:
        say(f"failed: {failure}")
    say(f"built: {report.pages} pages, {len(report.written)} files changed")
