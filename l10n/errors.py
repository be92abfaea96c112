"""What can stop the work, as one tree.

L10nError
├── ConfigError       the project or the command line asks for something that cannot be
├── SourceError       an article cannot be read
├── CatalogError      a catalog, a memory or an exchange file cannot be read
├── EngineError       a translation engine failed
│   ├── ModelMissing      the engine or its model is not installed
│   └── PairUnsupported   the engine does not know the pair of languages
└── RenderError       a localized article or a bundle cannot be written

Wrong *text* is never an error but a `model.Finding`.
"""

from __future__ import annotations


class L10nError(Exception):
    """Something a user can understand and mend.

    `message` says what is wrong, `where` names the place ("path:line:column", or a path),
    `hint` says what to do next.
    """

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message

    def at(self, where: str) -> L10nError:
        """This error with its place filled in: "path", before a ":line" that is already known."""
        self.where = f"{where}{self.where}" if self.where.startswith(":") else self.where or where
        return self


class ConfigError(L10nError):
    """The project or the command line asks for something that cannot be."""


class SourceError(L10nError):
    """An article cannot be read."""


class CatalogError(L10nError):
    """A catalog, a memory or an exchange file cannot be read."""


class EngineError(L10nError):
    """A translation engine failed."""


class ModelMissing(EngineError):
    """The engine, or its model for a pair of languages, is not installed."""


class PairUnsupported(EngineError):
    """The engine does not know the pair of languages."""


class RenderError(L10nError):
    """A localized article or a bundle cannot be written."""
