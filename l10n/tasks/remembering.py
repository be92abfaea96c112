"""The project's translation memory: made from its catalogs, kept up to them, looked into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from l10n.errors import L10nError
from l10n.memory import Memory, PairMemory, Stat
from l10n.model import Catalog, State
from l10n.project import SITE, Project

MEMORY = "memory.sqlite"


def open_memory(project: Project) -> Memory:
    """The project's memory, up to date with its catalogs.

    It lives in the folder of what can be made again; where that cannot be written, in no file.
    """
    memory = _open(project.state / MEMORY)
    for path, locale in _catalog_files(project):
        try:
            _feed(memory, project, path, locale)
        except L10nError:
            continue  # a broken catalog is reported by the command that works on it
    return memory


def load_memory(project: Project, source_locale: str, target_locale: str) -> PairMemory:
    """The project's memory of one pair of locales."""
    return open_memory(project).pair(source_locale, target_locale)


def memory_stats(project: Project) -> list[Stat]:
    """How much the memory holds."""
    return open_memory(project).stats()


def _open(path: Path) -> Memory:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return Memory(path)
    except OSError:
        return Memory(":memory:")


def _catalog_files(project: Project) -> Iterator[tuple[Path, str]]:
    ids = [SITE, *(file.id for file in project.article_files())]
    for locale in project.config.targets:
        for id in ids:
            path = project.catalog_path(id, locale)
            if path.is_file():
                yield path, locale


def _feed(memory: Memory, project: Project, path: Path, locale: str) -> None:
    """Hold what a catalog has reviewed, unless it is known already."""
    stat = path.stat()
    signature = f"{stat.st_mtime_ns} {stat.st_size}"
    name = project.shown(path)
    if memory.signature(name) == signature:
        return
    catalog = project.load_po(path)
    if catalog:
        memory.feed(name, catalog.source_locale, locale, signature, _reviewed(catalog))


def _reviewed(catalog: Catalog) -> Iterator[tuple[str, str | None, str]]:
    for entry in (*catalog.entries, *catalog.obsolete):
        if entry.state is State.REVIEWED and not entry.plural:
            yield entry.source, entry.context, entry.target
