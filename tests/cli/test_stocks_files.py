"""The files that ``rnnstudio stocks forecast`` writes, and places where it cannot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rnnstudio.cli.main import run
from tests.core.stocks import made
from tests.full_disk import full_after

QUICK = ["--window", "5", "--units", "4", "--epochs", "2"]


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    """A file of 80 made days from 2019-01-01 on."""
    table = made.walk(80, 50).table
    days = zip(table.dates, table.column("Open"), table.column("High"), strict=True)
    path = tmp_path / "made.csv"
    path.write_text("\n".join(["Date,Open,High", *(f"{day},{a},{b}" for day, a, b in days)]))
    return path


@pytest.mark.parametrize("option", ["--out", "--save"])
def test_that_a_place_that_cannot_be_written_is_told_before_the_training(
    option: str, prices: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = ["stocks", "forecast", "--train", str(prices), *QUICK]
    assert run([*command, option, str(prices / "inside")]) == 1
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
    with full_after(4_000):
        assert run([*command, "--save", str(tmp_path / "a.rnnstudio")]) == 1
    printed, err = capfd.readouterr()
    assert printed.splitlines()[-1].startswith("On these 8 test days")
    assert err.splitlines()[-1].count("cannot be written") == 2
    assert [path.name for path in out.iterdir()] == ["forecast.csv"]
    assert not (tmp_path / "a.rnnstudio").exists()
    assert run([*command, "--json"]) == 0
    assert json.loads((out / "forecast.json").read_text()) == json.loads(capfd.readouterr().out)
