"""The workspace on disk: what the configuration says, where things lie, loading and saving them.

What knows catalogs and readers loads when it is first used: a command that only reads texts needs neither.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from l10n.project.encodings import decode, encode
from l10n.project.files import locked, read_bytes, read_chunks, write_bytes, write_chunks

if TYPE_CHECKING:
    from l10n.project.config import CONFIG_FILE, Config, Publishing, find_config, load_config
    from l10n.project.publications import Publication, checked
    from l10n.project.workspace import SITE, ArticleFile, Project, load_article_file, load_po, open_project

__all__ = [
    "CONFIG_FILE",
    "SITE",
    "ArticleFile",
    "Config",
    "Project",
    "Publication",
    "Publishing",
    "checked",
    "decode",
    "encode",
    "find_config",
    "load_article_file",
    "load_config",
    "load_po",
    "locked",
    "open_project",
    "read_bytes",
    "read_chunks",
    "write_bytes",
    "write_chunks",
]

_HOMES = {
    "CONFIG_FILE": "config",
    "Config": "config",
    "Publication": "publications",
    "Publishing": "config",
    "checked": "publications",
    "find_config": "config",
    "load_config": "config",
}
"""Module of each name that loads later; the others are all in `workspace`."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'l10n.project' has no attribute {name!r}")
    return getattr(import_module(f"l10n.project.{_HOMES.get(name, 'workspace')}"), name)
