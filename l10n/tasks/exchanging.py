"""Export and import: catalogs and glossaries through the formats of other tools."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from l10n.errors import CatalogError, ConfigError, L10nError
from l10n.exchange import FORMATS, GlossaryFormat, merge
from l10n.model import Catalog, Key
from l10n.project import Project, read_bytes, write_bytes
from l10n.tasks.remembering import open_memory, remember
from l10n.tasks.terminology import load_terms, save_terms


@dataclass
class Imported:
    """What `import` did."""

    taken: int = 0
    same: int = 0
    conflicts: list[Key] = field(default_factory=list)
    """Entries kept because they are reviewed here with another target."""
    unknown: list[Key] = field(default_factory=list)
    """Entries that are in no catalog any more."""
    destination: str = ""


def export_one(project: Project, format: str, id: str, locale: str, output: Path) -> bool:
    """Write a catalog to a file, or for a format of glossaries the locale's; False where it is that already.

    Raises ConfigError for an unknown format, article or locale.
    """
    chosen = FORMATS.get(format)
    if isinstance(chosen, GlossaryFormat):
        data = chosen.serialize(load_terms(project, locale))
    else:
        data = chosen.serialize(_catalog(project, id, locale))
    return write_bytes(output, data, CatalogError)


def import_one(
    project: Project, format: str, path: Path, id: str, locale: str, dry_run: bool = False
) -> Imported:
    """Take over what came back in a file: into the catalog, the memory or the glossary.

    Raises CatalogError, naming the file, for one that cannot be read; nothing is changed then.
    """
    chosen, data = FORMATS.get(format), read_bytes(path, CatalogError)
    try:
        if isinstance(chosen, GlossaryFormat):
            return _import_terms(project, chosen, data, locale, dry_run)
        if chosen.parse is None:
            raise ConfigError(f"{format} files can only be exported")
        returned = chosen.parse(data)
    except L10nError as error:
        raise error.at(str(path)) from error
    if chosen.memory:
        return _import_memory(project, returned, path, dry_run)
    return _import_catalog(project, returned, id, locale or returned.locale or "", dry_run)


def _catalog(project: Project, id: str, locale: str) -> Catalog:
    catalog = project.load_catalog(id, locale) if locale in project.config.targets else None
    if catalog is None:
        hint = f"targets: {', '.join(project.config.targets)}; make catalogs with `l10n update`"
        raise ConfigError(f"there is no catalog {locale}/{id}", hint=hint)
    return catalog


def _import_catalog(project: Project, returned: Catalog, id: str, locale: str, dry_run: bool) -> Imported:
    merged = merge(_catalog(project, id, locale), returned)
    if not dry_run:
        project.save_catalog(id, merged.catalog)
    where = project.shown(project.catalog_path(id, locale))
    return Imported(merged.taken, merged.same, list(merged.conflicts), list(merged.unknown), where)


def _import_memory(project: Project, returned: Catalog, path: Path, dry_run: bool) -> Imported:
    if not dry_run:
        remember(open_memory(project), returned, path.name)
    pair = f"{returned.source_locale}-{returned.locale}"
    return Imported(taken=len(returned.entries), destination=f"memory {pair}")


def _import_terms(
    project: Project, format: GlossaryFormat, data: bytes, locale: str, dry_run: bool
) -> Imported:
    here = load_terms(project, locale)
    given = format.parse(data, here.source_locale, locale)
    new = [term for term in given.terms if term not in here.terms]
    if not dry_run:
        save_terms(project, here, new)
    same = len(given.terms) - len(new)
    return Imported(taken=len(new), same=same, destination=f"glossary {here.source_locale}-{locale}")
