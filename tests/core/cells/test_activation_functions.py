"""Every activation, its slope and the NumPy that is shown of them are one function."""

from __future__ import annotations

import math

import numpy as np
import pytest

from rnnstudio.core.cells.activation_functions import ACTIVATIONS, NUMPY_HELPERS
from rnnstudio.core.cells.functions import FUNCTIONS
from rnnstudio.core.cells.notation import Notation
from rnnstudio.core.cells.table import row
from rnnstudio.core.cells.terms import apply_function, explain
from rnnstudio.core.cells.typeset import to_html, to_latex, to_numpy

Z = np.linspace(-7, 7, 2801) + 1e-4
STEP = 1e-6


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_that_the_slope_is_what_differences_measure(name: str) -> None:
    activation = ACTIVATIONS[name]
    measured = (activation.function(Z + STEP) - activation.function(Z - STEP)) / (2 * STEP)
    np.testing.assert_allclose(activation.slope(Z), measured, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("name", NUMPY_HELPERS)
def test_that_the_numpy_code_and_the_terms_compute_the_same(name: str) -> None:
    z = Z[::40, None]
    operation = row("y", f"{name}(z)", "")
    scope = {"z": z}
    exec(to_numpy(operation), scope)  # noqa: S102 - what is exported must run
    np.testing.assert_allclose(scope["y"], FUNCTIONS[name](z), rtol=1e-12, atol=1e-14)
    assert apply_function(name, 0.3) == pytest.approx(float(FUNCTIONS[name](np.float64(0.3))))
    if name not in ("sigmoid", "tanh", "relu"):
        assert f"{name}(" in to_html(operation, Notation.PAPER)
        assert name.replace("_", r"\_") in to_latex(operation)


def test_that_a_mean_is_taken_apart_into_its_rows() -> None:
    values = {"z": np.array([[1.0], [2.0], [6.0]])}
    element = explain(row("y", "z - mean(z)", ""), values, 0, 0)
    assert element.value == -2.0
    assert element.sources["z"] == ((0, 0), (1, 0), (2, 0))


@pytest.mark.keras
@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name != "hard_sigmoid_2"])
def test_that_each_activation_is_keras_own(name: str) -> None:
    import keras

    expected = np.asarray(getattr(keras.activations, name)(keras.ops.convert_to_tensor(Z)))
    np.testing.assert_allclose(ACTIVATIONS[name].function(Z), expected, rtol=1e-5, atol=1e-6)


def test_that_the_older_hard_sigmoid_is_steeper() -> None:
    """Keras 1 and 2: 0 below -2.5, 1 above 2.5, 0.2 x + 0.5 between."""
    older = ACTIVATIONS["hard_sigmoid_2"].function
    np.testing.assert_allclose(older(np.array([-2.5, -1, 0, 1, 2.5])), [0, 0.3, 0.5, 0.7, 1])
    assert math.isclose(float(ACTIVATIONS["hard_sigmoid"].function(np.float64(2.4))), 0.9)
