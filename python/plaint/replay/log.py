# SPDX-License-Identifier: BSL-1.0
"""Logs from files: CSV, plain or compressed, and Parquet, as Arrow columns."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

Progress = Callable[[int, int], None]  # bytes read, bytes in all
_CODES = pa.dictionary(pa.int32(), pa.string())
_COMPRESSED = {".gz": "gzip", ".bz2": "bz2", ".zst": "zstd", ".lz4": "lz4"}


@dataclass
class Log:
    """The columns of a log that a mapping names; rows are numbered from 0."""

    path: Path
    table: pa.Table
    encoding: str = "utf-8"
    ragged: list[tuple[int, str]] = field(default_factory=list)  # lines with too few or too many values
    is_text: bool = True

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def column(self, name: str) -> pa.Array:
        """One array, whatever pieces it was read in."""
        whole = self.table.column(name)
        if whole.num_chunks == 1:
            return whole.chunk(0)
        combined = whole.combine_chunks()
        return combined.chunk(0) if isinstance(combined, pa.ChunkedArray) else combined

    def lines(self, rows: Iterable[int]) -> dict[int, int]:
        """The line of each of these rows, header and quoted line ends counted; of Parquet the row, from 1."""
        wanted = set(rows)
        if not self.is_text or not wanted:
            return {row: row + 1 for row in wanted}
        found: dict[int, int] = {}
        csv.field_size_limit(1 << 27)
        with _open_text(self.path, self.encoding) as text:
            reader = csv.reader(text)
            width = len(next(reader, []))
            row, before = 0, reader.line_num
            last = max(wanted)
            for cells in reader:
                if len(cells) == width and (cells or width == 0):
                    if row in wanted:
                        found[row] = before + 1
                    if row == last:
                        break
                    row += 1
                before = reader.line_num
        return found


def read_log(
    path: str | os.PathLike[str],
    *,
    texts: Iterable[str] = (),
    categories: Iterable[str] = (),
    encoding: str = "utf-8",
    check: Callable[[list[str]], None] | None = None,
    progress: Progress | None = None,
    threads: bool = False,
) -> Log:
    """Reads only the named columns: times and ids as texts, the others as categories.

    `check` is given the header before anything is read. Rows with too few or too many values are left out and noted.
    """
    file = Path(path)
    wanted = {name: pa.large_string() for name in texts}
    wanted |= {name: _CODES for name in categories if name not in wanted}
    if file.suffix in (".parquet", ".pq"):
        return _read_parquet(file, list(wanted), check)
    header = read_header(file, encoding)
    if check:
        check(header)
    try:
        return _read_csv(file, wanted, encoding, progress, threads, exact=True)
    except pa.ArrowInvalid as error:
        if "UTF8" not in str(error):
            raise
        return _read_csv(file, wanted, encoding, progress, threads, exact=False)


def read_header(path: str | os.PathLike[str], encoding: str = "utf-8") -> list[str]:
    """The names of a log's columns."""
    file = Path(path)
    if file.suffix in (".parquet", ".pq"):
        return list(pa_parquet.read_schema(file).names)
    csv.field_size_limit(1 << 27)
    with _open_text(file, encoding) as text:
        names = next(csv.reader(text), [])
    return [name.removeprefix("\ufeff") for name in names]


def _read_csv(
    file: Path, wanted: dict[str, Any], encoding: str, progress: Progress | None, threads: bool, *, exact: bool
) -> Log:
    ragged: list[tuple[int, str]] = []

    def note(row: Any) -> str:
        ragged.append((row.number or 0, f"{row.actual_columns} values where {row.expected_columns} are named"))
        return "skip"

    size = file.stat().st_size
    with file.open("rb") as raw:
        stream = pa.input_stream(raw, compression=_COMPRESSED.get(file.suffix))
        if not exact:  # bytes that are no text of this encoding become U+FFFD, and their rows bad
            stream = pa.BufferReader(stream.read().decode(encoding, "replace").encode())
            encoding = "utf-8"
        reader = pa_csv.open_csv(
            stream,
            read_options=pa_csv.ReadOptions(use_threads=threads, block_size=1 << 18, encoding=encoding),
            parse_options=pa_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=note),
            convert_options=pa_csv.ConvertOptions(
                include_columns=list(wanted), column_types=wanted, strings_can_be_null=False
            ),
        )
        batches = []
        for batch in reader:
            batches.append(batch)
            if progress:
                progress(min(raw.tell(), size), size)
        table = pa.Table.from_batches(batches, schema=reader.schema).unify_dictionaries()
    return Log(file, table, encoding, ragged)


def _read_parquet(file: Path, wanted: list[str], check: Callable[[list[str]], None] | None) -> Log:
    if check:
        check(list(pa_parquet.read_schema(file).names))
    return Log(file, pa_parquet.read_table(file, columns=wanted), is_text=False)


def _open_text(file: Path, encoding: str) -> io.TextIOWrapper:
    raw = pa.input_stream(str(file), compression=_COMPRESSED.get(file.suffix))
    return io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")


def categories_of(column: pa.Array) -> tuple[npt.NDArray[np.int32], list[str]]:
    """Codes and the texts they stand for; -1 where there is none."""
    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    if not pa.types.is_dictionary(column.type):
        column = column.cast(pa.string()).dictionary_encode()
    codes = column.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return codes, [str(v) if v is not None else "" for v in column.dictionary.to_pylist()]
