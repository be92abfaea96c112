"""MO: a compiled catalog for programs that look words up with gettext at run time; and polib's objects."""

from __future__ import annotations

import polib

from l10n.exchange.contracts import CatalogFormat
from l10n.exchange.parcels import Parcel
from l10n.locales import gettext_name
from l10n.model import Catalog, Entry, State


def to_polib(catalog: Catalog) -> polib.POFile:
    """A catalog as polib's object, for programs that work with those."""
    out = polib.POFile(check_for_duplicates=False)
    out.metadata = dict(catalog.header) or {"Content-Type": "text/plain; charset=UTF-8"}
    out.metadata["Language"] = gettext_name(catalog.locale or "")
    out.metadata["X-Source-Language"] = catalog.source_locale
    out.extend(_polib_entry(entry) for entry in catalog.entries)
    return out


def _polib_entry(entry: Entry) -> polib.POEntry:
    fuzzy = ["fuzzy"] if entry.state is State.TRANSLATED else []
    forms = dict(enumerate(entry.plural_targets)) if entry.plural is not None else {}
    return polib.POEntry(
        msgctxt=entry.context,
        msgid=entry.source,
        msgstr=entry.target if entry.plural is None else "",
        msgid_plural=entry.plural or "",
        msgstr_plural=forms,
        flags=[*fuzzy, *entry.flags],
        comment="\n".join(entry.notes),
        tcomment="\n".join(entry.comments),
        occurrences=[(place, "") for place in entry.places],
    )


def serialize_mo(parcel: Parcel) -> bytes:
    """The compiled catalog; unreviewed entries are left out, as msgfmt leaves them out."""
    return bytes(to_polib(parcel.catalog).to_binary())


FORMAT = CatalogFormat("mo", serialize_mo)
