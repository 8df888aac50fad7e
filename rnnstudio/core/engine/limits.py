"""What a number in the engine's settings may be."""

from __future__ import annotations

import math

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message


def require_at_least_one(name: Message, value: object) -> None:
    """Raise UserError, which calls the value ``name``, unless it is a whole number from 1."""
    if not isinstance(value, int | np.integer) or value < 1:
        raise UserError(
            "The {name} is {value}; it must be a whole number of at least 1.",
            name=name,
            value=value,
        )


def require_positive(name: Message, value: float) -> None:
    """Raise UserError, which calls the value ``name``, unless it is finite and above 0."""
    if not (math.isfinite(value) and value > 0):
        raise UserError(
            "The {name} is {value}; it must be a number above 0.", name=name, value=value
        )
