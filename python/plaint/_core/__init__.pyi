# SPDX-License-Identifier: BSL-1.0
from plaint._core import documents as documents
from plaint._core import errors as errors

__version__: str
