# SPDX-License-Identifier: BSL-1.0
"""Figures over tables and complaints."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

import plaint

pa = pytest.importorskip("pyarrow")

from plaint import metrics  # noqa: E402

NOW = datetime(2026, 1, 31, tzinfo=timezone.utc)
RULES: dict[str, Any] = {
    "plaint": 1,
    "id": "desk",
    "version": "1",
    "attributes": {"tries": {"int": {"min": 0, "max": 5}, "default": 0}, "channel": "string"},
    "lifecycle": {
        "initial": "open",
        "states": {
            "open": {"on": {"again": {"target": "open", "set": {"tries": "tries + 1"}}, "close": "closed"}},
            "closed": {"tags": ["closed"]},
        },
    },
    "indicators": {
        "one_time": {"of": "closed", "share": "tries == 0", "target": ">= 85%"},
        "few": {"share": "tries < 2"},
    },
}


def case(number: int, again: int, *, close: bool, channel: str) -> plaint.Complaint:
    made = plaint.Policy.from_dict(RULES).open(f"C-{number}", at=NOW, channel=channel)
    for event in ["again"] * again + ["close"] * close:
        made.apply(event, at=NOW)
    return made


def test_the_indicators_of_a_policy_count_what_they_say() -> None:
    cases = [
        case(1, 0, close=True, channel="phone"),
        case(2, 1, close=True, channel="phone"),
        case(3, 2, close=False, channel="letter"),
    ]
    one_time, few = metrics.measure(cases[0].policy, cases)
    assert (one_time["of"], one_time["counted"], one_time["share"], one_time["meets"]) == (2, 1, 0.5, False)
    assert (few["of"], few["counted"], few["meets"]) == (3, 2, None)
    by_channel = metrics.measure(cases[0].policy, cases, by="channel")
    assert [(r["indicator"], r["group"], r["of"]) for r in by_channel][:2] == [
        ("one_time", "letter", 0),
        ("one_time", "phone", 2),
    ]


def test_an_indicator_that_means_nothing_is_found_by_the_check() -> None:
    broken = {**RULES, "indicators": {"x": {"of": "nowhere", "share": "trys == 0"}}}
    found = plaint.Policy.from_dict(broken).check_claims()
    assert {f.pointer for f in found} == {"/indicators/x/share", "/indicators/x/of"}


@pytest.mark.parametrize(
    ("share", "target", "meets"),
    [(0.85, ">= 85%", True), (0.84, ">= 85%", False), (0.0, "0%", True), (0.1, "<= 0.1", True), (0.1, "soon", None)],
)
def test_a_target_is_met_or_not(share: float, target: str, meets: bool | None) -> None:
    assert metrics._meets(share, target) is meets


def test_backlog_counts_what_is_open_at_the_instant_and_how_old_it_is() -> None:
    table = pa.table(
        {
            "opened": [NOW - timedelta(days=d) for d in (0.5, 3, 40, 400)],
            "closed": pa.array([None, None, None, NOW - timedelta(days=1)], pa.timestamp("us", "UTC")),
        }
    )
    assert metrics.backlog(table, "opened", "closed", as_of=NOW) == [
        {"group": None, "open": 3, "ageing": [1, 1, 0, 1, 0]}
    ]


def test_the_manuals_figures() -> None:
    assert metrics.lost_value(200, 3) == 720_000
    assert metrics.word_of_mouth(10, 2) == (20, 50, 50)
    assert metrics.quality_gaps([5] * 5, [4, 5, 3, 5, 6])["mean"] == pytest.approx(0.4)
    assert metrics.silent_customers(4, 2) is None
