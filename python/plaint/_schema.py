# SPDX-License-Identifier: BSL-1.0
"""The JSON Schema of policy documents, which lies beside this file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def schema_text() -> str:
    """The schema as it was written."""
    return Path(__file__).with_name("policy.schema.json").read_text(encoding="utf-8")


def policy_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of policy documents, for editors and for tools that make policies.

    Whatever ``Policy.load`` accepts, it accepts; it knows every key, and nothing of what names and expressions mean.
    """
    schema: dict[str, Any] = json.loads(schema_text())
    return schema
