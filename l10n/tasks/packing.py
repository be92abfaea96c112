"""Packing: bundles as one ZIP file, of all articles or of some, that works wherever it is unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from l10n.errors import RenderError
from l10n.project import Project, read_bytes, write_bytes
from l10n.tasks.building import entry
from l10n.tasks.composing import compose, manifest
from l10n.tasks.planning import Published, plan_build
from l10n.tasks.preparing import select

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP file can hold."""


def pack_project(project: Project, ids: Sequence[str], output: Path) -> bool:
    """Write the bundles of the articles named, or of all, as a ZIP file; False where it is that already.

    What is packed are the pages that a build would publish now, with indexes of these articles alone; links
    to the others lead to the site, where its address is known. The same input gives the same
    bytes. Raises RenderError.
    """
    wanted = {file.id for file in select(project, ids)}
    before = Published(project)
    plan = plan_build(project, before, [])
    inside = [page for page in plan.pages if page.id in wanted]
    plan = replace(plan, pages=inside, elsewhere=[page for page in plan.pages if page.id not in wanted])
    files: dict[str, bytes] = {}
    entries = {}
    for file in compose(project, plan):
        if file.path not in files and (file.data is not None or file.path in before.files):
            there = project.bundles / file.path
            files[file.path] = read_bytes(there, RenderError) if file.data is None else file.data
            entries[file.path] = entry(file, files[file.path])
    last = manifest(project, entries.values())
    return write_bytes(output, _zipped({**files, last.path: last.data or b""}), RenderError)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as a ZIP file: by path, all with the same time and rights."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            member = zipfile.ZipInfo(path, _EPOCH)
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, files[path], zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()
