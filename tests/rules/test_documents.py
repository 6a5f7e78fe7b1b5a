# SPDX-License-Identifier: BSL-1.0
"""The documents are true: every code block runs, and output that is shown is the output.

| block     | what happens                                                                              |
| --------- | ----------------------------------------------------------------------------------------- |
| python    | runs; the blocks of a page share one namespace and one folder, with examples/ and policies/ |
| cpp       | a whole program; compiled against include/ and run in that folder                          |
| sh        | `plaint …` runs; ./dev, cmake and pip are checked to exist as they are written             |
| yaml json | a policy (it says `plaint:`) goes through the loader; `fragment` behind the language: syntax only |
| cmake     | its lines are lines of a consumer in tests/package                                         |
| text      | where it directly follows a block that printed, it is what was printed                     |
| console   | `$ command` lines run like sh, the rest is what they print                                 |
| mermaid   | a picture, not run                                                                         |
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("_blocks", Path(__file__).with_name("_blocks.py"))
assert _spec is not None
assert _spec.loader is not None
_blocks = importlib.util.module_from_spec(_spec)
sys.modules["_blocks"] = _blocks
_spec.loader.exec_module(_blocks)
Block, blocks_of = _blocks.Block, _blocks.blocks_of

PAGES = [page for page in _blocks.pages(ROOT) if page.exists()]
LANGUAGES = {"python", "cpp", "sh", "yaml", "json", "cmake", "text", "console", "mermaid"}
STORE = ROOT / "build/documents"
LIBRARY = ROOT / "build/dev/src/libplaint_formats.a"


def digest_of(*parts: Path) -> str:
    seen = hashlib.sha256()
    for part in parts:
        for file in sorted(part.rglob("*")) if part.is_dir() else [part]:
            if file.is_file():
                seen.update(f"{file}\0".encode() + file.read_bytes())
    return seen.hexdigest()


@pytest.fixture(scope="session")
def sources() -> str:
    return digest_of(ROOT / "include", ROOT / "src")


def compiled(block: Block, sources: str) -> Path:
    """The program of a block, compiled once as long as neither it nor the library changes."""
    compiler = os.environ.get("CXX", "c++")
    name = hashlib.sha256(f"{compiler}\0{sources}\0{block.text}".encode()).hexdigest()[:20]
    program = STORE / name
    if program.exists():
        return program
    STORE.mkdir(parents=True, exist_ok=True)
    source = STORE / f"{name}.cpp"
    source.write_text(block.text)
    command = [*([found] if (found := shutil.which("ccache")) else []), compiler, "-std=c++20", "-Wall", "-Wextra"]
    run([*command, "-I", str(ROOT / "include"), "-c", str(source), "-o", f"{program}.o"], ROOT)
    link = [compiler, f"{program}.o", "-o", f"{program}.new"]
    run([*link, *([str(LIBRARY), "-lyaml-cpp"] if LIBRARY.exists() else [])], ROOT)
    Path(f"{program}.new").rename(program)
    return program


def run(command: list[str], folder: Path) -> str:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "python"), "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    said = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=300, env=environment, check=False
    )
    assert said.returncode == 0, f"{shlex.join(command)}\n{said.stdout}{said.stderr}"
    return said.stdout


def shell(line: str, folder: Path) -> str:
    """One command of a sh block: ours is run, those of others are checked as far as this checkout knows them."""
    words = shlex.split(line, comments=True)
    if not words:
        return ""
    if words[0] == "plaint":
        return run([sys.executable, "-m", "plaint", *words[1:]], folder)
    if words[0] == "./dev":
        assert re.search(rf"^  {words[1]}\b", run(["./dev", "help"], ROOT), re.MULTILINE), line
        return ""
    if words[0] == "cmake" and "--preset" in words:
        presets = json.loads((ROOT / "CMakePresets.json").read_text())
        kind = {"--build": "buildPresets", "--preset": "configurePresets"}[words[1]]
        assert words[words.index("--preset") + 1] in {p["name"] for p in presets[kind]}, line
        return ""
    if words[0] == "ctest":
        return ""
    for known in ("git clone ", "cd ", "pip install ", "sudo apt-get install ", "cmake --install ", "python -m "):
        if line.startswith(known):
            return ""
    raise AssertionError(f"{line}: what is this command, and how is it checked?")


def same(shown: str, printed: str) -> None:
    def tidy(text: str) -> list[str]:
        return [line.rstrip() for line in text.strip("\n").splitlines()]

    assert tidy(shown) == tidy(printed)


class Reading:
    """One page being followed, block by block, by somebody who types everything in."""

    def __init__(self, folder: Path, sources: str) -> None:
        self.folder, self.sources = folder, sources
        self.names: dict[str, object] = {"__name__": "__main__"}
        self.printed = ""
        for data in ("examples", "policies"):
            if (ROOT / data).is_dir():
                shutil.copytree(ROOT / data, folder / data)

    def follow(self, block: Block) -> None:
        assert block.language in LANGUAGES, f"{block.name}: this language is not known here"
        before, self.printed = self.printed, ""
        getattr(self, block.language)(block, before)

    def python(self, block: Block, before: str) -> None:
        code = compile("\n" * block.line + block.text, str(block.page), "exec")
        with contextlib.redirect_stdout(io.StringIO()) as out:
            exec(code, self.names)
        self.printed = out.getvalue()

    def cpp(self, block: Block, before: str) -> None:
        self.printed = run([str(compiled(block, self.sources))], self.folder)

    def sh(self, block: Block, before: str) -> None:
        joined = block.text.replace("\\\n", " ")
        self.printed = "".join(shell(line, self.folder) for line in joined.splitlines())

    def console(self, block: Block, before: str) -> None:
        command, shown = None, ""
        for line in [*block.text.splitlines(), "$ "]:
            if line.startswith("$ "):
                if command is not None:
                    same(shown, shell(command, self.folder))
                command, shown = line[2:], ""
            else:
                shown += line + "\n"

    def yaml(self, block: Block, before: str) -> None:
        file = self.folder / f"block{block.line}.{block.language}"
        file.write_text(block.text)
        if "fragment" in block.words:
            assert not re.search(r"^plaint:", block.text, re.MULTILINE), "a whole policy is no fragment"
        elif re.search(r'^\s*"?plaint"?:', block.text, re.MULTILINE):
            run([sys.executable, "-m", "plaint", "check", str(file)], self.folder)
        else:
            raise AssertionError("neither a policy nor marked as a fragment")

    def json(self, block: Block, before: str) -> None:
        json.loads(block.text)
        if re.search(r'^\s*"plaint":', block.text, re.MULTILINE):
            self.yaml(block, before)

    def cmake(self, block: Block, before: str) -> None:
        consumers = "".join(p.read_text() for p in (ROOT / "tests/package").glob("*/CMakeLists.txt"))
        for line in filter(None, map(str.strip, block.text.splitlines())):
            assert line in consumers, f"{line}: no consumer in tests/package does this"

    def text(self, block: Block, before: str) -> None:
        if block.follows and before:
            same(block.text, before)

    def mermaid(self, block: Block, before: str) -> None:
        assert block.text.strip()


@pytest.mark.parametrize("page", PAGES, ids=[str(p.relative_to(ROOT)) for p in PAGES])
def test_every_block_of_the_page_is_true(page: Path, tmp_path: Path, sources: str) -> None:
    reading = Reading(tmp_path, sources)
    with folder(tmp_path):
        for block in blocks_of(page):
            try:
                reading.follow(block)
            except Exception as wrong:
                raise AssertionError(f"{block.name}: {wrong}") from wrong


@contextlib.contextmanager
def folder(path: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(path)
    try:
        yield
    finally:
        os.chdir(before)


def test_links_between_the_documents_lead_somewhere() -> None:
    link = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
    links = [(page, target) for page in PAGES for target in link.findall(page.read_text(encoding="utf-8"))]
    broken = [(page.name, to) for page, to in links if "://" not in to and not (page.parent / to).exists()]
    assert broken == []
