"""Merge-po: three versions of a catalog file -> one with the work of both sides."""

from __future__ import annotations

from pathlib import Path

from l10n.catalogs import Reconciled, encode_po, parse_po, reconcile, serialize_po
from l10n.errors import CatalogError
from l10n.model import Catalog
from l10n.project import load_po, write_bytes


def merge_files(base: Path, ours: Path, theirs: Path, output: Path) -> Reconciled:
    """Bring two versions of a catalog together and write the result.

    An empty base, as git gives where both sides added the file, is an empty catalog. Raises CatalogError
    where one of them cannot be read or the result cannot be written; then nothing is written.
    """
    merged = reconcile(*(_load(path) for path in (base, ours, theirs)))
    write_bytes(output, encode_po(serialize_po(merged.catalog)), CatalogError)
    return merged


def _load(path: Path) -> Catalog:
    return parse_po("") if path.exists() and not path.stat().st_size else load_po(path, str(path))
