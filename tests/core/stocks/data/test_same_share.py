"""A test file of another share, or of another time, is doubted; later days of the share are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.stocks.data.csv_import import read_csv, read_prices
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.same_share import same_share_warning
from rnnstudio.core.stocks.data.samples import SAMPLES


def walk(first: str, price: float, days: int = 200, step: int = 1, seed: int = 0) -> PriceTable:
    """A share that moves by one per cent from row to row."""
    dates = np.datetime64(first, "D") + step * np.arange(days)
    moves = np.random.default_rng(seed).normal(0, 0.01, days)
    return PriceTable("share.csv", dates, {"Close": price * np.exp(np.cumsum(moves))})


def test_that_the_days_after_the_training_file_are_not_doubted(
    shared_data: Callable[[str], Path],
) -> None:
    for train, test in (
        ("NSE-TATAGLOBAL.csv", "tatatest.csv"),
        ("AMD-train.csv", "AMD-test.csv"),
    ):
        tables = [read_prices(shared_data(name)) for name in (train, test)]
        assert same_share_warning(tables[0], tables[1]) is None


def test_that_days_of_years_later_are_doubted(shared_data: Callable[[str], Path]) -> None:
    warning = same_share_warning(
        read_prices(SAMPLES["MSFT"]),
        read_prices(shared_data("NSE-TATAGLOBAL.csv")).part(slice(1990, None)),
    )
    assert "NSE-TATAGLOBAL.csv begins 1,9" in str(warning)


def test_that_a_price_of_another_height_is_doubted() -> None:
    train = walk("2019-01-01", 28)
    assert same_share_warning(train, walk("2019-07-22", 30, seed=1)) is None
    assert "leaps from" in str(same_share_warning(train, walk("2019-07-22", 230, seed=1)))


def test_that_monthly_prices_may_have_a_month_between_the_files() -> None:
    train = walk("2010-01-01", 28, 60, step=30)
    last = train.dates[-1]
    assert same_share_warning(train, walk(str(last + 60), train.column("Close")[-1], 9, 30)) is None


def test_that_different_names_of_shares_are_doubted(tmp_path: Path) -> None:
    for name, month in (("AAA", 1), ("BBB", 2)):
        rows = [f"2024-0{month}-{day},{name},{day}.5" for day in range(10, 29)]
        (tmp_path / f"{name}.csv").write_text("\n".join(["Date,Symbol,Close", *rows]))
    train, test = (read_csv(tmp_path / f"{name}.csv") for name in ("AAA", "BBB"))
    names = (train.security, test.security)
    assert names == ("AAA", "BBB")
    assert "is of AAA and" in str(same_share_warning(train.table, test.table, names))


@pytest.mark.parametrize("names", [("AAA", "aaa"), ("", "BBB"), ("AAA", "")])
def test_that_a_name_that_only_one_file_has_is_no_warning(names: tuple[str, str]) -> None:
    assert same_share_warning(walk("2019-01-01", 28), walk("2019-07-22", 29, seed=1), names) is None
