"""Reading: text -> Article. One file per format; each keeps the span of everything it takes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from l10n.model import Article, Block, Remark
from l10n.plugins import Registry
from l10n.readers.profiles import Profile, default_profile, parse_profile

__all__ = ["READERS", "Profile", "Reader", "Reading", "default_profile", "parse_profile", "read"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader finds in a text: blocks in the order of their spans, and untranslated facts."""

    blocks: tuple[Block, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()


class Reader(Protocol):
    """A function from the text of one format to blocks.

    For every block, `block.span` lies within the text and no two spans overlap, except that a block
    may lie wholly inside an image or a drawn table (where blocks stand cell by cell), or inside the span
    of a code of another (an alternative text).
    Raises SourceError, `where` being ":line:column", for a text that cannot be read.
    """

    def __call__(self, text: str, profile: Profile) -> Reading: ...


READERS: Registry[Reader] = Registry(
    "readers",
    {
        "htm": "l10n.readers.html:read_html",
        "html": "l10n.readers.html:read_html",
        "markdown": "l10n.readers.markdown:read_markdown",
        "md": "l10n.readers.markdown:read_markdown",
        "mdx": "l10n.readers.markdown:read_mdx",
        "rst": "l10n.readers.rst:read_rst",
        "txt": "l10n.readers.text:read_text",
        "xhtml": "l10n.readers.html:read_html",
    },
)
"""Readers by the suffix of the files they read."""


def read(text: str, *, id: str, format: str, locale: str, profile: Profile | None = None) -> Article:
    """Read an article.

    `format` is a name in READERS, `locale` the BCP 47 tag that holds unless the text names its own
    (front matter `lang`, `<html lang>`). Raises SourceError where the text cannot be read.
    """
    reading = READERS.get(format)(text, replace(profile or default_profile(), locale=locale))
    own = reading.metadata.get("lang", locale)
    return Article(id, format, own, text, own, reading.blocks, reading.metadata, remarks=reading.remarks)
