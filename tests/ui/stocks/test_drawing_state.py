"""Drawing the next days as the tab's state has it: what counts, what is seen, what can be undone.

Knows no Qt.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.session.kept_prices import ForecasterView
from rnnstudio.core.stocks.evaluation.forecast import USUAL
from rnnstudio.core.stocks.model.forecaster import train
from rnnstudio.core.stocks.teaching.drawing_rounds import DAYS
from rnnstudio.core.training import Control
from rnnstudio.ui.stocks.drawing_state import (
    DayMoved,
    DrawingCleared,
    DrawingSheet,
    NextRoundAsked,
    PriceRaised,
    RoundRevealed,
    StrokeDrawn,
)
from rnnstudio.ui.stocks.runs.state import RunsState
from rnnstudio.ui.stocks.state import StocksState, reduce
from rnnstudio.ui.stocks.stocks_work import change_of, state_of, work_of
from rnnstudio.ui.stocks.tab_events import StocksEvent
from tests.core.stocks import made
from tests.ui.stocks.test_state import SPEC, after, chosen, read

TABLE = made.walk(75, 40).table
WHOLE = StrokeDrawn(tuple((day, 100.0 + day) for day in range(DAYS)))


@pytest.fixture(scope="module")
def trained() -> StocksState:
    """35 test days, so three rounds, and a network of the settings that are chosen."""
    ready = after(*read(TABLE), chosen())
    assert ready.split is not None
    return after(*train(SPEC, ready.split, Control(), fit), state=ready)


def sheet(state: StocksState) -> DrawingSheet:
    found = state.sheet
    assert found is not None
    return found


def test_that_a_class_draws_with_keys_from_the_last_known_price_on(trained: StocksState) -> None:
    keys: list[StocksEvent] = [PriceRaised(2), DayMoved(1), PriceRaised(-1), DayMoved(1)]
    state = after(*keys, state=trained)
    known, step = TABLE.column("Open")[39], sheet(state).step
    assert sheet(state).known == known
    assert state.drawing.drawn[:3] == pytest.approx((known + 2 * step, known + step, None))
    assert state.drawing.day == 2
    assert after(DrawingCleared(), state=state).drawing.drawn == (None,) * DAYS


def test_that_nothing_is_revealed_before_all_days_are_drawn(trained: StocksState) -> None:
    state = after(StrokeDrawn(((0, 99.0),)), RoundRevealed(), state=trained)
    assert state.drawing.rounds == ()
    assert state.accesses.spans == ()


def test_that_a_round_counts_as_an_access_of_its_days_and_leads_to_the_next_days(
    trained: StocksState,
) -> None:
    state = after(WHOLE, RoundRevealed(), state=trained)
    assert state.accesses.spans == ((str(TABLE.dates[40]), str(TABLE.dates[49])),)
    assert state.times_opened == 1
    assert sheet(state).over
    assert sheet(state).stretch == range(40, 50)
    assert after(WHOLE, RoundRevealed(), PriceRaised(1), state=state).drawing == state.drawing
    for number in (1, 2):
        state = after(NextRoundAsked(), state=state)
        assert sheet(state).stretch == range(40 + 10 * number, 50 + 10 * number)
        assert not sheet(state).over
        state = after(WHOLE, RoundRevealed(), state=state)
    assert state.times_opened == 3
    assert after(NextRoundAsked(), state=state).sheet is None


def test_that_a_network_of_other_settings_is_not_beside_a_drawing(trained: StocksState) -> None:
    other = after(chosen(replace(SPEC, units=4)), WHOLE, RoundRevealed(), state=trained)
    assert other.fitting is None
    assert other.drawing.rounds == ()
    without = after(*read(TABLE), chosen(), WHOLE, RoundRevealed())
    assert without.drawing.rounds == ()
    assert without.drawing.whole is not None, "it can be drawn before there is a network"


def test_that_a_network_that_runs_away_is_told_and_counts_nothing(trained: StocksState) -> None:
    network = trained.trained
    assert network is not None
    weights = [
        {name: np.full_like(a, np.nan) for name, a in layer.items()}
        for layer in network.model.weights
    ]
    model = replace(network.model, weights=weights)
    broken = replace(trained, trained=replace(network, model=model))
    state = after(WHOLE, RoundRevealed(), state=broken)
    assert "not finite" in state.read_problem
    assert (state.drawing.rounds, state.times_opened) == ((), 0)


def test_that_rounds_outlive_a_new_file_and_its_days_are_drawn_anew(trained: StocksState) -> None:
    state = after(WHOLE, RoundRevealed(), state=trained)
    other = after(*read(made.walk(75, 40, seed=1).table), chosen(), state=state)
    assert other.drawing.rounds == state.drawing.rounds
    assert sheet(other).stretch == range(40, 50)
    again = after(*read(TABLE), chosen(), state=other)
    assert sheet(again).stretch == range(50, 60)


def test_that_a_drawing_is_undone_at_once_and_what_was_seen_is_not(trained: StocksState) -> None:
    stroke = reduce(trained, WHOLE)
    drawn = change_of(trained, WHOLE, stroke)
    assert drawn is not None
    assert drawn.done is not None
    key = change_of(stroke, PriceRaised(1), reduce(stroke, PriceRaised(1)))
    assert key is not None
    assert key.key == drawn.key
    assert change_of(stroke, DayMoved(-1), reduce(stroke, DayMoved(-1))) is None
    seen = change_of(stroke, RoundRevealed(), reduce(stroke, RoundRevealed()))
    assert seen is not None
    assert (seen.done, seen.precious) == (None, True)
    assert change_of(trained, RoundRevealed(), reduce(trained, RoundRevealed())) is None


def test_that_a_session_keeps_rounds_and_the_drawing_under_way(trained: StocksState) -> None:
    state = after(WHOLE, RoundRevealed(), NextRoundAsked(), PriceRaised(1), state=trained)
    work = work_of(state, RunsState(), USUAL, ForecasterView())
    back = state_of(work, StocksState())
    assert back.drawing == state.drawing
    assert (
        work.without_view()
        == work_of(
            after(DayMoved(1), DayMoved(-1), state=state), RunsState(), USUAL, ForecasterView()
        ).without_view()
    )
