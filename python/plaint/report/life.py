# SPDX-License-Identifier: BSL-1.0
"""One complaint of a replay as a timeline: the one that has most to tell."""

from __future__ import annotations

import base64
import math
from datetime import timezone
from typing import TYPE_CHECKING, Any

import numpy as np

from plaint import Rejected
from plaint.replay.columns import Categorical
from plaint.timeline import Timeline, timeline

if TYPE_CHECKING:
    from plaint.replay import Replay


def life(done: Replay) -> Timeline | None:
    """The case with most promises broken, of these the one with most events, as the policy ran it."""
    if not len(done.cases):
        return None
    broken = np.zeros(len(done.cases), dtype=np.int64)
    for clock in done.policy.clocks:
        broken += ~np.isnat(np.asarray(done.result.clock(clock.id)["breached_at"]))
    size = np.bincount(done.cases.case, minlength=len(done.cases))
    chosen = int(np.lexsort((np.arange(len(broken)), -size, -broken))[0])
    events = [_event(done, int(i)) for i in np.flatnonzero(done.cases.case == chosen)]
    if not events or events[0]["event"] != "opened":
        return None
    name = done.cases.ids[chosen].as_py()
    try:
        return timeline(done.policy, events, title=f"{name}, {done.policy.id} {done.policy.version}")
    except Rejected:
        return None  # its opening was refused


def as_image(picture: str) -> str:
    """An SVG as an address, so that its styles stay its own."""
    return "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode("ascii")


def _event(done: Replay, place: int) -> dict[str, Any]:
    cases = done.cases
    opening = cases.event[place] == -1
    at = cases.at[place].astype("datetime64[us]").item().replace(tzinfo=timezone.utc)
    role = cases.roles[cases.role[place]] if cases.role is not None and cases.role[place] >= 0 else ""
    columns = cases.attributes if opening else cases.data
    given = int(cases.case[place])
    data = {}
    for name, column in columns.items():
        values = column[0] if isinstance(column, tuple) else column
        value = _value(column, given if opening and len(values) == len(cases) else place)
        if value is not None:
            data[name] = value
    return {
        "event": "opened" if opening else cases.event_names[cases.event[place]],
        "at": at,
        "actor": {"id": role, "role": role} if role else None,
        "data": data,
    }


def _value(column: Any, place: int) -> Any:
    if isinstance(column, Categorical):
        code = int(column.codes[place])
        return column.categories[code] if code >= 0 else None
    values, there = column if isinstance(column, tuple) else (column, None)
    if there is not None and not there[place]:
        return None
    value = values[place]
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else value.astype("datetime64[us]").item().replace(tzinfo=timezone.utc)
    plain = value.item() if hasattr(value, "item") else value
    return None if isinstance(plain, float) and math.isnan(plain) else plain
