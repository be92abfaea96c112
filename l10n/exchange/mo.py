"""MO: a compiled catalog for programs that look words up with gettext at run time."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from l10n.exchange.contracts import CatalogFormat
from l10n.exchange.parcels import Parcel
from l10n.locales import gettext_name
from l10n.model import Catalog, Entry, State

_MAGIC = 0x950412DE
_HEAD = struct.Struct("<7I")
"""Magic, revision, number of strings, where the tables of sources, targets and hashes are (GNU gettext,
"The Format of GNU MO Files"). There are no hashes: a reader then searches the sorted sources."""
_PLACE = struct.Struct("<2I")
_TYPE = "Content-Type"


def serialize_mo(parcel: Parcel) -> bytes:
    """The compiled catalog; unreviewed entries are left out, as msgfmt leaves them out."""
    return _packed(sorted(_strings(parcel.catalog)))


def _strings(catalog: Catalog) -> Iterator[tuple[bytes, bytes]]:
    """Sources, with context and plural, and their targets; the header stands for the empty source."""
    fields = {name: value for name, value in catalog.header if name and name != _TYPE}
    fields |= {"Language": gettext_name(catalog.locale or ""), _TYPE: "text/plain; charset=UTF-8"}
    yield b"", "".join(f"{name}: {value}\n" for name, value in fields.items()).encode()
    for entry in catalog.entries:
        if entry.state is State.REVIEWED:
            yield _key(entry).encode(), "\0".join(entry.plural_targets or (entry.target,)).encode()


def _key(entry: Entry) -> str:
    context = "" if entry.context is None else f"{entry.context}\x04"
    return context + (entry.source if entry.plural is None else f"{entry.source}\0{entry.plural}")


def _packed(strings: list[tuple[bytes, bytes]]) -> bytes:
    tables = _HEAD.size, _HEAD.size + _PLACE.size * len(strings)
    start = tables[1] + _PLACE.size * len(strings)
    sources = list(_placed((source for source, _ in strings), start))
    start += sum(len(source) + 1 for source, _ in strings)
    targets = list(_placed((target for _, target in strings), start))
    texts = [text + b"\0" for column in zip(*strings, strict=True) for text in column]
    return b"".join([_HEAD.pack(_MAGIC, 0, len(strings), *tables, 0, start), *sources, *targets, *texts])


def _placed(texts: Iterable[bytes], at: int) -> Iterator[bytes]:
    """For each text its length and where it begins."""
    for text in texts:
        yield _PLACE.pack(len(text), at)
        at += len(text) + 1


FORMAT = CatalogFormat("mo", serialize_mo)
