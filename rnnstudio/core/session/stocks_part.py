"""The forecaster's part of a session's document."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import msgspec
import numpy as np

from rnnstudio.core.documents.damage import DamageError, require
from rnnstudio.core.documents.document_file import Document
from rnnstudio.core.documents.fields import Count, DocumentFields, plain, read_fields
from rnnstudio.core.messages import Message
from rnnstudio.core.session.analysis_part import (
    ClaimFields,
    LeaksFields,
    SearchWorkFields,
    WalkWorkFields,
    pack_claim,
    pack_leaks,
    pack_search,
    pack_walk,
    unpack_claim,
    unpack_leaks,
    unpack_search,
    unpack_walk,
)
from rnnstudio.core.session.analysis_work import ClaimWork
from rnnstudio.core.session.data_file import file_of
from rnnstudio.core.session.drawing_part import DrawingFields, pack_drawing, unpack_drawing
from rnnstudio.core.session.kept_prices import ForecasterView, OpenedPrices, StocksWork
from rnnstudio.core.session.session_parts import DataFields, NewParts, SavedParts
from rnnstudio.core.stocks.data.csv_import import CsvOptions, read_csv
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation, reapply
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.runs import RunEntry, Runs
from rnnstudio.core.stocks.files.runs_file import (
    KIND,
    VERSION,
    RunFigures,
    figures_of,
    runs_document,
    stored_runs,
    with_figures,
    with_rest,
)
from rnnstudio.core.stocks.files.serialization import (
    Accesses,
    PricesFields,
    is_finite,
    pack_table,
    table_from,
)
from rnnstudio.core.stocks.files.unfinished_file import KIND as UNFINISHED_KIND
from rnnstudio.core.stocks.files.unfinished_file import VERSION as UNFINISHED_VERSION
from rnnstudio.core.stocks.files.unfinished_file import (
    can_be_kept,
    unfinished_document,
    unfinished_from,
)
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import ForecastCheckpoint
from rnnstudio.core.training import stop_point

TABLE_KIND, TABLE_VERSION = "prices", 1
_Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d(T[\d:.]{1,20})?$")]


class OpenedPricesFields(DocumentFields, frozen=True):
    """An ``OpenedPrices``: its file, and how it was to be read."""

    data: DataFields
    options: CsvOptions


class AppliedFields(DocumentFields, frozen=True):
    """What the network in front gave on a file of newer days, which ``accesses`` count."""

    newer: OpenedPricesFields
    figures: RunFigures
    accesses: Accesses


class UnfinishedPart(DocumentFields, frozen=True):
    """The names of the documents of a training that is not finished, and of its prices."""

    training: str
    prices: str


class StocksFields(DocumentFields, frozen=True, omit_defaults=True):
    """A ``StocksWork``; older files have no ``unfinished``, ``drawing`` or ``claim``.

    ``table`` names the document of prices that came with a network, ``runs`` that of all runs.
    ``front`` is the place of the one in front; where it is none of them, ``alone`` names a document
    of it alone.
    """

    prices: OpenedPricesFields | None
    table: str | None
    test: OpenedPricesFields | None
    applied: AppliedFields | None
    spec: ForecastSpec
    test_day: _Day | None
    question: EvaluationRequest
    runs: str | None
    front: Count | None
    alone: str | None
    accesses: Annotated[dict[str, Accesses], msgspec.Meta(max_length=1_000)]
    walk: WalkWorkFields
    search: SearchWorkFields
    leaks: LeaksFields
    view: ForecasterView
    unfinished: UnfinishedPart | None = None
    drawing: DrawingFields = DrawingFields()
    claim: ClaimFields | None = None


def pack_stocks(work: StocksWork, parts: NewParts) -> Any:
    """The work as plain data, its files and runs among ``parts``.

    A network that ran away, whose numbers are not finite, is left out. Raises UserError where there
    are more runs than one document holds.
    """
    kept = _finite(work.runs)
    front = work.front if work.front is not None and is_finite(work.front.trained) else None
    places = [at for at, run in enumerate(kept) if front is not None and run is front]
    alone = None if places else front
    return plain(
        StocksFields(
            prices=_put(work.prices, "stocks.prices", parts),
            table=None
            if work.table is None
            else parts.put("stocks.table", work.table, _table_document),
            test=_put(work.test, "stocks.test", parts),
            applied=None if front is None else _put_applied(work, parts),
            spec=work.spec,
            test_day=None if work.test_day is None else str(work.test_day),
            question=work.question,
            runs=parts.put("stocks.runs", work.runs, _kept_document) if kept else None,
            front=places[0] if places else None,
            alone=None if alone is None else parts.put("stocks.alone", alone, _alone_document),
            accesses={digest: log.spans for digest, log in sorted(work.accesses.items())},
            walk=pack_walk(work.walk, parts),
            search=pack_search(work.search, parts),
            leaks=pack_leaks(work.leaks),
            view=work.view,
            unfinished=_put_unfinished(work.unfinished, parts),
            drawing=pack_drawing(work.drawing),
            claim=None if work.claim == ClaimWork() else pack_claim(work.claim),
        )
    )


def unpack_stocks(content: Any, parts: SavedParts) -> StocksWork:
    """The work that ``pack_stocks`` packed, evaluated anew; raises UserError and DamageError."""
    fields = read_fields(content, StocksFields, "stocks")
    kept = _runs(fields.runs, parts)
    require(fields.front is None or fields.front < len(kept), Message("a run that is not there"))
    alone = _runs(fields.alone, parts)
    front = kept[fields.front] if fields.front is not None else next(iter(alone), None)
    runs = Runs(tuple(kept))
    newer, applied = _applied(fields.applied, front, parts)
    chosen = tuple(name for name in fields.view.runs if name in runs.names)
    return StocksWork(
        prices=_opened(fields.prices, parts),
        table=None if fields.table is None else _table(fields.table, parts),
        test=_opened(fields.test, parts),
        newer=newer,
        applied=applied,
        spec=fields.spec,
        test_day=None if fields.test_day is None else np.datetime64(fields.test_day),
        question=fields.question,
        front=front,
        runs=runs,
        accesses={digest: AccessLog(spans) for digest, spans in fields.accesses.items()},
        walk=unpack_walk(fields.walk, parts),
        search=unpack_search(fields.search, parts),
        leaks=unpack_leaks(fields.leaks),
        view=replace(fields.view, runs=chosen),
        unfinished=None if fields.unfinished is None else _unfinished(fields.unfinished, parts),
        drawing=unpack_drawing(fields.drawing),
        claim=ClaimWork() if fields.claim is None else unpack_claim(fields.claim),
    )


def _finite(runs: Runs) -> tuple[RunEntry, ...]:
    return tuple(run for run in runs.kept if is_finite(run.trained))


def _kept_document(runs: Runs) -> Document:
    return runs_document(_finite(runs))


def _alone_document(run: RunEntry) -> Document:
    return runs_document((run,))


def _table_document(table: PriceTable) -> Document:
    packed = pack_table(table)
    return Document(TABLE_KIND, TABLE_VERSION, packed.content, packed.arrays)


def _table(name: str, parts: SavedParts) -> PriceTable:
    document = parts.document(name, TABLE_KIND, TABLE_VERSION)
    return table_from(read_fields(document.content, PricesFields), document.arrays)


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


def _put_applied(work: StocksWork, parts: NewParts) -> AppliedFields | None:
    newer = _put(work.newer, "stocks.newer", parts)
    if newer is None or work.applied is None:
        return None
    accesses = work.applied.forecast.accesses.spans
    return AppliedFields(newer=newer, figures=figures_of(work.applied), accesses=accesses)


def _put_unfinished(
    unfinished: ForecastCheckpoint | None, parts: NewParts
) -> UnfinishedPart | None:
    if unfinished is None or not can_be_kept(unfinished):
        return None
    return UnfinishedPart(
        training=parts.put("stocks.unfinished", unfinished, unfinished_document),
        prices=parts.put("stocks.unfinished.prices", unfinished.data.split.table, _table_document),
    )


def _unfinished(fields: UnfinishedPart, parts: SavedParts) -> ForecastCheckpoint:
    stop_point()
    table = _table(fields.prices, parts)
    document = parts.document(fields.training, UNFINISHED_KIND, UNFINISHED_VERSION)
    return unfinished_from(document, table)


def _opened(fields: OpenedPricesFields | None, parts: SavedParts) -> OpenedPrices | None:
    data = None if fields is None else parts.data(fields.data)
    if fields is None or data is None:
        return None
    with file_of(data) as path:
        return OpenedPrices(data, fields.options, read_csv(path, fields.options))


def _applied(
    fields: AppliedFields | None, front: RunEntry | None, parts: SavedParts
) -> tuple[OpenedPrices | None, Evaluation | None]:
    """The newer file and what the network in front gave on it; None where the file is not there."""
    newer = None if fields is None else _opened(fields.newer, parts)
    if fields is None or newer is None:
        return None, None
    if front is None:
        raise DamageError(Message("newer days without a network"))
    accesses, figures = AccessLog(fields.accesses), fields.figures
    applied = reapply(front.trained, newer.reading.table, accesses, figures.question)
    require(applied.forecast.accesses == accesses, Message("other days than were forecast"))
    return newer, with_rest(applied, figures)
