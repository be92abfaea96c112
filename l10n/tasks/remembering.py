"""The project's translation memory: made from its catalogs, kept up to them, looked into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from l10n.errors import CatalogError, L10nError
from l10n.exchange.tmx import serialize_tmx
from l10n.memory import Memory, PairMemory, Segment, Stat
from l10n.model import Catalog, Entry, State
from l10n.project import SITE, Project, write_bytes

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


def remember(memory: Memory, catalog: Catalog, name: str) -> None:
    """Hold the reviewed entries of a catalog that is not the project's, under a name."""
    memory.feed(name, catalog.source_locale, catalog.locale or "und", "", _reviewed(catalog))


def _open(path: Path) -> Memory:
    """The memory's file, made anew where it is broken; a memory in no file where none can be written."""
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return Memory(path)
        except CatalogError:
            with suppress(OSError):
                path.replace(path.with_suffix(".broken"))
        except OSError:
            break
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


def _reviewed(catalog: Catalog) -> Iterator[Segment]:
    neighbours = catalog.neighbours()
    for entry in catalog.entries:
        if entry.state is State.REVIEWED and not entry.plural:
            yield Segment(entry.source, entry.target, entry.context, neighbours[entry.key])
    for entry in catalog.obsolete:
        if entry.state is State.REVIEWED and not entry.plural:
            yield Segment(entry.source, entry.target, entry.context, retired=True)


def export_memory(project: Project, locale: str, output: Path) -> int:
    """Write what the memory holds from the project's source locale into another as TMX; how many segments."""
    source = project.config.source
    rows = open_memory(project).segments(source, locale)
    unique = dict.fromkeys((row.source, row.target, row.context) for row in rows)
    entries = (Entry(*each, State.REVIEWED) for each in unique)
    catalog = Catalog(source, locale, tuple(entries))
    write_bytes(output, serialize_tmx(catalog), CatalogError)
    return len(catalog.entries)
