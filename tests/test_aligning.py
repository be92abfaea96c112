"""Aligning articles that were translated elsewhere: which unit is which, how sure, and with whose codes."""

from __future__ import annotations

import shutil
from math import log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n import inline
from l10n.aligning import Aligned, align
from l10n.aligning.beads import SHAPES, align_beads
from l10n.errors import ConfigError
from l10n.model import Article, State, Unit, plain
from l10n.project import load_po, open_project
from l10n.readers import default_profile, read
from l10n.renderers import write
from l10n.segmenters import segment
from l10n.tasks.adopting import adopt_translation
from l10n.tasks.preparing import prepare_all
from l10n.tasks.running import Failures, untracked
from tests.commands import done, failed
from tests.conftest import ROOT

SOURCE = """\
# A bridge for everyone

The footbridge has opened again. It cost 1,340 crowns.

## Who pays

Taxes pay for *most* of it, says [the council](/council). The rest comes from a fair
that takes place every summer on the meadow by the river.

- Bread
- Cheese
"""
TARGET = """\
# Ein Steg für alle

Der Steg ist wieder offen. Er hat 1.340 Kronen gekostet.

Ein Absatz, den nur die Übersetzung hat: Er erklärt Leserinnen und Lesern, wo der Fluss liegt.

## Wer zahlt

Das [sagt der Rat](/council): *Das meiste* zahlen Steuern. Der Rest kommt von einem Fest,
das jeden Sommer auf der Wiese am Fluss stattfindet.

- Brot
- Käse
"""


def side(text: str, locale: str) -> tuple[Article, tuple[Unit, ...]]:
    article = read(text, id="x", format="md", locale=locale, profile=default_profile())
    return article, segment(article)


def pairs(aligned: list[Aligned]) -> dict[str, str]:
    return {
        inline.encode(each.source[0].source): inline.encode(each.text)
        for each in aligned
        if len(each.source) == 1 and each.target
    }


def test_blocks_and_sentences_find_their_translations_and_codes() -> None:
    aligned = align(side(SOURCE, "en"), side(TARGET, "de"))
    assert pairs(aligned) == {
        "A bridge for everyone": "Ein Steg für alle",
        "The footbridge has opened again.": "Der Steg ist wieder offen.",
        "It cost 1,340 crowns.": "Er hat 1.340 Kronen gekostet.",
        "Who pays": "Wer zahlt",
        "Taxes pay for <em1>most</em1> of it, says <a2>the council</a2>.": (
            "Das <a2>sagt der Rat</a2>: <em1>Das meiste</em1> zahlen Steuern."
        ),
        "The rest comes from a fair that takes place every summer on the meadow by the river.": (
            "Der Rest kommt von einem Fest, das jeden Sommer auf der Wiese am Fluss stattfindet."
        ),
        "Bread": "Brot",
        "Cheese": "Käse",
    }
    extra = [plain(unit.source) for each in aligned if not each.source for unit in each.target]
    assert extra == [
        "Ein Absatz, den nur die Übersetzung hat: Er erklärt Leserinnen und Lesern, wo der Fluss liegt."
    ]
    assert all(0 < each.probability <= 1 for each in aligned)


def test_two_sentences_that_became_one_are_told_apart_from_one_that_became_two() -> None:
    one = "# T\n\nThe rain had stopped before noon. The road was dry. Nobody came until the evening bell."
    two = "# T\n\nVor Mittag hatte der Regen aufgehört, und die Straße war trocken. Niemand kam bis Abend."
    there = pairs(align(side(one, "en"), side(two, "de")))
    assert "The road was dry." not in there
    back = pairs(align(side(two, "de"), side(one, "en")))
    assert back["Vor Mittag hatte der Regen aufgehört, und die Straße war trocken."] == (
        "The rain had stopped before noon. The road was dry."
    )


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 9))
def test_beads_cover_both_sides_in_order(source: int, target: int, seed: int) -> None:
    def likeness(i: int, j: int, shape: tuple[int, int]) -> float:
        return log(1 + (i * 7 + j * 13 + shape[0] * 3 + shape[1] * seed) % 11)

    beads = align_beads(source, target, likeness)
    at = (0, 0)
    for bead in beads:
        assert bead.start == at
        assert bead.shape in SHAPES
        assert 0 <= bead.probability <= 1
        at = (at[0] + bead.shape[0], at[1] + bead.shape[1])
    assert at == (source, target)


def test_an_article_aligned_with_itself_is_sure_of_everything() -> None:
    same = side(SOURCE, "en")
    found = pairs(align(same, same))
    assert all(source == target for source, target in found.items())
    assert len(found) == len(same[1])
    assert all(each.probability > 0.9 for each in align(same, same))


def test_a_long_article_takes_time_in_proportion() -> None:
    text = "# T\n\n" + "\n\n".join(f"Paragraph {n} has {n * n} words in it. It ends." for n in range(300))
    assert len(pairs(align(side(text, "en"), side(text, "en")))) == 302


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Our own articles, the reviewed Ukrainian catalog of one of them lost."""
    for name in ("seeds", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("locale", ["uk", "de", "ar", "ja"])
def test_a_lost_catalog_comes_back_from_the_translated_article(site: Path, locale: str) -> None:
    from l10n.tasks.localizing import localize_into

    project = open_project(site)
    [prepared] = prepare_all(project, ["salt-marsh"], untracked, Failures())
    translated = site / f"translated.{locale}.md"
    translated.write_text(write(localize_into(project, prepared, locale).article), encoding="utf-8")
    path = project.catalog_path("salt-marsh", locale)
    lost = load_po(path, "lost").by_key()
    path.unlink()
    report = adopt_translation(project, "salt-marsh", translated, locale)
    found = load_po(path, "found").by_key()
    right = [key for key in lost if found[key].target == lost[key].target]
    assert len(right) >= 0.97 * len(lost)
    assert (report.units, report.taken) == (len(lost), len([1 for entry in found.values() if entry.target]))
    for entry in found.values():
        assert entry.state is State.TRANSLATED
        assert entry.origin
        assert (entry.origin.reason, entry.origin.source.split()[0]) == ("draft", "alignment")


def test_what_is_translated_already_stays(site: Path) -> None:
    path = site / "locales" / "uk" / "LC_MESSAGES" / "salt-marsh.po"
    before = path.read_bytes()
    translated = site / "translated.md"
    translated.write_text((site / "seeds" / "salt-marsh.md").read_text(encoding="utf-8"), encoding="utf-8")
    said = done("import-translation", "salt-marsh", translated, "-l", "uk", cwd=site)
    assert "drafted 0 of 35 entries" in said
    assert "35 translated before and kept" in said
    assert path.read_bytes() == before


def test_a_translation_into_no_target_is_refused(site: Path) -> None:
    translated = site / "translated.md"
    translated.write_text("---\nlang: pl\n---\n\n# Tytuł\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="not in a target of this article: pl"):
        adopt_translation(open_project(site), "salt-marsh", translated)
    assert "there is no such file" in failed(1, "import-translation", "salt-marsh", "no.md", cwd=site)


def test_on_sentences_nobody_tuned_for_nearly_all_are_right(shared: Path) -> None:
    """The short version of scripts/measure_alignment.py, English to Ukrainian."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("measure", ROOT / "scripts" / "measure_alignment.py")
    assert spec
    assert spec.loader
    measure = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(measure)
    found = measure.measured(shared / "data" / "mt", "en", "uk", 240)
    precision, recall = found["all"]
    assert precision > max(0.93, found["length"][0] - 0.005)
    assert recall > 0.85
