# SPDX-License-Identifier: BSL-1.0
"""``plaint calendar FILE …``: what a calendar answers, on the command line."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated

import typer

from plaint import Calendar, Goal, parse_civil_day, parse_duration, parse_instant, parse_wall_time
from plaint._core.documents import Document
from plaint.cli.console import errors_as_exit, out

calendar = typer.Typer(name="calendar", help="Ask a calendar.", no_args_is_help=True)

_PART = re.compile(r"\s*(\d+)\s*(h|hours?|m|min|minutes?|s|sec|seconds?)(?![a-z])")
_SECONDS = {"h": 3_600, "m": 60, "s": 1}

Time = Annotated[str, typer.Argument(help="2026-11-20T16:00Z; without an offset it is the calendar's local time.")]


def load_calendar(file: Path, name: str = "", years: str = "") -> Calendar:
    """A calendar file, one calendar of a policy, or the availability of an iCalendar file."""
    if file.suffix.lower() in {".ics", ".ical"}:
        from plaint.calendars import read_ics  # noqa: PLC0415 - an extra of the package

        first, _, last = years.partition("-")
        if not first.isdigit() or not (last or first).isdigit():
            raise ValueError("an iCalendar file is read for some years: --years 2020-2030 required")
        return read_ics(file, years=(int(first), int(last or first))).open_hours()
    data = Document.load(file).data
    section = data.get("calendars") if isinstance(data, dict) else None
    if not isinstance(section, dict):
        return Calendar.load(file)
    if len(section) != 1 and name not in section:
        raise ValueError(f"{file}: --name required, one of {', '.join(section)}")
    chosen = name or next(iter(section))
    return Calendar.from_dict({"id": chosen, **section[chosen]})


@calendar.callback()
def _file(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A calendar or a policy (YAML, JSON), or an iCalendar file.")],
    name: Annotated[str, typer.Option(help="Which calendar of a policy.")] = "",
    years: Annotated[str, typer.Option(help="Of an iCalendar file, such as 2020-2030.")] = "",
) -> None:
    with errors_as_exit():
        ctx.obj = load_calendar(file, name, years)


@calendar.command()
def between(ctx: typer.Context, a: Time, b: Time) -> None:
    """Open time from A to B; negative where B is before A."""
    with errors_as_exit():
        c: Calendar = ctx.obj
        _say(_length_text(c.between(_time(c, a), _time(c, b))))


@calendar.command()
def add(
    ctx: typer.Context,
    t: Time,
    length: Annotated[str, typer.Argument(help="Open time, such as 4h, 90min or PT4H, or a goal: 3 business days.")],
) -> None:
    """When that much open time after T is used up, or when a goal that starts at T is due."""
    with errors_as_exit():
        c: Calendar = ctx.obj
        start = _time(c, t)
        amount = _length(length)
        end = c.add(start, amount) if amount is not None else Goal(length).due(start, c)
        _say(_local(c, end) if end is not None else "not known: the goal waits for an attribute")


@calendar.command()
def subtract(
    ctx: typer.Context, t: Time, length: Annotated[str, typer.Argument(help="Open time, such as 4h.")]
) -> None:
    """From when on that much open time lies before T."""
    with errors_as_exit():
        c: Calendar = ctx.obj
        amount = _length(length)
        if amount is None:
            raise ValueError(f'open time such as 4h, 90min or PT4H required; "{length}" is none')
        _say(_local(c, c.subtract(_time(c, t), amount)))


@calendar.command()
def periods(
    ctx: typer.Context,
    start: Time,
    end: Annotated[str | None, typer.Argument(help="Up to when; the horizon where it is left out.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="At most so many.")] = 20,
    reverse: Annotated[bool, typer.Option("--reverse", help="From START back, latest first.")] = False,
) -> None:
    """The open periods from START on."""
    with errors_as_exit():
        c: Calendar = ctx.obj
        until = _time(c, end) if end is not None else None
        for opening, closing in c.periods(_time(c, start), until, limit=limit, reverse=reverse):
            _say(f"{_local(c, opening)}  {_local(c, closing)}  {_length_text(closing - opening)}")


@calendar.command()
def explain(
    ctx: typer.Context,
    start: Time,
    what: Annotated[str, typer.Argument(help="The end of a span, or a goal that starts then: 3 business days.")],
) -> None:
    """Why a measure or a due date is what it is: every stretch of time or day with its reason."""
    with errors_as_exit():
        c: Calendar = ctx.obj
        begin = _time(c, start)
        try:
            end = _time(c, what)
        except ValueError:
            _say(str(Goal(what).explain(begin, c)).rstrip())
        else:
            told = c.explain(begin, end)
            _say(f"open {_length_text(told.open)}\n{told}".rstrip())


@calendar.command(name="is-open")
def is_open(ctx: typer.Context, t: Time) -> None:
    """Whether it is open at T, and when it opens and closes next."""
    with errors_as_exit():
        c: Calendar = ctx.obj
        at = _time(c, t)
        open_ = c.is_open(at)
        turn = c.next_close(at, strict=True) if open_ else c.next_open(at)
        _say(f"{'open' if open_ else 'closed'} until {_local(c, turn) if turn else 'further notice'}")


@calendar.command()
def days(ctx: typer.Context, start: str, end: str) -> None:
    """The local days from START up to END, each a business day or why not."""
    with errors_as_exit():
        c: Calendar = ctx.obj
        for day in c.explain_days(_day(start), _day(end)):
            cause = "business day" if day.is_business else day.cause.name.lower().replace("hours", "closed")
            _say(f"{day.day}  {cause}{f' ({day.name})' if day.name else ''}")


def _say(text: str) -> None:
    out().print(text, highlight=False, markup=False)


def _time(c: Calendar, text: str) -> datetime:
    try:
        return parse_instant(text)
    except ValueError:
        return c.resolve(parse_wall_time(text))


def _day(text: str) -> date:
    return parse_civil_day(text)


def _length(text: str) -> timedelta | None:
    """Open time in hours, minutes and seconds; None for goals in days and other texts."""
    if text.startswith("P"):
        return parse_duration(text).exact
    sign, rest = (-1, text[1:]) if text.startswith("-") else (1, text)
    seconds, at = 0, 0
    for part in _PART.finditer(rest):
        if part.start() != at:
            return None
        seconds, at = seconds + int(part[1]) * _SECONDS[part[2][0]], part.end()
    return timedelta(seconds=sign * seconds) if at and not rest[at:].strip() else None


def _local(c: Calendar, t: datetime) -> str:
    offset = c.zone.offset_at(t)
    return t.astimezone(timezone(offset)).isoformat(timespec="seconds" if not t.microsecond else "auto")


def _length_text(length: timedelta) -> str:
    sign = "-" if length < timedelta() else ""
    seconds = abs(length).total_seconds()
    hours, minutes, rest = int(seconds // 3600), int(seconds // 60 % 60), seconds % 60
    parts = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes) + [f"{rest:g} s"] * bool(rest)
    return sign + (" ".join(parts) or "0 h")
