# SPDX-License-Identifier: BSL-1.0
import os
from datetime import datetime
from typing import Any, final

import numpy as np
import numpy.typing as npt

from plaint._core.complaint import Complaint, Effect, Policy, Step

@final
class TableOutcome:
    @property
    def accepted(self) -> npt.NDArray[np.bool_]: ...
    @property
    def rejections(self) -> list[tuple[int, list[dict[str, Any]]]]: ...
    @property
    def effects(self) -> list[Effect]: ...

@final
class Desk:
    def __init__(self, policy: Policy, *, threads: int = 1) -> None: ...
    @property
    def policy(self) -> Policy: ...
    def __len__(self) -> int: ...
    def __contains__(self, id: str) -> bool: ...
    def __getitem__(self, id: str) -> Complaint: ...
    def open(
        self,
        id: str,
        *,
        at: datetime,
        recorded_at: datetime | None = None,
        actor: str | dict[str, str] | None = None,
        key: str = "",
        **attributes: Any,
    ) -> Step: ...
    def put(self, complaint: Complaint) -> None: ...
    def try_apply(
        self,
        id: str,
        event: str,
        *,
        at: datetime,
        recorded_at: datetime | None = None,
        actor: str | dict[str, str] | None = None,
        key: str = "",
        expected_sequence: int | None = None,
        **data: Any,
    ) -> Step: ...
    def apply(
        self,
        id: str,
        event: str,
        *,
        at: datetime,
        recorded_at: datetime | None = None,
        actor: str | dict[str, str] | None = None,
        key: str = "",
        expected_sequence: int | None = None,
        **data: Any,
    ) -> Step: ...
    def _apply_columns(
        self,
        ids: list[Any],
        events: list[Any],
        at: Any,
        recorded_at: Any,
        actors: Any,
        keys: Any,
        data: dict[str, list[Any]],
    ) -> TableOutcome: ...
    def apply_table(self, table: Any) -> TableOutcome: ...
    def advance(self, now: datetime | np.datetime64) -> list[Effect]: ...
    @property
    def next_wake_up(self) -> datetime | None: ...
    def due_before(self, t: datetime) -> list[tuple[str, str, datetime]]: ...
    def overdue(self, at: datetime) -> list[tuple[str, str, datetime]]: ...
    def count_by_state(self) -> dict[str, int]: ...
    def count_by_level(self) -> dict[int, int]: ...
    @property
    def digest(self) -> str: ...
    @property
    def nbytes(self) -> int: ...
    def _columns(self) -> dict[str, Any]: ...
    def to_frame(self) -> Any: ...
    def save(self, path: str | os.PathLike[str]) -> None: ...
    @staticmethod
    def load(path: str | os.PathLike[str], policy: Policy, *, threads: int = 1) -> Desk: ...
