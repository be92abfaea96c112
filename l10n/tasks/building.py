"""Build: every article in every locale that passes its gate, as bundles that can be published."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from l10n.project import Project, Publication
from l10n.tasks.composing import File, compose, manifest
from l10n.tasks.planning import INDEX, MANIFEST, Held, Published, plan_build
from l10n.tasks.running import Failures, Track, untracked


@dataclass
class Built:
    """What `build` did."""

    pages: int = 0
    """Pages of articles that are published now."""
    written: list[str] = field(default_factory=list)
    """Files that changed, or would, below the folder of bundles."""
    removed: list[str] = field(default_factory=list)
    """Files that are published no more, because their article, locale or picture is gone."""
    blocked: list[Held] = field(default_factory=list)
    """Article, locale, and why it is not published."""
    held: list[Held] = field(default_factory=list)
    """Article, locale, and why it stays as it was published before."""
    missing: list[tuple[str, str]] = field(default_factory=list)
    """Articles and the addresses of their pictures that cannot be found."""
    start: str = ""
    """The page to open first."""
    failures: Failures = field(default_factory=Failures)


def build_project(
    project: Project, ids: Sequence[str] = (), track: Track = untracked, dry_run: bool = False
) -> Built:
    """Build the bundles of the articles named, all when there are none, with their indexes and manifest.

    The folder of bundles changes at once when all is ready, and only in what differs. What was published
    stays when its article cannot be read or fails a gate now. Raises RenderError, and then nothing has
    changed.
    """
    before = Published(project)
    plan = plan_build(project, before, ids, track)
    publication = project.publication([*before.files, MANIFEST])
    entries: dict[str, Mapping[str, Any]] = {}
    for file in compose(project, plan, track):
        if file.path not in entries and (file.data is not None or file.path in before.files):
            _publish(publication, file, dry_run)
            entries[file.path] = before.files[file.path] if file.data is None else entry(file, file.data)
    _publish(publication, manifest(project, entries.values()), dry_run)
    report = Built(
        pages=len(plan.pages),
        written=publication.changed,
        removed=publication.gone,
        blocked=plan.blocked,
        held=plan.held,
        missing=plan.missing,
        start=project.shown(project.bundles / INDEX),
        failures=plan.failures,
    )
    if not dry_run:
        publication.commit()
    return report


def _publish(publication: Publication, file: File, dry_run: bool) -> None:
    if file.data is None:
        publication.keep(file.path)
    else:
        publication.put(file.path, file.data, dry_run)


def entry(file: File, data: bytes) -> Mapping[str, Any]:
    """What the manifest says of a file."""
    hashed = hashlib.sha256(data).hexdigest()
    return {"path": file.path, "kind": file.kind, "sha256": hashed, "bytes": len(data), **file.facts}
