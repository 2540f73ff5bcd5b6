"""One signal as it is concluded: values, where they hold, and why not elsewhere."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.features.geometry import Floats
from coder.model.track import Why

Reasons = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """values: (n,) float64, finite. valid: (n,) bool. why: (n,) uint8, a `Why`, SEEN where valid."""

    values: Floats
    valid: NDArray[np.bool_]
    why: Reasons

    @classmethod
    def of(cls, values: Floats, why: Reasons | Why) -> "Row":
        """Valid where the reason is SEEN and the value finite; nothing (0) stands where it is not valid."""
        reasons = np.full(values.shape, why, np.uint8) if isinstance(why, Why) else why.astype(np.uint8)
        reasons[(reasons == Why.SEEN) & ~np.isfinite(values)] = Why.NOT_SAID
        valid = np.asarray(reasons == Why.SEEN)
        return cls(np.where(valid, values, 0.0), valid, reasons)
