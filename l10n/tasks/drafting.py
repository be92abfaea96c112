"""Draft: memory and engines fill what is empty in the catalogs.

The catalogs are looked through first, those that are settled not even read. Then those of each pair of
locales are drafted in windows of some thousand entries: equal texts once, and never more in memory than
one window. What an engine has translated is on disk after every batch, a catalog after its window.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import cached_property
from time import perf_counter

from l10n import engines, locales
from l10n.catalogs import apply, words
from l10n.engines import DRAFTED, Cache, Drafter, Engine, Hypothesis, isolated, wanted
from l10n.errors import ConfigError, EngineError
from l10n.memory import Memory
from l10n.model import Catalog, Draft, Entry, Kind, Undrafted
from l10n.project import Project
from l10n.tasks.preparing import catalogs_of
from l10n.tasks.remembering import MEMORY, open_memory
from l10n.tasks.reopening import reopen
from l10n.tasks.running import Failures, Track, untracked
from l10n.tasks.settling import Settled, Settlement, circumstances, signature
from l10n.tasks.terminology import load_terms

CACHE = "drafts.sqlite"
NO_ENGINE = "none"
"""As the name of an engine: the memory alone."""
_WINDOW = 4096
"""How many entries are under way at once."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to draft, and how."""

    ids: Sequence[str] = ()
    targets: Sequence[str] = ()
    engine: str = "auto"
    """The name of an engine, "auto", or NO_ENGINE."""
    only: Sequence[str] = ()
    """The kinds of blocks whose entries are drafted, such as "title"; all where there are none."""
    limit: int | None = None
    """How many entries of each catalog at the most."""
    redo: bool = False
    """Whether earlier drafts that nobody has touched are drafted anew."""
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class CatalogDrafts:
    """What happened to one catalog."""

    id: str
    locale: str
    engine: str
    """What drafted, with its version; empty where only the memory did."""
    drafted: int
    from_memory: int
    words: int
    empty: tuple[tuple[str, str], ...]
    """Source and reason of each entry that was left empty."""


@dataclass
class Drafted:
    """What `draft` did."""

    catalogs: list[CatalogDrafts] = field(default_factory=list)
    missing: dict[str, EngineError] = field(default_factory=dict)
    """Pair ("en-uk") -> why no engine could serve it; empty entries of such catalogs stay empty."""
    asked: int = 0
    """How many texts went to an engine; the others were known."""
    seconds: float = 0.0
    failures: Failures = field(default_factory=Failures)


@dataclass(frozen=True, slots=True)
class Job:
    """A catalog that has something to draft."""

    id: str
    tag: str
    source: str
    pending: int


def draft_project(project: Project, request: Request, track: Track = untracked) -> Drafted:
    """Draft the empty entries of the catalogs.

    Raises ConfigError for an unknown engine, kind, article or locale.
    """
    _check(request)
    report, started = Drafted(), perf_counter()
    with closing(_Run(project, request, report)) as run:
        jobs = run.survey(catalogs_of(project, request.ids, request.targets), track)
        steps = iter(track(range(sum(job.pending for job in jobs)), "drafting"))
        for pair in dict.fromkeys((job.source, job.tag) for job in jobs):
            with report.failures.kept():
                run.draft(*pair, [job for job in jobs if (job.source, job.tag) == pair], steps)
        for _ in steps:
            pass  # what is left of the bar, so that it goes before the report comes
    report.seconds = perf_counter() - started
    return report


def _check(request: Request) -> None:
    if request.engine not in ("auto", NO_ENGINE):
        engines.ENGINES.get(request.engine)
    for name in request.only:
        if name not in list(Kind):
            raise ConfigError(
                f"there is no kind of block named {name!r}", hint=f"there are: {', '.join(Kind)}"
            )


