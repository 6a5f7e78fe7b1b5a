# SPDX-License-Identifier: BSL-1.0
"""What complaint handling is measured by: each figure with its definition, over tables and over complaints."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from plaint import Policy
from plaint._core.analysis import (
    acquisition_ratio,
    ageing,
    lost_value,
    loyal_value,
    pareto,
    percentile,
    quality_gaps,
    replacement_cost,
    satisfaction_gap,
    silent_customers,
    word_of_mouth,
)
from plaint._core.expr import Expression

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "acquisition_ratio",
    "ageing",
    "attainment",
    "backlog",
    "lost_value",
    "loyal_value",
    "measure",
    "pareto",
    "percentile",
    "percentiles",
    "quality_gaps",
    "replacement_cost",
    "satisfaction_gap",
    "share_of",
    "silent_customers",
    "word_of_mouth",
]

_LADDERS = re.compile(r"""ladder\(["']([^"']+)["']\)""")
_TARGET = re.compile(r"^(>=|<=|>|<|==)?\s*([0-9.]+)\s*(%?)$")


def _groups(table: pa.Table, by: str | None) -> Iterator[tuple[Any, pa.Table]]:
    """The table cut by the values of a column, in their order; rows without one stand last."""
    import pyarrow.compute as pc  # noqa: PLC0415 - Arrow loads when it is needed

    if by is None:
        yield None, table
        return
    column = pc.cast(table[by], "string") if "dictionary" in str(table[by].type) else table[by]
    for key in sorted(pc.unique(column).to_pylist(), key=lambda v: (v is None, v)):
        yield key, table.filter(pc.is_null(column) if key is None else pc.equal(column, key))


def _texts(column: Any) -> Any:
    import pyarrow.compute as pc  # noqa: PLC0415

    return pc.cast(column, "string")


def attainment(table: pa.Table, verdict: str, *, by: str | None = None) -> list[dict[str, Any]]:
    """Promises kept of those judged, from a column of verdicts ("met", "missed"; others do not count)."""
    import pyarrow.compute as pc  # noqa: PLC0415

    rows = []
    for key, part in _groups(table, by):
        words = _texts(part[verdict])
        met, missed = (int(pc.sum(pc.equal(words, w)).as_py() or 0) for w in ("met", "missed"))
        share = met / (met + missed) if met + missed else None
        rows.append({"group": key, "met": met, "missed": missed, "attainment": share})
    return rows


def share_of(table: pa.Table, counts: Callable[[pa.Table], Any], *, by: str | None = None) -> list[dict[str, Any]]:
    """The share of rows for which `counts`, a function from a table to a column of truths, says yes."""
    import pyarrow.compute as pc  # noqa: PLC0415

    rows = []
    for key, part in _groups(table, by):
        counted = int(pc.sum(counts(part)).as_py() or 0)
        share = counted / part.num_rows if part.num_rows else None
        rows.append({"group": key, "counted": counted, "of": part.num_rows, "share": share})
    return rows


def percentiles(
    table: pa.Table, column: str, percents: Sequence[float], *, by: str | None = None
) -> list[dict[str, Any]]:
    """Nearest-rank percentiles of a column of numbers; rows without one do not count."""
    rows = []
    for key, part in _groups(table, by):
        values = [float(v) for v in part[column].to_pylist() if v is not None]
        found = {f"p{p:g}": percentile(values, p) for p in percents}
        rows.append({"group": key, "count": len(values), **found})
    return rows


def backlog(
    table: pa.Table,
    opened: str,
    closed: str,
    *,
    as_of: datetime,
    edges: Sequence[float] = (1, 7, 30, 90),
    by: str | None = None,
) -> list[dict[str, Any]]:
    """Complaints that are open at an instant, and how many are younger than each edge, in days of 24 hours."""
    rows = []
    for key, part in _groups(table, by):
        ages = [
            (as_of - begun).total_seconds() / 86_400
            for begun, ended in zip(part[opened].to_pylist(), part[closed].to_pylist(), strict=True)
            if begun is not None and begun <= as_of and (ended is None or ended > as_of)
        ]
        rows.append({"group": key, "open": len(ages), "ageing": ageing(ages, list(edges))})
    return rows


def measure(policy: Policy, complaints: Iterable[Any], *, by: str | None = None) -> list[dict[str, Any]]:
    """The indicators of a policy over complaints: how many count, how many are meant, the share, the target.

    `by` names an attribute to cut them by. A complaint for which the expression has no value counts, and is not yes.
    """
    cases = list(complaints)
    groups: dict[Any, list[Any]] = {}
    for c in cases:
        groups.setdefault(c.attributes.get(by) if by else None, []).append(c)
    states = policy.states
    clocks = [c.id for c in policy.clocks]
    ladders = sorted(set(_LADDERS.findall(" ".join(w["share"] for w in policy.indicators))))
    types: dict[str, str | Sequence[str]] = {a.name: a.members or a.type for a in policy.attributes}
    rows = []
    for what in policy.indicators:
        share = Expression(what["share"], types, states=states, clocks=clocks, ladders=ladders)
        for key in sorted(groups, key=lambda v: (v is None, str(v))):
            counted = [c for c in groups[key] if _counts(c, what["of"])]
            yes = sum(_is(share, c) for c in counted)
            value = yes / len(counted) if counted else None
            rows.append(
                {
                    "indicator": what["id"],
                    "group": key,
                    "of": len(counted),
                    "counted": yes,
                    "share": value,
                    "target": what["target"] or None,
                    "meets": _meets(value, what["target"]),
                }
            )
    return rows


def _counts(case: Any, of: str) -> bool:
    if of == "opened":
        return True
    return bool(case.closed) if of == "closed" else of in case.states


def _is(share: Expression, case: Any) -> bool:
    values = {k: v for k, v in case.attributes.items() if v is not None}
    clocks = {
        name: {"running": seen.verdict is None, "breached": seen.breached, "done": seen.verdict is not None}
        for name, seen in case.clocks.items()
    }
    ladders = {name: {"level": seen.level, "high_water": seen.high_water} for name, seen in case.ladders.items()}
    return share.evaluate(values, states=case.states, clocks=clocks, ladders=ladders) is True


def _meets(value: float | None, target: str) -> bool | None:
    found = _TARGET.match(target.strip()) if target else None
    if value is None or found is None:
        return None
    wanted = float(found[2]) / (100 if found[3] else 1)
    close = abs(value - wanted) < 1e-12
    tests = {">=": value >= wanted or close, "<=": value <= wanted or close, ">": value > wanted, "<": value < wanted}
    return tests.get(found[1] or "==", close)
