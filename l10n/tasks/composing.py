"""Composing: the files that a plan asks for, one after another."""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from l10n import locales, prompts
from l10n.errors import SourceError
from l10n.model import Coverage
from l10n.project import Project, encode, read_bytes
from l10n.renderers import pages, write
from l10n.renderers.documents import Document, serialize_document
from l10n.renderers.pages import Alternate, Site, Teaser, Theme
from l10n.tasks.linking import links
from l10n.tasks.planning import INDEX, MANIFEST, Page, Plan, document_path
from l10n.tasks.running import Track, untracked
from l10n.tasks.wording import Words

SITEMAP = "sitemap.xml"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the bundles."""

    path: str
    data: bytes | None
    """None where it stays as it is."""
    kind: str
    """What it is: "page", "text", "document", "picture", "asset", "index", "sitemap"."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the manifest says of it besides."""


def compose(project: Project, plan: Plan, track: Track = untracked) -> Iterator[File]:
    """All files of the bundles but the manifest; a path may come more than once, with the same content.

    Raises SourceError for a picture that cannot be read, and RenderError for a theme that fails.
    """
    return Composer(project, plan).files(track)


def manifest(project: Project, entries: Iterable[Mapping[str, Any]]) -> File:
    """The list of all files of the bundles, given as their entries."""
    files = sorted(entries, key=lambda entry: str(entry["path"]))
    data = {"version": 1, "name": project.config.name, "source": project.config.source, "files": files}
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return File(MANIFEST, text.encode("utf-8"), "manifest")


