"""Check: findings about the translations of a project, fixes, and the gates."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from l10n import checks
from l10n.catalogs import digest, locate, serialize_po
from l10n.checks import Setting
from l10n.errors import ConfigError, L10nError
from l10n.model import Catalog, Entry, Finding, Key, Severity, State
from l10n.project import Project, read_bytes, write_bytes
from l10n.tasks.counting import status_project
from l10n.tasks.preparing import catalogs_of
from l10n.tasks.running import Failures, Track, untracked
from l10n.tasks.terminology import load_terms


@dataclass(frozen=True, slots=True)
class Request:
    """What to check, and what to do about it."""

    ids: Sequence[str] = ()
    targets: Sequence[str] = ()
    names: Sequence[str] | None = None
    """The checks to run; all when None."""
    fix: bool = False
    """Whether safe fixes are made."""
    dry_run: bool = False
    """Whether fixes are only shown."""
    baseline: Path | None = None
    """A file of old findings, which do not count."""
    gate: bool = False
    """Whether the articles have to be ready to be published too."""


@dataclass(frozen=True, slots=True)
class Located:
    """A finding and where it is."""

    path: str
    line: int
    """Of its entry in the catalog, from 1."""
    locale: str
    finding: Finding
    target: str
    """The text that it is about."""

    @property
    def fingerprint(self) -> str:
        """What the finding is recognized by, wherever its entry stands in the file."""
        found = self.finding
        parts = (self.path, found.check, found.key[0] or "", found.key[1], self.target, found.message)
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass
class Checked:
    """What `check` found."""

    findings: list[Located] = field(default_factory=list)
    """Catalog by catalog, in each the worst first."""
    clean: int = 0
    """Catalogs without findings."""
    known: int = 0
    """Findings of the baseline, which are not among the others."""
    fixed: int = 0
    """Entries that were mended, or would be."""
    diffs: list[str] = field(default_factory=list)
    """What fixes changed, catalog by catalog, as unified diffs."""
    blocked: list[tuple[str, str, str]] = field(default_factory=list)
    """With a gate: article, locale, and why it may not be published."""
    failures: Failures = field(default_factory=Failures)

    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        every = Counter(each.finding.severity for each in self.findings)
        return {severity: every[severity] for severity in Severity}


def check_project(project: Project, request: Request, track: Track = untracked) -> Checked:
    """Check every catalog of the articles and locales named, or of all.

    Raises ConfigError for a check that there is not, CatalogError for a baseline that cannot be read.
    """
    report = Checked()
    known = load_baseline(request.baseline) if request.baseline else frozenset()
    for name in request.names or ():
        checks.CHECKS.get(name)
    run = _Run(project, request, report, _severities(project), catalogs_of(project, ()))
    for id, tag in track(catalogs_of(project, request.ids, request.targets), "checking"):
        with report.failures.kept():
            run.check(id, tag, known)
    if request.gate:
        status = status_project(project, request.ids, request.targets)
        report.blocked = [(row.article, row.locale, row.blocked) for row in status.rows if row.blocked]
    return report


def load_baseline(path: Path) -> frozenset[str]:
    """The fingerprints of a baseline; none where there is no such file yet. Raises ConfigError."""
    if not path.exists():
        return frozenset()
    try:
        return frozenset(json.loads(read_bytes(path, ConfigError))["findings"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        hint = "write a new one with `--write-baseline`"
        raise ConfigError("is no baseline of findings", where=str(path), hint=hint) from error


def save_baseline(path: Path, report: Checked) -> None:
    """Write the fingerprints of all findings, so that from now on only new ones count."""
    prints = sorted({each.fingerprint for each in report.findings})
    text = json.dumps({"version": 1, "findings": prints}, indent=1)
    write_bytes(path, f"{text}\n".encode(), ConfigError)


def _severities(project: Project) -> Mapping[str, Severity | None]:
    """How bad the findings of checks are in this project; None switches one off."""
    given = project.config.checks
    for name in given:
        try:
            checks.CHECKS.get(name)
        except ConfigError as error:
            raise error.at("[checks] of the configuration") from error
    return {name: None if value == "off" else Severity(value) for name, value in given.items()}


@dataclass(slots=True)
class _Run:
    """One run over a project's catalogs."""

    project: Project
    request: Request
    report: Checked
    severities: Mapping[str, Severity | None]
    every: Sequence[tuple[str, str]]
    """(id, locale) of all catalogs of the project."""
    settings: dict[tuple[str, str], Setting] = field(default_factory=dict)
    loaded: dict[tuple[str, str], Catalog | None] = field(default_factory=dict)

    def load(self, id: str, tag: str) -> Catalog | None:
        """A catalog, read once only."""
        if (id, tag) not in self.loaded:
            self.loaded[id, tag] = self.project.load_catalog(id, tag)
        return self.loaded[id, tag]

    def check(self, id: str, tag: str, known: frozenset[str]) -> None:
        """Check one catalog, and mend it where that is wanted."""
        catalog = self.load(id, tag)
        if catalog is None:
            return
        setting = self.setting(catalog.source_locale, tag)
        if self.request.fix:
            catalog = self.mend(id, catalog, setting)
        path = self.project.shown(self.project.catalog_path(id, tag))
        found = checks.check(catalog, setting, self.request.names, self.severities)
        located = list(_located(path, tag, catalog, found))
        new = [each for each in located if each.fingerprint not in known]
        self.report.known += len(located) - len(new)
        self.report.findings += sorted(new, key=lambda each: list(Severity).index(each.finding.severity))
        self.report.clean += not new

    def setting(self, source: str, tag: str) -> Setting:
        """What the project asks of a pair of locales."""
        if (source, tag) not in self.settings:
            terms, usual = load_terms(self.project, tag, source), _usual(self.catalogs(tag))
            self.settings[source, tag] = Setting(source, tag, terms, self.project.config.limits, usual)
        return self.settings[source, tag]

    def catalogs(self, tag: str) -> Iterator[Catalog]:
        """All catalogs of a locale; the broken ones are reported when it is their turn."""
        for id, locale in self.every:
            with suppress(L10nError):
                if locale == tag and (catalog := self.load(id, tag)):
                    yield catalog

    def mend(self, id: str, catalog: Catalog, setting: Setting) -> Catalog:
        """The catalog with all safe fixes, saved unless this is a dry run."""
        entries = tuple(_mended(entry, setting, self.request.names) for entry in catalog.entries)
        changed = sum(one != other for one, other in zip(entries, catalog.entries, strict=True))
        if not changed:
            return catalog
        mended = replace(catalog, entries=entries)
        path = self.project.shown(self.project.catalog_path(id, setting.locale))
        self.report.fixed += changed
        self.report.diffs.append(_diff(path, serialize_po(catalog), serialize_po(mended)))
        if not self.request.dry_run:
            self.project.save_catalog(id, mended)
        return self.project.load_catalog(id, setting.locale) or mended


