"""The settings of a forecast: the document's by default, and plain words for wrong ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rnnstudio.core.engine.kinds import KINDS
from rnnstudio.core.engine.optimizers import Adam
from rnnstudio.core.engine.spec import Dense, Dropout, Recurrent
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.presets import PRESETS, columns_for, preset_for
from tests.core.stocks import made


def test_that_the_default_is_the_documents_network_and_training() -> None:
    spec = ForecastSpec()
    assert spec.model.n_x == 2
    assert spec.model.layers == (Recurrent("lstm", 50), Dropout(0.2), Dense(1))
    assert spec.model.loss == "mean_squared_error"
    assert (spec.fit.epochs, spec.fit.batch_size) == (100, 32)
    assert spec.fit.optimizer == Adam(0.001)


def test_that_all_layers_but_the_last_give_every_step() -> None:
    layers = ForecastSpec(layers=3).model.layers
    assert [each.every_step for each in layers if isinstance(each, Recurrent)] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("cell", KINDS)
def test_that_every_layer_is_of_the_cell_that_is_chosen(cell: str) -> None:
    layers = ForecastSpec(cell=cell, layers=2).model.layers
    assert [each.cell for each in layers if isinstance(each, Recurrent)] == [cell, cell]


def test_that_keras_is_refused_for_a_cell_that_it_has_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "lstm", replace(KINDS["lstm"], keras=None))
    assert ForecastSpec(cell="lstm").cell == "lstm"
    with pytest.raises(UserError, match="Keras has no cell lstm"):
        ForecastSpec(cell="lstm", engine="keras")


def test_that_a_cell_that_cannot_be_trained_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(KINDS, "gru")
    with pytest.raises(UserError, match="cell gru can be looked at but not trained"):
        ForecastSpec(cell="gru")


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"features": ()}, "at least one column"),
        ({"features": ("Open", "Open")}, "named twice"),
        ({"window": 0}, "window is 0"),
        ({"layers": 0}, "number of layers is 0"),
        ({"cell": "neuron"}, "no cell 'neuron'; choose one of 'rnn', 'lstm', 'gru'"),
        ({"units": 0}, "units is 0"),
        ({"dropout": 1.0}, "dropout is 1.0"),
        ({"dropout": float("nan")}, "dropout is nan"),
        ({"epochs": 0}, "epochs is 0"),
        ({"batch_size": -1}, "batch size is -1"),
        ({"learning_rate": 0.0}, "learning rate is 0.0"),
        ({"seed": -1}, "seed is -1"),
        ({"validation": 1.0}, "validation share is 1.0"),
        ({"validation": float("nan")}, "validation share is nan"),
        ({"patience": 3}, "Patience needs a validation span"),
        ({"patience": 0, "validation": 0.1}, "patience is 0"),
        ({"quantity": "smell"}, "no quantity 'smell'; choose one of 'price', 'log return'"),
        ({"quantity": "log return", "target": "Volume"}, "Volume holds no prices"),
        ({"engine": "abacus"}, "no engine 'abacus'; choose one of 'numpy', 'keras'"),
    ],
)
def test_that_an_impossible_setting_is_named(setting: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        ForecastSpec(**setting)


def test_that_a_table_without_the_documents_columns_gets_its_first_price() -> None:
    table = made.table(np.ones(3))
    assert columns_for("paper", table) == (("Open", "High"), "Open")
    closes = {"Volume": np.ones(3), "Adj Close": np.ones(3)}
    assert columns_for("paper", PriceTable("a", table.dates, closes)) == (
        ("Adj Close",),
        "Adj Close",
    )


def test_that_the_paper_presets_are_the_documents_settings_but_for_the_layers() -> None:
    assert PRESETS["paper"] == ForecastSpec()
    assert PRESETS["paper-four-layers"] == ForecastSpec(layers=4)


def test_that_the_sound_preset_takes_the_adjusted_price_where_there_is_one() -> None:
    table = made.table(np.ones(3))
    for names, wanted in (
        (("Open", "Close", "Adj Close"), "Adj Close"),
        (("Open", "Close"), "Close"),
        (("Open", "High"), "Open"),
    ):
        prices = PriceTable("a", table.dates, {name: np.ones(3) for name in names})
        spec = preset_for("sound", prices)
        assert (spec.features, spec.target) == ((wanted,), wanted)
        assert spec.quantity == "log return"


def test_that_a_return_takes_one_day_more_than_a_price() -> None:
    assert ForecastSpec(window=20).lookback == 20
    assert ForecastSpec(window=20, quantity="log return").lookback == 21
