"""The script of a run comes to the application's numbers, alone, and says so when it does not."""

from __future__ import annotations

import csv
import re
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.kinds import KINDS
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.forecast import evaluate
from rnnstudio.core.stocks.evaluation.predict_newer import predict_newer
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.export.script.script import prices_beside, script_text, write_script
from rnnstudio.core.stocks.files.forecaster_file import load_forecaster, save_forecaster
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import train, train_on
from rnnstudio.core.stocks.teaching.leaks import LEAKS, Leak, leaky_training_data
from rnnstudio.core.training import Checkpoint, Control, Progress
from tests.core.stocks import made
from tests.core.stocks.export.script import runs
from tests.full_disk import full_after

RUNS = {
    "paper": made.PAPER,
    "sound": runs.SOUND,
    "four layers": replace(made.PAPER, layers=4, epochs=2),
    "rnn": replace(made.PAPER, cell="rnn"),
    "two layers of rnn": replace(runs.SOUND, cell="rnn", layers=2, units=9),
    "gru": replace(made.PAPER, cell="gru"),
    "two layers of gru": replace(runs.SOUND, cell="gru", layers=2, units=9),
    "volume and changes": replace(
        runs.SOUND, features=("Volume", "Open", "Change %"), layers=2, units=7
    ),
    "features without the target": replace(made.PAPER, features=("Volume", "High"), units=5),
    "validation without patience": replace(made.PAPER, validation=0.2, dropout=0.0),
    "returns without validation": replace(made.SINGLE, validation=0.0, patience=None),
}


def blas_is_openblas() -> bool:
    return "openblas" in np.show_config(mode="dicts")["Build Dependencies"]["blas"]["name"]


@pytest.mark.parametrize("name", RUNS)
def test_that_the_script_comes_to_the_applications_numbers(name: str, tmp_path: Path) -> None:
    path, forecast = runs.written(tmp_path, RUNS[name])
    result = runs.run(path)
    assert result.status == 0
    assert "They agree" in result.out
    np.testing.assert_allclose(result.predicted, forecast.predicted, rtol=1e-6)
    losses = [float(loss) for loss in re.findall(r"^epoch +\d+  loss (\S+)", result.out, re.M)]
    np.testing.assert_allclose(losses, forecast.trained.model.losses, atol=1e-6)
    rmse = re.search(r"^RMSE of the network +(\S+)", result.out, re.M)
    assert rmse is not None
    assert float(rmse[1]) == pytest.approx(forecast.rmse, rel=1e-6)


def test_that_early_stopping_and_shrinkage_are_among_what_is_compared() -> None:
    forecast = runs.forecast(RUNS["sound"])
    assert len(forecast.trained.model.losses) < forecast.spec.epochs
    assert 0 < forecast.trained.shrinkage < 1


@pytest.mark.skipif(not blas_is_openblas(), reason="another BLAS may round as it likes")
@pytest.mark.parametrize(
    "name",
    ["paper", "sound", "four layers", "rnn", "two layers of rnn", "gru", "two layers of gru"],
)
def test_that_the_numbers_are_the_same_to_the_last_bit_on_one_machine(
    name: str, tmp_path: Path
) -> None:
    path, forecast = runs.written(tmp_path, RUNS[name])
    result = runs.run(path)
    assert result.predicted == forecast.predicted.tolist()
    assert result.out.endswith("They agree to the last bit.\n")


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_that_any_settings_lead_to_the_same_numbers(data: st.DataObject, tmp_path: Path) -> None:
    names = st.sampled_from(["Open", "High", "Volume", "Change %"])
    validation = data.draw(st.sampled_from([0.0, 0.3]))
    spec = ForecastSpec(
        features=tuple(data.draw(st.lists(names, min_size=1, unique=True))),
        target=data.draw(st.sampled_from(["Open", "High"])),
        quantity=data.draw(st.sampled_from(["price", "log return"])),
        window=data.draw(st.integers(1, 9)),
        cell=data.draw(st.sampled_from(["rnn", "lstm", "gru"])),
        layers=data.draw(st.integers(1, 3)),
        units=data.draw(st.integers(1, 9)),
        dropout=data.draw(st.sampled_from([0.0, 0.000001, 0.5])),
        epochs=data.draw(st.integers(1, 4)),
        batch_size=data.draw(st.integers(1, 90)),
        validation=validation,
        patience=data.draw(st.sampled_from([None, 1])) if validation else None,
        seed=data.draw(st.integers(0, 2**32 - 1)),
    )
    path, forecast = runs.written(tmp_path, spec)
    result = runs.run(path)
    assert result.status == 0, result.out
    np.testing.assert_allclose(result.predicted, forecast.predicted, rtol=1e-5)


