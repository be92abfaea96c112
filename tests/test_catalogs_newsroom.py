"""The seven edits of a newsroom, through the command line: what a translator finds afterwards."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from l10n.catalogs import decode_po, parse_po, serialize_po
from l10n.model import Catalog, Entry, State
from tests.commands import done

CONFIG = 'source = "en"\ntargets = ["uk"]\nname = "The Town"\n'


@pytest.fixture(params=["md", "html"])
def project(request: pytest.FixtureRequest, tmp_path: Path, shared: Path) -> Path:
    """A project with the article as it was, all of it translated and reviewed."""
    (tmp_path / "l10n.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    edit(tmp_path, shared, "before", request.param)
    done("update", cwd=tmp_path)
    path = catalog_path(tmp_path)
    catalog = parse_po(decode_po(path.read_bytes()))
    entries = tuple(
        replace(entry, target=f"«{entry.source}»", state=State.REVIEWED) for entry in catalog.entries
    )
    path.write_text(serialize_po(replace(catalog, entries=entries)), encoding="utf-8")
    return tmp_path


def edit(project: Path, shared: Path, which: str, format: str = "") -> None:
    format = format or next((project / "seeds").iterdir()).suffix[1:]
    data = (shared / "data" / "edits" / f"{which}.{format}").read_bytes()
    (project / "seeds" / f"tram.{format}").write_bytes(data)


def catalog_path(project: Path) -> Path:
    return project / "locales" / "uk" / "LC_MESSAGES" / "tram.po"


def catalog(project: Path) -> Catalog:
    return parse_po(decode_po(catalog_path(project).read_bytes()))


def by_source(catalog: Catalog) -> dict[str, Entry]:
    return {entry.source: entry for entry in catalog.entries}


def test_seven_edits_leave_every_untouched_sentence_reviewed(project: Path, shared: Path) -> None:
    before = by_source(catalog(project))
    edit(project, shared, "after")
    report = json.loads(done("update", "--json", cwd=project))
    after = by_source(catalog(project))

    changed = {source: entry for source, entry in after.items() if entry.state is not State.REVIEWED}
    expected = {"Updated at 5 p.m. with reaction from the unions.", "Work starts in June."}
    assert set(changed) - {"Photo: AP."} == expected
    assert all(entry.target == f"«{source}»" for source, entry in after.items() if source not in changed)
    # A word changed: the old translation, and what changed.
    june = after["Work starts in June."]
    assert (june.target, june.previous_source) == ("«Work starts in May.»", "Work starts in May.")
    assert june.origin is not None
    assert (june.origin.reason, june.origin.source) == ("outdated", "edited: Work starts in [-May-]{+June+}.")
    # A URL changed in a link: its note only.
    link = next(entry for source, entry in after.items() if source.startswith("Critics"))
    assert link.state is State.REVIEWED
    assert any("report?id=8" in note for note in link.notes)
    # A quotation split in two, a list in another order, a line that stands twice.
    for source in (
        "We will not wait another decade.",
        "We will build it now.",
        "Length: 12.5 km",
        "Read more.",
    ):
        if source in before:
            assert after[source].target == before[source].target
            assert after[source].state is State.REVIEWED
    # A full stop added.
    if photo := after.get("Photo: AP."):
        assert photo.target == "«Photo: AP»"
        assert photo.origin is not None
        assert photo.origin.source == "punctuation: Photo: AP{+.+}"
    (tram,) = [each for each in report["catalogs"] if each["id"] == "tram"]
    grades = {grade: count for grade, count in tram["grades"].items() if count}
    assert grades == {"same": 17, "moved": 1, "edited": 1, "new": 1} | (
        {"same": 18, "punctuation": 1} if photo else {}
    )
    assert {
        "grade": "edited",
        "context": None,
        "source": "Work starts in June.",
        "before": ["Work starts in May."],
    } in tram["changes"]


def test_an_edit_taken_back_gives_the_catalog_back(project: Path, shared: Path) -> None:
    before = catalog_path(project).read_bytes()
    edit(project, shared, "after")
    done("update", cwd=project)
    after = catalog_path(project).read_bytes()
    done("update", cwd=project)
    assert catalog_path(project).read_bytes() == after != before
    edit(project, shared, "before")
    done("update", cwd=project)
    assert catalog_path(project).read_bytes() == before


def test_a_corrected_spelling_stays_confirmed(project: Path) -> None:
    path = next((project / "seeds").iterdir())
    path.write_text(
        path.read_text(encoding="utf-8").replace("Critics said", "Critics sayd"), encoding="utf-8"
    )
    assert "spelling" in done("update", "--typo-fix", cwd=project)
    assert all(entry.state is State.REVIEWED for entry in catalog(project).entries)
