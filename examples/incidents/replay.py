# SPDX-License-Identifier: BSL-1.0
"""Replay an incident log against a lifecycle: where does the recorded history depart from the rules, and why?

python replay.py servicenow_incident_event_log.csv.gz
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import plaint

HERE = Path(__file__).parent

EVENTS = {
    "New": "state.new",
    "Active": "state.active",
    "Awaiting User Info": "state.awaiting.user",
    "Awaiting Vendor": "state.awaiting.vendor",
    "Awaiting Problem": "state.awaiting.problem",
    "Awaiting Evidence": "state.awaiting.evidence",
    "Resolved": "state.resolved",
    "Closed": "state.closed",
}


@dataclass(frozen=True)
class Illegal:
    """A recorded step that the lifecycle does not allow."""

    incident: str
    source: str
    target: str
    reasons: tuple[str, ...]


@dataclass
class Replayed:
    states: dict[str, plaint.State] = field(default_factory=dict)
    illegal: list[Illegal] = field(default_factory=list)


def rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as file:
        yield from csv.DictReader(file)


def replay(log: Iterable[dict[str, str]], lifecycle: plaint.Lifecycle) -> Replayed:
    """Each row says which state and which group the incident is in."""
    done = Replayed()
    shown: dict[str, str] = {}
    for row in log:
        incident, target = row["number"], row["incident_state"]
        state = done.states.get(incident) or lifecycle.initial()
        state = lifecycle.step(state, "assign", actor="desk", data={"group": row["assignment_group"]}).state
        event = EVENTS.get(target, f"state.{target}")
        step = lifecycle.step(state, event, actor="desk")
        if not step:
            messages = tuple(reason["message"] for reason in step.reasons)
            done.illegal.append(Illegal(incident, shown.get(incident, "nothing"), target, messages))
            step = lifecycle.step(state, event, actor="administrator")
        done.states[incident] = step.state
        shown[incident] = target
    return done


def main(path: str) -> None:
    done = replay(rows(Path(path)), plaint.Lifecycle(HERE / "lifecycle.yaml"))
    where = Counter(name for state in done.states.values() for name in state.active)
    print(f"{len(done.states)} incidents: {dict(sorted(where.items()))}")
    for step, count in Counter((i.source, i.target, i.reasons) for i in done.illegal).items():
        source, target, reasons = step
        print(f"{count:4} x {source} -> {target}: {'; '.join(reasons)}")


if __name__ == "__main__":
    main(sys.argv[1])
