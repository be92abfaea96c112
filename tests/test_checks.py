"""Checks: what each finds and leaves alone, and what they say together."""

from __future__ import annotations

import json
import time
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n import parse_po
from l10n.catalogs import decode_po
from l10n.checks import CHECKS, CatalogCheck, Check, Setting, check, mend
from l10n.checks.waivers import waived
from l10n.errors import ConfigError
from l10n.model import Catalog, Entry, Finding, Severity, State
from l10n.terms import Glossary, Term
from tests.commands import done, failed, l10n

TABLES = Path(__file__).parent / "data" / "checks"


def table(kind: str) -> list[Any]:
    """The rows of all tables, named by check and target."""
    return [
        pytest.param(path.stem, row, id=f"{path.stem}-{row[0]}-{number}")
        for path in sorted(TABLES.glob("*.toml"))
        for number, row in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))[kind])
    ]


def entry(source: str, target: str, **facts: Any) -> Entry:
    return Entry(source, target, state=State.REVIEWED, **facts)


def findings(
    source: str, target: str, locale: str = "uk", source_locale: str = "en", names: list[str] | None = None
) -> list[Finding]:
    return check(Catalog(source_locale, locale, (entry(source, target),)), names=names)


@pytest.mark.parametrize(("name", "row"), table("good"))
def test_what_is_good_is_left_alone(name: str, row: list[str]) -> None:
    locale, source, target, *source_locale = row
    assert findings(source, target, locale, *source_locale, names=[name]) == []


@pytest.mark.parametrize(("name", "row"), table("bad"))
def test_what_is_wrong_is_found_once_and_mended(name: str, row: list[str]) -> None:
    locale, source, target, words, *rest = row
    fix = next((each for each in rest if each not in ("uk",)), None)
    source_locale = "uk" if "uk" in rest else "en"
    found = findings(source, target, locale, source_locale, names=[name])
    assert [each.check for each in found] == [name]
    assert words in found[0].message
    if fix is not None:
        mended = mend(entry(source, target), Setting(source_locale, locale), [name])
        assert mended.target == fix
    if found[0].span is not None:
        assert 0 <= found[0].span.start < found[0].span.end <= len(target)


@pytest.mark.parametrize(("name", "row"), table("bad"))
def test_one_defect_is_one_finding(name: str, row: list[str]) -> None:
    locale, source, target, _, *rest = row
    found = findings(source, target, locale, "uk" if "uk" in rest else "en")
    assert {each.check for each in found} >= {name}, [each.message for each in found]
    assert len([each for each in found if each.severity is not Severity.NOTE]) <= 2


def test_every_check_has_a_table_or_a_test_here_and_help() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    for name in CHECKS.names():
        assert (TABLES / f"{name}.toml").is_file() or f'"{name}"' in here, name
        plug_in = CHECKS.get(name)
        assert isinstance(plug_in, Check | CatalogCheck)
        assert plug_in.name == name


def test_a_limit_is_that_of_the_role() -> None:
    setting = Setting("en", "uk", limits={"title": 20, "description": 30})
    title = entry("A bridge", "Міст, який нарешті відкрили", notes=("title",))
    said = [each.message for each in check(Catalog("en", "uk", (title,)), setting, ["limits"])]
    assert said == ["has 27 characters; a title should have 20 at most"]
    described = replace(title, notes=("metadata: description",))
    assert check(Catalog("en", "uk", (described,)), setting, ["limits"]) == []
    longer = replace(title, source="A bridge that is long and open at last")
    assert check(Catalog("en", "uk", (longer,)), setting, ["limits"]) == []


def test_title_case_is_english() -> None:
    title = entry("Bridge Opens After Long Delay", "Puente Abre Después De Larga Espera", notes=("title",))
    assert [each.check for each in check(Catalog("en", "es", (title,)), names=["titles"])] == ["titles"]
    good = replace(title, target="El puente abre después de una larga espera")
    assert check(Catalog("en", "es", (good,)), names=["titles"]) == []


