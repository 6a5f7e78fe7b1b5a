# SPDX-License-Identifier: BSL-1.0
"""Expressions held to the Common Expression Language: one case for each thing that its definition says."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import plaint

# fmt: off

ATTRIBUTES = {"i": "int", "d": "double", "s": "string", "b": "bool", "ints": "list(int)", "t": "timestamp",
    "w": "duration"}
T = datetime(2009, 2, 13, 23, 31, 30, tzinfo=UTC)
VALUES = {"i": 3, "d": 2.5, "s": "übel", "b": True, "ints": [1, 2, 3], "t": T, "w": timedelta(hours=1)}


def evaluate(text: str, values: dict[str, Any] | None = None) -> object:
    return plaint.Expression(text, ATTRIBUTES).evaluate(VALUES if values is None else values)


def same(a: object, b: object) -> bool:
    if isinstance(a, float) and isinstance(b, float) and math.isnan(a):
        return math.isnan(b)
    return type(a) is type(b) and a == b


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # literals
        ("0", 0), ("-0", 0), ("9223372036854775807", 2**63 - 1), ("-9223372036854775808", -(2**63)),
        ("0x0", 0), ("0xDeadBeef", 0xDEADBEEF), ("-0x8000000000000000", -(2**63)), ("0.0", 0.0), ("0e+0", 0.0),
        ("1.5e3", 1500.0), ("2e-3", 0.002), (".25", 0.25), ("-1.5", -1.5), ("1.7976931348623157e308",
            1.7976931348623157e308),
        ("5e-324", 5e-324), ("true", True), ("false", False), ("[]", []), ("[1, 2, ]", [1, 2]), ("''", ""),
        # strings
        (r"'\a\b\f\n\r\t\v\\\?\"\'\`'", "\a\b\f\n\r\t\v\\?\"'`"), (r'"\x41\X5a\101\377"', "AZAÿ"),
        (r'"\u00fc\u270c\U0001F431"', "ü✌🐱"), (r'r"\d\n"', r"\d\n"), (r"R'\'", "\\"),
        ('"""one "two"\nthree"""', 'one "two"\nthree'), ("'''it's'''", "it's"), ('r"""\\"""', "\\"), ("'🐱'.size()", 1),
        ("'a' + 'b' + ''", "ab"), ("'é' == 'e\u0301'", False),
        # precedence and association
        ("1 + 2 * 3 - 4", 3), ("20 / 3 / 2", 3), ("20 % 7 * 2", 12), ("-3 - -3", 0), ("2 - 3 - 4", -5),
        ("!false && false", False), ("true || false && false", True), ("1 < 2 == true", True), ("1 + 1 in [2]", True),
        ("true ? (false ? 1 : 2) : 3", 2), ("false ? 1 : false ? 2 : 3", 3), ("true ? 1 : 1 / 0", 1), ("-i * 2", -6),
        ("!(1 > 2) ? 'y' : 'n'", "y"), ("(((((((((((((((((((((((((((((((( 7 ))))))))))))))))))))))))))))))))", 7),
        ("[[[[[[[[[[[[1]]]]]]]]]]]][0][0][0][0][0][0][0][0][0][0][0][0]", 1), ("  1 // nothing more\n + 1 ", 2),
        ("true && true && true && true && true && true && true && true && true && true && true && true", True),
        # integers
        ("40 + 2", 42), ("i - 5", -2), ("-7 / 2", -3), ("7 / -2", -3), ("-7 % 3", -1), ("7 % -3", 1), ("- - 5", 5),
        # doubles
        ("0.1 + 0.2", 0.1 + 0.2), ("1.0 / 0.0", math.inf), ("-1.0 / 0.0", -math.inf), ("0.0 / 0.0", math.nan),
        ("d * 4.0", 10.0), ("1e308 * 10.0", math.inf), ("-(4.5)", -4.5), ("1.0 == 1.0", True), ("0.0 == -0.0", True),
        ("0.0 / 0.0 == 0.0 / 0.0", False), ("0.0 / 0.0 != 0.0 / 0.0", True), ("0.0 / 0.0 < 1.0", False),
        # comparisons
        ("1 == 1", True), ("'a' != 'b'", True), ("true == false", False), ("[1, 2] == [1, 2]", True),
            ("[1] != [1, 2]", True),
        ("[[1], []] == [[1], []]", True), ("1 < 1.5", True), ("2.0 >= 2", True),
            ("9007199254740993 > 9007199254740992.0", True),
        ("9223372036854775807 < 9223372036854775808.0", True), ("'a' < 'b'", True), ("'abc' < 'abcd'", True),
            ("'Z' < 'a'", True),
        ("'\U0001F431' > '\uffff'", True), ("false < true", True), ("true <= true", True),
        # lists and texts
        ("[1] + [2, 3]", [1, 2, 3]), ("[] + [1]", [1]), ("ints[2]", 3), ("[7, 8, 9][0]", 7), ("2 in ints", True),
            ("4 in ints", False),
        ("1 in []", False), ("'a' in ['b', 'a']", True), ("[1] in [[1]]", True), ("size([1, 2])", 2), ("size(s)", 4),
            ("'πέντε'.size()", 5),
        ("s.startsWith('ü')", True), ("s.endsWith('el')", True), ("s.contains('be')", True), ("''.contains('')",
            True), ("'a'.startsWith('')", True),
        # absorption and laziness
        ("false && 1 / 0 > 0", False), ("1 / 0 > 0 && false", False), ("true || 1 / 0 > 0", True),
            ("1 / 0 > 0 || true", True),
        ("b ? 1 : 1 / (i - 3)", 1), ("(1 / (i - 3) > 2 ? false : true) && false", False), ("b || i / 0 > 1", True),
        # conversions
        ("int('-42')", -42), ("int(9.9)", 9), ("int(-9.9)", -9), ("int(t)", 1234567890), ("int(7)", 7), ("double(3)",
            3.0),
        ("double('1.5e3')", 1500.0), ("double(2.0)", 2.0),
        ("double(9223372036854775807)", 9.223372036854775807e18), ("string(-42)", "-42"), ("string(true)", "true"),
            ("string('a')", "a"),
        ("string(1.5)", "1.5"), ("string(t)", "2009-02-13T23:31:30Z"), ("string(duration('1h30m'))", "5400s"),
        ("bool('true')", True), ("bool('T')", True), ("bool('1')", True), ("bool('FALSE')", False), ("bool('f')",
            False), ("bool('0')", False),
        ("timestamp(1234567890) == t", True), ("timestamp(t) == t", True), ("duration(w) == w", True),
        # times
        ("timestamp('2009-02-13T23:31:30Z') == t", True), ("timestamp('2009-02-14T00:31:30+01:00') == t", True),
        ("t + w == timestamp('2009-02-14T00:31:30Z')", True), ("w + t - t == w", True), ("t - w < t", True),
        ("duration('1.5h') == duration('5400s')", True), ("duration('-2m') + duration('120s') == duration('0s')", True),
        ("duration('1h') - duration('90m') == duration('-30m')", True), ("duration('1ms') > duration('999us')", True),
        # has
        ("has(i)", True), ("!has(i) || i > 2", True),
    ],
)
def test_what_an_expression_is_worth(text: str, value: object) -> None:
    assert same(evaluate(text), value)


@pytest.mark.parametrize(
    "text",
    [
        "9223372036854775807 + (i - 2)", "-9223372036854775807 - i", "5000000000000000000 * i",
            "-(-9223372036854775807 - (i - 2))",
        "(-9223372036854775807 - (i - 2)) / (i - 4)", "(-9223372036854775807 - (i - 2)) % (i - 4)", "1 / (i - 3)",
            "1 % (i - 3)",
        "ints[i]", "ints[-i]", "int(d * 1e30)", "int(0.0 / (d - d))", "int(s)", "double(s)", "bool(s)",
            "timestamp(s)", "duration(s)",
        "timestamp('9999-12-31T23:59:59Z') + w", "timestamp('0001-01-01T00:00:00Z') - w", "duration('2562047h') + w",
        "timestamp('9999-12-31T23:59:59Z') - timestamp('0001-01-01T00:00:00Z') > w", "1 / (i - 3) > 0 || false",
            "1 / (i - 3) > 0 ? 1 : 2",
        "true && 1 / (i - 3) > 0", "timestamp(i * 1000000000000)",
    ],
)
def test_what_fails_is_an_error_and_nothing_worse(text: str) -> None:
    try:
        expression = plaint.Expression(text, ATTRIBUTES)
    except plaint.PolicyError as error:
        assert [f.code for f in error.findings if f.severity is plaint.Severity.ERROR] == ["always-fails"]
    else:
        with pytest.raises(ArithmeticError):
            expression.evaluate(VALUES)


@pytest.mark.parametrize(
    "text",
    ["i > 2", "d + 1.0", "size(s)", "!b", "t + w", "i in [1, 2]", "b ? 1 : 2", "ints[0]", "[i, 1]", "s + 'a'",
        "b && true", "false || b", "string(i)"],
)
def test_what_depends_on_something_unset_is_unknown(text: str) -> None:
    assert evaluate(text, {}) is None


@pytest.mark.parametrize(("text", "value"), [("b && false", False), ("true || b", True), ("has(b)", False),
    ("false && i > 2", False)])
def test_what_does_not_is_known(text: str, value: bool) -> None:
    assert evaluate(text, {}) is value


def refusal(text: str) -> plaint.Finding:
    with pytest.raises(plaint.PolicyError) as refused:
        plaint.Expression(text, ATTRIBUTES)
    return refused.value.findings[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1u", "uint literal"), ("0xFFu == 1u", "uint literal"), ("b'abc'", "bytes literal"), ("null", "`null`"),
            ("{'a': 1}", "map literal"),
        ("{}", "map literal"), ("Thing{a: 1}", "message construction"), ("ints.all(x, x > 0)", "macro `all`"),
            ("ints.exists(x, x > 0)", "macro `exists`"),
        ("ints.exists_one(x, x > 0)", "macro `exists_one`"), ("ints.map(x, x * 2)", "macro `map`"),
            ("ints.map(x, x > 1, x)", "macro `map`"),
        ("ints.filter(x, x > 0)", "macro `filter`"), ("s.matches('a+')", "function `matches`"), ("type(1)",
            "function `type`"), ("dyn(1) == 1.0", "function `dyn`"),
        ("uint(1)", "function `uint`"), ("bytes('a')", "function `bytes`"), ("t.getHours()", "function `getHours`"),
            ("t.getFullYear('UTC')", "function `getFullYear`"),
        ("w.getSeconds()", "function `getSeconds`"), ("math.greatest(1, 2)", "function `math.greatest`"),
            ("s.replace('a', 'b')", "function `replace`"),
        ("s.split(',')", "function `split`"), ("s.charAt(0)", "function `charAt`"), ("optional.none()",
            "function `optional.none`"), ("ints[?0]", "optional index"),
        ("cel.bind(x, 1, x)", "function `cel.bind`"), ("base64.encode(s)", "function `base64.encode`"),
            ("int == type(1)", "type name `int`"),
        ("Thing{as: true}", "message construction"), ("Thing{`in`: true}", "a field name in backquotes"),
            ("has({'a': 1}.a)", "map literal"),
        ("has(Thing{a: 1}.a)", "message construction"), ("has(optional.none().a)", "function `optional.none`"),
    ],
)
def test_what_lies_outside_is_refused_by_name(text: str, name: str) -> None:
    found = refusal(text)
    assert found.code == "outside-subset"
    assert name in found.message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1 == 1.0", "type-mismatch"), ("1 + 1.0", "type-mismatch"), ("[1, 'a']", "type-mismatch"), ("[1, 2.0]",
            "type-mismatch"), ("[1] == ['a']", "type-mismatch"),
        ("1 in ['a']", "type-mismatch"), ("true ? 1 : 'a'", "type-mismatch"), ("false && 32", "type-mismatch"),
            ("'a' || true", "type-mismatch"), ("-'a'", "type-mismatch"),
        ("!1", "type-mismatch"), ("5.0 % 3.0", "type-mismatch"), ("[1] < [2]", "type-mismatch"), ("'a' < 1",
            "type-mismatch"), ("true < 1", "type-mismatch"),
        ("size(1)", "type-mismatch"), ("1[0]", "type-mismatch"), ("ints['a']", "type-mismatch"), ("has(1)",
            "type-mismatch"), ("t + t", "type-mismatch"), ("w * 2", "type-mismatch"),
        ("9223372036854775808", "bad-literal"), ("-9223372036854775809", "bad-literal"), ("0x10000000000000000",
            "bad-literal"), ("1e400", "bad-literal"),
        ("timestamp('2009-02-13')", "bad-literal"), ("timestamp('2009-02-13T23:31:30.123456789Z')", "bad-literal"),
            ("duration('1d')", "bad-literal"), ("duration('1ns')", "bad-literal"),
        ("timestamp('0000-01-01T00:00:00Z')", "bad-literal"), ("timestamp('10000-01-01T00:00:00Z')", "bad-literal"),
            ("duration('-320000000000s')", "bad-literal"),
        ("x", "unknown-name"), ("i.x", "type-mismatch"), ("'\\ud800'", "syntax"), ("'\\x4'", "syntax"), ("'\\08'",
            "syntax"), ("'\\q'", "syntax"), ("'a", "syntax"), ("'a\nb'", "syntax"),
        ("", "syntax"), ("1 +", "syntax"), ("(1", "syntax"), ("true ? false ? 1 : 2 : 3", "syntax"), ("1 2",
            "syntax"), ("a = 1", "syntax"), ("if", "syntax"), ("1 && ", "syntax"), ("&& 1", "syntax"), ("[1,,2]",
            "syntax"), ("s.", "syntax"),
        ("1 / 0", "always-fails"), ("1 % 0 == 1", "always-fails"), ("[1][1]", "always-fails"),
            ("9223372036854775807 + 1", "always-fails"),
    ],
)
def test_what_is_wrong_is_found_when_it_is_loaded(text: str, code: str) -> None:
    assert refusal(text).code == code


@pytest.mark.parametrize("text", ["(" * 5000, "[" * 5000, "-" * 5000 + "1", "!" * 5000 + "b", "1" + "+1" * 5000,
    "b" + " ? b : b" * 5000, "i" + ".x" * 5000, "int(" * 5000, "{" * 5000, "'" + "a" * 40000 + "'"])
def test_depth_and_size_are_limited(text: str) -> None:
    with pytest.raises(plaint.PolicyError):
        plaint.Expression(text, ATTRIBUTES)
