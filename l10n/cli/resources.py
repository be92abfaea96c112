"""Commands about what translation draws on: memory, terms, engines, and exchange with other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from l10n.cli.app import Articles, DryRun, Json, Locales, app, project_of
from l10n.cli.output import finish, plural, say, show_json, table, track

memory = typer.Typer(no_args_is_help=True, help="The translation memory, made from the catalogs.")
terms = typer.Typer(no_args_is_help=True, help="The glossaries.")
app.add_typer(memory, name="memory")
app.add_typer(terms, name="terms")

Format = Annotated[str, typer.Option("--format", "-f", help="xliff, tmx, tbx, csv or mo.")]
Locale = Annotated[str, typer.Option("--locale", "-l", help="A target locale.")]
ArticleOf = Annotated[str, typer.Option("--article", "-a", help="An article's id, or `site`.")]


@app.command(epilog="Example: l10n export -f xliff -a tram -l uk -o tram.uk.xlf")
def export(
    context: typer.Context,
    format: Format,
    locale: Locale,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    article: ArticleOf = "site",
) -> None:
    """Write a catalog, or a glossary, for another tool."""
    from l10n.tasks.exchanging import export_one

    changed = export_one(project_of(context), format, article, locale, output)
    say(f"{'wrote' if changed else 'unchanged:'} {output}")


@app.command("import", epilog="Example: l10n import tram.uk.xlf -f xliff -a tram -l uk")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="What came back.")],
    format: Format,
    locale: Locale = "",
    article: ArticleOf = "site",
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Take over what another tool gave back; keep what is reviewed."""
    from l10n.tasks.exchanging import import_one

    project = project_of(context)
    with project.lock():
        report = import_one(project, format, file, article, locale, dry_run)
    if json:
        show_json(report)
        return
    for label, keys in (("kept, reviewed here", report.conflicts), ("not in the catalog", report.unknown)):
        for _, source in keys:
            say(f"{label}: {source[:90]}")
    verb = "would take" if dry_run else "took"
    count = plural(report.taken, "entry", "entries")
    say(f"{verb} {count} into {report.destination}; {report.same} as before")


@memory.command("stats", epilog="Example: l10n memory stats")
def memory_stats(context: typer.Context, json: Json = False) -> None:
    """Show how much the memory holds."""
    from l10n.tasks.remembering import memory_stats as stats

    found = stats(project_of(context))
    if json:
        show_json(found)
        return
    rows = [[f"{s.source_locale} → {s.target_locale}", f"{s.segments:,}", f"{s.origins:,}"] for s in found]
    table(["pair", "segments", "files"], rows, ("segments", "files"))


@memory.command("lookup", epilog="Example: l10n memory lookup -l uk 'The tram is back.'")
def memory_lookup(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="A source text.")],
    locale: Locale,
    json: Json = False,
) -> None:
    """Find translations of a text and of similar ones."""
    from l10n.tasks.remembering import load_memory

    project = project_of(context)
    matches = load_memory(project, project.config.source, locale).matches(text)
    if json:
        show_json(matches)
        return
    for match in matches:
        say(f"{match.score:3}%  {match.target}")
        say(f"      {match.source}  ({match.origin})")
    if not matches:
        say("nothing similar")


@memory.command("export", epilog="Example: l10n memory export -l uk -o memory.uk.tmx")
def memory_export(
    context: typer.Context,
    locale: Locale,
    output: Annotated[Path, typer.Option("--output", "-o", help="The TMX file to write.")],
) -> None:
    """Write the memory of a locale as TMX."""
    from l10n.tasks.remembering import export_memory

    say(f"wrote {plural(export_memory(project_of(context), locale, output), 'segment')} to {output}")


@memory.command("import", epilog="Example: l10n memory import old.tmx")
def memory_import(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="A TMX file.")], dry_run: DryRun = False
) -> None:
    """Hold the translations of a TMX file."""
    import_(context, file, "tmx", dry_run=dry_run)


@memory.command("forget", epilog="Example: l10n memory forget old.tmx")
def memory_forget(
    context: typer.Context,
    origin: Annotated[
        str, typer.Argument(help="A file, as `lookup` names it; everything when left out.")
    ] = "",
) -> None:
    """Drop what a file gave; what stands in catalogs comes back from them."""
    from l10n.tasks.remembering import open_memory

    say(f"forgot {plural(open_memory(project_of(context)).forget(origin or None), 'segment')}")


@terms.command("list", epilog="Example: l10n terms list -l uk")
def terms_list(context: typer.Context, locale: Locale, json: Json = False) -> None:
    """Show the glossary of a locale."""
    from l10n.tasks.terminology import load_terms

    glossary = load_terms(project_of(context), locale)
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
    """Show translators the terms of a text: in a comment above each entry that is not reviewed."""
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
