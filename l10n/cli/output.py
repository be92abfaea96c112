"""What is shown, and how: errors, reports, tables, progress; and the exit codes."""

from __future__ import annotations

import codecs
import dataclasses
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import typer

from l10n.errors import ConfigError, EngineError, L10nError
from l10n.laziness import expression

if TYPE_CHECKING:
    from l10n.tasks.running import Items

T = TypeVar("T")

EXIT_FAILED = 1
"""Findings that are errors, or some of the work failed."""
EXIT_USAGE = 2
"""Wrong use or configuration, or something that must be installed first."""
EXIT_GATE = 3
"""A gate that was asked for is not passed."""

_CONTROLS = expression(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Text from a file as it may go to a terminal: control characters as escapes."""
    return _CONTROLS.sub(lambda m: f"\\u{ord(m[0]):04x}" if ord(m[0]) > 0xFF else f"\\x{ord(m[0]):02x}", text)


def visible_lines(text: str) -> str:
    """Several lines from a file as they may go to a terminal."""
    return "\n".join(map(visible, text.split("\n")))


def say(text: str = "") -> None:
    """A line for people."""
    typer.echo(visible(text))


def paint(text: str, colour: str | None = None) -> str:
    """Text that stands out, for those who want it (no-color.org); what is no terminal gets none."""
    return text if os.environ.get("NO_COLOR") else typer.style(text, fg=colour, bold=True)


def adapt(stream: TextIO) -> None:
    """Let an output take every text: one of ASCII as UTF-8, others with escapes for what they lack."""
    if isinstance(stream, io.TextIOWrapper):
        plain = codecs.lookup(stream.encoding).name == "ascii"
        stream.reconfigure(encoding="utf-8" if plain else None, errors="backslashreplace")


def show_error(error: L10nError) -> None:
    """An error in one line, and what to do about it in another."""
    place = f"{_where(error)}: " if error.where else ""
    typer.echo(paint("error: ", "red") + visible(place + error.message), err=True)
    if error.hint:
        typer.echo(paint("  try: ", "cyan") + visible(error.hint).replace("\n", "\n       "), err=True)


def _where(error: L10nError) -> str:
    """The place of an error, below the working folder without the path that leads there."""
    with suppress(OSError):  # the folder may be gone
        return error.where.removeprefix(os.path.join(os.getcwd(), ""))
    return error.where


def warn(remarks: Iterable[str]) -> None:
    """What someone should know although nothing failed, a line each."""
    for remark in remarks:
        typer.echo(paint("warning: ", "yellow") + visible(remark), err=True)


def exit_code_of(error: L10nError) -> int:
    """Exit code of a command that an error ended."""
    return EXIT_USAGE if isinstance(error, ConfigError | EngineError) else EXIT_FAILED


def finish(failures: Iterable[L10nError], code: int = 0) -> None:
    """Show what failed and end the command with its exit code."""
    failed = list(failures)
    for error in failed:
        show_error(error)
    if failed or code:
        raise typer.Exit(code or EXIT_FAILED)


def as_data(value: Any) -> Any:
    """A report as JSON can hold it."""
    if isinstance(value, L10nError):
        return {"where": _where(value), "message": value.message, "hint": value.hint}
    if dataclasses.is_dataclass(value):
        return {field.name: as_data(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_data(item) for key, item in value.items()}
    if isinstance(value, str) or not isinstance(value, Iterable):
        return value
    return [as_data(item) for item in value]


def show_json(report: Any) -> None:
    """A report as JSON on standard output."""
    show_data(json.dumps(as_data(report), ensure_ascii=False, indent=2))


def show_data(text: str) -> None:
    """What another program reads, on standard output: UTF-8 whatever the terminal has."""
    typer.echo(text.encode("utf-8", "backslashreplace"))


def track(items: Items[T], label: str) -> Iterable[T]:
    """Items, with a progress bar on standard error when that is a terminal."""
    if not sys.stderr.isatty() or len(items) < 2:
        return items
    return _shown(items, label)


def _shown(items: Items[T], label: str) -> Iterator[T]:
    """Items, with a bar that says how many are done, how many a second, and the time left."""
    from rich import progress
    from rich.console import Console

    class Rate(progress.ProgressColumn):
        def render(self, task: progress.Task) -> str:
            return f"{task.speed:,.1f}/s" if task.speed else ""

    columns = (
        progress.TextColumn("{task.description:9}"),
        progress.BarColumn(),
        progress.MofNCompleteColumn(),
        Rate(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(items, total=len(items), description=label)


@contextmanager
def meter(label: str) -> Iterator[Callable[[int, int], None]]:
    """What is to be told how many bytes are there, and of how many; a bar on standard error shows it
    when that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (
        *Progress.get_default_columns()[:2],
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)


def plural(count: int, one: str, many: str = "") -> str:
    """ "1 article", "2 articles"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
