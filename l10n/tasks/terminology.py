"""The project's glossaries: a TOML file for each pair of locales, beside the catalogs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from l10n.catalogs import key
from l10n.errors import CatalogError, L10nError
from l10n.model import Catalog, Entry, State
from l10n.project import Project, read_bytes, write_bytes
from l10n.tasks.preparing import catalogs_of, expect_targets, prepare_all
from l10n.tasks.running import Failures, Track, untracked
from l10n.terms import Candidate, Glossary, Term, candidates, parse_terms, serialize_terms

_OFFER = "term: "
"""How a translator's comment begins that offers a term."""


@dataclass
class Offered:
    """What `terms offer` did."""

    entries: int = 0
    """Those that stand under an offer now."""
    written: list[str] = field(default_factory=list)
    """The catalogs that changed, or would."""
    failures: Failures = field(default_factory=Failures)


def load_terms(project: Project, locale: str, source: str = "") -> Glossary:
    """The glossary of a pair, from the project's source locale unless another is named.

    Empty where there is none. Raises CatalogError.
    """
    source = source or project.config.source
    path = project.terms_path(locale, source)
    if not path.exists():
        return Glossary(source, locale)
    try:
        return parse_terms(read_bytes(path, CatalogError).decode("utf-8-sig"), source, locale)
    except UnicodeDecodeError as error:
        raise CatalogError("not UTF-8", where=project.shown(path)) from error
    except L10nError as error:
        place = f": {error.where}" if error.where else ""
        raise CatalogError(error.message, where=f"{project.shown(path)}{place}", hint=error.hint) from error


def list_terms(project: Project, locale: str) -> Glossary:
    """The glossary of a target. Raises ConfigError for another locale, CatalogError as `load_terms`."""
    expect_targets(project, [locale])
    return load_terms(project, locale)


def save_terms(project: Project, glossary: Glossary, new: Sequence[Term]) -> bool:
    """Add terms to a glossary's file; what stands there keeps its place and its comments."""
    path = project.terms_path(glossary.locale, glossary.source_locale)
    there = read_bytes(path, CatalogError).decode("utf-8") if path.is_file() else ""
    added = serialize_terms(replace(glossary, terms=tuple(new)))
    text = f"{there.rstrip()}\n\n{added}".lstrip() if added else there
    return write_bytes(path, text.encode("utf-8"), CatalogError)


def propose_terms(
    project: Project, ids: Sequence[str], locale: str = "", track: Track = untracked
) -> tuple[list[Candidate], Failures]:
    """Names and phrases that recur in the articles of the project's source locale, likeliest terms first.

    With a locale, less those that its glossary has.
    """
    failures, source = Failures(), project.config.source
    prepared = prepare_all(project, ids, track, failures)
    texts = [key(unit)[1] for each in prepared if each.article.locale == source for unit in each.units]
    known = list_terms(project, locale).terms if locale else ()
    forms = {form.casefold() for term in known for form in term.sources}
    return [each for each in candidates(texts, source) if each.text.casefold() not in forms], failures


def offer_terms(
    project: Project,
    ids: Sequence[str] = (),
    targets: Sequence[str] = (),
    *,
    withdraw: bool = False,
    dry_run: bool = False,
    track: Track = untracked,
) -> Offered:
    """Write the terms of each unreviewed entry into a translator's comment, or take all of them out.

    Offers that no longer hold go. Raises ConfigError for an unknown article or locale.
    """
    report = Offered()
    for id, tag in track(catalogs_of(project, ids, targets), "offering terms"):
        with report.failures.kept():
            catalog = project.load_catalog(id, tag)
            if catalog:
                _offer(project, id, catalog, report, withdraw, dry_run)
    return report


def _offer(
    project: Project, id: str, catalog: Catalog, report: Offered, withdraw: bool, dry_run: bool
) -> None:
    glossary = load_terms(project, catalog.locale or "", catalog.source_locale)
    entries = tuple(_offered(entry, glossary, withdraw) for entry in catalog.entries)
    report.entries += sum(_has_offer(entry) for entry in entries)
    if entries != catalog.entries:
        report.written.append(project.shown(project.catalog_path(id, catalog.locale or "")))
        if not dry_run:
            project.save_catalog(id, replace(catalog, entries=entries))


def _offered(entry: Entry, glossary: Glossary, withdraw: bool) -> Entry:
    comments = [line for line in entry.comments if not line.startswith(_OFFER)]
    if not withdraw and entry.state is not State.REVIEWED:
        comments += _offers(glossary.found_in(entry.source))
    return replace(entry, comments=tuple(comments))


def _has_offer(entry: Entry) -> bool:
    return any(line.startswith(_OFFER) for line in entry.comments)


def _offers(terms: Iterable[Term]) -> list[str]:
    return [_OFFER + _said(term) for term in terms]


def _said(term: Term) -> str:
    """A term in one line: "sea wall → дамба, noun (required): the one at Orrin"."""
    part = f", {term.part_of_speech}" if term.part_of_speech else ""
    note = f": {' '.join(term.note.split())}" if term.note else ""
    if term.status == "keep":
        return f"{term.source}{part}, as it is{note}"
    status = "not this" if term.status == "forbidden" else term.status
    return f"{term.source} → {term.target}{part} ({status}){note}"
