# SPDX-License-Identifier: BSL-1.0
import enum

class Severity(enum.Enum):
    ERROR = 0
    WARNING = 1
    NOTE = 2

class Finding:
    def __init__(
        self,
        code: str,
        message: str,
        pointer: str = "",
        suggestion: str = "",
        severity: Severity = ...,
        file: str = "",
        line: int = 0,
        column: int = 0,
    ) -> None: ...
    @property
    def code(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def pointer(self) -> str: ...
    @property
    def suggestion(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...

class PolicyError(ValueError):
    findings: tuple[Finding, ...] | list[Finding]