class _Run:
    """One run of `draft`, and what it holds open."""

    def __init__(self, project: Project, request: Request, report: Drafted) -> None:
        self._project, self._request, self._report = project, request, report
        self._open = ExitStack()
        self._settled = Settled(project)
        self._engines: dict[tuple[str, str], Engine | None] = {}
        self._under: dict[tuple[str, str], str] = {}
        self._refused: list[tuple[Job, tuple[tuple[str, str], ...]]] = []
        """The catalogs in which entries were left empty, with their sources and the reasons."""

    def close(self) -> None:
        """Give back what is open, and note which catalogs the next run need not look at."""
        self._open.close()
        self._under.clear()
        for job, empty in self._refused:
            if f"{job.source}-{job.tag}" in self._report.missing:
                continue
            path = self._project.catalog_path(job.id, job.tag)
            under = self._circumstances(job.source, job.tag)
            settlement = Settlement(signature(path), job.source, under, empty)
            self._settled.put(self._project.shown(path), settlement)
        if not self._request.dry_run:
            self._settled.save()

    def survey(self, catalogs: Sequence[tuple[str, str]], track: Track) -> list[Job]:
        """The catalogs that have something to draft."""
        jobs: list[Job] = []
        for id, tag in track(catalogs, "reading"):
            with self._report.failures.kept():
                jobs += self._job(id, tag)
        return jobs

    def _job(self, id: str, tag: str) -> Iterator[Job]:
        path = self._project.catalog_path(id, tag)
        name, mark = self._project.shown(path), signature(path)
        known = self._settled.get(name, mark)
        if known and not self._request.redo and self._holds(known, tag):
            if known.empty:
                self._report.catalogs.append(CatalogDrafts(id, tag, "", 0, 0, 0, known.empty))
            return
        catalog = self._project.load_catalog(id, tag)
        if catalog is None or _is_own_language(catalog.source_locale, tag):
            return
        if not any(map(wanted, catalog.entries)):
            self._settled.put(name, Settlement(mark))
        if pending := self._pending(catalog):
            yield Job(id, tag, catalog.source_locale, len(pending))

    def _holds(self, known: Settlement, tag: str) -> bool:
        return not known.empty or known.circumstances == self._circumstances(known.source, tag)

    def _circumstances(self, source: str, tag: str) -> str:
        """What the drafts of a pair depend on besides the catalog itself."""
        if (source, tag) not in self._under:
            engine = self._engine(source, tag)
            catalogs = sorted(self._project.catalog_path("x", tag).parent.rglob("*.po"))
            paths = (self._project.terms_path(tag, source), self._project.state / MEMORY, *catalogs)
            described = engine.describe(source, tag) if engine else ""
            self._under[source, tag] = circumstances(described, paths)
        return self._under[source, tag]

    def _pending(self, catalog: Catalog) -> list[Entry]:
        """The entries that are to be drafted."""
        only = self._request.only
        entries = [
            entry
            for entry in catalog.entries
            if wanted(entry, redo=self._request.redo) and (not only or _kinds(entry) & set(only))
        ]
        return entries[: self._request.limit]

    def draft(self, source: str, tag: str, jobs: Sequence[Job], steps: Iterator[int]) -> None:
        """Draft the catalogs of one pair. Raises L10nError where its glossary or the cache is broken."""
        drafter = Drafter(
            source,
            tag,
            self._engine(source, tag),
            self._memory.pair(source, tag),
            load_terms(self._project, tag, source),
            self._cache,
        )
        for window in _windows(jobs):
            self._draft_window(drafter, window, steps)
        self._report.asked += drafter.asked
        if drafter.broken:
            self._report.missing[f"{source}-{tag}"] = drafter.broken

    def _draft_window(self, drafter: Drafter, jobs: Sequence[Job], steps: Iterator[int]) -> None:
        loaded: list[tuple[Job, Catalog]] = []
        for job in jobs:
            with self._report.failures.kept():
                loaded += [
                    (job, catalog) for catalog in [self._project.load_catalog(job.id, job.tag)] if catalog
                ]
        work = [(catalog, self._pending(catalog)) for _, catalog in loaded]
        bar = _Bar(steps, sum(job.pending for job in jobs))
        made = drafter.plan(work) if self._request.dry_run else drafter.draft(work, bar.advance)
        for (job, catalog), results in zip(loaded, made, strict=True):
            with self._report.failures.kept():
                self._save(job, catalog, results, drafter.maker if drafter.engine else "")
        bar.finish()

    def _save(self, job: Job, catalog: Catalog, made: Sequence[Draft | Undrafted], maker: str) -> None:
        drafts = [each for each in made if isinstance(each, Draft)]
        empty = tuple((each.key[1], each.reason) for each in made if isinstance(each, Undrafted))
        if drafts and not self._request.dry_run:
            catalog = self._project.save_catalog(job.id, apply(catalog, drafts))
        if made:
            self._report.catalogs.append(_summary(job, maker, drafts, empty))
        if self._request.dry_run:
            return
        if drafts:
            self._cache.keep(DRAFTED, {each.origin.digest: Hypothesis(each.target) for each in drafts})
        whole = self._request.limit is None and not self._request.only
        if whole and empty and not self._request.redo:
            self._refused.append((job, empty))
        elif not any(map(wanted, catalog.entries)):
            path = self._project.catalog_path(job.id, job.tag)
            self._settled.put(self._project.shown(path), Settlement(signature(path)))

    @cached_property
    def _memory(self) -> Memory:
        return self._open.enter_context(closing(open_memory(self._project)))

    @cached_property
    def _cache(self) -> Cache:
        return self._open.enter_context(closing(reopen(self._project.state / CACHE, Cache)))

    def _engine(self, source: str, tag: str) -> Engine | None:
        """The engine for a pair, chosen once, or None where there is none: the report then says why."""
        if (source, tag) not in self._engines:
            self._engines[source, tag] = None
            try:
                engine = self._choose(source, tag)
            except EngineError as error:
                self._report.missing[f"{source}-{tag}"] = error
            else:
                self._engines[source, tag] = engine
                if engine is not None:
                    self._open.callback(engine.close)
        return self._engines[source, tag]

    def _choose(self, source: str, tag: str) -> Engine | None:
        if self._request.engine == NO_ENGINE:
            return None
        config = self._project.config
        preferred = config.engines.get(f"{source}-{tag}", engines.AUTO)
        return isolated(engines.choose(self._request.engine, source, tag, config.models, preferred))


