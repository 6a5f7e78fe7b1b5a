# SPDX-License-Identifier: BSL-1.0
"""Calendars from Python: what their users ask, as the peers' own suites ask it, and what a calendar refuses."""

from __future__ import annotations

import pickle
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plaint
from plaint import Calendar, Certainty, Goal, HorizonError, PolicyError, TimeCause

UTC = timezone.utc
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def office(zone: str = "Europe/London", **more: object) -> Calendar:
    return Calendar(**{"zone": zone, "hours": {"mon-fri": ["09:00-17:00"]}, **more})  # type: ignore[arg-type]


FRIDAY = at("2026-11-20T16:00")
MONDAY = at("2026-11-23T10:00")


def test_open_time_is_added_subtracted_and_measured() -> None:
    c = office()
    assert c.add(FRIDAY, 2 * HOUR) == MONDAY
    assert c.subtract(MONDAY, 2 * HOUR) == FRIDAY
    assert c.between(FRIDAY, MONDAY) == 2 * HOUR
    assert c.between(MONDAY, FRIDAY) == -2 * HOUR
    assert c.add(FRIDAY, -HOUR) == c.subtract(FRIDAY, HOUR) == FRIDAY - HOUR
    assert c.add(FRIDAY + 9 * HOUR, timedelta()) == FRIDAY + 9 * HOUR
    assert c.is_open(FRIDAY)
    assert not c.is_open(FRIDAY + HOUR)
    assert c.add(FRIDAY, timedelta(microseconds=1)) == FRIDAY + timedelta(microseconds=1)
    assert c.between(np.datetime64("2026-11-20T16:00"), MONDAY) == 2 * HOUR


def test_open_time_used_up_at_a_closing_ends_there_or_at_the_next_opening() -> None:
    closing, opening = at("2026-11-20T17:00"), at("2026-11-23T09:00")
    assert office().add(FRIDAY, HOUR) == closing
    assert office(exact_end="latest").add(FRIDAY, HOUR) == opening
    assert office().subtract(MONDAY, HOUR) == opening
    assert office(exact_end="latest").subtract(MONDAY, HOUR) == closing


def test_a_call_answers_alike_however_its_arguments_are_written() -> None:
    pandas = pytest.importorskip("pandas")
    c = office(horizon=(2020, 2030))
    wall = FRIDAY.astimezone(ZoneInfo("Europe/London"))
    stamps = (FRIDAY, wall, FRIDAY.astimezone(UTC), np.datetime64("2026-11-20T16:00"), pandas.Timestamp(FRIDAY))
    for t in stamps:
        for hours in (2 * HOUR, np.timedelta64(2, "h")):
            assert c.add(t, hours) == c.add(t, length=hours) == c.add(length=hours, t=t) == MONDAY
            assert c.subtract(t, hours) == c.subtract(t, length=hours) == FRIDAY - 2 * HOUR
        assert c.between(t, MONDAY) == c.between(b=MONDAY, a=t) == 2 * HOUR
        assert c.is_open(t)
        assert c.is_open(t=t)
        assert c.next_open_or_self(t) == c.next_open_or_self(t=t) == FRIDAY
        for turn in (c.next_open, c.next_close, c.previous_open, c.previous_close):
            assert turn(t) == turn(t, False) == turn(t, strict=False) == turn(t=t)
            assert turn(t, True) == turn(t, strict=True)
        assert c.is_business_day(t)
        assert c.add_business_days(t, 1) == c.add_business_days(n=1, t=t) == at("2026-11-23T16:00")
        goal = Goal("1 business day")
        assert goal.due(t, c) == goal.due(start=t, calendar=c) == goal.due(t, c, until=None) == at("2026-11-23T16:00")
    assert c.is_business_day(date(2026, 11, 20)) is c.is_business_day(day=date(2026, 11, 20)) is True
    assert c.add_business_days(date(2026, 11, 21), 1) == c.add_business_days(date(2026, 11, 21), n=1)
    assert Goal("until promised").due(FRIDAY, c) is None
    for past in (
        lambda: c.add(FRIDAY, 99_999 * HOUR),
        lambda: c.add(FRIDAY, timedelta.max),
        lambda: c.is_open(at("2031-01-02")),
    ):
        with pytest.raises(HorizonError) as told:
            past()
        assert told.value.horizon == (at("2020-01-01"), at("2031-01-01"))
    with pytest.raises(TypeError):
        c.add(FRIDAY)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Calendar.add(Goal("4h"), FRIDAY, HOUR)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Calendar.__new__(Calendar).add(FRIDAY, HOUR)