def test_terms_are_those_of_the_glossary() -> None:
    terms = (
        Term("NATO", "НАТО", "required"),
        Term("The River Post", "", "keep"),
        Term("aid", "поміч", "forbidden"),
        Term("aid", "допомога", "preferred"),
    )
    setting = Setting("en", "uk", Glossary("en", "uk", terms))
    source = "NATO aid, says The River Post."

    def said(target: str) -> list[str]:
        return [
            each.message for each in check(Catalog("en", "uk", (entry(source, target),)), setting, ["terms"])
        ]

    assert said("Допомога НАТО, пише The River Post.") == []
    assert len(said("Поміч Альянсу, пише Річкова пошта.")) == 3


def test_a_copied_source_is_one_finding_and_is_not_made_look_translated() -> None:
    copied = "Prices rose to $1,234.50 for three nights."
    assert [each.check for each in findings(copied, copied)] == ["untouched"]
    assert mend(entry(copied, copied), Setting("en", "uk")).target == copied


def test_what_is_no_format_still_has_tags() -> None:
    free = entry("In <b>100% disk</b> use %d.", "На 100% <b>диску.", flags=("no-c-format",))
    assert [each.message for each in check(Catalog("en", "uk", (free,)), names=["placeholders"])] == [
        "<b> is missing or without a partner"
    ]


def test_the_usual_translation_is_expected() -> None:
    setting = Setting("en", "uk", usual={(None, "Read more."): "Читати далі."})
    catalog = Catalog("en", "uk", (entry("Read more.", "Докладніше."), entry("Other.", "Інше.")))
    found = check(catalog, setting, ["consistency"])
    assert [each.key for each in found] == [(None, "Read more.")]


def test_what_has_no_target_is_untranslated() -> None:
    catalog = Catalog("en", "uk", (Entry("One."), entry("Two.", "Два.")))
    assert [each.key for each in check(catalog, names=["untranslated"])] == [(None, "One.")]


UTF_8 = ("Content-Type", "text/plain; charset=UTF-8")
UKRAINIAN = ("Language", "uk_UA")


@pytest.mark.parametrize(
    ("header", "check_name", "words"),
    [
        ((UKRAINIAN,), "header", "names no charset"),
        ((UTF_8,), "header", "names no Language"),
        ((UTF_8, UKRAINIAN, ("X-Note", "#-#-#-#-#  a.po  #-#-#-#-#")), "header", "mark of a merge"),
        ((UTF_8,), "plurals", "no Plural-Forms"),
        ((UTF_8, ("Plural-Forms", "nplurals=INTEGER; plural=EXPRESSION;")), "plurals", "no Plural-Forms"),
        ((UTF_8, ("Plural-Forms", "nplurals=2; plural=n!=1;")), "plurals", "2 forms, the language has 4"),
        ((UTF_8, ("Plural-Forms", "nplurals=3; plural=n%(n-1);")), "plurals", "divides by zero for n = 1"),
        ((UTF_8, ("Plural-Forms", "nplurals=3; plural=n>2;3")), "plurals", "cannot be read"),
        ((UTF_8, ("Plural-Forms", "nplurals=3; plural=n>2 ? 3 : 0;")), "plurals", "gives form 3 for n = 3"),
    ],
)
def test_a_header_agrees_with_its_language(
    header: tuple[tuple[str, str], ...], check_name: str, words: str
) -> None:
    plural = Entry("one", "один", plural="many", plural_targets=("один", "два", "три"), state=State.REVIEWED)
    (found,) = check(Catalog("en", "uk", (plural,), header=header), names=[check_name])
    assert (found.check, found.key) == (check_name, (None, ""))
    assert words in found.message


def test_a_header_stands_first_and_what_was_read_as_comment_is_said() -> None:
    late = 'msgid "a"\nmsgstr "b"\n\n' + PO
    assert [each.message for each in check(parse_po(late), names=["header"])] == [
        "the header is not the first entry"
    ]
    torn = PO.replace('msgid "In 2024."', '#| msgid "old\nmsgid "In 2024."')
    (found,) = check(parse_po(torn), names=["header"])
    assert found.key == (None, "In 2024.")
    assert "(#|) is broken" in found.message


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('uk\\n"', 'uk\\n"\n"Language: fr\\n"', "two values of Language"),
        ("Language: uk", 'Language: fr\\n"\n"X-Locale: uk', "header's Language is fr"),
        ("charset=UTF-8", "charset=CHARSET", "names no charset"),
        ("charset=UTF-8", "charset=ASCII", "charset is ASCII, the file is UTF-8"),
        ("charset=UTF-8", "charset=ISO-8859-1", "charset is ISO-8859-1, the file is UTF-8"),
        ("uk", "uk", ""),
    ],
)
def test_a_header_is_whole_and_does_not_contradict_itself(before: str, after: str, words: str) -> None:
    data = PO.replace(before, after).encode()
    found = check(parse_po(decode_po(data)), Setting("en", "uk"), ["header"])
    assert [words in each.message for each in found] == [True] * bool(words)


