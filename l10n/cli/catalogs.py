"""Commands that fill and look at catalogs: init, extract, update, draft, check, status."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from l10n.cli.app import Articles, DryRun, Json, Locales, app, project_of
from l10n.cli.output import (
    EXIT_FAILED,
    EXIT_USAGE,
    finish,
    plural,
    say,
    show_error,
    show_json,
    table,
    track,
    visible,
)

if TYPE_CHECKING:
    from l10n.model import Coverage
    from l10n.tasks.checking import Checked
    from l10n.tasks.drafting import Drafted


@app.command(epilog="Example: l10n init --source en --target uk --target es")
def init(
    folder: Annotated[Path, typer.Argument(help="Where; here when left out.")] = Path(),
    source: Annotated[str, typer.Option(help="The locale that articles are written in.")] = "en",
    target: Annotated[
        list[str] | None, typer.Option("--target", "-t", help="A locale to translate into; may be repeated.")
    ] = None,
) -> None:
    """Start a project: a configuration and an example article."""
    from l10n.tasks.starting import start_project

    for path in start_project(folder, source, target or ["uk"]):
        say(f"made {path}")
    say("next: put articles into seeds/, then `l10n update`")


@app.command(epilog="Examples: l10n extract · l10n extract seeds/tram.md -o tram.pot")
def extract(
    context: typer.Context,
    articles: Articles = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write the template of one file, of any project or none."),
    ] = None,
    locale: Annotated[str, typer.Option("--source", help="With -o: the locale of the file.")] = "en",
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Write templates: what there is to translate in the articles."""
    if output is not None:
        from l10n.tasks.converting import extract_file

        say(f"wrote {output}" if extract_file(_only(articles), output, locale) else f"{output} is up to date")
        return
    from l10n.tasks.cataloguing import extract_project

    project = project_of(context)
    with project.lock():
        report = extract_project(project, articles or (), track, dry_run)
    if json:
        show_json(report)
    else:
        say(f"{plural(report.articles, 'article')}, {plural(report.units, 'unit')}")
        for path in report.written:
            say(f"{'would write' if dry_run else 'wrote'} {path}")
    finish(report.failures)


def _only(articles: list[str] | None) -> Path:
    if not articles or len(articles) != 1:
        raise typer.BadParameter("give one file with -o", param_hint="ARTICLE")
    return Path(articles[0])


