"""Check: findings about the translations of a project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from l10n import checks
from l10n.model import Finding, Severity
from l10n.project import Project
from l10n.tasks.preparing import catalogs_of
from l10n.tasks.running import Failures, Track, untracked


@dataclass(frozen=True, slots=True)
class CatalogFindings:
    """The findings of one catalog, the worst first."""

    path: str
    locale: str
    findings: tuple[Finding, ...]


@dataclass
class Checked:
    """What `check` found."""

    catalogs: list[CatalogFindings] = field(default_factory=list)
    """Those with findings."""
    clean: int = 0
    failures: Failures = field(default_factory=Failures)

    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        every = Counter(found.severity for catalog in self.catalogs for found in catalog.findings)
        return {severity: every[severity] for severity in Severity}


def check_project(
    project: Project, ids: Sequence[str] = (), targets: Sequence[str] = (), track: Track = untracked
) -> Checked:
    """Check every catalog of the articles and locales named, or of all."""
    report = Checked()
    for id, tag in track(catalogs_of(project, ids, targets), "checking"):
        with report.failures.kept():
            _check(project, id, tag, report)
    return report


def _check(project: Project, id: str, tag: str, report: Checked) -> None:
    catalog = project.load_catalog(id, tag)
    findings = checks.check(catalog) if catalog else []
    if findings:
        ranked = sorted(findings, key=lambda found: list(Severity).index(found.severity))
        path = project.shown(project.catalog_path(id, tag))
        report.catalogs.append(CatalogFindings(path, tag, tuple(ranked)))
    else:
        report.clean += 1
