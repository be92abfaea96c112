"""Planning: which pages there will be; those that fail a gate now stay as they are published."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from l10n.errors import L10nError, RenderError, SourceError
from l10n.model import State
from l10n.project import ArticleFile, Project, checked, read_bytes
from l10n.renderers.documents import Document, Version, parse_document
from l10n.tasks.illustrating import addresses, pictures
from l10n.tasks.localizing import Localized, localize_into
from l10n.tasks.preparing import Prepared, prepare, prepare_all, targets_of
from l10n.tasks.running import Failures, Track, untracked

MANIFEST = "manifest.json"
INDEX = "index.html"


def page_path(id: str, locale: str) -> str:
    """Where an article's page lies below the folder of bundles."""
    return f"{locale}/{id}.html"


def text_path(id: str, locale: str, format: str) -> str:
    """Where an article in its own format lies."""
    return f"articles/{locale}/{id}.{format}"


def document_path(id: str) -> str:
    """Where an article's document lies."""
    return f"documents/{id}.json"


@dataclass(frozen=True, slots=True)
class Page:
    """An article in a locale that is to be published."""

    version: Version
    pictures: Mapping[str, str]
    """Address as the article has it -> path below the folder of bundles."""
    made: Prepared | None
    """What it is made from now; None where it stays as it was published."""

    @property
    def id(self) -> str:
        return self.version.article.id

    @property
    def locale(self) -> str:
        return self.version.article.locale

    @property
    def path(self) -> str:
        return self.version.page

    @property
    def draft(self) -> bool:
        """Whether readers see machine translation that nobody has checked, and are told so."""
        pieces = (piece for block in self.version.article.blocks for piece in block.pieces)
        return any(piece.reason == "draft" and piece.state is State.TRANSLATED for piece in pieces)


Held = tuple[str, str, str]
"""Article, locale and reason."""


@dataclass
class Plan:
    """What a build is to publish, and why not the rest."""

    pages: list[Page] = field(default_factory=list)
    """By path."""
    elsewhere: list[Page] = field(default_factory=list)
    """Pages of the site that are no part of this build; links may lead to them."""
    blocked: list[Held] = field(default_factory=list)
    """What is not published."""
    held: list[Held] = field(default_factory=list)
    """What stays as it was published before."""
    missing: list[tuple[str, str]] = field(default_factory=list)
    """Articles and the addresses of their pictures that cannot be found."""
    failures: Failures = field(default_factory=Failures)

    def versions(self, id: str) -> dict[str, Page]:
        """The pages of an article by locale, here or elsewhere."""
        return self._by_article.get(id, {})

    @cached_property
    def _by_article(self) -> dict[str, dict[str, Page]]:
        out: dict[str, dict[str, Page]] = {}
        for page in (*self.pages, *self.elsewhere):
            out.setdefault(page.id, {})[page.locale] = page
        return out


@dataclass(frozen=True, slots=True)
class Stages:
    """How articles are read and localized; who plans again and again can keep the results."""

    prepare: Callable[[Project, ArticleFile], Prepared] = prepare
    localize: Callable[[Project, Prepared, str], Localized] = localize_into


_PLAIN = Stages()


class Published:
    """What the last build published, by its manifest and documents."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._documents: dict[str, Document | None] = {}
        self.files = self._files()

    def locales(self, id: str) -> list[str]:
        """The locales in which an article is published."""
        document = self.document(id) if self._is_known(id) else None
        return list(document.versions) if document else []

    def document(self, id: str) -> Document | None:
        """An article's document. Raises RenderError for one that is damaged."""
        if id not in self._documents:
            path = self._project.bundles / document_path(id)
            self._documents[id] = self._parsed(path.read_bytes(), id) if path.is_file() else None
        return self._documents[id]

    @property
    def articles(self) -> set[str]:
        """The ids of all that are published."""
        return {file["article"] for file in self.files.values() if file["kind"] == "page"}

    def _is_known(self, id: str) -> bool:
        return document_path(id) in self.files

    def _parsed(self, data: bytes, id: str) -> Document:
        try:
            return parse_document(data.decode("utf-8"))
        except (RenderError, UnicodeDecodeError) as error:
            where = self._project.shown(self._project.bundles / document_path(id))
            hint = "put the file back, or delete it: then its pages that fail a gate now are gone"
            raise RenderError(f"damaged: {error}", where=where, hint=hint) from error

    def _files(self) -> Mapping[str, Mapping[str, Any]]:
        path = self._project.bundles / MANIFEST
        if not path.is_file():
            return {}
        try:
            found = json.loads(read_bytes(path, RenderError))["files"]
            return {file["path"]: file for file in found if file["kind"]}
        except (ValueError, KeyError, TypeError) as error:
            hint = "delete it: the next build makes it again"
            raise RenderError(
                f"not a manifest: {error}", where=self._project.shown(path), hint=hint
            ) from error


