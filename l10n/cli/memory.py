"""Commands about the translation memory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from l10n.cli.app import DryRun, Json, app, project_of
from l10n.cli.exchange import Locale
from l10n.cli.output import as_data, plural, say, show_json, track
from l10n.cli.tables import table

memory = typer.Typer(no_args_is_help=True, help="The translation memory. Made from catalogs and TMX files.")
app.add_typer(memory, name="memory")


@memory.command("stats", epilog="Example: l10n memory stats")
def memory_stats(context: typer.Context, json: Json = False) -> None:
    """Show how much the memory holds."""
    from l10n.tasks.remembering import memory_stats as stats

    found = stats(project_of(context))
    if json:
        show_json(found)
        return
    rows = [
        [f"{s.source_locale} → {s.target_locale}", f"{s.segments:,}", f"{s.retired:,}", f"{s.origins:,}"]
        for s in found
    ]
    table(["pair", "segments", "no more in use", "files"], rows, ("segments", "no more in use", "files"))


@memory.command("lookup", epilog="Example: l10n memory lookup -l uk 'The tram is back.'")
def memory_lookup(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="A source text, its codes as they stand in catalogs.")],
    locale: Locale,
    role: Annotated[str | None, typer.Option("--context", help="The text's context, such as title.")] = None,
    json: Json = False,
) -> None:
    """Find translations of a text and of similar ones. What differs stands in [-brackets-]{+like these+}."""
    from l10n.tasks.remembering import find_matches

    found = find_matches(project_of(context), locale, text, role)
    if json:
        show_json([{**as_data(each.match), "diff": each.diff} for each in found])
        return
    for each in found:
        match = each.match
        doubt = ", one of several translations" if match.ambiguous else ""
        say(f"{match.score:3}%  {match.target}")
        say(f"      {each.diff}")
        say(f"      {match.kind}{doubt}, {match.origin}")
    if not found:
        say("nothing similar")


@memory.command("export", epilog="Example: l10n memory export -l uk -o memory.uk.tmx")
def memory_export(
    context: typer.Context,
    locale: Locale,
    output: Annotated[Path, typer.Option("--output", "-o", help="The TMX file to write.")],
    json: Json = False,
) -> None:
    """Write the memory of a locale as TMX."""
    from l10n.tasks.remembering import export_memory

    count = export_memory(project_of(context), locale, output)
    _tell(count, json, f"wrote {plural(count, 'segment')} to {output}")


@memory.command("import", epilog="Example: l10n memory import old.tmx")
def memory_import(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A TMX file of any size.")],
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Hold the translations of a TMX file. A copy of it stays beside the catalogs."""
    from l10n.tasks.remembering import import_memory

    project = project_of(context)
    with project.lock():
        count = import_memory(project, file, dry_run, track)
    _tell(count, json, f"{'would take' if dry_run else 'took'} {plural(count, 'segment')} into the memory")


@memory.command("forget", epilog="Example: l10n memory forget old.tmx")
def memory_forget(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="An imported TMX file; the whole memory when left out.")] = "",
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Drop an imported file. Or the whole memory, to have it made again from catalogs and TMX files."""
    from l10n.tasks.remembering import forget_memory

    project = project_of(context)
    with project.lock():
        count = forget_memory(project, file, dry_run)
    _tell(count, json, f"{'would forget' if dry_run else 'forgot'} {plural(count, 'segment')}")


def _tell(segments: int, json: bool, words: str) -> None:
    """Say what was done to so many segments, in words or for machines."""
    if json:
        show_json({"segments": segments})
    else:
        say(words)
