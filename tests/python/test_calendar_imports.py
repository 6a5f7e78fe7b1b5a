# SPDX-License-Identifier: BSL-1.0
"""Calendars from elsewhere: iCalendar files good and bad, Python's holidays, State Council tables, the command line."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from typer.testing import CliRunner

from plaint import Calendar, Certainty, PolicyError
from plaint.calendars import IcsFile, read_ics, read_state_council
from plaint.cli.app import app

UTC = timezone.utc
HOUR = timedelta(hours=1)
OFFICE = {"zone": "UTC", "hours": {"mon-fri": ["09:00-17:00"]}}


def event(*lines: str, uid: str = "1") -> str:
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT"))


def feed(*parts: str, years: tuple[int, int] = (2026, 2027), **more: object) -> IcsFile:
    text = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", *parts, "END:VCALENDAR", ""))
    return read_ics(text.encode(), years=years, **more)  # type: ignore[arg-type]


def days(file: IcsFile) -> list[str]:
    return [day.isoformat() for day, _ in file.all_day]


def test_all_day_events_are_local_dates_with_an_exclusive_end() -> None:
    assert days(feed(event("DTSTART;VALUE=DATE:20260501"))) == ["2026-05-01"]
    assert days(feed(event("DTSTART;VALUE=DATE:20260501", "DTEND;VALUE=DATE:20260501"))) == ["2026-05-01"]
    assert days(feed(event("DTSTART;VALUE=DATE:20260501", "DTEND;VALUE=DATE:20260504"))) == [
        f"2026-05-0{n}" for n in (1, 2, 3)
    ]
    assert days(feed(event("DTSTART;VALUE=DATE:20260501", "DURATION:P2D"))) == ["2026-05-01", "2026-05-02"]
    over_new_year = feed(event("DTSTART;VALUE=DATE:20251231", "DTEND;VALUE=DATE:20260102"))
    assert days(over_new_year) == ["2026-01-01"]


def test_rules_are_followed_within_the_years_only() -> None:
    yearly = event(
        "DTSTART;VALUE=DATE:20200501", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20270501", "RDATE;VALUE=DATE:20270503"
    )
    assert days(feed(yearly)) == ["2026-05-01", "2027-05-03"]
    moved = event("DTSTART;VALUE=DATE:20270510", "RECURRENCE-ID;VALUE=DATE:20270501", "SUMMARY:moved")
    assert days(feed(event("DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY"), moved)) == ["2026-05-01", "2027-05-10"]
    assert days(feed(event("DTSTART;VALUE=DATE:20260501", "STATUS:CANCELLED"))) == []
    assert len(days(feed(event("DTSTART;VALUE=DATE:20260105", "RRULE:FREQ=WEEKLY;COUNT=3")))) == 3
    never = event("DTSTART;VALUE=DATE:20260230".replace("0230", "0228"), "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    assert len(days(feed(never))) <= 1


def test_timed_events_are_busy_time_in_their_zones() -> None:
    file = feed(
        event(
            "DTSTART;TZID=America/New_York:20260706T100000",
            "DURATION:PT1H",
            "RRULE:FREQ=DAILY;COUNT=2",
            "SUMMARY:drill",
        ),
        event("DTSTART:20260708T100000Z", "DTEND:20260708T110000Z", "TRANSP:TRANSPARENT", uid="2"),
    )
    start = datetime(2026, 7, 6, 14, tzinfo=UTC)
    assert file.timed == ((start, start + HOUR, "drill"), (start + 24 * HOUR, start + 25 * HOUR, "drill"))
    desk = Calendar(**OFFICE) - file.busy()
    assert desk.between(start - HOUR, start + 2 * HOUR) == 2 * HOUR
    floating = event("DTSTART:20260706T100000", "DTEND:20260706T110000")
    with pytest.raises(PolicyError, match="a zone for the time"):
        feed(floating)
    assert feed(floating, zone="Asia/Tokyo").timed[0][0] == datetime(2026, 7, 6, 1, tzinfo=UTC)
    assert feed("X-WR-TIMEZONE:Asia/Tokyo", floating).timed[0][0] == datetime(2026, 7, 6, 1, tzinfo=UTC)


def test_availability_becomes_open_hours_by_priority() -> None:
    def availability(priority: int, hours: str, window: str, rule: str) -> str:
        start, end = hours.split("-")
        lines = [
            "BEGIN:VAVAILABILITY",
            f"UID:{priority}",
            f"PRIORITY:{priority}",
            *window.split(),
            "BEGIN:AVAILABLE",
            "UID:a",
        ]
        lines += [f"DTSTART:20260105T{start}0000Z", f"DTEND:20260105T{end}0000Z", f"RRULE:{rule}"]
        return "\r\n".join([*lines, "END:AVAILABLE", "END:VAVAILABILITY"])

    usual = availability(0, "09-17", "", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
    summer = availability(1, "10-12", "DTSTART:20260706T000000Z DTEND:20260711T000000Z", "FREQ=DAILY")
    hours = feed(usual, summer).open_hours()
    monday = datetime(2026, 6, 29, tzinfo=UTC)
    assert [hours.between(monday + 7 * 24 * HOUR * n, monday + 7 * 24 * HOUR * (n + 1)) / HOUR for n in range(3)] == [
        40,
        10,
        40,
    ]
    with pytest.raises(PolicyError, match="VAVAILABILITY"):
        feed(event("DTSTART;VALUE=DATE:20260501")).open_hours()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "bad-icalendar"),
        (b"\xff\xfe\x00 nothing", "bad-icalendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:no end", "bad-icalendar"),
        (event("SUMMARY:no start").encode(), "bad-event"),
        (event("DTSTART:20260101T000000Z", "RRULE:FREQ=SECONDLY").encode(), "too-many"),
        (event("DTSTART:16010101T000000Z", "RRULE:FREQ=HOURLY").encode(), "too-many"),
        (event("DTSTART;VALUE=DATE:20260105", "DTEND;VALUE=DATE:20260101").encode(), "bad-event"),
    ],
)
def test_files_that_cannot_be_read_say_why(text: bytes, code: str) -> None:
    with pytest.raises(PolicyError) as told:
        read_ics(text, years=(2026, 2026))
    assert code in {f.code for f in told.value.findings}


def test_faults_may_be_skipped_and_are_kept() -> None:
    file = feed(event("SUMMARY:no start", uid="7"), event("DTSTART;VALUE=DATE:20260501", uid="8"), skip_faults=True)
    assert days(file) == ["2026-05-01"]
    assert [(f.code, f.pointer) for f in file.findings] == [("bad-event", "/7")]
    for bad in ((2027, 2026), (1200, 2026)):
        with pytest.raises(PolicyError, match="in order"):
            feed(years=bad)
    with pytest.raises(PolicyError, match="No such file"):
        read_ics(Path("nowhere.ics"), years=(2026, 2026))


def test_a_file_tells_holidays_from_working_days_by_name() -> None:
    file = feed(
        event("DTSTART;VALUE=DATE:20260216", "SUMMARY:春节"),
        event("DTSTART;VALUE=DATE:20260228", "SUMMARY:上班(补)", uid="2"),
    )
    c = Calendar(**OFFICE, holidays=file.holidays(working="上班"))
    assert [c.is_business_day(date(2026, 2, n)) for n in (16, 28)] == [False, True]
    assert c.horizon == (datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
    assert Calendar(**OFFICE, holidays=file.holidays(only="^x")).is_business_day(date(2026, 2, 16))


def test_the_library_holidays_is_asked_for_the_years_of_the_horizon() -> None:
    holidays = pytest.importorskip("holidays")
    berlin = holidays.Germany(subdiv="BE", language="de")
    c = Calendar(**OFFICE, holidays=berlin, horizon=(2020, 2030))
    assert len(berlin) == 0  # what was given is not changed
    assert not c.is_business_day(date(2027, 3, 8))
    assert [d.name for d in c.explain_days(date(2027, 3, 8), date(2027, 3, 9))] == ["Frauentag"]
    assert not Calendar(**OFFICE, holidays=holidays.US() + holidays.UK(), horizon=(2026, 2026)).is_business_day(
        date(2026, 7, 3)
    )
    fixed = Calendar(**OFFICE, holidays=holidays.US(years=[2025, 2026], expand=False))
    assert (fixed.horizon[0].year, fixed.horizon[1].year) == (2025, 2027)
    china = Calendar(zone="Asia/Shanghai", hours=OFFICE["hours"], holidays=holidays.China(), horizon=(2024, 2026))
    assert china.is_business_day(date(2024, 2, 4))
    singapore = Calendar(**OFFICE, holidays=holidays.Singapore(), horizon=(2020, 2028))
    years = [singapore.certainty(datetime(n, 5, 2, tzinfo=UTC), datetime(n, 5, 3, tzinfo=UTC)) for n in (2021, 2028)]
    assert years == [Certainty.KNOWN, Certainty.PROVISIONAL]


def test_holidays_come_in_many_shapes() -> None:
    day = date(2026, 12, 24)
    shapes = [
        day,
        "2026-12-24",
        [day],
        {day},
        {day: "Eve"},
        {"2026-12-24": "Eve"},
        {"dates": ["2026-12-24"]},
        [{"date": day, "name": "Eve"}],
    ]
    for shape in shapes:
        assert not Calendar(**OFFICE, holidays=shape).is_business_day(day), shape
    with pytest.raises(TypeError, match="date required"):
        Calendar(**OFFICE, holidays={datetime(2026, 12, 24): "Eve"})


def test_state_council_tables_are_two_lists() -> None:
    table = {
        "year": 2026,
        "days": [{"name": "x", "date": "2026-02-16", "isOffDay": True}, {"date": "2026-02-28", "isOffDay": False}],
    }
    read = read_state_council(table)
    assert [d["date"] for d in read["dates"]] == ["2026-02-16"]
    assert [d["date"] for d in read["working_days"]] == ["2026-02-28"]
    with pytest.raises(PolicyError) as told:
        read_state_council({"year": 2026}, {"year": 2024, "days": [{"date": 3}]}, table, "nowhere.json")
    assert [f.code for f in told.value.findings] == ["wrong-type", "wrong-type", "unreadable", "wrong-type", "missing"]


def test_the_command_line_answers_for_files_policies_and_feeds(tmp_path: Path) -> None:
    def said(*words: str, code: int = 0) -> str:
        ran = CliRunner().invoke(app, ["calendar", *words], env={"COLUMNS": "200", "NO_COLOR": "1"})
        assert ran.exit_code == code, ran.output
        return ran.output.strip()

    file = tmp_path / "office.json"
    file.write_text(Calendar(zone="Europe/Paris", hours={"mon-fri": ["09:00-17:00"]}).to_json())
    name = str(file)
    assert said(name, "between", "2026-11-20T16:00", "2026-11-23T10:00+01:00") == "2 h"
    assert said(name, "between", "2026-11-23T10:00", "2026-11-20T16:00") == "-2 h"
    assert said(name, "add", "2026-11-20T16:00", "1h 30min") == "2026-11-23T09:30:00+01:00"
    assert said(name, "add", "2026-11-20T16:00", "PT2H") == "2026-11-23T10:00:00+01:00"
    assert said(name, "add", "2026-11-20T16:00", "2 business days") == "2026-11-24T16:00:00+01:00"
    assert said(name, "subtract", "2026-11-23T10:00", "2h") == "2026-11-20T16:00:00+01:00"
    assert (
        said(name, "periods", "2026-11-20T16:00", "--limit", "1")
        == "2026-11-20T16:00:00+01:00  2026-11-20T17:00:00+01:00  1 h"
    )
    assert said(name, "is-open", "2026-11-20T16:00") == "open until 2026-11-20T17:00:00+01:00"
    assert said(name, "days", "2026-11-20", "2026-11-22") == "2026-11-20  business day\n2026-11-21  closed"
    assert "due 2026-11-23 16:00" in said(name, "explain", "2026-11-20T16:00", "1 business day")
    assert said(name, "explain", "2026-11-20T16:00", "2026-11-20T18:00").startswith(
        "open 1 h\n2026-11-20 16:00 - 17:00  open 1 h"
    )
    assert "required" in said(name, "add", "yesterday", "2h", code=1)
    file.write_text(
        json.dumps({"calendars": {"a": {"zone": "UTC", "hours": "always"}, "b": {"zone": "UTC", "hours": "never"}}})
    )
    assert said("--name", "b", name, "between", "2026-01-01T00:00", "2026-01-02T00:00") == "0 h"
    assert "--name required" in said(name, "between", "2026-01-01T00:00", "2026-01-02T00:00", code=1)
    assert "years" in said(str(tmp_path / "x.ics"), "is-open", "2026-01-01T00:00", code=1)


def test_a_year_is_drawn_from_the_command_line(tmp_path: Path) -> None:
    file, picture = tmp_path / "office.json", tmp_path / "office.svg"
    file.write_text(Calendar(**OFFICE, holidays="us-federal", id="desk").to_json())
    ran = CliRunner().invoke(app, ["draw", "calendar", str(file), "--year", "2026", "-o", str(picture)])
    assert ran.exit_code == 0, ran.output
    assert "2026-11-26 Thu: closed (Thanksgiving Day)" in picture.read_text()
    assert CliRunner().invoke(app, ["draw", "calendar", str(file), "--year", "1950"]).exit_code == 1
