"""``rnnstudio stocks lies``: networks with and without leakage, and random walks, in one table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rnnstudio.cli.main import run
from tests.core.stocks import made

QUICK = ["--window", "5", "--units", "4", "--epochs", "2"]


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    return made.write(tmp_path / "made.csv", made.walk(100, 90).table)


def test_that_each_leak_has_a_line_and_below_them_the_checks_that_fail(
    prices: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["stocks", "lies", "--train", str(prices), *QUICK, "--walk"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0] == "Open of made.csv, 10 days, 2019-04-01 to 2019-04-10"
    names = [line.split("|")[1].strip() for line in lines[4:10]]
    assert names == ["honest", "scaler", "shuffle", "test", "smooth", "random walk"]
    below = dict(line.split(": ", 1) for line in lines[11:])
    assert list(below) == names
    assert below["honest"] == below["random walk"] == "no leakage check fails"
    assert below["scaler"].startswith("The scaler was fitted on 100 rows")
    assert below["test"].endswith("10 of the 10 days that it forecasts among them.")
    assert "Open was changed" in below["smooth"]


def test_that_json_has_every_figure_of_each_and_of_combined_leaks(
    prices: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = ["stocks", "lies", "--train", str(prices), *QUICK, "--json"]
    assert run([*command, "--lie", "smooth+scaler", "--lie", "test"]) == 0
    out = json.loads(capfd.readouterr().out)
    honest, both, test = out["cases"]
    assert (honest["lies"], both["lies"], test["lies"]) == ([], ["scaler", "smooth"], ["test"])
    assert (honest["clean"], both["clean"], test["clean"]) == (True, False, False)
    assert both["panel"]["forecasts"]["network"]["rmse"] > 0
    assert out["spec"]["epochs"] == 2
    # The figures without leakage are those of the command that has none.
    assert run(["stocks", "forecast", "--train", str(prices), *QUICK, "--json"]) == 0
    alone = json.loads(capfd.readouterr().out)
    assert honest["panel"]["forecasts"] == alone["panel"]["forecasts"]


@pytest.mark.parametrize("lie", ["luck", "scaler+luck", "scaler,test", ""])
def test_when_there_is_no_such_leak_the_command_lists_those_there_are(
    lie: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["stocks", "lies", "--lie", lie])
    assert ended.value.code == 2
    assert "leaks: scaler, shuffle, test, smooth" in capfd.readouterr().err


def test_when_the_target_is_no_price_a_walk_is_refused_in_a_sentence(
    prices: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    prices.write_text(prices.read_text().replace("High", "Volume"))
    command = ["stocks", "lies", "--train", str(prices), *QUICK, "--walk", "--target", "Volume"]
    assert run([*command, "--features", "Open"]) == 1
    assert "Volume holds no prices" in capfd.readouterr().err
