"""gettext catalogs: bytes <-> text <-> Catalog, with nothing lost on the way."""

from l10n.catalogs.po.charsets import decode_po, encode_po
from l10n.catalogs.po.comments import foreign_flags
from l10n.catalogs.po.headers import new_header, plural_count
from l10n.catalogs.po.locating import as_read, locate
from l10n.catalogs.po.parsing import parse_po
from l10n.catalogs.po.serializing import serialize_po
from l10n.model import digest

__all__ = [
    "as_read",
    "decode_po",
    "digest",
    "encode_po",
    "foreign_flags",
    "locate",
    "new_header",
    "parse_po",
    "plural_count",
    "serialize_po",
]
