# SPDX-License-Identifier: BSL-1.0
"""The pages of the ready policies are what their documents and stories say today."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_pages_of_the_policies_are_current() -> None:
    said = subprocess.run(
        [sys.executable, "tools/policy_pages.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
