"""The project's memory: fed from catalogs and TMX files, and made again from them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from l10n.errors import CatalogError, ConfigError
from l10n.exchange.tmx import write_tmx
from l10n.memory import Memory, Segment
from l10n.model import MatchKind
from l10n.project import open_project
from l10n.tasks.cataloguing import update_project
from l10n.tasks.exchanging import export_one, import_one
from l10n.tasks.remembering import find_matches, forget_memory, import_memory, open_memory
from tests.commands import done, failed

PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: uk\\n"
"X-Source-Language: en\\n"

msgid "The tram is back."
msgstr "Трамвай повернувся."

#, fuzzy
msgid "Nobody has looked at this."
msgstr "Ніхто цього не бачив."

msgid "It cost 1.2 million."
msgstr "Він коштував 1,2 мільйона."

#~ msgid "The old bridge has gone."
#~ msgstr "Старого моста немає."
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "l10n.toml").write_text('targets = ["uk", "pt-BR"]\n', encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "tram.md").write_text("The tram is back.\n", encoding="utf-8")
    catalog = tmp_path / "locales" / "uk" / "LC_MESSAGES" / "tram.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text(PO, encoding="utf-8")
    return tmp_path


def tmx(path: Path, *rows: tuple[str, str], locale: str = "uk") -> Path:
    path.write_bytes(b"".join(write_tmx("en", locale, (Segment(*row) for row in rows))))
    return path


def known(project: Path) -> dict[str, tuple[str, int]]:
    texts = ["The tram is back.", "Nobody has looked at this.", "The old bridge has gone.", "Good evening."]
    with closing(open_memory(open_project(project))) as memory:
        pair = memory.pair("en", "uk")
        found = {text: pair.lookup(text) for text in texts}
    return {text: (match.target, match.score) for text, match in found.items() if match}


REMEMBERED = {
    "The tram is back.": ("Трамвай повернувся.", 100),
    "The old bridge has gone.": ("Старого моста немає.", 98),
}


def test_reviewed_and_obsolete_entries_are_remembered_and_drafts_are_not(project: Path) -> None:
    assert known(project) == REMEMBERED


def test_a_changed_catalog_is_learned_anew_and_a_removed_one_forgotten(project: Path) -> None:
    known(project)
    catalog = project / "locales" / "uk" / "LC_MESSAGES" / "tram.po"
    catalog.write_text(PO.replace("Трамвай повернувся.", "Трамвай знову тут."), encoding="utf-8")
    assert known(project)["The tram is back."] == ("Трамвай знову тут.", 100)
    catalog.unlink()
    assert known(project) == {}


def test_deleting_the_memory_loses_nothing(project: Path) -> None:
    import_memory(open_project(project), tmx(project / "old.tmx", ("Good evening.", "Добрий вечір.")))
    (project / "old.tmx").unlink()
    everything = {**REMEMBERED, "Good evening.": ("Добрий вечір.", 100)}
    assert known(project) == everything
    (project / ".l10n" / "memory.sqlite").unlink()
    assert known(project) == everything


def test_a_broken_memory_is_made_again(project: Path) -> None:
    known(project)
    (project / ".l10n" / "memory.sqlite").write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    assert known(project) == REMEMBERED


def test_an_imported_file_is_forgotten_by_its_name(project: Path) -> None:
    import_memory(open_project(project), tmx(project / "old.tmx", ("Good evening.", "Добрий вечір.")))
    here = open_project(project)
    assert forget_memory(here, "old.tmx", dry_run=True) == 1
    assert "Good evening." in known(project)
    assert forget_memory(here, "old.tmx") == 1
    assert known(project) == REMEMBERED
    with pytest.raises(ConfigError, match=r"old\.tmx is no imported memory"):
        forget_memory(here, "old.tmx")
    assert forget_memory(here) == 3
    assert known(project) == REMEMBERED


def test_half_a_tmx_file_changes_nothing(project: Path) -> None:
    whole = tmx(project / "half.tmx", *((f"Text {n}.", f"Текст {n}.") for n in range(600))).read_bytes()
    (project / "half.tmx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CatalogError, match=r"half\.tmx:.*not well-formed"):
        import_memory(open_project(project), project / "half.tmx")
    assert not (project / "locales" / "memory").exists()
    assert known(project) == REMEMBERED
    (project / "half.tmx").write_bytes(whole)
    assert import_memory(open_project(project), project / "half.tmx", dry_run=True) == 600


def test_variants_serve_the_nearest_target(project: Path) -> None:
    for tag in ("uk-UA", "pt", "pl"):
        path = tmx(project / f"{tag}.tmx", ("Good evening.", f"({tag})"), locale=tag)
        import_memory(open_project(project), path)
    memory = open_memory(open_project(project))
    pairs = {tag: memory.pair("en", tag).lookup("Good evening.") for tag in ("uk", "pt-BR", "pl")}
    memory.close()
    assert {tag: match.target for tag, match in pairs.items() if match} == {"uk": "(uk-UA)", "pt-BR": "(pt)"}


def test_a_match_shows_how_its_source_differs(project: Path) -> None:
    (found,) = find_matches(open_project(project), "uk", "It cost 1.3 million.")
    assert (found.match.target, found.match.kind) == ("Він коштував 1,3 мільйона.", MatchKind.NUMBERS)
    assert found.diff == "It cost 1.[-2-]{+3+} million."


def test_the_commands_show_what_there_is(project: Path) -> None:
    said = done("memory", "lookup", "-l", "uk", "The trams are back.", cwd=project)
    assert " 78%  Трамвай повернувся.\n" in said
    assert "The [-tram-]{+trams+} [-is-]{+are+} back." in said
    assert "fuzzy, locales/uk/LC_MESSAGES/tram.po" in said
    assert json.loads(done("memory", "stats", "--json", cwd=project)) == [
        {"source_locale": "en", "target_locale": "uk", "segments": 3, "retired": 1, "origins": 1}
    ]


def test_a_memory_of_an_earlier_version_is_laid_out_anew(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "memory.sqlite")
    database.execute("create table segment (source text)")
    database.close()
    memory = Memory(tmp_path / "memory.sqlite")
    assert memory.stats() == []
    memory.close()


def test_what_the_memory_offers_travels_with_an_entry(project: Path) -> None:
    (project / "seeds" / "new.md").write_text("The trams are back.\n", encoding="utf-8")
    here = open_project(project)
    update_project(here, ["new"], ["uk"])
    export_one(here, "xliff", "new", "uk", project / "new.xlf")
    text = (project / "new.xlf").read_text(encoding="utf-8")
    offer = 'similarity="78.0" type="am" origin="locales/uk/LC_MESSAGES/tram.po"'
    assert f'<mtc:match ref="#s1" {offer}>' in text
    report = import_one(here, "xliff", project / "new.xlf", "", "")
    assert (report.taken, report.destination) == (0, "locales/uk/LC_MESSAGES/new.po")


COUNTED = (
    PO.replace('uk\\n"\n', 'uk\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n', 1)
    + """
