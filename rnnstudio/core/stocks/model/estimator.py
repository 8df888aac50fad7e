"""The forecaster's network as a scikit-learn estimator.

A row is one window of days, not one day: rows stand for themselves, so that scikit-learn may draw,
order and split them as it does (``TimeSeriesSplit`` for days, with a gap of the window's length).
``lagged`` makes such rows from a series. This is the one module that imports scikit-learn at its
top, for a class has to be derived from it; nothing else imports this module.

Values are float64, in the unit of the series.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, RegressorMixin  # noqa: TID253
from sklearn.utils import check_random_state, column_or_1d  # noqa: TID253
from sklearn.utils.validation import check_is_fitted, validate_data  # noqa: TID253

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.optimizers import Adam
from rnnstudio.core.engine.spec import CellName, Examples, FitSpec, TrainedModel
from rnnstudio.core.engine.trained_model import predict
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.model.forecast_spec import forecasting_model
from rnnstudio.core.stocks.model.scaling import fit_scaler
from rnnstudio.core.training import Control, Finished


def lagged(values: FloatArray, window: int) -> tuple[FloatArray, FloatArray]:
    """Rows for ``RecurrentForecaster`` from a series: the ``window`` values before each and itself.

    ``values`` (days,) gives (days - window, window), oldest first, and (days - window,).
    """
    views = np.lib.stride_tricks.sliding_window_view(values, window + 1)
    return views[:, :-1].copy(), views[:, -1].copy()


class RecurrentForecaster(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Recurrent layers with dropout and one linear output, trained with Adam on the squared error.

    The columns of ``X`` (rows, columns) are the window's days, oldest first, and within a day its
    ``features``; ``y`` (rows,) is what follows. Both are scaled to 0 .. 1 as the rows given to
    ``fit`` have it. ``cell`` is one that the engine can train. Rows are in the order of time where
    ``validation`` (the fraction of them, the last ones, that is held out) is above 0; ``patience``
    then stops as in ``ForecastSpec``. The defaults are the source document's. float64 throughout.

    Attributes
    ----------
    model_ : TrainedModel
        The network.
    loss_curve_ : array of shape (n_iter_,)
        The loss after each epoch.
    n_iter_ : int
        Epochs done.
    n_features_in_ : int
        Columns of ``X`` in ``fit``.
    """

    model_: TrainedModel
    loss_curve_: FloatArray
    n_iter_: int
    n_features_in_: int

    def __init__(
        self,
        features: int = 1,
        cell: CellName = "lstm",
        layers: int = 1,
        units: int = 50,
        dropout: float = 0.2,
        epochs: int = 100,
        batch_size: int = 32,
        learning_rate: float = 0.001,
        validation: float = 0.0,
        patience: int | None = None,
        random_state: int | np.random.RandomState | None = None,
    ) -> None:
        self.features = features
        self.cell = cell
        self.layers = layers
        self.units = units
        self.dropout = dropout
        self.epochs = epochs
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.validation = validation
        self.patience = patience
        self.random_state = random_state

    def fit(self, X: npt.ArrayLike, y: npt.ArrayLike) -> RecurrentForecaster:
        """Train on rows; raises ValueError or UserError if they or a setting are invalid."""
        checked: tuple[FloatArray, FloatArray] = validate_data(
            self, X, y, dtype=np.float64, y_numeric=True
        )
        x, targets = checked[0], column_or_1d(checked[1], warn=True).astype(np.float64)
        if x.shape[1] % self.features:
            raise UserError(
                "{columns} columns are not whole days of {features} features.",
                columns=x.shape[1],
                features=self.features,
            )
        known = len(x) - round(self.validation * len(x))
        if not 0 < known <= len(x) - (self.validation > 0):
            raise UserError(
                "A validation share of {share} of {rows} rows leaves no row to train or to "
                "validate on.",
                share=self.validation,
                rows=len(x),
            )
        self._fit_scalers(x[:known], targets[:known])
        y_scaled = self._y_scaler.scaled(targets[:, np.newaxis])
        self.model_ = self._train(Examples(self._windows(x), y_scaled), known)
        self.loss_curve_ = np.asarray(self.model_.losses)
        self.n_iter_ = len(self.loss_curve_)
        return self

    def predict(self, X: npt.ArrayLike) -> FloatArray:
        """What follows each row, (rows,)."""
        check_is_fitted(self)
        x: FloatArray = validate_data(self, X, dtype=np.float64, reset=False)
        outputs = predict(self.model_.spec, self.model_.weights, self._windows(x))
        return self._y_scaler.unscaled(np.asarray(outputs, dtype=np.float64))[:, 0]

    def _fit_scalers(self, x: FloatArray, y: FloatArray) -> None:
        """A feature has one scale over all days of the window."""
        names, rows = tuple(map(str, range(self.features))), range(len(x))
        self._x_scaler = fit_scaler("min-max", names, rows, x.reshape(-1, self.features))
        self._y_scaler = fit_scaler("min-max", ("y",), rows, y[:, np.newaxis])

    def _windows(self, x: FloatArray) -> FloatArray:
        return self._x_scaler.scaled(x.reshape(len(x), -1, self.features))

    def _train(self, examples: Examples, known: int) -> TrainedModel:
        x, y = examples.x, examples.y
        train, later = Examples(x[:known], y[:known]), Examples(x[known:], y[known:])
        held_out = later if len(later.x) else None
        spec = forecasting_model(self.features, self.cell, self.layers, self.units, self.dropout)
        events = fit(spec, self._settings(), train, control=Control(), held_out=held_out)
        [model] = [event.result for event in events if isinstance(event, Finished)]
        trained: TrainedModel = model
        return trained

    def _settings(self) -> FitSpec:
        seed = check_random_state(self.random_state).randint(np.iinfo(np.int32).max)
        return FitSpec(
            epochs=self.epochs,
            batch_size=self.batch_size,
            optimizer=Adam(learning_rate=self.learning_rate),
            patience=self.patience,
            seed=int(seed),
            dtype="float64",
        )
