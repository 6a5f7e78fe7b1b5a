# SPDX-License-Identifier: BSL-1.0
"""China's State Council tables: days off, and the weekend days that are worked instead."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from plaint._core.errors import Finding, PolicyError


def read_state_council(*tables: Path | str | dict[str, Any], provisional: Iterable[int] = ()) -> dict[str, Any]:
    """A set of holidays from one table a year, each a file or its data:

    `{"year": 2026, "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": true}, …]}`

    `isOffDay` false is a working day. The set is known for the years of its tables. Raises PolicyError.
    """
    found: list[Finding] = []
    years: list[int] = []
    lists: dict[bool, list[dict[str, str]]] = {True: [], False: []}
    for table in tables:
        file, data = _load(table, found)
        if not _has(data, year=int, days=list):
            found.append(Finding("wrong-type", "a table with a year and its days required", file=file))
            continue
        years.append(data["year"])
        for i, day in enumerate(data["days"]):
            if not _has(day, date=str, isOffDay=bool):
                found.append(Finding("wrong-type", "a day with date and isOffDay required", f"/days/{i}", file=file))
            else:
                lists[day["isOffDay"]].append({"date": day["date"], "name": str(day.get("name", ""))})
    if sorted(set(years)) != list(range(min(years, default=0), max(years, default=-1) + 1)):
        found.append(Finding("missing", f"tables of years without a gap required, {sorted(set(years))} found"))
    if found or not years:
        raise _error(found or [Finding("missing", "one table or more required")])
    made: dict[str, Any] = {"name": "cn-public-holidays", "dates": lists[True], "working_days": lists[False]}
    made |= {"from": min(years), "to": max(years)}
    return made | ({"provisional": sorted(provisional)} if provisional else {})


def _has(data: Any, **fields: type) -> bool:
    return isinstance(data, dict) and all(isinstance(data.get(name), kind) for name, kind in fields.items())


def _load(table: Path | str | dict[str, Any], found: list[Finding]) -> tuple[str, Any]:
    if isinstance(table, dict):
        return "", table
    try:
        return str(table), json.loads(Path(table).read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        found.append(Finding("unreadable", str(wrong), file=str(table)))
        return str(table), None


def _error(found: list[Finding]) -> PolicyError:
    error = PolicyError("\n".join(map(str, found)))
    error.findings = found
    return error