def test_a_file_without_a_header_lacks_one() -> None:
    catalog = replace(parse_po('msgid "One."\nmsgstr "Один."\n'), locale="uk")  # by its folder
    (found,) = check(catalog, names=["header"])
    assert found.message.startswith("there is no header")


def test_a_file_that_ends_before_an_entry_may_be_cut_off() -> None:
    (found,) = check(parse_po(PO + "\n# Ann\n#: seeds/a.md"), names=["header"])
    assert "it may be cut off" in found.message
    assert check(parse_po(PO + "\n# vim: set nowrap"), names=["header"]) == []


def test_a_header_of_another_language_and_the_marks_of_a_conflict() -> None:
    header = (UTF_8, UKRAINIAN)
    catalog = Catalog("en", "uk", (entry("One.", "<<<<<<< ours\nОдин."),), header=header)
    found = check(catalog, Setting("en", "pl"), ["header"])
    assert ["Language is uk_UA" in each.message or "merge is left" in each.message for each in found] == [
        True
    ] * 2


@pytest.mark.parametrize(
    ("named", "locale"), [("iw_IL", "he"), ("sh", "sr-Latn"), ("no", "nb"), ("in", "id")]
)
def test_a_header_may_have_an_older_code_of_its_language(named: str, locale: str) -> None:
    catalog = Catalog("en", locale, (entry("One.", "1."),), header=(UTF_8, ("Language", named)))
    assert check(catalog, Setting("en", locale), ["header"]) == []


def test_plural_forms_are_checked_one_by_one() -> None:
    plural = Entry(
        "one day", "день ", plural="%d days", plural_targets=("день ", "%d дні"), state=State.REVIEWED
    )
    found = check(Catalog("en", "uk", (plural,)), names=["edges"])
    assert [each.message for each in found] == ["form 0: ends with other white space than the source"]
    assert found[0].fix is None


POLISH = "nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;"


def plural_findings(*forms: str, rule: str = POLISH, source: str = "%d day", plural: str = "%d days") -> Any:
    one = Entry(source, forms[0], plural=plural, plural_targets=forms, state=State.REVIEWED)
    return [
        each.message
        for each in check(Catalog("en", "pl", (one,), header=(UTF_8, ("Plural-Forms", rule))))
        if each.check in ("plurals", "placeholders", "ending")
    ]


def test_plural_forms_are_there_and_hold_the_placeholders_of_the_source() -> None:
    assert plural_findings("%d dzień", "%d dni", "%d dni") == []
    assert plural_findings("dzień", "%d dni", "%d dni") == []
    assert plural_findings("dzień", "dni", "%d dni") == ["form 1: %d is missing"]
    assert plural_findings("%s dzień", "%d dni", "%d dni") == ["form 0: %s stands for %d"]
    assert plural_findings("%d dzień.", "%d dni.", "%d dni.") == [
        "form 0, 1, 2: ends with a full stop, the source does not"
    ]
    assert plural_findings("%d dzień", "%d dni") == ["plural form 2 is missing"]
    assert plural_findings("%d dzień", "", "%d dni") == ["plural form 1 is missing"]
    assert plural_findings("", "", "") == []


def test_a_form_for_one_number_may_be_like_the_singular_of_the_source() -> None:
    texts = {"source": "Delete %s", "plural": "Delete %d files"}
    assert plural_findings("Usuń %s", "Usuń %d pliki", "Usuń %d plików", **texts) == []
    every = "nplurals=3; plural=n%3;"
    assert plural_findings("Usuń %s", "Usuń %d pliki", "Usuń %d plików", rule=every, **texts) == [
        "form 0: %s stands for %d"
    ]


