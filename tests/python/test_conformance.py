# SPDX-License-Identifier: BSL-1.0
"""Logs held against a lifecycle."""

import csv
import gzip
import os
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

import plaint

pytest.importorskip("pyarrow")

from plaint.conformance import conform, read_xes
from plaint.replay.mapping import Mapping

DATA = os.environ.get("PLAINT_DATA")
RULES: dict[str, Any] = {
    "plaint": 1,
    "id": "desk",
    "version": "1",
    "lifecycle": {
        "initial": "lodged",
        "states": {
            "lodged": {"on": {"register": "open"}},
            "open": {"on": {"answer": "answered"}},
            "answered": {"on": {"object": "open", "close": "closed"}},
            "closed": {"type": "final"},
        },
    },
}
LOG = [
    ("1", ["register", "answer", "close"]),
    ("2", ["answer", "register"]),
    ("3", ["register", "answer", "object", "answer", "close"]),
    ("4", ["register", "sing"]),
    ("5", ["register"]),
]
MAPPING = "plaint-mapping: 1\nrows: events\ncase: case\nat: at\nevent: { column: event }\n"


def write_log(path: Path) -> Path:
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["case", "event", "at"])
        for case, events in LOG:
            for i, event in enumerate(events):
                rows.writerow([case, event, f"2026-01-05T{9 + i:02}:00:00Z"])
    return path


def test_each_case_departs_in_its_own_way(tmp_path: Path) -> None:
    policy = plaint.Policy.from_dict(RULES)
    done = conform(policy, write_log(tmp_path / "log.csv"), Mapping.parse(MAPPING))
    assert len(done) == 5
    assert {k: n for k, n in done.kinds.items() if n} == {
        "none": 2,
        "wrong-state": 1,
        "unknown-event": 1,
        "unfinished": 1,
    }
    departures = {d.case: d for d in done.departures()}
    assert (departures["2"].position, departures["2"].event) == (1, "answer")
    assert departures["2"].alternatives == ["register"]
    assert departures["5"].event is None
    assert departures["5"].standing == ["open"]
    assert done.table.column("departure").to_pylist()[0] == "none"


def test_fitness_is_that_of_the_best_alignment(tmp_path: Path) -> None:
    done = conform(plaint.Policy.from_dict(RULES), write_log(tmp_path / "log.csv"), Mapping.parse(MAPPING))
    costs = dict(zip(done.cases, done.result["cost"].tolist(), strict=True))
    # 2: answer is too many before register, then answer and close lack; 4: sing too many, answer and close lack
    assert costs == {"1": 0, "2": 3, "3": 0, "4": 3, "5": 2}
    assert done.result["shortest"] == 3
    assert done.fitness["average"] == pytest.approx((1 + (1 - 3 / 5) + 1 + (1 - 3 / 5) + (1 - 2 / 4)) / 5)
    assert done.fitness["fitting"] == 0.4


def test_xes_is_read_as_it_is_written(tmp_path: Path) -> None:
    text = '<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/">'
    for case, events in LOG:
        text += f'<trace><string key="concept:name" value="{case}"/>'
        for event in events:
            text += f'<event><string key="concept:name" value="{event}"/>'
            text += '<date key="time:timestamp" value="2026-01-05T09:00:00Z"/></event>'
        text += "</trace>"
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress((text + "</log>").encode()))
    table = read_xes(path)
    assert table.num_rows == sum(len(events) for _, events in LOG)
    assert conform(plaint.Policy.from_dict(RULES), path).kinds["none"] == 2


@pytest.mark.parametrize("text", ["", "<log><trace>", "<nolog/>", '<!DOCTYPE log [<!ENTITY a "b">]><log/>', "\x00\x01"])
def test_what_is_no_xes_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.xes"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"XES|entities"):
        read_xes(path)


def test_a_mapping_is_asked_for_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="mapping"):
        conform(plaint.Policy.from_dict(RULES), write_log(tmp_path / "log.csv"))


