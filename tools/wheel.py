# SPDX-License-Identifier: BSL-1.0
"""Builds the sdist, the wheel from nothing but the sdist, and tests the wheel from another folder.

The tests see the wheel's own package, never the checkout's. An unchanged tree is not built again. With --extension the
checkout gets the wheel's extension, so that a fresh clone compiles it once.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORK = ROOT / "build/wheel"
STAMP = WORK / "passed"
PARTS = ("CMakeLists.txt", "LICENSE", "README.md", "pyproject.toml", "tools/wheel.py")
PARTS += ("bindings", "cmake", "examples", "include", "policies", "python", "src", "tests/data", "tests/python")
NOT_OURS = {"__pycache__", ".mypy_cache", ".so", ".pyc"}


def inputs() -> str:
    """A checksum of everything that the wheel is made of or tested by."""
    digest = hashlib.sha256(sys.version.encode())
    for part in PARTS:
        top = ROOT / part
        files = sorted(top.rglob("*")) if top.is_dir() else [top]
        for file in files:
            if file.is_file() and not NOT_OURS & {file.suffix, file.parent.name}:
                digest.update(f"{file.relative_to(ROOT)}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def run(*command: str | Path, folder: Path, **environment: str) -> None:
    said = subprocess.run(
        command, cwd=folder, env=os.environ | environment, text=True, capture_output=True, check=False
    )
    if said.returncode != 0:
        sys.exit(f"{said.stdout}{said.stderr}failed: {' '.join(map(str, command))}")


def build() -> Path:
    """The wheel, built from the unpacked sdist in a folder of its own."""
    module = (sys.executable, "-m", "build", "--no-isolation")
    run(*module, "--sdist", "--outdir", WORK / "dist", folder=ROOT)
    (sdist,) = (WORK / "dist").glob("plaint-*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(WORK / "source", **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    (source,) = (WORK / "source").iterdir()
    options = ("-Ccmake.build-type=Release", "-Ccmake.args=-GNinja", "-Cbuild-dir=" + str(WORK / "objects"))
    options += ("-Ccmake.define.CMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG",)  # as the preset "python" has it
    run(*module, "--wheel", "--outdir", WORK / "dist", *options, folder=source)
    (wheel,) = (WORK / "dist").glob("plaint-*.whl")
    return wheel


def keep_extension(wheel: Path) -> None:
    """Puts the wheel's extension into the checkout."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.startswith("plaint/_core.") and name.endswith((".so", ".pyd")):
                (ROOT / "python" / name).write_bytes(archive.read(name))


def test(wheel: Path) -> None:
    """Installs the wheel into an environment that has our requirements but not our checkout."""
    home = WORK / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin/python"
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    # A folder named in a .pth file is searched, but its own .pth files (our checkout) are not followed.
    (site / "requirements.pth").write_text(sysconfig.get_path("purelib") + "\n")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python, "install", "--quiet")
    run(*pip, "--no-deps", "--no-index", "--force-reinstall", wheel, folder=WORK)
    where = "import plaint, pathlib; print(pathlib.Path(plaint.__file__).resolve())"
    found = subprocess.run((python, "-c", where), cwd=WORK, text=True, capture_output=True, check=True).stdout
    if not found.startswith(str(site.resolve())):
        sys.exit(f"the wheel's tests would not run against the wheel but against {found}")
    elsewhere = WORK / "elsewhere"
    for part in ("examples", "policies", "tests/data", "tests/python"):
        shutil.copytree(ROOT / part, elsewhere / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", elsewhere)
    pytest = (python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", os.environ.get("JOBS", "auto"))
    run(*pytest, "--dist", "worksteal", "tests/python", folder=elsewhere)


def main() -> None:
    now = inputs()
    if STAMP.exists() and STAMP.read_text() == now:
        print("wheel: nothing changed since it last passed")
        return
    for old in ("dist", "source", "objects", "venv", "elsewhere"):  # an sdist has no times to go by
        shutil.rmtree(WORK / old, ignore_errors=True)
    STAMP.unlink(missing_ok=True)
    WORK.mkdir(parents=True, exist_ok=True)
    wheel = build()
    if "--extension" in sys.argv:
        keep_extension(wheel)
    test(wheel)
    STAMP.write_text(now)
    print(f"wheel: {wheel.name} passed its tests from another folder")


if __name__ == "__main__":
    main()
