"""gettext catalogs read and written: gettext's own `msgcat` says what is right."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

import polib
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from l10n.catalogs import decode_po, encode_po, from_polib, parse_po, serialize_po, to_polib
from l10n.errors import CatalogError
from l10n.model import Catalog, Entry, State
from tests.catalogs import HEADER, catalogs, msgcat, rewritten

LAWS = settings(
    deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
LARGE = 200_000
"""Real files beyond this many bytes are only read and written as they are."""
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def real(shared: Path) -> list[Path]:
    found = sorted((shared / "data" / "po").glob("*.po"))
    assert len(found) >= 42
    return found


def plain(data: bytes) -> bytes:
    """A catalog without what gettext's programs cannot stand: a byte order mark; CRLF, left in comments."""
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")


def difference(ours: bytes, theirs: bytes) -> str:
    lines = (text.decode("utf-8", "replace").split("\n") for text in (ours, theirs))
    return "\n".join(unified_diff(*lines, "l10n", "msgcat", lineterm="", n=2))[:3000]


# Reading and writing


def test_a_file_that_is_not_changed_is_not_rewritten(shared: Path) -> None:
    for path in real(shared):
        data = path.read_bytes()
        assert encode_po(serialize_po(parse_po(decode_po(data)))) == data, path.name


def test_entries_written_anew_are_what_msgcat_writes_and_nothing_is_lost(shared: Path) -> None:
    for path in real(shared):
        data = plain(path.read_bytes())
        if len(data) > LARGE:
            continue
        theirs = msgcat(data)
        ours = rewritten(theirs)
        assert ours == theirs, f"{path.name}\n{difference(ours, theirs)}"
        ours = msgcat(rewritten(data))
        assert ours == theirs, f"{path.name}\n{difference(ours, theirs)}"


@settings(LAWS, max_examples=100)
@given(catalogs())
def test_a_catalog_is_written_as_msgcat_writes_it_and_read_again(catalog: Catalog) -> None:
    text = serialize_po(catalog)
    assert parse_po(text) == catalog
    theirs = msgcat(text.encode())
    assert text.encode() == theirs, difference(text.encode(), theirs)


@pytest.mark.parametrize("length", range(50, 78))
def test_a_name_with_spaces_survives_wherever_gettext_ends_its_line(length: int) -> None:
    entry = Entry("a", "b", places=("x" * length, "a b/c d.md:7", "e.md"))
    text = serialize_po(Catalog("en", "uk", (entry,), header=HEADER))
    assert parse_po(msgcat(text.encode()).decode()).entries[0].places == entry.places


@settings(LAWS, max_examples=40)
@given(catalogs(), st.randoms(use_true_random=False))
def test_a_catalog_however_it_is_set_is_read_as_gettext_reads_it(
    catalog: Catalog, chance: random.Random
) -> None:
    text = serialize_po(catalog)
    odd = set_oddly(text, chance)
    theirs, ours = msgcat(odd.encode()), msgcat(rewritten(odd.encode()))
    assert ours == theirs == text.encode(), f"{odd}\n{difference(ours, theirs)}"


def set_oddly(text: str, chance: random.Random) -> str:
    """A catalog's text with its strings cut elsewhere, and white space and marks as old tools left them."""
    out: list[str] = []
    for line in text.split("\n"):
        if match := re.fullmatch(r'(#~ |)((?:msgid|msgstr|msgctxt|msgid_plural)(?:\[\d\])?) (".*")', line):
            gap = chance.choice(["", " ", "  ", "\t"])
            word = match[2].replace("[", chance.choice(["[", " [ "]))
            line = f"{match[1]}{word}{gap}{_cut(match[3], match[1], chance)}"
        elif line.startswith(("#. ", "#: ", "#, ", "#| ")) and chance.random() < 0.3:
            line = line[:2] + chance.choice(["", " "] if line[1] != "." else [" "]) + line[3:]
        out += [line, *([""] * (chance.random() < 0.2 and line == ""))]
    return "\n".join(out)


