# SPDX-License-Identifier: BSL-1.0
import os
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, final

import numpy as np
import numpy.typing as npt

from plaint._core.errors import Finding
from plaint._core.lifecycle import Lifecycle
from plaint._core.replay import ReplayResult

class Rejected(Exception):
    refusals: tuple[Refusal, ...] | list[Refusal]

@final
class Refusal:
    @property
    def code(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def message(self) -> str: ...

@final
class Effect:
    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def parameters(self) -> dict[str, Any]: ...
    @property
    def cause(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def late_by(self) -> timedelta: ...

@final
class Progress:
    @property
    def accepted(self) -> bool: ...
    @property
    def sequence(self) -> int: ...
    @property
    def left(self) -> list[str]: ...
    @property
    def entered(self) -> list[str]: ...
    @property
    def effects(self) -> list[Effect]: ...
    @property
    def refusals(self) -> list[Refusal]: ...
    @property
    def next_wake_up(self) -> datetime | None: ...

@final
class AttributeInfo:
    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def members(self) -> list[str]: ...
    @property
    def required(self) -> bool: ...

@final
class ClockInfo:
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> dict[str, str]: ...

@final
class Policy:
    @staticmethod
    def load(path: str | os.PathLike[str]) -> Policy: ...
    @staticmethod
    def from_dict(data: dict[str, Any]) -> Policy: ...
    @property
    def id(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def reference(self) -> str: ...
    @property
    def findings(self) -> list[Finding]: ...
    @property
    def title(self) -> dict[str, str]: ...
    @property
    def attributes(self) -> list[AttributeInfo]: ...
    @property
    def events(self) -> list[str]: ...
    @property
    def roles(self) -> list[str]: ...
    @property
    def states(self) -> list[str]: ...
    @property
    def clocks(self) -> list[ClockInfo]: ...
    @property
    def lifecycle(self) -> Lifecycle: ...
    def replay(
        self,
        *,
        cases: int,
        case: npt.ArrayLike,
        event: npt.ArrayLike,
        at: npt.ArrayLike,
        event_names: Sequence[str],
        roles: Sequence[str] | None = None,
        role: npt.ArrayLike | None = None,
        attributes: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        as_of: datetime | np.datetime64 | None = None,
        slack: timedelta = ...,
    ) -> ReplayResult: ...
    def open(
        self,
        id: str,
        *,
        at: datetime,
        recorded_at: datetime | None = None,
        actor: str | dict[str, str] | None = None,
        **attributes: Any,
    ) -> Complaint: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Complaint:
    @property
    def id(self) -> str: ...
    @property
    def policy(self) -> Policy: ...
    @property
    def sequence(self) -> int: ...
    @property
    def states(self) -> list[str]: ...
    @property
    def attributes(self) -> dict[str, Any]: ...
    @property
    def clocks(self) -> dict[str, dict[str, Any]]: ...
    @property
    def next_wake_up(self) -> datetime | None: ...
    def try_apply(
        self,
        event: str,
        *,
        at: datetime,
        recorded_at: datetime | None = None,
        actor: str | dict[str, str] | None = None,
        **data: Any,
    ) -> Progress: ...
    def apply(
        self,
        event: str,
        *,
        at: datetime,
        recorded_at: datetime | None = None,
        actor: str | dict[str, str] | None = None,
        **data: Any,
    ) -> Progress: ...
    def advance(self, to: datetime) -> Progress: ...
