"""Publishing a folder: its next state is made beside it and takes its place whole, in one step."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from l10n.errors import RenderError
from l10n.laziness import expression
from l10n.project.files import exchange, reason, write_bytes

_HINT = "what was published is as it was; make room or give write permission, run again"
_UNPORTABLE = expression(r"[\x00-\x1f\x7f\\:]")
"""What some system would take for more than a letter of a file's name."""


class Publication:
    """The next state of a published folder.

    `put` the files that it shall have, `keep` those that stay as they are, then `commit`. Until then
    nothing in the folder changes; whenever the process dies, readers find the old state or the new
    one. Where nothing differs, nothing is written at all. Raises RenderError.
    """

    def __init__(self, folder: Path, owned: Collection[str]) -> None:
        """`owned` are the files that we published before: those neither put nor kept go."""
        self.folder = folder.resolve()
        self.changed: list[str] = []
        """Files that differ from those in the folder, or are new there."""
        self._owned = set(owned)
        self._same: set[str] = set()
        self._next = self.folder.with_name(f".{self.folder.name}.next")

    def put(self, path: str, data: bytes, dry_run: bool = False) -> None:
        """Let a file hold this. Raises RenderError for a path that leaves the folder."""
        there = self.folder / checked(path)
        if _holds(there, data):
            self._same.add(path)
            return
        if not dry_run:
            with self._or_nothing():
                if not self.changed:
                    self._clear()
                write_bytes(self._next / path, data, RenderError)
        self.changed.append(path)

    def keep(self, path: str) -> None:
        """Let a file stay as it is."""
        self._same.add(path)

    @property
    def gone(self) -> list[str]:
        """Files that were published before and shall not be any more."""
        left = self._owned - self._same - set(self.changed)
        return sorted(path for path in left if (self.folder / path).is_file())

    def commit(self) -> None:
        """Put the next state in the place of the old one; what others laid into the folder stays in it."""
        if not self.changed and not self.gone:
            shutil.rmtree(self._next, ignore_errors=True)
            return
        with self._or_nothing():
            if not self.changed:
                self._clear()
            self._complete()
            self._publish()
        shutil.rmtree(self._next, ignore_errors=True)

    @contextmanager
    def _or_nothing(self) -> Iterator[None]:
        """Leave nothing of a next state that cannot be made, and say why."""
        try:
            yield
        except (OSError, RenderError) as problem:
            shutil.rmtree(self._next, ignore_errors=True)
            why = problem if isinstance(problem, OSError) else problem.__cause__
            said = f"cannot be published: {reason(why) if isinstance(why, OSError) else problem}"
            raise RenderError(said, where=str(self.folder), hint=_HINT) from problem

    def _clear(self) -> None:
        """Remove what a build that died has left, and begin."""
        shutil.rmtree(self._next, ignore_errors=True)
        self._next.mkdir(parents=True)

    def _complete(self) -> None:
        """Give the next state everything that does not change, as links to the same files."""
        gone = set(self.gone)
        for path, entry in _entries(self.folder):
            target = self._next / path
            if path in gone or os.path.lexists(target) or not _free(self._next, path):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            if entry.is_symlink():
                target.symlink_to(os.readlink(entry.path))
            elif entry.is_dir():
                target.mkdir()
            else:
                _link(Path(entry.path), target)

    def _publish(self) -> None:
        if not self.folder.exists():
            os.rename(self._next, self.folder)
        elif not exchange(self._next, self.folder):
            self._replace_each()

    def _replace_each(self) -> None:
        """Where folders cannot be exchanged: file by file, each of them whole, the last one put last."""
        for path in self.changed:
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            os.replace(self._next / path, self.folder / path)
        for path in self.gone:
            (self.folder / path).unlink()


def checked(path: str) -> PurePosixPath:
    """A path below a folder of ours. Raises RenderError for one that would lead out of it."""
    if any(part in ("", ".", "..") for part in path.split("/")) or _UNPORTABLE.search(path):
        raise RenderError("cannot be the path of a published file", where=path, hint="rename the article")
    return PurePosixPath(path)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _entries(folder: Path, below: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything in a folder with its path in it, folders before what they hold; links are not followed."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as found:
        for entry in found:
            path = f"{below}{entry.name}"
            if not entry.is_dir(follow_symlinks=False):
                yield path, entry
                continue
            inner = list(_entries(Path(entry.path), f"{path}/"))
            yield from inner or [(path, entry)]


def _free(folder: Path, path: str) -> bool:
    """Whether no file stands where the path needs a folder."""
    return all(not (folder / parent).is_file() for parent in PurePosixPath(path).parents)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without links, or a file of somebody else
        shutil.copy2(source, target)
