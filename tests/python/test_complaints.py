# SPDX-License-Identifier: BSL-1.0
"""Policies and complaints as Python sees them."""

import runpy
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

import plaint

ROOT = Path(__file__).resolve().parents[2]
RULES: dict[str, Any] = {
    "plaint": 1,
    "id": "desk",
    "version": "1",
    "calendars": {"office": {"zone": "Europe/London", "hours": {"mon-fri": ["09:00-17:00"]}}},
    "attributes": {"severity": {"enum": ["minor", "severe"], "default": "severe"}, "problem": "string"},
    "roles": {"agent": {}, "customer": {"class": "customer"}},
    "lifecycle": {
        "initial": "open",
        "states": {
            "open": {
                "on": {"answer": {"target": "closed", "by": "agent", "require": "problem", "do": [{"notice": "final"}]}}
            },
            "closed": {"type": "final"},
        },
    },
    "clocks": {
        "answer": {
            "start": "opened",
            "stop": "notice(final)",
            "retarget": "restart",
            "goals": [{"if": 'severity == "minor"', "goal": "4h"}, {"goal": "2 business days"}],
            "thresholds": {"late": {"at": "at due", "do": [{"notify": "agent"}]}},
        }
    },
}
UTC = timezone.utc
FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)


def test_a_complaint_runs_and_its_promise_is_kept() -> None:
    case = plaint.Policy.from_dict(RULES).open("C-1", at=FRIDAY, problem="noise")
    assert case.states == ["open"]
    assert case.clocks["answer"].due == datetime(2026, 11, 24, 15, tzinfo=UTC)
    assert case.next_wake_up == datetime(2026, 11, 24, 15, 0, 0, 1, tzinfo=UTC)
    did = case.apply("answer", at=FRIDAY + timedelta(hours=1), actor="agent")
    assert [(e.key, e.kind, e.parameters) for e in did.effects] == [("C-1/2/0", "notice", {"notice": "final"})]
    assert case.states == ["closed"]
    assert case.clocks["answer"].verdict == "met"


def test_a_refused_event_says_why_and_changes_nothing() -> None:
    case = plaint.Policy.from_dict(RULES).open("C-1", at=FRIDAY)
    with pytest.raises(plaint.Rejected, match="missing-field") as caught:
        case.apply("answer", at=FRIDAY, actor="agent")
    assert [r["kind"] for r in caught.value.reasons] == ["missing-field"]
    assert [r["kind"] for r in case.try_apply("answer", at=FRIDAY, actor="customer", problem="x").reasons] == ["role"]
    assert case.sequence == 1
    assert case.attributes == {"severity": "severe", "problem": None}


def test_what_is_late_is_told_once_at_its_own_instant() -> None:
    case = plaint.Policy.from_dict(RULES).open("C-1", at=FRIDAY, severity="minor")
    due = datetime(2026, 11, 23, 11, tzinfo=UTC)
    (late,) = case.advance(to=due + timedelta(days=2)).effects
    assert (late.at, late.late_by) == (due, timedelta(days=2))
    assert case.advance(to=due + timedelta(days=3)).effects == []
    assert case.clocks["answer"].crossed_at == due


def test_a_broken_policy_tells_every_fault() -> None:
    broken = {**RULES, "version": None, "clocks": {"answer": {"start": "enter(opne)", "stop": "event(answer)"}}}
    with pytest.raises(plaint.PolicyError) as caught:
        plaint.Policy.from_dict(broken)
    assert {f.pointer for f in caught.value.findings} >= {"/version", "/clocks/answer"}


def test_naive_datetimes_are_refused() -> None:
    with pytest.raises(TypeError, match="naive"):
        plaint.Policy.from_dict(RULES).open("C-1", at=datetime(2026, 11, 20, 15))


def test_policies_are_equal_by_what_they_say() -> None:
    one, same = plaint.Policy.from_dict(RULES), plaint.Policy.from_dict(dict(RULES))
    assert one == same
    assert hash(one) == hash(same)
    assert one.reference == f"desk@1#{one.digest}"


def test_the_worker_of_the_examples_delivers_each_effect_once(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(ROOT / "examples/worker/worker.py"), run_name="__main__")
    sent = capsys.readouterr().out.splitlines()
    assert sent == ["('C-1/2/0', 'notice')", "('C-2/answer/1/1/late/1/0', 'escalate')"]


