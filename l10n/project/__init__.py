"""The workspace on disk: what the configuration says, where things lie, loading and saving them."""

from __future__ import annotations

from l10n.project.config import Config, Publishing, find_config, load_config
from l10n.project.files import locked, read_bytes, write_bytes
from l10n.project.workspace import ArticleFile, Project, load_article_file, open_project

__all__ = [
    "ArticleFile",
    "Config",
    "Project",
    "Publishing",
    "find_config",
    "load_article_file",
    "load_config",
    "locked",
    "open_project",
    "read_bytes",
    "write_bytes",
]
