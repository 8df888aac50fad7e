"""The tab's state: what stays, what goes, and when a training may start. Knows no Qt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.messages import Message
from rnnstudio.core.session.data_file import DataFile
from rnnstudio.core.session.kept_prices import OpenedPrices
from rnnstudio.core.stocks.data.csv_import import (
    Choice,
    CsvOptions,
    Dialect,
    Reading,
    UndecidedError,
)
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.evaluation.evaluate_job import (
    evaluation_job,
    newer_evaluation_job,
    seeds_job,
)
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import train
from rnnstudio.core.training import Control, Ended, LossPoint, Progress, Snapshot
from rnnstudio.ui.running import CancelAsked, PauseAsked, Phase
from rnnstudio.ui.stocks.state import CHECKPOINT_SECONDS, StocksState, reduce
from rnnstudio.ui.stocks.tab_events import (
    FileRead,
    JobAsked,
    JobKind,
    OpenedElsewhere,
    ReadAsked,
    ReadEnded,
    ReadMoved,
    Reopened,
    Role,
    SecondFileRemoved,
    SettingsChosen,
    StocksEvent,
)
from tests.core.stocks import made
from tests.core.stocks.unfinished import stopped

SPEC = ForecastSpec(window=5, units=3, epochs=1)
TABLE = made.walk(60, 40).table
DAY = TABLE.dates[40]
THIS = Choice(Message("this one"), "--this", CsvOptions())


def after(*events: StocksEvent, state: StocksState | None = None) -> StocksState:
    state = state or StocksState()
    for event in events:
        state = reduce(state, event)
    return state


def read(table: PriceTable, role: Role = Role.TRAIN, folder: str = "") -> tuple[StocksEvent, ...]:
    dialect = Dialect("utf-8", ",", ".", Message("year-month-day"), 1)
    lines = np.arange(2, table.rows + 2)
    reading = Reading(table, (), dialect, timed=False, offsets=None, lines=lines)
    path = Path(folder, table.source)
    opened = OpenedPrices(DataFile(path, "", 0), CsvOptions(), reading)
    return ReadAsked(role, path), FileRead(opened), ReadEnded()


def chosen(spec: ForecastSpec = SPEC, day: np.datetime64 = DAY) -> SettingsChosen:
    return SettingsChosen(spec, "", day)


READY = after(*read(TABLE), chosen())


def trained(state: StocksState = READY) -> StocksState:
    assert state.spec is not None
    assert state.split is not None
    events = train(state.spec, state.split, Control(), fit)
    return after(JobAsked(JobKind.TRAIN), *events, Ended(1, "finished"), state=state)


def evaluated(state: StocksState) -> StocksState:
    assert state.trained is not None
    events = evaluation_job(state.trained, state.accesses, EvaluationRequest(3), Control())
    return after(JobAsked(JobKind.EVALUATE), *events, Ended(2, "finished"), state=state)


def test_that_a_training_may_start_once_a_file_and_settings_are_there() -> None:
    assert not StocksState().ready
    assert not after(*read(TABLE)).ready
    assert READY.ready
    assert READY.split is not None
    assert READY.split.rows_train == 40


def test_that_the_validation_span_is_part_of_the_split_that_is_shown() -> None:
    state = after(chosen(replace(SPEC, validation=0.25)), state=READY)
    assert state.split is not None
    assert (state.split.rows_train, state.split.rows_validation, state.split.rows_test) == (
        30,
        10,
        20,
    )


def test_when_a_file_cannot_be_read_the_one_before_can_still_be_trained_on() -> None:
    asked = ReadAsked(Role.TRAIN, Path("bad.csv"))
    failed = after(asked, ReadEnded("bad.csv is empty."), state=READY)
    assert failed.read_problem == "bad.csv is empty."
    assert failed.train is READY.train
    assert failed.ready
    assert after(asked, state=failed).read_problem == ""


def test_that_nothing_starts_while_a_file_is_being_read() -> None:
    asked = ReadAsked(Role.TRAIN, Path("a.csv"))
    assert not after(asked, state=READY).ready
    assert after(asked, ReadMoved(40), state=READY).percent == 40


def test_that_a_question_stays_until_another_file_is_asked_for() -> None:
    asked, question = (
        ReadAsked(Role.TRAIN, Path("a.csv")),
        UndecidedError(Message("Which?"), [THIS]),
    )
    state = after(asked, ReadEnded(question=question), state=READY)
    assert state.question is question
    assert state.asked is asked
    assert state.ready
    assert after(asked, state=state).question is None


def test_that_the_test_span_is_hidden_until_it_is_evaluated() -> None:
    state = trained()
    assert state.run.phase is Phase.FINISHED
    assert state.trained is not None
    assert len(state.losses) == SPEC.epochs
    assert state.evaluation is None
    assert state.times_opened == 0
    opened = evaluated(state)
    assert opened.evaluation is not None
    assert opened.evaluation.forecast.trained is state.trained
    assert opened.times_opened == 1


def test_that_a_new_training_hides_the_test_span_but_its_accesses_stay_counted() -> None:
    again = trained(evaluated(trained()))
    assert again.evaluation is None
    assert again.times_opened == 1
    twice = evaluated(again)
    assert twice.times_opened == 2
    assert twice.evaluation is not None
    assert not twice.evaluation.summary.clean


def test_that_accesses_belong_to_the_prices_and_not_to_the_name_of_the_file() -> None:
    opened = evaluated(trained())
    renamed = PriceTable("other.csv", TABLE.dates, TABLE.columns)
    assert after(*read(renamed), chosen(), state=opened).times_opened == 1
    stranger = made.walk(60, 40, seed=5).table
    assert stranger.source == TABLE.source
    elsewhere = after(*read(stranger, folder="other"), chosen(), state=opened)
    assert elsewhere.times_opened == 0
    assert after(*read(TABLE), chosen(), state=elsewhere).times_opened == 1


def test_that_a_file_read_another_way_keeps_its_accesses() -> None:
    opened = evaluated(trained())
    split = {name: values / 2 for name, values in TABLE.columns.items()}
    other_way = PriceTable(TABLE.source, TABLE.dates, split)
    assert after(*read(other_way), chosen(), state=opened).times_opened == 1


def test_that_a_stopped_training_leaves_the_network_so_far_and_its_whole_curve() -> None:
    spec = replace(SPEC, epochs=500, validation=0.25)
    state = after(chosen(spec), state=READY)
    assert state.split is not None
    control = Control()
    state = after(JobAsked(JobKind.TRAIN), state=state)
    for event in train(spec, state.split, control, fit):
        state = reduce(state, event)
        if len(state.losses) >= 3 and not control.cancelled:
            control.cancel()
            state = reduce(state, CancelAsked())
    state = reduce(state, Ended(1, "cancelled"))
    assert state.run.phase is Phase.CANCELLED
    assert state.trained is not None
    assert not state.trained.complete
    assert [point.loss for point in state.losses] == state.trained.model.losses.tolist()
    assert evaluated(state).evaluation is not None


def test_when_a_training_is_stopped_before_an_epoch_is_done_the_network_before_it_stays() -> None:
    before = trained()
    control = Control()
    control.cancel()
    assert before.split is not None
    events = list(train(replace(SPEC, seed=9), before.split, control, fit))
    stopped = after(JobAsked(JobKind.TRAIN), *events, Ended(2, "cancelled"), state=before)
    assert stopped.trained is before.trained


def test_that_a_reopened_network_has_its_curves_and_its_time_of_training() -> None:
    spec = replace(SPEC, epochs=3, validation=0.25)
    state = trained(after(chosen(spec), state=READY))
    assert state.trained is not None
    again = after(Reopened(state.trained, AccessLog()))
    assert again.losses == state.losses
    assert all(point.held_out is not None for point in again.losses)
    assert again.run.seconds == state.trained.seconds
    assert again.run.phase is Phase.FINISHED


def test_that_more_seeds_are_no_further_access_and_leave_the_loss_curve() -> None:
    state = evaluated(trained())
    assert state.evaluation is not None
    events = list(seeds_job(state.evaluation, Control(), fit))
    after_seeds = after(JobAsked(JobKind.SEEDS), *events, Ended(3, "finished"), state=state)
    assert after_seeds.evaluation is not None
    assert after_seeds.evaluation.summary.seeds is not None
    assert len(after_seeds.evaluation.summary.seeds.rmses) == 5
    assert after_seeds.times_opened == 1
    assert after_seeds.losses == state.losses


def test_that_no_access_is_forgotten_when_two_pages_are_at_the_test_span() -> None:
    state = trained()
    assert state.trained is not None
    walked = OpenedElsewhere(state.accesses.opened(TABLE.dates[40:]))
    events = evaluation_job(state.trained, state.accesses, EvaluationRequest(3), Control())
    evaluated_meanwhile = after(JobAsked(JobKind.EVALUATE), walked, *events, state=state)
    assert evaluated_meanwhile.times_opened == 2


def test_that_seeds_tried_after_a_walk_leave_its_access_counted() -> None:
    opened = evaluated(trained())
    assert opened.evaluation is not None
    walked = after(OpenedElsewhere(opened.accesses.opened(TABLE.dates[40:])), state=opened)
    events = seeds_job(opened.evaluation, Control(), fit)
    assert after(JobAsked(JobKind.SEEDS), *events, state=walked).times_opened == 2


def test_that_what_was_evaluated_stays_until_the_next_network_or_another_file_is_there() -> None:
    state = evaluated(trained())
    kept = [
        after(JobAsked(JobKind.TRAIN), state=state),
        after(JobAsked(JobKind.TRAIN), Ended(2, "cancelled"), state=state),
        after(ReadAsked(Role.TRAIN, Path("no.csv")), ReadEnded("no"), state=state),
        after(chosen(replace(SPEC, window=7)), state=state),
    ]
    assert all(each.evaluation is state.evaluation for each in kept)
    assert after(*read(TABLE), state=state).evaluation is None


def test_that_a_network_of_other_settings_or_days_is_called_stale() -> None:
    state = trained()
    assert not state.stale
    assert after(chosen(replace(SPEC, window=7)), state=state).stale
    assert after(chosen(day=TABLE.dates[45]), state=state).stale
    assert not after(chosen(day=TABLE.dates[45]), chosen(), state=state).stale


def test_that_a_new_training_begins_a_new_loss_curve() -> None:
    assert READY.split is not None
    first = next(train(SPEC, READY.split, Control(), fit))
    point = LossPoint(0, 0.5)
    state = after(JobAsked(JobKind.TRAIN), first, state=trained())
    assert state.losses == ()
    assert after(Progress(1, 9, 0.1, (point,)), state=state).losses == (point,)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (SettingsChosen(replace(SPEC, window=40), "", DAY), "a window that takes 40 days"),
        (SettingsChosen(SPEC, "", TABLE.dates[0]), "nothing to train on"),
        (SettingsChosen(replace(SPEC, target="Close"), "", DAY), "no column 'Close'"),
        (SettingsChosen(None, "The units are none.", DAY), "The units are none."),
    ],
)
def test_that_settings_that_do_not_fit_the_file_are_reported_before_training(
    settings: SettingsChosen, sentence: str
) -> None:
    state = after(settings, state=READY)
    assert not state.ready
    assert sentence in state.problem
    assert after(chosen(), state=state).ready


def test_that_a_second_file_is_the_test_span_until_it_is_removed() -> None:
    first, second = TABLE.part(slice(0, 50)), TABLE.part(slice(50, 60))
    with_second = after(*read(first), chosen(), *read(second, Role.TEST))
    assert with_second.split is not None
    assert (with_second.split.rows_train, with_second.split.rows_test) == (50, 10)
    without = after(SecondFileRemoved(), state=with_second)
    assert without.split is not None
    assert (without.split.rows_train, without.split.rows_test) == (40, 10)


def test_when_the_second_file_does_not_follow_the_first_the_sentence_says_so() -> None:
    state = after(*read(TABLE, Role.TEST), state=READY)
    assert not state.ready
    assert "must begin after" in state.problem


def test_that_the_unknown_first_day_of_a_fresh_state_is_no_day() -> None:
    assert np.isnat(StocksState().test_day)


def test_that_a_reopened_network_brings_its_prices_losses_and_accesses() -> None:
    before = evaluated(trained())
    assert before.trained is not None
    reopened = Reopened(before.trained, before.accesses)
    state = after(reopened, chosen())
    assert state.train is before.trained.split.table
    assert state.times_opened == 1
    assert len(state.losses) == SPEC.epochs
    assert state.file is None
    assert not state.stale
    assert after(reopened, chosen(), state=before).times_opened == 1


def test_that_the_days_of_a_newer_file_do_not_open_the_test_span() -> None:
    state = trained(after(*read(TABLE.part(slice(0, 50))), chosen()))
    assert state.trained is not None
    newer = read(TABLE, Role.NEWER)
    asked = after(*newer, state=state)
    assert asked.train is state.train
    events = newer_evaluation_job(
        state.trained, TABLE, state.accesses, EvaluationRequest(3), Control()
    )
    applied = after(JobAsked(JobKind.APPLY), *events, Ended(4, "finished"), state=asked)
    assert applied.evaluation is not None
    assert len(applied.evaluation.forecast.rows) == 10
    assert not applied.open
    assert applied.times_opened == 0


def test_that_an_engine_is_recommended_once_there_is_something_to_train() -> None:
    assert StocksState().advice == ""
    assert READY.advice.startswith("NumPy")


def test_that_the_session_sees_few_checkpoints_and_the_last_one_always() -> None:
    first = stopped(made.SOUND, made.walk(60, 40), stop=(1, 1))

    def at(seconds: float) -> Snapshot:
        return Snapshot(3, replace(first, fit=replace(first.fit, seconds=seconds)))

    state = after(JobAsked(JobKind.TRAIN), at(1.0), state=READY)
    early, due = at(CHECKPOINT_SECONDS), at(CHECKPOINT_SECONDS + 1.0)
    assert after(early, state=state).unfinished is state.unfinished
    assert after(early, due, state=state).unfinished is due.state
    for event in (PauseAsked(), CancelAsked()):
        assert after(event, early, state=state).unfinished is early.state
    ended = after(CancelAsked(), early, Ended(1, "cancelled"), state=state)
    assert after(JobAsked(JobKind.CONTINUE), state=ended).unfinished is early.state
    assert after(JobAsked(JobKind.TRAIN), state=ended).unfinished is None
