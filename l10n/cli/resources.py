"""Commands about what translation draws on: memory, terms, engines, and exchange with other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from l10n.cli.app import Articles, DryRun, Json, Locales, app, project_of
from l10n.cli.output import finish, meter, plural, say, show_json, table, track

memory = typer.Typer(no_args_is_help=True, help="The translation memory, made from the catalogs.")
terms = typer.Typer(no_args_is_help=True, help="The glossaries.")
engines = typer.Typer(help="The translation engines of this machine.", invoke_without_command=True)
app.add_typer(memory, name="memory")
app.add_typer(terms, name="terms")
app.add_typer(engines, name="engines")

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


@engines.callback(epilog="Examples: l10n engines · l10n engines install en uk")
def engines_list(context: typer.Context, json: Json = False) -> None:
    """Show which engines and pairs of languages are installed, or install some."""
    if context.invoked_subcommand:
        return
    from l10n.tasks.equipping import installed

    found = installed(_config_around(context).models)
    if json:
        show_json(found)
        return
    table(
        ["engine", "pair", "what translates it", "licence"],
        [
            [each.name, f"{pair.source} → {pair.target}", pair.description, pair.licence]
            for each in found
            for pair in each.pairs
        ],
    )
    for each in found:
        for line in each.help.splitlines():
            say(f"{each.name}: {line}")


def _config_around(context: typer.Context) -> Any:
    """The configuration of the project that the command runs in; the default one outside of any."""
    from l10n.project.config import Config, find_config, load_config

    path = find_config(Path(context.obj).resolve())
    return load_config(path) if path else Config()


@engines.command(
    "install", epilog="Examples: l10n engines install en uk · l10n engines install en_uk.argosmodel"
)
def engines_install(
    what: Annotated[
        list[str], typer.Argument(metavar="SOURCE TARGET | FILE", help="A pair, or a package file.")
    ],
) -> None:
    """Install an Argos package: the pair's newest one from the index, or a file."""
    from l10n.tasks.equipping import install

    if len(what) not in (1, 2):
        raise typer.BadParameter("give two languages or one file", param_hint="SOURCE TARGET | FILE")
    with meter("download") as progress:
        done = install(what, progress)
    say(f"installed {done}")


@app.command(epilog="Example: l10n evaluate --engine apertium --reference tests/news -l es --limit 500")
def evaluate(
    context: typer.Context,
    reference: Annotated[
        Path,
        typer.Option(
            exists=True,
            help="A reviewed catalog; or a folder of catalogs, or of files such as news.en, news.uk.",
        ),
    ],
    engine: Annotated[str, typer.Option(help="An engine's name, or `auto`.")] = "auto",
    source: Annotated[
        str, typer.Option(help="The source language of parallel files; the project's when left out.")
    ] = "",
    locales: Locales = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many sentences of each pair.")] = None,
    json: Json = False,
) -> None:
    """Measure an engine against human translations: chrF2, BLEU and TER with 95% intervals."""
    from l10n.tasks.evaluating import Request
    from l10n.tasks.evaluating import evaluate as measure

    config = _config_around(context)
    request = Request(
        engine, reference, source or config.source, locales or (), limit, config.models, config.engines
    )
    report = measure(request, track)
    if json:
        show_json(report)
    else:
        table(
            ["engine", "pair", "sentences", "chrF2", "BLEU", "TER", "failed", "a second"],
            [_measured(each) for each in report.evaluations],
            ("sentences", "chrF2", "BLEU", "TER", "failed", "a second"),
        )
    finish(report.failures)


def _measured(found: Any) -> list[str]:
    scores = [f"{score.value:.1f} ± {score.margin:.1f}" for score in (found.chrf, found.bleu, found.ter)]
    rate = found.sentences / max(found.seconds, 0.001)
    pair = f"{found.source} → {found.target}"
    return [found.engine, pair, f"{found.sentences:,}", *scores, str(found.failed), f"{rate:,.0f}"]