msgid "%d tram"
msgid_plural "%d trams"
msgstr[0] "%d трамвай"
msgstr[1] "%d трамваї"
"""
)


def test_plurals_leave_by_table_and_tmx_says_that_it_has_no_place_for_them(project: Path) -> None:
    catalog = project / "locales" / "uk" / "LC_MESSAGES" / "tram.po"
    catalog.write_text(COUNTED, encoding="utf-8")
    for_uk = ("-a", "tram", "-l", "uk", "-o")
    assert "left out 1 entry with plural forms" in done("export", "-f", "tmx", *for_uk, "a.tmx", cwd=project)
    assert "left out" not in done("export", "-f", "csv", *for_uk, "a.csv", cwd=project)
    said = done("export", "-f", "tmx", *for_uk, "a.tmx", "--json", cwd=project)
    assert json.loads(said) == {"changed": False, "left_out": 1}
    table = (project / "a.csv").read_text(encoding="utf-8")
    (project / "a.csv").write_text(table.replace("%d трамваї,", "трамваїв: %d,"), encoding="utf-8")
    done("import", "a.csv", "-f", "csv", "-a", "tram", cwd=project)
    assert 'msgstr[1] "трамваїв: %d"' in catalog.read_text(encoding="utf-8")


def test_more_plural_forms_than_the_language_has_are_refused(project: Path) -> None:
    catalog = project / "locales" / "uk" / "LC_MESSAGES" / "tram.po"
    catalog.write_text(COUNTED, encoding="utf-8")
    table = "source,plural,target,target 2,target 3\n%d tram,%d trams,1,2,3\n"
    (project / "a.csv").write_text(table, encoding="utf-8")
    said = failed(1, "import", "a.csv", "-f", "csv", "-a", "tram", "-l", "uk", cwd=project)
    assert "'%d tram' has 3 plural forms, the catalog's 2" in said
    assert catalog.read_text(encoding="utf-8") == COUNTED


def test_a_file_in_a_locale_near_to_a_target_is_for_that(project: Path) -> None:
    here = open_project(project)
    export_one(here, "xliff", "tram", "uk", project / "a.xlf")
    text = (project / "a.xlf").read_text(encoding="utf-8")
    (project / "a.xlf").write_text(text.replace('trgLang="uk"', 'trgLang="uk-UA"'), encoding="utf-8")
    assert (
        import_one(here, "xliff", project / "a.xlf", "", "").destination == "locales/uk/LC_MESSAGES/tram.po"
    )
