"""``rnnstudio stocks walk`` and ``stocks search``: what they print, keep, refuse and answer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnnstudio.cli.main import run
from rnnstudio.core.stocks.evaluation.forecast import evaluate
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from tests.core.stocks import made

QUICK = ["--window", "5", "--units", "4", "--epochs", "2", "--processes", "1"]
Capture = pytest.CaptureFixture[str]


def write(path: Path, rows: int, seed: int = 0) -> Path:
    """A file of so many made days from 2019-01-01 on."""
    return made.write(path, made.walk(rows, 1, seed).table)


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    """A file of 80 made days, of which the last 8 are the test span."""
    return write(tmp_path / "made.csv", 80)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with two good shares, one too short for a network, and one that is no share."""
    folder = tmp_path / "shares"
    folder.mkdir()
    write(folder / "one.csv", 80)
    write(folder / "two.csv", 90, seed=1)
    write(folder / "short.csv", 6)
    (folder / "broken.csv").write_text("Date,Open\n2019-01-01,five\n")
    return folder


def test_that_a_walk_is_printed_in_full_and_its_blocks_come_from_the_whole_past(
    prices: Path, capfd: Capture
) -> None:
    assert run(["stocks", "walk", str(prices), "--every", "8", *QUICK, "--json"]) == 0
    out, err = capfd.readouterr()
    result = json.loads(out)
    [share] = result["shares"]
    assert (result["whole"], result["refused"], share["share"]) == (True, [], "made.csv")
    assert (share["days"], share["days_done"], share["trainings"]) == (8, 8, 1)
    assert share["predictions"][0]["date"] == "2019-03-14"
    actual, predicted = (
        np.array([each[name] for each in share["predictions"]]) for name in ("actual", "predicted")
    )
    own = np.sqrt(np.mean((actual - predicted) ** 2))
    assert share["forecasts"]["network"]["rmse"] == pytest.approx(own)
    spec = ForecastSpec(window=5, units=4, epochs=2)
    forecast = evaluate(made.trained(made.walk(80, 72), spec))
    np.testing.assert_allclose(predicted, forecast.predicted, rtol=1e-6)
    assert "walk: 100%" in err


def test_that_a_walk_is_of_the_cell_that_is_asked_for(prices: Path, capfd: Capture) -> None:
    command = ["stocks", "walk", str(prices), "--every", "8", "--cell", "gru", *QUICK, "--json"]
    assert run(command) == 0
    [share] = json.loads(capfd.readouterr().out)["shares"]
    assert share["spec"]["cell"] == "gru"
    spec = ForecastSpec(window=5, cell="gru", units=4, epochs=2)
    forecast = evaluate(made.trained(made.walk(80, 72), spec))
    predicted = [each["predicted"] for each in share["predictions"]]
    np.testing.assert_allclose(predicted, forecast.predicted, rtol=1e-6)


def cells(line: str) -> list[str]:
    """The cells of a line of a Markdown table, without what aligns them."""
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_that_a_search_tries_cells(prices: Path, capfd: Capture) -> None:
    command = ["stocks", "search", str(prices), "--try", "cell=lstm,gru", "--folds", "2", *QUICK]
    assert run([*command, "--sort", "cell"]) == 0
    lines = [line for line in capfd.readouterr().out.splitlines() if line.startswith("|")]
    assert [cells(line)[0] for line in lines[2:]] == ["gru", "lstm"]


def test_that_a_folder_runs_its_good_files_and_lists_the_others(
    mixed: Path, capfd: Capture
) -> None:
    command = ["stocks", "walk", str(mixed), "--every", "4", *QUICK]
    assert run([*command, "--json"]) == 0
    out, err = capfd.readouterr()
    result = json.loads(out)
    assert [share["share"] for share in result["shares"]] == ["one.csv", "two.csv"]
    assert [each["file"] for each in result["refused"]] == ["broken.csv", "short.csv"]
    for each in result["refused"]:
        assert each["sentence"].endswith(".")
        assert f"refused: {each['sentence']}" in err
    assert result["summary"]["shares"] == 2