def test_openings_and_closings_at_an_instant_are_found_unless_asked_strictly() -> None:
    c = office()
    opening, closing = at("2026-11-20T09:00"), at("2026-11-20T17:00")
    assert c.next_open(opening) == opening
    assert c.next_open(opening, strict=True) == c.next_open(FRIDAY) == at("2026-11-23T09:00")
    assert c.next_close(closing) == closing
    assert c.next_close(closing, strict=True) == at("2026-11-23T17:00")
    assert c.previous_open(opening) == opening
    assert c.previous_open(opening, strict=True) == at("2026-11-19T09:00")
    assert c.previous_close(closing) == closing
    assert c.previous_close(closing, strict=True) == c.previous_close(FRIDAY) == at("2026-11-19T17:00")
    assert c.next_open_or_self(FRIDAY) == FRIDAY
    assert c.next_open_or_self(closing) == at("2026-11-23T09:00")


def test_periods_are_cut_to_the_span_and_come_both_ways() -> None:
    c = office()
    friday = (FRIDAY, at("2026-11-20T17:00"))
    monday = (at("2026-11-23T09:00"), at("2026-11-23T17:00"))
    assert c.periods(FRIDAY, MONDAY) == [friday, (monday[0], MONDAY)]
    assert c.periods(FRIDAY, limit=2) == [friday, monday]
    assert c.periods(MONDAY, limit=2, reverse=True) == [(monday[0], MONDAY), (at("2026-11-20T09:00"), friday[1])]
    assert c.periods(MONDAY, FRIDAY, reverse=True) == c.periods(FRIDAY, MONDAY)[::-1]
    assert c.periods(MONDAY, FRIDAY) == []
    assert len(c.periods(at("2098-12-31T00:00"))) == 262


def test_round_the_clock_is_plain_arithmetic_that_never_closes() -> None:
    for c in (Calendar(zone="Europe/London", hours={"daily": ["00:00-24:00"]}), Calendar.always("Europe/London")):
        assert c.add(at("2026-03-28T12:00"), DAY) == at("2026-03-29T12:00")
        assert c.next_close(FRIDAY) is None
        assert c.previous_open(FRIDAY) is None
        assert len(c.periods(FRIDAY, MONDAY)) == 1


def test_night_shifts_end_on_the_next_day_and_holidays_cut_them_at_midnight_or_whole() -> None:
    night = {"mon-fri": ["22:00-06:00"]}
    start, end = at("2026-12-24T00:00"), at("2026-12-27T00:00")
    cut = Calendar(zone="UTC", hours=night, holidays=[date(2026, 12, 25)])
    before = [(start, at("2026-12-24T06:00")), (at("2026-12-24T22:00"), at("2026-12-25T00:00"))]
    assert cut.periods(start, end) == [*before, (at("2026-12-26T00:00"), at("2026-12-26T06:00"))]
    owner = Calendar(zone="UTC", hours=night, holidays=[date(2026, 12, 25)], holiday="owner")
    assert owner.periods(start, end) == [
        (start, at("2026-12-24T06:00")),
        (at("2026-12-24T22:00"), at("2026-12-25T06:00")),
    ]
    split = Calendar(
        zone="UTC", hours={"mon-fri": ["22:00-24:00"], "tue-sat": ["00:00-06:00"]}, holidays=["2026-12-25"]
    )
    assert split.periods(start, end) == cut.periods(start, end)


