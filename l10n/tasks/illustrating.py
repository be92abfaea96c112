"""Pictures of articles: found beside their articles, copied to the bundles."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from l10n.model import Article, Code
from l10n.project import Project

MEDIA = "media"
"""Folder of the pictures, below that of the bundles."""


def pictures(project: Project, article: Article, file: Path) -> tuple[Mapping[str, Path], list[str]]:
    """Address as the article has it -> file, for the pictures that lie in the project's article folder.

    And the addresses of those that should lie there, but do not.
    """
    found: dict[str, Path] = {}
    missing: list[str] = []
    for source in dict.fromkeys(_sources(article)):
        path = _beside(project, file, source)
        if path and path.is_file():
            found[source] = path
        elif path:
            missing.append(source)
    return found, missing


def addresses(project: Project, found: Mapping[str, Path]) -> Mapping[str, str]:
    """Address as the article has it -> where the picture lies below the folder of bundles."""
    folder = (project.root / project.config.articles).resolve()
    return {
        source: posixpath.join(MEDIA, path.relative_to(folder).as_posix()) for source, path in found.items()
    }


def _sources(article: Article) -> Iterator[str]:
    for block in article.blocks:
        for attributes in (block.attributes, *(c.attributes for c in block.content if isinstance(c, Code))):
            yield from (value for name, value in attributes if name == "src")


def _beside(project: Project, file: Path, source: str) -> Path | None:
    """The file that a relative address means, where that lies in the folder of articles."""
    parts = urlsplit(source)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    try:
        path = (file.parent / unquote(parts.path)).resolve()
    except (OSError, ValueError):
        return None
    return path if path.is_relative_to((project.root / project.config.articles).resolve()) else None
