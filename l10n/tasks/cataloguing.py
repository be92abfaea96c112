"""Extract and update: from articles to templates, from templates to catalogs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from l10n import inline, locales
from l10n.catalogs import Grade, Sentences, Updated, new_header, union, update
from l10n.model import Catalog, Code, CodeKind, Span
from l10n.project import SITE, Project
from l10n.segmenters import SEGMENTERS
from l10n.segmenters.cutting import cut
from l10n.tasks.preparing import Prepared, expect_targets, prepare_all, remarks_on, targets_of
from l10n.tasks.running import Failures, Track, now, stamp, untracked
from l10n.tasks.wording import site_messages


@dataclass
class Extracted:
    """What `extract` did."""

    articles: int = 0
    units: int = 0
    written: list[str] = field(default_factory=list)
    """The templates that changed, relative to the project."""
    remarks: list[str] = field(default_factory=list)
    """What the readers passed over that authors should know of."""
    failures: Failures = field(default_factory=Failures)


@dataclass
class UnitChange:
    """A text that changed, or moved."""

    grade: Grade
    context: str | None
    source: str
    before: list[str]
    """The older texts that it comes from."""


@dataclass
class CatalogUpdate:
    """What `update` did to one catalog."""

    id: str
    locale: str
    grades: dict[Grade, int]
    """How many texts have which grade."""
    changes: list[UnitChange]
    """Those that are not the same as before."""


@dataclass
class UpdatedAll:
    """What `update` did."""

    catalogs: list[CatalogUpdate] = field(default_factory=list)
    """Those that changed, or would."""
    unchanged: int = 0
    remarks: list[str] = field(default_factory=list)
    """What the readers passed over that authors should know of."""
    failures: Failures = field(default_factory=Failures)


def extract_project(
    project: Project, ids: Sequence[str] = (), track: Track = untracked, dry_run: bool = False
) -> Extracted:
    """Write the templates of the articles, and of the site when no articles are named."""
    report = Extracted()
    templates = _templates(project, ids, track, report)
    for id, template in templates.items():
        with report.failures.kept():
            if _save_template(project, id, template, dry_run):
                report.written.append(project.shown(project.template_path(id)))
    return report


def _templates(project: Project, ids: Sequence[str], track: Track, report: Extracted) -> dict[str, Catalog]:
    """The templates as the articles are now, by id."""
    prepared = prepare_all(project, ids, track, report.failures)
    report.articles, report.units = len(prepared), sum(len(each.units) for each in prepared)
    for each in prepared:
        report.remarks += remarks_on(each.article, project.shown(each.file.path))
    templates = {each.id: each.template for each in prepared}
    if not ids:
        templates[SITE] = _site_template(project, prepared, bool(report.failures))
    return templates


def update_project(
    project: Project,
    ids: Sequence[str] = (),
    targets: Sequence[str] = (),
    track: Track = untracked,
    dry_run: bool = False,
    typo_fix: bool = False,
) -> UpdatedAll:
    """Bring templates and then catalogs up to the articles; make the catalogs that are missing.

    With `typo_fix`, translations of texts in which only the spelling has changed stay confirmed.
    Raises ConfigError for an article that there is not, or a locale that the project does not translate into.
    """
    expect_targets(project, targets)
    extracted = Extracted()
    report = UpdatedAll(remarks=extracted.remarks, failures=extracted.failures)
    templates = _templates(project, ids, track, extracted)
    for id, template in templates.items():
        with report.failures.kept():
            _save_template(project, id, template, dry_run)
    work = [
        (id, tag)
        for id, template in templates.items()
        for tag in targets_of(project, id, template.source_locale, targets)
    ]
    for id, tag in track(work, "updating"):
        with report.failures.kept():
            before = project.load_catalog(id, tag)
            catalog = before or new_catalog(project, tag, templates[id])
            if not catalog.header:
                catalog = replace(catalog, header=new_catalog(project, tag, templates[id]).header)
            result = update(catalog, templates[id], typo_fix, _sentences(tag))
            if before == result.catalog:
                report.unchanged += 1
                continue
            if not dry_run:
                project.save_catalog(id, result.catalog)
            report.catalogs.append(_reported(id, tag, result))
    return report


def _site_template(project: Project, prepared: Sequence[Prepared], incomplete: bool) -> Catalog:
    """The site's words: those of the theme and the prompt, and those that stand in articles.

    Where some article could not be read, the words of the last template stay: they may be its.
    """
    source = project.config.source
    templates = [site_messages(project.config.name, source), *(each.site for each in prepared)]
    before = project.load_template(SITE) if incomplete else None
    return union([*templates, before] if before else templates, source)


def _save_template(project: Project, id: str, template: Catalog, dry_run: bool) -> bool:
    """Write a template where it says something new; its date alone is nothing new."""
    before = project.load_template(id)
    if before and before.entries == template.entries and before.source_locale == template.source_locale:
        return False
    return dry_run or project.save_template(id, _headed(template, project.config.name))


def _headed(template: Catalog, name: str) -> Catalog:
    return replace(template, header=new_header(None, template.source_locale, name, stamp(now()), ""))


def _reported(id: str, tag: str, result: Updated) -> CatalogUpdate:
    changes = [
        UnitChange(change.grade, *change.key, [source for _, source in change.before])
        for change in result.changes
        if change.grade is not Grade.SAME
    ]
    return CatalogUpdate(id, tag, result.counts(), changes)


def _sentences(locale: str) -> Sentences:
    """What cuts translations in a locale into sentences, their codes kept whole."""
    find = SEGMENTERS.get("sentence")

    def cut_up(target: str) -> list[str]:
        try:
            content = inline.decode(target, map(_stand_in, inline.marks(target)))
        except ValueError:
            return [target]
        return [inline.encode(part.source) for part in cut(content, lambda text: find(text, locale))]

    return cut_up


def _stand_in(mark: str) -> Code:
    """A code of which only the mark is known."""
    name = mark.strip("</>")
    tag = name.rstrip("0123456789")
    kind = CodeKind.CLOSE if mark.startswith("</") else CodeKind.OPEN
    kind = CodeKind.STANDALONE if mark.endswith("/>") else kind
    return Code(kind, tag, Span(0, 0), mark, number=int(name.removeprefix(tag)))


def new_catalog(project: Project, tag: str, template: Catalog) -> Catalog:
    """An empty catalog of a locale, with the header that gettext gives one."""
    forms = locales.plural_forms(tag)
    header = new_header(tag, template.source_locale, project.config.name, stamp(now()), forms)
    return Catalog(template.source_locale, tag, header=header)
