"""Pictures of articles: found beside their articles, copied to the bundles, addressed from the pages."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from l10n.model import Article, Code
from l10n.project import Project

MEDIA = "media"
"""Folder of the pictures, below that of the bundles."""


def pictures(project: Project, article: Article, file: Path) -> Mapping[str, Path]:
    """Address as the article has it -> file, for the pictures that lie in the project's article folder."""
    found = {source: _beside(project, file, source) for source in _sources(article)}
    return {source: path for source, path in found.items() if path}


def bundle_path(project: Project, picture: Path) -> str:
    """Where a picture lies below the folder of bundles: the same for all locales."""
    below = picture.relative_to((project.root / project.config.articles).resolve())
    return posixpath.join(MEDIA, below.as_posix())


def addresses(project: Project, found: Mapping[str, Path], page: str) -> Mapping[str, str]:
    """Address as the article has it -> address from a page, a path below the folder of bundles."""
    start = posixpath.dirname(page) or "."
    return {
        source: quote(posixpath.relpath(bundle_path(project, picture), start))
        for source, picture in found.items()
    }


def _sources(article: Article) -> Iterator[str]:
    for block in article.blocks:
        for attributes in (block.attributes, *(c.attributes for c in block.content if isinstance(c, Code))):
            yield from (value for name, value in attributes if name == "src")


def _beside(project: Project, file: Path, source: str) -> Path | None:
    """The file that a relative address means, where it lies in the folder of articles."""
    parts = urlsplit(source)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    path = (file.parent / unquote(parts.path)).resolve()
    inside = path.is_relative_to((project.root / project.config.articles).resolve())
    return path if inside and path.is_file() else None
