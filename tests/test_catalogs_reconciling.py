"""Two versions of a catalog brought together: laws, a real git merge, files that change under a command."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.catalogs import apply, digest, parse_po, reconcile, serialize_po
from l10n.model import Catalog, Draft, Entry, Origin, State
from l10n.project import open_project
from tests.commands import L10N, done, l10n

HEADER = (("Language", "uk"), ("Content-Type", "text/plain; charset=UTF-8"))
TEXTS = ("One.", "Two.", "Three.", "Four.", "Five.")


def catalog(*entries: Entry) -> Catalog:
    """A catalog as it is read from its file."""
    return parse_po(serialize_po(Catalog("en", "uk", entries, header=HEADER)))


def entry(source: str, target: str = "", **facts: object) -> Entry:
    state = State.REVIEWED if target else State.INITIAL
    return Entry(source, target, **{"state": state, **facts})  # type: ignore[arg-type]


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """A catalog of some of a few texts, each with one of a few states."""
    chosen = draw(st.lists(st.sampled_from(TEXTS), unique=True))
    return catalog(*(draw(entries(source)) for source in chosen))


def entries(source: str) -> st.SearchStrategy[Entry]:
    targets = [f"{source} {word}" for word in ("так", "ні")]
    drafts = [
        entry(source, target, state=State.TRANSLATED, origin=Origin("draft", "engine", digest(target)))
        for target in targets
    ]
    return st.sampled_from([entry(source), *(entry(source, target) for target in targets), *drafts])


def same(one: Catalog, other: Catalog) -> bool:
    return (one.entries, one.obsolete, one.header) == (other.entries, other.obsolete, other.header)


@given(catalogs(), catalogs())
def test_a_side_that_did_nothing_changes_nothing(base: Catalog, ours: Catalog) -> None:
    assert same(reconcile(base, ours, base).catalog, ours)
    assert same(reconcile(base, base, ours).catalog, ours)
    assert same(reconcile(base, ours, ours).catalog, ours)


@given(catalogs(), catalogs(), catalogs())
def test_no_reviewed_work_of_either_side_is_lost(base: Catalog, ours: Catalog, theirs: Catalog) -> None:
    merged = reconcile(base, ours, theirs)
    text = serialize_po(merged.catalog)
    assert parse_po(text).entries == merged.catalog.entries
    before = {each.key: each for each in base.entries}
    for side, other in ((ours, theirs), (theirs, ours)):
        for each in side.entries:
            dropped = each.key in before and each.key not in other.by_key() and before[each.key] == each
            if each.state is State.REVIEWED and before.get(each.key) != each and not dropped:
                assert each.target in text


@given(catalogs(), catalogs(), catalogs())
def test_both_sides_come_to_the_same_entries(base: Catalog, ours: Catalog, theirs: Catalog) -> None:
    one, other = reconcile(base, ours, theirs), reconcile(base, theirs, ours)
    assert set(one.conflicts) == set(other.conflicts)
    kept = [{each.key: each for each in merged.catalog.entries} for merged in (one, other)]
    assert kept[0].keys() == kept[1].keys()


def test_a_conflict_keeps_both_texts_and_is_fuzzy() -> None:
    base = catalog(entry("One."))
    merged = reconcile(base, catalog(entry("One.", "Один.")), catalog(entry("One.", "Раз.")))
    assert merged.conflicts == ((None, "One."),)
    (found,) = merged.catalog.entries
    assert (found.target, found.state, found.origin) == ("Один.", State.TRANSLATED, Origin("merged"))
    assert found.comments == ("l10n-other: Раз.",)


def test_a_draft_gives_way_to_a_reviewed_text_without_a_conflict() -> None:
    base = catalog(entry("One."))
    drafted = apply(base, [Draft((None, "One."), "Одні.", Origin("draft", "engine", digest("Одні.")))])
    merged = reconcile(base, drafted, catalog(entry("One.", "Один.")))
    assert merged.conflicts == ()
    assert [each.target for each in merged.catalog.entries] == ["Один."]


def test_new_texts_stand_after_those_that_they_follow() -> None:
    base = catalog(entry("One."), entry("Two."))
    ours = catalog(entry("One."), entry("Three."), entry("Two."))
    theirs = catalog(entry("One."), entry("Two."), entry("Four."))
    merged = reconcile(base, ours, theirs).catalog
    assert [each.source for each in merged.entries] == ["One.", "Three.", "Two.", "Four."]


def test_dates_of_a_header_are_the_later_ones() -> None:
    def dated(date: str, team: str) -> Catalog:
        return Catalog("en", "uk", (), header=(("PO-Revision-Date", date), ("Language-Team", team)))

    merged = reconcile(dated("2026-01", "uk"), dated("2026-03", "uk"), dated("2026-02", "Львів"))
    assert merged.catalog.header == (("PO-Revision-Date", "2026-03"), ("Language-Team", "Львів"))


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_git_merges_catalogs_with_the_driver(tmp_path: Path) -> None:
    def git(*arguments: str, code: int = 0) -> None:
        run = subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *arguments],
            cwd=tmp_path,
            capture_output=True,
        )
        assert run.returncode == code, run.stderr.decode()

    path = tmp_path / "uk.po"

    def save(*each: Entry) -> None:
        path.write_text(serialize_po(Catalog("en", "uk", each, header=HEADER)), encoding="utf-8")

    git("init", "-q", "-b", "main")
    git("config", "merge.po.driver", f"{L10N} merge-po %O %A %B")
    (tmp_path / ".gitattributes").write_text("*.po merge=po\n", encoding="utf-8")
    save(entry("One."), entry("Two."), entry("Three."))
    git("add", ".")
    git("commit", "-qm", "base")
    git("checkout", "-qb", "theirs")
    save(entry("One."), entry("Two.", "Два."), entry("Three."))
    git("commit", "-qam", "theirs")
    git("checkout", "-q", "main")
    save(entry("One.", "Один."), entry("Two."), entry("Three."))
    git("commit", "-qam", "ours")
    git("merge", "-q", "--no-edit", "theirs")
    merged = parse_po(path.read_text(encoding="utf-8"))
    assert [each.target for each in merged.entries] == ["Один.", "Два.", ""]


def test_a_file_that_changed_meanwhile_is_merged_and_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "l10n.toml").write_text('source = "en"\ntargets = ["uk"]\n', encoding="utf-8")
    project = open_project(tmp_path)
    path = project.catalog_path("a", "uk")
    path.parent.mkdir(parents=True)
    path.write_text(serialize_po(catalog(entry("One."), entry("Two."))), encoding="utf-8")
    read = project.load_catalog("a", "uk")
    assert read is not None
    translator = path.read_text(encoding="utf-8").replace(
        'msgid "One."\nmsgstr ""', 'msgid "One."\nmsgstr "Один."'
    )
    path.write_text(translator, encoding="utf-8")
    drafts = [Draft((None, f"{name}."), "чернетка", Origin("draft", "engine")) for name in ("One", "Two")]
    written = project.save_catalog("a", apply(read, drafts))
    saved = project.load_catalog("a", "uk")
    assert saved is not None
    assert saved.entries == written.entries
    assert [(each.target, each.state) for each in saved.entries] == [
        ("Один.", State.REVIEWED),
        ("чернетка", State.TRANSLATED),
    ]


def test_a_file_that_broke_meanwhile_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "l10n.toml").write_text('source = "en"\ntargets = ["uk"]\n', encoding="utf-8")
    project = open_project(tmp_path)
    path = project.catalog_path("a", "uk")
    path.parent.mkdir(parents=True)
    path.write_text(serialize_po(catalog(entry("One."))), encoding="utf-8")
    read = project.load_catalog("a", "uk")
    assert read is not None
    path.write_text('msgid "One.\n', encoding="utf-8")
    with pytest.raises(Exception, match=r"a\.po:1"):
        project.save_catalog("a", replace(read, entries=(entry("One.", "Один."),)))
    assert path.read_text(encoding="utf-8") == 'msgid "One.\n'


def test_two_commands_at_once_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    done("init", ".", "--source", "en", "--target", "uk", cwd=tmp_path)
    command = [L10N, "update"]
    runs = [
        subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE) for _ in "ab"
    ]
    said = [run.communicate(timeout=60)[1].decode() for run in runs]
    for run, words in zip(runs, said, strict=True):
        assert run.returncode == 0 or "another l10n command" in words
    assert 0 in [run.returncode for run in runs]
    done("update", cwd=tmp_path)


def test_a_conflict_is_told_and_ends_with_1(tmp_path: Path) -> None:
    for name, target in (("base", ""), ("ours", "Один."), ("theirs", "Раз.")):
        text = serialize_po(Catalog("en", "uk", (entry("One.", target),), header=HEADER))
        (tmp_path / f"{name}.po").write_text(text, encoding="utf-8")
    result = l10n("merge-po", "base.po", "ours.po", "theirs.po", "-o", "out.po", cwd=tmp_path)
    assert result.returncode == 1
    assert "translated on both sides" in result.stdout
    assert "Раз." in (tmp_path / "out.po").read_text(encoding="utf-8")
