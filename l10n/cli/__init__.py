"""The command line: arguments in; words, colours, progress and exit codes out. Nothing else prints."""

from __future__ import annotations

import gc
import sys

from l10n.cli import articles, bundles, catalogs, engines, exchange, hosts, languages, memory, terms
from l10n.cli.app import app
from l10n.cli.output import EXIT_FAILED, exit_code_of, show_error
from l10n.errors import L10nError

__all__ = [
    "app",
    "articles",
    "bundles",
    "catalogs",
    "engines",
    "exchange",
    "hosts",
    "languages",
    "main",
    "memory",
    "terms",
]


def main() -> None:
    """Run the command line; every L10nError becomes a line of words and an exit code here.

    Articles are trees of many small objects and hold no cycles. To look through them for garbage as
    often as Python does would take a fifth of the time of large ones.
    """
    gc.freeze()
    gc.set_threshold(100_000)
    try:
        app(prog_name="l10n")
    except L10nError as error:
        show_error(error)
        sys.exit(exit_code_of(error))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(EXIT_FAILED)
