"""The losses by hand-made examples; their gradients are tested with the layers'."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnstudio.core.engine.losses import mean_squared_error, softmax_cross_entropy
from rnnstudio.core.engine.steps import counted_steps


def test_that_the_squared_error_is_the_mean_over_batch_and_outputs() -> None:
    output = np.array([[[1.0, 2.0], [3.0, 4.0]]])  # one step, two outputs, two examples
    y = np.array([[[0.0, 3.0]], [[2.0, 2.0]]])  # errors 1, 0 and 0, 2
    assert mean_squared_error(output, y, None) == pytest.approx(5 / 4)
    assert output.tolist() == [[[0.5, 0], [0, 1]]]


def test_that_only_counted_steps_enter_a_loss_and_its_mean() -> None:
    output = np.array([[[1.0, 1.0]], [[1.0, 50.0]]])  # two steps, one output, two examples
    counted = counted_steps(np.array([2, 1]), 2)
    assert mean_squared_error(output, np.zeros((2, 2, 1)), counted) == pytest.approx(1)
    assert output[1, 0, 1] == 0


def test_that_equal_logits_cost_the_logarithm_of_the_number_of_classes() -> None:
    output = np.zeros((1, 27, 4))
    loss = softmax_cross_entropy(output, np.array([[0], [3], [9], [26]]), None)
    assert loss == pytest.approx(math.log(27))
    assert output[0, 0, 0] == pytest.approx((1 / 27 - 1) / 4)
    assert output[0, 1, 0] == pytest.approx(1 / 27 / 4)


def test_that_a_class_of_no_chance_costs_its_distance_not_infinity() -> None:
    output = np.array([[[0.0], [1e4]]], np.float32)
    assert softmax_cross_entropy(output, np.array([[0]]), None) == pytest.approx(1e4)


def test_that_the_class_of_a_padded_step_may_be_anything() -> None:
    output = np.zeros((2, 3, 1))
    counted = counted_steps(np.array([1]), 2)
    loss = softmax_cross_entropy(output, np.array([[2, -100]]), counted)
    assert loss == pytest.approx(math.log(3))
    assert not output[1].any()
