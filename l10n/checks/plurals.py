"""Plurals: the header's rule can be worked out and suits the language, and no plural lacks a form."""

from __future__ import annotations

from collections.abc import Iterator

from l10n import locales
from l10n.checks.contracts import CatalogCheck, Problem, Setting, field_of
from l10n.model import Catalog, Entry, Key, Severity
from l10n.plurals import PluralRule, parse_plural_rule

_HEADER: Key = (None, "")


def find(catalog: Catalog, setting: Setting) -> Iterator[tuple[Key, Problem]]:
    """What is wrong with Plural-Forms, and the translated plurals that do not have as many forms."""
    plurals = [entry for entry in catalog.entries if entry.plural]
    text = field_of(catalog, "Plural-Forms")
    if not text or "INTEGER" in text:  # as a template has it
        if plurals:
            yield _HEADER, Problem("there are plurals, and the header has no Plural-Forms")
        return
    try:
        rule = parse_plural_rule(text)
    except ValueError as error:
        yield _HEADER, Problem(f"Plural-Forms cannot be read: {error}")
        return
    if message := _faults(rule, setting, bool(plurals)):
        yield _HEADER, Problem(message)
    for entry in plurals:
        if message := _lacking(entry, rule.count):
            yield entry.key, Problem(message)


def _faults(rule: PluralRule, setting: Setting, used: bool) -> str:
    """What is wrong with a rule. CLDR counts one form more than gettext where fractions have their own."""
    if not rule.count:
        return "Plural-Forms has no forms"
    if fault := rule.fault():
        return f"the rule of Plural-Forms {fault}"
    usual = locales.plural_count(setting.locale) if used and setting.locale != "und" else 0
    if usual and rule.count not in (usual, max(usual - 1, 1)):
        return f"Plural-Forms has {rule.count} forms, the language has {usual}"
    return ""


def _lacking(entry: Entry, wanted: int) -> str:
    """Which forms a translated plural lacks."""
    given = entry.plural_targets
    if not any(given):
        return ""
    empty = [str(number) for number in range(wanted) if number >= len(given) or not given[number]]
    return f"plural form {', '.join(empty)} is missing" if empty else ""


CHECK = CatalogCheck("plurals", Severity.ERROR, find)
