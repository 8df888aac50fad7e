"""The settings' widgets: there and back again, one signal a change."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox
from pytestqt.qtbot import QtBot

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.series import PriceTable
from rnnstudio.core.stocks.spec import ForecastSpec
from rnnstudio.ui.stocks.form import ForecastForm
from tests.core.stocks import made


@pytest.fixture
def form(qtbot: QtBot) -> ForecastForm:
    form = ForecastForm(["numpy", "keras"])
    qtbot.addWidget(form)
    form.show_table(made.table(np.arange(1.0, 9.0)))
    return form


def test_that_a_fresh_form_holds_the_documents_settings(form: ForecastForm) -> None:
    assert form.spec() == ForecastSpec()


def test_that_what_is_shown_is_what_is_read(form: ForecastForm) -> None:
    spec = ForecastSpec(
        features=("High",),
        target="High",
        window=7,
        layers=3,
        units=11,
        dropout=0.35,
        epochs=12,
        batch_size=5,
        learning_rate=0.0125,
        seed=99,
        engine="keras",
    )
    form.show_spec(spec)
    assert form.spec() == spec


def test_that_every_single_change_is_told_once(form: ForecastForm, qtbot: QtBot) -> None:
    numbers = [*form.findChildren(QSpinBox), *form.findChildren(QDoubleSpinBox)]
    assert len(numbers) == 8
    for number in numbers:
        with qtbot.waitSignal(form.changed):
            number.stepUp()
    told: list[bool] = []
    form.changed.connect(lambda: told.append(True))
    form.target.setCurrentText("High")
    form.engine.setCurrentIndex(1)
    form.features.item(0).setCheckState(Qt.CheckState.Unchecked)
    form.show_spec(ForecastSpec(seed=5))
    assert len(told) == 4


def test_that_no_feature_at_all_is_refused_in_a_sentence(form: ForecastForm) -> None:
    for row in range(form.features.count()):
        form.features.item(row).setCheckState(Qt.CheckState.Unchecked)
    with pytest.raises(UserError, match="at least one column"):
        form.spec()


def test_that_a_share_with_one_column_is_forecast_from_itself(form: ForecastForm) -> None:
    table = made.table(np.ones(4))
    form.show_table(PriceTable("a", table.dates, {"Adj Close": np.ones(4)}))
    assert form.spec().features == ("Adj Close",)
    assert form.spec().target == "Adj Close"
