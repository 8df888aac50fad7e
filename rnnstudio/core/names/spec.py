"""The settings of a training on names, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from rnnstudio.core.engine.spec import ClipByValue, Recurrent, Sgd
from rnnstudio.core.errors import UserError

MOST_ITERATIONS = 10_000_000
MOST_UNITS = 500
"""With more an iteration would take too long to be stopped within a tenth of a second."""


@dataclass(frozen=True)
class PaperSpec:
    """Settings of the recipe; the defaults are the published ones.

    ``seed`` draws the initial parameters and the random numbers of the samples. Every gradient
    entry is held within +-``clip``: the exercise takes 5, the source document 10. Names are
    sampled every ``sample_every`` iterations: the exercise takes 2,000, the source document 50.

    Raises
    ------
    UserError
        When a setting is impossible; the sentence says which and what would be right.
    """

    iterations: int = 35_000
    learning_rate: float = 0.01
    clip: float = 5.0
    units: int = 50
    sample_every: int = 2_000
    seed: int = 1

    def __post_init__(self) -> None:
        _ = Recurrent("rnn", self.units), Sgd(self.learning_rate), ClipByValue(self.clip)
        for name, value, most in (
            ("number of iterations", self.iterations, MOST_ITERATIONS),
            ("number of units", self.units, MOST_UNITS),
            ("number of iterations between samples", self.sample_every, MOST_ITERATIONS),
        ):
            if value != int(value) or not 1 <= value <= most:
                raise UserError(
                    f"The {name} is {value}; it must be a whole number from 1 to {most}."
                )
        if not 0 <= self.seed < 2**32:
            raise UserError(f"The seed is {self.seed}; it must lie from 0 to {2**32 - 1}.")
