"""What is done with a trained network: kept, reopened, exported, looked at."""

from __future__ import annotations

import csv
import html
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.training import Ended
from rnnstudio.ui.stocks.tab import StocksTab
from rnnstudio.ui.stocks.tab_events import Role
from tests.full_disk import full_after
from tests.ui.stocks.tabs import (
    QUICK,
    evaluate,
    forecast_of,
    open_file,
    reopen,
    save,
    train,
    wait_until_over,
    write,
)


def test_that_a_saved_network_is_reopened_and_applied_to_a_newer_file(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    first = forecast_of(ready)
    save(ready, tmp_path / "made.rnnstudio", qtbot)
    again = StocksTab({"numpy": fit})
    qtbot.addWidget(again)
    reopen(again, tmp_path / "made.rnnstudio", qtbot)
    assert again.form.spec() == QUICK
    assert again.state.times_opened == 1
    evaluate(again, qtbot)
    np.testing.assert_array_equal(forecast_of(again).predicted, first.predicted)
    newer = write(tmp_path / "newer.csv", slice(0, 100))
    open_file(again, newer, qtbot, Role.NEWER)
    wait_until_over(again, qtbot)
    assert len(forecast_of(again).rows) == 20
    seen = again.verdict.seen
    assert seen is not None
    assert list(np.flatnonzero(np.isfinite(seen.network))) == list(range(80, 100))
    np.testing.assert_array_equal(seen.network[80:], forecast_of(again).predicted)
    again.shutdown()


def test_when_a_damaged_network_is_reopened_one_sentence_says_so_and_nothing_changes(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = tmp_path / "bad.rnnstudio"
    bad.write_bytes(b"PK no")
    before = ready.state.train
    reopen(ready, bad, qtbot)
    assert "bad.rnnstudio is damaged" in ready.problem.text()
    assert ready.state.train is before


def test_that_every_number_is_exported_and_can_be_read_back(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    ready.network_bar.export_csv(tmp_path / "out.csv")
    wait_until_over(ready, qtbot)
    days = list(csv.DictReader((tmp_path / "out.csv").read_text().splitlines()))
    assert ready.state.evaluation is not None
    forecast, ahead = forecast_of(ready), ready.state.evaluation.future
    exported = [float(day["open loop"]) for day in days[:8]]
    assert exported == pytest.approx(forecast.predicted, rel=1e-9)
    later = [float(day["days ahead"]) for day in days[8:]]
    assert later == pytest.approx(ahead.predicted, rel=1e-9)
    assert days[8]["truth"] == ""
    figures = dict(csv.reader((tmp_path / "out-panel.csv").read_text().splitlines()))
    assert float(figures["forecasts network rmse"]) == pytest.approx(forecast.rmse, rel=1e-9)


def test_that_the_chart_is_exported_as_picture_and_drawing(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    ready.pictures.save(tmp_path / "out.png")
    ready.pictures.save(tmp_path / "out.svg")
    assert not QImage(str(tmp_path / "out.png")).isNull()
    assert QSvgRenderer(str(tmp_path / "out.svg")).isValid()


def test_that_the_report_of_the_open_test_span_is_written(
    ready: StocksTab, prices: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    bar, report = ready.network_bar, tmp_path / "out.html"
    train(ready, qtbot)
    assert not bar.report_action.isEnabled()
    evaluate(ready, qtbot)
    assert bar.report_action.isEnabled()
    said: list[str] = []
    ready.status.connect(said.append)
    bar.export_report(report)
    wait_until_over(ready, qtbot)
    assert said == [f"Done: {report}"]
    text = html.unescape(report.read_text("utf-8"))
    assert ready.figures.sentence.text() in text
    assert f"{prices.name}: 80 days" in text


def test_when_the_disk_fills_the_tab_says_so_and_no_half_report_is_left(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    before = sorted(tmp_path.iterdir())
    with full_after(4_000):
        ready.network_bar.export_report(tmp_path / "out.html")
        wait_until_over(ready, qtbot)
    assert "cannot be written" in ready.run_bar.error.text()
    assert sorted(tmp_path.iterdir()) == before


def test_when_an_export_cannot_be_written_the_tab_says_so(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("")
    ready.pictures.save(tmp_path / "file" / "out.png")
    assert "cannot be written" in ready.pictures.error.text()


def test_that_the_inspector_is_given_the_networks_own_weights(
    ready: StocksTab, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    with qtbot.waitSignal(ready.scene_wanted) as wanted:
        ready.network_bar.inspect_action.trigger()
    trained = ready.state.trained
    assert trained is not None
    scene = wanted.args[0]
    np.testing.assert_array_equal(scene.parameters["Wf"], trained.model.weights[0]["Wf"])
    assert scene.labels[-1] == str(trained.split.known.dates[-2])


def test_that_the_run_is_exported_as_a_script_with_its_prices(
    ready: StocksTab, tmp_path: Path, qtbot: QtBot
) -> None:
    assert not ready.network_bar.script_action.isEnabled()
    train(ready, qtbot)
    evaluate(ready, qtbot)
    assert ready.network_bar.script_action.isEnabled()
    ready.network_bar.export_script(tmp_path / "run.txt")
    wait_until_over(ready, qtbot)
    assert "choose one that ends in .py" in ready.run_bar.error.text()
    ready.network_bar.export_script(tmp_path / "run.py")
    wait_until_over(ready, qtbot)
    said = f'"RMSE of the network": {forecast_of(ready).rmse!r},'
    assert said in (tmp_path / "run.py").read_text("utf-8")
    assert (tmp_path / "run-prices.csv").is_file()


@pytest.mark.parametrize("leave", ["stop", "close"])
def test_when_exports_are_stopped_or_the_tab_is_closed_nothing_is_left_half_written(
    ready: StocksTab, leave: str, tmp_path: Path, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    bar, folder = ready.network_bar, tmp_path / "made"
    folder.mkdir()
    exports = (
        (bar.export_csv, {"out.csv", "out-panel.csv"}),
        (bar.export_report, {"out.html"}),
        (bar.export_script, {"out.py", "out-prices.csv"}),
        (bar.save, {"out.rnnstudio"}),
    )
    for export, names in exports:
        export(folder / next(name for name in names if name.startswith("out.")))
        ready._repainter.flush()
        assert not bar.csv_action.isEnabled()
        if leave == "close":
            assert ready.shutdown()
            ready._take(Ended(0, "cancelled"))
        else:
            ready.run_bar.stop_button.click()
            qtbot.waitUntil(lambda: not ready.state.run.active, timeout=1000)
        left = {path.name for path in folder.iterdir()}
        assert left in (set(), names)
        for path in folder.iterdir():
            path.unlink()


def test_that_other_work_on_the_network_waits_for_an_export_and_says_so(
    ready: StocksTab, prices: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    evaluate(ready, qtbot)
    said: list[str] = []
    ready.status.connect(said.append)
    ready.network_bar.export_csv(tmp_path / "out.csv")
    ready.open_file(prices)
    ready.open_network(tmp_path / "any.rnnstudio")
    ready.start()
    sentence = "Files are being written; stop that or wait for it."
    assert said[:2] == [sentence, sentence]
    assert ready.problem.text() == sentence
    wait_until_over(ready, qtbot)
    assert said[-1] == f"Done: {tmp_path / 'out.csv'}"


def test_that_a_network_is_read_outside_the_windows_thread(
    ready: StocksTab, prices: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    train(ready, qtbot)
    save(ready, tmp_path / "made.rnnstudio", qtbot)
    trained = ready.state.trained
    ready.open_network(tmp_path / "made.rnnstudio")
    assert ready._reader.busy
    assert ready.state.trained is trained
    said: list[str] = []
    ready.status.connect(said.append)
    ready.open_file(prices)
    assert said == ["A network is being read; wait for it."]
    qtbot.waitUntil(lambda: ready.state.trained is not trained)
