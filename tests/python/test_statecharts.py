# SPDX-License-Identifier: BSL-1.0
"""The semantics of W3C SCXML, one small chart for each thing that its text says."""

from __future__ import annotations

from typing import Any

import pytest

import plaint

# fmt: off


def walk(chart: dict[str, Any], events: str, **options: Any) -> str:
    """Where a chart stands at first and after each event; a refused event leaves a question mark behind."""
    rules = plaint.Lifecycle(chart, **options)
    state = rules.initial()
    seen = [" ".join(sorted(state.active))]
    for event in events.split():
        step = rules.step(state, event)
        state = step.state
        seen.append(" ".join(sorted(state.active)) + ("" if step else "?"))
    return "; ".join(seen)


def log(name: str) -> list[dict[str, str]]:
    return [{"log": name}]


def logged(chart: dict[str, Any], events: str) -> str:
    """The effects of the last event, in order."""
    rules = plaint.Lifecycle(chart)
    step = rules.start()
    for event in events.split():
        step = rules.step(step.state, event)
    return " ".join(e["log"] for e in step.effects)


def leaf(**ways: Any) -> dict[str, Any]:
    return {"on": ways, "tags": "closed"}


TWO_REGIONS: dict[str, Any] = {
    "states": {
        "p": {
            "type": "parallel",
            "states": {
                "l": {"states": {"l1": leaf(x="l2", out="away"), "l2": leaf(x="l1")}},
                "r": {"states": {"r1": leaf(x="r2", y="r2"), "r2": leaf(y="r1")}},
            },
        },
        "away": leaf(back="p"),
    }
}


