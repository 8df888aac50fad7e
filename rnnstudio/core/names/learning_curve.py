"""Trainings by different recipes on one scale: names seen, and nats a character.

Arrays are float64; a number of names has no unit.
"""

from __future__ import annotations

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.names.paper_recipe import order_of
from rnnstudio.core.names.recipes import FastSpec
from rnnstudio.core.names.trained import TrainedNames


def names_seen(trained: TrainedNames) -> Array:
    """How many names the network had been shown after each iteration (iterations,)."""
    steps = np.arange(1, trained.step + 1)
    spec = trained.spec
    if not isinstance(spec, FastSpec):
        return steps.astype(np.float64)
    names, batches = len(trained.training_names), spec.epoch_steps(trained.corpus)
    whole, begun = np.divmod(steps, batches)
    return np.asarray(whole * float(names) + np.minimum(begun * spec.batch_size, names))


def learning_curve(trained: TrainedNames, most: int) -> tuple[Array, Array]:
    """Names seen and training loss in nats a character, (points,) each, up to ``most`` of them.

    A point is the mean of the iterations since the one before it: unlike the recipe's smoothed
    loss it knows of no value to start from. The stretches are about equally long where the names
    seen are drawn on a scale of powers.
    """
    if trained.step == 0:
        return np.zeros(0), np.zeros(0)
    ends = np.unique(np.geomspace(1, trained.step, most).round().astype(int))
    starts = np.concatenate([[0], ends[:-1]])
    symbols = _symbols(trained)
    loss = np.add.reduceat(trained.losses, starts) / np.add.reduceat(symbols, starts)
    return names_seen(trained)[ends - 1], loss


def _symbols(trained: TrainedNames) -> Array:
    """What each iteration's loss is the sum over (iterations,): a name and its end, or a mean."""
    if isinstance(trained.spec, FastSpec):
        return np.ones(trained.step)
    names = trained.corpus.names
    sizes = np.array([len(names[place]) + 1 for place in order_of(len(names))], np.float64)
    return np.resize(sizes, trained.step)
