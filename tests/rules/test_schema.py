# SPDX-License-Identifier: BSL-1.0
"""The JSON Schema of policies says what the loader's sources and the documents say: the same keys, the same words."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import plaint
from plaint._core.documents import Document

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = plaint.policy_schema()
DEFS = SCHEMA["$defs"]

# The readers of policy documents: what else reads documents reads snapshots, logs and wordings.
READERS = [
    *(ROOT / "include/plaint").glob("*/detail/read_*.hpp"),
    *(ROOT / "include/plaint").glob("*/*_document.hpp"),
    ROOT / "include/plaint/clock/calendar_edit.hpp",
    ROOT / "include/plaint/policy/word_titles.hpp",
]
OTHER_DOCUMENTS = {"clock_state_document", "ladder_state_document", "event_document", "case_document", "read_event"}

# Keys that the readers take from a list of names, each the list as it stands in its source.
LISTED = {
    "extended_document": ["extends", "without"],
    "attribute_document": ["enum", "list", "type", "bool", "int", "double", "string", "timestamp", "duration"],
    "calendar_document": ["any_of", "all_of", "first_without", "from", "to"],
    "read_hours": ["exceptions", "added", "breaks"],
    "lifecycle_document": ["on_done", "onDone"],
    "word_titles": ["states", "events", "attributes", "values", "atoms", "effects"],
    "indicator_document": ["of", "share", "target", "source"],
    "policy_document": ["id", "version"],
}
# Details of effects that the library knows by other means than a reader's key.
DETAILS = {"notice", "expr"}


def schemas(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for member in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from schemas(member)


def keys_of_the_readers() -> set[str]:
    found: set[str] = set()
    for file in READERS:
        if file.stem not in OTHER_DOCUMENTS:
            source = file.read_text(encoding="utf-8")
            found |= set(re.findall(r'\b(?:optional|required)\("(\w+)"\)', source))
            found |= set(re.findall(r'\bread_option\(all, "(\w+)"', source))
            found |= set(re.findall(r'\bread_rows<\w+>\(from, "(\w+)"', source))
            for name in LISTED.get(file.stem, []):
                assert f'"{name}"' in source, f"{file.name} does not name {name}"
                found.add(name)
    return found


def test_the_schema_has_the_keys_that_the_loader_reads_and_no_other() -> None:
    # A schema for an object has names of keys in "properties"; the key "properties" of a policy has none.
    named = {name for s in schemas(SCHEMA) if isinstance(s.get("properties"), dict) for name in s["properties"]}
    named -= {"description", "anyOf"}  # of the key "properties" itself
    assert named - DETAILS == keys_of_the_readers()


def test_every_list_of_words_in_the_schema_is_one_of_the_library() -> None:
    lists: set[frozenset[str]] = set()
    for header in (ROOT / "include/plaint").rglob("*.hpp"):
        source = header.read_text(encoding="utf-8")
        for words in re.findall(r"array<std::string_view, \d+> \w+\{([^;]*?)\};", source):
            lists.add(frozenset(re.findall(r'"([^"]*)"', words)))
    of_two_words = {frozenset({"england-and-wales", "us-federal", "target", "cn-public-holidays"})}
    for s in schemas(SCHEMA):
        words = (
            frozenset(w for w in s.get("enum", ()) if isinstance(w, str)) if isinstance(s.get("enum"), list) else None
        )
        if words:
            assert words in lists | of_two_words, sorted(words)


def test_the_rules_of_counting_and_the_sets_of_holidays_are_those_that_ship() -> None:
    (conditions,) = [s["pattern"] for s in schemas(DEFS["goal"]) if "cut-off" in s.get("pattern", "")]
    assert re.search(r"under\\s\+\(\?:([^)]*)\)", conditions)[1].split("|") == list(plaint.counting_rules())  # type: ignore[index]
    assert {"enum": list(plaint.holiday_sets())} in DEFS["holiday"]["anyOf"]


def test_the_readers_bounds_are_those_of_the_schema() -> None:
    def constant(file: str, name: str) -> int:
        found = re.search(rf"{name} = (\d+)", (ROOT / "include/plaint" / file).read_text(encoding="utf-8"))
        assert found
        return int(found[1])

    dates = "calendar/holiday/holiday_dates.hpp"
    assert DEFS["year"]["minimum"] == constant(dates, "first_holiday_year")
    assert DEFS["year"]["maximum"] == constant(dates, "last_holiday_year")
    most = constant("lifecycle/detail/building.hpp", "microsteps")
    assert DEFS["lifecycle"]["properties"]["max_microsteps"]["maximum"] == most
    assert SCHEMA["properties"]["plaint"]["const"] == constant("policy/policy_document.hpp", "policy_format")


# --- the documents --------------------------------------------------------------------------------


def load_blocks() -> Any:
    spec = importlib.util.spec_from_file_location("_blocks", Path(__file__).with_name("_blocks.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault("_blocks", module)
    spec.loader.exec_module(module)
    return module


BLOCKS = load_blocks()
POLICIES = [
    block
    for page in BLOCKS.pages(ROOT)
    for block in BLOCKS.blocks_of(page)
    if block.language in {"yaml", "json"} and re.search(r'^\s*"?plaint"?:', block.text, re.MULTILINE)
]


@pytest.mark.parametrize("block", POLICIES, ids=[b.name for b in POLICIES])
def test_a_policy_of_the_documents_is_right(block: Any) -> None:
    data = Document.parse(block.text, json=block.language == "json").data
    assert [e.message for e in Draft202012Validator(SCHEMA).iter_errors(data)] == []


@pytest.mark.parametrize("path", sorted((ROOT / "tests/data/policies").glob("*.yaml")), ids=lambda p: p.stem)
def test_a_policy_of_the_tests_is_right(path: Path) -> None:
    assert [e.message for e in Draft202012Validator(SCHEMA).iter_errors(Document.load(path).data)] == []


def keys_of_table(page: str, anchor: str) -> list[str]:
    """The words in the first column of the first table at or below a line of a page."""
    lines = (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
    begin = next(i for i, line in enumerate(lines) if line.startswith(anchor))
    rule = next(i for i in range(begin, len(lines)) if lines[i].startswith("| --- |"))
    found: list[str] = []
    for row in lines[rule + 1 :]:
        if not row.startswith("|"):
            break
        found += re.findall(r"`(\w+)`", row.split("|")[1])
    return found


def keys(*way: Any) -> set[str]:
    value: Any = DEFS
    for step in way:
        value = value[step]
    return set(value["properties"])


TABLES = {
    ("policy.md", "## Keys"): set(SCHEMA["properties"]),
    ("calendars.md", "A file holds"): keys("calendar"),
    ("calendars.md", "| key of a set |"): keys("holiday_set"),
    # onDone and reenter are XState's words; a history has actions as `initial` has; `event` belongs to the list form.
    ("lifecycles.md", "| at a state |"): keys("state", "anyOf", 1) - {"onDone", "set", "do", "raise"},
    ("lifecycles.md", "| at a transition |"): keys("any_transition") - {"event", "reenter"},
    ("clocks.md", "## What a clock says"): keys("clock"),
    ("clocks.md", "### Pause"): keys("pause"),
    ("clocks.md", "### Extensions"): keys("extension"),
    ("clocks.md", "### Thresholds"): keys("threshold"),
    ("ladders.md", "## What a ladder says"): keys("ladder"),
    ("ladders.md", "| member of `trigger` |"): keys("beginning"),
    ("ladders.md", "## Steps"): keys("step"),
}


@pytest.mark.parametrize(("page", "anchor"), TABLES)
def test_a_table_of_the_documents_has_every_key_once(page: str, anchor: str) -> None:
    assert sorted(keys_of_table(page, anchor)) == sorted(TABLES[page, anchor])
