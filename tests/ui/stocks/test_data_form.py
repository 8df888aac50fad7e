"""The files' widgets."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import suggested_test_day
from rnnstudio.ui.stocks.data_form import DataForm
from tests.core.stocks import made

TABLE = made.table(np.arange(1.0, 101.0))


@pytest.fixture
def form(qtbot: QtBot) -> DataForm:
    form = DataForm()
    qtbot.addWidget(form)
    return form


def test_that_without_a_file_there_is_nothing_to_split(form: DataForm) -> None:
    assert not form.day.isEnabled()
    assert not form.test_button.isEnabled()


def test_that_the_last_tenth_is_proposed_and_only_days_of_the_file_can_be_chosen(
    form: DataForm,
) -> None:
    form.choose_span(TABLE, suggested_test_day(TABLE))
    assert form.test_day() == TABLE.dates[90]
    form.day.setDate(QDate(1990, 1, 1))
    assert form.test_day() == TABLE.dates[1]


def test_that_a_second_file_takes_the_place_of_the_day(form: DataForm) -> None:
    form.show_files(TABLE, TABLE)
    assert not form.day.isEnabled()
    assert form.remove_button.isEnabled()
    form.show_files(TABLE, None)
    assert form.day.isEnabled()
    assert not form.remove_button.isEnabled()
    assert form.train_label.text() == "made.csv: 100 days, 2019-01-01 to 2019-04-10"


def test_that_a_long_file_name_does_not_widen_the_form(form: DataForm) -> None:
    width = form.sizeHint().width()
    name = f"Historical{'x' * 100}Prices.csv"
    form.show_files(PriceTable(name, TABLE.dates, TABLE.columns), None)
    assert form.train_label.minimumSizeHint().width() <= width
    assert "Historical" in form.train_label.text()
    assert ".csv: 100 days" in form.train_label.text()


def test_that_a_sample_is_named_and_a_file_of_ones_own_is_not(form: DataForm) -> None:
    form.show_sample("AMD.csv")
    assert form.sample.currentText() == "AMD"
    form.show_sample("mine.csv")
    assert form.sample.currentIndex() == -1


def test_that_a_share_of_the_rows_and_a_day_say_the_same(form: DataForm) -> None:
    form.choose_span(TABLE, suggested_test_day(TABLE))
    assert form.share.value() == 10
    form.share.setValue(25)
    assert form.test_day() == TABLE.dates[75]
    form.day.setDate(QDate(2019, 3, 2))
    assert form.share.value() == 40


def test_that_one_change_of_the_share_is_emitted_once(form: DataForm) -> None:
    form.choose_span(TABLE, suggested_test_day(TABLE))
    emitted: list[bool] = []
    form.test_day_changed.connect(lambda: emitted.append(True))
    form.share.setValue(20)
    assert len(emitted) == 1


@pytest.mark.parametrize("rows", [2, 3, 60, 99])
@pytest.mark.parametrize("percent", [1, 50, 99])
def test_that_any_share_of_few_days_leaves_days_to_train_and_to_test_on(
    form: DataForm, rows: int, percent: int
) -> None:
    table = TABLE.part(slice(0, rows))
    form.choose_span(table, suggested_test_day(table))
    form.share.setValue(percent)
    assert table.dates[0] < form.test_day() <= table.dates[-1]


@pytest.mark.parametrize("typed", ["150", "0", "ten", "1000"])
def test_when_a_share_is_none_it_stays_as_typed_and_one_sentence_says_why(
    form: DataForm, typed: str, qtbot: QtBot
) -> None:
    form.show_files(TABLE, None)
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
