"""The price table's columns."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import is_change, is_price
from tests.core.stocks import made


def test_when_a_column_is_not_there_the_sentence_lists_those_that_are() -> None:
    with pytest.raises(UserError, match=r"made\.csv has no column 'Cloes'; it has Open, High"):
        made.table(np.ones(3)).column("Cloes")


def test_that_a_matrix_has_the_columns_in_the_order_asked_for() -> None:
    assert made.table(np.array([1.0, 2])).matrix(("High", "Open")).tolist() == [[2, 1], [3, 2]]


@pytest.mark.parametrize("name", ["Open", "Adj Close", "Terakhir", "AMD", "VWAP"])
def test_that_prices_are_found_by_name(name: str) -> None:
    assert is_price(name)


@pytest.mark.parametrize("name", ["Volume", "Vol.", "Turnover (Lacs)", "Total Trade Quantity"])
def test_that_quantities_are_no_prices(name: str) -> None:
    assert not is_price(name)
    assert not is_change(name)


@pytest.mark.parametrize("name", ["Change %", "Perubahan%", "% Chg"])
def test_that_changes_are_no_prices_and_may_be_negative(name: str) -> None:
    assert not is_price(name)
    assert is_change(name)
