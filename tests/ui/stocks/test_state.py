"""The tab's state: what stays, what goes, and when a training may start. Knows no Qt."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.stocks.forecaster import train
from rnnstudio.core.stocks.spec import ForecastSpec
from rnnstudio.core.training import Control, Ended, LossPoint, Progress
from rnnstudio.ui.running import Phase, StartAsked
from rnnstudio.ui.stocks.state import (
    FileRead,
    ReadAsked,
    ReadEnded,
    Role,
    SecondFileRemoved,
    SettingsChosen,
    StocksEvent,
    StocksState,
    reduce,
)
from tests.core.stocks import made

SPEC = ForecastSpec(window=5, units=3, epochs=1)
TABLE = made.walk(60, 40).table
DAY = TABLE.dates[40]


def after(*events: StocksEvent, state: StocksState | None = None) -> StocksState:
    state = state or StocksState()
    for event in events:
        state = reduce(state, event)
    return state


READY = after(FileRead(Role.TRAIN, TABLE), SettingsChosen(SPEC, "", DAY))


def trained() -> StocksState:
    assert READY.split is not None
    events = list(train(SPEC, READY.split, Control(), fit))
    return after(StartAsked(), *events, Ended(1, "finished"), state=READY)


def test_that_a_training_may_start_once_a_file_and_settings_are_there() -> None:
    assert not StocksState().ready
    assert not after(FileRead(Role.TRAIN, TABLE)).ready
    assert READY.ready
    assert READY.split is not None
    assert READY.split.rows_train == 40


def test_when_a_file_cannot_be_read_the_one_before_can_still_be_trained_on() -> None:
    failed = after(ReadAsked(), ReadEnded("bad.csv is empty."), state=READY)
    assert failed.read_problem == "bad.csv is empty."
    assert failed.train is TABLE
    assert failed.ready
    assert after(ReadAsked(), state=failed).read_problem == ""


def test_that_nothing_starts_while_a_file_is_being_read() -> None:
    assert not after(ReadAsked(), state=READY).ready


def test_that_a_training_ends_with_its_forecast_and_its_losses() -> None:
    state = trained()
    assert state.run.phase is Phase.FINISHED
    assert state.forecast is not None
    assert state.forecast.split is READY.split
    assert len(state.losses) == SPEC.epochs


def test_that_the_last_forecast_stays_until_the_next_one_or_another_file_is_there() -> None:
    state = trained()
    kept = [
        after(StartAsked(), state=state),
        after(StartAsked(), Ended(2, "cancelled"), state=state),
        after(ReadAsked(), ReadEnded("no"), state=state),
        after(SettingsChosen(replace(SPEC, window=7), "", DAY), state=state),
    ]
    assert all(each.forecast is state.forecast for each in kept)
    assert after(FileRead(Role.TRAIN, TABLE), state=state).forecast is None


def test_that_a_new_training_begins_a_new_loss_curve() -> None:
    point = LossPoint(0, 0.5)
    state = after(StartAsked(), state=trained())
    assert state.losses == ()
    assert after(Progress(1, 9, 0.1, (point,)), state=state).losses == (point,)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (SettingsChosen(replace(SPEC, window=40), "", DAY), "a window of 40 days"),
        (SettingsChosen(SPEC, "", TABLE.dates[0]), "nothing to train on"),
        (SettingsChosen(replace(SPEC, target="Close"), "", DAY), "no column 'Close'"),
        (SettingsChosen(None, "The units are none.", DAY), "The units are none."),
    ],
)
def test_that_settings_that_do_not_fit_the_file_are_told_before_training(
    settings: SettingsChosen, sentence: str
) -> None:
    state = after(settings, state=READY)
    assert not state.ready
    assert sentence in state.problem
    assert after(SettingsChosen(SPEC, "", DAY), state=state).ready


def test_that_a_second_file_is_the_test_span_until_it_is_removed() -> None:
    first, second = TABLE.part(slice(0, 50)), TABLE.part(slice(50, 60))
    state = after(FileRead(Role.TRAIN, first), SettingsChosen(SPEC, "", DAY))
    with_second = after(FileRead(Role.TEST, second), state=state)
    assert with_second.split is not None
    assert (with_second.split.rows_train, with_second.split.rows_test) == (50, 10)
    without = after(SecondFileRemoved(), state=with_second)
    assert without.split is not None
    assert (without.split.rows_train, without.split.rows_test) == (40, 10)


def test_when_the_second_file_does_not_follow_the_first_the_sentence_says_so() -> None:
    state = after(FileRead(Role.TEST, TABLE), state=READY)
    assert not state.ready
    assert "must begin after" in state.problem


def test_that_the_unknown_first_day_of_a_fresh_state_is_no_day() -> None:
    assert np.isnat(StocksState().test_day)
