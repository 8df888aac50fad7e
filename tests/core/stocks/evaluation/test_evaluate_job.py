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
    question_job,
    seeds_job,
    verdict_job,
)
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest, evaluate
from rnnstudio.core.stocks.evaluation.summary import summarize
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster, train
from rnnstudio.core.training import Checkpoint, Control, Event, Finished, Training
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


def out_of_order() -> Training:
    """Three seeds, of which the third is trained before the second."""
    one, two, three = (trained(replace(SPEC, seed=seed)) for seed in (1, 2, 3))
    yield Checkpoint(1, (None, None, three))
    yield Checkpoint(2, (one, None, three))
    yield Checkpoint(3, (one, two, three))
    yield Finished(3, 0.1, (one, two, three))


def test_that_seeds_are_judged_as_they_come_with_one_access() -> None:
    events = list(verdict_job(out_of_order(), AccessLog(), EvaluationRequest(2), Control()))
    network, two_seeds, three_seeds = (e.state for e in events if isinstance(e, Checkpoint))
    assert network.spec.seed == 1
    expected = [evaluate(trained(replace(SPEC, seed=seed))).rmse for seed in (1, 2, 3)]
    assert two_seeds.summary.seeds.rmses == (expected[0], expected[2])
    assert three_seeds.summary.seeds.rmses == tuple(expected)
    found = result(events)
    assert found.summary.seeds == three_seeds.summary.seeds
    assert found.forecast.accesses.count(found.forecast.dates) == 1
    at_once = summarize(found.forecast, [trained(replace(SPEC, seed=seed)) for seed in (2, 3)])
    assert found.summary.sentence == at_once.sentence


def test_that_a_stop_before_the_first_seed_opens_nothing() -> None:
    control = Control()
    control.cancel()
    found = list(verdict_job(out_of_order(), AccessLog(), EvaluationRequest(2), control))
    assert not any(isinstance(getattr(event, "state", None), Evaluation) for event in found)


def test_that_another_question_of_the_same_days_opens_nothing_and_keeps_the_seeds() -> None:
    first = result(verdict_job(out_of_order(), AccessLog(), EvaluationRequest(2), Control()))
    asked = result(question_job(first, EvaluationRequest(5, 0.8), Control()))
    assert len(asked.future.dates) == 5
    assert asked.summary.nominal is None or asked.summary.nominal == 0.8
    assert asked.forecast.accesses == first.forecast.accesses
    assert asked.summary.seeds == first.summary.seeds
    assert asked.summary.sentence == first.summary.sentence


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
