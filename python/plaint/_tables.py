# SPDX-License-Identifier: BSL-1.0
"""Tables of events to and from the desk: pandas, Arrow, or plain columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timezone
from typing import Any

import numpy as np
import numpy.typing as npt

from plaint._core.time import parse_instant

NEEDED = ("complaint", "event", "at")
OTHERS = ("actor", "recorded_at", "key")


def _columns(table: Any) -> dict[str, Any]:
    if hasattr(table, "column_names"):  # Arrow
        return {name: table.column(name) for name in table.column_names}
    if isinstance(table, Mapping):
        return dict(table)
    return {str(name): table[name] for name in table.columns}


def _cells(column: Any) -> list[Any] | npt.NDArray[Any]:
    """The cells as objects, in a list or an array that nobody else has."""
    if getattr(getattr(column, "dtype", None), "kind", None) == "O":
        return np.array(column, object)
    for way in ("to_pylist", "tolist"):
        if hasattr(column, way):
            return list(getattr(column, way)())
    return list(column)


def _times(column: Any) -> npt.NDArray[Any]:
    """Instants as datetime64[us] in UTC, as NumPy has them; a naive datetime is refused."""
    if getattr(column, "dtype", None) is not None and str(column.dtype).startswith("datetime64"):
        if hasattr(column, "dt") and getattr(column.dt, "tz", None) is not None:
            column = column.dt.tz_convert("UTC").dt.tz_localize(None)
        return np.asarray(column, "datetime64[us]")
    cells = _cells(column)
    for cell in cells:
        if getattr(cell, "tzinfo", True) is None:
            raise TypeError("naive datetime: a datetime with a time zone is required")
    return np.array([_instant(cell) for cell in cells], "datetime64[us]")


def _instant(cell: Any) -> Any:
    if cell is None or cell != cell:  # noqa: PLR0124 - pandas' NaT, without pandas
        return np.datetime64("NaT", "us")
    if isinstance(cell, str):
        cell = parse_instant(cell)
    if isinstance(cell, np.datetime64):
        return cell.astype("datetime64[us]")
    return np.datetime64(cell.astimezone(timezone.utc).replace(tzinfo=None), "us")


def apply_table(desk: Any, table: Any) -> Any:
    columns = _columns(table)
    if "complaint" not in columns and "id" in columns:
        columns["complaint"] = columns.pop("id")
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise ValueError(f"the table has no column {', '.join(missing)}")
    recorded = columns.get("recorded_at")
    return desk._apply_columns(
        _cells(columns["complaint"]),
        _cells(columns["event"]),
        _times(columns["at"]),
        None if recorded is None else _times(recorded),
        _cells(columns["actor"]) if "actor" in columns else None,
        _cells(columns["key"]) if "key" in columns else None,
        {name: _cells(c) for name, c in columns.items() if name not in (*NEEDED, *OTHERS)},
    )


def to_frame(desk: Any) -> Any:
    try:
        import pandas as pd  # noqa: PLC0415 - an extra
    except ImportError as missing:
        raise ImportError("data frames need pandas: pip install plaint[pandas]") from missing
    columns = {
        name: pd.Series(column).dt.tz_localize("UTC") if isinstance(column, np.ndarray) else column
        for name, column in desk._columns().items()
    }
    return pd.DataFrame(columns).set_index("complaint")
