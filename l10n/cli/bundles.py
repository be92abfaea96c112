"""Commands that publish: build, serve."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from l10n.cli.app import Articles, DryRun, Json, app, project_of
from l10n.cli.output import finish, plural, say, show_json, track

if TYPE_CHECKING:
    from l10n.tasks.building import Built


@app.command(epilog="Examples: l10n build · l10n build --dry-run · l10n build tram --zip tram.zip")
def build(
    context: typer.Context,
    articles: Articles = None,
    zip: Annotated[
        Path | None, typer.Option("--zip", metavar="FILE", help="Also pack these articles, or all, in a ZIP.")
    ] = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Build the bundles. Every article in every locale that passes its gate."""
    from l10n.tasks.building import build_project
    from l10n.tasks.packing import pack_project

    project = project_of(context)
    with project.lock():
        report = build_project(project, articles or (), track, dry_run)
        packed = pack_project(project, articles or (), zip) if zip and not dry_run else None
    if json:
        show_json(report)
    else:
        _show(report, dry_run)
        if packed is not None:
            say(f"{'packed' if packed else 'unchanged:'} {zip}")
    finish(report.failures)


def _show(report: Built, dry_run: bool) -> None:
    for article, locale, reason in report.blocked:
        say(f"not published: {locale}/{article}: {reason}")
    for article, locale, reason in report.held:
        say(f"left as published before: {locale}/{article}: {reason}")
    for article, address in report.missing:
        say(f"no such picture: {address}, in {article}")
    for path in report.removed:
        say(f"{'would remove' if dry_run else 'removed'} {path}")
    changed = plural(len(report.written), "file")
    say(f"{plural(report.pages, 'page')}, {changed} {'would change' if dry_run else 'written'}")
    say(f"open {report.start}")


@app.command(epilog="Examples: l10n serve · l10n serve --port 8080")
def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8000,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; others can read what is not on loopback.")
    ] = "127.0.0.1",
) -> None:
    """Show the bundles on this machine. As they would be built, anew on every change; writes nothing."""
    from l10n.tasks.serving import serve_project

    serve_project(project_of(context), host, port, say)
