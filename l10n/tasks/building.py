"""Build: every article in every locale that passes its gate, as pages that can be published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from l10n import locales, prompts
from l10n.errors import RenderError, SourceError
from l10n.model import Bundle
from l10n.project import Project, read_bytes
from l10n.renderers import pages
from l10n.renderers.pages import Alternate, Site, Teaser
from l10n.tasks.illustrating import addresses, bundle_path, pictures
from l10n.tasks.localizing import Localized, localize_into
from l10n.tasks.preparing import Prepared, prepare_all, targets_of
from l10n.tasks.running import Failures, Track, untracked
from l10n.tasks.wording import Words

MANIFEST = "manifest.json"
INDEX = "index.html"


@dataclass
class Built:
    """What `build` did."""

    pages: int = 0
    """Pages of articles that are up to date now."""
    written: list[str] = field(default_factory=list)
    """Files that changed, or would, below the folder of bundles."""
    blocked: list[tuple[str, str, str]] = field(default_factory=list)
    """Article, locale, and why it is not published."""
    held: list[tuple[str, str, str]] = field(default_factory=list)
    """Article, locale, and why its page stays as it was published before."""
    start: str = ""
    """The page to open first."""
    failures: Failures = field(default_factory=Failures)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the bundles: made now, or kept from an earlier build."""

    article: str
    locale: str
    path: str
    draft: bool
    teaser: Teaser
    made: tuple[Prepared, Localized] | None = None
    record: Mapping[str, Any] = field(default_factory=dict)
    """What the manifest says of it."""


class _Build:
    """One run over a project."""

    def __init__(self, project: Project, track: Track, dry_run: bool) -> None:
        self.project, self.track, self.dry_run = project, track, dry_run
        self.report = Built(start=project.shown(project.bundles / INDEX))
        self.before = _manifest(project)
        self.words = {tag: Words(project, tag) for tag in self.locales()}
        self.files: dict[str, Mapping[str, Any]] = {}

    def locales(self) -> list[str]:
        return list(dict.fromkeys((self.project.config.source, *self.project.config.targets)))

    def site(self, locale: str) -> Site:
        words = self.words.get(locale)
        name = words.site_name if words else self.project.config.name
        return Site(name, self.project.config.url)

    def page_words(self, locale: str) -> Mapping[str, str]:
        return self.words[locale].page if locale in self.words else {}

    def write(self, path: str, data: bytes, **facts: Any) -> None:
        """Write a file of the bundles, once, and note it for the manifest."""
        if path in self.files:
            return
        self.files[path] = {"path": path, "sha256": hashlib.sha256(data).hexdigest(), **facts}
        with self.report.failures.kept():
            changed = self._differs(path, data) if self.dry_run else self.project.save_bundle(path, data)
            if changed:
                self.report.written.append(path)

    def _differs(self, path: str, data: bytes) -> bool:
        there = self.project.bundles / path
        return not there.is_file() or read_bytes(there, RenderError) != data


def build_project(project: Project, track: Track = untracked, dry_run: bool = False) -> Built:
    """Build all bundles with their indexes and the manifest; only files that change are written.

    A page that was published before stays when its article cannot be read or fails a gate now.
    """
    build = _Build(project, track, dry_run)
    prepared = prepare_all(project, (), untracked, build.report.failures)
    found = _pages(build, prepared)
    assets = _write_assets(build, found)
    for page in track(found, "building"):
        with build.report.failures.kept():
            _write_page(build, page, found, assets)
    _write_indexes(build, found, assets)
    manifest = {"version": 1, "files": [build.files[path] for path in sorted(build.files)]}
    build.write(MANIFEST, _json(manifest))
    return build.report


def _pages(build: _Build, prepared: list[Prepared]) -> list[_Page]:
    """All pages that there will be: those that pass their gates, and the old ones of those that do not."""
    made: dict[str, _Page] = {}
    reasons: dict[str, tuple[str, str, str]] = {}
    for each in build.track(prepared, "localizing"):
        own = each.article.locale
        for tag in dict.fromkeys((own, *targets_of(build.project, each.id, own))):
            with build.report.failures.kept():
                localized = localize_into(build.project, each, tag)
                if localized.blocked:
                    reasons[_path(each.id, tag)] = (each.id, tag, localized.blocked)
                else:
                    made[_path(each.id, tag)] = _page(build, each, localized)
    kept = {path: page for path, page in build.before.items() if path not in made}
    for path, reason in reasons.items():
        (build.report.held if path in kept else build.report.blocked).append(reason)
    build.report.pages = len(made)
    return sorted([*made.values(), *kept.values()], key=lambda page: page.path)


