"""What every task shares: progress, failures that do not stop the rest, and the time of day."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from l10n.errors import L10nError

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Items(Sized, Iterable[T_co], Protocol[T_co]):
    """So many items, one after another."""


class Track(Protocol):
    """Passes items on and shows how far the work has come; the command line gives one with a bar."""

    def __call__(self, items: Items[T], label: str) -> Iterable[T]: ...


def untracked(items: Items[T], label: str) -> Iterable[T]:
    """A `Track` that shows nothing."""
    return items


class Failures(list[L10nError]):
    """The errors of the items that failed, while the others are still done."""

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Keep an L10nError of the block instead of letting it end the task."""
        try:
            yield
        except L10nError as error:
            self.append(error)


def now() -> datetime:
    """The present moment, or that of SOURCE_DATE_EPOCH for builds that are to be repeatable."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)


def stamp(moment: datetime) -> str:
    """A moment as the date fields of gettext's headers have it: "2026-11-24 02:40+0000"."""
    return moment.strftime("%Y-%m-%d %H:%M%z")


def each(items: Sequence[T], label: str, track: Track, failures: Failures, work: Callable[[T], None]) -> None:
    """Do `work` for every item, keeping failures."""
    for item in track(items, label):
        with failures.kept():
            work(item)
