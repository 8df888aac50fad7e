"""The settings of a forecast, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from rnnstudio.core.engine.spec import Adam, Dense, Dropout, FitSpec, Layer, ModelSpec, Recurrent
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.series import PriceTable

EngineName = Literal["numpy", "keras"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)


@dataclass(frozen=True)
class ForecastSpec:
    """What is forecast from what, by which network, trained how.

    The defaults are the source document's: Open and High of the 60 days before, an LSTM of 50
    units, dropout, one linear output; Adam on the mean squared error.

    Raises
    ------
    UserError
        When a setting is impossible; the sentence says which and what would be right.
    """

    features: tuple[str, ...] = ("Open", "High")
    target: str = "Open"
    window: int = 60
    layers: int = 1
    units: int = 50
    dropout: float = 0.2
    epochs: int = 100
    batch_size: int = 32
    learning_rate: float = 0.001
    seed: int = 1
    engine: EngineName = "numpy"

    def __post_init__(self) -> None:
        if not self.features:
            raise UserError("Choose at least one column as a feature.")
        if len(set(self.features)) < len(self.features):
            raise UserError(f"A feature is named twice in {', '.join(self.features)}.")
        if self.engine not in ENGINES:
            raise UserError(f"There is no engine {self.engine!r}; choose {' or '.join(ENGINES)}.")
        for name, number in (("window", self.window), ("number of layers", self.layers)):
            if number != int(number) or number < 1:
                raise UserError(f"The {name} is {number}; it must be a whole number from 1.")
        if not 0 <= self.seed < 2**32:
            raise UserError(f"The seed is {self.seed}; it must lie from 0 to {2**32 - 1}.")
        _ = self.model, self.fit  # they check the other settings

    @property
    def model(self) -> ModelSpec:
        """The network: ``layers`` times an LSTM and its dropout, then one linear output."""
        stack: list[Layer] = []
        for number in range(1, self.layers + 1):
            stack += [
                Recurrent("lstm", self.units, every_step=number < self.layers),
                Dropout(self.dropout),
            ]
        return ModelSpec(len(self.features), (*stack, Dense(1)))

    @property
    def fit(self) -> FitSpec:
        """How the network is trained."""
        return FitSpec(
            epochs=self.epochs,
            batch_size=self.batch_size,
            optimizer=Adam(learning_rate=self.learning_rate),
            seed=self.seed,
        )


def default_columns(table: PriceTable) -> tuple[tuple[str, ...], str]:
    """Features and target for ``table``: the document's where it has them, else its first price."""
    wanted = ForecastSpec()
    if all(name in table.names for name in (*wanted.features, wanted.target)):
        return wanted.features, wanted.target
    first = table.price_names[0]
    return (first,), first
