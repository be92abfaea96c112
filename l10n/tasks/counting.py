"""Status: how far every article has come in every locale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from l10n.model import Coverage
from l10n.project import Project
from l10n.tasks.localizing import localize_into
from l10n.tasks.preparing import Prepared, expect_targets, prepare_all, targets_of
from l10n.tasks.running import Failures, Track, untracked


@dataclass(frozen=True, slots=True)
class Row:
    """One article in one locale."""

    article: str
    source: str
    locale: str
    coverage: Coverage
    blocked: str
    """Why it may not be published; empty where it may."""


@dataclass
class Status:
    """What `status` counted."""

    rows: list[Row] = field(default_factory=list)
    failures: Failures = field(default_factory=Failures)


def status_project(
    project: Project, ids: Sequence[str] = (), targets: Sequence[str] = (), track: Track = untracked
) -> Status:
    """Count the words of every article by their state in every locale.

    Raises ConfigError for an article that there is not, or a locale that the project does not translate into.
    """
    expect_targets(project, targets)
    report = Status()
    for prepared in prepare_all(project, ids, track, report.failures):
        for tag in targets_of(project, prepared.id, prepared.article.locale, targets):
            with report.failures.kept():
                report.rows.append(_row(project, prepared, tag))
    return report


def _row(project: Project, prepared: Prepared, tag: str) -> Row:
    localized = localize_into(project, prepared, tag)
    return Row(prepared.id, prepared.article.locale, tag, localized.coverage, localized.blocked)
