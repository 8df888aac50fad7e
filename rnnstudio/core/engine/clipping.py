"""Holding gradients within bounds, as Keras' ``clipvalue`` and ``global_clipnorm`` do.

Arrays are of the model's dtype, float32 or float64, and have no unit.
"""

from __future__ import annotations

import math

import numpy as np

from rnnstudio.core.engine.spec import ClipByNorm, ClipByValue, FloatArray
from rnnstudio.core.training import Gradient


def clip(gradient: FloatArray, norm: float, how: ClipByValue | ClipByNorm | None) -> None:
    """Clip the flat ``gradient``, (weights,), of norm ``norm`` in place."""
    if isinstance(how, ClipByValue):
        np.clip(gradient, -how.limit, how.limit, out=gradient)
    elif isinstance(how, ClipByNorm) and norm > how.limit:
        np.multiply(gradient, how.limit / norm, out=gradient)


def after_clipping(
    gradient: FloatArray, norm: float, how: ClipByValue | ClipByNorm | None
) -> Gradient:
    """What ``clip`` did to a flat gradient, (weights,), that had the norm ``norm`` before.

    An entry that stands at the limit is taken for clipped; clipping by norm changes all or none.
    """
    after = math.sqrt(np.dot(gradient, gradient))
    if isinstance(how, ClipByValue):
        # The limit as the gradient's own type rounds it: that is what np.clip wrote.
        share = float(np.mean(np.abs(gradient) >= gradient.dtype.type(how.limit)))
    else:
        share = float(how is not None and norm > how.limit)
    return Gradient(norm, after, share)