@pytest.mark.parametrize(
    ("chart", "events", "expected"),
    [
        # where it begins
        ({"states": {"a": leaf(), "b": leaf()}}, "", "a"),
        ({"initial": "b", "states": {"a": leaf(), "b": leaf()}}, "", "b"),
        ({"initial": "b2", "states": {"a": leaf(), "b": {"states": {"b1": leaf(), "b2": leaf()}}}}, "", "b2"),
        ({"states": {"a": {"initial": "a2", "states": {"a1": leaf(), "a2": {"states": {"a3": leaf()}}}}}}, "", "a3"),
        ({"initial": ["l2", "r2"], **TWO_REGIONS}, "", "l2 r2"),
        ({"initial": "l2", **TWO_REGIONS}, "", "l2 r1"),
        # one event, several regions
        (TWO_REGIONS, "x y x", "l1 r1; l2 r2; l2 r1; l1 r2"),
        (TWO_REGIONS, "y out back", "l1 r1; l1 r2; away; l1 r1"),
        (TWO_REGIONS, "back z", "l1 r1; l1 r1?; l1 r1?"),
        # from inside outwards, document order
        ({"states": {"a": {"on": {"x": "c"}, "states": {"a1": leaf(x="b")}}, "b": leaf(), "c": leaf()}}, "x", "a1; b"),
        ({"states": {"a": {"on": {"x": "b", "x y": "c"}, "tags": "closed"}, "b": leaf(), "c": leaf()}}, "x", "a; b"),
        ({"states": {"a": leaf(**{"*": "b", "x": "c"}), "b": leaf(), "c": leaf()}}, "x", "a; b"),
        ({"states": {"a": leaf(x=[{"target": "b", "guard": "false"}, "c"]), "b": leaf(), "c": leaf()}}, "x", "a; c"),
        # descriptors
        ({"states": {"a": leaf(**{"x.y": "b"}), "b": leaf()}}, "x x.yz x.y", "a; a?; a?; b"),
        ({"states": {"a": leaf(**{"x.y": "b"}), "b": leaf()}}, "x.y.z", "a; b"),
        ({"states": {"a": leaf(**{"x.*": "b"}), "b": leaf()}}, "x", "a; b"),
        ({"states": {"a": leaf(**{"x.": "b"}), "b": leaf()}}, "x.1", "a; b"),
        ({"states": {"a": leaf(**{"*": "b"}), "b": leaf()}}, "anything.at.all", "a; b"),
        # conflicts: the inner one wins, else the earlier one
        ({"states": {"p": {"type": "parallel", "on": {"x": "c"}, "states": {"l": leaf(x="a"), "r": leaf(x="b")}},
            "a": leaf(), "b": leaf(), "c": leaf()}}, "x", "l r; a"),
        ({"states": {"p": {"type": "parallel", "on": {"x": "c"}, "states": {"l": leaf(), "r": leaf(x="b")}},
            "b": leaf(), "c": leaf()}}, "x", "l r; b"),
        ({"states": {"p": {"type": "parallel", "states": {"l": {"states": {"l1": leaf(x="l2"), "l2": leaf()}},
            "r": leaf(x="b")}}, "b": leaf()}}, "x", "l1 r; l2 r"),
        ({"states": {"p": {"type": "parallel", "states": {"l": leaf(x={}), "r": leaf(x="b")}}, "b": leaf()}}, "x",
            "l r; b"),
        # internal, external, targetless
        ({"states": {"a": {"on": {"x": {"target": "a2", "internal": True}, "z": {"set": {}}}, "states": {"a1": leaf(),
            "a2": leaf()}}}}, "x z", "a1; a2; a2"),
        # eventless before raised, raised first in first out
        ({"states": {"a": leaf(x={"target": "b", "raise": "e"}), "b": {"always": "c", "on": {"e": "d"}},
            "c": leaf(e="e1"), "d": leaf(), "e1": leaf()}}, "x", "a; e1"),
        ({"states": {"a": leaf(x={"target": "b", "raise": ["e", "f"]}), "b": leaf(f="c", e="d"), "c": leaf(),
            "d": leaf(f="g"), "g": leaf()}}, "x", "a; g"),
        ({"states": {"a": leaf(x={"target": "b", "raise": "nobody"}), "b": leaf()}}, "x", "a; b"),
        ({"states": {"a": {"always": {"target": "b", "guard": "in_state('r2')"}, "tags": "closed"}, "b": leaf(),
            "r2": leaf()}}, "", "a"),
        # in_state sees the configuration of its moment
        ({"states": {"p": {"type": "parallel", "states": {
            "l": {"states": {"l1": leaf(x={"target": "l2", "guard": "in_state('r2')"}), "l2": leaf()}},
            "r": {"states": {"r1": leaf(x="r2"), "r2": leaf()}}}}}}, "x x", "l1 r1; l1 r2; l2 r2"),
        ({"states": {"p": {"type": "parallel", "states": {
            "l": {"states": {"l1": {"always": {"target": "l2", "guard": "in_state('r2')"}}, "l2": leaf()}},
            "r": {"states": {"r1": leaf(x="r2"), "r2": leaf()}}}}}}, "x", "l1 r1; l2 r2"),
        # done
        ({"states": {"a": {"on_done": "b", "states": {"a1": leaf(x="a2"), "a2": {"type": "final"}}}, "b": leaf()}},
            "x", "a1; b"),
        ({"states": {"p": {"type": "parallel", "on_done": "b", "states": {
            "l": {"states": {"l1": leaf(x="l2"), "l2": {"type": "final"}}}, "r": {"states": {"r1": leaf(y="r2"),
                "r2": {"type": "final"}}}}}, "b": leaf()}},
         "x y", "l1 r1; l2 r1; b"),
        ({"states": {"p": {"type": "parallel", "states": {
            "l": {"on_done": "l3", "states": {"l1": leaf(x="l2"), "l2": {"type": "final"}}},
                "l3x": {"states": {"l3": leaf()}}}}}}, "x", "l1 l3; l1 l3"),
        ({"states": {"a": {"on": {"done.state.a": "b"}, "states": {"a1": {"always": "a2"}, "a2": {"type": "final"}}},
            "b": leaf()}}, "", "b"),
        # a final state of the whole ends it
        ({"states": {"a": leaf(x="b", y="a"), "b": {"type": "final"}}}, "x y", "a; b; b?"),
        # history
        ({"states": {"a": {"on": {"out": "b"}, "states": {"a1": leaf(x="a2"), "a2": leaf(),
            "h": {"history": "shallow"}}}, "b": leaf(back="h")}},
         "x out back", "a1; a2; b; a2"),
        ({"initial": "b", "states": {"a": {"on": {"out": "b"}, "states": {"a1": leaf(x="a2"), "a2": leaf(),
            "h": {"history": "shallow", "target": "a2"}}}, "b": leaf(back="h")}},
         "back", "b; a2"),
        ({"states": {"a": {"on": {"out": "b"}, "states": {"a1": {"states": {"a11": leaf(x="a12"), "a12": leaf()}},
            "h": {"history": "shallow"}}}, "b": leaf(back="h")}},
         "x out back", "a11; a12; b; a11"),
        ({"states": {"a": {"on": {"out": "b"}, "states": {"a1": {"states": {"a11": leaf(x="a12"), "a12": leaf()}},
            "h": {"history": "deep"}}}, "b": leaf(back="h")}},
         "x out back", "a11; a12; b; a12"),
        ({"states": {"q": {"on": {"out": "away"}, "states": {"p": {"type": "parallel", "states": {
            "l": {"states": {"l1": leaf(x="l2"), "l2": leaf()}}, "r": {"states": {"r1": leaf(y="r2"),
                "r2": leaf()}}}}, "h": {"history": "deep"}}}, "away": leaf(back="h")}},
         "x y out back", "l1 r1; l2 r1; l2 r2; away; l2 r2"),
        ({"states": {"a": {"initial": "h", "on": {"out": "b"}, "states": {"a1": leaf(x="a2"), "a2": leaf(),
            "h": {"history": "shallow", "target": "a1"}}}, "b": leaf(back="a")}},
         "x out back", "a1; a2; b; a2"),
        ({"initial": "b", "states": {"a": {"states": {"a1": {"states": {"a11": leaf(), "a12": leaf(out="b")}},
            "h": {"history": "shallow", "target": "a12"}}}, "b": leaf(back="h")}},
         "back out back", "b; a12; b; a11"),
        # several targets
        ({"states": {"a": leaf(x=["l2", "r2"]), **TWO_REGIONS["states"]}}, "x", "a; l2 r2"),
        # a history that has nothing to remember inside regions: the others begin as always
        ({"initial": "away", "states": {**TWO_REGIONS["states"], "away": leaf(go="r2")}}, "go", "away; l1 r2"),
    ],
)
def test_where_a_chart_goes(chart: dict[str, Any], events: str, expected: str) -> None:
    assert walk(chart, events, cross_region=True) == expected


