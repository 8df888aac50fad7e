"""The spans' widgets: which days are for testing, how far ahead, how wide."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.stocks.data.split import suggested_test_day
from rnnstudio.ui.stocks.drawer.spans_form import SpansForm
from rnnstudio.ui.stocks.state import StocksState
from tests.core.stocks import made

TABLE = made.table(np.arange(1.0, 101.0))


@pytest.fixture
def form(qtbot: QtBot) -> SpansForm:
    form = SpansForm()
    qtbot.addWidget(form)
    return form


def test_that_without_a_file_there_is_nothing_to_split(form: SpansForm) -> None:
    form.show_state(StocksState())
    assert not form.day.isEnabled()


def test_that_a_second_file_takes_the_place_of_the_day(form: SpansForm) -> None:
    form.show_state(StocksState(train=TABLE))
    assert form.day.isEnabled()


def test_that_the_last_tenth_is_proposed_and_only_days_of_the_file_can_be_chosen(
    form: SpansForm,
) -> None:
    form.choose_span(TABLE, suggested_test_day(TABLE))
    assert form.test_day() == TABLE.dates[90]
    form.day.setDate(QDate(1990, 1, 1))
    assert form.test_day() == TABLE.dates[1]


def test_that_a_share_of_the_rows_and_a_day_say_the_same(form: SpansForm) -> None:
    form.choose_span(TABLE, suggested_test_day(TABLE))
    assert form.share.value() == 10
    form.share.setValue(25)
    assert form.test_day() == TABLE.dates[75]
    form.day.setDate(QDate(2019, 3, 2))
    assert form.share.value() == 40


def test_that_one_change_of_the_share_is_emitted_once(form: SpansForm) -> None:
    form.choose_span(TABLE, suggested_test_day(TABLE))
    emitted: list[bool] = []
    form.test_day_changed.connect(lambda: emitted.append(True))
    form.share.setValue(20)
    assert len(emitted) == 1


@pytest.mark.parametrize("rows", [2, 3, 60, 99])
@pytest.mark.parametrize("percent", [1, 50, 99])
def test_that_any_share_of_few_days_leaves_days_to_train_and_to_test_on(
    form: SpansForm, rows: int, percent: int
) -> None:
    table = TABLE.part(slice(0, rows))
    form.choose_span(table, suggested_test_day(table))
    form.share.setValue(percent)
    assert table.dates[0] < form.test_day() <= table.dates[-1]


@pytest.mark.parametrize("typed", ["150", "0", "ten", "1000"])
def test_when_a_share_is_none_it_stays_as_typed_and_one_sentence_says_why(
    form: SpansForm, typed: str, qtbot: QtBot
) -> None:
    form.show_state(StocksState(train=TABLE))
    form.choose_span(TABLE, suggested_test_day(TABLE))
    day = form.test_day()
    emitted: list[str] = []
    form.problem.connect(emitted.append)
    form.share.clear()
    qtbot.keyClicks(form.share, typed)
    qtbot.keyClick(form.share, Qt.Key.Key_Return)
    assert form.share.text() == typed
    assert form.test_day() == day
    assert typed in emitted[-1].replace(",", "")
    form.share.setValue(25)
    assert emitted[-1] == ""
    assert form.test_day() == TABLE.dates[75]
