"""Our catalogs in the hands of other programs: what they leave of states, comments and origins."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polib
import pytest

from l10n.catalogs import apply, decode_po, new_header, parse_po, serialize_po, standing, update
from l10n.model import Catalog, Draft, Entry, Origin, State
from tests.catalogs import gettext
from tests.desktops import desktop, wait_for

HEADER = new_header("uk", "en", "The Town", "2026-11-24 02:40+0000", "nplurals=3; plural=(n % 3);")


@pytest.fixture
def catalog() -> Catalog:
    """A catalog with every state, and every reason for one."""
    pairs = {
        "Stays as it is.": "Лишається.",
        "Work starts in May.": "У травні.",
        "It is 12 km long.": "Завдовжки 12 км.",
        "It has 3 stops.": "Має 3 зупинки.",
        "Goes away for good.": "Іде геть.",
    }
    entries = tuple(
        Entry(source, target, state=State.REVIEWED, places=("seeds/a.md",), comments=("by Ann",))
        for source, target in pairs.items()
    )
    newer = [
        "Stays as it is.",
        "Work starts in June.",
        "It is 14 km long.",
        "It has 5 stops.",
        "Quite another thing.",
    ]
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


TYPED = "14"
"""What the translator of these tests adds to a draft."""


def edit_in_poedit(path: Path, home: Path, patience: int) -> None:
    """Confirm the second entry, add to the third, save."""
    before = path.read_bytes()
    with desktop(home, "poedit") as screen, screen.running("poedit", str(path)):
        window = wait_for(lambda: screen.window(path.name))
        assert window, "Poedit shows no window"
        time.sleep(patience)  # its window shows before it listens
        screen.press(window, "ctrl+Down", "ctrl+u", "ctrl+Down")
        screen.click(window, 0.3, 0.9)  # into the translation
        screen.press(window, "ctrl+End", *TYPED, "ctrl+s")
        wait_for(lambda: path.read_bytes() != before, 5)


def edit_in_lokalize(path: Path, home: Path, patience: int) -> None:
    """The same through its interface for scripts, but for the key that confirms."""
    target = parse_po(path.read_text(encoding="utf-8")).entries[2].target + TYPED
    with desktop(home, "lokalize", "gdbus") as screen:
        settings = "[Identity]\nauthorName=Ann\nauthorEmail=ann@example.org\nDefaultLangCode=uk\n"
        (home / ".config" / "lokalizerc").write_text(settings, encoding="utf-8")  # else it asks
        with screen.running("lokalize", str(path)) as process:
            place = ("--dest", f"org.kde.lokalize-{process}", "--object-path", "/ThisIsWhatYouWant/Editor/0")

            def call(method: str, *arguments: str) -> str:
                name = f"org.kde.Lokalize.Editor.{method}"
                return screen.run("gdbus", "call", "--session", *place, "--method", name, *arguments)

            def confirm(at: str) -> bool:
                screen.press(screen.window("^default"), "ctrl+u")
                return wait_for(lambda: call("entryReady", at) == "(true,)", 2)

            wait_for(lambda: call("isValid") == "(true,)")
            call("setEntryTarget", "2", "0", target)
            call("gotoEntry", "1")
            question = wait_for(lambda: screen.window("^Alternate Translations"), 5)  # of previous sources
            screen.press(question, "Escape")
            wait_for(lambda: not screen.window("^Alternate Translations"), 5)
            confirm("1")
            call("gotoEntry", "2")
            confirm("2")
            call("saveFile")


WEBLATE = """
import sys
from translate.storage import pypo
path, typed = sys.argv[1:]
store = pypo.pofile.parsefile(path)
confirmed, drafted = store.units[2:4]
drafted.target += typed
for unit in (confirmed, drafted):
    unit.markfuzzy(False)
    unit.prev_msgctxt, unit.prev_msgid, unit.prev_msgid_plural = [], [], []
store.updateheader(
    add=True,
    x_generator="Weblate 5.14",
    last_translator="Ann <ann@example.org>",
    language_team="Ukrainian <https://weblate.example.org/projects/town/articles/uk/>",
    PO_Revision_Date="2026-11-26 02:40+0000",
)
store.save()
"""


def edit_as_weblate(path: Path, home: Path, patience: int) -> None:
    """The same by Translate Toolkit, as a program of its own, in the way that Weblate uses it."""
    pofilter = shutil.which("pofilter")
    if not pofilter:
        pytest.skip("Translate Toolkit is not installed: apt-get install translate-toolkit")
    python = Path(pofilter).read_text(encoding="utf-8").partition("\n")[0].removeprefix("#!").strip()
    subprocess.run([python, "-c", WEBLATE, str(path), TYPED], check=True, capture_output=True, timeout=60)


@pytest.mark.parametrize(
    ("edit", "name"),
    [(edit_in_poedit, "Poedit"), (edit_in_lokalize, "Lokalize"), (edit_as_weblate, "Weblate")],
)
def test_what_a_translator_confirms_is_reviewed_and_all_else_stays(
    catalog: Catalog, tmp_path: Path, edit: Callable[[Path, Path, int], None], name: str
) -> None:
    path, target = tmp_path / "a.po", catalog.entries[2].target + TYPED
    for patience in (1, 2, 3):  # a busy machine may lose a key
        path.write_text(serialize_po(catalog), encoding="utf-8")
        edit(path, tmp_path / f"home{patience}", patience)
        after = parse_po(decode_po(path.read_bytes()))
        if after.entries[1].state is State.REVIEWED and after.entries[2].target == target:
            break
    assert name in dict(after.header)["X-Generator"]
    confirmed, drafted = (
        replace(entry, state=State.REVIEWED, previous_source=after.entries[at].previous_source)
        for at, entry in enumerate(catalog.entries[1:3], 1)
    )
    entries = (catalog.entries[0], confirmed, replace(drafted, target=target), *catalog.entries[3:])
    assert what_matters(after) == what_matters(replace(catalog, entries=entries))
    assert [standing(entry) for entry in after.entries] == [*["reviewed"] * 3, "drafts", "untranslated"]
    is_settled(after)


def is_settled(catalog: Catalog) -> None:
    """Neither an update nor a draft touches what a translator has confirmed, until its source changes."""
    texts = tuple(Entry(entry.source, places=entry.places) for entry in catalog.entries)
    assert update(catalog, Catalog("en", None, texts)).catalog == catalog
    drafts = [Draft(entry.key, "Знову.", Origin("draft", "a machine")) for entry in catalog.entries]
    assert apply(catalog, drafts).entries[:3] == catalog.entries[:3]
    later = (texts[0], replace(texts[1], source="Work starts in July."), *texts[2:])
    outdated = update(catalog, Catalog("en", None, later)).catalog.entries[1]
    assert outdated.previous_source == "Work starts in June."
    assert outdated.origin
    assert outdated.origin.source == "edited: Work starts in [-June-]{+July+}."
