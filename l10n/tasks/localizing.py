"""Localized articles and their gates: what `status` counts and `build` publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from l10n.catalogs import Policy, coverage, key, localize, usable
from l10n.model import Article, Block, Coverage, Entry, Key, Kind
from l10n.project import SITE, Project, Publishing
from l10n.segmenters import segment
from l10n.tasks.addressing import readdress
from l10n.tasks.preparing import Prepared

_MANDATORY = (Kind.TITLE, Kind.LEAD)
_TITLES = {"title": "title", "subtitle": "lead", "summary": "lead"}
"""Roles of metadata that pages show as title and lead."""


@dataclass(frozen=True, slots=True)
class Localized:
    """An article in one locale."""

    article: Article
    coverage: Coverage
    blocked: str
    """Why it may not be published; empty where it may."""


def localize_into(project: Project, prepared: Prepared, locale: str) -> Localized:
    """An article in a locale; in its own it is as it was read. Raises CatalogError."""
    own = [unit for unit in prepared.units if not unit.site]
    if locale == prepared.article.locale:
        words = coverage(own, {}).words
        whole = localize(prepared.article, prepared.units, {}, locale)
        return Localized(whole, Coverage(words=words, reviewed=words), "")
    publish = project.config.publishing(locale)
    entries = entries_of(project, prepared.id, locale)
    outdated = "show" if publish.outdated == "last-good" else publish.outdated
    policy = Policy(publish.drafts, outdated, publish.fallback)
    profile, file = project.config.profile, prepared.file.path
    addressed = readdress(prepared.article, file, entries, locale, profile)
    units = prepared.units if addressed is prepared.article else segment(addressed, project.config.segment)
    article = localize(addressed, units, entries, locale, policy)
    fit = {key(unit): entries[key(unit)] for unit in own if usable(unit, entries.get(key(unit)))}
    counted = coverage(own, fit)
    return Localized(article, counted, _blocked(article, counted, publish))


def entries_of(project: Project, id: str, locale: str) -> Mapping[Key, Entry]:
    """What there is to translate an article with: its own catalog, and the site's."""
    catalogs = [project.load_catalog(SITE, locale), project.load_catalog(id, locale)]
    return {key: entry for catalog in catalogs if catalog for key, entry in catalog.by_key().items()}


def _blocked(article: Article, counted: Coverage, publish: Publishing) -> str:
    """The first gate that the article does not pass, in words."""
    if publish.outdated == "last-good" and counted.outdated:
        return f"{counted.outdated} words are translated from an older source"
    for block in article.blocks:
        if _is_mandatory(block) and (block.hidden or any(p.locale != article.locale for p in block.pieces)):
            return f"the {_TITLES.get(block.role, block.kind)} is not translated"
    share = _shown(counted, publish) / counted.words if counted.words else 1.0
    if share < publish.coverage:
        return f"{share:.0%} of the words are translated, {publish.coverage:.0%} are needed"
    return ""


def _is_mandatory(block: Block) -> bool:
    """Whether readers would meet the block first: a title or a lead."""
    return block.kind in _MANDATORY or (block.kind is Kind.METADATA and block.role in _TITLES)


def _shown(counted: Coverage, publish: Publishing) -> int:
    """How many words of translation the policies let readers see."""
    shown = counted.reviewed
    shown += counted.drafts if publish.drafts != "none" else 0
    return shown + (counted.outdated if publish.outdated == "show" else 0)
