"""Reviewing: source and target side by side, with what is known and what was found of each unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from l10n import locales
from l10n.catalogs import key, locate, standing
from l10n.errors import ConfigError, L10nError
from l10n.model import Catalog, Coverage, Entry, Finding, Key, Unit
from l10n.project import SITE, ArticleFile, Project
from l10n.renderers.pages import Theme
from l10n.tasks.checking import Request, check_project
from l10n.tasks.preparing import Prepared, targets_of
from l10n.tasks.previewing import Preview

SHOWN = ("all", "drafts", "outdated", "untranslated", "findings")
"""What a translator can ask for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One unit as translators see it."""

    kind: str
    """Of its block."""
    source: str
    target: str
    state: str
    """As `standing` names it."""
    origin: str
    """Where a target that nobody has confirmed came from."""
    place: str
    """Its path and line in the catalog; empty where it has no entry there."""
    editor: str
    """The address that opens this place in an editor."""
    findings: Sequence[Finding]

    @property
    def groups(self) -> tuple[str, ...]:
        """Those of SHOWN that it is one of."""
        return ("all", self.state, *(("findings",) if self.findings else ()))


def render_articles(preview: Preview) -> str:
    """The page of all articles and locales: how far each has come, and the way to its units."""
    project = preview.project
    rows = [(file.id, _cells(preview, file)) for file in project.article_files()]
    return Theme({}).render(
        "preview/articles.html",
        name=project.config.name,
        targets=project.config.targets,
        rows=rows,
        quote=quote,
    )


def _cells(preview: Preview, file: ArticleFile) -> Mapping[str, Coverage | str]:
    """Locale -> how far an article has come in it, or what is in the way."""
    try:
        prepared = preview.prepared(file)
    except L10nError as error:
        return dict.fromkeys(preview.project.config.targets, str(error))
    tags = targets_of(preview.project, file.id, prepared.article.locale)
    return {tag: _cell(preview, prepared, tag) for tag in tags}


def _cell(preview: Preview, prepared: Prepared, locale: str) -> Coverage | str:
    try:
        return preview.localized(prepared, locale).coverage
    except L10nError as error:
        return str(error)


def render_units(preview: Preview, id: str, locale: str, shown: str) -> str | None:
    """The page of an article's units in a locale; None where there is none of the kind.

    `shown` is one of SHOWN. Raises L10nError where the article or its catalog cannot be read.
    """
    project = preview.project
    file = next((each for each in project.article_files() if each.id == id), None)
    if file is None or shown not in SHOWN:
        return None
    prepared = preview.prepared(file)
    source = prepared.article.locale
    if locale not in targets_of(project, id, source):
        return None
    rows = list(_rows(project, prepared, locale))
    counts = {name: sum(name in row.groups for row in rows) for name in SHOWN}
    return Theme({}).render(
        "preview/units.html",
        id=id,
        locale=locale,
        source=source,
        direction=locales.direction,
        rows=[row for row in rows if shown in row.groups],
        counts=counts,
        shown=shown,
        page=quote(f"/{locale}/{id}.html") if locale in preview.plan.versions(id) else "",
        reasons=preview.reasons(id, locale),
    )


def _rows(project: Project, prepared: Prepared, locale: str) -> Iterator[Row]:
    """The units of an article in its order, with those of the site's words that stand in it."""
    own, site = (_Source(project, each, locale) for each in (prepared.id, SITE))
    found: dict[Key, list[Finding]] = {}
    for finding in _findings(project, prepared.id, locale):
        found.setdefault(finding.key, []).append(finding)
    for unit in prepared.units:
        kind = str(prepared.article.blocks[unit.place.block].kind)
        yield (site if key(unit) in site.entries else own).row(unit, kind, found.get(key(unit), ()))


def _findings(project: Project, id: str, locale: str) -> list[Finding]:
    try:
        report = check_project(project, Request((id,), (locale,)))
    except ConfigError:  # there is no catalog yet
        return []
    return [each.finding for each in report.findings]


class _Source:
    """A catalog that rows come from."""

    def __init__(self, project: Project, id: str, locale: str) -> None:
        catalog = project.load_catalog(id, locale) or Catalog(project.config.source, locale)
        self._path = project.catalog_path(id, locale)
        self._shown = project.shown(self._path)
        self._lines = locate(catalog)
        self.entries: Mapping[Key, Entry] = catalog.by_key()

    def row(self, unit: Unit, kind: str, findings: Sequence[Finding]) -> Row:
        name = key(unit)
        entry, line = self.entries.get(name), self._lines.get(name)
        origin = entry.origin if entry and entry.target else None
        return Row(
            kind=kind,
            source=name[1],
            target=entry.target if entry else "",
            state=standing(entry if entry and entry.target else None),
            origin=": ".join(filter(None, (origin.reason, origin.source))) if origin else "",
            place=f"{self._shown}:{line}" if line else "",
            editor=f"vscode://file{quote(self._path.absolute().as_posix())}:{line}" if line else "",
            findings=findings,
        )
