# SPDX-License-Identifier: BSL-1.0
"""Clocks and ladders as Python sees them: the same answers as in C++, every member readable."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plaint

UTC = timezone.utc
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def policy(clock: dict[str, Any], ladders: dict[str, Any] | None = None) -> plaint.Policy:
    return plaint.Policy.from_dict(
        {
            "plaint": 1,
            "id": "clocks",
            "version": "1",
            "calendars": {
                "office": {
                    "zone": "UTC",
                    "hours": {"mon-fri": ["09:00-17:00"]},
                    "horizon": {"from": 2025, "to": 2027},
                }
            },
            "attributes": {
                "priority": {"enum": ["normal", "high"], "default": "normal"},
                "owner": {"string": {"max": 40}},
            },
            "roles": {"agent": {}, "lead": {}},
            "lifecycle": {
                "initial": "open",
                "states": {
                    "open": {"on": {"wait": {"target": "waiting"}}},
                    "waiting": {"on": {"go_on": {"target": "open"}}},
                },
                "on": {e: {} for e in ("stop", "start", "pause", "resume", "set", "extend", "taken")},
            },
            "clocks": {"answer": {"start": "opened", "stop": "event(stop)", "calendar": "office", **clock}},
            "ladders": ladders or {},
        }
    )


PAUSED = {
    "goals": [{"if": 'priority == "high"', "goal": "4h"}, {"goal": "8h"}],
    "pause": {"on": "event(pause)", "resume": "event(resume)", "reasons": ["customer"], "at_most": "80h"},
    "extensions": {"more": {"on": "event(extend)", "by": "2h", "reasons": ["complex"]}},
    "thresholds": {"warn": {"at": "75%", "do": [{"notify": "owner"}]}},
}


def test_every_member_of_a_clock_can_be_read() -> None:
    case = policy(PAUSED).open("C-1", at=MONDAY, owner="ann")
    case.apply("pause", at=MONDAY + 2 * HOUR, actor="agent")
    paused = case.clocks["answer"]
    assert (paused.phase, paused.due, paused.pause_reason, paused.verdict) == ("paused", None, "customer", None)
    assert paused.due_if_resumed_at(MONDAY + 5 * HOUR) == MONDAY + 27 * HOUR
    case.apply("resume", at=MONDAY + 5 * HOUR, actor="agent")
    case.apply("extend", at=MONDAY + 6 * HOUR, actor="agent", reason="complex")
    case.apply("set", at=MONDAY + 6 * HOUR, actor="agent", priority="high", owner="bob")
    running = case.clocks["answer"]
    assert running.due == MONDAY + 25 * HOUR  # four hours and two more, three are consumed, two are left of Monday
    assert running.goal == "4h"
    assert running.generation == 2
    assert [g["goal"] for g in running.generations] == ["8h", "4h"]
    assert running.generations[0]["due"] == MONDAY + 29 * HOUR
    assert running.extensions[0]["extension"] == "more"
    assert running.extensions[0]["reason"] == "complex"
    assert [(s["kind"], s["cause"], s["event"]) for s in running.segments] == [
        ("run", "start", ""),
        ("pause", "pause", "pause"),
        ("run", "resume", "resume"),
        ("run", "retarget", "set"),
    ]
    assert running.consumed == 3 * HOUR
    assert running.elapsed(at=MONDAY + HOUR) == HOUR
    assert running.remaining(at=MONDAY + 7 * HOUR) == 2 * HOUR
    assert sum((p["consumed"] for p in running.attribution("owner")), timedelta()) == running.consumed
    step = case.advance(to=MONDAY + 30 * HOUR)
    assert [(f["threshold"], f["at"]) for f in step.firings] == [
        ("warn", MONDAY + 7.5 * HOUR),
        ("breach", MONDAY + 25 * HOUR),
    ]
    assert step.firings[1]["late_by"] == 5 * HOUR
    broken = case.clocks["answer"]
    assert (broken.crossed_at, broken.breached, broken.verdict) == (MONDAY + 25 * HOUR, True, None)
    assert [f["threshold"] for f in broken.firings] == ["warn", "breach"]
    case.apply("stop", at=MONDAY + 31 * HOUR, actor="agent")
    assert case.clocks["answer"].verdict == "missed"
    assert case.clocks["answer"].phase == "done"


def test_an_extension_without_its_reason_is_refused_and_changes_nothing() -> None:
    case = policy(PAUSED).open("C-1", at=MONDAY)
    refused = case.try_apply("extend", at=MONDAY + HOUR, actor="agent")
    assert [(r["kind"], r["subject"]) for r in refused.reasons] == [("extension-reason", "answer")]
    assert case.clocks["answer"].due == MONDAY + 8 * HOUR


def test_days_are_numbers_and_cycles_are_kept() -> None:
    case = policy({"goals": "3 business days", "start": ["opened", "event(start)"], "cycles": "independent"}).open(
        "C-1", at=MONDAY
    )
    case.apply("stop", at=MONDAY + 49 * HOUR)
    case.apply("start", at=MONDAY + 50 * HOUR)
    clock = case.clocks["answer"]
    assert (clock.cycle, [c.verdict for c in clock.cycles]) == (2, ["met", None])
    assert clock.cycles[0].consumed_days == 2
    assert clock.cycles[0].consumed == 17 * HOUR
    assert clock.consumed_days == 0


def test_a_ladder_tells_where_it_stands() -> None:
    ladder = {
        "trigger": "breach(answer)",
        "steps": [
            {"notify": "a"},
            {"level": 5, "after": "1h", "notify": "b", "reminders": {"every": "1h", "at_most": 2}},
        ],
        "acknowledge": {"on": "event(taken)", "by": "lead"},
        "ends_on": "stop(answer)",
    }
    case = policy({"goals": "2h"}, {"late": ladder}).open("C-1", at=MONDAY)
    step = case.advance(to=MONDAY + 4.5 * HOUR)
    assert [(r["kind"], r["level"], r["at"]) for r in step.rungs] == [
        ("step", 1, MONDAY + 2 * HOUR),
        ("step", 5, MONDAY + 3 * HOUR),
        ("reminder", 5, MONDAY + 4 * HOUR),
    ]
    case.apply("taken", at=MONDAY + 5 * HOUR, actor="lead")
    case.apply("stop", at=MONDAY + 6 * HOUR)
    late = case.ladders["late"]
    assert (late.active, late.level, late.high_water, late.runs) == (False, 5, 5, 1)
    assert late.history[-1]["act"] == "ended"


def test_an_explanation_has_words_in_two_languages() -> None:
    case = policy(PAUSED).open("C-1", at=MONDAY)
    clock = case.clocks["answer"]
    english, chinese = clock.explain(), clock.explain("zh")
    assert english is not None
    assert chinese is not None
    assert str(english).endswith("due 2026-03-02 17:00\n")
    assert "到期 2026-03-02 17:00" in chinese.text
    assert sum((s["consumed"] for s in english.segments), timedelta()) == english.amount


def test_a_clock_that_mixes_hours_and_days_says_what_a_change_does() -> None:
    with pytest.raises(plaint.PolicyError) as caught:
        policy({"goals": [{"if": 'priority == "high"', "goal": "4h"}, {"goal": "3 business days"}]})
    assert [f.code for f in caught.value.findings if f.severity == plaint.Severity.ERROR] == ["retarget-mixes-units"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 20_000), st.sampled_from(["pause", "resume", "set", "stop"])), max_size=6),
    st.integers(600, 90_000),
)
def test_polling_changes_nothing(deeds: list[tuple[int, str]], poll: int) -> None:
    def told(every: timedelta | None) -> tuple[Any, ...]:
        case = rules.open("C-1", at=MONDAY)
        keys, now = [], MONDAY
        for after, event in deeds:
            now += timedelta(seconds=after)
            while every is not None and case.last_at + every < now:
                keys += [e.key for e in case.advance(to=case.last_at + every).effects]
            keys += [e.key for e in case.apply(event, at=now, actor="agent").effects]
        keys += [e.key for e in case.advance(to=now + 100 * HOUR).effects]
        clock = case.clocks["answer"]
        return keys, clock.due, clock.crossed_at, clock.verdict, clock.segments, clock.firings

    rules = policy(PAUSED)
    assert told(None) == told(timedelta(seconds=poll))