@pytest.mark.skipif(not DATA, reason="skipped: PLAINT_DATA is not set")
def test_a_real_log_departs_as_often_as_a_count_by_hand_says() -> None:
    path = Path(DATA or "") / "itsm/helpdesk_italy.csv"
    lifecycle = {
        "initial": "new",
        "states": {
            "new": {"on": {"Assign seriousness": "assigned"}},
            "assigned": {"on": {"Take in charge ticket": "working", "Assign seriousness": "assigned"}},
            "working": {
                "on": {
                    "Take in charge ticket": "working",
                    "Resolve ticket": "resolved",
                    "Wait": "working",
                    "Require upgrade": "working",
                }
            },
            "resolved": {"on": {"Closed": "closed"}},
            "closed": {"type": "final"},
        },
    }
    names = sorted({e for s in lifecycle["states"].values() for e in s.get("on", {})})  # type: ignore[attr-defined]
    ours = {n: n.lower().replace(" ", "_") for n in names}
    for state in lifecycle["states"].values():  # type: ignore[attr-defined]
        state["on"] = {ours[e]: t for e, t in state.pop("on", {}).items()} or state.pop("on", {})
        if not state["on"]:
            del state["on"]
    mapping = "plaint-mapping: 1\nrows: events\ncase: case_id\nat: time:timestamp\norder: file\n"
    mapping += "event:\n  column: concept:name\n  names:\n"
    mapping += "".join(f'    "{theirs}": {our}\n' for theirs, our in ours.items())
    done = conform(plaint.Policy.from_dict({**RULES, "lifecycle": lifecycle}), path, Mapping.parse(mapping))
    cases: dict[str, list[str]] = defaultdict(list)
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            cases[row["case_id"]].append(row["concept:name"])
    counted: dict[str, int] = defaultdict(int)
    for events in cases.values():
        state, kind = "new", ""
        for event in events:
            ways = lifecycle["states"][state].get("on", {})  # type: ignore[index]
            if event not in ours:
                kind = "unknown-event"
            elif ours[event] not in ways:
                kind = "wrong-state"
            if kind:
                break
            state = ways[ours[event]]
        counted[kind or ("none" if state == "closed" else "unfinished")] += 1
    assert {k: n for k, n in done.kinds.items() if n} == dict(counted)


@pytest.mark.skipif(not DATA, reason="skipped: PLAINT_DATA is not set")
@pytest.mark.parametrize(
    ("file", "case", "event", "at", "times"),
    [
        ("itsm/bpic2013_closed_problems.csv", "case_id", "concept:name", "time:timestamp", ""),
        ("itsm/bpic2013_incidents.csv.gz", "case_id", "concept:name", "time:timestamp", ""),
        (
            "itsm/servicenow_incident_event_log.csv.gz",
            "number",
            "incident_state",
            "sys_updated_at",
            'times: "%d/%m/%Y %H:%M"\nzone: UTC\n',
        ),
    ],
)
def test_other_real_logs_depart_as_often_as_walking_says(file: str, case: str, event: str, at: str, times: str) -> None:
    path = Path(DATA or "") / file
    cases: dict[str, list[str]] = defaultdict(list)
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(newline="", encoding="utf-8") as read:
        for row in csv.DictReader(read):
            cases[row[case]].append(row[event])
    names = sorted({e for events in cases.values() for e in events})
    ours = {name: f"e{i}" for i, name in enumerate(names)}
    seen: dict[tuple[str, str], int] = defaultdict(int)  # by step, in how many cases it is
    for events in cases.values():
        for step in set(zip(["", *events], events, strict=False)):
            seen[step] += 1
    ways: dict[str, set[str]] = {name: set() for name in ["", *names]}
    for (before, after), number in seen.items():
        if number >= len(cases) / 50:
            ways[before].add(after)
    known = set().union(*ways.values())
    ends = {events[-1] for events in cases.values() if events[-1] in known and len(events) > 3}
    states: dict[str, Any] = {
        f"s{ours.get(name, '')}": {
            "on": {ours[e]: f"s{ours[e]}" for e in sorted(out)},
            **({"tags": ["closed"]} if name in ends else {}),
        }
        for name, out in ways.items()
        if not name or name in known
    }
    mapping = f'plaint-mapping: 1\nrows: events\ncase: {case}\nat: "{at}"\norder: file\n{times}'
    mapping += f'event:\n  column: "{event}"\n  names:\n'
    mapping += "".join(f'    "{name}": {ours[name]}\n' for name in names if name in known)
    policy = plaint.Policy.from_dict({**RULES, "lifecycle": {"initial": "s", "states": states}})
    done = conform(policy, path, Mapping.parse(mapping))
    counted: dict[str, int] = defaultdict(int)
    for events in cases.values():
        last, kind = "", ""
        for name in events:
            if name not in ways[last]:
                kind = "wrong-state" if name in known else "unknown-event"
                break
            last = name
        counted[kind or ("none" if last in ends else "unfinished")] += 1
    assert {k: n for k, n in done.kinds.items() if n} == dict(counted)
    assert len(done) == len(cases)