class _Bar:
    """Steps of a progress bar, as many as there are entries."""

    def __init__(self, steps: Iterator[int], total: int) -> None:
        self._steps, self._left = steps, total

    def advance(self, count: int) -> None:
        for _ in range(min(count, self._left)):
            next(self._steps, None)
        self._left -= min(count, self._left)

    def finish(self) -> None:
        self.advance(self._left)


def _windows(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    """The jobs in windows of so many entries, or of one catalog."""
    window: list[Job] = []
    for job in jobs:
        if window and sum(each.pending for each in window) + job.pending > _WINDOW:
            yield window
            window = []
        window.append(job)
    if window:
        yield window


def _is_own_language(source: str, tag: str) -> bool:
    """Whether there is nothing to translate between two locales, such as British and American English."""
    return locales.language(source) == locales.language(tag) and tag not in locales.PSEUDO


def _kinds(entry: Entry) -> set[str]:
    """The kinds of the blocks that an entry stands in, as its notes say: "metadata: date" is "metadata"."""
    return {note.partition(":")[0] for note in entry.notes}


def _summary(
    job: Job, maker: str, drafts: Sequence[Draft], empty: tuple[tuple[str, str], ...]
) -> CatalogDrafts:
    remembered = sum(draft.origin.source.startswith("memory") for draft in drafts)
    count = sum(words(draft.key[1]) for draft in drafts)
    return CatalogDrafts(job.id, job.tag, maker, len(drafts), remembered, count, empty)
