"""The project's translation memory: made from its catalogs and TMX files, kept up to them, looked into."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from os.path import isfile
from pathlib import Path

from l10n import locales
from l10n.diffs import word_diff
from l10n.errors import CatalogError, ConfigError, L10nError
from l10n.exchange.tmx import read_tmx, write_tmx
from l10n.memory import Memory, PairMemory, Segment, Stat, segments_of
from l10n.model import Match
from l10n.project import SITE, Chunks, Project, write_chunks
from l10n.tasks.preparing import expect_targets
from l10n.tasks.reopening import reopen
from l10n.tasks.running import Track, untracked

MEMORY = "memory.sqlite"


@dataclass(frozen=True, slots=True)
class Found:
    """A match, and how its source differs from the text that was asked for."""

    match: Match
    diff: str
    """Word by word, from the source of the match to the text."""


def open_memory(project: Project) -> Memory:
    """The project's memory, up to date with its catalogs and TMX files.

    It lives in the folder of what can be made again; where that cannot be written, in no file.
    """
    memory = reopen(project.state / MEMORY, Memory)
    files = dict(_catalog_files(project))
    for path, locale in files.items():
        with suppress(L10nError):  # a broken catalog is reported by the command that works on it
            _feed_catalog(memory, project, path, locale)
    memories = sorted(project.memories.glob("*.tmx"))
    for path in memories:
        with suppress(L10nError):
            _feed_tmx(memory, project, path, path)
    there = {project.shown(path) for path in (*files, *memories)}
    for name in set(memory.origins()) - there:
        memory.forget(name)
    return memory


def load_memory(project: Project, source_locale: str, target_locale: str) -> PairMemory:
    """The project's memory of one pair of locales."""
    return open_memory(project).pair(source_locale, target_locale)


def memory_stats(project: Project) -> list[Stat]:
    """How much the memory holds."""
    with closing(open_memory(project)) as memory:
        return memory.stats()


def find_matches(project: Project, locale: str, text: str, context: str | None = None) -> list[Found]:
    """What the memory knows of a text and of texts like it, best first. Raises ConfigError for no target."""
    expect_targets(project, [locale])
    with closing(open_memory(project)) as memory:
        matches = memory.pair(project.config.source, locale).matches(text, context)
    return [Found(match, word_diff(match.source, text)) for match in matches]


def export_memory(project: Project, locale: str, output: Path) -> int:
    """Write what the memory holds from the project's source locale into a target as TMX; how many segments.

    Raises ConfigError for any other locale.
    """
    expect_targets(project, [locale])
    source, count = project.config.source, 0

    def counted(segments: Iterator[Segment]) -> Iterator[Segment]:
        nonlocal count
        seen = set[int]()
        for segment in segments:
            if (mark := hash(segment)) not in seen:
                seen.add(mark)
                count += 1
                yield segment

    with closing(open_memory(project)) as memory:
        chunks = write_tmx(source, locale, counted(memory.segments(source, locale)))
        write_chunks(output, chunks, CatalogError)
    return count


def import_memory(project: Project, path: Path, dry_run: bool = False, track: Track = untracked) -> int:
    """Take a TMX file into the folder of memories, in place of one of the same name; how many segments.

    Its variants in the languages of the project count. Raises CatalogError, naming the file, for one that
    cannot be read to its end; nothing is changed then.
    """
    try:
        if not isfile(path):
            raise CatalogError("there is no such file", where=str(path))
        if dry_run:
            return sum(1 for _ in _segments(project, path, track))
        target = project.memories / path.with_suffix(".tmx").name
        with closing(reopen(project.state / MEMORY, Memory)) as memory:
            count = _feed_tmx(memory, project, path, target, track)
            if not (target.exists() and target.samefile(path)):
                write_chunks(target, Chunks(path, CatalogError), CatalogError)
            memory.sign(project.shown(target), _signature(project, target))
            return count
    except L10nError as error:
        raise error.at(str(path)) from error


def forget_memory(project: Project, name: str = "", dry_run: bool = False) -> int:
    """Drop an imported TMX file, as `matches` name it, or else the whole memory; how many segments.

    What is in catalogs, and in TMX files that are left, comes back from them. Raises ConfigError for what
    is no imported file.
    """
    path = project.root / name if "/" in name else project.memories / name
    if name and not (path.parent == project.memories and path.is_file()):
        known = ", ".join(each.name for each in sorted(project.memories.glob("*.tmx"))) or "none"
        raise ConfigError(f"{name} is no imported memory", hint=f"imported: {known}")
    with closing(open_memory(project)) as memory:
        origins = [project.shown(path)] if name else memory.origins()
        count = sum(map(memory.count, origins))
        if not dry_run:
            memory.forget(origins[0] if name else None)
            if name:
                path.unlink()
    return count


def _catalog_files(project: Project) -> Iterator[tuple[Path, str]]:
    ids = [SITE, *(file.id for file in project.article_files())]
    for locale in project.config.targets:
        for id in ids:
            path = project.catalog_path(id, locale)
            if isfile(path):
                yield path, locale


def _feed_catalog(memory: Memory, project: Project, path: Path, locale: str) -> None:
    """Hold what a catalog has reviewed, unless it is known already."""
    signature, name = _signature(project, path), project.shown(path)
    if memory.signature(name) == signature:
        return
    catalog = project.load_po(path)
    if catalog:
        memory.feed(name, catalog.source_locale, locale, signature, segments_of(catalog))


def _feed_tmx(memory: Memory, project: Project, path: Path, target: Path, track: Track = untracked) -> int:
    """Hold what a TMX file has, under the name of where it stands, unless it is known already."""
    signature, name = _signature(project, path), project.shown(target)
    if path == target and memory.signature(name) == signature:
        return 0
    return memory.feed_pairs(name, signature, _segments(project, path, track))


def _segments(project: Project, path: Path, track: Track) -> Iterator[tuple[str, str, Segment]]:
    """The translations of a TMX file from the project's source locale into its targets."""
    source = project.config.source
    for each in read_tmx(track(Chunks(path, CatalogError), "reading"), source):
        locale = locales.serving(each.locale, project.config.targets)
        if locale is not None:
            yield source, locale, each.segment


def _signature(project: Project, path: Path) -> str:
    """What changes when a file does, or what is wanted from it."""
    stat = path.stat()
    wanted = " ".join((project.config.source, *project.config.targets)) if path.suffix == ".tmx" else ""
    return f"{stat.st_mtime_ns} {stat.st_size} {wanted}".rstrip()
