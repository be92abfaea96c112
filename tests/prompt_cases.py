"""The cases of data/prompts/offers.txt, for the decision in Python and for the script in a browser."""

from __future__ import annotations

from dataclasses import dataclass

from tests.golden import FOLDER


@dataclass(frozen=True)
class Case:
    """A visitor's languages, a page with its other versions, and what it offers."""

    desired: tuple[str, ...]
    page: str
    others: tuple[str, ...]
    offer: str
    editions: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{','.join(self.desired)}->{self.page}({','.join(self.others)})"


def read_cases() -> list[Case]:
    lines = (FOLDER / "prompts" / "offers.txt").read_text(encoding="utf-8").splitlines()
    return [_parsed(line) for line in lines if line and not line.startswith("#")]


def _parsed(line: str) -> Case:
    desired, page, others, offer, *rest = (part.strip() for part in line.split("|"))
    editions = rest[0].removeprefix("editions:").split() if rest else []
    return Case(
        tuple(desired.split(",") if desired else ()),
        page,
        tuple(others.split()),
        offer.replace("-", "") if offer == "-" else offer,
        tuple(editions),
    )
