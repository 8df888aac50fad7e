"""A trained network over real days, for the inspector."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnnstudio.core import language
from rnnstudio.core.cells.output import linear
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Scene, Unscaled, trace
from rnnstudio.core.cells.table import Cell
from rnnstudio.core.engine import spec as engine
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import FloatArray, PriceTable, is_change
from rnnstudio.core.stocks.model.forecast_spec import Quantity
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.stocks.model.scaling import Scaler


def to_scene(trained: TrainedForecaster, table: PriceTable, day: int) -> Scene:
    """The window from which the row ``day`` of ``table`` is forecast, step by step.

    The inputs are the scaled ones that the network sees, the steps are named by their dates. The
    gradient from outside is that of the squared error on the day, so it reaches the last step only;
    it is zero where the day is not known yet (``day`` is the number of rows). Of several layers it
    is the first one, whose output layer is not its own and is left at zero. Raises UserError when
    there are too few days before ``day``, or the network is too large to look at.
    """
    spec, lookback = trained.spec, trained.spec.lookback
    if not lookback <= day <= table.rows:
        raise UserError(
            "Day {day} of {source} cannot be looked at: a window takes {lookback} days, so "
            "choose one from {lookback} to {rows}.",
            day=day,
            source=table.source,
            lookback=lookback,
            rows=table.rows,
        )
    raw = table.matrix(spec.columns)[np.newaxis, day - lookback : day]
    x = trained.scaling.inputs(raw).transpose(2, 0, 1)
    first = {name: _double(array) for name, array in trained.model.weights[0].items()}
    layer = trained.model.spec.layers[0]
    if not isinstance(layer, engine.Recurrent):
        raise ValueError("the first layer has no cell")
    readings = _readings(trained.scaling.features, spec.quantity)
    cell, zeros = linear(CELLS[layer.cell]), np.zeros((spec.units, 1))
    scene = Scene(
        cell,
        x,
        {**first, **_output(trained, cell)},
        dict.fromkeys(cell.states, zeros),
        np.zeros((spec.units, 1, spec.window)),
        labels=tuple(map(str, table.dates[day - spec.window : day])),
        origin=language.text(
            Message(
                "Stock forecaster: {source}, the days up to {day}",
                {"source": table.source, "day": table.dates[day - 1]},
            )
        ),
        inputs=tuple(reading.name for reading in readings),
        readings=readings,
    )
    if spec.layers > 1:
        return scene
    scene = replace(scene, outputs=(spec.target,), forecast=_forecast(trained, raw))
    if day == table.rows:
        return scene
    return replace(scene, da=_gradient(trained, scene, raw, table.column(spec.target)[day]))


def _readings(scaler: Scaler, quantity: Quantity) -> tuple[Unscaled, ...]:
    """What the scaled numbers of each column mean."""
    names = [
        column
        if quantity == "price" or is_change(column)
        else language.text(Message("log return of {column}", {"column": column}))
        for column in scaler.columns
    ]
    return tuple(map(Unscaled, names, scaler.offset, scaler.scale))


def _forecast(trained: TrainedForecaster, raw: FloatArray) -> Unscaled:
    """What the last prediction means: a price, that after the last one where it is a return."""
    (reading,) = _readings(trained.scaling.target, "price")
    if trained.spec.quantity == "price":
        return reading
    return replace(
        reading,
        offset=trained.shrinkage * reading.offset,
        factor=trained.shrinkage * reading.factor,
        last=float(trained.scaling.last_prices(raw)[0]),
    )


def _output(trained: TrainedForecaster, cell: Cell) -> dict[str, FloatArray]:
    """The output layer under the names that it has in the cell's table."""
    weights, bias = np.zeros((1, trained.spec.units)), np.zeros((1, 1))
    if trained.spec.layers == 1:
        dense = trained.model.weights[-1]
        weights, bias = _double(dense["Wy"]), _double(dense["by"])
    return dict(zip(cell.output, (weights, bias), strict=True))


def _gradient(
    trained: TrainedForecaster, scene: Scene, raw: FloatArray, price: float
) -> FloatArray:
    """d (prediction - y)^2 / d a_next at the last step, zeros before it: (n_a, 1, T_x)."""
    wanted = trained.scaling.outputs(raw, np.array([price]))
    said = trace(scene).forward[-1][scene.cell.predicted.name]
    da = np.zeros(scene.da.shape)
    da[:, :, -1] = 2 * scene.parameters[scene.cell.output[0]].T @ (said - wanted)
    return da


def _double(array: engine.FloatArray) -> FloatArray:
    return np.asarray(array, dtype=np.float64)
