"""A trained forecaster and its prices as plain data and arrays, and back.

They may be damaged or forged: what is inconsistent is refused before it is used.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnstudio.core.documents.document_file import has_type, readable, shortly
from rnnstudio.core.engine.network import weight_shapes
from rnnstudio.core.engine.spec import TrainedModel, Weights
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.data.windows import Windows, windows_before
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.model.forecast_spec import MOST_LAYERS, ForecastSpec
from rnnstudio.core.stocks.model.forecaster import (
    TrainedForecaster,
    TrainingData,
    require_evaluable,
)
from rnnstudio.core.stocks.model.scaling import Scaler, Scaling, require_usable

MOST_ACCESSES = 10_000
FIRST_DAY, LAST_DAY = np.datetime64("1700-01-01", "D"), np.datetime64("2300-01-01", "D")
UNITS = ("D", "s", "us")
"""Of dates: days, or moments of a day as finely as its file has them."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{6})?)?", re.ASCII)
_FIRST_CELL = "lstm"
"""The one that the settings mean that name none: for long there was no other."""
Arrays = Mapping[str, npt.NDArray[Any]]


class DamageError(Exception):
    """Something in the document does not fit; the text says what."""


@dataclass(frozen=True, eq=False)
class Packed:
    """Plain data and arrays by name, as a document holds them."""

    content: dict[str, Any]
    arrays: dict[str, npt.NDArray[Any]]


@contextmanager
def from_stranger(path: Path) -> Iterator[None]:
    """Turn errors of unpacking into a UserError that names the file."""
    try:
        yield
    except (DamageError, KeyError, TypeError, ValueError, OverflowError) as error:
        what = str(error) if isinstance(error, DamageError) else "a part is missing or misshapen"
        raise UserError(
            "{path} is damaged or was made by another program ({what}); choose another file.",
            path=path.name,
            what=what[:100],
        ) from error


def prefixed(prefix: str, arrays: Arrays) -> dict[str, npt.NDArray[Any]]:
    """The arrays, of any shapes, with ``prefix`` before their names."""
    return {prefix + name: array for name, array in arrays.items()}


def under(prefix: str, arrays: Arrays) -> dict[str, npt.NDArray[Any]]:
    """The arrays, of any shapes, whose names begin with ``prefix``, without it."""
    return {name[len(prefix) :]: each for name, each in arrays.items() if name.startswith(prefix)}


def pack_table(table: PriceTable) -> Packed:
    """The prices: ``table_from`` reads them."""
    unit, _ = np.datetime_data(table.dates.dtype)
    unit = unit if unit in UNITS else UNITS[-1]
    dates = table.dates.astype(f"datetime64[{unit}]").astype(np.int64)
    columns = {f"column.{at}": table.column(name) for at, name in enumerate(table.names)}
    content = {"source": table.source, "columns": list(table.names)}
    if unit != UNITS[0]:
        content["unit"] = unit
    return Packed(content, {"dates": dates, **columns})


def pack_network(trained: TrainedForecaster, accesses: AccessLog) -> Packed:
    """The network without its prices: ``network_from`` and ``accesses_from`` read it.

    Raises ValueError if the numbers trained on were changed: a file would not show it. Raises
    UserError where the network's numbers are not finite any more.
    """
    data, model = trained.data, trained.model
    if not all(np.isfinite(array).all() for layer in model.weights for array in layer.values()):
        raise UserError(
            "The training ran away: the network's numbers are not finite any more, so there is "
            "nothing to save. Train again with a smaller learning rate."
        )
    if data.given is not None:
        raise ValueError("a network that learnt from changed numbers is not kept")
    spec = asdict(trained.spec)
    if spec["cell"] == _FIRST_CELL:
        del spec["cell"]
    content = {
        "spec": spec,
        "rows_train": trained.split.rows_train,
        "rows_validation": trained.split.rows_validation,
        "features_scaler": _scaler_json(data.scaling.features),
        "target_scaler": _scaler_json(data.scaling.target),
        "trust": trained.shrinkage,
        "seconds": trained.seconds,
        "openings": [list(span) for span in accesses.spans],
    }
    arrays: dict[str, npt.NDArray[Any]] = {
        "training_rows": data.train.rows,
        "losses": np.asarray(model.losses, dtype=np.float64),
    }
    if data.held_out is not None:
        arrays["held_out_rows"] = data.held_out.rows
    if model.held_out_losses is not None:
        arrays["held_out_losses"] = np.asarray(model.held_out_losses, dtype=np.float64)
    for at, layer in enumerate(model.weights):
        arrays |= {f"weights.{at}.{name}": array for name, array in layer.items()}
    return Packed(content, arrays)


def network_from(
    content: Mapping[str, Any], arrays: Arrays, table: PriceTable
) -> TrainedForecaster:
    """The network that learnt from ``table``; raises DamageError and what misshapen data raises.

    ``arrays`` are weights in the paper's shapes, losses (epochs,) and rows (examples,).

    Raises UserError if the settings are impossible or the prices are of no use for them.
    """
    spec = _spec(content["spec"], table)
    require_usable(spec, table)
    split = Split(table, whole(content["rows_train"]), whole(content["rows_validation"]))
    require(split.rows_train > spec.lookback and split.rows_test >= 1, "no such spans")
    require_evaluable(spec, split)
    data = TrainingData(
        spec,
        split,
        Scaling(
            spec,
            _scaler(content["features_scaler"], spec.features, spec, split),
            _scaler(content["target_scaler"], (spec.target,), spec, split),
        ),
        _windows(arrays["training_rows"], spec, split),
        _windows(arrays["held_out_rows"], spec, split) if "held_out_rows" in arrays else None,
    )
    losses = _floats(arrays["losses"], spec.epochs)
    held_out = arrays.get("held_out_losses")
    model = TrainedModel(
        spec.model,
        _weights(spec, arrays),
        losses,
        None if held_out is None else _floats(held_out, spec.epochs),
    )
    shrinkage, seconds = number(content["trust"]), number(content["seconds"])
    require(0 <= shrinkage <= 1 and seconds >= 0, "no such training")
    return TrainedForecaster(data, model, shrinkage, seconds)


