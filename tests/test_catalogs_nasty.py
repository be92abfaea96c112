"""Malformed and hostile catalogs: read, or refused with the line; never a traceback, never written."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from l10n.catalogs import decode_po, encode_po, parse_po, serialize_po
from l10n.errors import CatalogError
from tests.commands import done, failed

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def rows(shared: Path) -> list[dict[str, str]]:
    """What each of the nasty catalogs should do."""
    text = (shared / "data" / "nasty" / "EXPECT.tsv").read_text(encoding="utf-8")
    found = [
        row for row in csv.DictReader(text.splitlines(), delimiter="\t") if row["file"].startswith("po/")
    ]
    return [row for row in found if row["here"] == "yes"]


def outcome(data: bytes) -> CatalogError | bytes:
    """What a catalog's bytes are after they were read and written, or the error that says why not."""
    try:
        return encode_po(serialize_po(parse_po(decode_po(data))))
    except CatalogError as error:
        return error


def test_nasty_catalogs_do_what_they_should(shared: Path) -> None:
    for row in rows(shared):
        data = (shared / "data" / "nasty" / row["file"]).read_bytes()
        started = time.monotonic()
        result = outcome(data)
        assert time.monotonic() - started < 5, row["file"]
        if isinstance(result, bytes):
            assert row["class"] != "clear-error", f"{row['file']}: {row['what should happen']}"
            assert result == data, row["file"]
        else:
            wanted = row["what should happen"]
            assert row["class"] != "safe" or "refused" in wanted or "error" in wanted, (
                f"{row['file']}: {result}"
            )
            assert result.where.startswith(":"), f"{row['file']}: no line in {result}"


BROKEN = {
    "a merge conflict": (
        HEAD + '<<<<<<< ours\nmsgid "a"\nmsgstr "b"\n=======\nmsgid "a"\nmsgstr "c"\n>>>>>>> theirs\n',
        ":4",
        "a merge conflict was left here",
    ),
    "a merge conflict within an entry": (
        HEAD + 'msgid "a"\n<<<<<<< ours\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> theirs\n',
        ":5",
        "a merge conflict was left here",
    ),
    "an entry twice": (
        HEAD + 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n',
        ":7",
        "the first is in line 4",
    ),
    "half a file": (HEAD + 'msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsg', ":8", "stands where"),
    "half a string": (HEAD + 'msgid "a"\nmsgstr "b', ":5", "not closed"),
    "half an entry": (HEAD + 'msgid "a"\n', ":5", "breaks off"),
    "half a header": (HEAD.rstrip() + '\n"Language: u', ":3", "not closed"),
    "a header twice": (HEAD + HEAD, ":4", "the header stands here a second time; the first is in line 1"),
    "lines that end with CR alone": (HEAD.replace("\n", "\r"), ":1", "CR alone"),
    "forms without number": (
        HEAD.replace('\\n"', '\\nPlural-Forms: nplurals=99999999999; plural=0;\\n"'),
        ":1",
        "99999999999 forms",
    ),
    "too many forms": (
        HEAD.replace('\\n"', '\\nPlural-Forms: nplurals=1; plural=0;\\n"')
        + 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] "c"\n',
        ":7",
        "2 plural forms",
    ),
    "a path for a language": (
        HEAD.replace('\\n"', '\\nLanguage: ../../etc\\n"') + 'msgid "a"\nmsgstr "b"\n',
        ":1",
        "not a language tag",
    ),
    "forms that are not in order": (
        HEAD + 'msgid "a"\nmsgid_plural "as"\nmsgstr[1] "b"\nmsgstr[0] "c"\n',
        ":4",
        "not numbered",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_catalog_is_refused_with_the_line(name: str) -> None:
    text, where, words = BROKEN[name]
    with pytest.raises(CatalogError) as raised:
        parse_po(text)
    assert words in raised.value.message
    assert raised.value.hint
    assert raised.value.where == where


def test_invalid_bytes_are_named_with_their_line_and_offset() -> None:
    data = (HEAD + 'msgid "a"\nmsgstr "').encode() + b'\xb3"\n'
    with pytest.raises(CatalogError, match=rf"0xB3 at offset {len(data) - 3}") as raised:
        decode_po(data)
    assert raised.value.where == ":5"


def test_half_a_character_at_the_end_means_that_the_rest_is_missing() -> None:
    with pytest.raises(CatalogError, match="breaks off within a character") as raised:
        decode_po((HEAD + 'msgid "a"\nmsgstr "ї').encode()[:-1])
    assert raised.value.where == ":5"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "# only a comment\n",
        'msgid "a"\nmsgstr "b"\n',
        HEAD.replace("text/plain; charset=UTF-8\\n", ""),
    ],
    ids=["empty", "blank lines", "a comment", "no header", "an empty header"],
)
def test_a_catalog_without_a_header_is_a_catalog(text: str) -> None:
    assert serialize_po(parse_po(text)) == text


