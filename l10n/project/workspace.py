"""Where the things of a project lie, and how they are loaded and saved."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from os import X_OK, access
from os.path import isfile
from pathlib import Path

from l10n.catalogs import as_read, decode_po, encode_po, parse_po, reconcile, serialize_po
from l10n.errors import CatalogError, ConfigError, L10nError, RenderError, SourceError
from l10n.laziness import expression
from l10n.model import Article, Catalog
from l10n.project.config import CONFIG_FILE, Config, find_config, load_config
from l10n.project.encodings import decode
from l10n.project.files import exists, locked, read_bytes, sweep, walk, write_bytes
from l10n.project.publications import Publication
from l10n.readers import READERS, Profile, read

SITE = "site"
"""The id of the catalogs that hold the site's own words; no article can have it."""


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article's file: its id, its path, and the suffix that names its reader."""

    id: str
    path: Path
    format: str


@dataclass(frozen=True, slots=True)
class Project:
    """A project: its folder and its configuration."""

    root: Path
    config: Config

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other l10n commands from changing this project meanwhile.

        What a command that was killed has half written is removed. Raises ConfigError as `locked` does.
        """
        with locked(self.state / "lock") as killed:
            if killed:
                sweep(self.templates.parent)
                sweep(self.state)
            yield

    @property
    def state(self) -> Path:
        """The folder of what can be made again."""
        return self.root / ".l10n"

    @property
    def bundles(self) -> Path:
        """The folder of what is published. Raises ConfigError where it would hold something else of ours."""
        folder = _inside(self.root, self.config.bundles, "bundles")
        for other in (self.config.articles, self.config.catalogs, self.config.theme, ".l10n"):
            one, two = folder.resolve(), (self.root / other).resolve()
            if two.is_relative_to(one) or one.is_relative_to(two):
                hint = "give it a folder of its own"
                raise ConfigError(
                    f"`bundles` is in the way of {other}: {folder.name}", where=CONFIG_FILE, hint=hint
                )
        return folder

    @property
    def templates(self) -> Path:
        return _inside(self.root, self.config.catalogs, "catalogs") / "templates"

    def shown(self, path: Path) -> str:
        """A path as people and references see it: relative to the project, with slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def template_path(self, id: str) -> Path:
        return self.templates / f"{id}.pot"

    def catalog_path(self, id: str, locale: str) -> Path:
        return self.templates.parent / locale / "LC_MESSAGES" / f"{id}.po"

    @property
    def memories(self) -> Path:
        """The folder of TMX files that the translation memory is fed from, beside the catalogs."""
        return self.templates.parent / "memory"

    def terms_path(self, locale: str, source: str) -> Path:
        name = "terms.toml" if source == self.config.source else f"terms.{source}.toml"
        return self.templates.parent / locale / name

    def article_files(self) -> list[ArticleFile]:
        """All articles, by id. Raises ConfigError where two would share one, or there is no folder."""
        folder = _inside(self.root, self.config.articles, "articles")
        if not folder.is_dir():
            hint = f"make the folder and put articles in it, or set `articles` in {CONFIG_FILE}"
            raise ConfigError("there is no folder of articles", where=self.shown(folder), hint=hint)
        files = sorted(_article_files(folder), key=lambda file: file.id)
        for one, two in pairwise(files):
            if one.id == two.id:
                where = self.shown(two.path)
                raise ConfigError(f"{self.shown(one.path)} has the same id", where=where, hint="rename one")
        return files

    def load_article(self, file: ArticleFile) -> Article:
        """Read an article. Raises SourceError that names the file."""
        where = self.shown(file.path)
        if file.id == SITE:
            raise SourceError("an article cannot be called `site`", where=where, hint="rename it")
        if _UNNAMEABLE.search(file.id):
            message = "its name holds characters that catalogs and addresses cannot have"
            raise SourceError(message, where=repr(where), hint="rename it")
        self._refuse_link_out(file.path, SourceError)
        return _load(file, self.shown(file.path), self.config.source_of(file.id), self.config.profile)

    def load_template(self, id: str) -> Catalog | None:
        """A template, or None where there is none yet."""
        return self._load_own(self.template_path(id))

    def load_catalog(self, id: str, locale: str) -> Catalog | None:
        """A catalog, or None where there is none yet. Raises CatalogError that names file and line.

        Its locale is that of its folder, whatever its header says: uk_UA, another language, or nothing.
        """
        found = self._load_own(self.catalog_path(id, locale))
        return replace(found, locale=locale) if found else None

    def save_template(self, id: str, template: Catalog) -> bool:
        return self._save_po(self.template_path(id), template)

    def save_catalog(self, id: str, catalog: Catalog) -> Catalog:
        """Write a catalog of a locale; gives it as the file has it now.

        What others saved since the catalog was read stays: both are brought together unit by unit. Raises
        CatalogError where the file cannot be read any more, and leaves it alone.
        """
        path = self.catalog_path(id, catalog.locale or "")
        newer = self._load_own(path)
        before = as_read(catalog)
        if newer is not None and as_read(newer) != before:
            catalog = reconcile(parse_po(before), catalog, newer).catalog
        self._save_po(path, catalog)
        return catalog

    def publication(self, owned: Collection[str]) -> Publication:
        """The next state of the folder of bundles, of which `owned` files are there by now."""
        return Publication(self.bundles, owned)

    def theme_files(self) -> Mapping[str, bytes]:
        """The site's own templates, styles and other files of its theme, by path below their folder."""
        folder = _inside(self.root, self.config.theme, "theme")
        found = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
        return {path.relative_to(folder).as_posix(): read_bytes(path, RenderError) for path in found}

    def load_po(self, path: Path) -> Catalog | None:
        """A catalog or template by its path, or None where there is none. Raises CatalogError."""
        if not exists(path):
            return None
        if not isfile(path) and access(path.parent, X_OK):
            hint = "move it away, then run again"
            raise CatalogError("is not a file but something else", where=self.shown(path), hint=hint)
        return load_po(path, self.shown(path))

    def _load_own(self, path: Path) -> Catalog | None:
        self._refuse_link_out(path, CatalogError)
        return self.load_po(path)

    def _refuse_link_out(self, path: Path, error: type[L10nError]) -> None:
        """Raise an error for a file of the project that lies elsewhere."""
        if _leads_out(self.root, path):
            hint = "put the file itself there"
            raise error("is a link that leads out of the project", where=self.shown(path), hint=hint)

    def _save_po(self, path: Path, catalog: Catalog) -> bool:
        self._refuse_link_out(path, CatalogError)
        return write_bytes(path, encode_po(serialize_po(catalog)), CatalogError)


