# SPDX-License-Identifier: BSL-1.0
"""More than one interpreter in a process, and one without its lock."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

import plaint

ROOT = Path(__file__).resolve().parents[2]
HOTLINE = ROOT / "tests/data/policies/hotline.yaml"
START = datetime(2026, 3, 2, 10, tzinfo=timezone.utc)

# What each interpreter runs; a NumPy that is not made for it is its own affair, so nothing here needs one.
WITHIN = f"""
import sys
sys.path[:] = {sys.path!r}
try:
    import plaint
except ImportError as error:
    said = f"refused: {{error}}"
else:
    from datetime import datetime, timedelta, timezone
    policy = plaint.Policy.load({str(HOTLINE)!r})
    at = datetime(2026, 3, 2, 10, tzinfo=timezone.utc)
    case = policy.open("C-1", at=at, actor="customer")
    case.apply("register", at=at + timedelta(hours=1), actor="hotline", problem="noise")
    try:
        case.apply("answer", at=at + timedelta(hours=2), actor="customer")
    except plaint.Rejected as rejected:
        assert rejected.reasons[0]["kind"] == "role"
    try:
        plaint.Policy.from_dict({{"plaint": 1}})
    except plaint.PolicyError as error:
        assert error.findings
    said = case.journal.head
sys.stdout.write(said + "\\n")  # at once: others write as well
sys.stdout.flush()
"""
RUNNER = """
import sys
import threading
try:
    import _interpreters as interpreters
except ImportError:
    import _xxsubinterpreters as interpreters
within = sys.argv[1]
def run():
    one = interpreters.create()
    run_it = getattr(interpreters, "exec", None) or interpreters.run_string
    failed = run_it(one, within)
    if failed is not None:
        print(failed, flush=True)
    interpreters.destroy(one)
together = [threading.Thread(target=run) for _ in range(3)]
for t in together:
    t.start()
for t in together:
    t.join()
run()
"""


def _head() -> str:
    case = plaint.Policy.load(HOTLINE).open("C-1", at=START, actor="customer")
    case.apply("register", at=START + timedelta(hours=1), actor="hotline", problem="noise")
    return case.journal.head


def test_interpreters_of_one_process_each_have_the_whole_library_or_are_told_that_they_cannot() -> None:
    try:
        ran = subprocess.run(
            (sys.executable, "-c", RUNNER, WITHIN), check=False, capture_output=True, text=True, timeout=120
        )
    except subprocess.TimeoutExpired:  # what pybind11 does before Python 3.12 unless it is kept from it
        pytest.fail("an interpreter never returned")
    if "No module named '_xxsubinterpreters'" in ran.stderr:
        pytest.skip("this Python has no way to make interpreters")
    assert ran.returncode == 0, ran.stderr
    said = ran.stdout.splitlines()
    if sys.version_info < (3, 12):
        assert said == ["refused: plaint can be imported in sub-interpreters from Python 3.12 on"] * 4
    else:
        assert said == [_head()] * 4, ran.stderr


def test_threads_that_share_complaints_desks_and_policies_lose_nothing() -> None:
    """Where Python has its lock this holds the locks of ours against calls that release it; where it has none, all."""
    policy = plaint.Policy.load(HOTLINE)
    desk = plaint.Desk(policy, threads=2)
    case = policy.open("C-0", at=START, actor="customer")
    case.apply("register", at=START, actor="hotline", problem="noise")
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for i in range(60):
                name = f"C-{number}-{i}"
                desk.open(name, at=START + timedelta(minutes=i), actor="customer")
                desk.apply(name, "register", at=START + timedelta(minutes=i), actor="hotline", problem="noise")
                desk.try_apply(name, "shout", at=START + timedelta(minutes=i))
                assert desk[name].state == "open"
                case.try_apply("shout", at=START)
                assert plaint.verify(policy, case.journal.to_json_lines(), case)
                assert policy.lifecycle.possible(policy.lifecycle.initial())
                desk.advance(START + timedelta(minutes=i))
                len(desk.due_before(START + timedelta(days=9)))
        except BaseException as error:
            failures.append(error)

    together = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for t in together:
        t.start()
    for t in together:
        t.join()
    assert not failures
    assert len(desk) == 240
    assert desk.count_by_state() == {"open": 240}
    alone = plaint.Desk(policy)
    for n in range(4):
        for i in range(60):
            alone.open(f"C-{n}-{i}", at=START + timedelta(minutes=i), actor="customer")
            alone.apply(f"C-{n}-{i}", "register", at=START + timedelta(minutes=i), actor="hotline", problem="noise")
    assert desk.digest == alone.digest


@pytest.mark.skipif(not sysconfig.get_config_var("Py_GIL_DISABLED"), reason="this Python has its lock")
def test_importing_the_library_does_not_bring_the_lock_back() -> None:
    probe = "import sys, plaint; sys.exit(sys._is_gil_enabled())"
    assert subprocess.run((sys.executable, "-c", probe), check=False).returncode == 0
