# SPDX-License-Identifier: BSL-1.0
"""The ready policies: those of the practice manuals and of the regulators, by name.

>>> import plaint
>>> rules = plaint.policies.load("uk-fca-disp")

They are no legal advice; each says what its sources are, how well they were checked, and how it reads what they
leave open.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from plaint._core.complaint import Policy
from plaint._core.documents import Document
from plaint._core.policies import PolicyVersions, extended, near

__all__ = ["UnknownPolicyError", "document", "folder", "holidays", "load", "names", "path", "text", "versions"]


class UnknownPolicyError(KeyError):
    """No ready policy has this name, or none of its versions takes complaints of this day."""

    def __str__(self) -> str:
        return str(self.args[0])


def folder() -> Path:
    """Where the documents are: in the installed package, or in the checkout."""
    installed = Path(__file__).parent / "library"
    return installed if installed.is_dir() else Path(__file__).resolve().parents[3] / "policies"


def names() -> list[str]:
    """The ready policies, in the order of their names; earlier versions aside."""
    return sorted(file.stem for file in folder().glob("*.yaml") if "@" not in file.stem)


def path(name: str) -> Path:
    """The document of a policy ("uk-fca-disp"), of one of its versions ("uk-ofcom-adr@2025"), or of what they extend
    ("base/words"). Raises UnknownPolicyError with the name that was meant, if one is near."""
    found = folder() / f"{name}.yaml"
    sane = not name.startswith(("/", ".")) and ".." not in name
    if sane and found.is_file():
        return found
    meant = near(name, names())
    raise UnknownPolicyError(
        f'no ready policy "{name}"' + (f'; did you mean "{meant}"?' if meant else "; plaint policies lists them")
    )


def text(name: str) -> str:
    """The document as it was written, comments included."""
    return path(name).read_text(encoding="utf-8")


def document(name: str) -> dict[str, Any]:
    """The whole document as data, laid over what it extends."""
    return extended(Document.load(path(name)))


def versions(name: str) -> PolicyVersions:
    """All versions of a policy, in the order of the days from which they hold."""
    path(name)
    files = sorted(folder().glob(f"{name}@*.yaml"))
    return PolicyVersions([*(Policy.load(file) for file in files), Policy.load(path(name))])


def load(name: str, received: date | datetime | None = None) -> Policy:
    """A ready policy; with a day or an aware datetime of receipt, the version that takes complaints of that day.

    A complaint stays under the rules of the day on which it was received, whatever came later.
    Raises UnknownPolicyError.
    """
    if received is None:
        return Policy.load(path(name))
    found = versions(name).at(received)
    if found is None:
        raise UnknownPolicyError(f'no version of "{name}" takes complaints of {received}')
    return found


def holidays(name: str) -> dict[str, Any]:
    """A set of holidays ("hk", "au-nsw") as calendars take it: rules or dates, with horizon and source.

    ``announced_to`` is the last year that was published; later ones are computed.
    """
    sets: dict[str, dict[str, Any]] = document(f"holidays/{name}")["holidays"]
    return {"name": name, **sets[name]}
