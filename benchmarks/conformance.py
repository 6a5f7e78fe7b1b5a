# SPDX-License-Identifier: BSL-1.0
"""A real log held against a lifecycle: first departures and the fitness of optimal alignments, beside pm4py.

Reads the help desk's log, BPIC 2013 and ServiceNow's where PLAINT_DATA has them. pm4py is asked for only
here; where it is not installed, ours is timed alone. Both get the same lifecycle, found by counting which event follows
which: every state is "after event x", so that the log departs where a step is rare.
"""

from __future__ import annotations

import csv
import gzip
import os
import re
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from plaint import Policy
from plaint.conformance import conform
from plaint.replay.mapping import Mapping

LOGS = {
    "help desk": ("itsm/helpdesk_italy.csv", "case_id", "concept:name", "time:timestamp", ""),
    "BPIC 2013, closed problems": (
        "itsm/bpic2013_closed_problems.csv",
        "case_id",
        "concept:name",
        "time:timestamp",
        "",
    ),
    "BPIC 2013, incidents": ("itsm/bpic2013_incidents.csv.gz", "case_id", "concept:name", "time:timestamp", ""),
    "ServiceNow": (
        "itsm/servicenow_incident_event_log.csv.gz",
        "number",
        "incident_state",
        "sys_updated_at",
        'times: "%d/%m/%Y %H:%M"\nzone: UTC\n',
    ),
}
RARE = 0.02  # steps that fewer cases have are left out of the lifecycle


def main() -> None:
    data = Path(os.environ.get("PLAINT_DATA", ""))
    for name, (file, *columns) in LOGS.items():
        path = data / file
        if not path.is_file():
            print(f"{name}: skipped, PLAINT_DATA has no {file}")
            continue
        compare(name, path, tuple(columns))


def compare(name: str, path: Path, columns: tuple[str, ...]) -> None:
    case, event, at, times = columns
    traces = read(path, case, event)
    ways, last = lifecycle_of(traces)
    policy = policy_of(ways, last)
    names = "".join(f'    "{e}": {slug(e)}\n' for e in sorted({e for t in traces.values() for e in t}))
    text = f'plaint-mapping: 1\nrows: events\ncase: {case}\nat: "{at}"\norder: file\n{times}'
    text += f'event:\n  column: "{event}"\n  names:\n{names}'
    known = set(policy.events)
    text = "\n".join(
        line for line in text.split("\n") if not line.startswith("    ") or line.rsplit(": ", 1)[1] in known
    )
    took = float("inf")
    for _ in range(3):  # the first one loads Arrow
        begun = time.perf_counter()
        done = conform(policy, path, Mapping.parse(text))
        took = min(took, time.perf_counter() - begun)
    events = int(done.events.sum())
    size = f"{len(done):,} cases, {events:,} events, {done.variants:,} variants"
    print(f"{name}: {size}: {took * 1e3:.1f} ms, reading included")
    print(f"  {done.kinds}  {done.fitness}")
    try:
        peer(traces, ways, last, done, took)
    except ImportError:
        print("  pm4py is not installed")


def read(path: Path, case: str, event: str) -> dict[str, list[str]]:
    traces: dict[str, list[str]] = defaultdict(list)
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            traces[row[case]].append(row[event])
    return traces


def lifecycle_of(traces: dict[str, list[str]]) -> tuple[dict[str, dict[str, str]], set[str]]:
    steps = Counter((a, b) for t in traces.values() for a, b in set(zip(["", *t], t, strict=False)))
    last = Counter(t[-1] for t in traces.values() if t)
    ways: dict[str, dict[str, str]] = {"start": {}}
    for (before, after), number in steps.items():
        if number >= RARE * len(traces):
            ways.setdefault(state(before), {})[after] = state(after)
            ways.setdefault(state(after), {})
    ends = {state(e) for e, number in last.items() if number >= RARE * len(traces) and state(e) in ways}
    return ways, ends


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_") or "x"


def state(event: str) -> str:
    return f"after_{slug(event)}" if event else "start"


def policy_of(ways: dict[str, dict[str, str]], ends: set[str]) -> Policy:
    states: dict[str, Any] = {}
    for name, out in ways.items():
        states[name] = {"on": {slug(e): to for e, to in out.items()}} if out else {}
        if name in ends:
            states[name]["tags"] = ["closed"]
    rules = {"plaint": 1, "id": "log", "version": "1", "lifecycle": {"initial": "start", "states": states}}
    return Policy.from_dict(rules)


def peer(
    traces: dict[str, list[str]], ways: dict[str, dict[str, str]], ends: set[str], done: Any, ours_took: float
) -> None:
    from pm4py.algo.conformance.alignments.petri_net import algorithm as alignments  # noqa: PLC0415
    from pm4py.objects.log.obj import Event, EventLog, Trace  # noqa: PLC0415
    from pm4py.objects.petri_net.obj import Marking, PetriNet  # noqa: PLC0415
    from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to  # noqa: PLC0415

    net = PetriNet("lifecycle")
    places = {name: PetriNet.Place(name) for name in [*ways, "sink"]}
    net.places.update(places.values())

    def join(label: str | None, a: str, b: str, number: int) -> None:
        way = PetriNet.Transition(f"t{number}", label)
        net.transitions.add(way)
        add_arc_from_to(places[a], way, net)
        add_arc_from_to(way, places[b], net)

    number = 0
    for name, out in ways.items():
        for event, to in out.items():
            join(event, name, to, number)
            number += 1
    for name in ends:
        join(None, name, "sink", number)
        number += 1
    chosen = [c for c in done.cases if c in traces]
    log = EventLog([Trace([Event({"concept:name": e}) for e in traces[c]]) for c in chosen])
    begun = time.perf_counter()
    found = alignments.apply_log(log, net, Marking({places["start"]: 1}), Marking({places["sink"]: 1}))
    took = time.perf_counter() - begun
    ours = {c: float(f) for c, f in zip(done.cases, done.result["fitness"], strict=True)}
    worst = max(abs(ours[c] - f["fitness"]) for c, f in zip(chosen, found, strict=True))
    ratio = took / ours_took
    print(f"  pm4py: {len(chosen):,} cases in {took * 1e3:,.0f} ms, {ratio:.0f} times as long, reading not included")
    print(f"  greatest difference of fitness {worst:.3g}")


if __name__ == "__main__":
    main()
