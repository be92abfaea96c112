"""MO: a compiled catalog for programs that look words up with gettext at run time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.exchange.contracts import CatalogFormat
from l10n.exchange.parcels import Parcel
from l10n.locales import gettext_name
from l10n.model import Catalog, Entry, State

if TYPE_CHECKING:
    from polib import POEntry

_TYPE = "Content-Type"


def serialize_mo(parcel: Parcel) -> bytes:
    """The compiled catalog; unreviewed entries are left out, as msgfmt leaves them out."""
    import polib

    out = polib.POFile(check_for_duplicates=False)
    out.metadata = _fields(parcel.catalog)
    out.extend(_compiled(entry) for entry in parcel.catalog.entries if entry.state is State.REVIEWED)
    return bytes(out.to_binary())


def _fields(catalog: Catalog) -> dict[str, str]:
    """The header, which programs ask for the charset and the plural rule."""
    fields = {name: value for name, value in catalog.header if name}
    return fields | {"Language": gettext_name(catalog.locale or ""), _TYPE: "text/plain; charset=UTF-8"}


def _compiled(entry: Entry) -> POEntry:
    """What a compiled catalog holds of an entry."""
    import polib

    if entry.plural is None:
        return polib.POEntry(msgctxt=entry.context, msgid=entry.source, msgstr=entry.target)
    forms = dict(enumerate(entry.plural_targets))
    return polib.POEntry(
        msgctxt=entry.context, msgid=entry.source, msgid_plural=entry.plural, msgstr_plural=forms
    )


FORMAT = CatalogFormat("mo", serialize_mo)
