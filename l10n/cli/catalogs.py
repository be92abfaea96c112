"""Commands that fill and look at catalogs: init, extract, update, draft, check, status."""

from __future__ import annotations

import shlex
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from l10n.cli.app import Articles, DryRun, Json, Locales, app, project_of
from l10n.cli.output import (
    EXIT_FAILED,
    EXIT_GATE,
    EXIT_USAGE,
    finish,
    plural,
    say,
    show_data,
    show_error,
    show_json,
    track,
    visible,
    visible_lines,
    warn,
)
from l10n.cli.tables import table

if TYPE_CHECKING:
    from l10n.model import Coverage
    from l10n.tasks.checking import Checked
    from l10n.tasks.drafting import Drafted, Request
    from l10n.tasks.surveying import Survey


@app.command(epilog="Example: l10n init --source en --target uk --target es")
def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Where; here when left out.")] = Path(),
    source: Annotated[str, typer.Option(help="The locale that articles are written in.")] = "en",
    target: Annotated[
        list[str] | None, typer.Option("--target", "-t", help="A locale to translate into; may be repeated.")
    ] = None,
) -> None:
    """Start a project. Makes a configuration and an example article."""
    from l10n.tasks.starting import start_project

    start = Path(context.obj) / folder
    for path in start_project(start, source, target or ["uk"]):
        say(f"made {path}")
    there = "" if start == Path() else f"cd {shlex.quote(str(start))}, "
    say(f"next: {there}put articles into seeds/, then `l10n update`")


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
    """Write templates. They hold what there is to translate in the articles."""
    if output is not None:
        from l10n.tasks.converting import extract_file

        made = extract_file(_only(articles), output, locale)
        warn(made.remarks)
        say(f"wrote {output}" if made.written else f"{output} is up to date")
        return
    from l10n.tasks.cataloguing import extract_project

    project = project_of(context)
    with project.lock():
        report = extract_project(project, articles or (), track, dry_run)
    warn(report.remarks)
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


