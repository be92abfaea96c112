"""The command line: arguments in; words, colours, progress and exit codes out. Nothing else prints."""

from __future__ import annotations

import gc
import io
import os
import sys
from typing import NoReturn, TextIO

from l10n.cli.app import app
from l10n.cli.output import EXIT_FAILED, adapt, exit_code_of, show_error
from l10n.errors import L10nError

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line; every L10nError becomes a line of words and an exit code here.

    Articles are trees of many small objects and hold no cycles. To look through them for garbage as
    often as Python does would take a fifth of the time of large ones.
    """
    gc.freeze()
    gc.set_threshold(100_000)
    sys.stdin = sys.stdin or io.TextIOWrapper(io.BytesIO())
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    adapt(sys.stdout)
    adapt(sys.stderr)
    try:
        try:
            app(prog_name="l10n")
        finally:
            sys.stdout.flush()
    except L10nError as error:
        show_error(error)
        sys.exit(exit_code_of(error))
    except OSError as error:
        _explain(error)


def _nowhere() -> TextIO:
    """Stands for an output that was closed before the program began."""
    return open(os.devnull, "w", encoding="utf-8")


def _explain(error: OSError) -> NoReturn:
    """End with the words for what the operating system refused and no task foresaw."""
    why = (error.strerror or str(error)).lower()
    if error.filename is not None:
        show_error(L10nError(f"cannot be used: {why}", where=str(error.filename)))
    elif isinstance(error, FileNotFoundError):  # os.getcwd
        show_error(L10nError("the folder that this was started in is gone", hint="go to another one"))
    else:
        _give_up_output(error)
    sys.exit(EXIT_FAILED)


def _give_up_output(error: OSError) -> NoReturn:
    """End where what is said cannot be written: nobody reads it any more, or the disk is full."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python writes the rest when it ends
    if not isinstance(error, BrokenPipeError):
        show_error(L10nError(f"the output cannot be written: {error.strerror}"))
    sys.exit(EXIT_FAILED)
