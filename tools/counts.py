# SPDX-License-Identifier: BSL-1.0
"""The last two lines of a test run: how many C++ and Python tests passed.

Reads the JUnit files of CTest and pytest. A CTest entry that is a Catch2 program counts as its test cases,
every other one (a house rule, a consumer, an example) as one test.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

ALL_PASSED = re.compile(r"^All tests passed \(.* in (\d+) test cases?\)", re.MULTILINE)
SOME_FAILED = re.compile(r"^test cases: .*$", re.MULTILINE)


def of_catch(output: str) -> Counter[str] | None:
    """What a Catch2 program said of its test cases, or nothing if it said nothing."""
    if found := ALL_PASSED.search(output):
        return Counter(passed=int(found[1]))
    if found := SOME_FAILED.search(output):
        parts = {kind: int(n) for n, kind in re.findall(r"(\d+) (passed|failed|skipped)", found[0])}
        return Counter(parts)
    return None


def cpp(file: Path) -> Counter[str]:
    count: Counter[str] = Counter()
    for case in ET.parse(file).iter("testcase"):
        passed = case.get("status") == "run"
        inside = of_catch(case.findtext("system-out") or "")
        if inside is None:
            inside = Counter(passed=1) if passed else Counter(failed=1)
        elif not passed and not inside["failed"]:
            inside["failed"] += 1  # it crashed after its last word
        count += inside
    return count


def python(file: Path) -> Counter[str]:
    count: Counter[str] = Counter()
    for suite in ET.parse(file).iter("testsuite"):
        number = {kind: int(suite.get(kind, "0")) for kind in ("tests", "failures", "errors", "skipped")}
        failed = number["failures"] + number["errors"]
        count += Counter(passed=number["tests"] - failed - number["skipped"], failed=failed, skipped=number["skipped"])
    return count


def main() -> int:
    whole = True
    for name, read, file in (("cpp", cpp, Path(sys.argv[1])), ("python", python, Path(sys.argv[2]))):
        count = read(file) if file.exists() else Counter(failed=1)  # it did not even run
        print(f"{name}: {count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
        whole = whole and count["passed"] > 0 and count["failed"] == 0
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
