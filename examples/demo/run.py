# SPDX-License-Identifier: BSL-1.0
"""What ./dev demo runs: a made-up log, replayed by a small policy, as a summary here and a page for the browser."""

from __future__ import annotations

import sys
from pathlib import Path

from plaint import Policy
from plaint.cli.console import out
from plaint.cli.summary import print_summary
from plaint.replay import replay
from plaint.replay.table import write_table
from plaint.report import write_report

sys.path.insert(0, str(Path(__file__).parent))
from generate import write_log

HERE = Path(__file__).parent


def main(folder: Path) -> None:
    log = folder / "complaints.csv"
    write_log(log)
    done = replay(Policy.load(HERE / "policy.yaml"), log, HERE / "mapping.yaml")
    print_summary(out(), done, groups=5)
    print(f"\n{len(done.bad_rows())} rows of the log could not be used, such as")
    for line, reason in done.bad_rows(3):
        print(f"  line {line}: {reason}")
    print(f"{done.summary.rejected_events} events were refused, such as")
    for line, reason in done.rejections(3):
        print(f"  line {line}: {reason}")
    write_table(done.table, folder / "cases.parquet")
    page = write_report(done, folder / "report.html")
    print(f"\nthe log        {log}\none row a case {folder / 'cases.parquet'}\nthe report     {page}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "build/demo")
