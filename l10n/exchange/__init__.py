"""Exchange: catalogs and glossaries as files of other tools, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from l10n.exchange.merging import Merged, merge
from l10n.model import Catalog
from l10n.plugins import Registry
from l10n.terms import Glossary

__all__ = ["FORMATS", "CatalogFormat", "GlossaryFormat", "Merged", "merge"]


@dataclass(frozen=True, slots=True)
class CatalogFormat:
    """A format that holds the entries of a catalog."""

    suffix: str
    serialize: Callable[[Catalog], bytes]
    parse: Callable[[bytes], Catalog] | None = None
    """Raises CatalogError, `where` being ":line:column" where known; None: the format only goes out."""
    memory: bool = False
    """Whether it holds past translations, which go to the memory, and not work in progress."""


@dataclass(frozen=True, slots=True)
class GlossaryFormat:
    """A format that holds the terms of a glossary; `parse` takes the pair of locales that is wanted."""

    suffix: str
    serialize: Callable[[Glossary], bytes]
    parse: Callable[[bytes, str, str], Glossary]


FORMATS: Registry[CatalogFormat | GlossaryFormat] = Registry(
    "formats",
    {
        "csv": "l10n.exchange.csv:FORMAT",
        "mo": "l10n.exchange.mo:FORMAT",
        "tbx": "l10n.exchange.tbx:FORMAT",
        "tmx": "l10n.exchange.tmx:FORMAT",
        "xliff": "l10n.exchange.xliff:FORMAT",
    },
)
