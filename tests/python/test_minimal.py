# SPDX-License-Identifier: BSL-1.0
"""If only one file of tests is run, then this one: is the package whole, and is it the right one?"""

import importlib.metadata
import re

import plaint


def test_the_package_has_a_version_of_three_numbers() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", plaint.__version__)


def test_an_installed_package_says_the_version_of_its_extension() -> None:
    try:
        installed = importlib.metadata.version("plaint")
    except importlib.metadata.PackageNotFoundError:
        return  # a checkout on the path, not an installed wheel
    assert installed == plaint.__version__


def test_every_name_in_all_is_there() -> None:
    missing = [name for name in plaint.__all__ if not hasattr(plaint, name)]
    assert missing == []
    assert len(set(plaint.__all__)) == len(plaint.__all__)
