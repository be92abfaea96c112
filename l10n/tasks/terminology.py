"""The project's glossaries: one TOML file a locale, beside its catalogs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from l10n.catalogs import key
from l10n.errors import CatalogError, L10nError
from l10n.project import Project, read_bytes, write_bytes
from l10n.tasks.preparing import prepare_all
from l10n.tasks.running import Failures, Track, untracked
from l10n.terms import Glossary, Term, candidates, parse_terms, serialize_terms


def load_terms(project: Project, locale: str) -> Glossary:
    """The glossary from the project's source locale; empty where there is none. Raises CatalogError."""
    path, source = project.terms_path(locale), project.config.source
    if not path.is_file():
        return Glossary(source, locale)
    try:
        return parse_terms(read_bytes(path, CatalogError).decode("utf-8"), source, locale)
    except UnicodeDecodeError as error:
        raise CatalogError("not UTF-8", where=project.shown(path)) from error
    except L10nError as error:
        raise error.at(project.shown(path)) from error


def save_terms(project: Project, glossary: Glossary, new: Sequence[Term]) -> bool:
    """Add terms to a glossary's file; what stands there keeps its place and its comments."""
    path = project.terms_path(glossary.locale)
    there = read_bytes(path, CatalogError).decode("utf-8") if path.is_file() else ""
    added = serialize_terms(replace(glossary, terms=tuple(new)))
    text = f"{there.rstrip()}\n\n{added}".lstrip() if added else there
    return write_bytes(path, text.encode("utf-8"), CatalogError)


def propose_terms(
    project: Project, ids: Sequence[str], track: Track = untracked
) -> tuple[list[tuple[str, int]], Failures]:
    """Names that recur in the articles, with their counts: candidates for a glossary."""
    failures = Failures()
    prepared = prepare_all(project, ids, track, failures)
    texts = [key(unit)[1] for each in prepared for unit in each.units]
    return candidates(texts), failures
