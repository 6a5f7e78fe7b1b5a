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