def _mended(entry: Entry, setting: Setting, names: Sequence[str] | None) -> Entry:
    """An entry with its fixes; a draft that nobody had touched still counts as untouched."""
    mended = checks.mend(entry, setting, names) if entry.target and not entry.plural else entry
    if mended.target != entry.target and entry.origin and entry.origin.digest == digest(entry.target):
        return replace(mended, origin=replace(entry.origin, digest=digest(mended.target)))
    return mended


def _diff(path: str, before: str, after: str) -> str:
    lines = (before.splitlines(keepends=True), after.splitlines(keepends=True))
    return "".join(difflib.unified_diff(*lines, path, path, n=2))


def _located(path: str, tag: str, catalog: Catalog, found: Iterable[Finding]) -> Iterator[Located]:
    lines, entries = locate(catalog), catalog.by_key()
    for each in found:
        entry = entries.get(each.key)
        yield Located(path, lines.get(each.key, 1), tag, each, entry.target if entry else "")


def _usual(catalogs: Iterable[Catalog]) -> dict[Key, str]:
    """For every text with several reviewed targets the most frequent one, the first of equals."""
    targets: dict[Key, Counter[str]] = {}
    for catalog in catalogs:
        for entry in catalog.entries:
            if entry.state is State.REVIEWED and not entry.plural:
                targets.setdefault(entry.key, Counter())[entry.target] += 1
    return {key: counts.most_common(1)[0][0] for key, counts in targets.items() if len(counts) > 1}
