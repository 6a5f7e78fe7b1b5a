# SPDX-License-Identifier: BSL-1.0
"""``python -m plaint``: the same commands as the program ``plaint``."""

from plaint.cli.app import main

if __name__ == "__main__":
    main()
