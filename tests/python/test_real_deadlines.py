# SPDX-License-Identifier: BSL-1.0
"""Deadlines and sessions as cities, courts and exchanges published them; skipped where PLAINT_DATA is absent."""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from plaint import Calendar, Goal, HorizonError, PolicyError, Zone
from plaint.calendars import read_ics, read_state_council

DATA = Path(os.environ.get("PLAINT_DATA", ""))
pytestmark = pytest.mark.skipif(not (DATA / "civic").is_dir(), reason="PLAINT_DATA is absent")

UTC = timezone.utc
BOSTON = Zone("America/New_York")
MINUTE = np.timedelta64(60, "s")


def rows(name: str) -> list[dict[str, str]]:
    path = DATA / name
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def times(values: list[str]) -> np.ndarray:
    return np.array([v.replace(" ", "T") for v in values], "M8[us]")


def share(ours: np.ndarray, theirs: np.ndarray) -> float:
    """How many of the due dates agree within a minute, in percent: seconds are often cut off in one column."""
    return 100 * float((np.abs(ours - theirs) <= MINUTE).mean())


def test_boston_2011_by_the_older_rules() -> None:
    weekdays = Calendar(zone="America/New_York", hours={"mon-fri": ["08:30-17:00"]})
    listed = {
        "Schedule a Bulk Item Pickup": 2,
        "Request for Pothole Repair": 2,
        "Missed Trash/Recycling/Yard Waste/Bulk Item": 2,
        "Street Light Outages": 10,
        "Sign Repair": 10,
        "General Comments For a Program or Policy": 10,
        "Sticker Request": 2,
        "Building Inspection Request": 3,
        "Tree Emergencies": 1,
        "Pick up Dead Animal": 1,
    }
    cases = defaultdict(list)
    for row in rows("civic/boston311_2011h2.csv.gz"):
        if row["target_dt"] and row["type"] in listed:
            cases[row["type"]].append((row["open_dt"], row["target_dt"]))
    assert cases.keys() == listed.keys()
    for kind, pairs in cases.items():
        opened, targets = (BOSTON.to_instant_many(times(list(column))) for column in zip(*pairs, strict=True))
        goal = Goal(f"{listed[kind]} business days, received on the next business day or opening")
        assert share(goal.due_many(opened, weekdays), targets) >= 96.8, kind


def test_boston_animals_by_the_table_of_holidays_of_each_year() -> None:
    off = [row["date"] for row in rows("civic/boston311_observed_nonworking_weekdays.csv")]
    office = Calendar(zone="America/New_York", hours={"mon-fri": ["08:30-17:00"]}, holidays=off)
    cases = [r for r in rows("civic/boston311_animal_2013_2019_shifted.csv.gz") if r["type"] == "Pick up Dead Animal"]

    def unshifted(column: str) -> np.ndarray:
        # A wall time was taken for UTC and converted once more, so the reading in UTC is the wall time.
        walls = BOSTON.to_instant_many(times([r[column] for r in cases]))
        return BOSTON.to_instant_many(walls)

    due = Goal("1 business day, received at the next opening").due_many(unshifted("open_dt"), office)
    assert share(due, unshifted("sla_target_dt")) >= 99.5


def test_wabo_keeps_the_wall_clock_over_fifty_six_days() -> None:
    amsterdam = Calendar(zone="Europe/Amsterdam", hours={"mon-fri": ["08:00-17:00"]})
    zone = ZoneInfo("Europe/Amsterdam")
    cases = {
        (r["case:startdate"], r["case:deadline"])
        for r in rows("process/wabo_receipt_phase.csv")
        if r["case:startdate"] and r["case:deadline"]
    }
    changed = 0
    for start, deadline in sorted(cases):
        a, b = (datetime.fromisoformat(text) for text in (start, deadline))
        wall_a, wall_b = (t.astimezone(zone).replace(tzinfo=None) for t in (a, b))
        if abs(wall_b - wall_a - timedelta(days=56)) > timedelta(minutes=1):
            continue  # another number of days, or the clock was not kept
        assert abs(Goal("56 days").due(a, amsterdam) - b) <= timedelta(minutes=1)  # type: ignore[operator]
        changed += abs(b - a - timedelta(days=56)) > timedelta(minutes=30)
    assert changed > 50


def test_fines_get_their_penalty_sixty_days_after_the_notification() -> None:
    rome = Calendar(zone="Europe/Rome", hours={"mon-fri": ["08:00-17:00"]})
    seen: dict[str, dict[str, date]] = defaultdict(dict)
    for row in rows("process/road_traffic_fines.csv"):
        seen[row["case_id"]][row["activity"]] = date.fromisoformat(row["timestamp"][:10])
    both = [c for c in seen.values() if {"Insert Fine Notification", "Add penalty"} <= c.keys()]
    assert len(both) > 2_000
    goal = Goal("60 days")
    for case in both:
        due = goal.due(rome.start_of(case["Insert Fine Notification"]), rome)
        assert due is not None
        assert rome.day_at(due) == case["Add penalty"]


def test_baltimore_counts_plain_days() -> None:
    plain = Calendar.always("UTC")
    days: dict[str, Counter[int]] = defaultdict(Counter)
    cases = []
    for name in ("civic/baltimore311_2014_2019.csv", "civic/baltimore311_2019_10.csv"):
        for row in rows(name):
            if row["DueDate"]:
                a, b = (
                    datetime.strptime(row[c], "%m/%d/%Y %I:%M:%S %p").replace(tzinfo=UTC)
                    for c in ("CreatedDate", "DueDate")
                )
                cases.append((row["SRType"], a, b))
                days[row["SRType"]][(b - a).days] += 1
    goals = {kind: Goal(f"{counts.most_common(1)[0][0]} days") for kind, counts in days.items()}
    wrong = [(kind, a, b) for kind, a, b in cases if goals[kind].due(a, plain) != b]
    assert len(cases) > 5_000
    assert wrong == []


