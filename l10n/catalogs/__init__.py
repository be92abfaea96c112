"""Catalogs: extracting templates, updating translations, applying drafts, localizing articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from l10n.laziness import loading

if TYPE_CHECKING:
    from l10n.catalogs.applying import apply
    from l10n.catalogs.counting import coverage, standing, words
    from l10n.catalogs.extracting import extract, key, union
    from l10n.catalogs.grading import Grade
    from l10n.catalogs.localizing import Policy, is_draft, localize, usable
    from l10n.catalogs.objects import from_polib, to_polib
    from l10n.catalogs.po import (
        as_read,
        decode_po,
        digest,
        encode_po,
        locate,
        new_header,
        parse_po,
        serialize_po,
    )
    from l10n.catalogs.reconciling import Reconciled, reconcile
    from l10n.catalogs.updating import Change, Sentences, Updated, update

__all__ = [
    "Change",
    "Grade",
    "Policy",
    "Reconciled",
    "Sentences",
    "Updated",
    "apply",
    "as_read",
    "coverage",
    "decode_po",
    "digest",
    "encode_po",
    "extract",
    "from_polib",
    "is_draft",
    "key",
    "localize",
    "locate",
    "new_header",
    "parse_po",
    "reconcile",
    "serialize_po",
    "standing",
    "to_polib",
    "union",
    "update",
    "usable",
    "words",
]

__getattr__ = loading(
    __name__,
    {
        "applying": "apply",
        "counting": "coverage standing words",
        "extracting": "extract key union",
        "grading": "Grade",
        "localizing": "Policy is_draft localize usable",
        "objects": "from_polib to_polib",
        "po": "as_read decode_po digest encode_po locate new_header parse_po serialize_po",
        "reconciling": "Reconciled reconcile",
        "updating": "Change Sentences Updated update",
    },
)
