"""Draft: memory and engines fill what is empty in the catalogs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from time import perf_counter

from l10n import engines, locales
from l10n.catalogs import apply, is_draft, words
from l10n.engines import Engine
from l10n.errors import EngineError
from l10n.model import Catalog, Draft, Entry, State, Undrafted
from l10n.project import Project
from l10n.tasks.preparing import catalogs_of
from l10n.tasks.remembering import load_memory
from l10n.tasks.running import Failures, Track, untracked


@dataclass(frozen=True, slots=True)
class Request:
    """What to draft, and how."""

    ids: Sequence[str] = ()
    targets: Sequence[str] = ()
    engine: str = "auto"
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
    seconds: float = 0.0
    failures: Failures = field(default_factory=Failures)


def draft_project(project: Project, request: Request, track: Track = untracked) -> Drafted:
    """Draft the empty entries of the catalogs; each catalog is saved as soon as it is done.

    Raises ConfigError for an unknown engine, article or locale.
    """
    if request.engine != "auto":
        engines.ENGINES.get(request.engine)
    report, started = Drafted(), perf_counter()
    engine_of = _Engines(project, request.engine, report)
    try:
        for id, tag in track(catalogs_of(project, request.ids, request.targets), "drafting"):
            with report.failures.kept():
                _draft(project, id, tag, request, engine_of, report)
    finally:
        engine_of.close()
    report.seconds = perf_counter() - started
    return report


class _Engines:
    """The engine for each pair, chosen once."""

    def __init__(self, project: Project, name: str, report: Drafted) -> None:
        self._project, self._name, self._report = project, name, report
        self._chosen: dict[str, Engine | None] = {}

    def get(self, source: str, target: str) -> Engine | None:
        """The engine for a pair, or None where there is none: the report then says why."""
        pair = f"{source}-{target}"
        if pair not in self._chosen:
            try:
                self._chosen[pair] = self._choose(pair, source, target)
            except EngineError as error:
                self._report.missing[pair] = error
                self._chosen[pair] = None
        return self._chosen[pair]

    def close(self) -> None:
        for engine in {id(engine): engine for engine in self._chosen.values() if engine}.values():
            engine.close()

    def _choose(self, pair: str, source: str, target: str) -> Engine:
        config = self._project.config
        preferred = config.engines.get(pair, engines.AUTO)
        return engines.choose(self._name, source, target, config.models, preferred)


def _draft(
    project: Project, id: str, tag: str, request: Request, engine_of: _Engines, report: Drafted
) -> None:
    catalog = project.load_catalog(id, tag)
    if catalog is None or locales.language(catalog.source_locale) == locales.language(tag):
        return
    pending = _pending(catalog, request)[: request.limit]
    if not pending:
        return
    engine = engine_of.get(catalog.source_locale, tag)
    described = engine.describe(catalog.source_locale, tag) if engine else ""
    if request.dry_run:
        report.catalogs.append(_planned(id, tag, described, pending))
        return
    memory = load_memory(project, catalog.source_locale, tag)
    done = list(islice(engines.draft(catalog, engine, memory, redo=request.redo), request.limit))
    project.save_catalog(id, apply(catalog, [each for each in done if isinstance(each, Draft)]))
    report.catalogs.append(_summary(id, tag, described, done))


def _pending(catalog: Catalog, request: Request) -> list[Entry]:
    """The entries that a draft could fill."""
    return [
        entry
        for entry in catalog.entries
        if entry.state is State.INITIAL or (request.redo and is_draft(entry))
    ]


def _planned(id: str, tag: str, described: str, pending: Sequence[Entry]) -> CatalogDrafts:
    """What a dry run says of a catalog: what would be drafted, if all goes well."""
    count = sum(words(entry.source) for entry in pending)
    return CatalogDrafts(id, tag, described, drafted=len(pending), from_memory=0, words=count, empty=())


def _summary(id: str, tag: str, engine: str, done: Sequence[Draft | Undrafted]) -> CatalogDrafts:
    drafts = [each for each in done if isinstance(each, Draft)]
    return CatalogDrafts(
        id,
        tag,
        engine,
        drafted=len(drafts),
        from_memory=sum(draft.origin.source.startswith("memory") for draft in drafts),
        words=sum(words(draft.key[1]) for draft in drafts),
        empty=tuple((each.key[1], each.reason) for each in done if isinstance(each, Undrafted)),
    )
