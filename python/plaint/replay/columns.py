# SPDX-License-Identifier: BSL-1.0
"""Columns of a log as the engine takes them: instants, numbers, categories; what does not fit is a bad row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from plaint import WallFormat, Zone
from plaint.replay.faults import BadRows
from plaint.replay.log import Log, categories_of
from plaint.replay.mapping import ISO, Mapping, Source

Times = npt.NDArray[np.datetime64]

_ISO_FORMATS = (
    *(f"%Y-%m-%d{t}%H:%M:%S{part}{offset}" for t in ("T", " ") for part in ("", ".%f") for offset in ("%z", "")),
    *("%Y-%m-%dT%H:%M%z", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d"),
)


@dataclass(frozen=True)
class Categorical:
    """Codes into a list of texts; -1 where there is no value."""

    codes: npt.NDArray[np.int32]
    categories: list[str]

    def take(self, rows: npt.NDArray[np.int64]) -> Categorical:
        return Categorical(self.codes[rows], self.categories)

    def __len__(self) -> int:
        return len(self.codes)


Column = Any  # a NumPy array, (values, valid), or Categorical: what the engine takes


@dataclass
class Reader:
    """Reads columns by their mapping, each once, and collects the rows that do not fit."""

    log: Log
    mapping: Mapping
    bad: BadRows
    _times: dict[tuple[str, tuple[str, ...]], tuple[Times, npt.NDArray[np.int64]]] = field(default_factory=dict)
    _codes: dict[str, tuple[npt.NDArray[np.int32], list[str]]] = field(default_factory=dict)

    def times(self, source: Source, *, required: bool = False) -> Times:
        """Instants, NaT where there is none; texts that are no time are bad rows."""
        key = (source.column, source.times)
        if key not in self._times:
            self._times[key] = self._read_times(source)
        instants, unfit = self._times[key]
        if len(unfit):
            self.bad.add(f"{source.column} is no time", unfit, self._texts(source.column, unfit))
        if required:
            missing = np.flatnonzero(np.isnat(instants))
            self.bad.add(f"{source.column} is empty", missing)
        return instants

    def _read_times(self, source: Source) -> tuple[Times, npt.NDArray[np.int64]]:
        column = self.log.column(source.column)
        zone = self.mapping.zone
        if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
            return _typed_times(column, zone), np.empty(0, dtype=np.int64)
        formats = source.times or self.mapping.times
        patterns = [p for f in formats for p in (_ISO_FORMATS if f == ISO else (f,))]
        instants = _parse(column, patterns[0], zone)
        left = np.flatnonzero(np.isnat(instants))
        for pattern in (None, *patterns[1:]):
            if not len(left):
                break
            texts = column.take(pa.array(left))
            if pattern is None:  # what is empty is no time in any format
                left = left[~self._is_absent(texts)]
                continue
            found = _parse(texts, pattern, zone)
            instants[left] = found
            left = left[np.isnat(found)]
        return instants, left

    def _is_absent(self, texts: pa.Array) -> npt.NDArray[np.bool_]:
        marks = pa.array(sorted(self.mapping.absent), type=texts.type)
        found = pc.or_kleene(pc.is_null(texts), pc.is_in(texts, value_set=marks))
        return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)

    def _texts(self, column: str, rows: npt.NDArray[np.int64]) -> list[str]:
        return [str(v) for v in self.log.column(column).take(pa.array(rows)).to_pylist()]

    def codes(self, column: str) -> tuple[npt.NDArray[np.int32], list[str]]:
        if column not in self._codes:
            codes, texts = categories_of(self.log.column(column))
            broken = [i for i, text in enumerate(texts) if "\ufffd" in text]
            if broken:
                rows = np.flatnonzero(np.isin(codes, broken))
                self.bad.add(f"{column} is no text in {self.mapping.encoding}", rows)
            self._codes[column] = codes, texts
        return self._codes[column]

    def labels(self, source: Source) -> Categorical:
        """The texts of a column; absent ones as -1, renamed where the mapping says so."""
        codes, texts = self.codes(source.column)
        return _renamed(codes, texts, self.mapping.absent, source.names)

    def words(self, source: Source, known: list[str], *, skip: bool = False) -> Categorical:
        """The texts of a column as places in `known`; others are bad rows, or -2 where they are skipped."""
        codes, texts = self.codes(source.column)
        places = {name: i for i, name in enumerate(known)}
        lookup = np.full(len(texts) + 1, -1, dtype=np.int32)
        for i, text in enumerate(texts):
            if text not in self.mapping.absent or text in source.names:
                lookup[i] = places.get(source.names.get(text, text), places.get(source.others or "", -2))
        found = lookup[codes]
        if not skip:
            self._refuse(source, codes, texts, found == -2)
        return Categorical(found, known)

    def attribute(self, source: Source, kind: str, members: list[str]) -> Column:
        """A column as an attribute of a policy, by the attribute's type."""
        if members:
            return self.words(source, members)
        if kind == "timestamp":
            return self.times(source)
        if kind == "string":
            return self.labels(source)
        return self._numbers(source, kind)

    def _numbers(self, source: Source, kind: str) -> Column:
        convert, dtype, empty = _NUMBERS.get(kind, (None, None, None))
        if convert is None:
            raise TypeError(f'attributes of type "{kind}" can\'t be read from a log')
        codes, texts = self.codes(source.column)
        valid = np.zeros(len(texts) + 1, dtype=bool)
        unfit = np.zeros(len(texts) + 1, dtype=bool)
        values = np.full(len(texts) + 1, empty, dtype=dtype)
        for i, text in enumerate(texts):
            if text in self.mapping.absent:
                continue
            try:
                values[i] = convert(source.names.get(text, text))
                valid[i] = True
            except (ValueError, OverflowError):
                unfit[i] = True
        self._refuse(source, codes, texts, unfit[codes])
        return values[codes] if kind == "double" else (values[codes], valid[codes])

    def _refuse(
        self, source: Source, codes: npt.NDArray[np.int32], texts: list[str], unfit: npt.NDArray[np.bool_]
    ) -> None:
        rows = np.flatnonzero(unfit)
        if len(rows):
            self.bad.add(f"{source.column} has no known value", rows, [texts[code] for code in codes[rows]])


