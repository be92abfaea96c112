"""What is installed: engines of other packages too, and those that cannot be used."""

from __future__ import annotations

from importlib.metadata import EntryPoint, EntryPoints

import pytest

from l10n.engines.pseudo import Pseudo
from l10n.tasks.equipping import Pair, installed


class Louder(Pseudo):
    """An engine of another package."""

    name = "louder"

    def pairs(self) -> list[tuple[str, str]]:
        return [("und", "en-XA")]


class Broken(Pseudo):
    """An engine of another package that does not work."""

    def pairs(self) -> list[tuple[str, str]]:
        raise RuntimeError("no licence key")


def test_engines_of_other_packages_are_listed_even_if_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    here = "tests.test_tasks_equipping"
    places = {"louder": f"{here}:Louder", "broken": f"{here}:Broken", "gone": "tests.nowhere:Engine"}
    points = EntryPoints(EntryPoint(name, place, "l10n.engines") for name, place in places.items())
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points.select(group=group))
    found = {each.name: each for each in installed()}
    assert {"apertium", "argos", "ctranslate2", "firefox", "pseudo"} < found.keys()
    assert found["louder"].pairs == (Pair("und", "en-XA", "pseudo en-XA", "Apache-2.0"),)
    assert found["broken"].help == "it cannot be used: RuntimeError: no licence key"
    assert found["gone"].help == "it cannot be used: ModuleNotFoundError: No module named 'tests.nowhere'"
    assert all(each.pairs or each.help for each in found.values())
