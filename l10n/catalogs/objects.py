"""Catalogs as polib's objects, for programs that work with those: Catalog <-> polib.POFile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.catalogs.po.comments import FUZZY, comment_lines, read_comments
from l10n.catalogs.po.headers import locale_of, source_locale_of
from l10n.catalogs.po.parsing import state_of
from l10n.model import Catalog, Entry, State

if TYPE_CHECKING:
    from polib import POEntry, POFile


def to_polib(catalog: Catalog) -> POFile:
    """A catalog as polib's object: its header, entries in use and obsolete ones, with all their comments.

    Polib keeps references as names and line numbers, and cannot hold a header line without a name.
    """
    import polib

    out = polib.POFile(check_for_duplicates=False)
    out.metadata = {name: value for name, value in catalog.header if name}
    out.header = "\n".join(catalog.header_comments)
    out.extend(_object(entry, obsolete=False) for entry in catalog.entries)
    out.extend(_object(entry, obsolete=True) for entry in catalog.obsolete)
    return out


def _object(entry: Entry, obsolete: bool) -> POEntry:
    import polib

    plural = entry.plural is not None
    return polib.POEntry(
        msgctxt=entry.context,
        msgid=entry.source,
        msgstr="" if plural else entry.target,
        msgid_plural=entry.plural or "",
        msgstr_plural=dict(enumerate(entry.plural_targets)),
        obsolete=obsolete,
        flags=[FUZZY, *entry.flags] if entry.state is State.TRANSLATED else [*entry.flags],
        comment="\n".join(entry.notes),
        tcomment="\n".join(comment_lines(entry)),
        occurrences=[_occurrence(place) for place in entry.places],
        previous_msgctxt=entry.previous_context,
        previous_msgid=entry.previous_source,
        previous_msgid_plural=entry.previous_plural,
    )


def _occurrence(place: str) -> tuple[str, str]:
    name, _, line = place.rpartition(":")
    return (name, line) if name and line.isdigit() else (place, "")


def from_polib(file: POFile) -> Catalog:
    """A catalog from polib's object. Raises CatalogError for a header whose language could do harm."""
    header = tuple((str(name), str(value)) for name, value in file.metadata.items())
    return Catalog(
        source_locale=source_locale_of(header),
        locale=locale_of(header),
        entries=tuple(_entry(each) for each in file if not each.obsolete),
        obsolete=tuple(_entry(each) for each in file if each.obsolete),
        header=header,
        header_comments=_lines(file.header),
    )


def _entry(each: POEntry) -> Entry:
    targets = tuple(form for _, form in sorted(each.msgstr_plural.items())) if each.msgid_plural else ()
    comments, origin = read_comments(_lines(each.tcomment))
    return Entry(
        source=each.msgid,
        target=targets[0] if targets else each.msgstr,
        context=each.msgctxt,
        state=state_of(targets or (each.msgstr,), each.fuzzy),
        origin=origin,
        plural=each.msgid_plural or None,
        plural_targets=targets,
        previous_source=each.previous_msgid,
        previous_context=each.previous_msgctxt,
        previous_plural=each.previous_msgid_plural,
        places=tuple(f"{name}:{line}" if line else name for name, line in each.occurrences),
        notes=_lines(each.comment),
        comments=comments,
        flags=tuple(flag for flag in each.flags if flag != FUZZY),
    )


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
