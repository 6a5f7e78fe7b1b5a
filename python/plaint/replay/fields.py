# SPDX-License-Identifier: BSL-1.0
"""Reading a document member by member, with a finding for everything that does not fit."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from plaint import Finding, PolicyError, Severity
from plaint._core.documents import Document

_UNITS = {"s": 1, "sec": 1, "second": 1, "seconds": 1, "m": 60, "min": 60, "minute": 60, "minutes": 60}
_UNITS |= {"h": 3600, "hour": 3600, "hours": 3600, "day": 86400, "days": 86400}


@dataclass
class Faults:
    """The findings of one document, each at its line."""

    document: Document
    found: list[Finding] = field(default_factory=list)

    def add(self, code: str, message: str, pointer: str, suggestion: str = "") -> None:
        line, column = self.document.place(pointer)
        self.found.append(Finding(code, message, pointer, suggestion, Severity.ERROR, self.document.file, line, column))

    def raise_if_any(self) -> None:
        if self.found:
            self.found.sort(key=lambda f: (f.line, f.column))
            raise policy_error(self.found)


def policy_error(found: list[Finding]) -> PolicyError:
    """One exception for all findings, as the C++ loaders raise it."""
    error = PolicyError("\n".join(str(f) for f in found))
    error.findings = found
    return error


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that was probably meant, or nothing."""
    close = difflib.get_close_matches(name, list(known), 1)
    return close[0] if close else ""


@dataclass
class Field:
    """A value of a document at its place."""

    value: Any
    pointer: str
    faults: Faults
    _taken: set[str] = field(default_factory=set)

    def fault(self, code: str, message: str, suggestion: str = "") -> None:
        self.faults.add(code, message, self.pointer, suggestion)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.value, dict)

    def child(self, name: str | int) -> Field:
        key = str(name).replace("~", "~0").replace("/", "~1")
        return Field(self.value[name], f"{self.pointer}/{key}", self.faults)

    def optional(self, name: str) -> Field | None:
        self._taken.add(name)
        if not self.is_mapping or name not in self.value:
            return None
        return self.child(name)

    def required(self, name: str) -> Field | None:
        found = self.optional(name)
        if found is None:
            self.fault("missing", f'"{name}" is required')
        return found

    def finish(self) -> None:
        """A finding for each member that nobody asked for."""
        if not self.is_mapping:
            self.fault("mapping-required", "names with values are required")
            return
        for name in self.value:
            if name not in self._taken:
                near = nearest(name, self._taken)
                self.child(name).fault("unknown-key", f'"{name}" is not known here', near)

    def members(self) -> Iterator[tuple[str, Field]]:
        if not self.is_mapping:
            self.fault("mapping-required", "names with values are required")
            return
        for name in self.value:
            yield name, self.child(name)

    def items(self) -> list[Field]:
        if not isinstance(self.value, list):
            return [self]
        return [Field(item, f"{self.pointer}/{i}", self.faults) for i, item in enumerate(self.value)]

    def text(self) -> str | None:
        """The scalar as it was written."""
        written = self.faults.document.text_at(self.pointer)
        if written is None or isinstance(self.value, (dict, list)):
            self.fault("text-required", "a text is required")
            return None
        return written

    def texts(self) -> list[str]:
        return [text for item in self.items() if (text := item.text()) is not None]

    def word(self, *known: str) -> str | None:
        text = self.text()
        if text is not None and text not in known:
            self.fault("unknown-word", "one of " + ", ".join(known) + " is required", nearest(text, known))
            return None
        return text

    def length(self) -> timedelta | None:
        """A length of time such as "2 min" or "60 s"."""
        text = self.text()
        if text is None:
            return None
        read = re.fullmatch(r"\s*(\d{1,9})\s*([a-z]+)\s*", text)
        if not read or read[2] not in _UNITS:
            self.fault("bad-length", f'a length such as "90 s", "2 min" or "1 h" is required; "{text}" is none')
            return None
        return timedelta(seconds=int(read[1]) * _UNITS[read[2]])
