# SPDX-License-Identifier: BSL-1.0
"""Columns of times between NumPy, Arrow, pandas and plain sequences; no loop over rows where they are columns."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import numpy.typing as npt

_Array = npt.NDArray[Any]
_NULL = np.iinfo(np.int64).min


def times(values: Any, dtype: str) -> _Array:
    """The values as datetime64[us] or timedelta64[us], null as NaT; instants in UTC."""
    kind = np.dtype(dtype).kind
    pandas = sys.modules.get("pandas")
    if _is_arrow(values):
        return _from_arrow(values, kind)
    if pandas is not None and isinstance(values, (pandas.Series, pandas.Index)):
        if isinstance(values.dtype, pandas.ArrowDtype):
            return _from_arrow(values.array.__arrow_array__(), kind)
        if isinstance(values.dtype, pandas.DatetimeTZDtype):
            values = pandas.Series(values).dt.tz_convert("UTC").dt.tz_localize(None)
        array: _Array = values.to_numpy()
    elif hasattr(values, "__arrow_c_stream__"):
        import pyarrow as pa  # noqa: PLC0415 - only whoever has such a column needs it

        return _from_arrow(pa.chunked_array(values), kind)
    else:
        array = values if isinstance(values, np.ndarray) else np.array(list(values), object)
    if array.dtype.kind != kind:
        from plaint._core.calendar import times_of  # noqa: PLC0415 - which imports this module

        return times_of(list(array), kind == "M")
    return array.astype(dtype)


def like(result: _Array, given: Any) -> Any:
    """The result as the kind of column that was given, NaT or what is masked as its null."""
    if _is_arrow(given):
        return _to_arrow(result, given.type)
    pandas = sys.modules.get("pandas")
    if pandas is None or not isinstance(given, (pandas.Series, pandas.Index)):
        return result
    made = pandas.Series(np.ma.getdata(result), index=given.index if isinstance(given, pandas.Series) else None)
    if np.ma.is_masked(result):
        return made.astype("boolean").mask(np.ma.getmaskarray(result))
    zoned = getattr(given.dtype, "tz", None) is not None or "tz=" in str(given.dtype)
    return made.dt.tz_localize("UTC") if zoned and result.dtype.kind == "M" else made


def _is_arrow(values: Any) -> bool:
    arrow = sys.modules.get("pyarrow")
    return arrow is not None and isinstance(values, (arrow.Array, arrow.ChunkedArray))


def _from_arrow(values: Any, kind: str) -> _Array:
    import pyarrow as pa  # noqa: PLC0415

    if pa.types.is_null(values.type):
        return np.full(len(values), _NULL).view(f"{kind}8[us]")
    if not (pa.types.is_timestamp if kind == "M" else pa.types.is_duration)(values.type):
        raise TypeError(f"column of {'timestamps' if kind == 'M' else 'durations'} required, {values.type} found")
    if isinstance(values, pa.ChunkedArray):
        values = pa.concat_arrays(values.chunks or [pa.array([], values.type)])
    numbers = values.view(pa.int64())
    numbers = numbers.fill_null(_NULL) if numbers.null_count else numbers
    array: _Array = numbers.to_numpy()
    return array.view(f"{kind}8[{values.type.unit}]").astype(f"{kind}8[us]")


def _to_arrow(result: _Array, given: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    if result.dtype.kind == "b":
        return pa.array(np.ma.getdata(result), mask=np.ma.getmaskarray(result))
    zone = "UTC" if pa.types.is_timestamp(given) and given.tz is not None else None
    kind = pa.timestamp("us", tz=zone) if result.dtype.kind == "M" else pa.duration("us")
    return pa.array(result, type=kind, from_pandas=True)
