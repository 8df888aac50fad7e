"""The files' widgets."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.ui.stocks.data_form import DataForm
from tests.core.stocks import made

TABLE = made.table(np.arange(1.0, 101.0))


@pytest.fixture
def form(qtbot: QtBot) -> DataForm:
    form = DataForm()
    qtbot.addWidget(form)
    return form


def test_that_without_a_file_there_is_nothing_to_test_on(form: DataForm) -> None:
    assert not form.test_button.isEnabled()


def test_that_a_second_file_can_be_removed_again(form: DataForm) -> None:
    form.show_files(TABLE, TABLE)
    assert form.remove_button.isEnabled()
    form.show_files(TABLE, None)
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
