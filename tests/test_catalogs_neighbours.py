"""Our catalogs in the hands of other programs: what they leave of states, comments and origins."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import polib
import pytest

from l10n.catalogs import decode_po, new_header, parse_po, serialize_po, update
from l10n.model import Catalog, Entry, State
from tests.catalogs import gettext

HEADER = new_header("uk", "en", "The Town", "2026-11-24 02:40+0000", "nplurals=3; plural=(n % 3);")


@pytest.fixture
def catalog() -> Catalog:
    """A catalog with every state, and every reason for one."""
    pairs = {
        "Stays as it is.": "Лишається.",
        "Work starts in May.": "У травні.",
        "It is 12 km long.": "Завдовжки 12 км.",
        "Goes away for good.": "Іде геть.",
    }
    entries = tuple(
        Entry(source, target, state=State.REVIEWED, places=("seeds/a.md",), comments=("by Ann",))
        for source, target in pairs.items()
    )
    newer = ["Stays as it is.", "Work starts in June.", "It is 14 km long.", "Quite another thing."]
    template = Catalog("en", None, tuple(Entry(source, places=("seeds/a.md",)) for source in newer))
    result = update(Catalog("en", "uk", entries, header=HEADER), template).catalog
    assert {entry.origin.reason for entry in result.entries if entry.origin} == {"outdated", "draft"}
    return result


def what_matters(catalog: Catalog) -> set[tuple[object, ...]]:
    """The facts of a catalog that no other program may lose."""
    entries = [("", entry) for entry in catalog.entries] + [("obsolete", entry) for entry in catalog.obsolete]
    return {(mark, e.key, e.target, e.state, e.origin, e.previous_source, e.comments) for mark, e in entries}


def test_msgmerge_keeps_them(catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "a.po").write_text(serialize_po(catalog), encoding="utf-8")
    pot = "".join(f'msgid "{entry.source}"\nmsgstr ""\n\n' for entry in catalog.entries)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (tmp_path / "a.pot").write_text(head + pot, encoding="utf-8")
    merged = gettext("msgmerge", "-q", "--previous", str(tmp_path / "a.po"), str(tmp_path / "a.pot"))
    assert what_matters(parse_po(decode_po(merged))) == what_matters(catalog)


def test_msgattrib_keeps_them_and_clears_what_it_is_told_to(catalog: Catalog) -> None:
    data = serialize_po(catalog).encode()
    assert parse_po(decode_po(gettext("msgattrib", "-", input=data))) == catalog
    cleared = parse_po(decode_po(gettext("msgattrib", "--clear-fuzzy", "--clear-previous", "-", input=data)))
    entry = cleared.by_key()[(None, "Work starts in June.")]
    assert (entry.state, entry.previous_source, entry.target) == (State.REVIEWED, None, "У травні.")


def test_msgfmt_finds_nothing_to_complain_of(catalog: Catalog) -> None:
    assert gettext("msgfmt", "-c", "-o", "/dev/null", "-", input=serialize_po(catalog).encode()) == b""


def test_polib_keeps_them(catalog: Catalog) -> None:
    text = str(polib.pofile(serialize_po(catalog)))
    lost = [entry.key for entry in catalog.obsolete if entry.previous_source]  # polib drops "#~|"
    assert not lost
    assert what_matters(parse_po(text)) == what_matters(catalog)


def test_pofilter_keeps_them(catalog: Catalog, tmp_path: Path) -> None:
    if not shutil.which("pofilter"):
        pytest.skip("pofilter is not installed: apt-get install translate-toolkit")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.po").write_text(serialize_po(catalog), encoding="utf-8")
    command = ["pofilter", "--fuzzy", "--nonotes", "-t", "blank", "-t", "isfuzzy", "in", "out"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=60)
    found = parse_po(decode_po((tmp_path / "out" / "a.po").read_bytes()))
    wanted = {fact for fact in what_matters(catalog) if fact[3] is State.TRANSLATED}
    assert wanted <= what_matters(found)


def test_a_translator_who_edits_a_draft_and_leaves_our_comment_owns_it(catalog: Catalog) -> None:
    text = serialize_po(catalog).replace('msgstr "Завдовжки 14 км."', 'msgstr "Його довжина 14 км."')
    edited = parse_po(text)
    template = Catalog("en", None, (Entry("Quite another thing."),))
    after = update(edited, template).catalog
    assert "Його довжина 14 км." in [entry.target for entry in after.obsolete]
