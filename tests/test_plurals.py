"""Plural rules: worked out as gettext does, whatever they say."""

from __future__ import annotations

import gettext
import time

import pytest
from babel.messages.plurals import PLURALS
from hypothesis import given
from hypothesis import strategies as st

from l10n.plurals import NUMBERS, parse_plural_rule


def forms(expression: str, count: int = 6) -> tuple[int | None, ...]:
    return parse_plural_rule(f"nplurals={count}; plural={expression};").forms


@pytest.mark.parametrize("rule", sorted({rule for _, rule in PLURALS.values()}))
def test_rules_of_languages_are_worked_out_as_gettext_does(rule: str) -> None:
    theirs = gettext.c2py(rule)  # type: ignore[attr-defined]
    assert forms(rule) == tuple(map(theirs, NUMBERS))


SIGNS = "+ * / % == != < > <= >="
EXPRESSIONS = st.recursive(
    st.sampled_from(["n", "0", "1", "2", "10"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(SIGNS.split()), inner).map(" ".join),
        st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(
            lambda each: "({} {} {}) != 0".format(*each)
        ),
        st.tuples(inner, inner, inner).map(lambda each: "{} ? {} : {}".format(*each)),
        inner.map("({})".format),
        inner.map("(!({}))".format),
    ),
    max_leaves=7,  # more could come to numbers that begin anew in C
)


@given(EXPRESSIONS)
def test_any_expression_is_worked_out_as_python_does(expression: str) -> None:
    theirs = gettext.c2py(expression)  # type: ignore[attr-defined]

    def worked_out(n: int) -> int | None:
        try:
            return int(theirs(n)) % 2**64
        except ZeroDivisionError:
            return None

    assert forms(expression) == tuple(map(worked_out, NUMBERS))


def test_numbers_are_unsigned_as_those_of_c() -> None:
    assert forms("n - 1 > 5")[:3] == (1, 0, 0)
    assert forms("n - 1 + 1")[:3] == (0, 1, 2)


BROKEN = ["n)", "(n", "n ? 1", "n : 1", "+", "m", "n = 1", "n ? (1 : 0)", "()", "", "n n", "n ! 1"]
BROKEN += ["__import__('os')", "n ** 2", "n; n", "9999999999"]


@pytest.mark.parametrize(
    "rule", ["", "plural=n;", "nplurals=2;", *(f"nplurals=2; plural={x};" for x in BROKEN)]
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_plural_rule(rule)


@pytest.mark.parametrize("expression", ["(" * 480 + "n" + ")" * 480, "!" * 900 + "n", "n?1:" * 240 + "0"])
def test_however_deep_it_is_done_soon(expression: str) -> None:
    started = time.process_time()
    assert forms(expression)[1] == 1
    assert time.process_time() - started < 2


def test_rare_forms_and_faults_are_told() -> None:
    arabic = "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"
    rule = parse_plural_rule(f"nplurals=6; plural={arabic};")
    assert rule.rare() == {0, 1, 2}
    assert rule.fault() == ""
    assert parse_plural_rule("nplurals=2; plural=n>1").rare() == {0}
    assert parse_plural_rule("nplurals=2; plural=n%0").fault() == "divides by zero for n = 0"
    assert "last form is 1" in parse_plural_rule("nplurals=2; plural=n").fault()
