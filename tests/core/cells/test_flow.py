"""The gradient over the steps against closed forms, and its Jacobians against differences."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.cells import unroll
from rnnstudio.core.cells.flow import FlowSpec, flow_of, flows, matched_units, measure
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.errors import UserError

SILENT = 0.0


@pytest.mark.parametrize("scale", [0.5, 1.0, 1.5])
def test_that_an_rnn_without_input_multiplies_by_the_weight_scale_at_every_step(
    scale: float,
) -> None:
    flow = flow_of(CELLS["rnn"], FlowSpec(weight_scale=scale, input_scale=SILENT, steps=30), 8)
    np.testing.assert_allclose(flow.norms, scale ** np.arange(29.0, -1, -1), rtol=1e-12)
    np.testing.assert_allclose(flow.factors, scale, rtol=1e-12)
    assert [flow.most(t) for t in range(1, 30)] == pytest.approx([scale] * 29, rel=1e-12)


@pytest.mark.parametrize("bias", [-1.0, 0.0, 3.0])
def test_that_an_lstm_s_memory_without_recurrent_weights_shrinks_by_the_sigmoid_of_its_bias(
    bias: float,
) -> None:
    spec = FlowSpec(weight_scale=0.0, input_scale=SILENT, forget_bias=bias, steps=20)
    flow = flow_of(CELLS["lstm"], spec, 6)
    forget = 1 / (1 + np.exp(-bias))
    # Of a hidden state tanh(0) * o with o = 1/2, half of the gradient goes into the memory.
    expected = 0.5 * forget ** np.arange(19.0, 0, -1)
    np.testing.assert_allclose(flow.norms[:-1], expected, rtol=1e-12)
    powers = forget ** np.arange(19.0, -1, -1)
    np.testing.assert_allclose(flow.direct_product, np.outer(powers, np.ones(6)), rtol=1e-12)


def test_that_a_gru_without_recurrent_weights_shrinks_by_its_update_gate() -> None:
    spec = FlowSpec(weight_scale=0.0, input_scale=SILENT, forget_bias=1.0, steps=12)
    flow = flow_of(CELLS["gru"], spec, 5)
    keep = 1 / (1 + np.exp(-1.0))
    np.testing.assert_allclose(flow.norms, keep ** np.arange(11.0, -1, -1), rtol=1e-12)


def test_that_a_forget_gate_of_a_half_makes_the_lstm_vanish_too() -> None:
    flow = flow_of(CELLS["lstm"], FlowSpec(weight_scale=0.1, forget_bias=0.0, steps=50), 8)
    kept = flow_of(CELLS["lstm"], FlowSpec(weight_scale=0.1, forget_bias=5.0, steps=50), 8)
    assert flow.norms[0] < 1e-8
    assert kept.norms[0] > 1e-3


@pytest.mark.parametrize("cell", CELLS.values(), ids=lambda cell: cell.name)
def test_that_the_jacobians_are_those_of_central_differences(cell) -> None:
    draw = np.random.default_rng(3).standard_normal
    units = 4
    shapes = cell.parameter_shapes(2, units, 1)
    parameters = {name: 0.7 * draw(shape) for name, shape in shapes.items()}
    initial = {state: draw((units, 1)) for state in cell.states}
    x = draw((2, 1, 2))
    flow = measure(cell, x, parameters, initial, draw((units, 1)))
    first = unroll.forward(cell, x[..., :1], parameters, initial)[0]
    point = np.vstack([first[f"{state}_next"] for state in cell.states])

    def step(states: np.ndarray) -> np.ndarray:
        parts = np.split(states, len(cell.states))
        given = dict(zip(cell.states, parts, strict=True))
        values = unroll.forward(cell, x[..., 1:], parameters, given)[0]
        return np.vstack([values[f"{state}_next"] for state in cell.states])[:, 0]

    moves = 1e-6 * np.eye(len(point))[:, :, None]
    measured = np.array([(step(point + m) - step(point - m)) / 2e-6 for m in moves])
    np.testing.assert_allclose(flow.jacobian(1), measured, atol=1e-8)


@pytest.mark.parametrize("cell", CELLS.values(), ids=lambda cell: cell.name)
def test_that_the_jacobians_one_after_another_give_the_norms(cell) -> None:
    draw = np.random.default_rng(4).standard_normal
    parameters = {name: draw(shape) for name, shape in cell.parameter_shapes(1, 5, 1).items()}
    initial = {state: draw((5, 1)) for state in cell.states}
    direction = draw((5, 1))
    flow = measure(cell, draw((1, 1, 15)), parameters, initial, direction)
    gradient = np.vstack([direction, np.zeros((5 * (len(cell.states) - 1), 1))])
    for t in range(14, 0, -1):
        shorter = flow.jacobian(t) @ gradient
        assert flow.norms[t - 1] == pytest.approx(np.linalg.norm(shorter), rel=1e-10)
        assert flow.factors[t - 1] <= flow.most(t) * (1 + 1e-12)
        gradient = shorter


def test_that_an_lstm_of_50_units_on_one_feature_has_10400_parameters() -> None:
    assert CELLS["lstm"].parameter_count(1, 50) == 10_400


def test_that_matched_cells_have_nearly_equal_counts_and_the_rnn_more_units() -> None:
    units = matched_units(8)
    counts = {name: CELLS[name].parameter_count(1, n) for name, n in units.items()}
    assert units["lstm"] == 8 < units["gru"] < units["rnn"]
    assert max(counts.values()) / min(counts.values()) < 1.15
    found = flows(FlowSpec(matched=True, steps=3))
    assert {name: flow.count for name, flow in found.items()} == counts


def test_that_a_chaotic_network_is_distinguished_from_one_that_its_settings_decide() -> None:
    chaotic = FlowSpec(units=50, steps=200, weight_scale=2.0, input_scale=0.25)
    assert {name: flow.sure for name, flow in flows(chaotic).items()} == {
        "rnn": False,
        "lstm": True,
        "gru": True,
    }
    assert all(flow.sure for flow in flows(FlowSpec()).values())


def test_when_there_are_too_many_steps_the_bounds_are_given() -> None:
    with pytest.raises(UserError, match="200"):
        FlowSpec(steps=201)


@pytest.mark.parametrize("name", CELLS)
def test_that_the_direct_product_is_that_of_all_later_steps(name: str) -> None:
    flow = flow_of(CELLS[name], FlowSpec(steps=6), 4)
    for t in range(6):
        np.testing.assert_allclose(flow.direct_product[t], flow.direct[t + 1 :].prod(axis=0))
