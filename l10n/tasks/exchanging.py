"""Export and import: catalogs and glossaries through the formats of other tools."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from l10n import inline, locales
from l10n.catalogs import key
from l10n.catalogs.po import plural_count
from l10n.errors import CatalogError, ConfigError, L10nError, SourceError
from l10n.exchange import FORMATS, CatalogFormat, GlossaryFormat, Parcel, merge
from l10n.model import Catalog, Key, Match, State
from l10n.project import SITE, Project, read_bytes, write_bytes
from l10n.tasks.preparing import expect_targets, prepare, select
from l10n.tasks.remembering import import_memory, open_memory
from l10n.tasks.terminology import list_terms, load_terms, save_terms

_MATCHES = 3
"""Offers of the memory for each entry that is not reviewed."""


@dataclass
class Exported:
    """What `export` did."""

    changed: bool
    """False where the file is that already."""
    left_out: int = 0
    """Reviewed entries with plural forms, for which the format has no place."""


@dataclass
class Imported:
    """What `import` did."""

    taken: int = 0
    same: int = 0
    conflicts: Sequence[Key] = ()
    """Entries kept because they changed here too, or are reviewed here."""
    stale: Sequence[Key] = ()
    """Entries whose source has changed here: what came back is kept, to be revised, or as obsolete."""
    unknown: Sequence[Key] = ()
    """Entries that never were in the catalog."""
    broken: Sequence[Key] = ()
    """Entries taken as drafts because their codes are not those of the source."""
    missing: Sequence[Key] = ()
    """Entries of the catalog that did not come back with their translation."""
    destination: str = ""


def export_one(
    project: Project, format: str, id: str, locale: str, output: Path, *, matches: bool = True
) -> Exported:
    """Write a catalog to a file, or for a format of glossaries the locale's.

    With `matches`, entries that are not reviewed have what the memory offers beside them, where the format
    has a place for it. Raises ConfigError for an unknown format, article or locale.
    """
    chosen = FORMATS.get(format)
    if isinstance(chosen, GlossaryFormat):
        return Exported(write_bytes(output, chosen.serialize(list_terms(project, locale)), CatalogError))
    id, catalog = _catalog(project, id, locale)
    offers = _offers(project, catalog) if matches else {}
    data = chosen.serialize(Parcel(catalog, id, offers, _originals(project, id)))
    counted = (entry for entry in catalog.entries if entry.plural is not None)
    left_out = 0 if chosen.plurals else sum(entry.state is State.REVIEWED for entry in counted)
    return Exported(write_bytes(output, data, CatalogError), left_out)


def import_one(
    project: Project,
    format: str,
    path: Path,
    id: str,
    locale: str,
    *,
    confirm: bool = False,
    dry_run: bool = False,
) -> Imported:
    """Take over what came back in a file: into the catalog, the memory or the glossary.

    Without an id or a locale, those that the file names. With `confirm`, what was changed there counts as
    reviewed. Raises CatalogError, naming the file, for one that cannot be read; nothing is changed then.
    """
    chosen = FORMATS.get(format)
    if isinstance(chosen, CatalogFormat) and chosen.memory:
        count = import_memory(project, path, dry_run)
        return Imported(taken=count, destination=f"memory {path.with_suffix('.tmx').name}")
    data = read_bytes(path, CatalogError)
    try:
        if isinstance(chosen, GlossaryFormat):
            return _import_terms(project, chosen, data, locale, dry_run)
        if chosen.parse is None:
            raise ConfigError(f"{format} files can only be exported")
        return _import_catalog(project, chosen.parse(data), id, locale, confirm, dry_run)
    except L10nError as error:
        raise error.at(str(path)) from error


def _offers(project: Project, catalog: Catalog) -> dict[Key, list[Match]]:
    """What the memory knows of the entries that are not reviewed."""
    neighbours = catalog.neighbours()
    with closing(open_memory(project)) as memory:
        pair = memory.pair(catalog.source_locale, catalog.locale or "und")
        found = {
            entry.key: pair.matches(entry.source, entry.context, neighbours[entry.key], _MATCHES)
            for entry in catalog.entries
            if entry.state is not State.REVIEWED
        }
    return {key: matches for key, matches in found.items() if matches}


def _originals(project: Project, id: str) -> dict[Key, dict[str, str]]:
    """What the codes of an article's units stand for; nothing where it cannot be read."""
    out: dict[Key, dict[str, str]] = {}
    with suppress(SourceError):
        for file in project.article_files():
            if file.id == id:
                for unit in prepare(project, file).units:
                    codes = inline.codes(unit.source)
                    out.setdefault(key(unit), {inline.mark(code): code.text for code in codes})
    return out


def _catalog(project: Project, name: str, locale: str) -> tuple[str, Catalog]:
    """The catalog of an article, by its id or path, or of the site; and the id. Raises ConfigError."""
    expect_targets(project, [locale])
    id = SITE if name == SITE else select(project, [name])[0].id
    catalog = project.load_catalog(id, locale)
    if catalog is None:
        raise ConfigError(f"there is no catalog {locale}/{id} yet", hint="make it with `l10n update`")
    return id, catalog


def _import_catalog(
    project: Project, parcel: Parcel, id: str, locale: str, confirm: bool, dry_run: bool
) -> Imported:
    named = parcel.catalog.locale or ""
    locale = locale or locales.serving(named, project.config.targets) or named
    if not locale:
        raise ConfigError("the file does not say which locale it is in", hint="give it with --locale")
    id, catalog = _catalog(project, id or parcel.article or SITE, locale)
    _expect_pair(parcel.catalog, catalog)
    _expect_forms(parcel.catalog, plural_count(catalog.header))
    merged = merge(catalog, parcel, confirm=confirm)
    if not dry_run:
        project.save_catalog(id, merged.catalog)
    lists = (merged.conflicts, merged.stale, merged.unknown, merged.broken, merged.missing)
    where = project.shown(project.catalog_path(id, locale))
    return Imported(len(merged.taken), merged.same, *lists, destination=where)


def _expect_pair(given: Catalog, here: Catalog) -> None:
    """Raise ConfigError where a file is in other languages than the catalog that it is to go into."""
    for its, ours in ((given.source_locale, here.source_locale), (given.locale, here.locale)):
        if its not in (None, "und") and ours and locales.language(its or "") != locales.language(ours):
            pair = f"from {given.source_locale} into {given.locale}"
            raise ConfigError(f"the file is {pair}, the catalog into {here.locale}", hint="see `--locale`")


def _expect_forms(given: Catalog, most: int) -> None:
    """Raise CatalogError where an entry has more plural forms than the catalog's header declares."""
    for entry in given.entries:
        if 0 < most < len(entry.plural_targets):
            message = (
                f"{entry.source[:40]!r} has {len(entry.plural_targets)} plural forms, the catalog's {most}"
            )
            raise CatalogError(message, hint="delete those in excess, or mend the catalog's Plural-Forms")


def _import_terms(
    project: Project, format: GlossaryFormat, data: bytes, locale: str, dry_run: bool
) -> Imported:
    if not locale:
        raise ConfigError("a glossary needs its locale", hint="give it with --locale")
    expect_targets(project, [locale])
    here = load_terms(project, locale)
    given = format.parse(data, here.source_locale, locale)
    new = [term for term in given.terms if term not in here.terms]
    if not dry_run:
        save_terms(project, here, new)
    same = len(given.terms) - len(new)
    return Imported(taken=len(new), same=same, destination=f"glossary {here.source_locale}-{locale}")
