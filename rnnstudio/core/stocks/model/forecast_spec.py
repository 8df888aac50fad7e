"""The settings of a forecast, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from rnnstudio.core.engine.kinds import kind_of, twin_of
from rnnstudio.core.engine.optimizers import Adam
from rnnstudio.core.engine.spec import (
    CellName,
    Dense,
    Dropout,
    FitSpec,
    Layer,
    ModelSpec,
    Recurrent,
)
from rnnstudio.core.errors import UserError
from rnnstudio.core.limits import require_below_one, require_known, require_seed, require_whole
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import is_price

EngineName = Literal["numpy", "keras"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)
Quantity = Literal["price", "log return"]
QUANTITIES: tuple[Quantity, ...] = get_args(Quantity)
MOST_LAYERS = 64
"""What a file of a network holds."""


@dataclass(frozen=True)
class ForecastSpec:
    """What is forecast from what, by which network, trained how.

    The defaults are the source document's: Open and High of the 60 days before, an LSTM of 50
    units, dropout, one linear output; Adam on the mean squared error.

    ``quantity`` is the network's input and output: prices, scaled to 0 .. 1, or their log returns,
    standardised. ``validation`` is the fraction of the days before the test span that the network
    is not trained on; ``patience`` stops the training when the error on them has not fallen for
    that many epochs (None: never). ``cell`` is one that the engine can train. Raises UserError when
    a setting is impossible; the sentence says which and what would be right.
    """

    features: tuple[str, ...] = ("Open", "High")
    target: str = "Open"
    quantity: Quantity = "price"
    window: int = 60
    cell: CellName = "lstm"
    layers: int = 1
    units: int = 50
    dropout: float = 0.2
    epochs: int = 100
    batch_size: int = 32
    learning_rate: float = 0.001
    validation: float = 0.0
    patience: int | None = None
    seed: int = 1
    engine: EngineName = "numpy"

    def __post_init__(self) -> None:
        self._check_columns()
        require_known(Message("engine"), self.engine, ENGINES)
        require_whole(Message("window"), self.window)
        require_whole(Message("number of layers"), self.layers, most=MOST_LAYERS)
        require_below_one(Message("validation share"), self.validation)
        if self.patience is not None and self.validation == 0:
            raise UserError("Patience needs a validation span; give it a share, or no patience.")
        require_seed(self.seed)
        _ = self.model, self.fit  # they check the other settings
        _ = twin_of(self.cell) if self.engine == "keras" else kind_of(self.cell)

    def _check_columns(self) -> None:
        if not self.features:
            raise UserError("Choose at least one column as a feature.")
        if len(set(self.features)) < len(self.features):
            raise UserError(
                "A feature is named twice in {features}.", features=", ".join(self.features)
            )
        require_known(Message("quantity"), self.quantity, QUANTITIES)
        if self.quantity == "log return" and not is_price(self.target):
            raise UserError(
                "{target} holds no prices, so it has no log returns; forecast the price, or "
                "another column.",
                target=self.target,
            )

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are needed: the features, and the target if it is not among them."""
        return tuple(dict.fromkeys((*self.features, self.target)))

    @property
    def lookback(self) -> int:
        """Days needed before a day that is forecast: a return takes two prices."""
        return self.window + (self.quantity == "log return")

    @property
    def model(self) -> ModelSpec:
        """The network of these settings."""
        return forecasting_model(
            len(self.features), self.cell, self.layers, self.units, self.dropout
        )

    @property
    def fit(self) -> FitSpec:
        """How the network is trained."""
        return FitSpec(
            epochs=self.epochs,
            batch_size=self.batch_size,
            optimizer=Adam(learning_rate=self.learning_rate),
            patience=self.patience,
            seed=self.seed,
        )


def forecasting_model(
    features: int, cell: CellName, layers: int, units: int, dropout: float
) -> ModelSpec:
    """``layers`` times a recurrent layer of the cell and its dropout, then one linear output."""
    stack: list[Layer] = []
    for number in range(1, layers + 1):
        stack += [Recurrent(cell, units, every_step=number < layers), Dropout(dropout)]
    return ModelSpec(features, (*stack, Dense(1)))
