# SPDX-License-Identifier: BSL-1.0
__version__: str
