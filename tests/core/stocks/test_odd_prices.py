"""Prices that never move, are 0 or far apart, and spans as short as can be: a sentence or figures,
and nowhere a NaN, an infinity or an exception of another kind."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.cli.stocks_result import summary_text
from rnnstudio.core.engine.initial import initial_weights
from rnnstudio.core.engine.spec import TrainedModel
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation, evaluate_summarized
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.evaluation.wording import (
    coverage_sentence,
    lag_sentence,
    seeds_sentence,
    skill_cell,
    skill_sentence,
)
from rnnstudio.core.stocks.export.csv_export import days_csv, summary_csv
from rnnstudio.core.stocks.export.forecast_json import future_json, to_json
from rnnstudio.core.stocks.export.html.html_report import html_report
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster, training_data
from tests.core.stocks import made

NO_NUMBER = re.compile(r"(?<![a-z])(nan|inf|infinity)(?![a-z])|∞", re.IGNORECASE)


def evaluation(values: FloatArray, rows_train: int, spec: ForecastSpec, days: int) -> Evaluation:
    """An evaluation by a network that was not trained."""
    split = Split(made.table(values), rows_train)
    model = TrainedModel(spec.model, initial_weights(spec.model, 1), np.zeros(0))
    trained = TrainedForecaster(training_data(spec, split), model, 1.0, 0.0)
    return evaluate_summarized(trained, AccessLog(), EvaluationRequest(days))


def described(found: Evaluation) -> str:
    """All that a person can read of it."""
    forecast, summary = found.forecast, found.summary
    json.dumps([to_json(forecast, summary), future_json(found.future)], allow_nan=False)
    words = (
        summary_text(forecast, summary),
        summary.sentence,
        summary.closed_sentence,
        *summary.cautions,
        *found.future.notes,
        skill_sentence(summary.skill, summary.days),
        lag_sentence(summary.lag, summary.days),
        seeds_sentence(summary),
        coverage_sentence(summary),
        skill_cell(summary.skill),
        days_csv(found),
        summary_csv(summary),
        re.sub(r"<[^>]*>", " ", html_report(found, datetime(2026, 1, 1, tzinfo=UTC))),
    )
    return "\n".join(map(str, words))


def said_of(values: FloatArray, rows_train: int, spec: ForecastSpec, days: int) -> str:
    """The figures of these prices in words, or the sentence that says why there are none."""
    try:
        return described(evaluation(values, rows_train, spec, days))
    except UserError as error:
        return str(error)


SPECS = [
    made.SINGLE,
    made.PAPER,
    replace(made.PAPER, features=("High",), validation=0.3),
]


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize(("rows", "known"), [(40, 28), (40, 39), (9, 8)])
@pytest.mark.parametrize("kind", ["constant", "zero", "a zero", "tiny", "huge", "walk"])
def test_that_odd_prices_give_figures_or_a_sentence(
    spec: ForecastSpec, rows: int, known: int, kind: str
) -> None:
    walk = made.walk(rows, known).table.column("Open")
    values = {
        "constant": np.full(rows, 5.0),
        "zero": np.zeros(rows),
        "a zero": np.where(np.arange(rows) == known, 0.0, walk),
        "tiny": walk * 1e-12,
        "huge": walk * 1e12,
        "walk": walk,
    }[kind]
    assert not NO_NUMBER.search(said_of(values, known, spec, days=12))


@settings(max_examples=15)
@given(
    st.lists(st.just(0.0) | st.floats(1e-6, 1e6), min_size=8, max_size=40),
    st.integers(6, 30),
    st.sampled_from(SPECS),
    st.integers(1, 12),
)
def test_that_any_prices_give_figures_or_a_sentence(
    prices: list[float], known: int, spec: ForecastSpec, days: int
) -> None:
    known = min(known, len(prices) - 1)
    assert not NO_NUMBER.search(said_of(np.array(prices), known, spec, days))
