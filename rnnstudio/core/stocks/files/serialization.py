"""A trained forecaster and its prices as plain data and arrays, and back.

They may be damaged or forged: what is inconsistent is refused before it is used.

Prices are float64, in the unit of the file, days int64, counted from 1970 in the unit of the
table's dates. Weights are float32 or float64 and scaled: no unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal, get_args

import numpy as np
import numpy.typing as npt
from msgspec import Meta

from rnnstudio.core.documents.damage import require
from rnnstudio.core.documents.fields import (
    AtLeastZero,
    Count,
    DocumentFields,
    plain,
    read_settings,
    readable,
)
from rnnstudio.core.engine.environment import Environment
from rnnstudio.core.engine.network import weight_shapes
from rnnstudio.core.engine.spec import TrainedModel, Weights
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.data.windows import Windows, windows_before
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import (
    TrainedForecaster,
    TrainingData,
    require_evaluable,
)
from rnnstudio.core.stocks.model.scaling import Scaler, ScalerKind, Scaling, require_usable

MOST_ACCESSES = 10_000
FIRST_DAY, LAST_DAY = np.datetime64("1700-01-01", "D"), np.datetime64("2300-01-01", "D")
Unit = Literal["D", "s", "us"]
"""Of dates: days, or moments of a day as finely as their file has them."""
UNITS: tuple[Unit, ...] = get_args(Unit)
Moment = Annotated[str, Meta(pattern=r"(?a)\A\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{6})?)?\Z")]
"""A day, or a moment of one, in ISO."""
Accesses = Annotated[tuple[tuple[Moment, Moment], ...], Meta(max_length=MOST_ACCESSES)]
"""The first and the last day of each test span that was evaluated."""
Environments = Annotated[tuple[Environment, ...], Meta(max_length=1_000)]
_FIRST_CELL = "lstm"
"""The one that the settings mean that name none: for long there was no other."""
Arrays = Mapping[str, npt.NDArray[Any]]


class PricesFields(DocumentFields, frozen=True, omit_defaults=True):
    """Prices; their dates and columns are arrays."""

    source: str
    columns: Annotated[tuple[str, ...], Meta(min_length=1)]
    unit: Unit = "D"


class ScalerFields(DocumentFields, frozen=True):
    """A ``Scaler``; ``rows`` are the first one and the one behind the last."""

    kind: ScalerKind
    columns: tuple[str, ...]
    rows: tuple[Count, Count]
    offset: tuple[float, ...]
    scale: tuple[Annotated[float, Meta(gt=0)], ...]
    minimum: tuple[float, ...]
    maximum: tuple[float, ...]


class NetworkFields(DocumentFields, frozen=True, kw_only=True, omit_defaults=True):
    """A trained forecaster without its prices; ``openings`` are the accesses of its test span.

    Older files say neither where one was stopped nor where it was trained.
    """

    spec: dict[str, Any]
    rows_train: Count
    rows_validation: Count
    features_scaler: ScalerFields
    target_scaler: ScalerFields
    trust: Annotated[float, Meta(ge=0, le=1)]
    seconds: AtLeastZero
    openings: Accesses
    stopped_after: Count | None = None
    environment: Environment | None = None
    earlier: Environments = ()


@dataclass(frozen=True, eq=False)
class Packed:
    """Plain data and arrays by name, as a document holds them."""

    content: dict[str, Any]
    arrays: dict[str, npt.NDArray[Any]]


def prefixed(prefix: str, arrays: Arrays) -> dict[str, npt.NDArray[Any]]:
    """The arrays, of any shapes, with ``prefix`` before their names."""
    return {prefix + name: array for name, array in arrays.items()}


def under(prefix: str, arrays: Arrays) -> dict[str, npt.NDArray[Any]]:
    """The arrays, of any shapes, whose names begin with ``prefix``, without it."""
    return {name[len(prefix) :]: each for name, each in arrays.items() if name.startswith(prefix)}


def prices_fields(table: PriceTable) -> PricesFields:
    """The prices without their arrays."""
    unit, _ = np.datetime_data(table.dates.dtype)
    return PricesFields(
        source=table.source, columns=table.names, unit=unit if unit in UNITS else UNITS[-1]
    )


def pack_table(table: PriceTable) -> Packed:
    """The prices: ``table_from`` reads them."""
    fields = prices_fields(table)
    dates = table.dates.astype(f"datetime64[{fields.unit}]").astype(np.int64)
    columns = {f"column.{at}": table.column(name) for at, name in enumerate(table.names)}
    return Packed(plain(fields), {"dates": dates, **columns})


def is_finite(trained: TrainedForecaster) -> bool:
    """Whether the network's numbers are finite, so that a file can hold it."""
    layers = trained.model.weights
    return all(np.isfinite(array).all() for layer in layers for array in layer.values())


