"""Windows: which rows the network may see for a day, checked by hand."""

from __future__ import annotations

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.windows import training_rows, windows_before
from tests.core.stocks import made


def test_that_a_window_holds_the_rows_before_its_target_and_no_later_one() -> None:
    windows = windows_before(range(2, 5), 2)
    assert windows.rows.tolist() == [2, 3, 4]
    assert windows.inputs.tolist() == [[0, 1], [1, 2], [2, 3]]


def test_that_a_test_days_window_reaches_back_before_the_test_span() -> None:
    assert windows_before(range(6, 8), 4).inputs.tolist() == [[2, 3, 4, 5], [3, 4, 5, 6]]


def test_when_the_training_rows_are_no_more_than_the_window_the_sentence_gives_both() -> None:
    with pytest.raises(UserError, match=r"has 60 training rows; a window that takes 60 .* 61"):
        training_rows(made.walk(80, 60), 60)
    assert training_rows(made.walk(80, 61), 60) == range(60, 61)
