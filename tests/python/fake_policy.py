# SPDX-License-Identifier: BSL-1.0
"""A policy of the plainest kind, in Python: what the tests of the replay hold its handling of logs against."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np

NAT = np.datetime64("NaT", "us")
RUNNING, MET, MISSED = 1, 2, 3


@dataclass
class Attribute:
    name: str
    type: str = "string"
    members: list[str] = field(default_factory=list)


@dataclass
class Clock:
    id: str
    length: timedelta
    title: str = ""


@dataclass
class FakePolicy:
    """Open until "close"; every other event is accepted while open. Each clock is due a fixed time after the opening."""

    attributes: list[Attribute] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=lambda: [Clock("answer", timedelta(days=2))])
    events: list[str] = field(default_factory=lambda: ["close", "work"])
    roles: list[str] = field(default_factory=lambda: ["agent"])
    states: list[str] = field(default_factory=lambda: ["open", "closed"])
    id: str = "fake"
    version: str = "1"
    title: str = "A fake"
    seen: dict[str, Any] = field(default_factory=dict)

    def replay(self, **given: Any) -> FakeResult:
        self.seen = given
        return FakeResult(self, **given)


class FakeResult:
    def __init__(self, policy: FakePolicy, **given: Any) -> None:
        cases, slack, as_of = given["cases"], np.timedelta64(given["slack"]), _instant(given["as_of"])
        self.accepted = np.zeros(cases, np.uint32)
        self.state = np.full(cases, 65535, np.uint16)
        self.opened = np.full(cases, NAT)
        self.closed = np.full(cases, NAT)
        self.policy = policy
        self.as_of = as_of
        refused = []
        latest = NAT
        for i, (case, event, at) in enumerate(zip(given["case"], given["event"], given["at"], strict=True)):
            if event == -1:
                assert self.state[case] == 65535, "a case opens once, first"
                self.opened[case] = latest = at
                self.state[case] = 0
                continue
            assert at >= latest - slack, "events come in order"
            latest = max(at, latest)
            if self.state[case] == 1:
                refused.append(i)
                continue
            self.accepted[case] += 1
            if given["event_names"][event] == "close":
                self.state[case] = 1
                self.closed[case] = latest
        self.rejections = {
            "event": np.array(refused, np.int64),
            "message": ["the complaint is closed"] * len(refused),
        }

    def clock(self, name: str) -> dict[str, Any]:
        (clock,) = (c for c in self.policy.clocks if c.id == name)
        due = self.opened + np.timedelta64(clock.length)
        late = np.where(np.isnat(self.closed), due < self.as_of, due < self.closed)
        verdict = np.where(np.isnat(self.closed), RUNNING, np.where(late, MISSED, MET)).astype(np.uint8)
        verdict[np.isnat(self.opened)] = 0
        return {
            "due": due,
            "started_at": self.opened,
            "stopped_at": self.closed,
            "breached_at": np.where(late, due, NAT),
            "verdict": verdict,
        }


def _instant(at: datetime | None) -> np.datetime64:
    return NAT if at is None else np.datetime64(at.replace(tzinfo=None), "us")
