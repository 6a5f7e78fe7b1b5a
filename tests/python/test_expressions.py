# SPDX-License-Identifier: BSL-1.0
"""Expressions as Python sees them: values in, values out, findings, explanations."""

from __future__ import annotations

import pickle
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plaint

DESK = {
    "reopened": "int",
    "amount": "double",
    "owner": "string",
    "severity": ["minor", "severe"],
    "tags": "list(string)",
}


def test_values_of_every_type_come_back() -> None:
    noon = datetime(2026, 3, 29, 12, tzinfo=timezone.utc)
    one = {"b": "bool", "i": "int", "d": "double", "s": "string", "t": "timestamp", "w": "duration", "l": "list(int)"}
    values = {"b": True, "i": -3, "d": 0.5, "s": "é", "t": noon, "w": timedelta(hours=2), "l": [1, 2]}
    for name, value in values.items():
        assert plaint.Expression(name, one).evaluate(values) == value
    assert plaint.Expression("t + w - duration('1us')", one).evaluate(values) == noon + timedelta(
        hours=2, microseconds=-1
    )
    assert plaint.Expression("severity", DESK).evaluate({"severity": "severe"}) == "severe"


def test_what_is_absent_is_none_and_what_fails_raises() -> None:
    guard = plaint.Expression("6 / reopened == 2 || owner == 'x'", DESK)
    assert guard.evaluate({"reopened": 3}) is True
    assert guard.evaluate({"reopened": 0, "owner": "x"}) is True
    assert guard.evaluate({"owner": None}) is None
    with pytest.raises(ArithmeticError, match="division by zero"):
        guard.evaluate({"reopened": 0, "owner": "y"})


def test_all_findings_arrive_in_one_error() -> None:
    with pytest.raises(plaint.PolicyError) as refused:
        plaint.Expression("severity == 'sever' && reopend < 3 && tags.exists(t, t == 'x')", DESK)
    assert [f.code for f in refused.value.findings] == ["unknown-member", "unknown-name", "outside-subset"]
    assert refused.value.findings[0].suggestion == "severe"
    assert (refused.value.findings[0].line, refused.value.findings[0].column) == (1, 13)


def test_the_scene_around_the_attributes_is_seen() -> None:
    guard = plaint.Expression(
        "in_state('open') && actor.role == 'lead' && event.reason == 'noise' && clock('answer').breached"
        " && now > timestamp('2026-01-01T00:00:00Z') && ladder('late').level > 1",
        states=["open"],
        roles=["lead"],
        event={"reason": "string"},
        clocks=["answer"],
        ladders=["late"],
        returns="bool",
    )
    seen = {
        "states": ["open"],
        "actor": {"id": "u1", "role": "lead", "class": "agent"},
        "event": {"reason": "noise"},
        "at": datetime(2026, 3, 29, tzinfo=timezone.utc),
        "clocks": {"answer": {"breached": True}},
        "ladders": {"late": {"level": 2}},
    }
    assert guard.evaluate({}, **seen) is True
    assert guard.evaluate() is False
    with pytest.raises(KeyError, match="answer"):
        guard.evaluate({}, clocks={"answr": {}})


def test_an_explanation_names_the_atoms_in_the_way() -> None:
    why = plaint.Expression("reopened < 3 && owner != 'x'", DESK).explain({"reopened": 3, "owner": "y"})
    assert why.result is plaint.Truth.NO
    assert [(a.text, a.result, a.decisive) for a in why.atoms] == [
        ("reopened < 3", plaint.Truth.NO, True),
        ("owner != 'x'", plaint.Truth.YES, False),
    ]
    assert why.atoms[0].readings == {"reopened": "3"}


def test_wrong_values_are_refused_by_name() -> None:
    guard = plaint.Expression("reopened < 3", DESK)
    with pytest.raises(TypeError, match="reopened"):
        guard.evaluate({"reopened": True})
    with pytest.raises(KeyError, match="reopened"):
        guard.evaluate({"reopend": 1})
    with pytest.raises(ValueError, match="minor"):
        guard.evaluate({"severity": "grave"})


def test_an_expression_survives_pickling() -> None:
    guard = plaint.Expression("reopened < 3 && in_state('open')", DESK, states=["open"])
    again = pickle.loads(pickle.dumps(guard))
    assert again.text == guard.text
    assert again.evaluate({"reopened": 1}, states=["open"]) is True
    assert again.reads == ["reopened"]


@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1))
def test_integers_are_exact_or_an_error(a: int, b: int) -> None:
    total = plaint.Expression("a + b", {"a": "int", "b": "int"})
    if -(2**63) <= a + b < 2**63:
        assert total.evaluate({"a": a, "b": b}) == a + b
    else:
        with pytest.raises(ArithmeticError):
            total.evaluate({"a": a, "b": b})


@given(st.integers(-(2**62), 2**62), st.floats(allow_nan=False))
def test_an_int_and_a_float_are_ordered_as_python_orders_them(i: int, d: float) -> None:
    assert plaint.Expression("i < d", {"i": "int", "d": "double"}).evaluate({"i": i, "d": d}) is (i < d)
