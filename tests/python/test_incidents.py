# SPDX-License-Identifier: BSL-1.0
"""Real incident logs replayed against the lifecycles in examples/incidents."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest

import plaint

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "incidents"
DATA = Path(os.environ.get("PLAINT_DATA") or ROOT / ".." / "shared" / "data") / "itsm"


def log_of(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not here; set PLAINT_DATA")
    return path


@pytest.fixture(scope="module")
def example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("incident_replay", EXAMPLE / "replay.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["incident_replay"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def lifecycle() -> plaint.Lifecycle:
    return plaint.Lifecycle(EXAMPLE / "lifecycle.yaml")


def row(incident: str, state: str, group: str = "Group 1") -> dict[str, str]:
    return {"number": incident, "incident_state": state, "assignment_group": group}


def test_a_made_up_incident(example: ModuleType, lifecycle: plaint.Lifecycle) -> None:
    shown = ["New", "Active", "Awaiting User Info", "Resolved", "Active", "Resolved", "Closed", "Active", "-100"]
    log = [row("INC1", state, "Group 1" if i < 3 else "Group 2") for i, state in enumerate(shown)]
    done = example.replay(log, lifecycle)
    assert done.states["INC1"].active == {"active"}
    assert done.states["INC1"]["reopened"] == 2
    assert done.states["INC1"]["reassigned"] == 1
    assert [(i.source, i.target) for i in done.illegal] == [("Closed", "Active"), ("Active", "-100")]
    assert done.illegal[0].reasons == ('only administrator may do this, not "desk"',)
    assert done.illegal[1].reasons == ('no state knows an event "state.-100"',)


def test_servicenow(example: ModuleType, lifecycle: plaint.Lifecycle) -> None:
    last: dict[str, dict[str, str]] = {}
    pairs: Counter[tuple[str, str]] = Counter()

    def followed():
        for r in example.rows(log_of("servicenow_incident_event_log.csv.gz")):
            if r["number"] in last:
                pairs[last[r["number"]]["incident_state"], r["incident_state"]] += 1
            last[r["number"]] = r
            yield r

    done = example.replay(followed(), lifecycle)
    assert {n: s["reopened"] for n, s in done.states.items()} == {n: int(r["reopen_count"]) for n, r in last.items()}
    equal = sum(done.states[n]["reassigned"] == int(r["reassignment_count"]) for n, r in last.items())
    assert equal / len(last) >= 0.996
    found = Counter((i.source, i.target) for i in done.illegal)
    expected = {pair: n for pair, n in pairs.items() if (pair[0] != pair[1] or pair[1] == "-100") and is_illegal(*pair)}
    assert found == expected
    assert found["Closed", "Active"] > 0
    assert found["New", "Closed"] > 0
    assert any(target == "-100" for _, target in found)
    assert all(i.reasons for i in done.illegal)


def is_illegal(source: str, target: str) -> bool:
    open_states = {"New", "Active", "Awaiting User Info", "Awaiting Vendor", "Awaiting Problem", "Awaiting Evidence"}
    return (
        target == "-100"
        or (source in open_states | {"-100"} and target == "Closed")
        or source == "Closed"
        or (source != "New" and target == "New")
    )


def test_support_lines(example: ModuleType) -> None:
    lifecycle = plaint.Lifecycle(EXAMPLE / "support_lines.yaml")
    states: dict[str, plaint.State] = {}
    statuses: defaultdict[str, list[str]] = defaultdict(list)
    lines: defaultdict[str, list[str]] = defaultdict(list)
    refused: Counter[str] = Counter()
    for r in example.rows(log_of("bpic2013_incidents.csv.gz")):
        case, status = r["case_id"], r["concept:name"]
        sub = r["lifecycle:transition"].replace(" - ", "_").replace(" ", "_")
        state = states.get(case) or lifecycle.initial()
        event = "Queued" if status == "Queued" else f"{status}.{sub}"
        step = lifecycle.step(state, event)
        if step:
            statuses[case].append(status)
        else:
            refused[step.reasons[0]["kind"]] += 1
        group = r["org:group"]
        line = "third" if "3rd" in group else "second" if "2nd" in group else "first"
        lines[case].append(line)
        step = lifecycle.step(step.state, f"line.{line}")
        assert step
        states[case] = step.state
    assert refused == {"unknown-event": refused["unknown-event"]}  # rows without a status: "Unmatched"
    order = ["first", "second", "third"]
    for case, state in states.items():
        seen, had = statuses[case], lines[case]
        left = sum(a == "Completed" and b != "Completed" for a, b in pairwise(seen))
        assert state["reopened"] == left
        moves = [(a, b) for a, b in pairwise(had) if a != b]
        assert state["handovers"] == len(moves)
        assert state["escalations"] == sum(order.index(b) > order.index(a) for a, b in moves)
        assert had[-1] in state.active
    assert sum(s["reopened"] > 0 for s in states.values()) > 100
