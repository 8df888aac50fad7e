"""How much work a batch of a training is, by kinds, for reckoning how long it takes."""

from __future__ import annotations

from dataclasses import dataclass

from rnnstudio.core.engine.spec import ModelSpec, Recurrent

GATES = {"rnn": 1, "gru": 3, "lstm": 4}


@dataclass(frozen=True)
class Work:
    """The work of one batch.

    ``steps`` of all recurrent layers; ``numbers`` that their gates hold over all steps and
    examples; ``products``, the multiplications that make them.
    """

    batches: float
    steps: float
    numbers: float
    products: float


def work(model: ModelSpec, batch: int, steps: int) -> Work:
    """The work of a batch of ``batch`` examples of ``steps`` steps."""
    layers = [
        (GATES[layer.cell] * layer.units, layer.units + inputs)
        for layer, inputs in zip(model.layers, model.input_sizes(), strict=True)
        if isinstance(layer, Recurrent)
    ]
    return Work(
        batches=1,
        steps=steps * len(layers),
        numbers=steps * batch * sum(rows for rows, _ in layers),
        products=steps * batch * sum(rows * columns for rows, columns in layers),
    )
