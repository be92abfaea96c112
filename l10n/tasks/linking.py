"""Links between articles: each leads to the page in the reader's language, where there is one."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote, urlsplit

from l10n.model import Article, Code
from l10n.project import Project
from l10n.readers import READERS
from l10n.renderers.pages import Link
from l10n.tasks.planning import Page, Plan


def links(project: Project, plan: Plan, page: Page) -> Mapping[str, Link]:
    """Address as the article has it -> what it is on the page, for pictures and other articles of ours."""
    found: dict[str, Link] = {}
    for source, path in page.pictures.items():
        found[source] = Link(_relative(path, page))
    for address in dict.fromkeys(_hrefs(page.version.article)):
        other = _target(project, plan, page, address)
        if other:
            fragment = urlsplit(address).fragment
            hash = f"#{fragment}" if fragment else ""
            found[address] = Link(_address(project, plan, page, other) + hash, other.locale)
    return found


def _address(project: Project, plan: Plan, page: Page, other: Page) -> str:
    """Another page's address from a page: relative, or whole where it is no part of this build."""
    url = project.config.url
    if url and other.id in {each.id for each in plan.elsewhere}:
        return f"{url.rstrip('/')}/{quote(other.path)}"
    return _relative(other.path, page)


def _relative(path: str, page: Page) -> str:
    return quote(posixpath.relpath(path, posixpath.dirname(page.path)))


def _hrefs(article: Article) -> Iterator[str]:
    for block in article.blocks:
        codes = [item.attributes for item in block.shown if isinstance(item, Code)]
        for attributes in (block.attributes, *codes):
            yield from (value for name, value in attributes if name == "href")


def _target(project: Project, plan: Plan, page: Page, address: str) -> Page | None:
    """The page of another article that an address means: in the page's locale, else as it was written."""
    path = _path(project, page.id, address)
    for id in _ids(project, path) if path else ():
        versions = plan.versions(id)
        if versions:
            source = next(iter(versions.values())).version.article.source_locale
            return versions.get(page.locale) or versions.get(source)
    return None


def _path(project: Project, id: str, address: str) -> str:
    """The path that an address means within the site, without a "/" before it; "" where it is elsewhere."""
    site = project.config.url.rstrip("/")
    if site and address.startswith(f"{site}/"):
        address = address[len(site) :]
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    path = posixpath.normpath(posixpath.join("/", posixpath.dirname(id), unquote(parts.path)))
    return path.lstrip("/")


def _ids(project: Project, path: str) -> Iterator[str]:
    """What the id of the article at a path may be: with or without a suffix and the locale before it."""
    locale, _, rest = path.partition("/")
    endings = [f".{format}" for format in READERS.names()]
    known = (project.config.source, *project.config.targets)
    for each in (path, rest) if locale in known else (path,):
        bare = next((each.removesuffix(end) for end in endings if each.endswith(end)), each)
        yield bare
        yield each
        yield bare.removesuffix("/index")