def pack_network(trained: TrainedForecaster, accesses: AccessLog) -> Packed:
    """The network without its prices: ``network_from`` reads it.

    Raises ValueError if the numbers trained on were changed: a file would not show it. Raises
    UserError where the network's numbers are not finite any more.
    """
    data, model = trained.data, trained.model
    if not is_finite(trained):
        raise UserError(
            "The training ran away: the network's numbers are not finite any more, so there is "
            "nothing to save. Train again with a lower learning rate."
        )
    if data.given is not None:
        raise ValueError("a network that learnt from changed numbers is not kept")
    content = NetworkFields(
        spec=pack_spec(trained.spec),
        rows_train=trained.split.rows_train,
        rows_validation=trained.split.rows_validation,
        features_scaler=_scaler_fields(data.scaling.features),
        target_scaler=_scaler_fields(data.scaling.target),
        trust=trained.shrinkage,
        seconds=trained.seconds,
        openings=accesses.spans,
        stopped_after=trained.stopped_after,
        environment=trained.environment,
        earlier=trained.earlier,
    )
    arrays: dict[str, npt.NDArray[Any]] = {
        "training_rows": data.train.rows,
        "losses": np.asarray(model.losses, dtype=np.float64),
    }
    if data.held_out is not None:
        arrays["held_out_rows"] = data.held_out.rows
    if model.held_out_losses is not None:
        arrays["held_out_losses"] = np.asarray(model.held_out_losses, dtype=np.float64)
    # In the order in which they are read, whichever engine trained: the same bytes once more.
    for at, (shapes, layer) in enumerate(
        zip(weight_shapes(trained.spec.model), model.weights, strict=True)
    ):
        arrays |= {f"weights.{at}.{name}": layer[name] for name in shapes}
    return Packed(plain(content), arrays)


def network_from(fields: NetworkFields, arrays: Arrays, table: PriceTable) -> TrainedForecaster:
    """The network that was trained on ``table``; raises what is in ``damage.DAMAGE``.

    ``arrays`` are weights in the paper's shapes, losses (epochs,) and rows (examples,).

    Raises UserError if the settings are impossible or the prices are of no use for them.
    """
    spec = spec_from(fields.spec, table)
    require_usable(spec, table)
    split = Split(table, fields.rows_train, fields.rows_validation)
    spans = split.rows_train > spec.lookback and split.rows_test >= 1
    require(spans, Message("no such spans"))
    require_evaluable(spec, split)
    data = TrainingData(
        spec,
        split,
        Scaling(
            spec,
            _scaler(fields.features_scaler, spec.features, spec, split),
            _scaler(fields.target_scaler, (spec.target,), spec, split),
        ),
        _windows(arrays["training_rows"], spec, split),
        _windows(arrays["held_out_rows"], spec, split) if "held_out_rows" in arrays else None,
    )
    losses = losses_from(arrays["losses"], spec.epochs)
    held_out = arrays.get("held_out_losses")
    model = TrainedModel(
        spec.model,
        _weights(spec, arrays),
        losses,
        None if held_out is None else losses_from(held_out, spec.epochs),
    )
    return TrainedForecaster(
        data,
        model,
        fields.trust,
        fields.seconds,
        fields.stopped_after,
        fields.environment,
        fields.earlier,
    )


