"""The settings' widgets: there and back again, one signal a change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.presets import PRESET_NAMES, preset_for
from rnnstudio.ui.stocks.form import ForecastForm
from rnnstudio.ui.widgets.number_box import NumberBox
from tests.core.stocks import made

TABLE = made.table(np.arange(1.0, 9.0))


@pytest.fixture
def form(qtbot: QtBot) -> ForecastForm:
    form = ForecastForm(["numpy", "keras"])
    qtbot.addWidget(form)
    form.show_table(TABLE)
    return form


def test_that_a_fresh_form_holds_sound_settings(form: ForecastForm) -> None:
    assert form.spec() == preset_for("sound", TABLE)


def test_that_what_is_shown_is_what_is_read(form: ForecastForm) -> None:
    spec = ForecastSpec(
        features=("High",),
        target="High",
        window=7,
        cell="gru",
        layers=3,
        units=11,
        dropout=0.35,
        epochs=12,
        batch_size=5,
        learning_rate=0.0125,
        quantity="log return",
        validation=0.15,
        patience=4,
        seed=99,
        engine="keras",
    )
    form.show_spec(spec)
    assert form.spec() == spec


SPECS = st.builds(
    ForecastSpec,
    features=st.sampled_from([("Open",), ("Open", "High"), ("High", "Open")]),
    target=st.sampled_from(["Open", "High"]),
    quantity=st.sampled_from(["price", "log return"]),
    window=st.integers(1, 10**6),
    cell=st.sampled_from(["rnn", "lstm", "gru"]),
    layers=st.integers(1, 64),
    units=st.integers(1, 60),
    dropout=st.floats(0, 1, exclude_max=True),
    epochs=st.integers(1, 10**9),
    batch_size=st.integers(1, 10**9),
    learning_rate=st.floats(1e-300, 1e300),
    validation=st.floats(0.001, 1, exclude_max=True),
    patience=st.none() | st.integers(1, 10**9),
    seed=st.integers(0, 2**32 - 1),
    engine=st.sampled_from(["numpy", "keras"]),
)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spec=SPECS)
def test_that_whatever_can_be_trained_is_held_to_the_last_digit(
    form: ForecastForm, spec: ForecastSpec
) -> None:
    form.show_spec(spec)
    assert form.spec() == spec


def test_that_what_is_typed_is_taken_whole_or_refused_in_a_sentence(
    form: ForecastForm, qtbot: QtBot
) -> None:
    form.units.selectAll()
    qtbot.keyClicks(form.units, "99999")
    assert form.units.value() == 99999
    with pytest.raises(UserError, match="weights"):
        form.spec()
    form.units.selectAll()
    qtbot.keyClicks(form.units, "abc")
    with pytest.raises(UserError, match="Units is “abc”"):
        form.spec()
    form.units.setValue(5)
    form.seed.setValue(2**32)
    with pytest.raises(UserError, match="The seed is 4294967296"):
        form.spec()


def test_that_every_single_change_is_emitted_once(form: ForecastForm, qtbot: QtBot) -> None:
    numbers = form.findChildren(NumberBox)
    assert len(numbers) == 10
    for number in numbers:
        with qtbot.waitSignal(form.changed):
            number.stepUp()
    emitted: list[bool] = []
    form.changed.connect(lambda: emitted.append(True))
    form.target.setCurrentText("High")
    form.engine.setCurrentIndex(1)
    form.cell.setCurrentText("GRU")
    form.features.item(0).setCheckState(Qt.CheckState.Unchecked)
    form.show_spec(ForecastSpec(seed=5))
    assert len(emitted) == 5


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


def test_that_a_preset_sets_everything_but_seed_and_engine(form: ForecastForm) -> None:
    form.seed.setValue(7)
    form.engine.setCurrentIndex(1)
    for index, name in enumerate(PRESET_NAMES):
        form.preset.setCurrentIndex(index)
        form.preset.activated.emit(index)
        assert form.spec() == replace(preset_for(name, TABLE), seed=7, engine="keras")
        assert form.preset.currentIndex() == index


def test_that_settings_of_ones_own_are_no_preset(form: ForecastForm) -> None:
    assert form.preset.currentIndex() == PRESET_NAMES.index("sound")
    form.show_spec(ForecastSpec())
    assert form.preset.currentIndex() == PRESET_NAMES.index("paper")
    form.layers.setValue(4)
    assert form.preset.currentIndex() == PRESET_NAMES.index("paper-four-layers")
    form.units.setValue(9)
    assert form.preset.currentIndex() == -1


def test_that_patience_without_a_validation_span_is_refused_in_a_sentence(
    form: ForecastForm,
) -> None:
    form.show_spec(ForecastSpec())
    form.patience.setValue(3)
    with pytest.raises(UserError, match="Patience needs a validation span"):
        form.spec()