def test_what_is_wrong_with_an_event_is_said_and_changes_nothing() -> None:
    case = plaint.Policy.from_dict(RULES).open("C-1", at=FRIDAY)
    before = case.to_json()
    wrong: list[tuple[str, dict[str, Any], str]] = [
        ("anser", {}, "unknown-event"),
        ("answer", {"problm": "noise"}, "unknown-field"),
        ("answer", {"problem": 3}, "bad-data"),
        ("answer", {"problem": True}, "bad-data"),
        ("answer", {"problem": ["noise"]}, "bad-data"),
        ("answer", {"severity": "huge"}, "bad-data"),
        ("answer", {"problem": "noise", "expected_sequence": 2}, "stale"),
        ("answer", {"problem": "noise", "at": FRIDAY - timedelta(seconds=1)}, "out-of-order"),
    ]
    for event, data, kind in wrong:
        step = case.try_apply(event, **{"at": FRIDAY, "actor": "agent"} | data)
        assert [r["kind"] for r in step.reasons] == [kind], (event, data, step.reasons)
    assert case.to_json() == before


def test_a_desk_says_which_row_of_a_table_is_none(tmp_path: Path) -> None:
    desk = plaint.Desk(plaint.Policy.from_dict(RULES))
    for column, cell in (("complaint", None), ("event", None), ("event", 3), ("at", None)):
        table: dict[str, list[Any]] = {"complaint": ["A", "B"], "event": ["opened"] * 2, "at": [FRIDAY] * 2}
        table[column][1] = cell
        with pytest.raises((TypeError, ValueError), match="row 1"):
            desk.apply_table(table)
    assert len(desk) == 0
    desk.apply_table({"complaint": ["B", "A"], "event": ["opened"] * 2, "at": [FRIDAY] * 2})
    assert list(desk) == ["A", "B"]
    assert "A" in desk
    assert {name: desk[name].state for name in desk} == {"A": "open", "B": "open"}


def test_a_policy_gives_its_lifecycle_to_try_things_out() -> None:
    lifecycle = plaint.Policy.from_dict(RULES).lifecycle
    assert lifecycle.step(lifecycle.initial(), "answer", actor="agent").accepted is False
    assert lifecycle.possible(lifecycle.initial(), actor="agent")["answer"]["lacking"] == ["problem"]


def test_a_work_order_is_opened_by_its_parent_and_answers_it() -> None:
    rules = {**RULES, "id": "parent", "roles": {**RULES["roles"], "unit": {}}}
    rules["lifecycle"] = {
        "initial": "open",
        "states": {
            "open": {
                "on": {
                    "dispatch": {"do": [{"dispatch": "unit", "as": "D-1", "with": {"problem": "noise"}}]},
                    "answered": {"target": "closed", "do": [{"notice": "final"}]},
                }
            },
            "closed": {"type": "final"},
        },
    }
    parents = plaint.Policy.from_dict(rules)
    child = {**RULES, "id": "child", "attributes": {"parent": "string", "problem": "string"}}
    child["lifecycle"] = {
        "initial": "sent",
        "states": {
            "sent": {"on": {"reply": {"target": "done", "do": [{"send": "answered", "to": "parent"}]}}},
            "done": {"type": "final"},
        },
    }
    child["clocks"] = {"reply": {"start": "opened", "stop": "event(reply)", "goals": [{"goal": "5 business days"}]}}
    children = plaint.Policy.from_dict(child)
    case = parents.open("C-1", at=FRIDAY)
    (sent,) = case.apply("dispatch", at=FRIDAY).effects
    message = plaint.linked_opening(sent, children)
    assert message is not None
    assert (message.to, message.event, message.data) == ("D-1", "opened", {"problem": "noise", "parent": "C-1"})
    order = message.open(children)
    fit = case.fit_of("answer", order)
    assert not fit
    assert fit.clock == "reply"
    told = fit.infeasible(at=FRIDAY)
    assert told is not None
    assert (told.kind, told.complaint, told.parameters["infeasible"]) == ("infeasible", "C-1", "D-1")
    with pytest.raises(ValueError, match="no clock"):
        case.fit_of("anser", order)
    (reply,) = order.apply("reply", at=FRIDAY + timedelta(hours=1)).effects
    assert plaint.linked_opening(reply, children) is None
    assert plaint.linked_event(sent, case) is None
    back = plaint.linked_event(reply, order)
    assert back is not None
    with pytest.raises(ValueError, match="is for"):
        back.deliver(order)
    parents_desk, orders_desk = plaint.Desk(parents), plaint.Desk(children)
    parents_desk.put(case)
    orders_desk.deliver(message)
    assert orders_desk["D-1"].attributes == order.attributes | {"parent": "C-1"}
    assert [e.kind for e in back.deliver(case).effects] == ["notice"]
    assert back.deliver(case).repeated
    assert parents_desk.deliver(back).accepted
    assert parents_desk.deliver(back).repeated
    assert orders_desk.deliver(message).repeated
    with pytest.raises(plaint.Rejected, match="known-complaint"):
        orders_desk.open("D-1", at=FRIDAY)
