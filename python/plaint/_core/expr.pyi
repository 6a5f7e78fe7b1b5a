# SPDX-License-Identifier: BSL-1.0
import enum
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from plaint._core.errors import Finding

class Truth(enum.Enum):
    NO = 0
    YES = 1
    UNKNOWN = 2
    ERROR = 3

class Atom:
    @property
    def text(self) -> str: ...
    @property
    def result(self) -> Truth: ...
    @property
    def fault(self) -> str: ...
    @property
    def decisive(self) -> bool: ...
    @property
    def readings(self) -> dict[str, str]: ...

class GuardExplanation:
    @property
    def result(self) -> Truth: ...
    @property
    def fault(self) -> str: ...
    @property
    def atoms(self) -> list[Atom]: ...

class Expression:
    def __init__(
        self,
        text: str,
        attributes: dict[str, str | Sequence[str]] = ...,
        *,
        states: Sequence[str] = ...,
        clocks: Sequence[str] = ...,
        ladders: Sequence[str] = ...,
        roles: Sequence[str] = ...,
        events: Sequence[str] = ...,
        event: dict[str, str | Sequence[str]] = ...,
        returns: str = ...,
    ) -> None: ...
    def evaluate(
        self,
        attributes: dict[str, Any] = ...,
        *,
        states: Sequence[str] = ...,
        actor: Mapping[str, str] = ...,
        event_name: str = ...,
        event: dict[str, Any] = ...,
        at: datetime | None = ...,
        clocks: dict[str, dict[str, Any]] = ...,
        ladders: dict[str, dict[str, Any]] = ...,
    ) -> Any: ...
    def explain(
        self,
        attributes: dict[str, Any] = ...,
        *,
        states: Sequence[str] = ...,
        actor: Mapping[str, str] = ...,
        event_name: str = ...,
        event: dict[str, Any] = ...,
        at: datetime | None = ...,
        clocks: dict[str, dict[str, Any]] = ...,
        ladders: dict[str, dict[str, Any]] = ...,
    ) -> GuardExplanation: ...
    @property
    def text(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def reads(self) -> list[str]: ...
    @property
    def notes(self) -> list[Finding]: ...
    def __getstate__(self) -> tuple[Any, ...]: ...
    def __setstate__(self, state: tuple[Any, ...], /) -> None: ...
