"""Walks and searches as documents: their prices, their plan, and the forecasts that are done.

A fold that came to nothing is not kept: it is tried anew when the walk or the search goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec
import numpy as np
import numpy.typing as npt

from rnnstudio.core.documents.damage import require
from rnnstudio.core.documents.document_file import Document
from rnnstudio.core.documents.fields import Count, DocumentFields, plain, read_fields
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.files.serialization import (
    PricesFields,
    pack_table,
    prefixed,
    prices_fields,
    table_from,
    under,
)
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.validation.folds import Fold, FoldForecast, Outcome
from rnnstudio.core.stocks.validation.search import SearchPlan, SearchTable, new_search
from rnnstudio.core.stocks.validation.search_space import SearchSpace
from rnnstudio.core.stocks.validation.walk_forward import Walk, new_walk

WALK_KIND, SEARCH_KIND, VERSION = "walk", "search", 1
_MOST_FOLDS = 100_000
_VALUES: Mapping[str, Any] = {
    "features": tuple[tuple[str, ...], ...],
    "patience": tuple[int | None, ...],
    **dict.fromkeys(("quantity", "cell", "engine"), tuple[str, ...]),
    **dict.fromkeys(("window", "layers", "units", "epochs", "batch_size", "seed"), tuple[int, ...]),
    **dict.fromkeys(("dropout", "learning_rate", "validation"), tuple[float, ...]),
}
"""The type of the values of each setting that a search tries."""

Arrays = dict[str, npt.NDArray[Any]]


class WalkFields(DocumentFields, frozen=True):
    """A ``Walk`` without its forecasts."""

    prices: PricesFields
    spec: ForecastSpec
    rows_train: Count
    rows_validation: Count
    every: Count


class SearchFields(DocumentFields, frozen=True):
    """A ``SearchTable`` without its forecasts; ``values`` are those of the plan's space."""

    prices: PricesFields
    base: ForecastSpec
    values: Annotated[tuple[tuple[str, Any], ...], msgspec.Meta(max_length=len(_VALUES))]
    folds: Annotated[int, msgspec.Meta(ge=2, le=1_000)]
    gap: Count | None
    draws: Count | None


def walk_document(walk: Walk) -> Document:
    """A walk over one share as a document."""
    table = walk.split.table
    content = plain(
        WalkFields(
            prices=prices_fields(table),
            spec=walk.spec,
            rows_train=walk.split.rows_train,
            rows_validation=walk.split.rows_validation,
            every=walk.every,
        )
    )
    return Document(WALK_KIND, VERSION, content, _arrays(table, walk.outcomes))


def walk_from(document: Document) -> Walk:
    """The walk that ``walk_document`` packed; raises what is in ``damage.DAMAGE`` and UserError."""
    fields, arrays = read_fields(document.content, WalkFields), document.arrays
    table = table_from(fields.prices, under("prices.", arrays))
    split = Split(table, fields.rows_train, fields.rows_validation)
    require(split.rows_train > 0 and split.rows_known < table.rows, Message("no such spans"))
    walk = new_walk(fields.spec, split, fields.every)
    for place, forecast in _unpacked(arrays, walk.folds):
        walk = walk.put(place, forecast)
    return walk


def search_document(table: SearchTable) -> Document:
    """A search as a document."""
    plan = table.plan
    content = plain(
        SearchFields(
            prices=prices_fields(table.known),
            base=plan.base,
            values=tuple(plan.space.values.items()),
            folds=plan.folds,
            gap=plan.gap,
            draws=plan.draws,
        )
    )
    return Document(SEARCH_KIND, VERSION, content, _arrays(table.known, table.outcomes))


def search_from(document: Document) -> SearchTable:
    """The search that ``search_document`` packed; raises as ``walk_from`` does."""
    fields, arrays = read_fields(document.content, SearchFields), document.arrays
    known = table_from(fields.prices, under("prices.", arrays))
    require(all(name in _VALUES for name, _ in fields.values), Message("no such setting"))
    values = {name: read_fields(each, _VALUES[name], name) for name, each in fields.values}
    plan = SearchPlan(fields.base, SearchSpace(values), fields.folds, fields.gap, fields.draws)
    table = new_search(plan, Split(known, known.rows))
    return table.put_all(dict(_unpacked(arrays, table.folds)))


def _arrays(prices: PriceTable, outcomes: Sequence[Outcome | None]) -> Arrays:
    """The prices, the forecasts that are there behind one another, the places of their folds."""
    done = [(at, each) for at, each in enumerate(outcomes) if isinstance(each, FoldForecast)]
    predicted = [value for _, each in done for value in each.predicted]
    return {
        **prefixed("prices.", pack_table(prices).arrays),
        "places": np.array([at for at, _ in done], dtype=np.int64),
        "epochs": np.array([each.epochs for _, each in done], dtype=np.int64),
        "shrinkage": np.array([each.shrinkage for _, each in done], dtype=np.float64),
        "seconds": np.array([each.seconds for _, each in done], dtype=np.float64),
        "predicted": np.array(predicted, dtype=np.float64),
    }


def _unpacked(
    arrays: Mapping[str, npt.NDArray[Any]], folds: Sequence[Fold]
) -> list[tuple[int, FoldForecast]]:
    places, epochs = _column(arrays, "places", np.int64), _column(arrays, "epochs", np.int64)
    shrinkage, seconds = (_column(arrays, name, np.float64) for name in ("shrinkage", "seconds"))
    predicted = _column(arrays, "predicted", np.float64)
    require(len(places) == len(epochs) == len(shrinkage) == len(seconds), Message("no such folds"))
    increasing = bool((np.diff(places) > 0).all())
    inside = not len(places) or (places[0] >= 0 and places[-1] < len(folds))
    require(increasing and inside and len(folds) <= _MOST_FOLDS, Message("no such folds"))
    possible = (epochs >= 1) & (shrinkage >= 0) & (shrinkage <= 1) & (seconds >= 0)
    require(bool(possible.all()), Message("no such forecasts"))
    ends = np.cumsum([len(folds[place].rows) for place in places.tolist()], dtype=np.int64)
    require(len(predicted) == (ends[-1] if len(ends) else 0), Message("other days than forecast"))
    if not len(places):
        return []
    return [
        (place, FoldForecast(tuple(each.tolist()), *figures))
        for place, each, *figures in zip(
            places.tolist(),
            np.split(predicted, ends[:-1]),
            epochs.tolist(),
            shrinkage.tolist(),
            seconds.tolist(),
            strict=True,
        )
    ]


def _column(arrays: Mapping[str, npt.NDArray[Any]], name: str, dtype: Any) -> npt.NDArray[Any]:
    found = arrays[name]
    require(found.dtype == dtype and found.ndim == 1, Message("no such forecasts"))
    require(bool(np.isfinite(found).all()), Message("no such forecasts"))
    return found
