# SPDX-License-Identifier: BSL-1.0
"""Pictures by Graphviz, where it is installed."""

import re
import shutil
import subprocess

_LABEL = re.compile(r'(-> \S+ \[label=")((?:[^"\\]|\\.)*)"')
_WIDE = 30  # characters of a line beside an arrow


def svg(dot: str) -> str | None:
    """The drawing of a DOT text, or None where there is no Graphviz or it fails."""
    program = shutil.which("dot")
    if program is None:
        return None
    text = _LABEL.sub(lambda found: f'{found[1]}{_wrapped(found[2])}"', dot)
    text = text.replace('style="rounded";', 'style="rounded"; margin=28;')  # labels inside of a region stay inside
    done = subprocess.run([program, "-Tsvg"], input=text, capture_output=True, text=True, timeout=30, check=False)
    return done.stdout if done.returncode == 0 else None


def _wrapped(label: str) -> str:
    """Long lines broken, so that a picture is not as wide as its longest condition."""
    lines: list[str] = []
    for whole in label.split("\\l"):
        line = ""
        for word in whole.split(" "):
            starts = word in {"by", "/"} or word.startswith("[")  # who, what is done, on which condition
            if line and (len(line) + len(word) >= _WIDE or (starts and len(whole) > _WIDE)):
                lines.append(line)
                line = "  " + word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    return "\\l".join(f"  {line}   " if line else line for line in lines)  # clear of its arrow, and of other fonts
