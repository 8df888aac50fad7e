"""Names to train on and names to evaluate on."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from rnnstudio.core.errors import UserError

MOST_HELD_OUT = 1_000
"""More names would hold up a stop while they are evaluated, and hardly sharpen the figures."""


def split_names(
    names: Sequence[str], share: float, seed: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Two parts of the different ``names``, ``share`` of them held out: at least one in each.

    A name that stands twice in the list is taken once: no held-out name is trained on. Raises
    UserError when all names are the same.
    """
    different = tuple(dict.fromkeys(names))
    if len(different) < 2:
        raise UserError("All names are the same; to hold some out there must be at least two.")
    count = min(max(1, math.floor(share * len(different))), MOST_HELD_OUT)
    order = np.random.default_rng([seed, 0]).permutation(len(different))
    held_out, train = order[:count], order[count:]
    return tuple(different[i] for i in train), tuple(different[i] for i in held_out)
