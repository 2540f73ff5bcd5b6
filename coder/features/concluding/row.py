"""One signal as it is concluded: values, where they hold, and why not elsewhere."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.features.geometry import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """values: (n,) float64, finite. valid: (n,) bool. why: (n,) uint8, a `Why`, SEEN where valid."""

    values: Floats
    valid: NDArray[np.bool_]
    why: NDArray[np.uint8]
