"""Articles in every language: the verbs of the toolkit, and the data that flows between them.

    read      text                        -> Article
    segment   Article                     -> Units
    extract   Units                       -> Catalog (a template)
    update    Catalog, template           -> Updated, with the Catalog in it
    draft     Catalog, engine, memory     -> Drafts
    apply     Catalog, Drafts             -> Catalog
    check     Catalog                     -> Findings
    localize  Article, Units, entries     -> Article in another locale
    write     Article                     -> text in its own format
    suggest   visitor's languages, locales -> Prompt or None

Names load when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from l10n.catalogs import apply, extract, localize, parse_po, serialize_po, update
    from l10n.checks import check
    from l10n.engines import draft
    from l10n.errors import L10nError
    from l10n.model import Article, Block, Bundle, Catalog, Code, Draft, Entry, Finding, Prompt, Unit
    from l10n.prompts import suggest
    from l10n.readers import read
    from l10n.renderers import write
    from l10n.segmenters import segment

__all__ = [
    "Article",
    "Block",
    "Bundle",
    "Catalog",
    "Code",
    "Draft",
    "Entry",
    "Finding",
    "L10nError",
    "Prompt",
    "Unit",
    "apply",
    "check",
    "draft",
    "extract",
    "localize",
    "parse_po",
    "read",
    "segment",
    "serialize_po",
    "suggest",
    "update",
    "write",
]

_HOMES = {
    "L10nError": "errors",
    "apply": "catalogs",
    "check": "checks",
    "draft": "engines",
    "extract": "catalogs",
    "localize": "catalogs",
    "parse_po": "catalogs",
    "read": "readers",
    "segment": "segmenters",
    "serialize_po": "catalogs",
    "suggest": "prompts",
    "update": "catalogs",
    "write": "renderers",
}
"""Module of each name; the types are all in `model`."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'l10n' has no attribute {name!r}")
    return getattr(import_module(f"l10n.{_HOMES.get(name, 'model')}"), name)
