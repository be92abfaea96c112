"""Commands on files, of any project or none: render, merge-po."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from l10n.cli.app import DryRun, Json, app, project_of
from l10n.cli.output import EXIT_FAILED, finish, plural, say, show_json, warn
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
    """Write an article in the language of a catalog. In its own format."""
    from l10n.tasks.converting import render_file, write_rendered

    rendered = render_file(file, catalog, drafts)
    if rendered.coverage.words and rendered.coverage.untranslated == rendered.coverage.words:
        warn([f"nothing of {file} is translated in {catalog}"])
    if output is None:
        sys.stdout.buffer.write(rendered.data)
    else:
        changed = write_rendered(rendered, output)
        counted = rendered.coverage
        untranslated = f"{counted.untranslated:,} of {counted.words:,} words untranslated"
        say(f"{'wrote' if changed else 'unchanged:'} {output} ({rendered.locale}, {untranslated})")
    finish(RenderError(found.message, where=repr(found.key[1][:60])) for found in rendered.findings)


@app.command(
    "import-translation", epilog="Example: l10n import-translation tram old/tram.uk.html --locale uk"
)
def import_translation(
    context: typer.Context,
    article: Annotated[str, typer.Argument(help="The id or path of an article.")],
    file: Annotated[
        Path, typer.Argument(metavar="TRANSLATED_FILE", help="Its translation: .md, .html, .txt, .rst.")
    ],
    locale: Annotated[
        str, typer.Option("--locale", "-l", help="Its locale, where the file does not say it.")
    ] = "",
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Fill a catalog from a translated article. As drafts; what is translated already stays."""
    from l10n.tasks.adopting import adopt_translation

    project = project_of(context)
    with project.lock():
        report = adopt_translation(project, article, file, locale, dry_run)
    if json:
        show_json(report)
        return
    verb = "would draft" if dry_run else "drafted"
    drafts = f"{report.taken:,} of {plural(report.units, 'entry', 'entries')}"
    say(f"{verb} {drafts} in {report.destination}, with a mean score of {report.score}%")
    for count, what in (
        (report.kept, "translated before and kept"),
        (report.joint, "translated together with others: left empty"),
        (report.unsure, "too unsure: left empty"),
        (report.unmatched, "not in the translation"),
        (report.extra, "only in the translation"),
    ):
        if count:
            say(f"{count:,} {what}")


@app.command("merge-po", epilog="Example: l10n merge-po base.po ours.po theirs.po -o merged.po")
def merge_po(
    base: Annotated[Path, typer.Argument(help="The version that both sides began with.")],
    ours: Annotated[Path, typer.Argument(help="Our version.")],
    theirs: Annotated[Path, typer.Argument(help="Their version.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where to; over our version when left out, as git wants."),
    ] = None,
    json: Json = False,
) -> None:
    """Merge two versions of a catalog unit by unit. Exits 1 on conflicts."""
    from l10n.tasks.reconciling import merge_files

    merged = merge_files(base, ours, theirs, output or ours)
    if json:
        show_json({"output": str(output or ours), "conflicts": merged.conflicts})
    for _, source in () if json else merged.conflicts:
        say(f"translated on both sides, both kept, marked fuzzy: {source[:90]}")
    if merged.conflicts:
        raise typer.Exit(EXIT_FAILED)
