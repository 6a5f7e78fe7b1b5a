# SPDX-License-Identifier: BSL-1.0
"""Pictures by Graphviz, where it is installed."""

import shutil
import subprocess


def svg(dot: str) -> str | None:
    """The drawing of a DOT text, or None where there is no Graphviz or it fails."""
    program = shutil.which("dot")
    if program is None:
        return None
    done = subprocess.run([program, "-Tsvg"], input=dot, capture_output=True, text=True, timeout=30, check=False)
    return done.stdout if done.returncode == 0 else None
