"""The workspace on disk: what the configuration says, where things lie, loading and saving them.

What knows catalogs and readers loads when it is first used: a command that only reads texts needs neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.laziness import loading
from l10n.project.encodings import decode, encode
from l10n.project.files import Chunks, exists, locked, read_bytes, write_bytes, write_chunks

if TYPE_CHECKING:
    from l10n.project.config import CONFIG_FILE, Config, Publishing, find_config, load_config
    from l10n.project.publications import Publication, checked
    from l10n.project.workspace import SITE, ArticleFile, Project, load_article_file, load_po, open_project

__all__ = [
    "CONFIG_FILE",
    "SITE",
    "ArticleFile",
    "Chunks",
    "Config",
    "Project",
    "Publication",
    "Publishing",
    "checked",
    "decode",
    "encode",
    "exists",
    "find_config",
    "load_article_file",
    "load_config",
    "load_po",
    "locked",
    "open_project",
    "read_bytes",
    "write_bytes",
    "write_chunks",
]

__getattr__ = loading(
    __name__,
    {
        "config": "CONFIG_FILE Config Publishing find_config load_config",
        "publications": "Publication checked",
        "workspace": "SITE ArticleFile Project load_article_file load_po open_project",
    },
)
