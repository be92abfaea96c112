"""Survey: how far every article has come, what is wrong in it, and what became of the machines' drafts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from l10n.catalogs import digest
from l10n.engines import DRAFTED, Cache
from l10n.errors import ConfigError, L10nError, RenderError
from l10n.model import Entry, Severity, State
from l10n.project import Project, write_bytes
from l10n.renderers.statuses import StatusRow, status_page
from l10n.tasks.checking import Request, check_project
from l10n.tasks.counting import Row, status_project
from l10n.tasks.drafting import CACHE
from l10n.tasks.preparing import catalogs_of
from l10n.tasks.running import Failures, Track, untracked


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One article in one locale, with its findings."""

    status: Row
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class PostEdits:
    """What reviewers made of the drafts of one engine in one locale."""

    engine: str
    locale: str
    waiting: int
    """Drafts that nobody has reviewed."""
    accepted: int
    """Reviewed as they were."""
    edited: int
    """Reviewed and changed."""
    distance: float | None
    """Mean edit distance from draft to reviewed text, from 0 (as it was) to 1 (nothing left), accepted ones
    included; None where the drafts are not known on this machine any more. It is 1 - Indel similarity."""

    @property
    def share(self) -> str:
        """The share of the reviewed ones that were accepted as they were, in words."""
        reviewed = self.accepted + self.edited
        return f"{self.accepted / reviewed:.0%}" if reviewed else "-"

    @property
    def away(self) -> str:
        """The distance in words."""
        return "not known" if self.distance is None else f"{self.distance:.0%}"


@dataclass
class Survey:
    """What `status` shows."""

    rows: list[Surveyed] = field(default_factory=list)
    drafts: list[PostEdits] = field(default_factory=list)
    failures: Failures = field(default_factory=Failures)


def survey_project(
    project: Project, ids: Sequence[str] = (), targets: Sequence[str] = (), track: Track = untracked
) -> Survey:
    """Count words, findings and post-edits of the articles and locales named, or of all."""
    status = status_project(project, ids, targets, track)
    found = _findings(project, ids, targets, track)
    rows = [_surveyed(project, row, found) for row in status.rows]
    return Survey(rows, list(_post_edits(project, ids, targets)), status.failures)


def write_page(project: Project, survey: Survey, path: Path) -> bool:
    """Write the survey as a page of HTML; True where that changed the file. Raises RenderError."""
    rows = [
        StatusRow(row.article, row.locale, row.coverage, each.errors, each.warnings, row.blocked)
        for each in survey.rows
        for row in (each.status,)
    ]
    drafts = [{**asdict(each), "share": each.share, "distance": each.away} for each in survey.drafts]
    page = status_page(project.config.name, rows, drafts)
    return write_bytes(path, page.encode("utf-8"), RenderError)


def _findings(
    project: Project, ids: Sequence[str], targets: Sequence[str], track: Track
) -> Mapping[str, Counter[Severity]]:
    """Path of a catalog -> its findings by severity."""
    counts: dict[str, Counter[Severity]] = defaultdict(Counter)
    with suppress(ConfigError):  # there are no catalogs yet
        for each in check_project(project, Request(ids, targets), track).findings:
            counts[each.path][each.finding.severity] += 1
    return counts


def _surveyed(project: Project, row: Row, found: Mapping[str, Counter[Severity]]) -> Surveyed:
    counts = found.get(project.shown(project.catalog_path(row.article, row.locale)), Counter())
    return Surveyed(row, counts[Severity.ERROR], counts[Severity.WARNING])


def _post_edits(project: Project, ids: Sequence[str], targets: Sequence[str]) -> Iterator[PostEdits]:
    drafted: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for tag, entry in _drafted(project, ids, targets):
        if entry.origin:
            drafted[entry.origin.source, tag].append(entry)
    texts = _texts(project, [entry for entries in drafted.values() for entry in entries])
    for (engine, tag), entries in sorted(drafted.items()):
        reviewed = [entry for entry in entries if entry.state is State.REVIEWED]
        accepted = sum(_untouched(entry) for entry in reviewed)
        waiting, edited = len(entries) - len(reviewed), len(reviewed) - accepted
        yield PostEdits(engine, tag, waiting, accepted, edited, _distance(reviewed, texts))


def _drafted(project: Project, ids: Sequence[str], targets: Sequence[str]) -> Iterator[tuple[str, Entry]]:
    """The entries that an engine drafted, reviewed meanwhile or not, with their locales."""
    with suppress(ConfigError):  # there are no catalogs yet
        for id, tag in catalogs_of(project, ids, targets):
            with suppress(L10nError):  # `status_project` reports it
                catalog = project.load_catalog(id, tag)
                yield from (
                    (tag, entry) for entry in (catalog.entries if catalog else ()) if _is_drafted(entry)
                )


def _is_drafted(entry: Entry) -> bool:
    origin = entry.origin
    return origin is not None and origin.reason == "draft" and not origin.source.startswith("memory")


def _untouched(entry: Entry) -> bool:
    return entry.origin is not None and entry.origin.digest == digest(entry.target)


def _texts(project: Project, entries: Sequence[Entry]) -> Mapping[str, str]:
    """Digest -> draft, for the drafts of which the cache knows what they were."""
    path = project.state / CACHE
    wanted = [entry.origin.digest for entry in entries if entry.origin]
    if not wanted or not path.is_file():
        return {}
    with suppress(L10nError), closing(Cache(path)) as cache:
        return {mark: found.text for mark, found in cache.known(DRAFTED, wanted).items()}
    return {}


def _distance(reviewed: Sequence[Entry], texts: Mapping[str, str]) -> float | None:
    """The mean distance from the drafts that are known to what was made of them."""
    from rapidfuzz.distance import Indel

    pairs = [(texts[mark], entry.target) for entry in reviewed if (mark := _mark(entry)) in texts]
    if not pairs:
        return None
    return sum(Indel.normalized_distance(*pair) for pair in pairs) / len(pairs)


def _mark(entry: Entry) -> str:
    return entry.origin.digest if entry.origin else ""
