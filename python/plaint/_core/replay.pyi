# SPDX-License-Identifier: BSL-1.0
from typing import Any, final

import numpy as np
import numpy.typing as npt

@final
class ReplayResult:
    @property
    def accepted(self) -> npt.NDArray[np.uint32]: ...
    @property
    def state(self) -> npt.NDArray[np.uint16]: ...
    @property
    def rejections(self) -> dict[str, Any]: ...
    def clock(self, name: str) -> dict[str, npt.NDArray[Any]]: ...
