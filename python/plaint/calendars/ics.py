# SPDX-License-Identifier: BSL-1.0
"""iCalendar files (RFC 5545, availability of RFC 7953), expanded over given years and no further."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from plaint._core.calendar import Calendar
from plaint._core.errors import Finding, PolicyError, Severity

_MOST_BYTES = 20_000_000
_MOST_COMPONENTS = 100_000
_MOST_OCCURRENCES = 500_000
# How often a rule's frequency comes round in a day, at most.
_A_DAY = {"SECONDLY": 86_400.0, "MINUTELY": 1_440.0, "HOURLY": 24.0}
# What an occurrence takes from the parts of its series.
_TAKEN = [
    "UID",
    "SUMMARY",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "STATUS",
    "TRANSP",
    "SEQUENCE",
]

_Spans = list[tuple[datetime, datetime]]

_Names = str | Callable[[str], bool] | None


@dataclass(frozen=True)
class IcsFile:
    """What a file says about some years. `Calendar(holidays=…)` takes its all-day events."""

    name: str
    first_year: int
    last_year: int
    all_day: tuple[tuple[date, str], ...] = ()
    timed: tuple[tuple[datetime, datetime, str], ...] = ()
    available: tuple[tuple[datetime, datetime], ...] = ()
    findings: tuple[Finding, ...] = field(default=(), compare=False)

    def holidays(self, *, only: _Names = None, working: _Names = None) -> dict[str, Any]:
        """The all-day events as a set of holidays, known for the years that were asked for.

        `only` keeps some by their name, `working` tells make-up working days: a regular expression or a function.
        """
        keep, worked = _chooser(only, True), _chooser(working, False)
        made: dict[str, Any] = {"name": self.name, "dates": [], "from": self.first_year, "to": self.last_year}
        for day, name in self.all_day:
            if worked(name):
                made.setdefault("working_days", []).append({"date": day.isoformat(), "name": name})
            elif keep(name):
                made["dates"].append({"date": day.isoformat(), "name": name})
        return made

    def busy(self, *, only: _Names = None, zone: str = "UTC") -> Calendar:
        """The timed events as open time, to subtract: `office - file.busy()`."""
        keep = _chooser(only, True)
        return Calendar.during([(a, b) for a, b, name in self.timed if keep(name)], zone, self.name)

    def open_hours(self, *, zone: str = "UTC") -> Calendar:
        """The availability (VAVAILABILITY) as a calendar."""
        if not self.available:
            raise _error([Finding("no-open-time", "a VAVAILABILITY with some available time required", file=self.name)])
        return Calendar.during(list(self.available), zone, self.name)


def read_ics(
    source: Path | str | bytes, *, years: tuple[int, int], zone: str | None = None, skip_faults: bool = False
) -> IcsFile:
    """Reads a file, or its bytes, for the years from first to last.

    `zone` is for times that name none. All-day events are local dates; cancelled events are left out.
    Raises PolicyError with every fault, or, with `skip_faults`, gives what can be read, the faults in `findings`.
    """
    name = "" if isinstance(source, bytes) else str(source)
    found: list[Finding] = []
    first, last = years
    if not 1401 <= first <= last <= 9998:
        raise _error([Finding("out-of-range", "years from 1401 to 9998, in order, required", file=name)])
    reader = _Reader(name, first, last, _zone(zone, found), found)
    reader.read(_parse(source, name))
    if reader.out and any(f.severity is Severity.ERROR for f in reader.out) and not skip_faults:
        raise _error(reader.out)
    return reader.result()


class _Reader:
    def __init__(self, name: str, first: int, last: int, zone: tzinfo | None, out: list[Finding]) -> None:
        self.name, self.first, self.last, self.zone, self.out = name, first, last, zone, out
        # A day more on either side, as days begin at other instants elsewhere.
        self.start = datetime(first, 1, 1, tzinfo=timezone.utc) - timedelta(days=1)
        self.end = datetime(last + 1, 1, 1, tzinfo=timezone.utc) + timedelta(days=1)
        self.left = _MOST_OCCURRENCES
        self.title = Path(name).stem
        self.all_day: list[tuple[date, str]] = []
        self.timed: list[tuple[datetime, datetime, str]] = []
        self.windows: list[tuple[int, tuple[datetime, datetime], _Spans]] = []

    def result(self) -> IcsFile:
        days, times = tuple(sorted(set(self.all_day))), tuple(sorted(set(self.timed)))
        open_ = tuple(_by_priority(self.windows))
        return IcsFile(self.title, self.first, self.last, days, times, open_, tuple(self.out))

    def read(self, components: list[Any]) -> None:
        for top in components:
            zone = top.get("X-WR-TIMEZONE")
            self.title = str(top.get("X-WR-CALNAME") or self.title)
            before = self.zone
            self.zone = self.zone or (_zone(str(zone), []) if zone else None)
            self._events(top.walk("VEVENT"), self._take)
            for availability in top.walk("VAVAILABILITY"):
                self._availability(availability)
            self.zone = before

    def _events(self, events: Iterable[Any], take: Callable[[Any], None]) -> None:
        series: dict[str, list[Any]] = {}
        for number, event in enumerate(events):
            series.setdefault(str(event.get("UID") or f"event {number + 1}"), []).append(event)
        for uid, parts in series.items():
            try:
                for occurrence in self._occurrences(parts):
                    take(occurrence)
            except _TooManyError as wrong:
                self._fault("too-many", str(wrong), uid)
            except Exception as wrong:
                self._fault("bad-event", f"an event that can be read required: {wrong!s}", uid)

    def _occurrences(self, parts: list[Any]) -> Iterator[Any]:
        import icalendar  # noqa: PLC0415 - an extra of the package
        import recurring_ical_events  # noqa: PLC0415

        series = icalendar.Calendar()
        for part in parts:
            if "DTSTART" not in part:
                raise ValueError("DTSTART is missing")
            if "DTEND" in part and _before(part.decoded("DTEND"), part.decoded("DTSTART")):
                raise ValueError("an end that is not before the start required")
            self._bound(part)
            event = icalendar.Event()
            for key in _TAKEN:
                if key in part:
                    event[key] = part[key]
            series.add_component(event)
        for occurrence in recurring_ical_events.of(series).between(self.start, self.end):
            self.left -= 1
            if self.left < 0:
                raise _TooManyError(f"at most {_MOST_OCCURRENCES:,} occurrences required")
            yield occurrence

    def _bound(self, part: Any) -> None:
        """Refuses rules that would run for ever before they end or reach the years."""
        start = part.decoded("DTSTART")
        begin = start.year if isinstance(start, date) else self.first
        rules = part.get("RRULE", [])
        for rule in rules if isinstance(rules, list) else [rules]:
            often = _A_DAY.get(str((rule.get("FREQ") or ["DAILY"])[0]).upper(), 1.0)
            for key in ("BYHOUR", "BYMINUTE", "BYSECOND"):
                often *= max(1, len(rule.get(key) or []))
            days = (self.last + 1 - min(begin, self.first)) * 366
            count = (rule.get("COUNT") or [None])[0]
            until = (rule.get("UNTIL") or [None])[0]
            if isinstance(until, date):
                days = min(days, max(0, (until.year + 1 - begin) * 366))
            turns = often * days / max(1, int((rule.get("INTERVAL") or [1])[0]))
            if (turns if count is None else min(turns, int(count))) > _MOST_OCCURRENCES:
                raise _TooManyError(
                    f"a rule with at most {_MOST_OCCURRENCES:,} occurrences required, {rule.to_ical().decode()} found"
                )
            if until is None and count is None:
                # A rule that no day fits would be searched up to the year 9999.
                rule["UNTIL"] = [_like(self.end, start)]

    def _take(self, event: Any) -> None:
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            return
        start, end = event.decoded("DTSTART"), event.decoded("DTEND") if "DTEND" in event else None
        name = str(event.get("SUMMARY", ""))
        if not isinstance(start, datetime):
            last = end if isinstance(end, date) and not isinstance(end, datetime) else start + timedelta(days=1)
            if last < start:
                raise ValueError(f"an end that is not before the start {start} required")
            day = max(start, date(self.first, 1, 1))
            while day < max(last, start + timedelta(days=1)) and day.year <= self.last:
                self.all_day.append((day, name))
                day += timedelta(days=1)
            return
        span = self._span(start, end)
        if span[1] < span[0]:
            raise ValueError(f"an end that is not before the start {start} required")
        if span[0] < span[1] and str(event.get("TRANSP", "")).upper() != "TRANSPARENT":
            self.timed.append((*span, name))

    def _span(self, start: datetime, end: Any) -> tuple[datetime, datetime]:
        return self._instant(start), self._instant(end if isinstance(end, datetime) else start)

    def _instant(self, at: datetime) -> datetime:
        if at.tzinfo is None:
            if self.zone is None:
                raise ValueError(f"a zone for the time {at:%Y-%m-%dT%H:%M} that names none required")
            at = at.replace(tzinfo=self.zone)
        return at.astimezone(timezone.utc)

    def _availability(self, component: Any) -> None:
        spans: _Spans = []

        def take(event: Any) -> None:
            start, end = event.decoded("DTSTART"), event.decoded("DTEND")
            if not isinstance(start, datetime) or not isinstance(end, datetime):
                raise ValueError("times with their hours required in AVAILABLE")
            spans.append(self._span(start, end))

        self._events(component.walk("AVAILABLE"), take)
        try:
            from_, to = (component.decoded(key) if key in component else None for key in ("DTSTART", "DTEND"))
            window = (self._instant(from_) if isinstance(from_, datetime) else self.start,
                      self._instant(to) if isinstance(to, datetime) else self.end)  # fmt: skip
            priority = int(component.get("PRIORITY", 0))
        except (ValueError, TypeError) as wrong:
            self._fault("bad-availability", str(wrong), str(component.get("UID", "")))
            return
        self.windows.append((priority or 10, window, spans))

    def _fault(self, code: str, message: str, uid: str) -> None:
        self.out.append(Finding(code, message, f"/{uid}", file=self.name))


class _TooManyError(ValueError):
    pass


def _parse(source: Path | str | bytes, name: str) -> list[Any]:
    try:
        import icalendar  # noqa: PLC0415
    except ImportError as missing:
        raise ImportError(f"{missing}; reading iCalendar needs the extra: pip install plaint[calendars]") from missing
    try:
        if isinstance(source, bytes):
            data = source
        else:
            with Path(source).open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
    except OSError as wrong:
        raise _error([Finding("unreadable", str(wrong), file=name)]) from None
    if len(data) > _MOST_BYTES or data.count(b"BEGIN:") > _MOST_COMPONENTS:
        raise _error([Finding("too-large", "at most 20 MB and 100,000 components required", file=name)])
    text = data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    try:
        components: list[Any] = icalendar.Calendar.from_ical(text.lstrip(), multiple=True)
    except Exception as wrong:
        what = f"an iCalendar file required: {wrong!s}"
        raise _error([Finding("bad-icalendar", what, file=name)]) from None
    if not components:
        raise _error([Finding("bad-icalendar", "an iCalendar file required, no component found", file=name)])
    return components


def _by_priority(windows: list[tuple[int, tuple[datetime, datetime], _Spans]]) -> _Spans:
    """What is open: where availabilities overlap the higher priority holds (1 is the highest); equal ones add up."""
    open_: _Spans = []
    for priority in sorted({p for p, _, _ in windows}, reverse=True):
        own = [(window, spans) for p, window, spans in windows if p == priority]
        for (start, end), _ in own:
            pieces = [piece for a, b in open_ for piece in ((a, min(b, start)), (max(a, end), b))]
            open_ = [(a, b) for a, b in pieces if a < b]
        pieces = [(max(a, start), min(b, end)) for (start, end), spans in own for a, b in spans]
        open_ += [(a, b) for a, b in pieces if a < b]
    return sorted(set(open_))


def _chooser(names: _Names, default: bool) -> Callable[[str], bool]:
    if names is None:
        return lambda _: default
    if callable(names):
        return names
    pattern = re.compile(names)
    return lambda name: pattern.search(name) is not None


def _zone(name: str | None, out: list[Finding]) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        out.append(Finding("unknown-zone", f'unknown zone "{name}"'))
        return None


def _before(end: Any, start: Any) -> bool:
    """True for an end before a start of its kind; the library would turn the two round."""
    if isinstance(end, datetime) != isinstance(start, datetime):
        return False
    naive = isinstance(end, datetime) and (end.tzinfo is None or start.tzinfo is None)
    return bool(end.replace(tzinfo=None) < start.replace(tzinfo=None) if naive else end < start)


def _like(end: datetime, start: Any) -> Any:
    """The end as RFC 5545 wants an UNTIL: in UTC for a start with a zone, else of the kind of the start."""
    if not isinstance(start, datetime):
        return end.date()
    return end.replace(tzinfo=None) if start.tzinfo is None else end


def _error(found: list[Finding]) -> PolicyError:
    error = PolicyError("\n".join(map(str, found)))
    error.findings = found
    return error
