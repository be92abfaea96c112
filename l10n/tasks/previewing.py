"""Preview: the bundles as they would be built now, kept in memory, made anew only where something changed.

Nothing is written: what is published stays as it is. A page is made when somebody asks for it, so that
from a saved file to its page only that file's stages run again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from l10n.errors import L10nError
from l10n.model import Catalog
from l10n.project import SITE, ArticleFile, Project, open_project
from l10n.renderers.documents import Document
from l10n.tasks.composing import Composer, File
from l10n.tasks.localizing import Localized, localize_into
from l10n.tasks.planning import Plan, Published, Stages, plan_build
from l10n.tasks.preparing import Prepared, prepare
from l10n.tasks.settling import signature

T = TypeVar("T")
_Kept = dict[Hashable, tuple[Hashable, object]]


@dataclass(frozen=True, slots=True)
class _Project(Project):
    """A project that reads a catalog again only when its file has changed."""

    kept: _Kept = field(default_factory=dict, compare=False, repr=False)

    def load_po(self, path: Path) -> Catalog | None:
        return _keep(self.kept, path, signature(path), lambda: Project.load_po(self, path))


class Preview:
    """What a build of a project would publish, and what is wrong with it."""

    def __init__(self, root: Path) -> None:
        """Look at the project for the first time. Raises L10nError where it cannot be previewed at all."""
        self._kept: _Kept = {}
        self._lock = threading.Lock()
        self._made: dict[str, File] = {}
        self.project = _opened(root, self._kept)
        self.published = Published(self.project)
        self.plan = Plan()
        self.failures: list[L10nError] = []
        """Why some pages, or all, are those of before."""
        self._composer = self._planned(self.project)
        self._seen = _snapshot(self.project)

    def refresh(self) -> bool:
        """Look again; True where something has changed. What cannot be read now stays as it was."""
        seen = _snapshot(self.project)
        if seen == self._seen:
            return False
        self._seen = seen
        try:
            project = _opened(self.project.root, self._kept)
            if project.config != self.project.config:
                self._kept.clear()
            with self._lock:
                self._composer, self.project = self._planned(project), project
        except L10nError as error:
            self.failures = [error]
        return True

    def find(self, path: str) -> File | None:
        """A file of the bundles; where it cannot be made now, as it was made last.

        Raises L10nError where it has never been made.
        """
        with self._lock:
            try:
                file = self._composer.find(path)
            except L10nError as error:
                if path not in self._made:
                    raise
                self.failures = [each for each in self.failures if str(each) != str(error)] + [error]
                return self._made[path]
            if file and file.data is None:
                file = replace(file, data=_held(self.project.bundles / path))
            if file:
                self._made[path] = file
            return file

    def reasons(self, id: str, locale: str) -> list[str]:
        """Why a page is not there, or is that of before."""
        held = (*self.plan.blocked, *self.plan.held)
        return [reason for article, tag, reason in held if (article, tag) == (id, locale)]

    def prepared(self, file: ArticleFile) -> Prepared:
        """An article with its units. Raises SourceError."""
        return self._prepare(self.project, file)

    def localized(self, prepared: Prepared, locale: str) -> Localized:
        """An article in a locale, with its coverage. Raises L10nError."""
        return self._localize(self.project, prepared, locale)

    def _planned(self, project: Project) -> Composer:
        stages = Stages(self._prepare, self._localize)
        plan = plan_build(project, _Before(project, self.plan, self.published), (), stages=stages)
        composer = Composer(project, plan)
        self.plan, self.failures = plan, list(plan.failures)
        return composer

    def _prepare(self, project: Project, file: ArticleFile) -> Prepared:
        mark = (file, signature(file.path))
        return _keep(self._kept, ("article", file.id), mark, lambda: prepare(project, file))

    def _localize(self, project: Project, prepared: Prepared, locale: str) -> Localized:
        paths = [project.catalog_path(id, locale) for id in (prepared.id, SITE)]
        mark = (id(prepared), *map(signature, paths))
        made = _keep(
            self._kept,
            ("localized", prepared.id, locale),
            mark,
            lambda: (
                prepared,
                localize_into(project, prepared, locale),
            ),  # kept, so that its id stays its own
        )
        return made[1]


class _Before(Published):
    """What the last look found, over what is published."""

    def __init__(self, project: Project, plan: Plan, published: Published) -> None:
        self._project, self._plan, self._published = project, plan, published
        self.files = published.files

    def locales(self, id: str) -> list[str]:
        return list(dict.fromkeys((*self._published.locales(id), *self._plan.versions(id))))

    def document(self, id: str) -> Document | None:
        published = self._published.document(id) if self._published.locales(id) else None
        pages = self._plan.versions(id)
        if not pages:
            return published
        article = next(iter(pages.values())).version.article
        versions = {tag: page.version for tag, page in pages.items()}
        pictures = {source: path for page in pages.values() for source, path in page.pictures.items()}
        if published:
            versions, pictures = {**published.versions, **versions}, {**published.pictures, **pictures}
        return Document(id, article.format, article.source_locale, pictures, versions)


def _opened(root: Path, kept: _Kept) -> _Project:
    project = open_project(root)
    return _Project(project.root, project.config, kept)


def _keep(kept: _Kept, name: Hashable, mark: Hashable, make: Callable[[], T]) -> T:
    """What was made under a name, made anew where its mark is another now."""
    if name not in kept or kept[name][0] != mark:
        kept[name] = (mark, make())
    return kept[name][1]  # type: ignore[return-value]


def _held(path: Path) -> bytes | None:
    """A file that stays as it was published."""
    return path.read_bytes() if path.is_file() else None


def _snapshot(project: Project) -> dict[Path, str]:
    """Time and size of every file that pages are made from."""
    return {path: mark for path in _files(project) if (mark := signature(path))}


def _files(project: Project) -> Iterator[Path]:
    config = project.config
    yield from (project.root / "l10n.toml", project.root / "pyproject.toml")
    for name in (config.articles, config.catalogs, config.theme):
        with suppress(OSError):  # a folder may go while we look
            yield from (project.root / name).rglob("*.*")
