"""Files, safely: whole or not at all, and only when something changed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from l10n.errors import ConfigError, L10nError

_CHUNK = 1 << 20
_UNFINISHED = ".l10n-tmp"
"""How the names of files end that are being written."""


def exists(path: Path) -> bool:
    """Whether there is anything by a path; what may not be looked at counts, for reading it says why."""
    try:
        return path.exists()
    except OSError:
        return True


def walk(folder: Path, error: type[L10nError]) -> Iterator[Path]:
    """The files in a folder and below it. Raises `error`, naming the folder that cannot be read."""

    def refuse(problem: OSError) -> None:
        raise error(f"cannot be read: {reason(problem)}", where=problem.filename or str(folder)) from problem

    for inside, _, names in os.walk(folder, onerror=refuse):
        yield from (Path(inside, name) for name in names)


def read_bytes(path: Path, error: type[L10nError]) -> bytes:
    """What a file holds. Raises `error`, naming the file, where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise error("there is no such file", where=str(path)) from None
    except OSError as problem:
        raise error(f"cannot be read: {reason(problem)}", where=str(path)) from problem


def write_bytes(path: Path, data: bytes, error: type[L10nError]) -> bool:
    """Give a file its content; True where that changed anything.

    The new content stands complete beside the file before it takes its place, so that a crash or a
    full disk leaves the old one whole. Raises `error`, naming the file.
    """
    with suppress(OSError):
        if path.is_file() and path.read_bytes() == data:
            return False
    write_chunks(path, (data,), error)
    return True


def write_chunks(path: Path, chunks: Iterable[bytes], error: type[L10nError]) -> None:
    """Give a file its content, piece by piece, as safely as `write_bytes`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, chunks)
    except OSError as problem:
        hint = "the old file, if there was one, is as it was; make room or give write permission, run again"
        raise error(f"cannot be written: {reason(problem)}", where=str(path), hint=hint) from problem


class Chunks:
    """What a file of any size holds, a mebibyte at a time. Raises `error` as `read_bytes` does."""

    def __init__(self, path: Path, error: type[L10nError]) -> None:
        self._path = path
        self._error = error

    def __len__(self) -> int:
        return -(-self._path.stat().st_size // _CHUNK)

    def __iter__(self) -> Iterator[bytes]:
        try:
            with self._path.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except FileNotFoundError:
            raise self._error("there is no such file", where=str(self._path)) from None
        except OSError as problem:
            raise self._error(f"cannot be read: {reason(problem)}", where=str(self._path)) from problem


def _replace(path: Path, chunks: Iterable[bytes]) -> None:
    if path.exists() and not (path.is_file() or path.is_dir()):  # /dev/stdout, a pipe: it stays
        path.write_bytes(b"".join(chunks))
        return
    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=_UNFINISHED, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, target.stat().st_mode if target.exists() else 0o666 & ~_umask())
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def sweep(folder: Path) -> None:
    """Remove what commands that were killed have half written in a folder and below it."""
    for path in folder.rglob(f".*{_UNFINISHED}"):
        with suppress(OSError):
            path.unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot (renameat2 of Linux)."""
    import ctypes

    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return bool(renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


_HERE = -100
"""AT_FDCWD: relative paths are those of the working folder."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2)."""


def reason(problem: OSError) -> str:
    """What the operating system says is wrong, in words."""
    return (problem.strerror or str(problem)).lower()


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Hold a project alone while files of it change; True where the last one to hold it was killed.

    Raises ConfigError at once where another command holds it. The lock is the operating system's, so
    a killed command leaves none behind; it leaves a mark beside it.
    """
    from filelock import FileLock, Timeout

    lock, mark = FileLock(path, timeout=0), path.with_name("at-work")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
        killed = mark.exists()
        mark.touch()
    except Timeout:
        message = "another l10n command is changing this project"
        raise ConfigError(message, where=str(path), hint="wait for it, then run again") from None
    except OSError as problem:
        raise ConfigError(f"cannot be written: {reason(problem)}", where=str(path)) from problem
    try:
        yield killed
    finally:
        with suppress(OSError):
            mark.unlink()
        lock.release()