def test_a_waiver_needs_a_reason() -> None:
    wrong = entry("In 2024.", "Торік.", comments=("l10n: ignore numbers, ending: the source is a year late",))
    assert waived(wrong) == {"numbers", "ending"}
    assert check(Catalog("en", "uk", (wrong,)), names=["numbers"]) == []
    bare = replace(wrong, comments=("l10n: ignore numbers",))
    assert len(check(Catalog("en", "uk", (bare,)), names=["numbers"])) == 1


@pytest.mark.parametrize(
    ("comment", "words"),
    [
        ("l10n: ignore numbers: the source is wrong", ""),
        ("l10n: ignore numbers,length: the source is wrong", ""),
        ("l10n: outdated, edited", ""),
        ("ignore the numbers here", ""),
        ("l10n: ignore nubmers: the source is wrong", "'nubmers' to be waived; did you mean numbers?"),
        ("l10n: ignore length, xyz: the source is wrong", "'xyz' to be waived; there are: addresses"),
        ("l10n: ignore numbers", "waives nothing"),
        ("L10n ignore: numbers, as they are wrong", "waives nothing"),
    ],
)
def test_a_comment_that_waives_nothing_is_said(comment: str, words: str) -> None:
    said = check(
        Catalog("en", "uk", (entry("In May.", "У травні.", comments=(comment,)),)), names=["waivers"]
    )
    assert [words in each.message for each in said] == [True] * bool(words)


def test_severities_are_the_projects() -> None:
    catalog = Catalog("en", "uk", (entry("In 2024.", "Торік."),))
    assert check(catalog, severities={"numbers": Severity.NOTE})[0].severity is Severity.NOTE
    assert check(catalog, severities={"numbers": None}) == []
    with pytest.raises(ConfigError, match="no check named"):
        check(catalog, names=["nothing"])


@given(
    st.text(st.sampled_from('aЯ1.5,<a1>/ "«»%{}?!()\u2067\u0301\ufffd日本')),
    st.text(st.sampled_from('aЯ1.5,<a1>/ "«»%{}?!()\u2067\u0301\ufffd日本')),
    st.sampled_from(["uk", "fr", "es", "ja", "ar", "x-nothing", "de", "und"]),
)
def test_any_texts_can_be_checked_and_mending_comes_to_an_end(source: str, target: str, locale: str) -> None:
    setting = Setting("en", locale)
    for found in findings(source, target, locale):
        if found.span is not None:
            assert 0 <= found.span.start <= found.span.end <= len(target)
    once = mend(entry(source, target), setting)
    assert mend(once, setting) == once


