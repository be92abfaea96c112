"""Localized articles and their gates: what `status` counts and `build` publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from l10n.catalogs import Policy, coverage, localize
from l10n.model import Article, Coverage, Entry, Key, Kind, State
from l10n.project import SITE, Project, Publishing
from l10n.tasks.preparing import Prepared

_MANDATORY = (Kind.TITLE, Kind.LEAD)


@dataclass(frozen=True, slots=True)
class Localized:
    """An article in one locale."""

    article: Article
    coverage: Coverage
    blocked: str
    """Why it may not be published; empty where it may."""

    @property
    def drafted(self) -> bool:
        """Whether readers see text that no human has reviewed."""
        return any(piece.state is State.TRANSLATED for block in self.article.blocks for piece in block.pieces)


def localize_into(project: Project, prepared: Prepared, locale: str) -> Localized:
    """An article in a locale; in its own it is as it was read. Raises CatalogError."""
    if locale == prepared.article.locale:
        return Localized(prepared.article, _complete(prepared), "")
    publish = project.config.publish
    entries = entries_of(project, prepared.id, locale)
    policy = Policy(drafts=publish.drafts, fallback=publish.fallback)
    article = localize(prepared.article, prepared.units, entries, locale, policy)
    own = [unit for unit in prepared.units if not unit.site]
    counted = coverage(own, entries)
    return Localized(article, counted, _blocked(article, counted, publish))


def entries_of(project: Project, id: str, locale: str) -> Mapping[Key, Entry]:
    """What there is to translate an article with: its own catalog, and the site's."""
    catalogs = [project.load_catalog(SITE, locale), project.load_catalog(id, locale)]
    return {key: entry for catalog in catalogs if catalog for key, entry in catalog.by_key().items()}


def _complete(prepared: Prepared) -> Coverage:
    words = coverage([unit for unit in prepared.units if not unit.site], {}).words
    return Coverage(words=words, reviewed=words)


def _blocked(article: Article, counted: Coverage, publish: Publishing) -> str:
    """The first gate that the article does not pass, in words."""
    for block in article.blocks:
        if block.kind in _MANDATORY and any(piece.locale != article.locale for piece in block.pieces):
            return f"the {block.kind} is not translated"
    shown = counted.words - counted.untranslated - (counted.drafts if publish.drafts == "none" else 0)
    share = shown / counted.words if counted.words else 1.0
    if share < publish.coverage:
        return f"{share:.0%} of the words are translated, {publish.coverage:.0%} are needed"
    return ""
