"""One file at a time, with or without a project: article -> template, article and catalog -> article."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from l10n.catalogs import Policy, coverage, encode_po, extract, key, localize, new_header, serialize_po, union
from l10n.errors import CatalogError, ConfigError, RenderError
from l10n.model import Article, Coverage, Finding, Severity, Unit
from l10n.project import Config, encode, find_config, load_article_file, load_config, load_po, write_bytes
from l10n.segmenters import segment
from l10n.tasks.addressing import link_messages, readdress
from l10n.tasks.preparing import remarks_on
from l10n.tasks.rereading import write_safely
from l10n.tasks.running import now, stamp


@dataclass(frozen=True, slots=True)
class Rendered:
    """One article in a locale, in its source format."""

    data: bytes
    locale: str
    coverage: Coverage
    findings: tuple[Finding, ...] = ()
    """The translations that the format of the article cannot hold; their blocks are left as they were."""


@dataclass(frozen=True, slots=True)
class FileTemplate:
    """What `extract_file` did."""

    written: bool
    """Whether the template was not that already."""
    remarks: tuple[str, ...]
    """What the reader passed over that the author should know of."""


def extract_file(path: Path, output: Path, locale: str) -> FileTemplate:
    """Write the template of one article, the site's words included."""
    config = _config_around(path)
    article, units = _units(path, locale, config)
    links = link_messages(article, config.links)
    template = union([extract(units, article.locale, path.as_posix()), links], article.locale)
    remarks = tuple(remarks_on(article, path.as_posix()))
    before = load_po(output, str(output)) if output.exists() else None
    if before and before.entries == template.entries:
        return FileTemplate(False, remarks)
    header = new_header(None, article.locale, path.stem, stamp(now()), "")
    data = encode_po(serialize_po(replace(template, header=header)))
    return FileTemplate(write_bytes(output, data, CatalogError), remarks)


def render_file(path: Path, catalog_path: Path, drafts: bool) -> Rendered:
    """One article in the locale of a catalog, in its own format and encoding.

    What the catalog does not translate stays in the source language.
    Raises SourceError, CatalogError, and ConfigError for a catalog without a locale.
    """
    catalog = load_po(catalog_path, str(catalog_path))
    if catalog.locale is None:
        hint = "fill in the Language field of its header, or make it with `l10n update`"
        raise ConfigError("the catalog names no language", where=str(catalog_path), hint=hint)
    config = _config_around(path)
    article, units = _units(path, catalog.source_locale, config)
    entries = catalog.by_key()
    addressed = readdress(article, path, entries, catalog.locale, config.profile)
    if addressed is not article:
        article, units = addressed, segment(addressed, config.segment)
    shown = ("labelled", "show") if drafts else ("none", "source")
    policy = Policy(drafts=shown[0], outdated=shown[1], fallback="sentence")
    localized = localize(article, units, entries, catalog.locale, policy)
    written = write_safely(localized, config.profile)
    data = encode(written.text, article.encoding)
    findings = tuple(_unwritten(units, written.left))
    return Rendered(data, catalog.locale, coverage(units, entries), findings)


def _unwritten(units: Iterable[Unit], left: Collection[int]) -> Iterator[Finding]:
    for unit in units:
        if unit.place.block in left:
            message = "the format of the article cannot hold this translation; the source stays in its place"
            yield Finding("format", Severity.ERROR, key(unit), message)


def write_rendered(rendered: Rendered, output: Path) -> bool:
    """Write a rendered article; False where the file is that already. Raises RenderError."""
    return write_bytes(output, rendered.data, RenderError)


def _units(path: Path, locale: str, config: Config) -> tuple[Article, tuple[Unit, ...]]:
    article = load_article_file(path, locale, config.profile)
    return article, segment(article, config.segment)


def _config_around(path: Path) -> Config:
    """The configuration of the project that a file lies in, else the defaults."""
    there = find_config(path.resolve().parent)
    return load_config(there) if there else Config()
