"""What a number among the settings may be."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message

LAST_SEED = 2**32 - 1
"""A seed is a number of 32 bits."""


def require_known(what: Message, value: str, known: Iterable[str]) -> None:
    """Raise UserError, which says ``what`` the value is, unless it is one of the ``known``."""
    listed = tuple(known)
    if value not in listed:
        raise UserError(
            "There is no {what} {value!r}; choose one of {known}.",
            what=what,
            value=value,
            known=", ".join(map(repr, listed)),
        )


def require_whole(name: Message, value: object, least: int = 1, most: int | None = None) -> None:
    """Raise UserError, which calls the value ``name``, unless it is a whole number within both."""
    if isinstance(value, int | np.integer) and value >= least and (most is None or value <= most):
        return
    values = {"name": name, "value": value, "least": least, "most": most}
    if most is None:
        raise UserError(
            "The {name} is {value}; it must be a whole number of at least {least}.", **values
        )
    raise UserError(
        "The {name} is {value}; it must be a whole number from {least} to {most}.", **values
    )


def require_seed(seed: int) -> None:
    """Raise UserError unless ``seed`` can be one."""
    require_whole(Message("seed"), seed, 0, LAST_SEED)


def require_positive(name: Message, value: float) -> None:
    """Raise UserError, which calls the value ``name``, unless it is finite and above 0."""
    if not (math.isfinite(value) and value > 0):
        raise UserError(
            "The {name} is {value}; it must be a number above 0.", name=name, value=value
        )


def require_below_one(name: Message, value: float) -> None:
    """Raise UserError, which calls the value ``name``, unless it is from 0 up to below 1."""
    if not 0 <= value < 1:
        raise UserError(
            "The {name} is {value}; it must lie from 0 up to below 1.", name=name, value=value
        )
