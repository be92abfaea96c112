"""Import of a translation: an article that somebody has already translated -> drafts in its catalog."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from l10n import inline, locales
from l10n.aligning import Aligned, align
from l10n.catalogs import apply, digest, key, update
from l10n.errors import ConfigError
from l10n.model import Catalog, Draft, Origin, State
from l10n.project import Project, load_article_file
from l10n.segmenters import segment
from l10n.tasks.cataloguing import new_catalog
from l10n.tasks.preparing import prepare, select

_LEAST = 0.5
"""Below this probability something else is more probable."""


@dataclass
class Adopted:
    """What `import-translation` did."""

    locale: str
    destination: str
    """The catalog, relative to the project."""
    units: int = 0
    """Entries of the article."""
    taken: int = 0
    kept: int = 0
    """Entries that had a target before, which stays."""
    joint: int = 0
    """Units that are translated together with others, in one sentence: left empty."""
    unmatched: int = 0
    """Units that the translation leaves out."""
    unsure: int = 0
    """Units of which it is more probable than not that the translation says something else: left empty."""
    extra: int = 0
    """Units of the translation that the article lacks."""
    score: int = 0
    """The mean score of the drafts, in per cent."""


def adopt_translation(
    project: Project, id: str, path: Path, locale: str = "", dry_run: bool = False
) -> Adopted:
    """Align an article with its translation in a file, and put what it says into empty entries as drafts.

    The locale is the file's own where it says one, else `locale`. Each draft has a score in per cent:
    how probable it is that the two say the same. Raises ConfigError for a locale that is no target,
    SourceError for a file that cannot be read, CatalogError.
    """
    prepared = prepare(project, select(project, [id])[0])
    translated = load_article_file(path, locale or prepared.article.locale, project.config.profile)
    tag = _target(project, locale or translated.locale, prepared.article.locale)
    units = segment(translated, project.config.segment)
    aligned = align((prepared.article, prepared.units), (translated, units))
    before = project.load_catalog(prepared.id, tag) or new_catalog(project, tag, prepared.template)
    catalog = update(before, prepared.template).catalog
    report = Adopted(tag, project.shown(project.catalog_path(prepared.id, tag)), len(catalog.entries))
    done = apply(catalog, _drafts(catalog, aligned, report))
    if not dry_run and done != before:
        project.save_catalog(prepared.id, done)
    return report


def _target(project: Project, tag: str, source: str) -> str:
    for target in project.config.targets:
        if locales.modern(target) == locales.modern(tag) and tag != source:
            return target
    hint = f"say which with --locale; targets: {', '.join(project.config.targets) or 'none'}"
    raise ConfigError(f"the translation is not in a target of this article: {tag}", hint=hint)


def _drafts(catalog: Catalog, aligned: list[Aligned], report: Adopted) -> list[Draft]:
    """A draft for every empty entry that the translation covers: the most probable one."""
    entries = catalog.by_key()
    found: dict[tuple[str | None, str], tuple[float, str]] = {}
    for each in aligned:
        if len(each.source) != 1 or not each.target:
            report.joint += len(each.source) if each.target else 0
            report.unmatched += 0 if each.target else len(each.source)
            report.extra += 0 if each.source else len(each.target)
            continue
        if each.probability < _LEAST:
            report.unsure += 1
            continue
        place, target = key(each.source[0]), inline.encode(each.text)
        if place in entries and target.strip() and each.probability > found.get(place, (0.0, ""))[0]:
            found[place] = (each.probability, target)
    empty = {place: one for place, one in found.items() if entries[place].state is State.INITIAL}
    scores = [round(100 * probability) for probability, _ in empty.values()]
    report.taken, report.kept = len(empty), len(found) - len(empty)
    report.score = round(sum(scores) / len(scores)) if scores else 0
    return [_draft(place, probability, target) for place, (probability, target) in empty.items()]


def _draft(place: tuple[str | None, str], probability: float, target: str) -> Draft:
    origin = Origin("draft", f"alignment {round(100 * probability)}%", digest(target))
    return Draft(place, target, origin)
