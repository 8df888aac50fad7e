"""The forecaster's part of a session's document."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import numpy as np

from rnnstudio.core.documents.damage import require
from rnnstudio.core.documents.document_file import Document
from rnnstudio.core.documents.fields import Count, DocumentFields, plain, read_fields
from rnnstudio.core.messages import Message
from rnnstudio.core.session.data_file import file_of
from rnnstudio.core.session.inspector_part import Pages
from rnnstudio.core.session.session import OpenedPrices, StocksWork
from rnnstudio.core.session.session_parts import NewParts, SavedParts
from rnnstudio.core.stocks.data.csv_import import CsvOptions, read_csv
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.runs import RunEntry, Runs
from rnnstudio.core.stocks.files.runs_file import (
    KIND,
    VERSION,
    runs_document,
    stored_runs,
    with_figures,
)
from rnnstudio.core.stocks.files.serialization import Accesses
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.training import stop_point

_Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d(T[\d:.]{1,20})?$")]


class OpenedPricesFields(DocumentFields, frozen=True):
    """An ``OpenedPrices``: its file, and how it was to be read."""

    data: dict[str, Any]
    options: CsvOptions


class StocksFields(DocumentFields, frozen=True):
    """A ``StocksWork``.

    ``runs`` names the document of all runs. ``front`` is the place of the one in front; where it is
    none of them, ``alone`` names a document of it alone.
    """

    prices: OpenedPricesFields | None
    test: OpenedPricesFields | None
    newer: OpenedPricesFields | None
    spec: ForecastSpec
    test_day: _Day | None
    runs: str | None
    front: Count | None
    alone: str | None
    accesses: Annotated[dict[str, Accesses], msgspec.Meta(max_length=1_000)]
    pages: Pages


def pack_stocks(work: StocksWork, parts: NewParts) -> Any:
    """The work as plain data, its files and runs among ``parts``.

    Raises UserError where a network's numbers are not finite any more, or there are more runs than
    one document holds.
    """
    front = work.front
    places = [
        at
        for at, run in enumerate(work.runs.kept)
        if front is not None and run.trained is front.trained
    ]
    alone = None if places else front
    return plain(
        StocksFields(
            prices=_put(work.prices, "stocks.prices", parts),
            test=_put(work.test, "stocks.test", parts),
            newer=_put(work.newer, "stocks.newer", parts),
            spec=work.spec,
            test_day=None if work.test_day is None else str(work.test_day),
            runs=parts.put("stocks.runs", work.runs, _kept) if work.runs.kept else None,
            front=places[0] if places else None,
            alone=None if alone is None else parts.put("stocks.alone", alone, _only),
            accesses={digest: log.spans for digest, log in sorted(work.accesses.items())},
            pages=work.pages,
        )
    )


def unpack_stocks(content: Any, parts: SavedParts) -> StocksWork:
    """The work that ``pack_stocks`` packed, evaluated anew; raises UserError and DamageError."""
    fields = read_fields(content, StocksFields, "stocks")
    kept = _runs(fields.runs, parts)
    require(fields.front is None or fields.front < len(kept), Message("a run that is not there"))
    alone = _runs(fields.alone, parts)
    front = kept[fields.front] if fields.front is not None else next(iter(alone), None)
    newer = _opened(fields.newer, parts)
    return StocksWork(
        prices=_opened(fields.prices, parts),
        test=_opened(fields.test, parts),
        newer=newer,
        spec=fields.spec,
        test_day=None if fields.test_day is None else np.datetime64(fields.test_day),
        front=front,
        runs=Runs(tuple(kept)),
        accesses={digest: AccessLog(spans) for digest, spans in fields.accesses.items()},
        pages=fields.pages,
    )


def _kept(runs: Runs) -> Document:
    return runs_document(runs.kept)


def _only(run: RunEntry) -> Document:
    return runs_document((run,))


def _runs(name: str | None, parts: SavedParts) -> list[RunEntry]:
    if name is None:
        return []
    stored = stored_runs(parts.document(name, KIND, VERSION), parts.path)
    runs = []
    for run, figures in stored:
        stop_point()
        runs.append(with_figures(parts.path, run, figures))
    return runs


def _put(opened: OpenedPrices | None, name: str, parts: NewParts) -> OpenedPricesFields | None:
    if opened is None:
        return None
    return OpenedPricesFields(data=parts.put_data(name, opened.data), options=opened.options)


def _opened(fields: OpenedPricesFields | None, parts: SavedParts) -> OpenedPrices | None:
    data = None if fields is None else parts.data(fields.data)
    if fields is None or data is None:
        return None
    with file_of(data) as path:
        return OpenedPrices(data, fields.options, read_csv(path, fields.options))
