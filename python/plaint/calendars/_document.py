# SPDX-License-Identifier: BSL-1.0
"""The keywords of Calendar(...) as the document that a calendar file would hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from plaint.calendars.library import from_library, is_library

_HORIZON = (1970, 2099)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def document(*, horizon: Any, holidays: Any, options: Mapping[str, Any], **given: Any) -> dict[str, Any]:
    """A document for the reader of calendars, which checks it; nothing is refused here that it can refuse."""
    given["versions"] = _versions(given.get("versions"))
    made = {name: _plain(value) for name, value in given.items() if value is not None and value != ""}
    limits = _horizon(horizon)
    extra = {name: _plain(value) for name, value in options.items() if value is not None}
    if "past_horizon" in extra:
        limits["past"] = extra.pop("past_horizon")
    if holidays is not None:
        years = tuple(limits.get(name, usual) for name, usual in zip(("from", "to"), _HORIZON, strict=True))
        made["holidays"] = _holidays(holidays, years)
    if limits:
        made["horizon"] = limits
    return made | extra


def _horizon(given: Any) -> dict[str, Any]:
    """A last year, (first, last) as years or dates, or the mapping of a document."""
    if given is None:
        return {}
    if isinstance(given, Mapping):
        return {str(name): _year(value) for name, value in given.items()}
    if isinstance(given, (list, tuple)) and len(given) == 2:
        return {"from": _year(given[0]), "to": _year(given[1])}
    return {"to": _year(given)}


def _year(given: Any) -> Any:
    if isinstance(given, str) and (_DATE.fullmatch(given) or given.isdigit()):
        return int(given[:4]) if "-" in given else int(given)
    return given.year if isinstance(given, date) else given


def _versions(given: Any) -> Any:
    """Dates with the hours that hold from them on, as the list of a document."""
    if not isinstance(given, Mapping):
        return given
    return [{"from": day, **(value if "hours" in value else {"hours": value})} for day, value in given.items()]


def _holidays(given: Any, years: tuple[Any, ...]) -> list[Any]:
    """Dates, names of sets, sets, and what other libraries know, all as items of one list."""
    if is_library(given):
        return [from_library(given, *years)]
    if hasattr(given, "holidays") and callable(given.holidays):  # a file that was read
        return [_plain(given.holidays())]
    if isinstance(given, Mapping):
        if not given or not all(isinstance(key, date) or _DATE.fullmatch(str(key)) for key in given):
            return [_plain(given)]
        return [{"dates": [{"date": _day(day), "name": str(name)} for day, name in given.items()]}]
    if isinstance(given, (str, date)) or not isinstance(given, Iterable):
        return [_plain(given)]
    return [item for each in given for item in _holidays(each, years)]


def _day(given: Any) -> Any:
    if isinstance(given, datetime):
        raise TypeError("date required: on which day an instant lies depends on the zone")
    return given.isoformat() if isinstance(given, date) else given


def _plain(given: Any) -> Any:
    """Dates as text, also as keys; sets and other iterables as lists."""
    if isinstance(given, Mapping):
        return {_day(key) if isinstance(key, date) else str(key): _plain(value) for key, value in given.items()}
    if isinstance(given, (set, frozenset)):
        return sorted((_plain(each) for each in given), key=str)
    if isinstance(given, (list, tuple)):
        return [_plain(each) for each in given]
    if type(given).__name__ == "Zone" or hasattr(given, "key"):  # ours, or zoneinfo's
        return str(given)
    return _day(given)
