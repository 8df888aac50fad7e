"""Which engine suits a training: NumPy's, which starts at once, or Keras', which uses every core.

The numbers are those of ``python -m benchmarks growth`` on two cores; docs/benchmarks.md has the
table. NumPy was ahead in every single measurement: it took between a quarter and four fifths of
the time of the application's Keras where a step's product is small, and up to 0.94 of it where it
is large. There Keras loses nothing on two cores and has the others of a larger machine to itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rnnstudio.core.engine.spec import FitSpec, ModelSpec
from rnnstudio.core.engine.threads import step_product
from rnnstudio.core.messages import Message

EVEN = 2**27
"""Multiplications in a step's product from which on the two were measured within a fifth."""
LONG = 2**40
"""Multiplications in a training that take NumPy half a minute; Keras starts in four seconds."""


@dataclass(frozen=True)
class Recommendation:
    """An engine, and a sentence that says why."""

    engine: Literal["numpy", "keras"]
    why: Message


def recommend(model: ModelSpec, fit: FitSpec, examples_count: int, steps: int) -> Recommendation:
    """The engine for training ``model`` on so many examples of ``steps`` steps."""
    product = step_product(model, min(fit.batch_size, examples_count))
    batches = fit.epochs * -(-examples_count // fit.batch_size)
    if fit.truncate is not None:
        return Recommendation(
            "numpy", Message("NumPy, since Keras cannot truncate backpropagation.")
        )
    if product < EVEN:
        return Recommendation(
            "numpy", Message("NumPy: it was measured faster than Keras for models of this size.")
        )
    if product * steps * batches < LONG:
        return Recommendation(
            "numpy", Message("NumPy: it will be done before Keras has gained what its start costs.")
        )
    return Recommendation(
        "keras",
        Message("Keras: a model of this size trains as fast on two cores and faster on more."),
    )
