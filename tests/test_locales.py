"""Facts about locales: CLDR says what is right, and gettext what can be read."""

from __future__ import annotations

import subprocess
from gettext import c2py

import pytest
from babel import Locale, localedata

from l10n.locales import plural_forms


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