@pytest.mark.parametrize(
    ("chart", "events", "expected"),
    [
        # exits inside out and backwards, actions of transitions, entries outside in and forwards
        ({"states": {"a": {"exit": log("-a"), "states": {"a1": {"exit": log("-a1"), "on": {"x": {"target": "b1",
            "do": log("x")}}}}},
                     "b": {"entry": log("+b"), "states": {"b1": {"entry": log("+b1"), "tags": "closed"}}}}}, "x",
                         "-a1 -a x +b +b1"),
        ({"states": {"p": {"type": "parallel", "exit": log("-p"), "on": {"x": {"target": "q", "do": log("x")}},
            "states": {
            "l": {"exit": log("-l")}, "r": {"exit": log("-r")}}},
            "q": {"type": "parallel", "entry": log("+q"), "states": {"s": {"entry": log("+s"), "tags": "closed"},
                "t": {"entry": log("+t"), "tags": "closed"}}}}},
         "x", "-r -l -p x +q +s +t"),
        # internal leaves its source alone, external does not
        ({"states": {"a": {"entry": log("+a"), "exit": log("-a"), "on": {"x": {"target": "a1", "internal": True}},
            "states": {"a1": {"entry": log("+a1"), "exit": log("-a1")}}}}},
         "x", "-a1 +a1"),
        ({"states": {"a": {"entry": log("+a"), "exit": log("-a"), "on": {"x": "a1"},
            "states": {"a1": {"entry": log("+a1"), "exit": log("-a1")}}}}},
         "x", "-a1 -a +a +a1"),
        # internal from an atomic or parallel source is external
        ({"states": {"a": {"entry": log("+a"), "exit": log("-a"), "on": {"x": {"target": "a", "internal": True}}}}},
            "x", "-a +a"),
        # a transition that moves nothing runs its actions only
        ({"states": {"a": {"entry": log("+a"), "exit": log("-a"), "on": {"x": {"do": log("x")}}}}}, "x", "x"),
        # initial and history defaults have actions of their own, after the entry of their state
        ({"states": {"a": {"on": {"x": "b"}}, "b": {"entry": log("+b"), "initial": {"target": "b1", "do": log("i")},
            "states": {"b1": {"entry": log("+b1"), "tags": "closed"}}}}},
         "x", "+b i +b1"),
        ({"states": {"a": {"on": {"x": "h"}}, "b": {"entry": log("+b"), "states": {"b1": {"entry": log("+b1"),
            "tags": "closed"}, "h": {"history": "deep", "target": "b1", "do": log("d")}}}}},
         "x", "+b d +b1"),
        # what is set shows to what comes after it
        ({"attributes": {"n": {"int": {}, "default": 0}}, "states": {"a": {"exit": [{"set": {"n": "n + 1"}}],
            "on": {"x": {"target": "b", "set": {"n": "n * 10"}}}},
            "b": {"entry": [{"if": "n == 10", "do": log("ten"), "else": log("no")}], "tags": "closed"}}}, "x", "ten"),
    ],
)
def test_in_which_order_things_happen(chart: dict[str, Any], events: str, expected: str) -> None:
    assert logged(chart, events) == expected


def test_what_is_set_shows_to_guards_from_the_next_round_on() -> None:
    chart = {
        "attributes": {"n": {"int": {}, "default": 0}},
        "states": {
            "p": {
                "type": "parallel",
                "states": {
                    "l": {"states": {"l1": leaf(x={"target": "l2", "set": {"n": "1"}}), "l2": leaf()}},
                    "r": {"states": {"r1": leaf(x=[{"target": "r2", "guard": "n == 0"}, "r3"]),
                        "r2": {"always": {"target": "r4", "guard": "n == 1"}}, "r3": leaf(), "r4": leaf()}},
                },
            }
        },
    }
    assert walk(chart, "x") == "l1 r1; l2 r4"


def test_a_step_is_whole_or_has_not_happened() -> None:
    chart = {
        "attributes": {"n": {"int": {"max": 1}, "default": 0}},
        "states": {"a": {"on": {"x": {"target": "b", "set": {"n": "n + 1"}, "do": log("sent")}}},
            "b": {"always": {"target": "c", "set": {"n": "n + 1"}}}, "c": leaf()},
    }
    rules = plaint.Lifecycle(chart)
    step = rules.step(rules.initial(), "x")
    assert not step.accepted
    assert [r["kind"] for r in step.reasons] == ["out-of-range"]
    assert step.state == rules.initial()
    assert step.effects == step.entered == step.transitions == []
