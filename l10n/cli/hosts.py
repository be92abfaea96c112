"""Commands for hosts of the bundles: redirects."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from l10n.cli.app import app, project_of
from l10n.cli.output import say


@app.command(epilog="Example: l10n redirects netlify -o dist/_redirects")
def redirects(
    context: typer.Context,
    host: Annotated[str, typer.Argument(help="netlify, nginx or apache.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to; standard output when left out.")
    ] = None,
) -> None:
    """Write redirects for a host. Addresses without a locale lead to the visitor's language."""
    from l10n.tasks.hosting import redirects as made
    from l10n.tasks.hosting import save_redirects

    text = made(project_of(context), host)
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8"))
    else:
        say(f"{'wrote' if save_redirects(text, output) else 'unchanged:'} {output}")
