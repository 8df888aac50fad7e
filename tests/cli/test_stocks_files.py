"""The files that ``rnnstudio stocks forecast`` writes, and places where it cannot."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from rnnstudio.cli.main import run
from rnnstudio.core.numbers import percent
from tests.core.stocks import made
from tests.full_disk import full_after

QUICK = ["--window", "5", "--units", "4", "--epochs", "2"]


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    """A file of 80 made days from 2019-01-01 on."""
    return made.write(tmp_path / "made.csv", made.walk(80, 50).table)


@pytest.mark.parametrize("option", ["--out", "--save", "--report", "--script"])
def test_that_a_place_that_cannot_be_written_is_reported_before_the_training(
    option: str, prices: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = ["stocks", "forecast", "--train", str(prices), *QUICK]
    assert run([*command, option, str(prices / "inside.py")]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert "training" not in err
    assert err.count("\n") == 1
    assert "cannot be written" in err


def test_when_the_disk_fills_the_figures_are_printed_and_what_fits_is_kept(
    prices: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    command = ["stocks", "forecast", "--train", str(prices), "--out", str(out), *QUICK]
    others = ["--save", str(tmp_path / "a.rnnstudio"), "--report", str(tmp_path / "a.html")]
    with full_after(4_000):
        assert run([*command, *others]) == 1
    printed, err = capfd.readouterr()
    assert printed.splitlines()[-1].startswith("On these 8 test days")
    assert err.splitlines()[-1].count("cannot be written") == 3
    assert [path.name for path in out.iterdir()] == ["forecast.csv"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made.csv", "out"]
    assert run([*command, "--json"]) == 0
    assert json.loads((out / "forecast.json").read_text()) == json.loads(capfd.readouterr().out)


def test_that_the_report_holds_the_figures_that_are_printed(
    prices: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "new" / "report.html"
    command = ["stocks", "forecast", "--train", str(prices), "--report", str(report), *QUICK]
    assert run([*command, "--json"]) == 0
    printed = json.loads(capfd.readouterr().out)
    text = html.unescape(report.read_text("utf-8"))
    assert printed["verdict"] in text
    for entry in printed["panel"]["ledger"]:
        assert entry["sentence"] in text
    assert percent(printed["panel"]["forecasts"]["network"]["mape"], 2) in text
    assert "made.csv: 80 days, columns Open, High" in text


def test_that_the_report_on_a_newer_file_says_what_is_not_available(
    prices: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    model, report = tmp_path / "a.rnnstudio", tmp_path / "newer.html"
    assert run(["stocks", "forecast", "--train", str(prices), "--save", str(model), *QUICK]) == 0
    newer = tmp_path / "newer.csv"
    newer.write_text(prices.read_text() + "\n2019-03-22,101,102\n2019-03-23,102,103")
    command = ["stocks", "apply", "--model", str(model), "--prices", str(newer)]
    assert run([*command, "--report", str(report)]) == 0
    text = report.read_text("utf-8")
    assert "newer.csv: 82 days" in text
    assert "How made.csv was read is not known any more" in text
    assert "Newer days, forecast here" in text


def test_that_the_script_and_its_prices_are_written_beside_the_figures(
    prices: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "new" / "made.py"
    command = ["stocks", "forecast", "--train", str(prices), "--script", str(script), *QUICK]
    assert run([*command, "--json"]) == 0
    rmse = json.loads(capfd.readouterr().out)["rmse"]
    assert f'"RMSE of the network": {rmse!r},' in script.read_text("utf-8")
    assert sorted(path.name for path in script.parent.iterdir()) == ["made-prices.csv", "made.py"]


def test_that_a_script_by_another_name_is_refused_before_the_training(
    prices: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    notes = prices.with_name("notes.txt")
    notes.write_text("kept", encoding="utf-8")
    command = ["stocks", "forecast", "--train", str(prices), "--script", str(notes), *QUICK]
    assert run(command) == 1
    assert "choose one that ends in .py" in capfd.readouterr().err
    assert notes.read_text(encoding="utf-8") == "kept"
