# SPDX-License-Identifier: BSL-1.0
"""Times between Python and C++, ISO 8601, and the patterns of logs."""

from __future__ import annotations

import datetime as dt
import pickle
import zoneinfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plaint import (
    CalendarDuration,
    WallFormat,
    Zone,
    parse_civil_day,
    parse_duration,
    parse_instant,
    parse_span,
    parse_wall_time,
    to_iso8601,
)
from plaint._core.errors import PolicyError

UTC = dt.timezone.utc
ONE_HOUR = Zone.fixed(dt.timedelta(hours=1))
NEVER_EAST = Zone.utc()
# utcoffset() may leave the years of datetime for times at their very ends.
MOMENTS = st.datetimes(dt.datetime(2, 1, 1), dt.datetime(9998, 12, 31))


def through(t: object) -> dt.datetime:
    """The instant as C++ got it; the end of an empty span of changes would hide it, a wall in UTC shows it."""
    return NEVER_EAST.to_wall(t).replace(tzinfo=UTC)


@given(MOMENTS, st.sampled_from(sorted(zoneinfo.available_timezones())), st.integers(0, 1))
def test_an_aware_datetime_is_the_same_instant_in_cpp(naive: dt.datetime, name: str, fold: int) -> None:
    t = naive.replace(tzinfo=zoneinfo.ZoneInfo(name), fold=fold)
    assert through(t) == t.astimezone(UTC)


@given(MOMENTS, st.timedeltas(dt.timedelta(hours=-23), dt.timedelta(hours=23)))
def test_a_fixed_offset_of_any_length_counts(naive: dt.datetime, offset: dt.timedelta) -> None:
    t = naive.replace(tzinfo=dt.timezone(offset))
    assert through(t) == t.astimezone(UTC)


def test_what_comes_back_is_aware_and_in_utc() -> None:
    back = parse_instant("2026-03-29T01:30:00.250Z")
    assert back == dt.datetime(2026, 3, 29, 1, 30, 0, 250_000, tzinfo=UTC)
    assert back.tzinfo is UTC


def test_a_naive_datetime_is_refused_and_told_why() -> None:
    with pytest.raises(TypeError, match="naive datetime names no instant"):
        ONE_HOUR.to_wall(dt.datetime(2026, 3, 29))

    class Undecided(dt.tzinfo):
        def utcoffset(self, t: dt.datetime | None) -> None:
            return None

    with pytest.raises(TypeError, match="naive datetime"):
        ONE_HOUR.to_wall(dt.datetime(2026, 3, 29, tzinfo=Undecided()))
    with pytest.raises(TypeError, match="gets its zone from the call"):
        ONE_HOUR.lookup(dt.datetime(2026, 3, 29, tzinfo=UTC))


def test_an_error_of_a_tzinfo_is_not_hidden() -> None:
    class Broken(dt.tzinfo):
        def utcoffset(self, t: dt.datetime | None) -> dt.timedelta:
            raise LookupError("no data")

    with pytest.raises(LookupError, match="no data"):
        ONE_HOUR.to_wall(dt.datetime(2026, 3, 29, tzinfo=Broken()))


@pytest.mark.parametrize("wrong", [None, 5, "2026-03-29", dt.date(2026, 3, 29), dt.timedelta(1), object()])
def test_what_is_no_time_is_a_type_error(wrong: object) -> None:
    with pytest.raises(TypeError):
        ONE_HOUR.to_wall(wrong)


def test_numpy_times_of_any_unit_are_instants() -> None:
    assert through(np.datetime64("2026-03-29T01:30:00.25", "us")) == dt.datetime(2026, 3, 29, 1, 30, 0, 250_000, UTC)
    assert through(np.datetime64("2026-03-29", "D")) == dt.datetime(2026, 3, 29, tzinfo=UTC)
    assert through(np.datetime64(-1, "ns")) == dt.datetime(1969, 12, 31, 23, 59, 59, 999_999, UTC)
    with pytest.raises(ValueError, match="NaT"):
        through(np.datetime64("NaT"))
    with pytest.raises(OverflowError):
        through(np.datetime64(600_000, "Y"))


def test_pandas_timestamps_are_instants() -> None:
    pd = pytest.importorskip("pandas")
    assert through(pd.Timestamp("2026-07-01 12:00", tz="Europe/London")) == dt.datetime(2026, 7, 1, 11, tzinfo=UTC)
    with pytest.raises(TypeError):
        through(pd.Timestamp("2026-07-01 12:00"))
    with pytest.raises(TypeError):
        through(pd.NaT)


def test_an_instant_that_datetime_cannot_hold_is_an_overflow_error() -> None:
    with pytest.raises(OverflowError, match="year 1 to 9999"):
        parse_instant("+012026-03-29T00:00:00Z")


@given(st.datetimes())
def test_datetimes_come_back_from_iso8601(naive: dt.datetime) -> None:
    assert parse_wall_time(to_iso8601(naive)) == naive
    assert parse_instant(to_iso8601(naive.replace(tzinfo=UTC))) == naive.replace(tzinfo=UTC)
    assert parse_wall_time(naive.isoformat()) == naive
    assert dt.datetime.fromisoformat(to_iso8601(naive)) == naive


@given(st.dates())
def test_days_come_back_from_iso8601(day: dt.date) -> None:
    assert to_iso8601(day) == day.isoformat()
    assert parse_civil_day(day.isoformat()) == day


@given(st.timedeltas(dt.timedelta(days=-106_751_990), dt.timedelta(days=106_751_990)))
def test_timedeltas_come_back_from_iso8601(elapsed: dt.timedelta) -> None:
    assert parse_duration(to_iso8601(elapsed)).exact == elapsed


