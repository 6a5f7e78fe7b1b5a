# SPDX-License-Identifier: BSL-1.0
"""What texts to complainants should not say: forbidden phrases and behaviours, as data, in Chinese and English."""

from __future__ import annotations

import os
from functools import lru_cache

from plaint import policies
from plaint._core.documents import Document
from plaint._core.errors import Finding
from plaint._core.policies import Wording

__all__ = ["Wording", "lint_text"]


@lru_cache(maxsize=8)
def _ready() -> Wording:
    return Wording(Document.load(policies.path("base/wording")))


def lint_text(
    text: str, language: str = "", *, wording: Wording | str | os.PathLike[str] | None = None
) -> list[Finding]:
    """One finding for each place of a text that should not be sent as it is; none if it is fine.

    ``code`` is the rule, ``message`` why, ``suggestion`` what to say instead, ``line`` and ``column`` where. With a
    language ("zh", "en") only its rules are asked. Rules of your own come from a document with a section ``wording``.
    """
    if wording is None:
        rules = _ready()
    else:
        rules = wording if isinstance(wording, Wording) else Wording(Document.load(wording))
    return rules.lint(text, language)
