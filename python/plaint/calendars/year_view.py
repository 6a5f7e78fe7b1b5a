# SPDX-License-Identifier: BSL-1.0
"""A calendar's year as an SVG picture: open hours by shade, what closes a day by colour and name."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import Any

from plaint._core.calendar import Calendar, TimeCause

_CELL, _LEFT, _TOP = 16, 34, 48
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_COLOURS = {
    TimeCause.HOURS: ("#f1f3f5", "closed"),
    TimeCause.EXCEPTION: ("#f3b664", "other hours"),
    TimeCause.HOLIDAY: ("#e05a5a", "holiday"),
    TimeCause.BREAK: ("#b08be0", "break"),
    TimeCause.PAUSE: ("#8d99ae", "pause"),
}
_OPEN = ("#cfe8d5", "#9fd0ad", "#66b37f", "#2f8f57")


def svg(calendar: Calendar, year: int) -> str:
    """One square a day, months below one another; its title says date, hours and names. Raises HorizonError."""
    first, end = date(year, 1, 1), date(year + 1, 1, 1)
    hours = _hours(calendar, year)
    longest = max(hours.values(), default=0.0) or 1.0
    width, height = _LEFT + 37 * _CELL + 8, _TOP + 12 * (_CELL + 4) + 34
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="10" role="img" aria-label="{escape(_title(calendar, year))}">',
        f'<text x="{_LEFT}" y="16" font-size="13" font-weight="bold">{escape(_title(calendar, year))}</text>',
    ]
    out += [
        f'<text x="{_LEFT + i * _CELL + 4}" y="{_TOP - 6}" fill="#868e96">{"MTWTFSS"[i % 7]}</text>' for i in range(37)
    ]
    out += [f'<text x="2" y="{_TOP + m * (_CELL + 4) + 12}">{name}</text>' for m, name in enumerate(_MONTHS)]
    for day in calendar.explain_days(first, end):
        out.append(_square(day, hours.get(day.day, 0.0), longest))
    return "".join([*out, _legend(height - 14), "</svg>\n"])


def repr_svg(calendar: Calendar) -> str:
    """The last year that the calendar names a date in; where it names none, the one in the middle of its horizon."""
    start, end = (calendar.horizon[0] + timedelta(days=1)).year, (calendar.horizon[1] - timedelta(days=1)).year
    named = [year for year in _years(calendar.to_dict()) if start <= year < end or start == end]
    return svg(calendar, max(named, default=(start + end) // 2))


def _years(value: Any) -> list[int]:
    """The years of all dates in a document."""
    if isinstance(value, dict):
        return [y for item in [*value, *value.values()] for y in _years(item)]
    if isinstance(value, list):
        return [y for item in value for y in _years(item)]
    is_date = isinstance(value, str) and len(value) >= 10 and value[:4].isdigit() and value[4] == value[7] == "-"
    return [int(value[:4])] if is_date else []


def _hours(calendar: Calendar, year: int) -> dict[date, float]:
    """Open hours by local day; what runs over midnight belongs to the day that it falls on."""
    days = [date(year, 1, 1) + timedelta(days=i) for i in range((date(year + 1, 1, 1) - date(year, 1, 1)).days + 1)]
    starts = [max(calendar.start_of(day), calendar.horizon[0]) for day in days]
    open_ = calendar.between_many(starts[:-1], starts[1:])
    return {day: float(length.astype("int64")) / 3.6e9 for day, length in zip(days, open_, strict=False)}


def _square(day: Any, hours: float, longest: float) -> str:
    at: date = day.day
    x = _LEFT + (at.replace(day=1).weekday() + at.day - 1) * _CELL
    y = _TOP + (at.month - 1) * (_CELL + 4)
    shut = _COLOURS.get(day.cause, _COLOURS[TimeCause.HOURS])[0]
    colour = _OPEN[min(3, int(4 * hours / longest))] if hours else shut
    words = f"{at} {_WEEKDAYS[at.weekday()]}: " + (f"{hours:.4g} h open" if hours else "closed")
    title = escape(f"{words} ({day.name})" if day.name else words)
    size = f'width="{_CELL - 2}" height="{_CELL - 2}" rx="2"'
    return f'<rect x="{x}" y="{y}" {size} fill="{colour}"><title>{title}</title></rect>'


def _legend(y: int) -> str:
    out, x = "", _LEFT
    for colour, name in [(_OPEN[3], "open"), *_COLOURS.values()]:
        out += f'<rect x="{x}" y="{y - 9}" width="10" height="10" rx="2" fill="{colour}"/>'
        out += f'<text x="{x + 14}" y="{y}">{name}</text>'
        x += 92
    return out


def _title(calendar: Calendar, year: int) -> str:
    return f"{calendar.id or 'Calendar'} {year} ({calendar.zone.name})"