def test_that_a_folder_without_a_good_file_fails_with_one_sentence(
    tmp_path: Path, capfd: Capture
) -> None:
    write(tmp_path / "short.csv", 6)
    assert run(["stocks", "walk", str(tmp_path), *QUICK]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert "short.csv" in err.splitlines()[-1]


def test_that_a_search_prints_its_table_and_what_the_best_is_worth(
    prices: Path, capfd: Capture
) -> None:
    command = ["stocks", "search", str(prices), "--try", "units=2,3", "--folds", "2", *QUICK]
    assert run([*command, "--sort", "units"]) == 0
    out = capfd.readouterr().out
    lines = [line for line in out.splitlines() if line.startswith("|")]
    assert cells(lines[0]) == ["units", "mean", "std", "rmse", "fold 1", "fold 2", "seconds"]
    assert [cells(line)[0] for line in lines[2:]] == ["2", "3"]
    assert out.splitlines()[-1].endswith("The test span was not touched.")


def test_that_a_search_is_kept_and_not_trained_again(
    mixed: Path, tmp_path: Path, capfd: Capture
) -> None:
    out = tmp_path / "out"
    command = ["stocks", "search", str(mixed), "--try", "units=2,3", "--folds", "2", *QUICK]
    assert run([*command, "--random", "1", "--out", str(out), "--json"]) == 0
    first = capfd.readouterr()
    assert "Process" in first.err
    assert run([*command, "--random", "1", "--out", str(out), "--json"]) == 0
    again = capfd.readouterr()
    assert again.out == first.out
    assert "Process" not in again.err  # nobody was needed
    assert json.loads((out / "search.json").read_text("utf-8")) == json.loads(first.out)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["walk", "--every", "9999"], "choose 1 to 327"),
        (["walk", "--out", "{file}"], "folds.jsonl cannot be written"),
        (["walk", "no-such-folder"], "no-such-folder"),
        (["search", "--try", "units=0"], "units=0 cannot be tried"),
        (["search", "--try", "unit=1"], "There is no setting 'unit'"),
        (["search", "--try", "window=4000"], "window=4000 cannot be tried"),
        (["search", "--try", "units=1", "--folds", "1"], "At least 2 folds"),
        (["search", "--try", "units=1", "--sort", "size"], "no column 'size' to sort by"),
    ],
)
def test_that_what_cannot_be_is_one_sentence_before_anything_is_trained(
    prices: Path, command: list[str], words: str, capfd: Capture
) -> None:
    arguments = [each.format(file=prices) for each in command]
    assert run(["stocks", *arguments]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert words in err.splitlines()[-1]
    assert "Process" not in err


@pytest.mark.parametrize(
    "command",
    [
        ["walk", "--every", "0"],
        ["walk", "a.csv", "b.csv"],
        ["walk", "--split", "2012-01-03", "--test-share", "0.2"],
        ["search"],
        ["search", "--try", "units=1", "--random", "0"],
    ],
)
def test_that_wrong_usage_exits_with_two(command: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        run(["stocks", *command])
    assert end.value.code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no broken pipes of this kind")
def test_that_a_result_that_nobody_reads_is_kept_all_the_same(prices: Path, tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "rnnstudio", "stocks", "walk", str(prices), "--every", "8"]
    out = tmp_path / "out"
    done = subprocess.run([*command, *QUICK, "--out", str(out)], stdout=writing, check=False)
    os.close(writing)
    assert done.returncode == 1
    assert json.loads((out / "walk.json").read_text("utf-8"))["whole"] is True


def test_that_shares_whose_trainings_all_fail_are_reported_and_exit_with_one(
    prices: Path, capfd: Capture
) -> None:
    command = ["stocks", "walk", str(prices), "--every", "8", *QUICK, "--learning-rate", "1e30"]
    assert run(command) == 1
    out, err = capfd.readouterr()
    assert "No day of the walk is done." in out
    assert "learning rate" in out
    assert "No share came to a figure" in err


LONG = ["--every", "5", "--window", "5", "--units", "4", "--epochs", "60", "--processes", "1"]
"""A training takes long enough for a walk to be stopped before its last block."""


def stopped(prices: Path, out: Path, sign: signal.Signals) -> tuple[int, str]:
    """The exit status and the output of a walk that is stopped when its first block is done."""
    kept = out / "folds.jsonl"
    command = [sys.executable, "-m", "rnnstudio", "stocks", "walk", str(prices), *LONG]
    with subprocess.Popen(
        [*command, "--out", str(out)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        while not (kept.is_file() and b"predicted" in kept.read_bytes()):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(sign)
        text = process.communicate(timeout=60)[0].decode()
    return process.returncode, text


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no polite kill")
@pytest.mark.parametrize("sign", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_that_a_stopped_walk_prints_and_keeps_what_is_done(tmp_path: Path, sign: str) -> None:
    prices, out = write(tmp_path / "made.csv", 300), tmp_path / "out"
    status, text = stopped(prices, out, getattr(signal, sign))
    assert status == 130
    done = (out / "folds.jsonl").read_bytes().count(b"predicted")
    assert 1 <= done < 6
    assert f"{5 * done} of 30 test days are done" in text
    assert json.loads((out / "walk.json").read_text("utf-8"))["whole"] is False


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no polite kill")
def test_that_a_walk_that_goes_on_comes_out_as_one_that_was_never_stopped(
    tmp_path: Path, capfd: Capture
) -> None:
    prices, out = write(tmp_path / "made.csv", 300), tmp_path / "out"
    stopped(prices, out, signal.SIGKILL)
    resumed, whole = (
        json_of(["stocks", "walk", str(prices), *LONG, *more], capfd)
        for more in (["--out", str(out)], [])
    )
    assert (out / "folds.jsonl").read_bytes().count(b"predicted") == 6
    assert resumed == whole


def json_of(command: list[str], capfd: Capture) -> Any:
    """What the command prints as JSON, without what no run repeats."""
    assert run([*command, "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    for part in (*result["shares"], *result["shares"][0]["blocks"]):
        del part["seconds"]
    return result
