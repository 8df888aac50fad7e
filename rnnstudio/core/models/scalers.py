"""What a model's scaled numbers mean: the parameters of its scalers, as JSON beside its file.

The parameters have the names that scikit-learn gives them, or are ``offset`` and ``factor``. The
numbers are float64, in the units of the quantities that were scaled.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rnnstudio.core.cells.scene import Unscaled
from rnnstudio.core.documents.bounded_json import read_json
from rnnstudio.core.documents.regular import open_regular
from rnnstudio.core.errors import UserError

ENDING = ".scaler.json"
"""Of the file beside ``NAME.keras`` that is called ``NAME.scaler.json``."""
_MOST_BYTES = 2**20
_MOST_NAME = 40


@dataclass(frozen=True)
class ModelScalers:
    """What each input and each output of a model means; empty where nothing is said."""

    inputs: tuple[Unscaled, ...] = ()
    outputs: tuple[Unscaled, ...] = ()


def scalers_beside(model: Path) -> ModelScalers:
    """The scalers in the file beside a model's; none if there is no such file.

    Raises UserError when the file cannot be read or does not hold a scaler's parameters.
    """
    path = model.with_name(f"{model.stem}{ENDING}")
    return read_scalers(path) if path.exists() else ModelScalers()


def read_scalers(path: Path) -> ModelScalers:
    """The scalers in a JSON file: ``inputs`` and ``outputs``, or one of them.

    Each has scikit-learn's ``mean_`` or ``center_`` and ``scale_``, ``min_`` and ``scale_``,
    ``data_min_`` and ``data_max_`` (with ``feature_range`` if it is not 0 to 1) or ``max_abs_``; or
    ``offset`` and ``factor``; lists of as many numbers. ``names`` may name the quantities. Raises
    UserError when the file cannot be read or holds something else.
    """
    with open_regular(path) as stream:
        data = stream.read(_MOST_BYTES + 1)
    try:
        if len(data) > _MOST_BYTES:
            raise ValueError("too many bytes")
        sides = read_json(data)
        inputs, outputs = (_scaler(sides.get(side)) for side in ("inputs", "outputs"))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise UserError(
            "{path} does not hold the parameters of scalers; it needs inputs or outputs with "
            "mean_ and scale_, min_ and scale_, data_min_ and data_max_, or offset and factor.",
            path=path.name,
        ) from error
    return ModelScalers(inputs, outputs)


def _scaler(side: Mapping[str, Any] | None) -> tuple[Unscaled, ...]:
    if side is None:
        return ()
    offsets, factors = _straight(side)
    names = side.get("names") or [f"x[{number}]" for number in range(1, len(offsets) + 1)]
    if not all(type(name) is str for name in names):
        raise ValueError("a name that is no text")
    return tuple(
        Unscaled(name[:_MOST_NAME], offset, factor)
        for name, offset, factor in zip(names, offsets, factors, strict=True)
    )


def _straight(side: Mapping[str, Any]) -> tuple[list[float], list[float]]:
    """Offset and factor of each quantity: it is offset + factor * number."""
    if "offset" in side:
        return _numbers(side["offset"]), _numbers(side["factor"])
    if "data_min_" in side:
        low, high = _numbers(side.get("feature_range", [0, 1]))
        least, most = _numbers(side["data_min_"]), _numbers(side["data_max_"])
        pairs = zip(least, most, strict=True)
        factors = [(b - a) / (high - low) if high > low else 0.0 for a, b in pairs]
        return [a - low * f for a, f in zip(least, factors, strict=True)], factors
    if "max_abs_" in side:
        factors = _numbers(side["max_abs_"])
        return [0.0] * len(factors), factors
    scales = _numbers(side["scale_"])
    if "min_" in side:
        pairs = zip(_numbers(side["min_"]), scales, strict=True)
        return [-least / scale for least, scale in pairs], [1 / scale for scale in scales]
    return _numbers(side["mean_"] if "mean_" in side else side["center_"]), scales


def _numbers(values: Any) -> list[float]:
    if not values or not all(type(each) in (int, float) for each in values):
        raise ValueError("no list of numbers")
    numbers = [float(each) for each in values]
    if not all(map(math.isfinite, numbers)):
        raise ValueError("a number that is not finite")
    return numbers