def test_exceptions_replace_add_close_and_work() -> None:
    c = office(
        holidays=["england-and-wales"],
        exceptions={"2026-12-24": ["09:00-12:00"], date(2026, 12, 28): ["10:00-11:00"], "2026-12-29": []},
        added={"2026-12-26": ["10:00-12:00"]},
        breaks={"2026-12-30": ["12:00-13:00"]},
        working_days=[{"date": "2026-11-21", "like": "mon", "name": "make-up"}],
    )
    day = lambda text: c.between(at(text), at(text) + DAY)  # noqa: E731
    assert [day(f"2026-12-{n}") / HOUR for n in range(24, 31)] == [3, 0, 2, 0, 1, 0, 7]
    assert day("2026-11-21") == 8 * HOUR
    assert [c.is_business_day(date(2026, 12, n)) for n in range(24, 31)] == [
        True,
        False,
        True,
        False,
        True,
        False,
        True,
    ]
    assert c.opening_of(date(2026, 12, 28)) == at("2026-12-28T10:00")
    assert c.close_of(date(2026, 12, 25)) is None


@pytest.mark.parametrize(
    ("zone", "hours", "start", "end", "open_"),
    [
        # London jumps from 01:00 to 02:00: a shift in the gap is empty, one into it begins with the jump.
        ("Europe/London", "01:15-01:45", "2026-03-29T00:00Z", "2026-03-29T04:00Z", timedelta()),
        ("Europe/London", "01:30-03:00", "2026-03-29T00:00Z", "2026-03-29T04:00Z", HOUR),
        ("Europe/London", "00:00-24:00", "2026-03-28T12:00Z", "2026-03-30T12:00Z", 48 * HOUR),
        # and repeats the hour from 01:00 in October: the first occurrence counts for both ends.
        ("Europe/London", "01:15-01:45", "2026-10-25T00:00Z", "2026-10-25T04:00Z", HOUR / 2),
        ("Europe/London", "00:30-03:00", "2026-10-24T22:00Z", "2026-10-25T04:00Z", 3.5 * HOUR),
        # Lord Howe moves by half an hour.
        ("Australia/Lord_Howe", "01:45-03:00", "2026-10-03T12:00Z", "2026-10-04T12:00Z", 0.75 * HOUR),
        ("Australia/Lord_Howe", "01:30-03:00", "2026-04-04T12:00Z", "2026-04-05T12:00Z", 2 * HOUR),
        # Apia had no 30 December 2011.
        ("Pacific/Apia", "09:00-17:00", "2011-12-29T10:00Z", "2011-12-31T10:00Z", 16 * HOUR),
        # Casablanca goes back for Ramadan and forth again.
        ("Africa/Casablanca", "02:00-04:00", "2026-02-14T20:00Z", "2026-02-15T12:00Z", 3 * HOUR),
        ("Africa/Casablanca", "02:00-04:00", "2026-03-21T20:00Z", "2026-03-22T12:00Z", HOUR),
    ],
)
def test_hours_around_changes_of_clocks_are_elapsed_time(
    zone: str, hours: str, start: str, end: str, open_: timedelta
) -> None:
    c = Calendar(zone=zone, hours={"daily": [hours]})
    a, b = plaint.parse_instant(start), plaint.parse_instant(end)
    assert c.between(a, b) == open_
    assert sum((y - x for x, y in c.periods(a, b)), timedelta()) == open_


def test_gap_and_overlap_are_options() -> None:
    # Los Angeles jumps at 02:00; shifted by its length, 02:30 is 03:30.
    spring = {"zone": "America/Los_Angeles", "hours": {"daily": ["02:30-05:00"]}}
    day = plaint.parse_instant("2026-03-08T08:00Z")
    assert Calendar(**spring).between(day, day + DAY) == 2 * HOUR
    assert Calendar(**spring, gap="shift").between(day, day + DAY) == 1.5 * HOUR
    autumn = {"zone": "America/Los_Angeles", "hours": {"daily": ["01:30-05:00"]}}
    day = plaint.parse_instant("2026-11-01T07:00Z")
    assert Calendar(**autumn).between(day, day + DAY) == 4.5 * HOUR
    assert Calendar(**autumn, overlap="last").between(day, day + DAY) == 3.5 * HOUR


