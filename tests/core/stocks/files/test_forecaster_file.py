"""A kept forecaster comes back the same, and a file of unknown origin is refused in a sentence."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.documents.document_file import Document, load, save
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.evaluation.forecast import evaluate, reopen
from rnnstudio.core.stocks.evaluation.leakage_checks import leakage_checks
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.forecaster_file import (
    KIND,
    VERSION,
    load_forecaster,
    save_forecaster,
)
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from tests.core.stocks import made
from tests.core.stocks.damaging import Change, damage

SPLIT = made.walk(120, 90)
TRAINED = made.trained(SPLIT)


@pytest.mark.parametrize(
    "spec",
    [
        made.PAPER,
        made.SOUND,
        made.SINGLE,
        replace(made.PAPER, layers=2),
        replace(made.SOUND, cell="gru"),
        replace(made.PAPER, cell="rnn"),
    ],
    ids=["paper", "sound", "one feature", "two layers", "gru", "rnn"],
)
def test_that_a_forecaster_comes_back_with_the_same_forecast(
    spec: ForecastSpec, tmp_path: Path
) -> None:
    forecast = evaluate(made.trained(SPLIT, spec))
    save_forecaster(tmp_path / "a.rnnstudio", forecast.trained, forecast.accesses)
    trained, accesses = load_forecaster(tmp_path / "a.rnnstudio")
    assert trained.spec == spec
    assert trained.scaling == forecast.trained.scaling
    assert accesses == forecast.accesses
    again = reopen(trained, accesses)
    assert again is not None
    np.testing.assert_array_equal(again.ahead, forecast.ahead)
    np.testing.assert_array_equal(again.closed_loop, forecast.closed_loop)
    assert again.accesses.count(again.dates) == 1
    assert leakage_checks(again) == leakage_checks(forecast)
    np.testing.assert_array_equal(trained.model.losses, forecast.trained.model.losses)


def test_that_a_network_gives_the_same_bytes_however_an_engine_orders_its_weights(
    tmp_path: Path,
) -> None:
    model = TRAINED.model
    turned = replace(model, weights=[dict(reversed(each.items())) for each in model.weights])
    save_forecaster(tmp_path / "a.rnnstudio", TRAINED, AccessLog())
    save_forecaster(tmp_path / "b.rnnstudio", replace(TRAINED, model=turned), AccessLog())
    assert (tmp_path / "a.rnnstudio").read_bytes() == (tmp_path / "b.rnnstudio").read_bytes()


def test_that_a_test_span_that_was_not_evaluated_is_so_again(tmp_path: Path) -> None:
    save_forecaster(tmp_path / "a.rnnstudio", TRAINED, AccessLog())
    trained, accesses = load_forecaster(tmp_path / "a.rnnstudio")
    assert reopen(trained, accesses) is None
    assert evaluate(trained, accesses).accesses.count(SPLIT.table.dates[90:]) == 1


def test_that_a_leak_that_was_saved_is_still_found(tmp_path: Path) -> None:
    data = TRAINED.data
    features = replace(data.scaling.features, rows=range(120))
    lying = replace(TRAINED, data=replace(data, scaling=replace(data.scaling, features=features)))
    save_forecaster(tmp_path / "a.rnnstudio", lying, AccessLog())
    trained, accesses = load_forecaster(tmp_path / "a.rnnstudio")
    red = [entry.name for entry in leakage_checks(evaluate(trained, accesses)) if not entry.ok]
    assert red == ["scaler"]


def test_that_a_network_that_learnt_from_changed_numbers_is_not_kept(tmp_path: Path) -> None:
    lying = replace(TRAINED, data=replace(TRAINED.data, given=SPLIT.table))
    with pytest.raises(ValueError, match="changed numbers"):
        save_forecaster(tmp_path / "a.rnnstudio", lying, AccessLog())
    assert not list(tmp_path.iterdir())


def test_that_a_file_of_the_first_version_of_the_application_opens() -> None:
    """The file was written by the application as it was before runs could be kept."""
    trained, accesses = load_forecaster(Path(__file__).with_name("version_1.rnnstudio"))
    again = reopen(trained, accesses)
    assert again is not None
    assert again.predicted[:3] == pytest.approx([100.22872872, 99.91480591, 101.37282659], rel=1e-5)
    assert again.rmse == pytest.approx(1.076610270303639, rel=1e-4)
    assert accesses.count(again.dates) == 1


def test_that_a_file_names_no_cell_where_it_is_the_first_versions(tmp_path: Path) -> None:
    save_forecaster(tmp_path / "a.rnnstudio", TRAINED, AccessLog())
    content = load(tmp_path / "a.rnnstudio", KIND, VERSION).content
    assert "cell" not in content["spec"]
    assert load_forecaster(tmp_path / "a.rnnstudio")[0].spec.cell == "lstm"


def setting(name: str, value: Any) -> Change:
    return lambda content, _: content["spec"].update({name: value})


def entry(name: str, value: Any) -> Change:
    return lambda content, _: content.update({name: value})


def scaler(name: str, value: Any) -> Change:
    return lambda content, _: content["features_scaler"].update({name: value})


def array(name: str, change: Callable[[np.ndarray], np.ndarray]) -> Change:
    return lambda _, arrays: arrays.update({name: change(arrays[name])})


def no_number(values: np.ndarray) -> np.ndarray:
    values[0] = np.nan
    return values


DAMAGE: dict[str, Change] = {
    "no spec": lambda content, _: content.pop("spec"),
    "unknown setting": setting("magic", 1),
    "a cell that there is not": setting("cell", "neuron"),
    "a cell as a number": setting("cell", 3),
    "layers without end": setting("layers", 10**9),
    "units without end": setting("units", 10**9),
    "units as text": setting("units", "50"),
    "window without end": setting("window", 10**9),
    "window of other days": setting("window", 119),
    "no such column": setting("target", "Close"),
    "features as text": setting("features", "Open"),
    "impossible dropout": setting("dropout", 2.0),
    "patience as text": setting("patience", "3"),
    "no rows": entry("rows_train", 0),
    "rows below zero": entry("rows_train", -5),
    "more rows than days": entry("rows_validation", 500),
    "rows as a float": entry("rows_train", 67.5),
    "trust above one": entry("trust", 3.0),
    "trust as text": entry("trust", "much"),
    "seconds below zero": entry("seconds", -1),
    "openings of anything": entry("openings", [["yesterday", "today"]]),
    "openings as a number": entry("openings", 3),
    "columns twice": entry("columns", ["Open", "Open"]),
    "source as a number": entry("source", 3),
    "scaler without scale": scaler("scale", [0.0, 0.0]),
    "scaler of text": scaler("offset", ["a", "b"]),
    "scaler of other columns": scaler("columns", ["High", "Open"]),
    "scaler of rows that are not there": scaler("rows", [0, 10**6]),
    "scaler of no kind": scaler("kind", "robust"),
    "dates out of order": array("dates", lambda days: days[::-1].copy()),
    "dates out of range": array("dates", lambda days: days + 10**9),
    "a price that is none": array("column.0", no_number),
    "a column too short": array("column.0", lambda values: values[:-1]),
    "weights that are none": array("weights.0.Wf", no_number),
    "weights of another shape": array("weights.0.Wf", lambda weights: weights.T.copy()),
    "weights as whole numbers": array("weights.0.Wf", lambda weights: weights.astype("i4")),
    "weights too many": lambda _, arrays: arrays.update({"weights.7.Wf": np.zeros(3)}),
    "prices below zero": array("column.0", lambda prices: -prices),
    "weights missing": lambda _, arrays: arrays.pop("weights.0.Wf"),
    "examples before the start": array("training_rows", lambda rows: rows - 10),
    "examples after the end": array("training_rows", lambda rows: rows + 1000),
    "examples as floats": array("training_rows", lambda rows: rows.astype("f8")),
    "losses of another shape": array("losses", lambda losses: losses[:, np.newaxis]),
    "losses missing": lambda _, arrays: arrays.pop("losses"),
}


def damaged(path: Path, change: Change) -> None:
    save_forecaster(path, TRAINED, AccessLog((("2019-04-01", "2019-04-30"),)))
    damage(path, KIND, VERSION, change)


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
def test_that_what_does_not_fit_together_is_refused_in_a_sentence(
    change: Change, tmp_path: Path
) -> None:
    damaged(tmp_path / "a.rnnstudio", change)
    with pytest.raises(UserError) as refused:
        load_forecaster(tmp_path / "a.rnnstudio")
    assert str(refused.value).endswith(".")


@settings(max_examples=60)
@given(
    name=st.sampled_from(["spec", "columns", "rows_train", "features_scaler", "trust", "openings"]),
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
        max_leaves=8,
    ),
)
def test_that_anything_in_the_place_of_an_entry_is_refused_or_read(
    name: str, value: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.rnnstudio"
    try:
        damaged(path, entry(name, value))
    except ValueError:  # no JSON
        return
    with contextlib.suppress(UserError):
        load_forecaster(path)


def test_that_a_file_of_another_kind_is_named(tmp_path: Path) -> None:
    save(tmp_path / "a.rnnstudio", Document("names", 1, {}))
    with pytest.raises(UserError, match="holds 'names', not 'forecast'"):
        load_forecaster(tmp_path / "a.rnnstudio")
