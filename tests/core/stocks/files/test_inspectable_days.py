"""Which days of a run the inspector may look at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.export.inspector_scene import to_scene
from rnnstudio.core.stocks.files.runs import inspectable, row_on
from tests.core.stocks import made
from tests.core.stocks.files.examples import SPLIT, opened, unevaluated


def test_that_an_unevaluated_test_span_cannot_be_looked_at() -> None:
    known = SPLIT.rows_known
    assert inspectable(unevaluated()) == range(unevaluated().trained.spec.lookback, known)
    assert inspectable(opened()).stop == SPLIT.table.rows
    last = SPLIT.table.dates[-1]
    assert row_on(unevaluated(), last) == known - 1
    assert row_on(opened(), last) == SPLIT.table.rows - 1
    assert row_on(opened(), SPLIT.table.dates[0]) == opened().trained.spec.lookback


def test_that_the_days_without_trading_lead_to_the_day_before() -> None:
    holidays = SPLIT.table.part(slice(0, 110, 2))
    run = unevaluated(made.SOUND, replace(SPLIT, table=holidays, rows_train=40))
    day = holidays.dates[30]
    assert row_on(run, day + 1) == 30


def test_that_the_scene_ends_with_the_day_before_the_one_that_is_forecast() -> None:
    run = opened()
    row = row_on(run, run.table.dates[-1])
    scene = to_scene(run.trained, run.table, row)
    assert scene.labels[-1] == str(run.table.dates[-2])
    assert len(scene.labels) == run.trained.spec.window


def test_that_of_a_day_of_several_rows_the_last_is_looked_at() -> None:
    table = SPLIT.table
    moments = table.dates[0].astype("datetime64[h]") + 12 * np.arange(table.rows)
    twice_a_day = PriceTable(table.source, moments, table.columns)
    run = unevaluated(made.SOUND, replace(SPLIT, table=twice_a_day))
    assert row_on(run, moments[30].astype("datetime64[D]")) == 31