def test_business_days_are_counted_by_day_rule_roll_and_interval() -> None:
    c = office(holidays=["2026-12-25"])
    saturday = date(2026, 11, 21)
    assert c.add_business_days(saturday, 1) == date(2026, 11, 23)
    assert c.add_business_days(saturday, 1, day_rule="adjust") == date(2026, 11, 24)
    assert office(day_rule="adjust").add_business_days(saturday, -1) == date(2026, 11, 19)
    rolls = {"none": 21, "open": 21, "following": 23, "preceding": 20, "modified following": 23, "nearest": 20}
    for roll, day in rolls.items():
        assert c.add_business_days(saturday, 0, roll=roll) == date(2026, 11, day)  # type: ignore[arg-type]
    assert c.add_business_days(saturday, 0) == date(2026, 11, 23)
    assert c.roll_day(date(2026, 10, 31), "modified following") == date(2026, 10, 30)
    # Instants keep their wall-clock time, over a change of clocks too, and go to the next opening when asked.
    assert c.add_business_days(at("2026-03-27T20:00"), 1) == at("2026-03-30T20:00", "Europe/London")
    assert c.add_business_days(at("2026-11-20T20:00"), 1, roll="open") == at("2026-11-24T09:00")
    friday, tuesday = date(2026, 11, 20), date(2026, 11, 24)
    assert c.business_days_between(friday, tuesday) == 2
    counted = {"[a,b)": 2, "(a,b]": 2, "[a,b]": 3, "(a,b)": 1}
    assert {k: c.business_days_between(friday, tuesday, counted=k) for k in counted} == counted  # type: ignore[arg-type]
    assert office(counted="[a,b]").business_days_between(friday, friday) == 1
    assert c.business_days(friday, tuesday) == [friday, date(2026, 11, 23)]
    with pytest.raises(ValueError, match="roll must be one of"):
        c.add_business_days(saturday, 0, roll="sideways")  # type: ignore[arg-type]


def test_days_agree_with_numpy() -> None:
    off = [
        "2026-01-01",
        "2026-04-03",
        "2026-04-06",
        "2026-05-04",
        "2026-05-25",
        "2026-08-31",
        "2026-12-25",
        "2026-12-28",
    ]
    c = office(holidays=off)
    days = np.busdaycalendar(holidays=off)
    rng = np.random.default_rng(3)
    for a, b, n in zip(rng.integers(0, 360, 300), rng.integers(0, 360, 300), rng.integers(-40, 40, 300), strict=True):
        x, y = (np.datetime64("2026-01-01") + int(i) for i in (a, b))
        assert c.business_days_between(x, y) == np.busday_count(x, y, busdaycal=days)
        assert c.is_business_day(x) == np.is_busday(x, busdaycal=days)
        for roll, rule in (("forward", ("adjust", "next")), ("backward", ("next", "adjust"))):
            if n == 0:
                ours = c.add_business_days(x, 0, roll="following" if roll == "forward" else "preceding")
            else:
                ours = c.add_business_days(x, int(n), day_rule=rule[0 if n > 0 else 1])  # type: ignore[arg-type]
            assert ours == np.busday_offset(x, n, roll=roll, busdaycal=days).tolist()


def test_hours_agree_with_pandas() -> None:
    pandas = pytest.importorskip("pandas")
    off = ["2026-12-25", "2026-12-28"]
    c = Calendar(zone="UTC", hours={"mon-fri": ["09:00-12:00", "13:00-17:00"]}, holidays=off, exact_end="latest")
    theirs = pandas.offsets.CustomBusinessHour(start=["09:00", "13:00"], end=["12:00", "17:00"], holidays=off)
    rng = np.random.default_rng(4)
    for minutes, n in zip(rng.integers(0, 40_000, 60), rng.integers(1, 60, 60), strict=True):
        t = pandas.Timestamp("2026-12-01") + pandas.Timedelta(minutes=int(minutes))
        assert c.add(t.to_pydatetime().replace(tzinfo=UTC), int(n) * HOUR) == (t + int(n) * theirs).tz_localize("UTC")


