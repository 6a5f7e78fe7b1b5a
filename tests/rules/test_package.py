# SPDX-License-Identifier: BSL-1.0
"""The Python package as its checkout promises it: one version, stubs that are true, types shipped."""

import os
import re
import subprocess
import sys
from pathlib import Path

import plaint

ROOT = Path(__file__).resolve().parents[2]


def test_python_and_cpp_have_one_version() -> None:
    header = (ROOT / "include/plaint/version.hpp").read_text()
    parts = re.findall(r"#define PLAINT_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)", header)
    assert plaint.__version__ == ".".join(parts)


def test_every_register_file_has_its_stub_and_its_line_in_the_module() -> None:
    rooms = {p.stem.removeprefix("register_") for p in (ROOT / "bindings").glob("register_*.cpp")}
    stubs = {p.stem for p in (ROOT / "python/plaint/_core").glob("*.pyi")} - {"__init__"}
    calls = set(
        re.findall(r"^  add\(m, \"\w+\", register_(\w+)\);$", (ROOT / "bindings/module.cpp").read_text(), re.MULTILINE)
    )
    assert stubs == rooms
    assert calls == rooms


def test_the_stubs_say_what_the_extension_has() -> None:
    command = [sys.executable, "-m", "mypy.stubtest", "plaint", "--concise"]
    command += ["--allowlist", "tools/stubtest-allowlist.txt", "--ignore-unused-allowlist"]
    command += ["--mypy-config-file", "pyproject.toml"]
    environment = os.environ | {"MYPYPATH": str(ROOT / "python"), "PYTHONPATH": str(ROOT / "python")}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    # pybind11 has a metaclass of its own, and an __init__ that refuses whatever it is given.
    init = '__init__ is inconsistent, stub does not have *args parameter "args"'
    pybind11 = ("is inconsistent, metaclass differs", init)
    wrong = [line for line in run.stdout.splitlines() if not line.endswith(pybind11)]
    assert wrong == []
    assert run.returncode in {0, 1}, run.stderr