@pytest.mark.parametrize(
    ("row", "column"),
    [(3, "Open"), (69, "High"), (80, "Open"), (80, "RNN Studio's forecast")],
)
def test_when_one_number_of_the_file_is_changed_the_script_says_that_they_differ(
    row: int, column: str, tmp_path: Path
) -> None:
    path, _ = runs.written(tmp_path, made.PAPER)
    with prices_beside(path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[row][column] = repr(float(rows[row][column]) + 0.01)
    with prices_beside(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    result = runs.run(path)
    assert result.status == 1
    assert "They do NOT agree" in result.out
    assert "sum of the numbers read" in result.out.splitlines()[-1]


def test_when_the_seed_is_another_the_script_says_that_they_differ(tmp_path: Path) -> None:
    path, _ = runs.written(tmp_path, made.PAPER)
    path.write_text(path.read_text("utf-8").replace("SEED = 1 ", "SEED = 2 "), "utf-8")
    result = runs.run(path)
    assert result.status == 1
    assert "RMSE of the network" in result.out.splitlines()[-1]


def test_that_names_of_the_user_are_text_and_nothing_else(tmp_path: Path) -> None:
    prices = runs.table()
    wild = "'''\"\"\"\\\nraise SystemExit(9) #{}, ü"
    columns = {wild: prices.column("Open")}
    renamed = PriceTable(wild, prices.dates, columns)
    spec = replace(made.PAPER, features=(wild,), target=wild)
    name = "a 'b' \"c\" \\ {d}.py" if sys.platform != "win32" else "a 'b' {d}.py"
    path, _ = write_script(tmp_path / name, runs.forecast(spec, renamed))
    assert runs.run(path).status == 0


def test_that_the_file_of_prices_holds_every_number_unrounded(tmp_path: Path) -> None:
    spec = replace(made.PAPER, features=("High",))
    path, forecast = runs.written(tmp_path, spec)
    with prices_beside(path).open(encoding="utf-8", newline="") as file:
        days = list(csv.DictReader(file))
    assert list(days[0]) == ["Date", "High", "Open", "RNN Studio's forecast"]
    for name in ("High", "Open"):
        read = [float(day[name]) for day in days]
        assert read == forecast.table.column(name).tolist()
    said = [day["RNN Studio's forecast"] for day in days]
    assert said[: runs.FIRST_TEST_ROW] == [""] * runs.FIRST_TEST_ROW
    assert [float(each) for each in said[runs.FIRST_TEST_ROW :]] == forecast.predicted.tolist()


def test_when_the_script_does_not_fit_on_the_disk_nothing_is_left_or_changed(
    tmp_path: Path,
) -> None:
    first, other = runs.forecast(made.PAPER), runs.forecast(replace(made.PAPER, seed=2))
    with full_after(8_000), pytest.raises(UserError, match=r"run\.py cannot be written"):
        write_script(tmp_path / "run.py", first)
    assert not list(tmp_path.iterdir())
    written = {path: path.read_bytes() for path in write_script(tmp_path / "run.py", first)}
    with full_after(8_000), pytest.raises(UserError, match=r"run\.py cannot be written"):
        write_script(tmp_path / "run.py", other)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == written


def test_that_a_network_that_was_kept_and_reopened_has_the_same_script(tmp_path: Path) -> None:
    forecast = runs.forecast(RUNS["sound"])
    save_forecaster(tmp_path / "made.rnnstudio", forecast.trained, forecast.accesses)
    again = evaluate(load_forecaster(tmp_path / "made.rnnstudio")[0])
    path = tmp_path / "run.py"
    assert script_text(again, path) == script_text(forecast, path)


def test_that_only_a_name_of_a_python_script_is_taken(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"choose one that ends in \.py"):
        write_script(tmp_path / "prices.csv", runs.forecast(made.PAPER))
    assert not list(tmp_path.iterdir())


def test_that_a_forecast_of_a_newer_file_has_no_script(tmp_path: Path) -> None:
    table = runs.table()
    trained = made.trained(Split(table.part(slice(0, 75)), runs.FIRST_TEST_ROW), made.PAPER)
    with pytest.raises(UserError, match="own test span"):
        write_script(tmp_path / "run.py", predict_newer(trained, table, AccessLog()))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("leak", LEAKS)
def test_that_a_network_with_leakage_has_no_script(leak: Leak, tmp_path: Path) -> None:
    split = Split(runs.table(), runs.FIRST_TEST_ROW)
    *_, last = train_on(leaky_training_data(made.PAPER, split, {leak}), Control(), fit)
    with pytest.raises(UserError, match="has no leakage"):
        write_script(tmp_path / "run.py", evaluate(last.result))
    assert not list(tmp_path.iterdir())


def test_that_a_cell_that_is_not_written_out_has_no_script(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CELLS, "other", replace(CELLS["gru"], name="other", label="Other"))
    monkeypatch.setitem(KINDS, "other", replace(KINDS["gru"], cell=CELLS["other"]))
    with pytest.raises(UserError, match="no script of a network of the cell Other"):
        write_script(tmp_path / "run.py", runs.forecast(replace(made.PAPER, cell="other")))
    assert not list(tmp_path.iterdir())


def test_when_the_training_was_stopped_there_is_no_script_of_it(tmp_path: Path) -> None:
    control, spec = Control(), replace(made.PAPER, epochs=5000)
    for event in train(spec, made.walk(80, 60), control, fit):
        if isinstance(event, Progress) and event.points:
            control.cancel()
        stopped = event
    assert isinstance(stopped, Checkpoint)
    assert not stopped.state.complete
    with pytest.raises(UserError, match="was stopped after"):
        write_script(tmp_path / "stopped.py", evaluate(stopped.state))
    assert not list(tmp_path.iterdir())