def test_calendars_combine_over_zones() -> None:
    london = office("Europe/London")
    new_york = office("America/New_York")
    day = at("2026-11-20T00:00")
    both, either = london & new_york, london | new_york
    assert both.periods(day, day + DAY) == [(at("2026-11-20T14:00"), at("2026-11-20T17:00"))]
    assert either.periods(day, day + DAY) == [(at("2026-11-20T09:00"), at("2026-11-20T22:00"))]
    pause = Calendar.during([(FRIDAY, FRIDAY + timedelta(minutes=10, seconds=1))], id="waiting for the customer")
    running = london - pause
    assert running.between(day, day + DAY) == 8 * HOUR - timedelta(minutes=10, seconds=1)
    taken = [p for p in running.explain(day, day + DAY).parts if p.cause is TimeCause.PAUSE]
    assert [(p.start, p.name) for p in taken] == [(FRIDAY, "waiting for the customer")]
    assert (london & Calendar.always()).between(day, day + DAY) == 8 * HOUR
    assert (london & Calendar.never()).between(day, day + DAY) == timedelta()


def test_hours_and_zones_change_from_a_date_on() -> None:
    c = Calendar(
        zone="Europe/London",
        hours={"mon-fri": ["09:00-17:00"]},
        versions=[{"from": date(2026, 7, 1), "zone": "America/New_York", "hours": {"mon-fri": ["08:00-12:00"]}}],
    )
    assert c.periods(at("2026-06-30T00:00"), limit=2) == [
        (at("2026-06-30T08:00"), at("2026-06-30T16:00")),
        (at("2026-07-01T12:00"), at("2026-07-01T16:00")),
    ]
    assert c.zone.name == "America/New_York"
    later = {"2026-07-01": {"mon-fri": ["08:00-12:00"]}}
    assert office(versions=later).close_of(date(2026, 7, 1)) == at("2026-07-01T11:00")


@pytest.mark.parametrize(
    "horizon", [(2020, 2027), ("2020", "2027"), (date(2020, 1, 1), date(2027, 12, 31)), {"from": 2020, "to": 2027}]
)
def test_a_horizon_is_years_however_they_are_written(horizon: object) -> None:
    assert Calendar(zone="UTC", hours="always", horizon=horizon).horizon == (
        at("2020-01-01T00:00"),
        at("2028-01-01T00:00"),
    )


def test_past_the_horizon_is_an_error_or_flagged_on_request() -> None:
    c = office(horizon=2027, holidays=["2026-12-25"])
    with pytest.raises(HorizonError, match="2027-12-31") as told:
        c.between(FRIDAY, at("2028-06-01T00:00"))
    assert told.value.horizon == c.horizon == (at("1970-01-01T00:00", "Europe/London"), at("2028-01-01T00:00"))
    for ask in (
        lambda: c.add(FRIDAY, timedelta.max),
        lambda: c.subtract(FRIDAY, timedelta.max),
        lambda: c.add(FRIDAY, timedelta.min),
        lambda: c.next_open(at("2027-12-31T18:00")),
        lambda: c.is_business_day(date(2028, 1, 1)),
        lambda: c.add_business_days(date(2027, 12, 31), 1),
        lambda: Goal("5 business days").due(at("2027-12-30T00:00"), c),
    ):
        with pytest.raises(HorizonError):
            ask()
    beyond = office(horizon=(2020, 2027), past_horizon="weekly")
    assert beyond.between(at("2030-12-25T00:00"), at("2030-12-26T00:00")) == 8 * HOUR
    assert beyond.certainty(FRIDAY, MONDAY) is Certainty.KNOWN
    assert beyond.explain(FRIDAY, at("2030-01-01T00:00")).certainty is Certainty.EXTRAPOLATED
    doubtful = office(holidays={"name": "x", "dates": ["2027-01-01"], "provisional": [2027]})
    assert doubtful.certainty(at("2027-05-01T00:00"), at("2027-05-02T00:00")) is Certainty.PROVISIONAL