@pytest.mark.parametrize(
    "piece", ["a ", "ab ", "a@", "http://a", "<pre>", "`a", "1,", "9", "日本", "«", "word"]
)
def test_long_texts_of_any_kind_are_checked_soon(piece: str) -> None:
    """A regular expression that tries all ways would take minutes, a number of so many digits fail."""
    text = piece * (20_000 // len(piece))
    started = time.process_time()
    for source in (text, f"{text}x", f"{text} pm", "The source is short."):
        findings(source, text, "fr")
    assert time.process_time() - started < 10


PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: uk\\n"

#. paragraph
msgid "It rose by 12.5%."
msgstr "Зросло на 12.5%. "

#. paragraph
msgid "In 2024."
msgstr "У 2042."
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one catalog in which something is wrong."""
    (tmp_path / "l10n.toml").write_text('source = "en"\ntargets = ["uk"]\n', encoding="utf-8")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "aid.md").write_text("It rose by 12.5%.\n\nIn 2024.\n", encoding="utf-8")
    path = tmp_path / "locales" / "uk" / "LC_MESSAGES" / "aid.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO, encoding="utf-8")
    return path


def test_findings_name_line_entry_and_reason(project: Path) -> None:
    root = project.parents[3]
    result = l10n("check", cwd=root)
    assert result.returncode == 1
    assert "line 11: numbers: the number 2024 is missing" in result.stdout
    assert "line 7: formats: the number 12.5 should read 12,5" in result.stdout
    rows = json.loads(l10n("check", "--json", cwd=root).stdout)["findings"]
    assert {row["finding"]["check"] for row in rows} == {"formats", "edges", "numbers"}
    assert all(row["path"] == "locales/uk/LC_MESSAGES/aid.po" for row in rows)


def test_a_check_that_there_is_not_is_wrong_use(project: Path) -> None:
    said = l10n("check", "--only", "nothing", cwd=project.parents[3])
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.count("there is no check named 'nothing'") == 1


def test_safe_fixes_are_shown_and_made(project: Path) -> None:
    root = project.parents[3]
    shown = l10n("check", "--fix", "--diff", "--dry-run", cwd=root).stdout
    assert '+msgstr "Зросло на 12,5%."' in shown
    assert "needs --fix" in failed(2, "check", "--diff", cwd=root)
    assert project.read_text(encoding="utf-8") == PO
    l10n("check", "--fix", cwd=root)
    assert project.read_text(encoding="utf-8") == PO.replace('12.5%. "', '12,5%."')


def test_a_baseline_lets_only_new_findings_count(project: Path) -> None:
    root = project.parents[3]
    done("check", "--baseline", "old.json", "--write-baseline", cwd=root)
    assert "3 findings of the baseline" in done("check", "--baseline", "old.json", cwd=root)
    project.write_text(PO.replace("У 2042.", "У 2043."), encoding="utf-8")
    assert l10n("check", "--baseline", "old.json", cwd=root).returncode == 1
    (root / "old.json").write_text("[]", encoding="utf-8")
    assert "no baseline" in failed(2, "check", "--baseline", "old.json", cwd=root)


def test_a_gate_that_is_not_passed_is_exit_code_3(project: Path) -> None:
    root = project.parents[3]
    project.write_text(PO.replace("2042", "2024").replace('12.5%. "', '12,5%."'), encoding="utf-8")
    done("check", cwd=root)
    done("check", "--gate", cwd=root)
    project.write_text(PO.replace("У 2042.", "").replace('12.5%. "', '12,5%."'), encoding="utf-8")
    done("check", cwd=root)
    assert l10n("check", "--gate", cwd=root).returncode == 3


def test_other_programs_read_the_findings(project: Path) -> None:
    from xml.etree import ElementTree

    root = project.parents[3]
    log = json.loads(l10n("check", "--format", "sarif", cwd=root).stdout)
    results = log["runs"][0]["results"]
    rules = {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in results} == rules
    assert results[0]["locations"][0]["physicalLocation"]["region"]["startLine"] in (7, 11)
    suite = ElementTree.fromstring(l10n("check", "--format", "junit", cwd=root).stdout.encode())
    assert suite.get("failures") == str(len(suite.findall("testcase/failure"))) == "3"
    assert suite.find("testcase/failure[@message='the number 12.5 should read 12,5']") is not None
    grouped = PO.replace("12.5%", "$1,234.50")
    project.write_text(grouped, encoding="utf-8")
    assert "should read 1\u00a0234,50" in l10n("check", "--format", "junit", cwd=root).stdout
    project.write_text(PO, encoding="utf-8")
    lines = l10n("check", "--format", "github", cwd=root).stdout.splitlines()
    assert "::error file=locales/uk/LC_MESSAGES/aid.po,line=11,title=numbers::" in "\n".join(lines)
    assert "12.5%25" in "\n".join(lines)
    assert "one of: text" in failed(2, "check", "--format", "pdf", cwd=root)


def test_severities_and_limits_are_configured(project: Path) -> None:
    root = project.parents[3]
    config = root / "l10n.toml"
    config.write_text(
        config.read_text(encoding="utf-8") + '[checks]\nnumbers = "note"\nedges = "off"\n', encoding="utf-8"
    )
    out = done("check", cwd=root)
    assert "0 errors, 1 warning, 1 note" in out
    config.write_text('source = "en"\ntargets = ["uk"]\n[checks]\nnumbers = "bad"\n', encoding="utf-8")
    assert "checks.numbers cannot be 'bad'" in failed(2, "check", cwd=root)
    config.write_text('source = "en"\ntargets = ["uk"]\n[checks]\nnubmers = "off"\n', encoding="utf-8")
    said = failed(2, "check", cwd=root)
    assert "[checks] of the configuration: there is no check named 'nubmers'" in said
    assert "did you mean numbers?" in said
    config.write_text('source = "en"\ntargets = ["uk"]\n[limits]\ntitle = "long"\n', encoding="utf-8")
    assert "limits.title must be a number" in failed(2, "check", cwd=root)