class Composer:
    """Makes the files of a plan: all of them, or one that is asked for."""

    def __init__(self, project: Project, plan: Plan) -> None:
        self.project, self.plan = project, plan
        self.theme = Theme(project.theme_files())
        self.locales = list(
            dict.fromkeys((project.config.source, *project.config.targets, *(p.locale for p in plan.pages)))
        )
        self.words = {tag: Words(project, tag) for tag in self.locales}
        self.assets: dict[str, str] = {}
        self.teasers: dict[str, Teaser] = {}

    def find(self, path: str) -> File | None:
        """One file of the bundles, made without the others; None where there is none of that path.

        Raises as `compose` does.
        """
        list(self._assets() if not self.assets else ())
        return next((file for file in self._near(path) if file.path == path), None)

    def _near(self, path: str) -> Iterator[File]:
        """A few files, among them the one of that path."""
        for page in self.plan.pages:
            if path == page.path:
                yield self._page(page)
            elif path == page.version.text:
                yield self._text(page)
            elif path == document_path(page.id):
                yield self._document(page.id)
            elif path in page.pictures.values():
                yield from self._pictures(page)
        yield from self._assets() if path in self.assets.values() else ()
        yield from self._indexes([tag for tag in self.locales if path == f"{tag}/{INDEX}"])
        if path == SITEMAP and self.project.config.url:
            yield self._sitemap()

    def files(self, track: Track) -> Iterator[File]:
        yield from self._assets()
        for page in track(self.plan.pages, "building"):
            yield from self._pictures(page)
            yield self._page(page)
            yield self._text(page)
        for id in dict.fromkeys(page.id for page in self.plan.pages):
            yield self._document(id)
        yield from self._indexes(self.locales)
        if self.project.config.url:
            yield self._sitemap()

    def _assets(self) -> Iterator[File]:
        """The style sheet, the prompt's script and the theme's own files; their names change with them."""
        given = {
            "style.css": self.theme.stylesheet().encode("utf-8"),
            "prompt.js": self._prompt().encode("utf-8"),
            **self.theme.assets(),
        }
        for name, data in given.items():
            stem, suffix = posixpath.splitext(name)
            self.assets[name] = f"assets/{stem}.{hashlib.sha256(data).hexdigest()[:12]}{suffix}"
            yield File(self.assets[name], data, "asset")

    def _prompt(self) -> str:
        tags = sorted({page.locale for page in self.plan.pages})
        words = {tag: prompts.site_words(tag, self.words[tag].get) for tag in tags}
        editions = self.project.config.prompt.editions
        return prompts.script(tags, {tag: each for tag, each in words.items() if each}, editions)

    def _page(self, page: Page) -> File:
        article, tag = page.version.article, page.locale
        shown = links(self.project, self.plan, page)
        words = self.words[tag].page
        body = pages.body(article, words, shown)
        self.teasers[page.path] = pages.teaser(body)
        html = pages.render_page(
            article,
            body,
            alternates=self._alternates(page.id),
            words=words,
            site=self._site(tag),
            assets=self.assets,
            home=f"{tag}/{INDEX}",
            links=shown,
            theme=self.theme,
        )
        others = {other: each.path for other, each in self._alternates(page.id).items()}
        return File(page.path, html.encode("utf-8"), "page", {**_facts(page), "alternates": others})

    def _text(self, page: Page) -> File:
        """The article in its own format; that of a page that stays is where it was."""
        article = page.version.article
        data = encode(write(article), article.encoding) if page.made else None
        return File(page.version.text, data, "text", _facts(page))

    def _pictures(self, page: Page) -> Iterator[File]:
        folder = self.project.root / self.project.config.articles
        for path in page.pictures.values():
            source = folder / path.partition("/")[2]
            data = read_bytes(source, SourceError) if page.made or source.is_file() else None
            yield File(path, data, "picture")

    def _document(self, id: str) -> File:
        versions = self.plan.versions(id)
        made = [page for page in versions.values() if page.made] or list(versions.values())
        article = made[0].version.article
        shown = {source: path for page in versions.values() for source, path in page.pictures.items()}
        all_versions = {tag: page.version for tag, page in versions.items()}
        document = Document(id, article.format, article.source_locale, shown, all_versions)
        data = serialize_document(document).encode("utf-8")
        return File(document_path(id), data, "document", {"article": id})

    def _alternates(self, id: str) -> dict[str, Alternate]:
        offer = self.project.config.prompt.offer
        return {
            tag: Alternate(page.path, page.draft, _offered(page, offer))
            for tag, page in self.plan.versions(id).items()
        }

    def _site(self, locale: str) -> Site:
        return Site(self.words[locale].site_name, self.project.config.url)

    def _homes(self) -> dict[str, Alternate]:
        there = {page.locale for page in self.plan.pages}
        offered = self.project.config.prompt.offer != "none"
        return {tag: Alternate(f"{tag}/{INDEX}", offered=offered) for tag in self.locales if tag in there}

    def _teaser(self, page: Page) -> Teaser:
        """What lists say of a page; kept from when the page was made, where it was."""
        if page.path not in self.teasers:
            body = pages.body(page.version.article, self.words[page.locale].page)
            self.teasers[page.path] = pages.teaser(body)
        return self.teasers[page.path]

    def _indexes(self, wanted: Collection[str]) -> Iterator[File]:
        """The lists of articles in these locales, and the page that offers all locales."""
        homes = self._homes()
        for tag in (each for each in homes if each in wanted):
            html = pages.render_index(
                tag,
                {page.path: self._teaser(page) for page in self.plan.pages if page.locale == tag},
                alternates=homes,
                words=self.words[tag].page,
                site=self._site(tag),
                assets=self.assets,
                theme=self.theme,
            )
            facts = {"locale": tag, "dir": locales.direction(tag)}
            yield File(f"{tag}/{INDEX}", html.encode("utf-8"), "index", facts)
        if homes:
            site = self._site(self.project.config.source)
            root = pages.render_languages(homes, site=site, assets=self.assets, theme=self.theme)
            yield File(INDEX, root.encode("utf-8"), "index")

    def _sitemap(self) -> File:
        groups = [(self._homes(), INDEX)]
        for id in dict.fromkeys(page.id for page in self.plan.pages):
            versions = self._alternates(id)
            source = next(iter(self.plan.versions(id).values())).version.article.source_locale
            groups.append((versions, versions[source].path if source in versions else ""))
        return File(SITEMAP, pages.sitemap(groups, self._site(self.locales[0])).encode("utf-8"), "sitemap")


def _offered(page: Page, offer: str) -> bool:
    """Whether a policy lets the language prompt offer a page."""
    counted = page.version.coverage
    whole = not counted.untranslated and not counted.outdated
    allowed = {"reviewed": whole and not page.draft, "drafts": whole, "published": True}
    return allowed.get(offer, False)


def _facts(page: Page) -> dict[str, Any]:
    counted = page.version.coverage
    return {
        "article": page.id,
        "locale": page.locale,
        "dir": locales.direction(page.locale),
        "coverage": _share(counted.words - counted.untranslated, counted),
        "drafts": _share(counted.drafts, counted),
        "outdated": _share(counted.outdated, counted),
        "words": counted.words,
    }


def _share(part: int, counted: Coverage) -> float:
    return round(part / counted.words, 4) if counted.words else 1.0
