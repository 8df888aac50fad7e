"""How TensorFlow is to run a recurrent layer's loop over its steps."""

from __future__ import annotations

from typing import Literal

from rnnstudio.core.engine.spec import ModelSpec, Recurrent

Way = Literal["loop", "unrolled", "compiled"]
"""How TensorFlow runs the loop over steps: as it is, written out, or compiled by XLA."""

LONG_RUN = 1000
"""Batches from which on a faster step is worth its preparation."""
LONG_GRAPH = 128
"""Cells (recurrent layers times steps) above which writing them out takes too long."""


def execution_mode(spec: ModelSpec, steps: int, batches: int) -> Way:
    """The quickest way to train on ``batches`` batches of ``steps`` steps, preparation included.

    Measured on two cores (LSTM 50, 60 steps, batch 32; seconds of preparation, seconds for an epoch
    of 59 batches): loop 0.45 and 0.24, unrolled 1.65 and 0.14, compiled 1.7 and 0.18; ``model.fit``
    0.8 and 0.36, compiled 2.6 and 0.23. Four such layers: loop 1.5 and 1.03, unrolled 9.2 and 0.75,
    compiled 3.4 and 0.84. One layer of 400 steps: loop 0.5 and 0.41, unrolled 14 and 0.20, compiled
    1.8 and 0.20 for 11 batches. Unrolled and compiled both: 50 s of preparation and no gain.
    """
    if batches < LONG_RUN:
        return "loop"
    cells = steps * sum(isinstance(layer, Recurrent) for layer in spec.layers)
    return "unrolled" if cells <= LONG_GRAPH else "compiled"
