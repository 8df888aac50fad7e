"""Evaluations as jobs: what they carry, and which of them count as an access."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.evaluate_job import (
    Evaluation,
    dropout_job,
    evaluation_job,
    newer_evaluation_job,
    seeds_job,
)
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest, evaluate
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster, train
from rnnstudio.core.training import Control, Event, Finished
from tests.core.cancelled import CancelledAtLook
from tests.core.stocks import made

WALK = made.walk(80, 60)
SPEC = ForecastSpec(window=5, units=3, epochs=1)


def trained(spec: ForecastSpec = SPEC, split: Split = WALK) -> TrainedForecaster:
    last = list(train(spec, split, Control(), fit))[-1]
    assert isinstance(last, Finished)
    assert isinstance(last.result, TrainedForecaster)
    return last.result


def result(events: Iterable[Event]) -> Evaluation:
    last = list(events)[-1]
    assert isinstance(last, Finished)
    assert last.seconds > 0
    assert isinstance(last.result, Evaluation)
    return last.result


def test_that_an_evaluation_has_forecast_summary_and_days_ahead() -> None:
    network = trained()
    found = result(evaluation_job(network, AccessLog(), EvaluationRequest(4), Control()))
    assert found.forecast.rmse == evaluate(network).rmse
    assert found.summary.network.errors.rmse == found.forecast.rmse
    assert len(found.future.predicted) == 4
    assert found.future.last == WALK.table.column("Open")[-1]
    assert found.forecast.accesses.count(found.forecast.dates) == 1


def test_that_only_an_evaluation_counts_as_an_access() -> None:
    found = result(evaluation_job(trained(), AccessLog(), EvaluationRequest(2), Control()))
    seeded = result(seeds_job(found, Control(), fit))
    sampled = result(dropout_job(seeded, Control()))
    assert sampled.forecast.accesses.count(found.forecast.dates) == 1
    assert sampled.dropout is not None
    assert sampled.summary.seeds is not None
    assert sampled.summary.seeds.rmses[0] == found.forecast.rmse


def test_that_a_newer_file_is_evaluated_on_its_new_days_alone() -> None:
    older = Split(WALK.table.part(slice(0, 70)), 60)
    found = result(
        newer_evaluation_job(
            trained(split=older), WALK.table, AccessLog(), EvaluationRequest(2), Control()
        )
    )
    assert found.forecast.dates.tolist() == WALK.table.dates[70:].tolist()


def test_that_a_network_without_dropout_cannot_be_sampled() -> None:
    network = trained(ForecastSpec(window=5, units=3, epochs=1, dropout=0.0))
    found = result(evaluation_job(network, AccessLog(), EvaluationRequest(2), Control()))
    with pytest.raises(UserError, match="no dropout"):
        list(dropout_job(found, Control()))


def test_when_stopped_before_it_begins_the_test_span_is_not_evaluated() -> None:
    control = Control()
    control.cancel()
    assert len(list(evaluation_job(trained(), AccessLog(), EvaluationRequest(2), control))) == 1


def test_that_an_evaluation_far_ahead_looks_at_the_control_on_every_day_and_stops_at_any() -> None:
    split, question = made.walk(260, 140), EvaluationRequest(100)
    network = trained(split=split)
    whole = CancelledAtLook(-1)
    assert isinstance(list(evaluation_job(network, AccessLog(), question, whole))[-1], Finished)
    assert whole.looks > 3 * 100  # the days ahead by horizon, the closed loop, the future
    for last in (1, 150, whole.looks):
        stopped = CancelledAtLook(last)
        events = list(evaluation_job(network, AccessLog(), question, stopped))
        assert not any(isinstance(event, Finished) for event in events)
        assert stopped.looks == last


def test_that_a_newer_file_seeds_and_dropout_stop_while_they_forecast() -> None:
    network = trained(replace(SPEC, dropout=0.2))
    found = result(evaluation_job(network, AccessLog(), EvaluationRequest(3), Control()))
    newer = made.walk(100, 60).table
    jobs = (
        lambda control: newer_evaluation_job(
            network, newer, AccessLog(), EvaluationRequest(3), control
        ),
        lambda control: seeds_job(found, control, fit),
        lambda control: dropout_job(found, control),
    )
    for job in jobs:
        whole = CancelledAtLook(-1)
        assert isinstance(list(job(whole))[-1], Finished)
        stopped = CancelledAtLook(whole.looks - 1)
        assert not any(isinstance(event, Finished) for event in job(stopped))
