"""The scene of the inspector computes what the network says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.cells.scene import trace
from rnnstudio.core.engine.spec import Examples
from rnnstudio.core.engine.trained_model import loss_and_gradients
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.export.inspector_scene import to_scene
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.scaling import moved
from tests.core.stocks import made

SPLIT = made.walk(120, 90)
each_spec = pytest.mark.parametrize(
    "spec",
    [
        made.PAPER,
        made.SOUND,
        replace(made.PAPER, cell="rnn"),
        replace(made.SOUND, cell="gru"),
    ],
    ids=["price", "log return", "rnn", "gru"],
)


@each_spec
def test_that_the_scene_says_what_the_network_says(spec: ForecastSpec) -> None:
    trained = made.trained(SPLIT, spec)
    scene = to_scene(trained, SPLIT.table, 100)
    raw = SPLIT.table.matrix(spec.columns)[np.newaxis, 100 - spec.lookback : 100]
    said = trace(scene).forward[-1]["yt_pred"]
    np.testing.assert_allclose(said, trained.outputs(raw), rtol=1e-4, atol=1e-6)


@each_spec
def test_that_the_scene_says_what_its_numbers_mean_in_prices(spec: ForecastSpec) -> None:
    trained = made.trained(SPLIT, spec)
    scene = to_scene(trained, SPLIT.table, 100)
    raw = SPLIT.table.matrix(spec.columns)[np.newaxis, 100 - spec.lookback : 100]
    said = float(trace(scene).forward[-1]["yt_pred"][0, 0])
    forecast = scene.reading("yt_pred", 0, spec.window - 1)
    assert forecast is not None
    assert forecast.name == spec.target
    assert forecast.value(said) == pytest.approx(trained.next_prices(raw)[0], rel=1e-5)
    assert scene.reading("yt_pred", 0, 0) is None
    numbers = moved(spec, raw[..., : len(spec.features)])[0]
    for row in range(len(spec.features)):
        reading = scene.reading("xt", row, 0)
        assert reading is not None
        assert spec.features[row] in reading.name
        values = [reading.value(float(number)) for number in scene.x[row, 0]]
        np.testing.assert_allclose(values, numbers[:, row], rtol=1e-9)


def test_that_the_steps_are_named_by_the_days_of_the_window_and_the_scene_by_its_file() -> None:
    scene = to_scene(made.trained(SPLIT), SPLIT.table, 100)
    assert scene.labels == tuple(map(str, SPLIT.table.dates[95:100]))
    assert SPLIT.table.source in scene.origin
    assert str(SPLIT.table.dates[99]) in scene.origin


@each_spec
def test_that_the_backward_pass_is_that_of_the_days_squared_error(spec: ForecastSpec) -> None:
    trained = made.trained(SPLIT, spec)
    scene = to_scene(trained, SPLIT.table, 100)
    raw = SPLIT.table.matrix(spec.columns)[np.newaxis, 100 - spec.lookback : 100]
    wanted = trained.scaling.outputs(raw, SPLIT.table.column("Open")[100:101])
    examples = Examples(trained.scaling.inputs(raw), wanted)
    _, gradients = loss_and_gradients(trained.model.spec, trained.model.weights, examples)
    found = trace(scene).gradients
    for name in scene.cell.learned:
        np.testing.assert_allclose(found[f"d{name}"], gradients[0][name], rtol=1e-4, atol=1e-8)


def test_that_a_day_nobody_knows_yet_has_no_gradient() -> None:
    scene = to_scene(made.trained(SPLIT), SPLIT.table, 120)
    assert not scene.da.any()
    assert scene.labels[-1] == str(SPLIT.table.dates[-1])


def test_that_of_several_layers_the_first_is_shown() -> None:
    trained = made.trained(SPLIT, replace(made.PAPER, layers=2))
    scene = to_scene(trained, SPLIT.table, 100)
    np.testing.assert_allclose(scene.parameters["Wf"], trained.model.weights[0]["Wf"])


@pytest.mark.parametrize("day", [3, 121, -1])
def test_that_a_day_without_a_window_is_refused(day: int) -> None:
    with pytest.raises(UserError, match="cannot be looked at"):
        to_scene(made.trained(SPLIT), SPLIT.table, day)
