# SPDX-License-Identifier: BSL-1.0
"""Where an extension made with pybind11 can be imported: before Python 3.12, in the main interpreter only."""

from __future__ import annotations

import importlib
import sys


def in_sub_interpreter() -> bool:
    """Whether this is not the main interpreter, as far as this Python can tell."""
    try:
        interpreters = importlib.import_module("_xxsubinterpreters")  # CPython before 3.13, where it is there at all
    except ImportError:
        return False
    return bool(interpreters.get_current() != interpreters.get_main())


# Loading the extension would never return there.
if sys.version_info < (3, 12) and in_sub_interpreter():
    raise ImportError("plaint can be imported in sub-interpreters from Python 3.12 on")
