"""The centred mean against pandas, for any numbers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rnnstudio.core.stocks.teaching.smoothing import centred_mean

VALUES = hnp.arrays(float, st.integers(1, 40), elements=st.floats(-1e6, 1e6))


@given(values=VALUES, half=st.integers(0, 6))
def test_that_the_mean_is_that_of_pandas(values: np.ndarray, half: int) -> None:
    import pandas as pd

    days = 2 * half + 1
    expected = pd.Series(values).rolling(days, center=True, min_periods=1).mean()
    np.testing.assert_allclose(centred_mean(values, days), expected, rtol=1e-9, atol=1e-6)


def test_that_a_day_knows_the_two_days_after_it_and_no_more() -> None:
    values = np.arange(10.0)
    changed = np.append(values[:7], [50.0, 60.0, 70.0])
    same = centred_mean(values) == centred_mean(changed)
    assert same.tolist() == 5 * [True] + 5 * [False]
