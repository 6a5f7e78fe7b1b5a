# SPDX-License-Identifier: BSL-1.0
"""``plaint draw``: a policy's lifecycle as a picture."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import plaint
from plaint.cli.app import app

INCIDENTS = str(Path(__file__).resolve().parents[2] / "examples/incidents/lifecycle.yaml")


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["draw", *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_a_picture_is_written_in_the_format_that_its_name_ends_in(tmp_path: Path) -> None:
    mermaid, dot, scxml = (tmp_path / f"incidents{end}" for end in (".mmd", ".dot", ".scxml"))
    code, out, err = run(INCIDENTS, "-o", str(mermaid), "-o", str(dot), "-o", str(scxml))
    assert (code, out) == (0, "")
    assert err.count("wrote") == 3
    rules = plaint.Lifecycle(INCIDENTS)
    assert mermaid.read_text() == rules.to_mermaid()
    assert dot.read_text() == rules.to_dot()
    assert plaint.Lifecycle(scxml).states == rules.states


def test_without_a_file_it_goes_to_the_terminal_with_states_marked() -> None:
    code, out, _ = run("lifecycle", INCIDENTS, "--state", "resolved")
    assert code == 0
    assert out.startswith("stateDiagram-v2\n")
    assert "class resolved active" in out
    assert run("-s", "resolved", INCIDENTS)[1] == out


def test_svg_is_drawn_by_graphviz_or_says_that_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = tmp_path / "incidents.svg"
    if shutil.which("dot"):
        assert run(INCIDENTS, "-o", str(picture))[0] == 0
        assert "<svg" in picture.read_text()
    monkeypatch.setenv("PATH", "")
    code, _, err = run(INCIDENTS, "-o", str(tmp_path / "none.svg"))
    assert code == 1
    assert "Graphviz" in err
    assert not (tmp_path / "none.svg").exists()


def test_what_is_wrong_is_said_without_a_traceback(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("states: { a: { on: { x: b } } }\n")
    for arguments, word in (
        ([str(broken)], "unknown-state"),
        ([str(tmp_path / "none.yaml")], "none.yaml"),
        ([INCIDENTS, "-o", str(tmp_path / "x.gif")], "a picture ends in"),
        ([INCIDENTS, "-s", "resloved"], "did you mean"),
    ):
        code, _, err = run(*arguments)
        assert code == 1
        assert word in err
        assert "Traceback" not in err


def test_a_policy_that_builds_on_another_is_drawn_whole() -> None:
    policy = Path(__file__).resolve().parents[2] / "policies/cn-postal-11183.yaml"
    code, out, _ = run("lifecycle", str(policy))
    assert code == 0
    assert "registered" in out
    assert "external_pending" in out
