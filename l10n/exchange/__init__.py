"""Exchange: catalogs and glossaries as files of other tools, and back."""

from __future__ import annotations

from l10n.exchange.contracts import CatalogFormat, GlossaryFormat
from l10n.exchange.merging import Merged, merge
from l10n.exchange.parcels import Parcel
from l10n.plugins import Registry

__all__ = ["FORMATS", "CatalogFormat", "GlossaryFormat", "Merged", "Parcel", "merge"]

FORMATS: Registry[CatalogFormat | GlossaryFormat] = Registry(
    "formats",
    {
        "csv": "l10n.exchange.csv:FORMAT",
        "mo": "l10n.exchange.mo:FORMAT",
        "tbx": "l10n.exchange.tbx:FORMAT",
        "tbx3": "l10n.exchange.tbx:FORMAT_3",
        "terms": "l10n.exchange.glossary_csv:FORMAT",
        "tmx": "l10n.exchange.tmx:FORMAT",
        "xliff": "l10n.exchange.xliff:FORMAT",
        "xliff12": "l10n.exchange.xliff12:FORMAT",
    },
)
