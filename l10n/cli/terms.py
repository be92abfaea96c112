"""Commands about the glossaries."""

from __future__ import annotations

from typing import Annotated

import typer

from l10n.cli.app import Articles, DryRun, Json, Locales, app, project_of
from l10n.cli.exchange import Locale
from l10n.cli.output import finish, plural, say, show_json, track
from l10n.cli.tables import table

terms = typer.Typer(no_args_is_help=True, help="The glossaries.")
app.add_typer(terms, name="terms")


@terms.command("list", epilog="Example: l10n terms list -l uk")
def terms_list(context: typer.Context, locale: Locale, json: Json = False) -> None:
    """Show the glossary of a locale."""
    from l10n.tasks.terminology import list_terms

    glossary = list_terms(project_of(context), locale)
    if json:
        show_json(glossary)
        return
    rows = [
        [term.source, term.target or "-", term.status, term.part_of_speech, term.note]
        for term in glossary.terms
    ]
    table(["source", "target", "status", "part of speech", "note"], rows)


@terms.command("extract", epilog="Example: l10n terms extract -l uk")
def terms_extract(
    context: typer.Context,
    articles: Articles = None,
    locale: Annotated[str, typer.Option("--locale", "-l", help="Leave out what its glossary has.")] = "",
    json: Json = False,
) -> None:
    """Propose terms: names and phrases that recur in the articles."""
    from l10n.tasks.terminology import propose_terms

    found, failures = propose_terms(project_of(context), articles or (), locale, track)
    if json:
        show_json(found)
    else:
        rows = [[each.text, str(each.count), each.example[:80]] for each in found]
        table(["candidate", "times", "as in"], rows, ("times",))
    finish(failures)


@terms.command("offer", epilog="Examples: l10n terms offer -l uk · l10n terms offer --withdraw")
def terms_offer(
    context: typer.Context,
    articles: Articles = None,
    locales: Locales = None,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take the offers out again.")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Show translators the terms of a text. In a comment above each entry that is not reviewed."""
    from l10n.tasks.terminology import offer_terms

    project = project_of(context)
    with project.lock():
        report = offer_terms(
            project, articles or (), locales or (), withdraw=withdraw, dry_run=dry_run, track=track
        )
    if json:
        show_json(report)
    else:
        for path in report.written:
            say(f"{'would write' if dry_run else 'wrote'} {path}")
        say(f"{plural(report.entries, 'entry', 'entries')} with terms")
    finish(report.failures)
