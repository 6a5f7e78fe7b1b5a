# SPDX-License-Identifier: BSL-1.0
"""The report, the timeline and the lifecycle's picture, also as a browser shows them where Chromium is installed."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import plaint

pytest.importorskip("pyarrow")
pytest.importorskip("matplotlib")

from typer.testing import CliRunner

from plaint._pictures import svg
from plaint.cli.app import app
from plaint.replay import replay
from plaint.report import render, write_report
from plaint.timeline import timeline

POLICY = Path("policies/cn-postal-11183.yaml")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="skipped: no Chromium is installed")
STORY = [
    ("opened", "2026-03-02T01:00:00Z", "complainant", {"severity": "severe", "channel": "phone"}),
    ("register", "2026-03-02T01:10:00Z", "hotline", {"problem": "delivery", "demand": "refund"}),
    ("assign_assist", "2026-03-02T01:20:00Z", "hotline", {"route": "assisted"}),
    ("dispatch_linked", "2026-03-02T02:00:00Z", "regional", {"failing_link": "sorting"}),
    ("unit_replied", "2026-03-02T08:00:00Z", "unit", {}),
    ("approve", "2026-03-02T09:00:00Z", "regional", {}),
    (
        "answer",
        "2026-03-10T03:00:00Z",
        "lead",
        {"root_cause": "service", "responsibility": "firm", "outcome": "upheld", "reasons": "late", "remedy": "refund"},
    ),
    ("follow_up_done", "2026-03-12T03:00:00Z", "lead", {}),
]
FIELDS = ["severity", "channel", "route", "failing_link", "problem", "demand"]
FIELDS += ["root_cause", "responsibility", "outcome", "reasons", "remedy"]
# Every pair of texts of a picture that lie over each other, and whether the page is wider than its window.
LOOK = """<!doctype html><body style="margin:0">
<iframe id=f src="PAGE" style="width:WIDEpx;height:900px;border:0"></iframe><pre id=o></pre>
<script>
const words = t => (t.firstChild ? t.firstChild.textContent : '').trim();
document.getElementById('f').onload = e => {
  const page = e.target.contentDocument, over = [];
  for (const picture of page.querySelectorAll('svg')) {
    const texts = [...picture.querySelectorAll('text')].filter(words).map(t => [words(t), t.getBoundingClientRect()]);
    texts.forEach(([one, a], i) => texts.slice(i + 1).forEach(([other, b]) => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 2 && high > 4) over.push([one, other]);
    }));
  }
  const found = {over, width: page.documentElement.scrollWidth, seen: page.body.innerText,
                 background: getComputedStyle(page.body).backgroundColor};
  document.getElementById('o').textContent = 'FOUND' + JSON.stringify(found) + 'END';
};
</script>
"""


def story() -> list[dict[str, object]]:
    return [
        {"event": event, "at": at, "actor": {"id": role, "role": role}, "data": data} for event, at, role, data in STORY
    ]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    rows = ["case,event,at,role," + ",".join(FIELDS)]
    for case in range(6):
        for event, at, role, data in STORY[: 8 - case % 3]:
            values = [str(data.get(name, "")) for name in FIELDS]
            rows.append(",".join([f"W{case}", event, at, role, *values]))
    (folder / "log.csv").write_text("\n".join(rows) + "\n")
    pairs = {name: name for name in FIELDS[2:]}
    (folder / "mapping.yaml").write_text(
        "plaint-mapping: 1\nrows: events\ncase: case\nat: at\nevent: { column: event, opening: opened }\n"
        "role: { column: role }\nattributes: { severity: severity, channel: channel }\n"
        f"data: {json.dumps(pairs)}\n"
    )
    done = replay(plaint.Policy.load(POLICY), folder / "log.csv", folder / "mapping.yaml")
    assert not done.rejections(), done.rejections()
    return write_report(done, folder / "report.html")


def test_the_report_is_one_page_with_all_of_it(page: Path) -> None:
    text = page.read_text()
    for heading in (
        "Attainment",
        "Open cases by age",
        "Breaches over time",
        "Indicators",
        "Causes",
        "A complaint's life",
    ):
        assert f"<h2>{heading}</h2>" in text
    for heading in ("Lifecycle", "Proofs", "Findings", "What could not be used"):
        assert f"<h2>{heading}</h2>" in text
    for said in ("S-110", "S-114", "S-115", "every cycle is bounded", "✓ holds"):
        assert said in text
    assert not re.search(r'(?:src|href)="(?!data:|#)', text), "the page needs nothing else"


def test_a_report_is_the_same_each_time(page: Path) -> None:
    policy = plaint.Policy.load(POLICY)
    done = replay(policy, page.parent / "log.csv", page.parent / "mapping.yaml")
    assert render(done) == page.read_text()


def test_the_command_writes_the_page_that_a_replay_writes(page: Path) -> None:
    alone = page.with_name("alone.html")
    words = ["report", str(POLICY), str(page.with_name("log.csv")), "--mapping", str(page.with_name("mapping.yaml"))]
    done = CliRunner().invoke(app, [*words, "-o", str(alone)])
    assert done.exit_code == 0, done.output
    assert alone.read_bytes() == page.read_bytes()


def look(address: Path, width: int, tmp_path: Path, *, dark: bool = False) -> dict[str, object]:
    (tmp_path / "look.html").write_text(LOOK.replace("PAGE", address.as_uri()).replace("WIDE", str(width)))
    assert CHROMIUM
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
    ]
    command += [f"--user-data-dir={tmp_path / 'browser'}", "--virtual-time-budget=5000", "--dump-dom"]
    command += ["--blink-settings=preferredColorScheme=0"] if dark else []
    told = subprocess.run(
        [*command, (tmp_path / "look.html").as_uri()], capture_output=True, text=True, timeout=90, check=False
    )
    found = re.search(r"FOUND(\{.*?\})END", told.stdout, re.DOTALL)
    assert found, told.stderr[-500:]
    read: dict[str, object] = json.loads(found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    return read


@needs_browser
def test_a_browser_shows_the_report_on_a_desk_and_on_a_phone(page: Path, tmp_path: Path) -> None:
    desk = look(page, 1100, tmp_path)
    assert desk["over"] == []
    assert "PROOFS" in str(desk["seen"]).upper()
    phone = look(page, 390, tmp_path)
    assert phone["width"] == 390, "nothing makes the page wider than the phone"
    assert phone["over"] == []


@needs_browser
def test_a_browser_shows_the_report_dark_where_it_is_asked_to(page: Path, tmp_path: Path) -> None:
    colours = [str(look(page, 800, tmp_path, dark=dark)["background"]) for dark in (False, True)]
    shades = [sum(int(n) for n in re.findall(r"\d+", c)[:3]) for c in colours]
    assert shades[0] > 600
    assert shades[1] < 150


@needs_browser
def test_nothing_lies_over_anything_in_the_timeline_and_the_lifecycle(tmp_path: Path) -> None:
    policy = plaint.Policy.load(POLICY)
    drawings = {"timeline": timeline(policy, story(), until=plaint.parse_instant("2026-03-20T00:00:00Z")).svg()}
    by_graphviz = svg(policy.lifecycle.to_dot())
    if by_graphviz is not None:
        drawings["lifecycle"] = by_graphviz[by_graphviz.index("<svg") :]
    for name, drawing in drawings.items():
        file = tmp_path / f"{name}.html"
        file.write_text(f"<!doctype html><meta charset=utf-8>{drawing}")
        assert look(file, 1600, tmp_path)["over"] == [], name