@pytest.mark.parametrize(
    ("wrong", "faults"),
    [
        ({"zone": "Europe/Londno"}, ["unknown-zone /zone"]),
        ({"hours": {"mox": ["09:00-17:00"], "tue": ["9-5"]}}, ["bad-weekday /hours/mox", "bad-interval /hours/tue/0"]),
        ({"hours": {"mon": ["09:00-12:00", "11:00-13:00"]}}, ["overlap /hours/mon/1"]),
        ({"hours": {"mon": ["09:00-09:00"]}}, ["empty-interval /hours/mon/0"]),
        ({"hours": {"sun": ["20:00-04:00"], "mon": ["03:00-05:00"]}}, ["overlap /hours/mon/0"]),
        ({"hours": {"mon-fri": ["09:00-09:00"]}}, ["empty-interval /hours/mon-fri/0"]),
        ({"versions": {"2026-07-01": {"tue": ["09:00-09:00"]}}}, ["empty-interval /versions/0/hours/tue/0"]),
        ({"hours": {}}, ["no-open-time /hours"]),
        (
            {"hours": None, "versions": [{"from": "2050-01-01", "hours": {"mon": ["09:00-17:00"]}}], "horizon": 2049},
            ["no-open-time /hours"],
        ),
        ({"hours": {"mon": []}}, ["no-open-time /hours"]),
        ({"hours": None}, ["missing "]),
        ({"zone": None}, ["missing "]),
        ({"holidays": ["2026-02-30", "us-fedral"]}, ["bad-date /holidays/0", "unknown-holidays /holidays/1"]),
        ({"holidays": ["1399-01-01"]}, ["out-of-range /holidays/0/dates/0"]),
        ({"exceptions": {"2026-13-01": []}}, ["bad-date /exceptions/2026-13-01"]),
        ({"breaks": {"2026-05-04": ["11:00-10:00"]}}, ["reversed-break /breaks/2026-05-04/0"]),
        ({"exceptions": {"2040-01-01": []}, "horizon": 2030}, ["horizon-too-small /exceptions/2040-01-01"]),
        ({"horizon": (2030, 2020)}, ["horizon-too-small /horizon"]),
        ({"horizon": 10_000}, ["out-of-range /horizon/to"]),
        ({"exact_end": "late"}, ["unknown-word /exact_end"]),
        ({"gap": "refuse"}, ["unknown-word /gap"]),
        ({"hollidays": []}, ["unknown-key /hollidays"]),
    ],
)
def test_what_a_calendar_cannot_be_is_refused_with_its_place(wrong: dict[str, object], faults: list[str]) -> None:
    with pytest.raises(PolicyError) as told:
        office(**wrong)
    assert [f"{f.code} {f.pointer}" for f in told.value.findings] == faults


def test_all_faults_come_at_once() -> None:
    with pytest.raises(PolicyError) as told:
        Calendar(
            zone="Mars/Olympus", hours={"mon": ["17:00"], "xyz": []}, breaks={"2026-05-04": ["11:00-10:00"]}, roll="up"
        )
    assert {f.code for f in told.value.findings} == {
        "unknown-zone",
        "bad-interval",
        "bad-weekday",
        "reversed-break",
        "unknown-word",
    }


def test_what_is_no_instant_or_length_is_a_type_error() -> None:
    c = office()
    with pytest.raises(TypeError, match="naive"):
        c.is_open(datetime(2026, 1, 1))
    for bad in (1, "4h", None):
        with pytest.raises(TypeError):
            c.add(FRIDAY, bad)  # type: ignore[arg-type]


def test_overlapping_ranges_merge_on_request_and_touching_ones_are_one_period() -> None:
    merged = Calendar(zone="UTC", hours={"mon": ["10:00-13:00", "09:00-12:00"]}, ranges="merge")
    touching = Calendar(zone="UTC", hours={"mon": ["12:00-13:00", "09:00-12:00"]})
    for c in (merged, touching):
        assert c.periods(at("2026-11-23T00:00"), limit=1) == [(at("2026-11-23T09:00"), at("2026-11-23T13:00"))]


