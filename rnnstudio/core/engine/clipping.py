"""Holding gradients within bounds, as Keras' ``clipvalue`` and ``global_clipnorm`` do."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.engine.spec import ClipByNorm, ClipByValue, FloatArray


def clip(gradient: FloatArray, norm: float, how: ClipByValue | ClipByNorm | None) -> None:
    """Clip the flat ``gradient`` of norm ``norm`` in place."""
    if isinstance(how, ClipByValue):
        np.clip(gradient, -how.limit, how.limit, out=gradient)
    elif isinstance(how, ClipByNorm) and norm > how.limit:
        np.multiply(gradient, how.limit / norm, out=gradient)
