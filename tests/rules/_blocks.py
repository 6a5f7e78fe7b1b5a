# SPDX-License-Identifier: BSL-1.0
"""The code blocks of README.md and docs/**/*.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(
    r"^(?P<indent> *)```(?P<info>[^`\n]*)\n(?P<text>.*?)^(?P=indent)```[ \t]*$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Block:
    page: Path
    line: int
    language: str
    words: tuple[str, ...]  # what follows the language, such as "fragment"
    text: str
    follows: bool  # nothing but one line of prose stands between it and the block before

    @property
    def name(self) -> str:
        return f"{self.page.name}:{self.line}:{self.language or 'no language'}"


def blocks_of(page: Path) -> list[Block]:
    text, found, end = page.read_text(encoding="utf-8"), [], None
    for match in FENCE.finditer(text):
        language, *words = match["info"].split() or [""]
        body = match["text"]
        if indent := match["indent"]:
            body = "".join(line.removeprefix(indent) for line in body.splitlines(keepends=True))
        between = "" if end is None else text[end : match.start()].strip()
        follows = end is not None and "\n" not in between and len(between) < 80
        found.append(Block(page, text.count("\n", 0, match.start()) + 1, language, tuple(words), body, follows))
        end = match.end()
    return found


def pages(root: Path) -> list[Path]:
    return [root / "README.md", root / "CONTRIBUTING.md", *sorted((root / "docs").rglob("*.md"))]
