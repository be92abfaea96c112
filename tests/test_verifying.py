"""What a draft is refused for, and what not."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n.engines.verifying import fault

LONG = (
    "The council has voted for the new bridge over the river, and it will be open in the spring of next year."
)
SPANISH = (
    "El consejo ha votado por el nuevo puente sobre el río, y estará abierto en la primavera del próximo año."
)


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("A <a1>red</a1> house", "Una casa roja", "<a1> is missing"),
        ("A <a1>red</a1> house", "Una <a1>casa <a1>roja</a1>", "<a1> stands 2 times, in the source 1"),
        ("A <a1>red</a1> <b2>house</b2>", "Una <a1>casa <b2>roja</a1></b2>", "</a1> ends nothing"),
        ("See https://a.org/x.", "Vea https://a.org/y.", "the address https://a.org/x was lost"),
        ("Write to a@b.org", "Escriba", "the address a@b.org was lost"),
        ("Hello {name}", "Hola {nombre}", "the placeholder {name} was lost"),
        ("Hello you", "Hola %s", "the placeholder %s was invented"),
        ("It costs 5", "Cuesta 6", "the number 5 was lost"),
        ("It costs", "Cuesta 6", "the number 6 was invented"),
        ("It costs 1.5 euros", "Cuesta 1.5 euros", "the number 1.5 is not written as its locale writes"),
        ("It costs 1,500 euros", "Cuesta 1,500 euros", "the number 1,500 is not written as"),
        (LONG, "", "the engine gave nothing"),
        (LONG, "¿? —", "it holds no words"),
        (LONG, "El consejo ha votado.", "it is too short"),
        (LONG, SPANISH * 3, "it is too long"),
        (LONG, SPANISH[:64], "it breaks off"),
        (LONG, "El puente, " + "el puente, " * 6, "repeats itself"),
        (LONG, "Совет проголосовал за новый мост через реку весной.", "not written in the script of es"),
        (LONG, LONG.replace("council", "consejo"), "it is still in the source language"),
        ("It is true.", "Es verdad. Pero nunca. Tal vez.", "it has more sentences than its source"),
        ("It is true.", "Es verdad.\n", "it begins or ends with a line break"),
        ("It is true.", "Es ver\x00dad.", "it holds the control character U+0000"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(source: str, target: str, words: str) -> None:
    assert words in fault(source, target, "en", "es")


@pytest.mark.parametrize(
    ("source", "target", "locale"),
    [
        (LONG, SPANISH, "es"),
        ("It costs 1,234.5 euros", "Cuesta 1.234,5 euros", "es"),
        ("It costs 41,300 euros", "Це коштує 41\u00a0300 євро", "uk"),
        ("In Python 3.11 and Rust 1.61.0", "En Python 3.11 y Rust 1.61.0", "es"),
        ("On 25/11/2026 at 10:30", "El 25/11/2026 a las 10:30", "es"),
        ("Google Cloud Platform", "Google Cloud Platform", "es"),
        ("He left.", "彼は去った。", "ja"),
        ("A colour", "A colour", "en-GB"),
        ("In 2026 300 people came", "300 personas vinieron en 2026", "es"),
        ("It costs 1,500 euros", "التكلفة ١٬٥٠٠ يورو", "ar"),
    ],
)
def test_what_is_right_is_let_through(source: str, target: str, locale: str) -> None:
    assert fault(source, target, "en", locale) == ""


@pytest.mark.parametrize(("locale", "share"), [("es", 0.0), ("uk", 0.0)])
def test_good_translations_of_news_are_let_through(shared: Path, locale: str, share: float) -> None:
    """The sentences of FLORES, translated by humans; numbers aside, which humans also write as words."""
    folder = shared / "data" / "mt"
    texts = [
        (folder / f"flores-dev.{tag}").read_text(encoding="utf-8").splitlines() for tag in ("en", locale)
    ]
    pairs = list(zip(*texts, strict=True))
    found = [fault(source.strip(), target.strip(), "en", locale) for source, target in pairs]
    assert sum(bool(each) and "number" not in each for each in found) <= share * len(pairs)
