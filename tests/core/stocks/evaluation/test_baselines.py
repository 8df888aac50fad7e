import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rnnstudio.core.stocks.evaluation.baselines import BASELINES, drift, moving_average, persistence

VALUES = np.array([1.0, 2.0, 4.0, 8.0, 16.0])


def test_that_persistence_is_the_row_before() -> None:
    np.testing.assert_array_equal(persistence(VALUES, range(2, 5)), [2, 4, 8])


def test_that_drift_adds_the_mean_step_so_far() -> None:
    np.testing.assert_allclose(drift(VALUES, range(1, 4)), [1, 2 + 1, 4 + 3 / 2])


def test_that_a_moving_average_takes_the_rows_there_are() -> None:
    np.testing.assert_allclose(moving_average(VALUES, range(1, 5), 2), [1, 1.5, 3, 6])


@pytest.mark.parametrize("name", BASELINES)
@given(values=hnp.arrays(float, st.integers(3, 30), elements=st.floats(1, 1e3)), data=st.data())
def test_that_no_baseline_sees_the_row_it_forecasts_or_a_later_one(name, values, data) -> None:
    row = data.draw(st.integers(1, len(values) - 1))
    changed = values.copy()
    changed[row:] = data.draw(st.floats(1, 1e3))
    forecast = BASELINES[name]
    np.testing.assert_array_equal(
        forecast(values, range(row, row + 1)), forecast(changed, range(row, row + 1))
    )
