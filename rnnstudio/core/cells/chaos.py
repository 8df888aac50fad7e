"""What of a computation follows from its settings, and what from how a processor rounds.

Processors add a sum in different orders, so their results differ in the last digits. A chaotic
computation makes large differences of these. It is found out by a second run that begins a little
aside: where the two part, no number is worth showing.

Numbers are float32 or float64 and have no unit; what is given is bool.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from rnnstudio.core.cells.functions import Array

NUDGE = 1e-12
"""The share to begin aside: far more than processors differ by, far less than can be seen."""
_SHARE = 1e-3
"""What differs by less than this is the same number on the screen."""


def same(one: Array, other: Array) -> npt.NDArray[np.bool_]:
    """Where two results are the same number on the screen, or neither is a number.

    Both are of one shape, and so is what is given.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        near = np.abs(one - other) <= _SHARE * np.abs(one)
    return near | (~np.isfinite(one) & ~np.isfinite(other))
