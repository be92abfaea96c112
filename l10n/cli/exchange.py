"""Commands that give work to other tools and take it back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from l10n.cli.app import DryRun, Json, app, project_of
from l10n.cli.output import plural, say, show_json

Format = Annotated[
    str,
    typer.Option("--format", "-f", help="xliff, xliff12, tmx, csv, mo; for glossaries tbx, tbx3, terms."),
]
Locale = Annotated[str, typer.Option("--locale", "-l", help="A target locale.")]


@app.command(epilog="Example: l10n export -f xliff -a tram -l uk -o tram.uk.xlf")
def export(
    context: typer.Context,
    format: Format,
    locale: Locale,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    article: Annotated[str, typer.Option("--article", "-a", help="An article's id, or `site`.")] = "site",
    matches: Annotated[bool, typer.Option(help="Add what the memory offers.")] = True,
    json: Json = False,
) -> None:
    """Write a catalog, or a glossary, for another tool."""
    from l10n.tasks.exchanging import export_one

    report = export_one(project_of(context), format, article, locale, output, matches=matches)
    if json:
        show_json(report)
        return
    say(f"{'wrote' if report.changed else 'unchanged:'} {output}")
    if report.left_out:
        count = plural(report.left_out, "entry", "entries")
        say(f"left out {count} with plural forms: {format} has no place for them, xliff and csv have")


@app.command("import", epilog="Example: l10n import tram.uk.xlf -f xliff")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="What came back.")],
    format: Format,
    locale: Annotated[str, typer.Option("--locale", "-l", help="Its locale, if the file does not say.")] = "",
    article: Annotated[
        str, typer.Option("--article", "-a", help="Its article, where the file does not say; else `site`.")
    ] = "",
    reviewed: Annotated[
        bool, typer.Option("--reviewed", help="What was changed there counts as reviewed, whatever it says.")
    ] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Take over what another tool gave back. Newer work here is never overwritten."""
    from l10n.tasks.exchanging import import_one

    project = project_of(context)
    with project.lock():
        report = import_one(project, format, file, article, locale, confirm=reviewed, dry_run=dry_run)
    if json:
        show_json(report)
        return
    for label, keys in (
        ("kept, changed or reviewed here", report.conflicts),
        ("kept to be revised, its source has changed", report.stale),
        ("not in the catalog", report.unknown),
        ("taken as a draft, its codes are wrong", report.broken),
        ("did not come back", report.missing),
    ):
        for _, source in keys:
            say(f"{label}: {source[:90]}")
    verb = "would take" if dry_run else "took"
    count = plural(report.taken, "entry", "entries")
    say(f"{verb} {count} into {report.destination}; {report.same} as before")