def table_from(fields: PricesFields, arrays: Arrays) -> PriceTable:
    """The prices, each array (rows,); raises what is in ``damage.DAMAGE``."""
    names, days = fields.columns, arrays["dates"]
    require(len(set(names)) == len(names), Message("two columns of one name"))
    fits = days.dtype == np.int64 and days.ndim == 1 and len(days) > 0
    require(fits, Message("no such dates"))
    require(bool((days[1:] > days[:-1]).all()), Message("dates out of order"))
    dates = days.astype(f"datetime64[{fields.unit}]")
    require(dates[0] >= FIRST_DAY and dates[-1] <= LAST_DAY, Message("dates out of range"))
    columns = {name: arrays[f"column.{at}"] for at, name in enumerate(names)}
    for name, values in columns.items():
        fits = values.dtype == np.float64 and values.shape == days.shape
        column = Message("column {name}", {"name": name[:40]})
        require(fits and bool(np.isfinite(values).all()), column)
    return PriceTable(readable(fields.source), dates, columns)


def pack_spec(spec: ForecastSpec) -> dict[str, Any]:
    """The settings as plain data: ``spec_from`` reads them."""
    settings = asdict(spec)
    if settings["cell"] == _FIRST_CELL:
        del settings["cell"]
    return settings


def spec_from(given: Mapping[str, Any], table: PriceTable) -> ForecastSpec:
    """The settings that ``pack_spec`` packed, of a training on ``table``.

    Raises what is in ``damage.DAMAGE``, and UserError where they are impossible.
    """
    spec = read_settings({"cell": _FIRST_CELL, **given}, ForecastSpec, "spec")
    require(set(spec.columns) <= set(table.names), Message("no such columns"))
    require(spec.window < table.rows, Message("a window longer than the prices"))
    return spec


def _scaler_fields(scaler: Scaler) -> ScalerFields:
    return ScalerFields(**{**asdict(scaler), "rows": (scaler.rows.start, scaler.rows.stop)})


def _scaler(
    fields: ScalerFields, columns: tuple[str, ...], spec: ForecastSpec, split: Split
) -> Scaler:
    start, stop = fields.rows
    fewest = 1 + spec.lookback - spec.window
    require(start + fewest <= stop <= split.table.rows, Message("a scaler of no such rows"))
    parts = (fields.offset, fields.scale, fields.minimum, fields.maximum)
    fits = fields.columns == columns and all(len(part) == len(columns) for part in parts)
    require(fits, Message("a scaler of other columns"))
    return Scaler(fields.kind, columns, range(start, stop), *parts)


def _windows(rows: npt.NDArray[Any], spec: ForecastSpec, split: Split) -> Windows:
    fits = rows.dtype == np.int64 and rows.ndim == 1 and len(rows) > 0
    require(fits, Message("no such examples"))
    require(len(rows) <= split.table.rows, Message("more examples than days"))
    inside = spec.lookback <= rows.min() and rows.max() < split.table.rows
    require(inside, Message("no such examples"))
    return windows_before(rows, spec.lookback)


def _weights(spec: ForecastSpec, arrays: Arrays) -> Weights:
    given = {name: array for name, array in arrays.items() if name.startswith("weights.")}
    weights: Weights = []
    for at, shapes in enumerate(weight_shapes(spec.model)):
        layer = {name: given.pop(f"weights.{at}.{name}") for name in shapes}
        for name, array in layer.items():
            fits = array.shape == shapes[name] and array.dtype.kind == "f"
            weight = Message("weights {name}", {"name": name})
            require(fits and bool(np.isfinite(array).all()), weight)
        weights.append(layer)
    require(not given, Message("other weights"))
    return weights


def losses_from(array: npt.NDArray[Any], most: int) -> npt.NDArray[np.float64]:
    """The losses (epochs,) of at most so many epochs; raises what is in ``damage.DAMAGE``."""
    fits = array.dtype == np.float64 and array.ndim == 1 and len(array) <= most
    require(fits, Message("no such losses"))
    return array
