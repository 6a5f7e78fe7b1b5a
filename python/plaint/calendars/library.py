# SPDX-License-Identifier: BSL-1.0
"""Python's `holidays` as a set of holidays."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

_FIRST, _LAST = 1401, 9998


def is_library(given: Any) -> bool:
    """True for what the library `holidays` makes; asked without importing it."""
    return any(t.__name__ == "HolidayBase" and t.__module__.startswith("holidays.") for t in type(given).__mro__)


def from_library(given: Any, first: int, last: int) -> dict[str, Any]:
    """The days of a `holidays` object from one year to another, within the years that it has data for.

    An object that expands by itself is asked for every year; one that does not is known for its own years only.
    Years with holidays that it only estimates are provisional.
    """
    first = max(first, _FIRST, getattr(given, "start_year", first))
    last = min(last, _LAST, getattr(given, "end_year", last))
    all_days = copy.deepcopy(given)  # years are added to it
    if given.expand:
        for year in range(first, last + 1):
            date(year, 7, 1) in all_days  # noqa: B015 - looking up a day makes its year known
    else:
        first, last = max(first, min(given.years, default=first)), min(last, max(given.years, default=last))
    days = {day: name for day, name in sorted(all_days.items()) if first <= day.year <= last}
    worked = sorted(day for day in getattr(all_days, "weekend_workdays", ()) if first <= day.year <= last)
    made: dict[str, Any] = {
        "name": str(getattr(given, "country", None) or getattr(given, "market", None) or "holidays"),
        "dates": [{"date": day.isoformat(), "name": name} for day, name in days.items()],
        "from": first,
        "to": last,
    }
    if worked:
        made["working_days"] = [day.isoformat() for day in worked]
    marks = _marks_of_estimates(all_days)
    if estimated := sorted({day.year for day, name in days.items() if any(mark in name for mark in marks)}):
        made["provisional"] = estimated
    return made


def _marks_of_estimates(given: Any) -> set[str]:
    """What the names of estimated holidays hold, such as "(estimated)", in the language of the object."""
    labels = [getattr(given, name, None) for name in ("estimated_label", "observed_estimated_label")]
    translate = getattr(given, "tr", str)
    return {"estimated"} | {translate(label).replace("%s", "").strip() for label in labels if label}