def _cut(string: str, mark: str, chance: random.Random) -> str:
    inside = string[1:-1]
    places = [at for at in range(1, len(inside)) if "\\" not in inside[max(0, at - 2) : at]]
    if not places or chance.random() < 0.5:
        return string
    at = chance.choice(places)
    return f'"{inside[:at]}"\n{mark}"{inside[at:]}"'


FEATURES = {
    "previous context and plural": '#, fuzzy\n#| msgctxt "c"\n#| msgid "a"\n#| msgid_plural "as"\n'
    'msgctxt "d"\nmsgid "b"\nmsgid_plural "bs"\nmsgstr[0] "x"\nmsgstr[1] "y"\n',
    "an obsolete entry with comments, flags and previous": "# by Ann\n#, fuzzy, c-format\n"
    '#~| msgid "old"\n#~ msgctxt "c"\n#~ msgid "new"\n#~ msgstr "neu"\n',
    "a comment that is empty": '#\n#  indented\n#\nmsgid "a"\nmsgstr "b"\n',
    "an empty context": 'msgctxt ""\nmsgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n',
    "escapes": 'msgid "\\a\\b\\f\\v\\r\\t\\\\ \\"q\\" %"\nmsgstr "\\a\\b\\f\\v\\r\\t\\\\ \\"q\\" %"\n',
    "line feeds within and at the end": 'msgid ""\n"a\\n"\n"b"\nmsgstr ""\n"c\\n"\n"\\n"\n"d\\n"\n',
    "a place with a space in its name": '#: \u2068my file.md\u2069:7 b.md\nmsgid "a"\nmsgstr "b"\n',
    "a long string that may not be wrapped": f'#, no-wrap\nmsgid "{"a b " * 40}"\nmsgstr "{"c d " * 40}"\n',
    "a long word": f'msgid "{"a" * 100}"\nmsgstr ""\n"b "\n"{"c" * 100}"\n',
    "all comments in order": "# one\n# two\n#. for you\n#. and you\n#: b.c:1 a.c:2\n#, fuzzy\n"
    'msgid "a"\nmsgstr "b"\n',
    "an extracted comment that looks like others": '#. , fuzzy\n#. : a\n#. | b\nmsgid "a"\nmsgstr "b"\n',
    "a fuzzy header": "",
}


@pytest.mark.parametrize("name", FEATURES)
def test_what_a_catalog_can_hold(name: str) -> None:
    text = HEAD + FEATURES[name] if FEATURES[name] else f'#, fuzzy\n{HEAD}msgid "a"\nmsgstr "b"\n'
    assert msgcat(text.encode()) == text.encode(), "the example is not as gettext writes it"
    assert rewritten(text.encode()) == text.encode()


def test_flags_of_other_tools_stay_and_gettexts_stand_in_its_order() -> None:
    text = HEAD + '#, max-length:30, no-wrap, python-format, fuzzy, c-format\nmsgid "a"\nmsgstr "b"\n'
    line = next(line for line in rewritten(text.encode()).decode().split("\n") if line.startswith("#,"))
    assert line == "#, fuzzy, c-format, python-format, no-wrap, max-length:30"


def test_flags_in_the_newer_notation_and_comments_without_a_space_are_read() -> None:
    text = HEAD + '#nospace\n#= fuzzy, c-format\n#!no-wrap\nmsgid "a"\nmsgstr "b"\n'
    (entry,) = parse_po(text).entries
    assert (entry.comments, entry.flags) == (("nospace",), ("c-format", "no-wrap"))
    assert entry.state is State.TRANSLATED
    assert serialize_po(parse_po(text)) == text


def test_domain_lines_are_kept() -> None:
    text = f'{HEAD}domain "other"\n\nmsgid "a"\nmsgstr "b"\n'
    catalog = parse_po(text)
    (entry,) = catalog.entries
    changed = serialize_po(replace(catalog, entries=(replace(entry, target="c"),)))
    assert changed == text.replace('"b"', '"c"')