def plan_build(
    project: Project,
    before: Published,
    ids: Sequence[str],
    track: Track = untracked,
    stages: Stages = _PLAIN,
) -> Plan:
    """The pages of the articles named, all when there are none; other published articles stay as they are.

    Raises RenderError where nothing is left of all that was published, for then it is the project that is
    not whole; and for a damaged document of an article that would have to stay.
    """
    plan = Plan()
    known = [file.id for file in project.article_files()]
    prepared = {
        each.id: each for each in prepare_all(project, ids, untracked, plan.failures, read=stages.prepare)
    }
    if not known and before.articles:
        hint = "put the articles back; to publish none of them, delete the folder of bundles"
        raise RenderError("there are no articles, but some are published", hint=hint)
    for id in track(known, "localizing"):
        each = prepared.get(id)
        refused = _refused(project, each) if each else None
        if refused:
            plan.failures.append(refused)
        elif each:
            plan.pages += _pages(project, each, before, plan, stages)
        else:
            reason = "its article cannot be read" if not ids else ""
            plan.pages += _stay(project, id, before, plan, reason)
    plan.pages.sort(key=lambda page: page.path)
    return plan


def _refused(project: Project, prepared: Prepared) -> L10nError | None:
    """Why an article cannot be published under its name, if so."""
    where = project.shown(prepared.file.path)
    if prepared.id == INDEX.removesuffix(".html"):
        return SourceError("the list of articles has this name", where=where, hint="rename the article")
    try:
        checked(document_path(prepared.id))
    except RenderError as error:
        return error
    return None


def _pages(project: Project, prepared: Prepared, before: Published, plan: Plan, stages: Stages) -> list[Page]:
    """The pages of an article that can be read."""
    own = prepared.article.locale
    found, missing = pictures(project, prepared.article, prepared.file.path)
    plan.missing += [(prepared.id, source) for source in missing]
    shown = addresses(project, found)
    out: list[Page] = []
    for tag in dict.fromkeys((own, *targets_of(project, prepared.id, own))):
        page = _page(project, prepared, tag, shown, plan, stages)
        if isinstance(page, str):
            kept = _held(project, prepared.id, tag, before)
            (plan.held if kept else plan.blocked).append((prepared.id, tag, page))
            out += kept
        else:
            out.append(page)
    return out


def _page(
    project: Project, prepared: Prepared, tag: str, shown: Mapping[str, str], plan: Plan, stages: Stages
) -> Page | str:
    """A page that may be published, or why it may not."""
    try:
        localized = stages.localize(project, prepared, tag)
    except L10nError as error:
        plan.failures.append(error)
        return "its catalog cannot be read"
    if localized.blocked:
        return localized.blocked
    paths = page_path(prepared.id, tag), text_path(prepared.id, tag, prepared.article.format)
    version = Version(localized.article, localized.coverage, *paths)
    if localized.article.source != prepared.article.source:
        shown = addresses(project, pictures(project, localized.article, prepared.file.path)[0])
    return Page(version, shown, prepared)


def _stay(project: Project, id: str, before: Published, plan: Plan, reason: str) -> Iterator[Page]:
    """What is published of an article, with a reason where somebody should know."""
    for tag in before.locales(id):
        kept = _held(project, id, tag, before)
        plan.held += [(id, tag, reason)] if kept and reason else []
        yield from kept


def _held(project: Project, id: str, tag: str, before: Published) -> list[Page]:
    """The published page, unless there is none or its locale is one no more."""
    document = before.document(id) if tag in before.locales(id) else None
    if document is None or tag not in (*project.config.targets, document.source_locale):
        return []
    version = document.versions[tag]
    return [Page(version, document.pictures, None)]
