"""Leakage by construction: whatever the future holds, what was made before it is equal to the bit.

Every piece that is fitted, chosen or calibrated is made twice, from prices that differ from some
row on. The break was tried: a scaler fitted on all rows turns most of these red, intervals
that reach into the test span the first four.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.stocks.evaluation.forecast import evaluate
from rnnstudio.core.stocks.evaluation.future import future
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.stocks.model.rollout import rollout
from tests.core.stocks import made

SPLIT = made.walk(130, 90)
SPECS = {
    "paper": made.PAPER,
    "paper with validation": replace(made.PAPER, validation=0.25),
    "sound": made.SOUND,
    "sound, one feature": made.SINGLE,
    "two layers": replace(made.SOUND, layers=2),
}
each_spec = pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)


def weights(trained: TrainedForecaster) -> list[np.ndarray]:
    return [array for layer in trained.model.weights for array in layer.values()]


@each_spec
def test_that_nothing_that_is_learnt_or_chosen_knows_the_test_span(spec: ForecastSpec) -> None:
    one, other = made.trained(SPLIT, spec), made.trained(made.changed(SPLIT, 90), spec)
    for mine, theirs in zip(weights(one), weights(other), strict=True):
        np.testing.assert_array_equal(mine, theirs)
    assert one.scaling == other.scaling
    assert one.shrinkage == other.shrinkage
    np.testing.assert_array_equal(one.model.losses, other.model.losses)
    assert (evaluate(one).intervals is None) == (spec.validation == 0)


@each_spec
@pytest.mark.parametrize("row", [90, 104, 129])
def test_that_a_changed_day_leaves_every_forecast_up_to_it_as_it_was(
    spec: ForecastSpec, row: int
) -> None:
    before = evaluate(made.trained(SPLIT, spec))
    after = evaluate(made.trained(made.changed(SPLIT, row), spec))
    same = row - 90 + 1
    np.testing.assert_array_equal(before.ahead[:same], after.ahead[:same])
    np.testing.assert_array_equal(before.closed_loop, after.closed_loop)
    if same < 40:
        assert not np.array_equal(before.ahead[same], after.ahead[same])
    if spec.validation:
        assert before.intervals is not None
        assert after.intervals is not None
        widths = before.intervals.widths, after.intervals.widths
        np.testing.assert_array_equal(widths[0][:same], widths[1][:same])
        if same < 40:
            assert not np.array_equal(widths[0][same:], widths[1][same:])


@pytest.mark.parametrize("spec", [made.SOUND, made.PAPER], ids=["sound", "paper"])
def test_that_validation_days_change_what_is_chosen_and_not_what_is_scaled(
    spec: ForecastSpec,
) -> None:
    spec = replace(spec, validation=0.25)
    one, other = made.trained(SPLIT, spec), made.trained(made.changed(SPLIT, 75), spec)
    assert one.scaling == other.scaling
    assert not np.array_equal(one.model.held_out_losses, other.model.held_out_losses)


def test_that_training_days_alone_are_learnt_from_where_nothing_stops_early() -> None:
    spec = replace(made.SOUND, patience=None)
    one, other = made.trained(SPLIT, spec), made.trained(made.changed(SPLIT, 68), spec)
    assert one.split.rows_train == 68
    for mine, theirs in zip(weights(one), weights(other), strict=True):
        np.testing.assert_array_equal(mine, theirs)
    changed = made.trained(made.changed(SPLIT, 67), spec)
    assert not np.array_equal(weights(one)[0], weights(changed)[0])


def test_that_the_days_ahead_are_made_from_the_table_as_far_as_it_goes() -> None:
    trained = made.trained(SPLIT)
    shorter = SPLIT.table.part(slice(0, 110))
    split = replace(trained.split, table=shorter)
    known = replace(trained, data=replace(trained.data, split=split))
    found = future(evaluate(known))
    np.testing.assert_array_equal(
        found.predicted, rollout(trained, shorter, range(110, 111), 10)[0]
    )
    np.testing.assert_allclose(
        found.predicted,
        rollout(trained, SPLIT.table, range(110, 111), 10)[0],
        rtol=0,
    )