_UNNAMEABLE = expression("[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Controls and ends of lines, which would tear a catalog's references; bytes of a name that is not UTF-8."""


def _leads_out(root: Path, path: Path) -> bool:
    return not path.resolve().is_relative_to(root.resolve())


@cache
def _inside(root: Path, folder: str, setting: str) -> Path:
    """A folder of a project. Raises ConfigError where it leads out of it."""
    if _leads_out(root, root / folder):
        raise ConfigError(f"`{setting}` leads out of the project: {folder}", where=CONFIG_FILE)
    return root / folder


def open_project(start: Path) -> Project:
    """The project that holds the folder `start`. Raises ConfigError where there is none."""
    path = find_config(start)
    if path is None:
        hint = "go to its folder, or name it: `l10n -C FOLDER …`; start a new one with `l10n init`"
        raise ConfigError(f"no project here: no {CONFIG_FILE}", where=str(start), hint=hint)
    return Project(path.parent, load_config(path))


def load_po(path: Path, shown: str) -> Catalog:
    """Read a catalog file. Raises CatalogError that names it as `shown`, with the line."""
    try:
        return parse_po(decode_po(read_bytes(path, CatalogError)))
    except L10nError as error:
        raise error.at(shown) from error


def load_article_file(path: Path, locale: str, profile: Profile) -> Article:
    """Read an article that belongs to no project; its id is the file's name without the suffix."""
    format = path.suffix.lstrip(".").lower()
    return _load(ArticleFile(path.stem, path, format), str(path), locale, profile)


def _load(file: ArticleFile, shown: str, locale: str, profile: Profile) -> Article:
    try:
        text, encoding = decode(read_bytes(file.path, SourceError), html="htm" in file.format)
        article = read(text, id=file.id, format=file.format, locale=locale, profile=profile)
    except L10nError as error:
        raise error.at(shown) from error
    return replace(article, encoding=encoding)


def _article_files(folder: Path) -> Iterator[ArticleFile]:
    formats = set(READERS.names())
    for path in walk(folder, ConfigError):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        format = path.suffix.lstrip(".").lower()
        if format in formats and not hidden and path.is_file():
            yield ArticleFile(path.relative_to(folder).with_suffix("").as_posix(), path, format)
