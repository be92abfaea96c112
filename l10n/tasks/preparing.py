"""Articles with their units: the first stages, which nearly every task begins with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from os.path import abspath

from l10n import locales
from l10n.catalogs import extract, union
from l10n.errors import ConfigError
from l10n.model import Article, Catalog, Unit
from l10n.project import CONFIG_FILE, SITE, ArticleFile, Project, exists
from l10n.segmenters import find_segmenter, segment
from l10n.tasks.addressing import link_messages
from l10n.tasks.running import Failures, Track


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article, its units, and which of them belong to the site."""

    file: ArticleFile
    article: Article
    units: tuple[Unit, ...]
    template: Catalog
    """Of the article's own units."""
    site: Catalog
    """Of the site's units and links that stand in it; of no unit where it has another source locale."""

    @property
    def id(self) -> str:
        return self.article.id


def prepare(project: Project, file: ArticleFile) -> Prepared:
    """Read and segment one article. Raises SourceError."""
    article = project.load_article(file)
    units = segment(article, project.config.segment)
    shared = article.locale == project.config.source
    place = project.shown(file.path)
    own = extract((unit for unit in units if not (unit.site and shared)), article.locale, place)
    site = extract((unit for unit in units if unit.site and shared), article.locale, place)
    if project.config.links:
        site = union([site, link_messages(article, project.config.links)], site.source_locale)
    return Prepared(file, article, units, own, site)


def prepare_all(
    project: Project,
    ids: Sequence[str],
    track: Track,
    failures: Failures,
    label: str = "reading",
    read: Callable[[Project, ArticleFile], Prepared] = prepare,
) -> list[Prepared]:
    """Read and segment the articles of those ids, all when there are none named; failures are kept.

    Raises ConfigError for an article that there is not, or a segmenter.
    """
    try:
        find_segmenter(project.config.segment)
    except ConfigError as error:
        raise error.at(CONFIG_FILE) from error
    out: list[Prepared] = []
    for file in track(select(project, ids), label):
        with failures.kept():
            out.append(read(project, file))
    return out


def remarks_on(article: Article, shown: str) -> list[str]:
    """What the reader of an article passed over, a line each: file, line, column, what."""
    out = []
    for remark in article.remarks:
        line = article.source.count("\n", 0, remark.at) + 1
        column = remark.at - article.source.rfind("\n", 0, remark.at)
        out.append(f"{shown}:{line}:{column}: {remark.message}")
    return out


def targets_of(project: Project, id: str, source: str, wanted: Sequence[str] = ()) -> list[str]:
    """The locales that an article is translated into: those wanted or all, less its own language.

    The site's words have a catalog in every locale, so that even those of the source can be edited.
    """
    return [tag for tag in wanted or project.config.targets if id == SITE or tag != source]


def expect_targets(project: Project, wanted: Sequence[str]) -> None:
    """Raise ConfigError for a locale that the project does not translate into, or where there is none."""
    if not project.config.targets:
        hint = f'name some in {CONFIG_FILE}: targets = ["uk", "es"]'
        raise ConfigError("this project has no targets", hint=hint)
    for tag in wanted:
        if tag not in project.config.targets:
            near = locales.serving(tag, project.config.targets)
            known = ", ".join(project.config.targets)
            hint = f"did you mean {near}? targets: {known}" if near else f"targets: {known}"
            raise ConfigError(f"{tag!r} is not a target of this project", hint=hint)


def catalogs_of(project: Project, ids: Sequence[str], wanted: Sequence[str] = ()) -> list[tuple[str, str]]:
    """(id, locale) of every catalog that there is of the articles named; of all, and the site's, if none are.

    Raises ConfigError for a locale that the project does not translate into.
    """
    expect_targets(project, wanted)
    all_ids = [file.id for file in select(project, ids)] + ([] if ids else [SITE])
    pairs = [(id, tag) for id in all_ids for tag in wanted or project.config.targets]
    there = [(id, tag) for id, tag in pairs if exists(project.catalog_path(id, tag))]
    if not there:
        raise ConfigError("there are no catalogs yet", hint="make them with `l10n update`")
    return there


def select(project: Project, ids: Sequence[str]) -> list[ArticleFile]:
    """The articles' files of those ids, or paths in the project or from the folder of the command.

    Raises ConfigError for one that is not there.
    """
    files = project.article_files()
    if not ids:
        return files
    wanted = [_match(project, files, id) for id in ids]
    return list(dict.fromkeys(wanted))


def _match(project: Project, files: list[ArticleFile], id: str) -> ArticleFile:
    path = abspath(id)
    for file in files:
        if id in (file.id, project.shown(file.path)) or path == abspath(file.path):
            return file
    raise ConfigError(f"there is no article {id!r}", hint=_meant(id, [file.id for file in files]))


def _meant(id: str, ids: list[str]) -> str:
    """What someone may have meant by an article that there is not."""
    if id.endswith(".po"):
        return "name the article, and with -l the locale, instead of their catalog"
    close = get_close_matches(id, ids, 1)
    listed = ", ".join(ids[:8]) + (f" and {len(ids) - 8:,} more" if len(ids) > 8 else "")
    return f"did you mean {close[0]}?" if close else f"articles here: {listed or 'none'}"
