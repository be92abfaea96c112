"""Redirects: what a host must know so that neutral addresses lead to a visitor's language."""

from __future__ import annotations

import json
from pathlib import Path

from l10n.errors import ConfigError, RenderError
from l10n.project import Project, read_bytes, write_bytes
from l10n.prompts import Addresses, site_addresses
from l10n.prompts.hosting import HOSTS

MANIFEST = "manifest.json"


def redirects(project: Project, host: str) -> str:
    """The redirects of the bundles that are built, as the host's own file.

    Raises ConfigError for a host that is not known, RenderError where nothing is built yet.
    """
    if host not in HOSTS:
        raise ConfigError(f"there is no host {host!r}", hint=f"one of: {', '.join(sorted(HOSTS))}")
    return HOSTS[host](built_addresses(project))


def built_addresses(project: Project) -> Addresses:
    """The addresses of the bundles; those who read no language of an article get its source."""
    path = project.bundles / MANIFEST
    hint = "run `l10n build` first"
    if not path.is_file():
        raise RenderError("nothing is built yet", where=project.shown(path), hint=hint)
    try:
        return site_addresses(json.loads(read_bytes(path, RenderError)), project.config.source)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RenderError(f"not a manifest: {error}", where=project.shown(path), hint=hint) from error


def save_redirects(text: str, path: Path) -> bool:
    """Write them; True where that changed the file."""
    return write_bytes(path, text.encode("utf-8"), RenderError)
