# SPDX-License-Identifier: BSL-1.0
"""The desk and complaints from Python: opening from a table, one event, and a log of events beside pandas reading it.

The log has four events a complaint; it is replayed by the lifecycle alone and with four clocks.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv

from plaint import Desk, Policy

LIFECYCLE: dict[str, Any] = {
    "initial": "open",
    "states": {
        "open": {
            "on": {
                "note": {"by": "agent", "do": [{"notice": "ack"}]},
                "answer": {"target": "answered", "by": "agent", "do": [{"notice": "final"}]},
            }
        },
        "answered": {"on": {"object": {"target": "open", "by": "customer"}}},
    },
}
BARE: dict[str, Any] = {
    "plaint": 1,
    "id": "bench",
    "version": "1",
    "roles": {"agent": {}, "customer": {"class": "customer"}},
    "lifecycle": LIFECYCLE,
}
CLOCKED = BARE | {
    "calendars": {
        "office": {
            "zone": "Europe/London",
            "hours": {"mon-fri": ["09:00-17:00"]},
            "horizon": {"from": 2026, "to": 2028},
        }
    },
    "clocks": {
        "acknowledge": {"start": "opened", "stop": "notice(ack)", "goals": [{"goal": "1 business day"}]},
        "answer": {"start": "opened", "stop": "notice(final)", "goals": [{"goal": "3 business days"}]},
        "resolve": {"start": "opened", "stop": "notice(final)", "goals": [{"goal": "10 business days"}]},
        "statutory": {"start": "opened", "stop": "notice(final)", "goals": [{"goal": "8 weeks"}]},
    },
}
START = datetime(2026, 3, 2, 10, tzinfo=timezone.utc)
ROWS = 400_000
EVENTS = ("note", "answer", "object")


def best(work: Callable[[], object], times: int = 5) -> float:
    """Seconds of one core's time, the best of a few."""
    took = []
    for _ in range(times):
        begun = time.process_time()
        work()
        took.append(time.process_time() - begun)
    return min(took)


def told(what: str, count: int, took: float) -> None:
    print(f"  {what:<52} {took / count * 1e9:>8,.0f} ns {count / took:>14,.0f} /s")


def log_as_text() -> str:
    chance = Random(1)
    out = io.StringIO()
    out.write("case,event,at\n")
    for case in range(ROWS // 4):
        at = int(START.timestamp()) + chance.randrange(5_000_000)
        for event in ("opened", *EVENTS):
            out.write(f"{case},{event},{at}\n")
            at += chance.randrange(200_000)
    return out.getvalue()


COLUMNS = {"case": pa.uint32(), "event": pa.dictionary(pa.int32(), pa.string()), "at": pa.int64()}


def replay(policy: Policy, text: bytes) -> object:
    """From the bytes of the CSV to the final states."""
    table = pa_csv.read_csv(
        pa.BufferReader(text),
        read_options=pa_csv.ReadOptions(use_threads=False),
        convert_options=pa_csv.ConvertOptions(column_types=COLUMNS),
    ).combine_chunks()
    coded = table["event"].chunk(0)
    place = {"opened": -1} | {name: i for i, name in enumerate(EVENTS)}
    names = np.array([place[name] for name in coded.dictionary.to_pylist()], np.int32)
    roles = np.array([1, 0, 0, 1], np.int32)  # of the opening and the events
    event = names[coded.indices.to_numpy()]
    return policy.replay(
        cases=ROWS // 4,
        case=table["case"].to_numpy(),
        event=event,
        at=table["at"].to_numpy().view("datetime64[s]"),
        event_names=list(EVENTS),
        roles=["agent", "customer"],
        role=roles[event + 1],
    )


def main() -> None:
    clocked = Policy.from_dict(CLOCKED)
    rows = 200_000
    table = pd.DataFrame(
        {
            "complaint": [f"C-{i}" for i in range(rows)],
            "event": "opened",
            "at": pd.date_range(START, periods=rows, freq="s"),
            "actor": "customer",
        }
    )
    told("opening from a data frame, four clocks", rows, best(lambda: Desk(clocked).apply_table(table), 3))

    policy = Policy.from_dict(BARE)
    for name, rules in (("no clocks", policy), ("four clocks", clocked)):
        case = rules.open("C-1", at=START, actor="customer")

        instants = [START + timedelta(seconds=i) for i in range(5000)]

        def many(case: Any = case, instants: list[datetime] = instants) -> None:
            for at in instants:
                case.apply("note", at=at, actor="agent")

        begun = time.process_time()
        many()
        told(f"Complaint.apply, {name}", 5000, time.process_time() - begun)

    text = log_as_text().encode()
    told("pandas reads the CSV, and no more", ROWS, best(lambda: pd.read_csv(io.BytesIO(text))))
    told("the log through the lifecycle, from the same bytes", ROWS, best(lambda: replay(policy, text)))
    told("the log through lifecycle and four clocks", ROWS, best(lambda: replay(clocked, text)))


if __name__ == "__main__":
    main()
