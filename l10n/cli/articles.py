"""Commands on one article: render."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from l10n.cli.app import app
from l10n.cli.output import finish, say
from l10n.errors import RenderError


@app.command(
    epilog="Example: l10n render seeds/tram.md --catalog locales/uk/LC_MESSAGES/tram.po -o tram.uk.md"
)
def render(
    file: Annotated[Path, typer.Argument(help="An article.")],
    catalog: Annotated[Path, typer.Option("--catalog", "-c", help="The catalog with its translations.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to; standard output when left out.")
    ] = None,
    drafts: Annotated[bool, typer.Option(help="Whether unreviewed translations count.")] = True,
) -> None:
    """Write an article in a catalog's language, in its own format."""
    from l10n.tasks.converting import render_file, write_rendered

    rendered = render_file(file, catalog, drafts)
    if output is None:
        sys.stdout.buffer.write(rendered.data)
    else:
        changed = write_rendered(rendered, output)
        counted = rendered.coverage
        untranslated = f"{counted.untranslated:,} of {counted.words:,} words untranslated"
        say(f"{'wrote' if changed else 'unchanged:'} {output} ({rendered.locale}, {untranslated})")
    finish(RenderError(found.message, where=repr(found.key[1][:60])) for found in rendered.findings)
