"""The page about the state of a project: tables, and bars drawn as SVG; no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from typing import Any

from l10n.locales import autonym
from l10n.model import Coverage

STATES = ("reviewed", "drafts", "outdated", "empty")


@dataclass(frozen=True, slots=True)
class StatusRow:
    """An article in a locale."""

    article: str
    locale: str
    coverage: Coverage
    errors: int
    warnings: int
    blocked: str
    """Why it may not be published; empty where it may."""


def status_page(name: str, rows: Iterable[StatusRow], drafts: Sequence[Mapping[str, Any]]) -> str:
    """The page, in English, of a site of that name.

    `drafts` are rows of engine, locale, waiting, accepted, edited, and as texts share and distance.
    """
    from jinja2 import Environment

    template = (files("l10n.renderers") / "data" / "status.html").read_text(encoding="utf-8")
    ordered = sorted(rows, key=lambda row: (row.locale, row.article))
    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(template)
    locales = [_locale(tag, list(group)) for tag, group in groupby(ordered, key=lambda row: row.locale)]
    return page.render(name=name, states=STATES, locales=locales, drafts=drafts, total=_total(ordered))


def _locale(tag: str, rows: Sequence[StatusRow]) -> Mapping[str, Any]:
    return {"tag": tag, "name": autonym(tag), "rows": [_row(row) for row in rows]}


def _row(row: StatusRow) -> Mapping[str, Any]:
    words = _words(row.coverage)
    label = ", ".join(f"{count} words {state}" for state, count in words.items())
    facts = {"article": row.article, "errors": row.errors, "warnings": row.warnings, "blocked": row.blocked}
    return {**facts, "words": words, "label": label, "bars": list(_bars(words))}


def _words(counted: Coverage) -> Mapping[str, int]:
    counts = (counted.reviewed, counted.drafts, counted.outdated, counted.untranslated)
    return dict(zip(STATES, counts, strict=True))


def _bars(words: Mapping[str, int]) -> Iterator[Mapping[str, Any]]:
    """The parts of a bar that is 100 wide."""
    all_words, start = max(sum(words.values()), 1), 0.0
    for state, count in words.items():
        width = count * 100 / all_words
        if count:
            yield {"state": state, "start": f"{start:.2f}", "width": f"{width:.2f}"}
        start += width


def _total(rows: Sequence[StatusRow]) -> Mapping[str, Any]:
    counts = {state: sum(_words(row.coverage)[state] for row in rows) for state in STATES}
    words = sum(counts.values())
    shares = {state: f"{count / max(words, 1):.0%}" for state, count in counts.items()}
    return {"articles": len({row.article for row in rows}), "words": words, "shares": shares}