def test_china_works_when_the_state_council_says_so() -> None:
    tables = sorted((DATA / "holidays/cn").glob("20*.json"))
    hours = {"mon-fri": ["09:00-17:00"]}
    read = Calendar(zone="Asia/Shanghai", hours=hours, holidays=read_state_council(*tables))
    shipped = Calendar(zone="Asia/Shanghai", hours=hours, holidays="cn-public-holidays")
    off = {d["date"]: d["isOffDay"] for t in tables for d in json.loads(t.read_text(encoding="utf-8"))["days"]}
    day = date(2015, 1, 1)
    while day < date(2027, 1, 1):
        works = not off.get(day.isoformat(), day.weekday() >= 5)
        assert read.is_business_day(day) is works, day
        assert shipped.is_business_day(day) is works, day
        day += timedelta(days=1)


def test_earlier_years_of_china_from_icalendar() -> None:
    shipped = Calendar(zone="Asia/Shanghai", hours={"mon-fri": ["09:00-17:00"]}, holidays="cn-public-holidays")
    for year in range(2007, 2015):
        feed = read_ics(DATA / f"holidays/cn/{year}.ics", years=(year, year))
        days = Calendar(
            zone="Asia/Shanghai", hours={"mon-fri": ["09:00-17:00"]}, holidays=feed.holidays(working="上班")
        )
        a, b = date(year, 1, 1), date(year, 12, 28)  # what lies in the year after is in its own file
        assert [d.isoformat() for d in days.business_days(a, b)] == [d.isoformat() for d in shipped.business_days(a, b)]


def sessions(name: str, since: str = "") -> list[tuple[datetime, datetime]]:
    """The open periods of an exchange in UTC, two a day where there is a break."""
    periods = []
    for row in rows(f"holidays/exchange/{name}"):
        if row["open"] >= since:
            stops = [datetime.fromisoformat(row[k].replace("Z", "+00:00")) for k in _STOPS if row[k]]
            periods += list(zip(stops[::2], stops[1::2], strict=True))
    return periods


_STOPS = ("open", "break_start", "break_end", "close")


def test_new_york_sessions_come_out_of_rules_and_exceptions() -> None:
    rules = [
        {"name": "New Year's Day", "on": "1 january", "observed": "sunday to monday"},
        {"name": "Martin Luther King", "on": "third monday of january", "from": 1998},
        {"name": "Washington's Birthday", "on": "third monday of february"},
        {"name": "Good Friday", "on": "easter", "offset": -2},
        {"name": "Memorial Day", "on": "last monday of may"},
        {"name": "Juneteenth", "on": "19 june", "observed": "nearest", "from": 2022},
        {"name": "Independence Day", "on": "4 july", "observed": "nearest"},
        {"name": "Labor Day", "on": "first monday of september"},
        {"name": "Thanksgiving", "on": "fourth thursday of november"},
        {"name": "Christmas", "on": "25 december", "observed": "nearest"},
    ]
    special = [
        "1994-04-27",
        *(f"2001-09-{n}" for n in range(11, 15)),
        "2004-06-11",
        "2007-01-02",
        "2012-10-29",
        "2012-10-30",
    ]
    special.append("2018-12-05")
    hours = {
        row["date"]: [f"{row['open_local'][:5]}-{row['close_local'][:5]}"]
        for row in rows("holidays/exchange/xnys_exceptions.csv")
        if row["open_local"]
    }
    exchange = Calendar(
        zone="America/New_York",
        hours={"mon-fri": ["09:30-16:00"]},
        holidays=[{"name": "rules", "rules": rules}, *special],
        exceptions=hours,
    )
    listed = sessions("xnys_sessions.csv")
    assert exchange.periods(listed[0][0], listed[-1][1]) == listed


def test_shanghai_sessions_come_out_of_the_days_off_and_one_exception() -> None:
    tables = Calendar(zone="Asia/Shanghai", hours={"mon-fri": ["09:30-11:30"]}, holidays="cn-public-holidays").to_dict()
    off = {
        "dates": [*tables["holidays"][0]["dates"], {"date": "2024-02-09"}],
        "from": 2007,
        "to": 2026,
    }  # no make-up days
    exchange = Calendar(zone="Asia/Shanghai", hours={"mon-fri": ["09:30-11:30", "13:00-15:00"]}, holidays=off)
    listed = sessions("xshg_sessions.csv", since="2007-01-04")
    assert exchange.periods(listed[0][0], listed[-1][1]) == listed


def files() -> list[Path]:
    return sorted((DATA / "ics").rglob("*.ics")) + sorted((DATA / "holidays").rglob("*.ics")) if DATA.is_dir() else []


def test_every_icalendar_file_gives_a_result_or_a_clear_error() -> None:
    read = refused = 0
    for path in files():
        try:
            feed = read_ics(path, years=(2000, 2030), zone="UTC", skip_faults=True)
        except PolicyError as error:
            assert error.findings
            assert all(f.code and f.message and f.file for f in error.findings), path
            refused += 1
            continue
        read += 1
        assert all(f.message for f in feed.findings)
        try:
            made = Calendar(zone="UTC", hours={"mon-fri": ["09:00-17:00"]}, holidays=feed) - feed.busy()
            made.between(datetime(2010, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC))
        except (PolicyError, HorizonError) as error:
            assert "open time" not in str(error), path
    assert read > 100
    assert refused < 30