@app.command(epilog="Examples: l10n update --locale uk · l10n update tram --typo-fix")
def update(
    context: typer.Context,
    articles: Articles = None,
    locale: Locales = None,
    typo_fix: Annotated[
        bool,
        typer.Option("--typo-fix", help="Keep confirmed what changed in its spelling or punctuation only."),
    ] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Bring catalogs up to the articles; nothing is lost."""
    from l10n.tasks.cataloguing import update_project

    project = project_of(context)
    with project.lock():
        report = update_project(project, articles or (), locale or (), track, dry_run, typo_fix)
    warn(report.remarks)
    if json:
        show_json(report)
    elif report.catalogs:
        grades = [
            name for name in report.catalogs[0].grades if any(each.grades[name] for each in report.catalogs)
        ]
        rows = [
            [each.locale, each.id, *(str(each.grades[name] or "") for name in grades)]
            for each in report.catalogs
        ]
        table(["locale", "catalog", *grades], rows, grades)
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
    """Draft what is empty. By memory and offline machine translation."""
    from l10n.tasks.drafting import Request, draft_project

    project = project_of(context)
    request = Request(articles or (), locale or (), engine, only or (), limit, redo, dry_run)
    with project.lock():
        report = draft_project(project, request, track)
    if json:
        show_json(report)
    else:
        _show_drafts(report, request)
    for error in {str(error): error for error in report.missing.values()}.values():
        show_error(error)
    finish(report.failures, EXIT_USAGE if report.missing else 0)


def _show_drafts(report: Drafted, request: Request) -> None:
    numbers = ("drafted", "memory", "kept" if request.redo else "empty", "words")
    rows = [
        [each.locale, each.id, each.engine or "-"]
        + [str(n or "") for n in (each.drafted, each.from_memory, len(each.empty), each.words)]
        for each in report.catalogs
    ]
    if rows:
        table(["locale", "catalog", "engine", *numbers], rows, numbers)
    _show_empty(report, "left as before" if request.redo else "left empty")
    drafted, remembered, words = (
        sum(getattr(each, name) for each in report.catalogs) for name in ("drafted", "from_memory", "words")
    )
    known = f" ({remembered:,} from memory)" if remembered else ""
    if request.dry_run:
        say(f"would draft {plural(drafted, 'entry', 'entries')}{known}, {plural(words, 'word')}")
    else:
        rate = f"{report.seconds:.1f} s, {words / max(report.seconds, 0.001):,.0f} words/s"
        say(f"{plural(drafted, 'draft')}{known}, {plural(words, 'word')} in {rate}")


def _show_empty(report: Drafted, left: str) -> None:
    """The entries without a new draft, with reasons: those of one reason together, of many the first."""
    reasons: dict[str, list[str]] = {}
    for each in report.catalogs:
        for source, reason in each.empty:
            reasons.setdefault(reason, []).append(f"{each.locale}/{each.id}: {source[:60]!r}")
    lines: list[tuple[int, str]] = []
    for reason, places in reasons.items():
        if len(places) > _ALIKE:
            lines.append((len(places), f"{len(places):,} {left}, as in {places[0]}: {reason}"))
        else:
            lines += [(1, f"{left} in {place}: {reason}") for place in places]
    for _, line in lines[:_SHOWN]:
        say(line)
    if more := sum(count for count, _ in lines[_SHOWN:]):
        say(f"{left}: {more:,} more, which --json lists")


_SHOWN = 20
_ALIKE = 3
"""So many entries with the same reason are still shown one by one."""


@app.command(
    epilog="Examples: l10n check --locale uk · l10n check --fix --diff · l10n check --format sarif > l.sarif"
)
def check(
    context: typer.Context,
    articles: Articles = None,
    locale: Locales = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="CHECK", help="Only this check; may be repeated.")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix changes.")] = False,
    notes: Annotated[
        bool, typer.Option("--notes", help="Show notes too, such as what is untranslated.")
    ] = False,
    format: Annotated[
        str, typer.Option("--format", metavar="NAME", help="text, json, sarif, junit or github.")
    ] = "text",
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="A file of old findings, which do not count.")
    ] = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Write all findings of now into the baseline.")
    ] = False,
    gate: Annotated[
        bool, typer.Option("--gate", help="Exit 3 when an article is not ready to be published.")
    ] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Look for mistakes in the translations. Exits 1 on errors."""
    from l10n.cli.findings import FORMATS, show_text
    from l10n.model import Severity
    from l10n.tasks.checking import Request, check_project, save_baseline

    format = "json" if json else format
    if format not in ("text", *FORMATS):
        raise typer.BadParameter(f"one of: text, {', '.join(FORMATS)}", param_hint="--format")
    if write_baseline and baseline is None:
        raise typer.BadParameter("needs --baseline FILE", param_hint="--write-baseline")
    if diff and not fix:
        raise typer.BadParameter("needs --fix; with --dry-run nothing is written", param_hint="--diff")
    project = project_of(context)
    request = Request(
        articles or (), locale or (), only or None, fix, dry_run, None if write_baseline else baseline, gate
    )
    with project.lock() if fix and not dry_run else nullcontext():
        report = check_project(project, request, track)
    if write_baseline and baseline is not None:
        save_baseline(baseline, report)
        say(f"wrote {plural(len(report.findings), 'finding')} into {baseline}")
        return
    if format == "text":
        _show_fixes(report, diff, dry_run)
        show_text(report, notes)
    else:
        show_data(FORMATS[format](report))
    failed = EXIT_FAILED if report.counts()[Severity.ERROR] else 0
    finish(report.failures, EXIT_GATE if report.blocked else failed)


def _show_fixes(report: Checked, diff: bool, dry_run: bool) -> None:
    for text in report.diffs if diff else ():
        typer.echo(visible_lines(text))
    if report.fixed:
        say(f"{'would mend' if dry_run else 'mended'} {plural(report.fixed, 'entry', 'entries')}")
    for article, locale, reason in report.blocked:
        say(f"not ready: {locale}/{article}: {reason}")


@app.command(epilog="Examples: l10n status --json · l10n status --html status.html")
def status(
    context: typer.Context,
    articles: Articles = None,
    locale: Locales = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page with charts into this file.")
    ] = None,
    json: Json = False,
) -> None:
    """Show how far every article has come. In words, by locale."""
    from l10n.tasks.surveying import survey_project, write_page

    project = project_of(context)
    report = survey_project(project, articles or (), locale or (), track)
    changed = write_page(project, report, html) if html is not None else False
    if json:
        show_json(report)
    elif html is not None:
        say(f"{'wrote' if changed else 'unchanged:'} {html}")
    else:
        _show_survey(report)
    finish(report.failures)


def _show_survey(report: Survey) -> None:
    if not report.rows:
        if not report.failures:
            say("there is nothing to translate yet: no articles in another language than the targets")
        return
    rows = [
        [
            each.status.article,
            f"{each.status.source} → {each.status.locale}",
            *_shares(each.status.coverage),
            f"{each.errors + each.warnings:,}" if each.errors + each.warnings else "·",
            visible(each.status.blocked or "ready"),
        ]
        for each in report.rows
    ]
    numbers = ("words", "reviewed", "drafts", "outdated", "empty", "findings")
    table(["article", "locale", "", *numbers, "to publish"], rows, numbers)
    reviewed = [each for each in report.drafts if each.accepted + each.edited]
    if reviewed:
        columns = ("waiting", "accepted", "edited", "accepted as they were", "mean edit distance")
        cells = [
            [
                each.engine,
                each.locale,
                *map(str, (each.waiting, each.accepted, each.edited)),
                each.share,
                each.away,
            ]
            for each in reviewed
        ]
        table(["drafts of", "locale", *columns], cells, columns)


def _shares(counted: Coverage) -> list[str]:
    """A bar, and the words by state."""
    states = (counted.reviewed, counted.drafts, counted.outdated, counted.untranslated)
    ends = [round(sum(states[: n + 1]) / max(counted.words, 1) * _WIDTH) for n in range(len(states))]
    lengths = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    bar = "".join(f"[{colour}]{char * n}[/]" for n, (colour, char) in zip(lengths, _BAR, strict=True))
    return [bar, *(f"{count:,}" if count else "·" for count in (counted.words, *states))]


_WIDTH = 12
_BAR = (("green", "█"), ("yellow", "▓"), ("magenta", "▒"), ("bright_black", "░"))