def table_from(content: Mapping[str, Any], arrays: Arrays) -> PriceTable:
    """The prices, each array (rows,); raises DamageError and what misshapen data raises."""
    names, days = content["columns"], arrays["dates"]
    unit = content.get("unit", UNITS[0])
    require(strings(names) and len(set(names)) == len(names) > 0, "no such columns")
    require(isinstance(content["source"], str), "no such source")
    require(unit in UNITS, "no such unit of time")
    require(days.dtype == np.int64 and days.ndim == 1 and len(days) > 0, "no such dates")
    require(bool((days[1:] > days[:-1]).all()), "dates out of order")
    dates = days.astype(f"datetime64[{unit}]")
    require(dates[0] >= FIRST_DAY and dates[-1] <= LAST_DAY, "dates out of range")
    columns = {name: arrays[f"column.{at}"] for at, name in enumerate(names)}
    for name, values in columns.items():
        require(
            values.dtype == np.float64
            and values.shape == days.shape
            and bool(np.isfinite(values).all()),
            f"column {name}",
        )
    return PriceTable(readable(content["source"]), dates, columns)


def _spec(given: Any, table: PriceTable) -> ForecastSpec:
    usual = asdict(ForecastSpec())
    require(isinstance(given, dict), "no settings")
    given = {"cell": _FIRST_CELL, **given}
    require(set(given) == set(usual), "other settings than known")
    for name, default in usual.items():
        if name == "features":
            require(strings(given[name]), "no such features")
            require(len(given[name]) <= len(table.names), "more features than columns")
        elif name == "patience":
            require(has_type(given[name], (int, type(None))), "no such patience")
        else:
            types = (int, float) if isinstance(default, float) else (type(default),)
            require(has_type(given[name], types), f"{name} is {shortly(given[name])}")
    require(1 <= given["layers"] <= MOST_LAYERS, "too many layers")
    require(given["target"] in table.names, "no such target")
    require(1 <= given["window"] < table.rows, "a window longer than the prices")
    spec = ForecastSpec(**{**given, "features": tuple(given["features"])})
    table.matrix(spec.columns)
    return spec


def _scaler_json(scaler: Scaler) -> dict[str, Any]:
    return {**asdict(scaler), "rows": [scaler.rows.start, scaler.rows.stop]}


def _scaler(
    given: Mapping[str, Any], columns: tuple[str, ...], spec: ForecastSpec, split: Split
) -> Scaler:
    start, stop = map(whole, given["rows"])
    fewest = 1 + spec.lookback - spec.window
    require(start + fewest <= stop <= split.table.rows, "a scaler of no such rows")
    require(tuple(given["columns"]) == columns, "a scaler of other columns")
    require(given["kind"] in ("min-max", "standard"), "no such scaler")
    parts = [tuple(map(number, given[name])) for name in ("offset", "scale", "minimum", "maximum")]
    require(all(len(part) == len(columns) for part in parts), "a scaler of other columns")
    require(all(scale > 0 for scale in parts[1]), "a scaler without scale")
    return Scaler(given["kind"], columns, range(start, stop), *parts)


def _windows(rows: npt.NDArray[Any], spec: ForecastSpec, split: Split) -> Windows:
    require(rows.dtype == np.int64 and rows.ndim == 1 and len(rows) > 0, "no such examples")
    require(len(rows) <= split.table.rows, "more examples than days")
    require(spec.lookback <= rows.min() and rows.max() < split.table.rows, "no such examples")
    return windows_before(rows, spec.lookback)


def _weights(spec: ForecastSpec, arrays: Arrays) -> Weights:
    given = {name: array for name, array in arrays.items() if name.startswith("weights.")}
    weights: Weights = []
    for at, shapes in enumerate(weight_shapes(spec.model)):
        layer = {name: given.pop(f"weights.{at}.{name}") for name in shapes}
        for name, array in layer.items():
            fits = array.shape == shapes[name] and array.dtype.kind == "f"
            require(fits and bool(np.isfinite(array).all()), f"weights {name}")
        weights.append(layer)
    require(not given, "other weights")
    return weights


def accesses_from(spans: Any) -> AccessLog:
    """The accesses; raises DamageError."""
    require(isinstance(spans, list) and len(spans) <= MOST_ACCESSES, "no such accesses")
    for span in spans:
        require(strings(span) and len(span) == 2, "no such accesses")
        require(all(_MOMENT.fullmatch(day) for day in span), "no such accesses")
    return AccessLog(tuple((first, last) for first, last in spans))


def _floats(array: npt.NDArray[Any], most: int) -> npt.NDArray[np.float64]:
    require(array.dtype == np.float64 and array.ndim == 1 and len(array) <= most, "no such losses")
    return array


def strings(value: Any) -> bool:
    """Whether it is a list of texts."""
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def whole(value: Any) -> int:
    """A number of rows; raises DamageError."""
    if not (type(value) is int and 0 <= value < 2**53):
        raise DamageError(f"{shortly(value)} is no number of rows")
    return int(value)


def number(value: Any) -> float:
    """A finite number; raises DamageError."""
    if not (type(value) in (int, float) and math.isfinite(value)):
        raise DamageError(f"{shortly(value)} is no number")
    return float(value)


def require(fits: bool, what: str) -> None:
    """Raise DamageError that says ``what`` unless it ``fits``."""
    if not fits:
        raise DamageError(what)