@given(*[st.integers(-(10**18) + 1, 10**18 - 1)] * 4)
def test_calendar_durations_come_back(years: int, months: int, weeks: int, days: int) -> None:
    d = CalendarDuration(years=years, months=months, weeks=weeks, days=days, time=dt.timedelta(seconds=-1.5))
    assert parse_duration(str(d)) == d
    assert pickle.loads(pickle.dumps(d)) == d
    assert eval(repr(d), {"parse_duration": parse_duration}) == d


@given(st.text())
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    for read in (parse_instant, parse_wall_time, parse_civil_day, parse_duration, parse_span):
        try:
            read(text)
        except ValueError as refused:
            assert ", at position " in str(refused)


def test_a_timedelta_beyond_64_bits_is_an_overflow_error() -> None:
    with pytest.raises(OverflowError):
        to_iso8601(dt.timedelta.max)


def test_spans_are_pairs() -> None:
    span = parse_span("2026-03-29T01:00Z/PT4H")
    assert span == (dt.datetime(2026, 3, 29, 1, tzinfo=UTC), dt.datetime(2026, 3, 29, 5, tzinfo=UTC))
    assert to_iso8601(span) == "2026-03-29T01:00:00Z/2026-03-29T05:00:00Z"
    with pytest.raises(ValueError, match="end at or after the start required, at position 18"):
        parse_span("2026-03-29T01:00Z/2026-03-28T01:00Z")


def column(texts: list[str | None]) -> tuple[np.ndarray, bytes, bytes]:
    data, ends, bits = b"", [0], bytearray((len(texts) + 7) // 8)
    for i, text in enumerate(texts):
        data += (text or "").encode()
        ends.append(len(data))
        bits[i // 8] |= (text is not None) << i % 8
    return np.array(ends, "i4"), data, bytes(bits)


def test_a_column_of_texts_becomes_wall_times_or_instants() -> None:
    offsets, data, validity = column(["03/29/2026 01:30:00 AM", None, "soon", "10/25/2026 01:30:00 AM", ""])
    boston = WallFormat("%m/%d/%Y %I:%M:%S %p")
    walls = boston.parse_column(offsets, data, validity=validity)
    expected = ["2026-03-29T01:30", "NaT", "NaT", "2026-10-25T01:30", "NaT"]
    np.testing.assert_array_equal(walls, np.array(expected, "M8[us]"))
    london = Zone("Europe/London")
    for kind in ("i4", "i8"):
        instants = boston.parse_column(offsets.astype(kind), data, validity=validity, zone=london, overlap="last")
        assert instants[[0, 3]].tolist() == [dt.datetime(2026, 3, 29, 1), dt.datetime(2026, 10, 25, 1, 30)]
    assert np.isnat(boston.parse_column(offsets, data, zone=london, gap="refuse", overlap="refuse")).all()


def test_a_column_with_offsets_is_instants() -> None:
    offsets, data, _ = column(["2026-03-29T02:30:00+0100", "2026-03-29T01:30:00Z"])
    format_ = WallFormat("%Y-%m-%dT%H:%M:%S%z")
    assert format_.has_offset
    assert format_.parse_column(offsets, data).tolist() == [dt.datetime(2026, 3, 29, 1, 30)] * 2
    with pytest.raises(ValueError, match="no zone required"):
        format_.parse_column(offsets, data, zone=Zone.utc())


def test_a_column_of_arrow_is_read_without_a_copy() -> None:
    pa = pytest.importorskip("pyarrow")
    texts = [f"2026-03-{1 + i % 28:02} {i % 24:02}:00:00" for i in range(1000)]
    _, offsets, data = pa.array(texts).buffers()
    read = WallFormat("%Y-%m-%d %H:%M:%S").parse_column(np.frombuffer(offsets, "i4")[:1001], data)
    np.testing.assert_array_equal(read, np.array(texts, "M8[us]"))


@pytest.mark.parametrize("offsets", [[0, 30], [0, 20, 10], [-1, 5], [5, 3]])
def test_offsets_outside_the_data_are_refused(offsets: list[int]) -> None:
    with pytest.raises(ValueError, match="ascending offsets within the data"):
        WallFormat("%F").parse_column(np.array(offsets, "i4"), b"2026-03-29")


def test_offsets_and_validity_of_the_wrong_kind_are_refused() -> None:
    with pytest.raises(TypeError, match="int32 or int64"):
        WallFormat("%F").parse_column(np.array([0, 10], "f8"), b"2026-03-29")
    with pytest.raises(TypeError, match="int32 or int64"):
        WallFormat("%F").parse_column(np.zeros(0, "i4"), b"")
    with pytest.raises(ValueError, match="validity bit"):
        WallFormat("%F").parse_column(np.array([0, 10], "i4"), b"2026-03-29", validity=b"")


@given(st.datetimes(dt.datetime(1000, 1, 1)))
def test_patterns_read_what_strftime_writes(t: dt.datetime) -> None:
    for pattern in ("%Y-%m-%d %H:%M:%S.%f", "%m/%d/%Y %I:%M:%S.%f %p", "%d %b %Y %H:%M:%S.%f", "%A %d %B %Y %T.%f"):
        assert WallFormat(pattern).parse(t.strftime(pattern)) == t


def test_a_broken_pattern_tells_all_its_faults() -> None:
    with pytest.raises(PolicyError) as refused:
        WallFormat("%Q %I")
    assert len(refused.value.findings) == 5
    assert pickle.loads(pickle.dumps(WallFormat("%F"))) == WallFormat("%F")