def test_only_line_feeds_end_lines() -> None:
    odd = "a\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029b"
    text = f'{HEAD}# {odd}\n#. {odd}\nmsgid "{odd}"\nmsgstr "{odd}"\n'
    (entry,) = parse_po(text).entries
    assert (entry.source, entry.target, entry.comments, entry.notes) == (odd, odd, (odd,), (odd,))
    assert parse_po(rewritten(text.encode()).decode()).entries == (entry,)


# Changes


@settings(LAWS, max_examples=60)
@given(catalogs(), st.data(), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_a_change_touches_the_lines_of_its_entry_only(
    catalog: Catalog, data: st.DataObject, line_end: str, mark: bool
) -> None:
    text = ("\ufeff" if mark else "") + serialize_po(catalog).replace("\n", line_end)
    read = parse_po(text)
    at = data.draw(st.integers(0, len(read.entries) - 1))
    entry = read.entries[at]
    changed = replace(entry, comments=(*entry.comments, "changed"))
    entries = (*read.entries[:at], changed, *read.entries[at + 1 :])
    written = serialize_po(replace(read, entries=entries))
    before, after = text.split(line_end), written.split(line_end)
    assert [line for line in unified_diff(before, after, n=0, lineterm="") if line[0] in "+-"][2:] == [
        "+# changed"
    ]


def test_an_entry_may_move_out_and_in_without_touching_the_others() -> None:
    text = HEAD + 'msgid "a"\nmsgstr "A"\n\nmsgid  "b"\nmsgstr "B"\n\nmsgid "c"\nmsgstr   "C"\n'
    catalog = parse_po(text)
    a, b, c = catalog.entries
    without = serialize_po(replace(catalog, entries=(a, c), obsolete=(b,)))
    assert without == text.replace('msgid  "b"\nmsgstr "B"\n\n', "") + '\n#~ msgid "b"\n#~ msgstr "B"\n'
    new = Entry("d", "D", state=State.REVIEWED)
    more = serialize_po(replace(catalog, entries=(a, new, b, c)))
    assert more == text.replace('msgid  "b"', 'msgid "d"\nmsgstr "D"\n\nmsgid  "b"')


def test_header_fields_keep_their_lines_and_order() -> None:
    head = '# Title\n#\nmsgid ""\nmsgstr ""\n"X-Odd:  two  spaces\\n"\n"Language: uk\\n"\n"no colon\\n"\n'
    catalog = parse_po(head + '\nmsgid "a"\nmsgstr "b"\n')
    header = tuple((n, "de" if n == "Language" else value) for n, value in catalog.header)
    text = serialize_po(replace(catalog, header=header))
    assert text == head.replace("uk", "de") + '\nmsgid "a"\nmsgstr "b"\n'


# Charsets

ENCODED = {
    "ISO-8859-1": "Größe",
    "ISO-8859-2": "Łódź",
    "iso8859-2": "Łódź",
    "ISO-8859-7": "Αθήνα",
    "ISO-8859-15": "20 €",
    "KOI8-R": "Привет",
    "KOI8-U": "Київ",
    "CP1251": "Мінск",
    "TIS-620": "ไทย",
    "EUC-JP": "日本語、αβγДЖ…“”",
    "SHIFT_JIS": "表示ソ、能",
    "BIG5": "許功蓋αβДЖ“”",
    "GB2312": "中文αβДЖ“”",
    "GBK": "中文鎔αβ“”",
    "GB18030": "中文𠀀",
    "EUC-KR": "한국어αβ“”",
    "CP949": "똠방각하",
}


@pytest.mark.parametrize("charset", ENCODED)
def test_a_file_is_read_and_written_in_the_charset_that_it_declares(charset: str) -> None:
    word = ENCODED[charset]
    header = tuple((name, value.replace("UTF-8", charset)) for name, value in HEADER)
    target = f"{word} abc, {word} {word} " * 12
    catalog = Catalog("en", "uk", (Entry("a", target, state=State.REVIEWED),), header=header)
    data = encode_po(serialize_po(catalog))
    assert word.encode(charset) in data
    assert parse_po(decode_po(data)) == catalog
    if charset != "iso8859-2":  # to gettext not a name
        theirs = msgcat(data)
        assert data == theirs, difference(data, theirs)


@pytest.mark.parametrize(
    "charset", ["rot13", "base64", "zip", "utf-7", "idna", "punycode", "unicode_escape", "utf-16"]
)
def test_codecs_that_are_not_charsets_of_gettext_are_refused(charset: str) -> None:
    data = HEAD.replace("UTF-8", charset).encode()
    with pytest.raises(CatalogError, match="is not one of gettext's"):
        decode_po(data)


def test_what_the_charset_cannot_hold_makes_the_file_utf_8() -> None:
    text = HEAD.replace("UTF-8", "ISO-8859-1") + 'msgid "a"\nmsgstr "дім"\n'
    assert encode_po(text) == (HEAD + 'msgid "a"\nmsgstr "дім"\n').encode()


def test_a_byte_order_mark_and_crlf_stay() -> None:
    data = ("\ufeff" + HEAD + 'msgid "a"\nmsgstr ""\n').replace("\n", "\r\n").encode()
    catalog = parse_po(decode_po(data))
    assert encode_po(serialize_po(catalog)) == data
    (entry,) = catalog.entries
    assert (entry.source, catalog.header[0][1]) == ("a", "text/plain; charset=UTF-8")
    translated = replace(entry, target="b", state=State.REVIEWED)
    written = encode_po(serialize_po(replace(catalog, entries=(translated,))))
    assert written == data.replace(b'msgstr ""', b'msgstr "b"')


# Plural forms


@pytest.mark.parametrize(
    "rule",
    ["n%0", "n>1?__import__('os'):0", "(" * 400 + "n" + ")" * 400, "n=1"],
)
def test_a_plural_rule_is_never_evaluated(rule: str) -> None:
    head = HEAD.replace('\\n"', f'\\nPlural-Forms: nplurals=2; plural={rule};\\n"')
    text = head + 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "x"\nmsgstr[1] "y"\n'
    (entry,) = parse_po(text).entries
    assert entry.plural_targets == ("x", "y")
    assert entry.state is State.REVIEWED


def test_a_target_with_too_few_forms_is_unfinished() -> None:
    head = HEAD.replace('\\n"', '\\nPlural-Forms: nplurals=3; plural=n%3;\\n"')
    text = head + 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "x"\nmsgstr[1] "y"\n'
    assert parse_po(text).entries[0].state is State.TRANSLATED


# polib


@settings(LAWS, max_examples=60)
@given(catalogs())
def test_catalogs_go_out_as_polib_objects_and_come_back(catalog: Catalog) -> None:
    back = from_polib(to_polib(catalog))
    assert back.entries == tuple(map(_without_lone_blank, catalog.entries))
    assert back.obsolete == tuple(map(_without_lone_blank, catalog.obsolete))
    assert (back.header, back.locale) == (catalog.header, catalog.locale)


def _without_lone_blank(entry: Entry) -> Entry:
    """An entry without a comment of one empty line, which polib cannot tell from none."""
    comments = () if entry.comments == ("",) and not entry.origin else entry.comments
    return replace(entry, comments=comments, notes=() if entry.notes == ("",) else entry.notes)


def test_polib_reads_our_catalogs_and_we_read_polibs(shared: Path) -> None:
    for path in real(shared):
        if b"charset=UTF-8" in (data := path.read_bytes()) and len(data) < LARGE:
            ours = from_polib(polib.pofile(str(path)))
            wanted = [
                (entry.context, entry.source, entry.state) for entry in parse_po(decode_po(data)).entries
            ]
            assert [(entry.context, entry.source, entry.state) for entry in ours.entries] == wanted