def _path(article: str, locale: str) -> str:
    return f"{locale}/{article}.html"


def _page(build: _Build, prepared: Prepared, localized: Localized) -> _Page:
    locale = localized.article.locale
    body = pages.body(localized.article, build.page_words(locale))
    path = _path(prepared.id, locale)
    return _Page(prepared.id, locale, path, localized.drafted, pages.teaser(body), (prepared, localized))


def _versions(page: _Page, found: list[_Page]) -> dict[str, Alternate]:
    """All versions of a page's article, by locale."""
    return {each.locale: Alternate(each.path, each.draft) for each in found if each.article == page.article}


def _write_page(build: _Build, page: _Page, found: list[_Page], assets: Mapping[str, str]) -> None:
    if page.made is None:
        build.files[page.path] = page.record
        return
    bundle = _bundle(build, page, *page.made, _versions(page, found), assets)
    facts = {
        "article": bundle.article,
        "locale": bundle.locale,
        "dir": bundle.direction,
        "draft": page.draft,
        "coverage": asdict(bundle.coverage),
        "alternates": dict(bundle.alternates),
        "teaser": asdict(page.teaser),
    }
    for path, data in bundle.files.items():
        build.write(path, data, **(facts if path == page.path else {}))


def _bundle(
    build: _Build,
    page: _Page,
    prepared: Prepared,
    localized: Localized,
    versions: Mapping[str, Alternate],
    assets: Mapping[str, str],
) -> Bundle:
    """An article in a locale, ready to publish: its page and its pictures."""
    found = pictures(build.project, prepared.article, prepared.file.path)
    html = pages.render_page(
        localized.article,
        alternates=versions,
        words=build.page_words(page.locale),
        site=build.site(page.locale),
        links=addresses(build.project, found, page.path),
        home=f"{page.locale}/{INDEX}",
        prompt_script=assets["prompt"],
        style=assets["style"],
    )
    files = {bundle_path(build.project, path): read_bytes(path, SourceError) for path in found.values()}
    return Bundle(
        article=page.article,
        locale=page.locale,
        direction=locales.direction(page.locale),
        files={page.path: html.encode("utf-8"), **files},
        coverage=localized.coverage,
        alternates={tag: other.path for tag, other in versions.items()},
    )


def _write_assets(build: _Build, found: list[_Page]) -> dict[str, str]:
    """Write the style sheet and the script of the prompt; their paths, which change with what they hold."""
    tags = sorted({page.locale for page in found})
    texts = {"style": ("css", pages.stylesheet()), "prompt": ("js", _prompt_script(build, tags))}
    out: dict[str, str] = {}
    for name, (suffix, text) in texts.items():
        data = text.encode("utf-8")
        out[name] = f"assets/{name}.{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"
        build.write(out[name], data)
    return out


def _prompt_script(build: _Build, tags: list[str]) -> str:
    words = {tag: prompts.site_words(tag, build.words[tag].get) for tag in tags if tag in build.words}
    return prompts.script(tags, {tag: each for tag, each in words.items() if each})


def _write_indexes(build: _Build, found: list[_Page], assets: Mapping[str, str]) -> None:
    """Write each locale's list of articles, and the page that offers all locales."""
    tags = [tag for tag in build.locales() if any(page.locale == tag for page in found)]
    homes = {tag: Alternate(f"{tag}/{INDEX}") for tag in tags}
    for tag in tags:
        html = pages.render_index(
            tag,
            {page.path: page.teaser for page in found if page.locale == tag},
            alternates=homes,
            words=build.page_words(tag),
            site=build.site(tag),
            prompt_script=assets["prompt"],
            style=assets["style"],
        )
        build.write(f"{tag}/{INDEX}", html.encode("utf-8"), locale=tag)
    if homes:
        root = pages.render_languages(
            homes, site=build.site(build.project.config.source), style=assets["style"]
        )
        build.write(INDEX, root.encode("utf-8"))


def _manifest(project: Project) -> dict[str, _Page]:
    """The pages of articles that the last build published and that are still there, by path."""
    path = project.bundles / MANIFEST
    if not path.is_file():
        return {}
    try:
        files = json.loads(read_bytes(path, RenderError))["files"]
        return {
            file["path"]: _Page(
                file["article"],
                file["locale"],
                file["path"],
                file["draft"],
                Teaser(**file["teaser"]),
                None,
                file,
            )
            for file in files
            if "teaser" in file and (project.bundles / file["path"]).is_file()
        }
    except (ValueError, KeyError, TypeError) as error:
        hint = "delete it: the next build makes it again"
        raise RenderError(f"not a manifest: {error}", where=project.shown(path), hint=hint) from error


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
