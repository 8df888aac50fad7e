"""A forecaster's training that is not finished, as a file from which it goes on to the last bit.

Anyone may have written the file. What follows from the settings and the prices, such as the
scalers, is computed anew.

Weights, moments and losses are float32 or float64 and have no unit.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rnnstudio.core.documents.damage import from_stranger, require
from rnnstudio.core.documents.document_file import Document, load, save
from rnnstudio.core.documents.fields import (
    AtLeastZero,
    Count,
    DocumentFields,
    plain,
    read_fields,
)
from rnnstudio.core.engine.network import weight_shapes
from rnnstudio.core.engine.optimizers import make_optimizer
from rnnstudio.core.engine.spec import FitCheckpoint, FloatArray, Weights
from rnnstudio.core.engine.trainer import MASKS_BYTES
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.files.serialization import (
    Arrays,
    Environments,
    PricesFields,
    losses_from,
    pack_spec,
    pack_table,
    spec_from,
    table_from,
)
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import (
    ForecastCheckpoint,
    TrainingData,
    training_data,
)

KIND, VERSION = "unfinished forecast", 1


class UnfinishedFields(DocumentFields, frozen=True):
    """A ``ForecastCheckpoint`` without its prices and arrays."""

    spec: dict[str, Any]
    rows_train: Count
    rows_validation: Count
    step: Count
    loss_sum: float
    seconds: AtLeastZero
    environments: Environments


def save_unfinished(path: Path, unfinished: ForecastCheckpoint) -> None:
    """Write the training with its prices; raises UserError when it cannot be written."""
    table, document = pack_table(unfinished.data.split.table), unfinished_document(unfinished)
    content, arrays = {**table.content, **document.content}, {**table.arrays, **document.arrays}
    save(path, Document(KIND, VERSION, content, arrays))


def load_unfinished(path: Path) -> ForecastCheckpoint:
    """Read a training; raises UserError when there is none, or it is inconsistent."""
    document = load(path, KIND, VERSION)
    with from_stranger(path):
        table = table_from(read_fields(document.content, PricesFields), document.arrays)
        return unfinished_from(document, table)


def can_be_kept(unfinished: ForecastCheckpoint) -> bool:
    """Whether its numbers are finite, so that a file can hold it."""
    spec, memory = unfinished.data.spec, unfinished.fit.memory
    finite = all(np.isfinite(_flat(spec, weights)).all() for weights in memory.values())
    return finite and math.isfinite(unfinished.fit.loss_sum)


def unfinished_document(unfinished: ForecastCheckpoint) -> Document:
    """The training as a document without its prices."""
    spec, split, fit = unfinished.data.spec, unfinished.data.split, unfinished.fit
    content = UnfinishedFields(
        spec=pack_spec(spec),
        rows_train=split.rows_train,
        rows_validation=split.rows_validation,
        step=fit.step,
        loss_sum=fit.loss_sum,
        seconds=fit.seconds,
        environments=unfinished.environments,
    )
    arrays: dict[str, Any] = {"masks": np.frombuffer(fit.masks, np.uint8), "losses": fit.losses}
    if fit.held_out_losses is not None:
        arrays["held_out_losses"] = fit.held_out_losses
    arrays |= {name: _flat(spec, weights) for name, weights in fit.memory.items()}
    return Document(KIND, VERSION, plain(content), arrays)


def unfinished_from(document: Document, table: PriceTable) -> ForecastCheckpoint:
    """The training on ``table``; raises what is in ``damage.DAMAGE``, and UserError."""
    fields, arrays = read_fields(document.content, UnfinishedFields), document.arrays
    spec = spec_from(fields.spec, table)
    split = Split(table, fields.rows_train, fields.rows_validation)
    require(split.rows_train > spec.lookback and split.rows_test >= 1, Message("no such spans"))
    data = training_data(spec, split)
    spans = (data.split.rows_train, data.split.rows_validation)
    require(spans == (split.rows_train, split.rows_validation), Message("no such spans"))
    return ForecastCheckpoint(data, _fit_checkpoint(fields, arrays, data), fields.environments)


def _fit_checkpoint(fields: UnfinishedFields, arrays: Arrays, data: TrainingData) -> FitCheckpoint:
    spec, masks = data.spec, arrays["masks"]
    losses = losses_from(arrays["losses"], spec.epochs - 1)
    batches = fields.step - len(losses) * data.epoch_batches
    require(fields.step > 0 and 0 <= batches <= data.epoch_batches, Message("no such step"))
    held_out = None
    if data.held_out is not None:
        held_out = losses_from(arrays["held_out_losses"], spec.epochs - 1)
        require(len(held_out) == len(losses), Message("no such losses"))
    fits = masks.dtype == np.uint8 and masks.shape == (_masks_bytes(spec),)
    require(fits, Message("no such random numbers"))
    return FitCheckpoint(
        fields.step,
        {name: _weights(spec, name, arrays[name]) for name in _memory_names(spec)},
        masks.tobytes(),
        losses,
        held_out,
        fields.loss_sum,
        min(batches * spec.batch_size, len(data.train.rows)),
        fields.seconds,
    )


def _flat(spec: ForecastSpec, weights: Weights) -> FloatArray:
    """All arrays of ``weights`` behind one another: a document holds few arrays, a network many."""
    layers = zip(weights, weight_shapes(spec.model), strict=True)
    return np.concatenate([layer[name].ravel() for layer, shapes in layers for name in shapes])


def _weights(spec: ForecastSpec, name: str, flat: npt.NDArray[Any]) -> Weights:
    """The arrays that ``_flat`` laid behind one another."""
    layers = weight_shapes(spec.model)
    sizes = [math.prod(shape) for shapes in layers for shape in shapes.values()]
    fits = flat.dtype == spec.fit.dtype and flat.shape == (sum(sizes),)
    require(fits and bool(np.isfinite(flat).all()), Message("weights {name}", {"name": name}))
    require(name != "v" or bool((flat >= 0).all()), Message("a negative mean of squares"))
    parts = iter(np.split(flat, np.cumsum(sizes)[:-1]))
    return [
        {each: next(parts).reshape(shape) for each, shape in shapes.items()} for shapes in layers
    ]


def _memory_names(spec: ForecastSpec) -> tuple[str, ...]:
    moments = make_optimizer(spec.fit.optimizer, np.zeros(1)).moments()
    return ("now", *moments, *(() if spec.patience is None else ("best",)))


def _masks_bytes(spec: ForecastSpec) -> int:
    return MASKS_BYTES if spec.engine == "numpy" else 0