def test_a_calendar_is_a_value() -> None:
    c = office(holidays=["us-federal"], exceptions={"2026-12-24": ["09:00-12:00"], "2026-12-23": []}, roll="following")
    again = pickle.loads(pickle.dumps(c))
    assert again == c == Calendar.from_json(c.to_json()) == Calendar.from_dict(c.to_dict())
    assert hash(again) == hash(c)
    assert len({c.digest, again.digest, office().digest}) == 2
    turned = office(
        holidays=["us-federal"], exceptions={"2026-12-23": [], "2026-12-24": ["09:00-12:00"]}, roll="following"
    )
    assert turned == c
    both = c | office("Asia/Tokyo")
    assert pickle.loads(pickle.dumps(both)) == both
    assert Calendar.from_dict(both.to_dict()).between(FRIDAY, MONDAY) == both.between(FRIDAY, MONDAY)


def test_columns_answer_like_single_calls_whatever_library_they_are_from() -> None:
    c = office()
    starts = np.array(["2026-11-20T16:00", "NaT", "2026-11-21T00:00"], "M8[us]")
    ends = c.add_many(starts, 2 * HOUR)
    assert str(ends[0]) == "2026-11-23T10:00:00.000000"
    assert np.isnat(ends[1])
    assert c.between_many(starts, ends)[[0, 2]].tolist() == [2 * HOUR, 2 * HOUR]
    assert c.subtract_many(ends, 2 * HOUR)[0] == starts[0]
    assert np.isnat(c.subtract_many(ends, 2 * HOUR)[1])
    assert c.is_open_many(starts).tolist() == [True, False, False]
    assert c.between_many(FRIDAY, ends)[0] == 2 * HOUR
    assert c.add_many([FRIDAY, None], [HOUR, HOUR]).tolist()[0] == datetime(2026, 11, 20, 17)
    assert Goal("1 business day").due_many(starts, c)[0] == np.datetime64("2026-11-23T16:00")
    many = np.tile(starts, 20_000)
    assert (c.add_many(many, 2 * HOUR, threads=3).view("i8") == np.tile(ends, 20_000).view("i8")).all()
    with pytest.raises(HorizonError):
        c.add_many(np.tile(np.datetime64("2200-01-01", "us"), 20_000), HOUR, threads=2)
    with pytest.raises(ValueError, match="one length"):
        c.between_many(starts, starts[:2])


def test_arrow_and_pandas_columns_come_back_as_they_are() -> None:
    pa = pytest.importorskip("pyarrow")
    pd = pytest.importorskip("pandas")
    c = office()
    times = pa.array([FRIDAY, None], pa.timestamp("us", tz="Europe/London"))
    ends = c.add_many(times, 2 * HOUR)
    assert ends.type == pa.timestamp("us", tz="UTC")
    assert ends.to_pylist() == [MONDAY, None]
    assert c.between_many(pa.chunked_array([times, times]), FRIDAY).to_pylist() == [
        timedelta(),
        None,
        timedelta(),
        None,
    ]
    assert c.is_open_many(times).to_pylist() == [True, None]
    assert Goal("2h").due_many(times.cast(pa.timestamp("ns", tz="UTC")), c).to_pylist() == [MONDAY, None]
    series = pd.Series([FRIDAY, pd.NaT], index=["x", "y"]).dt.tz_convert("America/New_York")
    assert c.add_many(series, 2 * HOUR)["x"] == MONDAY
    assert c.add_many(series, 2 * HOUR).isna().tolist() == [False, True]
    assert c.is_open_many(series).tolist() == [True, pd.NA]
    with pytest.raises(TypeError, match="timestamps required"):
        c.is_open_many(pa.array([1, 2]))


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("4h", "2026-11-23T12:00"),
        ("PT4H", "2026-11-23T12:00"),
        ("4h elapsed", "2026-11-20T20:00"),
        ("3 business days", "2026-11-25T16:00"),
        ("15 days", "2026-12-05T16:00"),
        ("P15D", "2026-12-05T16:00"),
        ("15 days, roll following", "2026-12-07T16:00"),
        ("8 weeks", "2027-01-15T16:00"),
        ("3 months", "2027-02-20T16:00"),
        ("2 business days, due at close of business", "2026-11-24T17:00"),
        ("2 business days, due at end of day", "2026-11-25T00:00"),
        ("1 business day, cut-off 15:00, due at close of business", "2026-11-24T17:00"),
        ("3 business days, under uk-disp", "2026-11-25T17:00"),
        ("15 days, under cn-civil-code", "2026-12-07T17:00"),
        ("end of next business day", "2026-11-24T00:00"),
        ("1 business day, received at the next opening", "2026-11-23T16:00"),
        ("earliest of (5 business days; 24h elapsed)", "2026-11-21T16:00"),
        ("latest of (1h; 24h elapsed)", "2026-11-21T16:00"),
    ],
)
def test_goals_are_due_as_their_words_say(text: str, due: str) -> None:
    goal = Goal(text)
    assert goal.due(FRIDAY, office()) == at(due)
    assert Goal(str(goal)) == goal == pickle.loads(pickle.dumps(goal))
    assert hash(Goal(str(goal))) == hash(goal)


