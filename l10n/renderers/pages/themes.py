"""Themes: Jinja2 templates and styles; a site replaces those of the default theme one by one.

Templates escape by default and fail on a name that does not exist. A site's template can build on the
one that it replaces: `{% extends "default/page.html" %}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from l10n.errors import RenderError
from l10n.renderers.pages.directions import contained

if TYPE_CHECKING:
    from jinja2 import Environment

_STYLE, _ADDED = "style.css", "site.css"


class Theme:
    """A site's own files over those of the default theme.

    `page.html`, `index.html`, `languages.html`, `base.html` and `style.css` take the place of the
    default's; `site.css` is added to the style sheet; other templates can be included, and all other
    files are assets of the pages, which ask for them with `{{ asset("logo.svg") }}`.
    """

    def __init__(self, own: Mapping[str, bytes]) -> None:
        self._own = own

    def render(self, template: str, **context: Any) -> str:
        """A page. Raises RenderError that names the template, and the line where it is known."""
        from jinja2 import TemplateError, TemplateSyntaxError

        try:
            return self._environment.get_template(template).render(context)
        except TemplateSyntaxError as error:
            where = f"{error.name}:{error.lineno}"
            raise RenderError(f"not a template: {error.message}", where=where) from error
        except (TemplateError, KeyError, TypeError, ValueError, ZeroDivisionError) as error:
            raise RenderError(f"the theme fails: {error}", where=template) from error

    def stylesheet(self) -> str:
        """The theme's one style sheet."""
        return "\n".join(filter(None, (self._text(_STYLE) or _default(_STYLE), self._text(_ADDED))))

    def assets(self) -> Mapping[str, bytes]:
        """The files of a site's theme that are neither templates nor styles."""
        return {name: data for name, data in self._own.items() if not name.endswith((".html", ".css"))}

    def _text(self, name: str) -> str:
        try:
            return self._own.get(name, b"").decode("utf-8")
        except UnicodeDecodeError as error:
            raise RenderError("not UTF-8", where=name, hint="save the file as UTF-8") from error

    @cached_property
    def _environment(self) -> Environment:
        from jinja2 import ChoiceLoader, DictLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined

        default = PackageLoader("l10n.renderers", "themes/default")
        preview = PackageLoader("l10n.renderers", "themes/preview")
        own = DictLoader({name: self._text(name) for name in self._own if name.endswith(".html")})
        return Environment(
            loader=ChoiceLoader([own, default, PrefixLoader({"default": default, "preview": preview})]),
            autoescape=True,
            finalize=_contained,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )


def _default(name: str) -> str:
    return (files("l10n.renderers") / "themes" / "default" / name).read_text(encoding="utf-8")


def _contained(value: Any) -> Any:
    """What a template shows: a plain text cannot turn around what follows it."""
    return contained(value) if type(value) is str else value
