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
    registers = {p.stem.removeprefix("register_") for p in (ROOT / "bindings").glob("register_*.cpp")}
    stubs = {p.stem for p in (ROOT / "python/plaint/_core").glob("*.pyi")} - {"__init__"}
    module = (ROOT / "bindings/module.cpp").read_text()
    submodules = re.findall(r'^  add\(m, "(\w+)"', module, re.MULTILINE)
    calls = re.findall(r"register_(\w+)(?:\(room\)|\));$", module, re.MULTILINE)
    assert sorted(stubs) == sorted(submodules)  # a room may be bound in several files, but only once
    assert len(calls) == len(set(calls))
    assert set(calls) <= registers


def test_the_stubs_say_what_the_extension_has() -> None:
    command = [sys.executable, "-m", "mypy.stubtest", "plaint._core", "--concise"]
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
