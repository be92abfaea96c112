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

from typing import TYPE_CHECKING

from l10n.laziness import loading

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

__getattr__ = loading(
    __name__,
    {
        "catalogs": "apply extract localize parse_po serialize_po update",
        "checks": "check",
        "engines": "draft",
        "errors": "L10nError",
        "model": "Article Block Bundle Catalog Code Draft Entry Finding Prompt Unit",
        "prompts": "suggest",
        "readers": "read",
        "renderers": "write",
        "segmenters": "segment",
    },
)
