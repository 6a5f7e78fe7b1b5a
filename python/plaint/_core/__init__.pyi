# SPDX-License-Identifier: BSL-1.0
from plaint._core import analysis as analysis
from plaint._core import calendar as calendar
from plaint._core import clock as clock
from plaint._core import complaint as complaint
from plaint._core import desk as desk
from plaint._core import documents as documents
from plaint._core import errors as errors
from plaint._core import expr as expr
from plaint._core import ladder as ladder
from plaint._core import lifecycle as lifecycle
from plaint._core import policies as policies
from plaint._core import time as time

__version__: str