def test_a_goal_until_an_attribute_is_due_when_somebody_set_it() -> None:
    goal = Goal("earliest of (until target; 5 business days)")
    assert Goal("until target").due(FRIDAY, office()) is None
    assert goal.due(FRIDAY, office(), until={"target": MONDAY}) == MONDAY
    assert goal.due(FRIDAY, office(), until=lambda name: None) == at("2026-11-27T16:00")
    for bad in ("3", "soon", "99999999999999h", "3 business days, roll up"):
        with pytest.raises(PolicyError):
            Goal(bad)
    assert set(plaint.counting_rules()) == {
        "uk-disp",
        "uk-disp-2012",
        "us-reg-x",
        "us-reg-e",
        "cn-civil-code",
        "eu-1182-71",
    }


def test_explanations_name_what_took_time() -> None:
    c = office(holidays=["england-and-wales"])
    told = c.explain(at("2026-12-24T16:00"), at("2026-12-29T10:00"))
    assert told.open == 2 * HOUR
    assert [p.name for p in told.parts if p.cause is TimeCause.HOLIDAY] == ["Christmas Day", "Boxing Day (observed)"]
    assert told.parts[0].start == told.start
    assert "holiday (Christmas Day)" in str(told)
    goal = Goal("2 business days").explain(at("2026-12-24T16:00"), c)
    assert goal.due == at("2026-12-30T16:00")
    assert [d.name for d in goal.days if d.cause is TimeCause.HOLIDAY] == ["Christmas Day", "Boxing Day (observed)"]
    assert "due 2026-12-30 16:00" in str(goal)


def test_a_year_is_a_picture() -> None:
    picture = office(id="Desk & Co", holidays=["england-and-wales"]).svg(2026)
    assert picture.startswith("<svg")
    assert picture.count("<rect") == 365 + 6
    assert "2026-12-25 Fri: closed (Christmas Day)" in picture
    assert "Desk &amp; Co 2026" in picture
    assert "2026" in office(exceptions={"2026-12-24": []})._repr_svg_()  # type: ignore[attr-defined]


instants = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
lengths = st.timedeltas(timedelta(days=-60), timedelta(days=60))


@settings(max_examples=200, deadline=None)
@given(instants, instants, lengths, lengths)
def test_the_laws_hold_from_python(t: datetime, u: datetime, x: timedelta, y: timedelta) -> None:
    c = office(holidays=["england-and-wales"])
    assert c.between(t, u) == -c.between(u, t)
    assert c.between(t, c.add(t, x)) == x
    if (x > timedelta()) == (y > timedelta()) and x and y:
        assert c.add(c.add(t, x), y) == c.add(t, x + y)
    if t <= u and x > timedelta():
        assert c.add(t, x) <= c.add(u, x)
