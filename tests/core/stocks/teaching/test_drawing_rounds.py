"""Rounds of drawing: which days, an honest forecast, the errors, and what a count can say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.evaluation.uncertainty import CONFIDENCE
from rnnstudio.core.stocks.model.rollout import rollout
from rnnstudio.core.stocks.teaching.drawing_rounds import (
    DAYS,
    FEWEST_ROUNDS,
    DrawingRounds,
    DrawnRound,
    count_nearer,
    next_stretch,
    play_round,
    price_step,
    stretches_left,
)
from rnnstudio.core.stocks.teaching.drawing_words import count_sentence, round_finding
from tests.core.stocks import made

SPLIT = made.walk(160, 113)
"""47 test days: four stretches, and seven days over."""
FLAT = tuple([100.0] * DAYS)


@pytest.fixture(scope="module")
def trained():
    return made.trained(SPLIT)


def a_round(*, drawn: float = 100, predicted: float = 100, actual: float = 100) -> DrawnRound:
    return DrawnRound(
        "made.csv",
        "",
        "Open",
        "2019-01-01",
        "2019-01-10",
        100.0,
        (drawn,) * DAYS,
        (predicted,) * DAYS,
        (actual,) * DAYS,
    )


def test_that_each_round_has_test_days_that_no_round_had_before_in_order_of_time(trained) -> None:
    rounds: tuple[DrawnRound, ...] = ()
    for number in range(4):
        stretch = next_stretch(rounds, SPLIT)
        assert stretch == range(113 + 10 * number, 123 + 10 * number)
        assert stretches_left(rounds, SPLIT) == 4 - number
        rounds = (*rounds, play_round(trained, stretch, FLAT))
    assert next_stretch(rounds, SPLIT) is None
    assert stretches_left(rounds, SPLIT) == 0


def test_that_days_which_were_drawn_are_not_drawn_again_after_the_test_span_was_moved(
    trained,
) -> None:
    drawn = play_round(trained, range(123, 133), FLAT)
    earlier = replace(SPLIT, rows_train=118)  # 118 to 127 would share five days with it
    assert next_stretch((drawn,), earlier) == range(133, 143)
    other = replace(drawn, prices="another share")
    assert next_stretch((other,), earlier) == range(118, 128)


@settings(max_examples=30, deadline=None)
@given(borders=st.lists(st.integers(60, 150), min_size=1, max_size=12))
def test_that_no_day_is_ever_drawn_twice_wherever_the_test_span_begins(borders: list[int]) -> None:
    seen: set[int] = set()
    rounds: list[DrawnRound] = []
    for border in borders:
        stretch = next_stretch(rounds, replace(SPLIT, rows_train=border))
        if stretch is None:
            continue
        assert seen.isdisjoint(stretch)
        assert stretch.start >= border
        seen |= set(stretch)
        first, last = (str(SPLIT.table.dates[row]) for row in (stretch[0], stretch[-1]))
        played = replace(a_round(), prices=SPLIT.table.digest, first=first, last=last)
        rounds.append(played)


def test_that_a_test_span_of_too_few_days_has_no_stretch() -> None:
    assert next_stretch((), replace(SPLIT, rows_train=151)) is None
    assert next_stretch((), replace(SPLIT, rows_train=150)) == range(150, 160)


def test_that_the_forecast_of_a_round_is_made_from_the_days_before_it_alone(trained) -> None:
    stretch = range(123, 133)
    found = play_round(trained, stretch, FLAT)
    expected = rollout(trained, SPLIT.table, range(123, 124), DAYS)[0]
    np.testing.assert_array_equal(found.predicted, expected)
    later = made.changed(trained.split, 123)  # other prices from the first drawn day on
    replayed = replace(trained, data=replace(trained.data, split=later))
    assert play_round(replayed, stretch, FLAT).predicted == found.predicted
    assert play_round(replayed, stretch, FLAT).actual != found.actual


def test_that_the_three_errors_are_of_the_same_ten_days(trained) -> None:
    stretch = range(123, 133)
    drawn = tuple(90.0 + day for day in range(DAYS))
    found = play_round(trained, stretch, drawn)
    truth = SPLIT.table.column("Open")
    actual, known = truth[123:133], truth[122]
    assert found.drawn_rmse == pytest.approx(np.sqrt(np.mean((actual - drawn) ** 2)))
    assert found.known_rmse == pytest.approx(np.sqrt(np.mean((actual - known) ** 2)))
    assert found.network_rmse == pytest.approx(np.sqrt(np.mean((actual - found.predicted) ** 2)))
    assert (found.first, found.last) == (str(SPLIT.table.dates[123]), str(SPLIT.table.dates[132]))


@pytest.mark.parametrize(("nearer", "rounds"), [(0, 10), (3, 10), (10, 10), (31, 40)])
def test_that_the_interval_is_the_exact_binomial_one_of_scipy(nearer: int, rounds: int) -> None:
    from scipy.stats import binomtest

    won, lost = a_round(drawn=103, actual=104), a_round(drawn=97, actual=104)
    count = count_nearer((*[won] * nearer, *[lost] * (rounds - nearer)))
    expected = binomtest(nearer, rounds).proportion_ci(CONFIDENCE, method="exact")
    assert count.share is not None
    assert count.share.low == pytest.approx(expected.low, abs=1e-12)
    assert count.share.high == pytest.approx(expected.high, abs=1e-12)


def test_that_there_is_no_interval_before_ten_rounds_and_none_is_said() -> None:
    count = count_nearer((a_round(drawn=103, actual=104),) * (FEWEST_ROUNDS - 1))
    assert count.share is None
    assert "yesterday's price: 9 of 9." in str(count_sentence(count))
    assert "After 10 rounds" in str(count_sentence(count_nearer(())))


@pytest.mark.parametrize(
    ("nearer", "end"),
    [
        (10, "That is more often than not."),
        (0, "That is less often than not."),
        (5, "nobody is better yet."),
    ],
)
def test_that_the_sentence_says_on_which_side_of_half_the_interval_lies(
    nearer: int, end: str
) -> None:
    won, lost = a_round(drawn=103, actual=104), a_round(drawn=97, actual=104)
    count = count_nearer((*[won] * nearer, *[lost] * (10 - nearer)))
    assert str(count_sentence(count)).endswith(end)


def test_that_yesterdays_price_drawn_again_is_not_nearer_than_itself() -> None:
    assert not a_round(drawn=100, actual=104).is_nearer
    assert a_round(drawn=100.5, actual=104).is_nearer


@pytest.mark.parametrize(
    ("drawn", "predicted", "said"),
    [
        (104, 101, "The class was nearest."),
        (101, 103, "The network was nearest."),
        (98, 99, "Yesterday's price was nearest."),
        (103, 103, "Nobody was nearest alone."),
        (98, 100, "The network and yesterday's price were nearest, and equally near."),
    ],
)
def test_that_it_is_said_who_was_nearest(drawn: float, predicted: float, said: str) -> None:
    found = a_round(drawn=drawn, predicted=predicted, actual=104)
    assert str(round_finding(found)) == said


def test_that_a_day_left_behind_keeps_the_price_before_it_and_keys_draw_all_days() -> None:
    drawing = DrawingRounds().at("2019-01-01")
    drawing = drawing.raised(2.0, 100.0).moved(1, 100.0).raised(-1.0, 100.0)
    assert drawing.drawn[:3] == (102.0, 101.0, None)
    assert drawing.moved(1, 100.0).moved(-1, 100.0).drawn[:4] == (102.0, 101.0, None, None)
    assert drawing.whole is None
    for _ in range(DAYS):
        drawing = drawing.moved(1, 100.0)
    assert drawing.whole == (102.0, *[101.0] * (DAYS - 1))
    assert drawing.day == DAYS - 1


def test_that_a_drawing_belongs_to_its_own_days() -> None:
    drawing = DrawingRounds().at("2019-01-01").with_stroke([(0, 99.0), (3, 98.0)])
    assert drawing.at("2019-01-01") is drawing
    assert drawing.at("2019-01-15").drawn == (None,) * DAYS
    assert drawing.over(a_round()).at("2019-01-15").rounds == (a_round(),)


def test_that_a_step_is_a_round_number_of_about_half_a_days_move() -> None:
    assert price_step(np.arange(100.0)) == 0.5
    assert price_step(10_000 + 37.0 * np.arange(100)) == 20
    assert price_step(np.full(30, 200.0)) == 1.0
    assert price_step(np.array([0.0])) > 0


def test_that_a_round_is_one_access_of_the_test_span(trained) -> None:
    found = play_round(trained, range(123, 133), FLAT)
    log = AccessLog().opened(SPLIT.table.dates[123:133])
    assert log.spans == ((found.first, found.last),)
    assert log.count(SPLIT.table.dates[113:]) == 1
