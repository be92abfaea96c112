"""Facts about locales: CLDR says what is right, and gettext what can be read."""

from __future__ import annotations

import subprocess
from gettext import c2py

import pytest
from babel import Locale, localedata
from babel.core import get_global

from l10n.locales import known, language, modern, parents, plural_forms, script, serving


@pytest.mark.parametrize(
    ("tag", "header"),
    [
        ("tr", "nplurals=2; plural=(n != 1);"),
        ("hu", "nplurals=2; plural=(n != 1);"),
        ("fa", "nplurals=2; plural=(n > 1);"),
        ("id", "nplurals=1; plural=0;"),
        ("zh-Hant", "nplurals=1; plural=0;"),
        ("pt-BR", "nplurals=2; plural=(n > 1);"),
        ("pt-PT", "nplurals=2; plural=(n != 1);"),
        ("fr", "nplurals=2; plural=(n > 1);"),
        ("qu", "nplurals=2; plural=(n != 1);"),
        ("he", "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);"),
        ("lv", "nplurals=3; plural=(n%10==0 || (n%100>=11 && n%100<=19) ? 0 : n%10==1 ? 1 : 2);"),
    ],
)
def test_plural_rules_are_cldrs_in_gettexts_words(tag: str, header: str) -> None:
    assert plural_forms(tag) == header


def test_whole_numbers_have_the_forms_that_cldr_gives_them() -> None:
    for name in localedata.locale_identifiers():
        rule = Locale.parse(name).plural_form
        if not rule.rules:
            continue
        index = c2py(plural_forms(name.replace("_", "-")).partition("plural=")[2].rstrip(";"))
        forms = {(rule(count), index(count)) for count in range(0, 700)}
        assert len(forms) == len(dict(forms)) == len({index for _, index in forms}), name


def test_gettext_reads_every_rule() -> None:
    headers = {plural_forms(name) for name in localedata.locale_identifiers() if "_" not in name}
    for header in headers:
        count = int(header.removeprefix("nplurals=").partition(";")[0])
        forms = "".join(f'msgstr[{number}] "x"\n' for number in range(count))
        text = f'msgid ""\nmsgstr "Plural-Forms: {header}\\n"\n\nmsgid "a"\nmsgid_plural "b"\n{forms}'
        done = subprocess.run(["msgfmt", "-o", "/dev/null", "-"], input=text.encode(), capture_output=True)
        assert done.returncode == 0, (header, done.stderr)


@pytest.mark.parametrize(
    ("old", "tag"),
    [
        ("iw-IL", "he-IL"),
        ("in", "id"),
        ("tl", "fil"),
        ("mo", "ro"),
        ("sh", "sr-Latn"),
        ("sh-Cyrl", "sr-Cyrl"),
        ("sh-BA", "sr-Latn-BA"),
        ("swc", "sw-CD"),
        ("eng-GB", "en-GB"),
        ("pt-BR", "pt-BR"),
        ("x-own", "x-own"),
    ],
)
def test_old_codes_have_a_modern_name(old: str, tag: str) -> None:
    assert modern(old) == tag
    assert language(old) == language(tag)
    assert script(old) == script(tag)


def test_all_old_codes_of_cldr_are_known() -> None:
    aliases = get_global("language_aliases")
    assert {old: modern(old) for old in aliases} == {
        old: new.replace("_", "-") for old, new in aliases.items()
    }


def test_a_project_may_spell_its_locales_the_old_way() -> None:
    assert [known(tag) for tag in ("iw", "sh", "no")] == ["iw", "sh", "no"]
    assert plural_forms("sh") == plural_forms("sr-Latn")


def test_either_code_of_norwegian_stands_for_the_other_but_not_for_nynorsk() -> None:
    assert language("no") == language("nb_NO") != language("nn")


def test_an_old_code_falls_back_to_what_it_stands_for() -> None:
    assert parents("zh-Hant-TW") == ["zh-Hant-TW", "zh-Hant", "zh"]
    assert parents("iw-IL") == ["iw-IL", "iw", "he-IL", "he"]
    assert parents("sh") == ["sh", "sr-Latn", "sr"]
    assert parents("no") == ["no", "nb"]


def test_a_text_serves_the_locale_that_comes_nearest() -> None:
    assert serving("iw", ["en", "he"]) == "he"
    assert serving("no-NO", ["nn", "nb"]) == "nb"
    assert serving("pt_BR", ["pt-PT", "pt", "pt-BR"]) == "pt-BR"
    assert serving("uk-UA", ["uk"]) == "uk"
    assert serving("pt-BR", ["pt-PT"]) is None