@app.command(epilog="Example: l10n update --locale uk")
def update(
    context: typer.Context,
    articles: Articles = None,
    locale: Locales = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Bring catalogs up to the articles; nothing is lost."""
    from l10n.tasks.cataloguing import update_project

    project = project_of(context)
    with project.lock():
        report = update_project(project, articles or (), locale or (), track, dry_run)
    if json:
        show_json(report)
    elif report.catalogs:
        names = ("kept", "revived", "changed", "new", "gone")
        rows = [
            [each.locale, each.id, *(str(getattr(each, name) or "") for name in names)]
            for each in report.catalogs
        ]
        table(["locale", "catalog", *names], rows, names)
    if not json:
        say(f"{plural(report.unchanged, 'catalog')} unchanged")
    finish(report.failures)


@app.command(
    epilog="Examples: l10n draft --locale es · l10n draft --dry-run · l10n draft --engine apertium tram "
    "· l10n draft --redo-drafts --engine argos --only title"
)
def draft(
    context: typer.Context,
    articles: Articles = None,
    locale: Locales = None,
    engine: Annotated[str, typer.Option(help="An engine's name; auto; none for the memory alone.")] = "auto",
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="Only title, lead, heading, caption…; may be repeated."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Draft so many entries a catalog.")] = None,
    redo: Annotated[bool, typer.Option("--redo-drafts", help="Draft untouched drafts anew.")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Draft what is empty, by memory and offline machine translation."""
    from l10n.tasks.drafting import Request, draft_project

    project = project_of(context)
    request = Request(articles or (), locale or (), engine, only or (), limit, redo, dry_run)
    with project.lock():
        report = draft_project(project, request, track)
    if json:
        show_json(report)
    else:
        _show_drafts(report, dry_run)
    for error in report.missing.values():
        show_error(error)
    finish(report.failures, EXIT_USAGE if report.missing else 0)


def _show_drafts(report: Drafted, dry_run: bool) -> None:
    numbers = ("drafted", "memory", "empty", "words")
    rows = [
        [each.locale, each.id, each.engine or "-"]
        + [str(n or "") for n in (each.drafted, each.from_memory, len(each.empty), each.words)]
        for each in report.catalogs
    ]
    if rows:
        table(["locale", "catalog", "engine", *numbers], rows, numbers)
    _show_empty(report)
    drafted, remembered, words = (
        sum(getattr(each, name) for each in report.catalogs) for name in ("drafted", "from_memory", "words")
    )
    known = f" ({remembered:,} from memory)" if remembered else ""
    if dry_run:
        say(f"would draft {plural(drafted, 'entry', 'entries')}{known}, {plural(words, 'word')}")
    else:
        rate = f"{report.seconds:.1f} s, {words / max(report.seconds, 0.001):,.0f} words/s"
        say(f"{plural(drafted, 'draft')}{known}, {plural(words, 'word')} in {rate}")


def _show_empty(report: Drafted) -> None:
    """The entries that were left empty, with reasons; of many only the first."""
    empty = [(each, source, reason) for each in report.catalogs for source, reason in each.empty]
    for each, source, reason in empty[:_SHOWN]:
        say(f"left empty in {each.locale}/{each.id}: {source[:60]!r}: {reason}")
    if len(empty) > _SHOWN:
        say(f"left empty: {len(empty) - _SHOWN:,} more, which --json lists")


_SHOWN = 20


@app.command(epilog="Example: l10n check --locale uk")
def check(
    context: typer.Context, articles: Articles = None, locale: Locales = None, json: Json = False
) -> None:
    """Look for mistakes in the translations; exit 1 on errors."""
    from l10n.model import Severity
    from l10n.tasks.checking import check_project

    report = check_project(project_of(context), articles or (), locale or (), track)
    if json:
        show_json(report)
    else:
        _show_findings(report)
    finish(report.failures, EXIT_FAILED if report.counts()[Severity.ERROR] else 0)


def _show_findings(report: Checked) -> None:
    colours = {"error": typer.colors.RED, "warning": typer.colors.YELLOW, "note": typer.colors.BLUE}
    for catalog in report.catalogs:
        typer.secho(catalog.path, bold=True)
        for found in catalog.findings:
            typer.secho(f"  {found.severity:7} ", fg=colours[found.severity], nl=False)
            say(f"{found.check}: {found.message}")
            say(f"          {found.key[1][:100]}")
    counts = ", ".join(plural(count, severity) for severity, count in report.counts().items())
    say(f"{counts}; {plural(report.clean, 'catalog')} without findings")


@app.command(epilog="Example: l10n status --json")
def status(
    context: typer.Context, articles: Articles = None, locale: Locales = None, json: Json = False
) -> None:
    """Show how far every article has come in every locale, in words."""
    from l10n.tasks.counting import status_project

    report = status_project(project_of(context), articles or (), locale or (), track)
    if json:
        show_json(report)
    else:
        rows = [
            [
                row.article,
                f"{row.source} → {row.locale}",
                *_shares(row.coverage),
                visible(row.blocked or "ready"),
            ]
            for row in report.rows
        ]
        numbers = ("words", "reviewed", "drafts", "outdated", "empty")
        table(["article", "locale", "", *numbers, "to publish"], rows, numbers)
    finish(report.failures)


def _shares(counted: Coverage) -> list[str]:
    """A bar, and the words by state."""
    states = (counted.reviewed, counted.drafts, counted.outdated, counted.untranslated)
    ends = [round(sum(states[: n + 1]) / max(counted.words, 1) * _WIDTH) for n in range(len(states))]
    lengths = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    bar = "".join(f"[{colour}]{char * n}[/]" for n, (colour, char) in zip(lengths, _BAR, strict=True))
    return [bar, *(f"{count:,}" if count else "·" for count in (counted.words, *states))]


_WIDTH = 12
_BAR = (("green", "█"), ("yellow", "▓"), ("magenta", "▒"), ("bright_black", "░"))
