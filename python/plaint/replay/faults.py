# SPDX-License-Identifier: BSL-1.0
"""Rows of a log that can't be used: which, where and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]


@dataclass
class BadRows:
    """Reasons with the rows they hold for; a row is bad once, for the first reason that was found."""

    total: int
    reasons: list[tuple[str, Rows, list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.mask: npt.NDArray[np.bool_] = np.zeros(self.total, dtype=bool)

    def add(self, reason: str, rows: npt.NDArray[Any], values: list[str] | None = None) -> None:
        """Notes rows by their place in the log, with the text that does not fit."""
        where = np.asarray(rows, dtype=np.int64)
        new = ~self.mask[where]
        if not new.any():
            return
        kept = [v for v, fresh in zip(values, new, strict=True) if fresh] if values else []
        self.reasons.append((reason, where[new], kept))
        self.mask[where] = True

    def __len__(self) -> int:
        return int(self.mask.sum())

    def counts(self) -> dict[str, int]:
        """How many rows each reason took, most first."""
        sums: dict[str, int] = {}
        for reason, rows, _ in self.reasons:
            sums[reason] = sums.get(reason, 0) + len(rows)
        return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))

    def listed(self, most: int | None = None) -> Iterator[tuple[int, str]]:
        """Row and reason in the order of the log."""
        everything = [
            (int(row), f'{reason}: "{values[i]}"' if values else reason)
            for reason, rows, values in self.reasons
            for i, row in enumerate(rows if most is None else rows[:most])
        ]
        everything.sort()
        yield from everything[:most]
