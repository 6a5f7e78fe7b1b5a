# SPDX-License-Identifier: BSL-1.0
"""Event logs in XES (IEEE 1849), as Arrow columns: one row per event, those of its trace as ``case:…``."""

from __future__ import annotations

import gzip
import io
import os
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse

import pyarrow as pa

_VALUES = {"string", "date", "int", "float", "boolean", "id"}
_MOST_EVENTS = 50_000_000
_PROLOGUE = 1 << 16


def read_xes(path: str | os.PathLike[str]) -> pa.Table:
    """Reads an XES log, plain or gzipped. Raises ValueError for what is no XES.

    Values are texts as they are written; nested attributes, classifiers and globals are left out. A document that
    declares entities of its own is refused.
    """
    file = Path(path)
    with io.BufferedReader(gzip.open(file, "rb")) if file.suffix == ".gz" else file.open("rb") as stream:
        if b"<!ENTITY" in stream.peek(_PROLOGUE):
            raise ValueError(f"{file}: a log must not declare entities")
        try:
            return _table(stream)
        except ParseError as error:
            raise ValueError(f"{file}: this is no XES: {error}") from None


def _table(stream: IO[bytes]) -> pa.Table:
    columns: dict[str, list[str | None]] = {}
    rows = 0
    trace: dict[str, str] = {}
    in_trace = in_event = False
    events: list[dict[str, str]] = []
    number = 0
    depth = 0
    for action, element in iterparse(stream, events=("start", "end")):
        name = element.tag.rpartition("}")[2]
        if action == "start":
            depth += 1
            if depth == 1 and name != "log":
                raise ValueError(f"this is no XES: <log> is required, <{name}> found")
            if name == "trace":
                in_trace, trace, events = True, {}, []
            elif name == "event":
                in_event = True
            continue
        depth -= 1
        if name == "event" and in_trace:
            in_event = False
            events.append(_values(element))
            element.clear()
        elif name == "trace":
            in_trace = False
            trace = _values(element)
            trace.setdefault("concept:name", str(number))
            number += 1
            for event in events:
                _append(columns, rows, {**{f"case:{k}": v for k, v in trace.items()}, **event})
                rows += 1
            if rows > _MOST_EVENTS:
                raise ValueError(f"a log has at most {_MOST_EVENTS:,} events")
            element.clear()
        elif not in_trace and not in_event and depth == 1:
            element.clear()
    for values in columns.values():
        values.extend([None] * (rows - len(values)))
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def _values(element: Element) -> dict[str, str]:
    found = {}
    for child in element:
        key, value = child.get("key"), child.get("value")
        if child.tag.rpartition("}")[2] in _VALUES and key is not None and value is not None:
            found[key] = value
    return found


def _append(columns: dict[str, list[str | None]], row: int, values: dict[str, str]) -> None:
    for name, value in values.items():
        column = columns.setdefault(name, [])
        column.extend([None] * (row - len(column)))
        column.append(value)
