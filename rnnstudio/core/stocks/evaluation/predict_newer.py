"""A trained forecaster on a newer file of the same share."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.trading_calendar import days_between
from rnnstudio.core.stocks.evaluation.forecast import (
    USUAL,
    EvaluationRequest,
    Forecast,
    forecast_rows,
)
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.stocks.model.scaling import require_usable

LONGEST_GAP = 14
"""Days without trading that holidays can explain; after a longer gap days are missing."""
LARGEST_JUMP = 2.0
"""A price that is this many times the one before it is another share's, or a split's."""
LARGEST_DIFFERENCE = 0.005
"""Two files of one share may round differently; a dividend adjusts by more."""


def predict_newer(
    trained: TrainedForecaster,
    newer: PriceTable,
    accesses: AccessLog,
    question: EvaluationRequest = USUAL,
) -> Forecast:
    """Forecast the days of ``newer`` that come after all days the forecaster's table has.

    Where ``newer`` holds the days that its first new day is forecast from, they are taken from it;
    else from the forecaster's own table. Raises UserError when ``newer`` lacks a column, brings no
    newer day, does not go on where the table ends, or is not a file of the same share.
    """
    table, new = continued(trained, newer)
    rows = range(table.rows - new, table.rows)
    counted = accesses.opened(table.dates[rows.start :])
    return forecast_rows(trained, table, rows, counted, question)


def continued(trained: TrainedForecaster, newer: PriceTable) -> tuple[PriceTable, int]:
    """The forecaster's table gone on with ``newer``, and how many of its rows are new.

    Raises UserError as ``predict_newer`` does.
    """
    older, columns = trained.split.table, trained.spec.columns
    require_usable(trained.spec, newer)
    first = int(np.searchsorted(newer.dates, older.dates[-1], side="right"))
    if first == newer.rows:
        raise UserError(
            "{source} ends on {dates}, and {source_2} goes to {dates_2} already; choose a file "
            "with later days.",
            source=newer.source,
            dates=newer.dates[-1],
            source_2=older.source,
            dates_2=older.dates[-1],
        )
    _require_no_gap(older, newer, first)
    if first >= trained.spec.lookback:
        return newer, newer.rows - first
    _require_agreement(older, newer, columns)
    _require_no_jump(older, newer, first, trained.spec.target)
    joined = {
        name: np.concatenate([older.column(name), newer.column(name)[first:]]) for name in columns
    }
    dates = np.concatenate([older.dates, newer.dates[first:]])
    return PriceTable(newer.source, dates, joined), newer.rows - first


def _require_no_gap(older: PriceTable, newer: PriceTable, first: int) -> None:
    gap = int(days_between(older.dates[-1:], newer.dates[first : first + 1])[0])
    usual = int(days_between(older.dates[:-1], older.dates[1:]).max()) if older.rows > 1 else 1
    if gap > max(LONGEST_GAP, usual):
        raise UserError(
            "{source} goes on on {dates}, {gap} days after the end of {source_2} on {dates_2}; "
            "choose a file that has the days between.",
            source=newer.source,
            dates=newer.dates[first],
            gap=gap,
            source_2=older.source,
            dates_2=older.dates[-1],
        )


def _require_agreement(older: PriceTable, newer: PriceTable, columns: tuple[str, ...]) -> None:
    _, mine, theirs = np.intersect1d(older.dates, newer.dates, return_indices=True)
    for name in columns:
        was, now = older.column(name)[mine], newer.column(name)[theirs]
        wrong = np.flatnonzero(np.abs(now - was) > LARGEST_DIFFERENCE * np.abs(was))
        if len(wrong):
            at = wrong[0]
            raise UserError(
                "On {dates} {name} is {was:g} in {source} and {now:g} in {source_2}: it is "
                "another share, or adjusted anew; choose a file of the same share that goes "
                "further back.",
                dates=older.dates[mine[at]],
                name=name,
                was=was[at],
                source=older.source,
                now=now[at],
                source_2=newer.source,
            )


def _require_no_jump(older: PriceTable, newer: PriceTable, first: int, target: str) -> None:
    was, now = older.column(target)[-1], newer.column(target)[first]
    if not 1 / LARGEST_JUMP < now / was < LARGEST_JUMP:
        raise UserError(
            "{target} jumps from {was:g} on {dates} to {now:g} on {dates_2}: {source} is of "
            "another share, or the share was split; choose a file of the same share in the "
            "same prices.",
            target=target,
            was=was,
            dates=older.dates[-1],
            now=now,
            dates_2=newer.dates[first],
            source=newer.source,
        )
