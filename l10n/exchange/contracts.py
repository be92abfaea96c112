"""What a format of exchange is: the shape of the plug-ins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from l10n.exchange.parcels import Parcel
from l10n.terms import Glossary


@dataclass(frozen=True, slots=True)
class CatalogFormat:
    """A format that holds the entries of a catalog."""

    suffix: str
    serialize: Callable[[Parcel], bytes]
    parse: Callable[[bytes], Parcel] | None = None
    """Raises CatalogError, `where` being ":line:column" where known; None: the format only goes out."""
    memory: bool = False
    """Whether it holds past translations, which go to the memory, and not work in progress."""
    plurals: bool = True
    """Whether it has a place for entries with plural forms."""


@dataclass(frozen=True, slots=True)
class GlossaryFormat:
    """A format that holds the terms of a glossary; `parse` takes the pair of locales that is wanted."""

    suffix: str
    serialize: Callable[[Glossary], bytes]
    parse: Callable[[bytes, str, str], Glossary]
