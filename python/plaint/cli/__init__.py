# SPDX-License-Identifier: BSL-1.0
"""The program ``plaint``: for people who write policies and people who audit."""