def take(column: Column, rows: npt.NDArray[np.int64]) -> Column:
    """These rows of a column."""
    if isinstance(column, Categorical):
        return column.take(rows)
    if isinstance(column, tuple):
        return column[0][rows], column[1][rows]
    return column[rows]


def spread(column: Column, places: npt.NDArray[np.int64], total: int) -> Column:
    """A column of `total` rows that has these values at these places and none elsewhere."""
    if isinstance(column, Categorical):
        codes = np.full(total, -1, dtype=np.int32)
        codes[places] = column.codes
        return Categorical(codes, column.categories)
    if isinstance(column, tuple):
        values = np.zeros(total, dtype=column[0].dtype)
        valid = np.zeros(total, dtype=bool)
        values[places], valid[places] = column
        return values, valid
    empty: Any = np.datetime64("NaT") if column.dtype.kind == "M" else np.nan
    values = np.full(total, empty, dtype=column.dtype)
    values[places] = column
    return values


def _renamed(
    codes: npt.NDArray[np.int32], texts: list[str], absent: frozenset[str], names: dict[str, str]
) -> Categorical:
    ours = [names.get(text, text) for text in texts]
    if len(set(ours)) == len(ours) and not any(text in absent for text in texts):
        return Categorical(codes, ours)
    places: dict[str, int] = {}
    lookup = np.full(len(texts) + 1, -1, dtype=np.int32)
    for i, (text, name) in enumerate(zip(texts, ours, strict=True)):
        if text not in absent or text in names:
            lookup[i] = places.setdefault(name, len(places))
    return Categorical(lookup[codes], list(places))


def _parse(texts: pa.Array, pattern: str, zone: Zone | None) -> Times:
    layout = WallFormat(pattern)
    _, offsets, data = texts.buffers()
    width = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    ends = np.frombuffer(offsets, dtype=width)[texts.offset : texts.offset + len(texts) + 1]
    if texts.null_count:
        texts = texts.fill_null("")
        return _parse(texts, pattern, zone)
    return layout.parse_column(
        ends, data if data is not None else b"", zone=None if layout.has_offset else zone or Zone.utc()
    )


def _typed_times(column: pa.Array, zone: Zone | None) -> Times:
    """Columns that Parquet has as times already; days are midnights of the zone."""
    aware = pa.types.is_timestamp(column.type) and column.type.tz is not None
    values = column.cast(pa.timestamp("us", tz="UTC" if aware else None), safe=False)
    times = values.to_numpy(zero_copy_only=False).astype("datetime64[us]")
    return times if aware or zone is None else zone.to_instant_many(times)


def _truth(text: str) -> bool:
    words = {"true": True, "yes": True, "y": True, "1": True, "false": False, "no": False, "n": False, "0": False}
    try:
        return words[text.strip().lower()]
    except KeyError:
        raise ValueError(text) from None


_NUMBERS: dict[str, tuple[Callable[[str], Any], Any, Any]] = {
    "int": (int, np.int64, 0),
    "double": (float, np.float64, np.nan),
    "bool": (_truth, np.bool_, False),
}