def test_an_update_gives_a_catalog_without_a_header_one(tmp_path: Path) -> None:
    (tmp_path / "l10n.toml").write_text('source = "en"\ntargets = ["uk"]\n', encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.md").write_text("One.\n", encoding="utf-8")
    path = tmp_path / "locales" / "uk" / "LC_MESSAGES" / "a.po"
    path.parent.mkdir(parents=True)
    path.write_text('#. lead\n#: seeds/a.md\nmsgid "One."\nmsgstr "Один."\n', encoding="utf-8")
    done("update", cwd=tmp_path)
    catalog = parse_po(path.read_text(encoding="utf-8"))
    assert (catalog.locale, dict(catalog.header)["Content-Type"]) == ("uk", "text/plain; charset=UTF-8")
    assert [entry.target for entry in catalog.entries] == ["Один."]


def test_every_cut_of_a_catalog_is_read_or_refused() -> None:
    comments = '# c\n#. n\n#, fuzzy\n#| msgid "o"\n'
    text = f'{HEAD}{comments}msgctxt "x"\nmsgid "a\\n"\n"b"\nmsgstr "c"\n\n#~ msgid "d"\n#~ msgstr "e"\n'
    for end in range(len(text)):
        data = text[:end].encode()
        result = outcome(data)
        assert result == data or (isinstance(result, CatalogError) and result.where.startswith(":"))


LONG = 200_000


@pytest.mark.parametrize(
    "text",
    [
        f'msgid "{"x" * LONG}"\nmsgstr ""\n',
        'msgid ""\n' + '"x"\n' * LONG + 'msgstr ""\n',
        "# c\n" * LONG + 'msgid "a"\nmsgstr "b"\n',
        "#: " + "a:1 " * LONG + '\nmsgid "a"\nmsgstr "b"\n',
        f'msgid "a"\nmsgstr "{chr(92) * LONG}"\n',
        f'msgid "a"\nmsgstr "{chr(92) * LONG}',
        "#~ " * LONG,
        '"' * LONG,
        "msgid " * LONG,
    ],
    ids=["a line", "strings", "comments", "places", "backslashes", "no end", "marks", "quotes", "words"],
)
def test_large_catalogs_take_linear_time(text: str) -> None:
    started = time.monotonic()
    result = outcome(text.encode())
    assert time.monotonic() - started < 10
    assert result == text.encode() or len(str(result)) < 300


def test_a_broken_catalog_stays_as_it_is_and_the_others_are_done(tmp_path: Path) -> None:
    (tmp_path / "l10n.toml").write_text('source = "en"\ntargets = ["uk", "es"]\n', encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.md").write_text("One.\n\nTwo.\n", encoding="utf-8")
    done("update", cwd=tmp_path)
    broken, other = (tmp_path / "locales" / tag / "LC_MESSAGES" / "a.po" for tag in ("uk", "es"))
    text = broken.read_text(encoding="utf-8") + '<<<<<<< ours\nmsgid "x"\nmsgstr "y"\n'
    broken.write_text(text, encoding="utf-8")
    (tmp_path / "seeds" / "a.md").write_text("One.\n\nThree.\n", encoding="utf-8")
    said = failed(1, "update", cwd=tmp_path)
    assert "locales/uk/LC_MESSAGES/a.po:" in said
    assert "a merge conflict was left here" in said
    assert broken.read_text(encoding="utf-8") == text
    assert 'msgid "Three."' in other.read_text(encoding="utf-8")
