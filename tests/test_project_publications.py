"""Publishing a folder: whole or not at all, whenever the process dies, and only what differs."""

from __future__ import annotations

import ctypes
import os
import signal
from pathlib import Path

import pytest

from l10n.errors import ConfigError, RenderError
from l10n.project import Publication, open_project
from tests.dying import dying

OLD = {"a.html": b"old a", "uk/b.html": b"old b", "gone.html": b"old", "same.html": b"same"}
NEW = {"a.html": b"new a", "uk/b.html": b"new b", "same.html": b"same", "ja/c.html": b"new c"}


def publish(folder: Path, files: dict[str, bytes], owned: dict[str, bytes]) -> Publication:
    publication = Publication(folder, owned)
    for path, data in files.items():
        publication.put(path, data)
    publication.commit()
    return publication


def held(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_only_what_differs_is_written_and_what_is_ours_no_more_goes(tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    publish(folder, OLD, {})
    (folder / "CNAME").write_bytes(b"example.org")
    (folder / "empty").mkdir()
    (folder / "link").symlink_to("CNAME")
    same = (folder / "same.html").stat()
    publication = publish(folder, NEW, OLD)
    assert held(folder) == {**NEW, "CNAME": b"example.org", "link": b"example.org"}
    assert (folder / "empty").is_dir()
    assert (folder / "link").is_symlink()
    assert publication.changed == ["a.html", "uk/b.html", "ja/c.html"]
    after = (folder / "same.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (same.st_ino, same.st_mtime_ns)
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_nothing_changed_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    publish(folder, OLD, {})
    before = [(path, path.stat().st_ino, path.stat().st_mtime_ns) for path in sorted(tmp_path.rglob("*"))]
    assert publish(folder, OLD, OLD).changed == []
    assert before == [(p, p.stat().st_ino, p.stat().st_mtime_ns) for p in sorted(tmp_path.rglob("*"))]


def test_where_folders_cannot_be_exchanged_files_are_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "dist"
    publish(folder, OLD, {})
    (folder / "CNAME").write_bytes(b"example.org")
    inode = folder.stat().st_ino

    def no_library(*arguments: object, **options: object) -> None:
        raise OSError

    monkeypatch.setattr(ctypes, "CDLL", no_library)
    publish(folder, NEW, OLD)
    assert held(folder) == {**NEW, "CNAME": b"example.org"}
    assert folder.stat().st_ino == inode
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_a_folder_that_is_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "dist").symlink_to("www")
    publish(tmp_path / "dist", OLD, {})
    publish(tmp_path / "dist", NEW, OLD)
    assert (tmp_path / "dist").is_symlink()
    assert held(tmp_path / "www") == NEW


def test_a_link_in_the_way_is_replaced_and_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "dist"
    outside.mkdir()
    folder.mkdir()
    (folder / "uk").symlink_to(outside)
    publish(folder, {"uk/b.html": b"b"}, {})
    assert not (folder / "uk").is_symlink()
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize(
    "path", ["../x", "a/../../x", "/etc/x", "a//b", "./a", "", "a\\..\\b", "C:/x", "a\0b", "a/..", "n\nl"]
)
def test_no_path_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(RenderError, match="cannot be the path"):
        publish(tmp_path / "dist", {path: b"x"}, {})
    assert list(tmp_path.rglob("x")) == []


def test_killed_at_any_step_it_leaves_the_old_state_or_the_new_one(tmp_path: Path) -> None:
    """SIGKILL before each single thing that the process does to the disk; then the next build succeeds."""
    folder = tmp_path / "dist"
    seen: dict[tuple[str, int], int] = {}
    for step in range(500):
        publish(folder, OLD, NEW)
        ended = dying(step, lambda: publish(folder, NEW, OLD))
        state = "old" if held(folder) == OLD else "new" if held(folder) == NEW else "torn"
        assert state != "torn", f"killed before step {step}: {held(folder)}"
        seen[state, ended] = seen.get((state, ended), 0) + 1
        if ended == 0:
            break
    assert set(seen) == {("old", -signal.SIGKILL), ("new", -signal.SIGKILL), ("new", 0)}
    assert seen["old", -signal.SIGKILL] > 20
    publish(folder, OLD, NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(RenderError, match="permission denied"):
        publish(tmp_path / "dist", OLD, {})


@pytest.mark.parametrize("bundles", [".", "seeds", "seeds/dist", "locales", ".l10n", "theme"])
def test_bundles_have_a_folder_of_their_own(tmp_path: Path, bundles: str) -> None:
    (tmp_path / "l10n.toml").write_text(f'bundles = "{bundles}"', encoding="utf-8")
    with pytest.raises(ConfigError, match="in the way of"):
        _ = open_project(tmp_path).bundles
