"""The application object, the options that all commands share, and the order of the help."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

_HOMES = {
    "init": "catalogs",
    "extract": "catalogs",
    "update": "catalogs",
    "draft": "catalogs",
    "check": "catalogs",
    "status": "catalogs",
    "build": "bundles",
    "serve": "bundles",
    "redirects": "hosts",
    "render": "articles",
    "export": "exchange",
    "import": "exchange",
    "merge-po": "articles",
    "import-translation": "articles",
    "memory": "memory",
    "terms": "terms",
    "engines": "engines",
    "evaluate": "engines",
    "segment": "languages",
    "negotiate": "languages",
}
"""Every command and the module of this package that has it, in the order of the work."""


class _Commands(TyperGroup):
    """Commands in the order of the work; a module is loaded when a command of it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        self._load(*_HOMES.values())
        return list(_HOMES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        self._load(*([_HOMES[cmd_name]] if cmd_name in _HOMES else _HOMES.values()))
        return super().get_command(ctx, cmd_name)

    def _load(self, *modules: str) -> None:
        """Load modules, which gives `app` their commands, and take these."""
        new = [name for module in modules if (name := f"l10n.cli.{module}") not in sys.modules]
        for name in new:
            import_module(name)
        if new:
            self.commands = get_group(app).commands


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich would take longer to load than all the rest
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Articles in every language: read them, keep their translations in gettext catalogs, draft what "
    "is missing offline, publish localized bundles.",
    epilog="A first walk: l10n init --target uk · l10n update · l10n draft · l10n check · l10n build",
)

Articles = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ARTICLE]...", help="Ids or paths of articles; all when left out."),
]
Locales = Annotated[
    list[str] | None,
    typer.Option("--locale", "-l", metavar="TAG", help="Only this target locale; may be repeated."),
]
Json = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]
DryRun = Annotated[bool, typer.Option("--dry-run", "-n", help="Say what would change; change nothing.")]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"l10n {version('l10n-articles')}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    project: Annotated[
        Path, typer.Option("--project", "-C", metavar="FOLDER", help="The project's folder.")
    ] = Path(),
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options before the command."""
    context.obj = project


def project_of(context: typer.Context) -> Any:
    """The project that the command works on. Raises ConfigError where there is none."""
    from l10n.project import open_project

    return open_project(Path(context.obj).resolve())
