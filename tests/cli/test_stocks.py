"""``rnnstudio stocks forecast``: what it prints, writes and answers."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.cli.main import run
from rnnstudio.core.engine.kinds import KINDS
from tests.core.stocks import made

QUICK = ["--window", "5", "--units", "4", "--epochs", "2"]


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    """A file of 80 made days from 2019-01-01 on."""
    return write(tmp_path / "made.csv", slice(0, 80))


def write(path: Path, rows: slice) -> Path:
    return made.write(path, made.walk(100, 50).table.part(rows))


def test_that_json_on_standard_output_holds_the_promised_fields(
    prices: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = ["stocks", "forecast", "--train", str(prices), "--split", "2019-03-02", *QUICK]
    assert run([*command, "--json"]) == 0
    out, err = capfd.readouterr()
    result = json.loads(out)
    assert (result["rows_train"], result["rows_test"]) == (60, 20)
    assert len(result["predictions"]) == 20
    assert result["predictions"][0]["date"] == "2019-03-02"
    assert set(result["predictions"][0]) == {"date", "actual", "predicted", "persistence"}
    errors = [day["actual"] - day["persistence"] for day in result["predictions"]]
    assert result["rmse_persistence"] == pytest.approx(np.sqrt(np.mean(np.square(errors))))
    errors = [day["actual"] - day["predicted"] for day in result["predictions"]]
    assert result["rmse"] == pytest.approx(np.sqrt(np.mean(np.square(errors))))
    assert result["seconds"] > 0
    assert "training" in err


def test_that_the_cell_that_is_asked_for_forecasts(
    prices: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = ["stocks", "forecast", "--train", str(prices), "--split", "2019-03-02", *QUICK]
    errors = {}
    for cell in KINDS:
        assert run([*command, "--cell", cell, "--json"]) == 0
        result = json.loads(capfd.readouterr().out)
        assert result["spec"]["cell"] == cell
        errors[cell] = result["rmse"]
    assert len(set(errors.values())) == len(KINDS)


def test_that_a_test_file_of_another_share_is_refused_until_it_is_wanted(
    prices: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.csv"
    rows = [f"2019-04-{day},{9000 + day},{9001 + day}" for day in range(10, 30)]
    other.write_text("\n".join(["Date,Open,High", *rows]))
    command = ["stocks", "forecast", "--train", str(prices), "--test", str(other), *QUICK]
    assert run(command) == 1
    assert "may be another share" in (err := capfd.readouterr().err)
    assert "Say --other-share" in err
    assert run([*command, "--other-share"]) == 0


def test_that_a_test_file_takes_the_place_of_a_split(
    prices: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    test = write(tmp_path / "later.csv", slice(80, 100))
    command = ["stocks", "forecast", "--train", str(prices), "--test", str(test), *QUICK]
    assert run([*command, "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert (result["rows_train"], result["rows_test"]) == (80, 20)


def test_that_without_json_the_summary_ends_in_one_sentence(
    prices: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["stocks", "forecast", "--train", str(prices), *QUICK]) == 0
    out = capfd.readouterr().out
    assert out.splitlines()[-1].startswith("On these 8 test days")
    for word in ("network", "persistence", "drift", "moving average", "skill", "ok "):
        assert word in out
    assert "accura" not in out.lower()


def test_that_what_days_ahead_assume_is_said_in_words_in_json_and_in_the_report(
    prices: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = ["stocks", "forecast", "--train", str(prices), *QUICK]
    page = tmp_path / "page.html"
    assert run([*command, "--report", str(page)]) == 0
    says = "the ratio of High to it is assumed to return to its mean"
    assert says in capfd.readouterr().out
    assert says in page.read_text("utf-8")
    assert run([*command, "--json"]) == 0
    assert any(says in note for note in json.loads(capfd.readouterr().out)["ahead_notes"])
    assert run(["stocks", "forecast", "--train", str(prices), "--features", "Open", *QUICK]) == 0
    assert "assumed" not in capfd.readouterr().out


def test_that_the_sound_preset_gives_intervals_seeds_and_the_days_after_the_end(
    prices: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = ["stocks", "forecast", "--train", str(prices), "--preset", "sound", "--epochs", "3"]
    assert run([*command, "--seeds", "2", "--ahead", "3", "--nominal", "0.8", "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert (result["rows_train"], result["rows_validation"], result["rows_test"]) == (58, 14, 8)
    assert (result["spec"]["quantity"], result["spec"]["window"]) == ("log return", 20)
    assert result["predictions"][0]["low"] < result["predictions"][0]["high"]
    assert [day["date"] for day in result["ahead"]] == ["2019-03-22", "2019-03-23", "2019-03-24"]
    summary = result["panel"]
    assert len(summary["seeds"]["rmses"]) == 2
    assert summary["horizons"]["nominal"] == 0.8
    assert len(summary["horizons"]["coverage"]) == 3
    assert all(entry["ok"] for entry in summary["ledger"])
    assert result["test_opened"] == 1
    assert result["recommended_engine"]["engine"] == "numpy"


def test_that_the_closed_loop_is_beside_the_last_price_held(
    prices: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = ["stocks", "forecast", "--train", str(prices), "--mode", "closed", *QUICK]
    assert run([*command, "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert len({day["persistence"] for day in result["predictions"]}) == 1
    assert run(command) == 0
    assert capfd.readouterr().out.splitlines()[-1].startswith("Fed with its own output")


def test_that_sampled_dropout_is_labelled_for_what_it_is(
    prices: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = ["stocks", "forecast", "--train", str(prices), "--dropout-samples", "5", *QUICK]
    assert run([*command, "--json"]) == 0
    sampled = json.loads(capfd.readouterr().out)["dropout_samples"]
    assert "not a prediction interval" in sampled["is"]
    assert len(sampled["low"]) == len(sampled["high"]) == 8


def test_that_without_validation_the_sound_preset_has_no_patience(
    prices: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = ["stocks", "forecast", "--train", str(prices), "--preset", "sound", "--epochs", "2"]
    assert run([*command, "--validation", "0", "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert (result["rows_validation"], result["spec"]["patience"]) == (0, None)
    assert result["panel"]["horizons"]["coverage"] is None


def test_that_a_kept_network_forecasts_the_days_of_a_newer_file(
    prices: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    model, newer = tmp_path / "a.rnnstudio", write(tmp_path / "newer.csv", slice(70, 100))
    assert run(["stocks", "forecast", "--train", str(prices), "--save", str(model), *QUICK]) == 0
    capfd.readouterr()
    command = ["stocks", "apply", "--model", str(model), "--prices"]
    assert run([*command, str(newer), "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert result["rows_test"] == 20
    assert result["predictions"][0]["date"] == "2019-03-22"
    assert len(result["ahead"]) == 10
    assert run([*command, str(newer), "--out", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out" / "forecast.csv").exists()
    assert capfd.readouterr().out.splitlines()[-1].startswith("On these 20 test days")
    assert run([*command, str(prices)]) == 1
    assert "choose a file with later days" in capfd.readouterr().err
    assert run(["stocks", "apply", "--model", str(prices), "--prices", str(newer)]) == 1
    assert "no file of RNN Studio" in capfd.readouterr().err


def test_that_a_comparison_keeps_its_results_and_makes_tables_of_them(
    prices: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.json"
    command = ["stocks", "compare", "--share", f"Made={prices}", "--preset", "sound"]
    assert run([*command, "--seeds", "2", "--epochs", "2", "--out", str(kept), "--json"]) == 0
    printed = json.loads(capfd.readouterr().out)
    assert json.loads(kept.read_text()) == printed
    assert printed[0]["panel"]["seeds"]["rmses"]
    assert run(["stocks", "compare", "--results", str(kept)]) == 0
    tables = re.sub(" +", " ", capfd.readouterr().out)  # without what aligns them
    assert re.search(r"\| Made Open +\| +sound +\| +numpy +\|", tables)
    assert "| Made Open | 8 | moving average |" in tables
    assert run(["stocks", "compare", "--results", str(prices)]) == 1
    assert "holds no results" in capfd.readouterr().err


def test_that_a_share_that_never_moves_is_compared_without_figures_that_are_none(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    days = np.datetime64("2019-01-01") + np.arange(120)
    prices = tmp_path / "still.csv"
    prices.write_text("\n".join(["Date,Open", *(f"{day},7" for day in days)]))
    command = ["stocks", "compare", "--share", f"Still={prices}", "--preset", "paper"]
    assert run([*command, "--seeds", "1", "--epochs", "1"]) == 0
    assert re.search(r"\| +0.00\u202f% +\| +– +\| +calls none +\| +– +\|", capfd.readouterr().out)


@pytest.mark.parametrize("share", ["", "XYZ", "A=", "A=a.csv,b.csv,c.csv", "=a.csv"])
def test_that_a_share_that_is_none_is_wrong_usage(
    share: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        run(["stocks", "compare", "--share", share])
    assert end.value.code == 2
    assert "is neither one of IBM" in capfd.readouterr().err


def test_that_out_writes_the_table_and_the_report(
    prices: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "results"
    command = ["stocks", "forecast", "--train", str(prices), "--out", str(out), "--json", *QUICK]
    assert run(command) == 0
    printed = json.loads(capfd.readouterr().out)
    assert json.loads((out / "forecast.json").read_text()) == printed
    with (out / "forecast.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) == printed["rows_test"]
    assert sorted(path.name for path in out.iterdir()) == ["forecast.csv", "forecast.json"]


def test_that_the_same_seed_prints_the_same_numbers(
    prices: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    results = []
    for _ in range(2):
        run(["stocks", "forecast", "--train", str(prices), "--seed", "7", "--json", *QUICK])
        results.append(json.loads(capfd.readouterr().out)["predictions"])
    assert results[0] == results[1]


@pytest.mark.slow
def test_that_without_a_file_a_shipped_sample_is_forecast(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert run(["stocks", "forecast", "--epochs", "1", "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert (result["rows_train"], result["rows_test"]) == (2943, 327)
    assert result["source"] == "IBM.csv"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--train", "gone.csv"], "There is no file gone.csv"),
        (["--window", "75"], "a window that takes 75 days needs at least 76"),
        (["--target", "Close"], "no column 'Close'; it has Open, High"),
        (["--features", ","], "at least one column"),
        (["--split", "1990-01-01"], "leaves nothing to train on"),
        (["--dropout", "1.5"], "dropout is 1.5"),
        (["--learning-rate", "0"], "learning rate is 0"),
        (["--validation", "1.5"], "validation share is 1.5"),
        (["--patience", "3"], "Patience needs a validation span"),
        (["--test-share", "2"], "test share of 2.0"),
        (["--ahead", "1000"], "reach 1000 days ahead"),
        (["--nominal", "1"], "hold a share of 1.0"),
        (["--dropout", "0", "--dropout-samples", "3"], "no dropout to sample"),
    ],
)
def test_that_a_failed_job_prints_one_sentence_and_writes_nothing(
    options: list[str],
    sentence: str,
    prices: Path,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "results"
    command = ["stocks", "forecast", "--train", str(prices), *QUICK, "--out", str(out), *options]
    assert run(command) == 1
    printed, err = capfd.readouterr()
    assert printed == ""
    assert sentence in err.splitlines()[-1]
    assert "Traceback" not in err
    assert not out.exists()


@pytest.mark.parametrize(
    "options",
    [
        ["--window", "0"],
        ["--epochs", "many"],
        ["--seed", "-1"],
        ["--engine", "abacus"],
        ["--split", "3/4/2019"],
        ["--test", "b.csv", "--split", "2019-01-01"],
        ["--test", "b.csv"],
        ["--preset", "magic"],
        ["--mode", "half-open"],
        ["--test-share", "0.2", "--split", "2019-01-01"],
        ["--nonsense"],
    ],
)
def test_that_wrong_usage_exits_with_2(
    options: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        run(["stocks", "forecast", *options])
    assert end.value.code == 2
    assert "Traceback" not in capfd.readouterr().err


def test_that_the_help_gives_every_option_with_its_default(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        run(["stocks", "forecast", "--help"])
    words = " ".join(capfd.readouterr().out.split())
    for text in (
        "--train FILE",
        "--test FILE",
        "--split DATE",
        "--features COLUMNS",
        "--target COLUMN",
        "--window DAYS",
        "--units N",
        "--layers N",
        "--cell {rnn,lstm,gru}",
        "--dropout SHARE",
        "--epochs N",
        "--batch N",
        "--learning-rate RATE",
        "--engine {numpy,keras}",
        "--seed S",
        "--out DIR",
        "--json",
        "--preset {paper,paper-four-layers,sound}",
        "--validation SHARE",
        "--patience N",
        "--mode {open,closed}",
        "--ahead DAYS",
        "--seeds N",
        "--save FILE",
        "(default: 60; sound: 20)",
        "(default: 1; paper-four-layers: 4)",
        "(default: 50; sound: 16)",
        "(default: 0.2)",
        "(default: 100; sound: 60)",
        "(default: 32)",
        "(default: 0.001)",
        "(default: none; sound: 8)",
        "(default: numpy)",
        "(default: lstm)",
        "(default: 1)",
        "shipped prices of IBM",
    ):
        assert text in words


@pytest.mark.slow
@pytest.mark.keras
def test_that_keras_forecasts_the_same_days(
    prices: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    command = ["stocks", "forecast", "--train", str(prices), *QUICK, "--json"]
    assert run([*command, "--engine", "keras"]) == 0
    keras = json.loads(capfd.readouterr().out)
    assert run(command) == 0
    numpy = json.loads(capfd.readouterr().out)
    assert keras["engine"] == "keras"
    assert keras["rmse_persistence"] == numpy["rmse_persistence"]
    assert [day["date"] for day in keras["predictions"]] == [
        day["date"] for day in numpy["predictions"]
    ]
    assert np.isfinite(keras["rmse"])


@pytest.mark.slow
def test_that_the_documents_amd_project_reads_its_own_files(
    shared_data: Callable[[str], Path], capfd: pytest.CaptureFixture[str]
) -> None:
    files = [
        "--train",
        str(shared_data("AMD-train.csv")),
        "--test",
        str(shared_data("AMD-test.csv")),
    ]
    command = ["stocks", "forecast", *files, "--features", "Open,High", "--target", "Open"]
    assert run([*command, "--epochs", "2", "--seed", "1", "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert (result["rows_train"], result["rows_test"]) == (1927, 108)
    assert result["predictions"][0]["date"] == "2019-06-17"
