"""Claimed figures beside what "tomorrow = today" scores."""

from __future__ import annotations

import numpy as np
import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.csv_import import read_csv
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.samples import SAMPLES
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.claims import (
    MEASURES,
    check_claim,
    needs_no_network,
    published_claims,
    read_claimed,
    require_possible,
)


def split_of(prices: list[float], test: int) -> Split:
    dates = np.arange("2020-01-01", len(prices), dtype="datetime64[D]")
    return Split(PriceTable("made.csv", dates, {"Close": np.array(prices)}), len(prices) - test)


@pytest.mark.parametrize(
    ("share", "accuracy", "r2"),
    [
        ("AAPL", "98.62", "0.985"),
        ("GOOG", "99.02", "0.981"),
        ("IBM", "99.24", "0.928"),
        ("MSFT", "99.03", "0.965"),
        ("AMD", "97.51", "0.990"),
    ],
)
def test_that_yesterdays_price_scores_as_well_as_many_a_paper(
    share: str, accuracy: str, r2: str
) -> None:
    table = read_csv(SAMPLES[share]).table
    split = Split(table, table.rows - table.rows // 10)
    assert f"{needs_no_network(split, 'Adj Close', 'accuracy'):.2f}" == accuracy
    assert f"{needs_no_network(split, 'Adj Close', 'r2'):.3f}" == r2


def test_that_the_measures_are_those_of_scikit_learn() -> None:
    from sklearn.metrics import mean_absolute_percentage_error, r2_score, root_mean_squared_error

    prices = np.exp(np.random.default_rng(1).normal(0, 0.02, 300).cumsum()) * 50
    split = split_of(list(prices), 100)
    actual, before = prices[200:], prices[199:-1]
    share = mean_absolute_percentage_error(actual, before)
    right = {
        "mape": 100 * share,
        "accuracy": 100 - 100 * share,
        "r2": r2_score(actual, before),
        "rmse": root_mean_squared_error(actual, before),
    }
    for measure, value in right.items():
        assert needs_no_network(split, "Close", measure) == pytest.approx(value, rel=1e-12)


def test_that_directions_are_held_beside_the_way_that_most_days_before_went() -> None:
    rising = [float(10 + day) for day in range(20)]
    split = split_of([*rising, 30, 29, 28, 28, 29, 30, 31, 32, 33, 32, 31], 11)
    # Of the ten days that moved from the split on, six went up: 30, and 29 to 33.
    assert needs_no_network(split, "Close", "direction") == pytest.approx(60.0)
    assert not check_claim(split, "Close", "direction", 60).beats
    found = check_claim(split, "Close", "direction", 60.1)
    assert found.beats
    assert "“Tomorrow = today” says no direction" in str(found.sentence)


def test_that_a_direction_must_beat_a_coin() -> None:
    split = split_of([float(day) for day in (*range(10, 30), *range(30, 15, -1))], 15)
    assert needs_no_network(split, "Close", "direction") == 50


def test_that_a_claim_beats_only_what_is_worse_on_its_measure() -> None:
    split = split_of([10, 11] * 20, 20)
    score = needs_no_network(split, "Close", "mape")
    for measure, better in (("mape", -1), ("rmse", -1), ("accuracy", 1), ("r2", 1)):
        score = needs_no_network(split, "Close", measure)
        assert check_claim(split, "Close", measure, score + 0.01 * better).beats
        assert not check_claim(split, "Close", measure, score).beats
        assert not check_claim(split, "Close", measure, score - 0.01 * better).beats


@pytest.mark.parametrize(
    ("measure", "claim", "sentence"),
    [
        ("accuracy", 101, "accuracy cannot be 101: it is 100 minus .* at or below 100"),
        ("accuracy", 0.98, "accuracy is in per cent, and 0.98 .* say 98"),
        ("r2", 1.01, "R² cannot be 1.01"),
        ("mape", -0.1, "MAPE cannot be −0.1"),
        ("rmse", -1, "RMSE cannot be −1: .* at or above 0"),
        ("direction", 100.5, "direction cannot be 100.5: .* from 0 to 100"),
        ("rmse", float("nan"), "RMSE cannot be nan"),
    ],
)
def test_that_a_claim_that_cannot_be_is_refused(measure: str, claim: float, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        require_possible(measure, claim)


def test_that_too_few_days_and_a_price_that_never_moves_say_nothing_of_a_claim() -> None:
    with pytest.raises(UserError, match="has 9 days from the split on; fewer than 10 say nothing"):
        check_claim(split_of([10, 11] * 10, 9), "Close", "r2", 0.9)
    with pytest.raises(UserError, match="R² has no value on these days"):
        check_claim(split_of([10.0] * 30, 12), "Close", "r2", 0.9)
    with pytest.raises(UserError, match="direction has no value on these days"):
        check_claim(split_of([10.0] * 30, 12), "Close", "direction", 55)


def test_that_the_published_claims_can_be_and_have_a_place_where_they_stand() -> None:
    claims = published_claims()
    assert len(claims) == 5
    for claim in claims:
        require_possible(claim.measure, claim.value)
        assert claim.url.startswith("https://")
        assert claim.measure in MEASURES


@pytest.mark.parametrize(
    ("typed", "figure"),
    [("98.28", 98.28), (" 98,28 % ", 98.28), ("0.954", 0.954), ("−2", -2.0), ("1e-3", 0.001)],
)
def test_that_a_figure_is_read_as_papers_of_any_country_write_it(typed: str, figure: float) -> None:
    assert read_claimed(typed) == figure


@pytest.mark.parametrize(
    "typed", ["", "ninety", "1,234.5.6", "nan", "inf", "98 28", "1_0", "9,9,9"]
)
def test_that_what_is_no_number_is_said_in_a_sentence(typed: str) -> None:
    with pytest.raises(UserError, match="is no number; type the claimed figure"):
        read_claimed(typed)
