"""``rnnstudio stocks read``: what it prints, writes and answers."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from rnnstudio.cli.main import run
from rnnstudio.core.stocks.data.samples import SAMPLES

INVESTING = (
    '"Tanggal","Terakhir","Pembukaan","Tertinggi","Terendah","Vol.","Perubahan%"\n'
    '"31/01/2019","1.241,50","1.200,25","1.250,00","1.190,00","985,43K","-0,53%"\n'
    '"30/01/2019","1.200,00","1.199,00","1.210,10","1.180,00","1,20M","0,10%"\n'
)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    path = tmp_path / "share.csv"
    path.write_text(INVESTING)
    return path


def test_that_json_on_standard_output_holds_the_promised_fields(
    share: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["stocks", "read", str(share), "--json"]) == 0
    out, err = capfd.readouterr()
    result = json.loads(out)
    assert result["rows"] == 2
    assert result["columns"] == ["Open", "High", "Low", "Close", "Volume", "Perubahan%"]
    assert (result["first"], result["last"]) == ("2019-01-30", "2019-01-31")
    assert result["dialect"]["decimal"] == ","
    (finding,) = result["findings"]
    assert (finding["kind"], finding["rows"]) == ("newest-first", [2, 3])
    assert finding["action"]
    assert "reading" in err


def test_that_csv_writes_the_table_oldest_first_with_points(
    share: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "table.csv"
    assert run(["stocks", "read", str(share), "--csv", str(out)]) == 0
    assert out.read_text() == (
        "Date,Open,High,Low,Close,Volume\n"
        "2019-01-30,1199.0,1210.1,1180,1200.0,1200000\n"
        "2019-01-31,1200.25,1250.0,1190,1241.5,985430\n"
    )
    assert [path.name for path in out.parent.iterdir()] == ["table.csv"]
    assert "share.csv: 2 rows from 2019-01-30 to 2019-01-31" in capfd.readouterr().out


@pytest.mark.parametrize("name", ["AAPL", "AMD"])
def test_that_a_plain_file_comes_out_as_it_went_in(name: str, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert run(["stocks", "read", str(SAMPLES[name]), "--csv", str(out), "--json"]) == 0
    with SAMPLES[name].open(newline="") as given, out.open(newline="") as written:
        pairs = list(zip(csv.DictReader(given), csv.DictReader(written), strict=True))
    for before, after in pairs:
        assert before["Date"] == after["Date"]
        assert {key: float(value) for key, value in before.items() if key != "Date"} == {
            key: float(value) for key, value in after.items() if key != "Date"
        }


def test_that_an_option_decides_what_the_file_leaves_open(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "open.csv"
    path.write_text("Date;Bid;Ask\n01/02/2019;1.234;1.235\n02/03/2019;1.236;1.237\n")
    command = ["stocks", "read", str(path), "--json"]
    answers: list[str] = []
    for option in (["--column", "Close=Ask"], ["--decimal", ","], ["--day-first"]):
        assert run([*command, *answers]) == 1
        assert " ".join(option) in capfd.readouterr().err.splitlines()[-1]
        answers += option
    assert run([*command, *answers, "--csv", str(tmp_path / "out.csv")]) == 0
    assert json.loads(capfd.readouterr().out)["first"] == "2019-02-01"
    assert (tmp_path / "out.csv").read_text() == ("Date,Close\n2019-02-01,1235\n2019-03-02,1237\n")


def test_that_the_same_options_decide_when_a_forecast_is_made(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    days = [f"{day:02}/{month:02}/2019" for month in range(1, 9) for day in range(1, 13)]
    rows = [f"{day},{100 + number / 10}" for number, day in enumerate(days)]
    path = tmp_path / "open.csv"
    path.write_text("\n".join(["Date,Open", *rows]))
    quick = ["--window", "5", "--units", "4", "--epochs", "2", "--split", "2019-08-01", "--json"]
    command = ["stocks", "forecast", "--train", str(path), *quick]
    assert run(command) == 1
    assert "Say --day-first" in capfd.readouterr().err.splitlines()[-1]
    assert run([*command, "--day-first"]) == 0
    predictions = json.loads(capfd.readouterr().out)["predictions"]
    assert [day["date"] for day in predictions] == [f"2019-08-{day:02}" for day in range(1, 13)]


def test_that_undo_does_the_other_thing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "zero.csv"
    path.write_text("Date,Close\n2019-01-02,1.5\n2019-01-03,0\n")
    assert run(["stocks", "read", str(path)]) == 0
    assert "--undo zero-price" in capfd.readouterr().out
    assert run(["stocks", "read", str(path), "--undo", "zero-price", "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["rows"] == 2


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["gone.csv"], "There is no file gone.csv"),
        (["share.csv", "--header", "9"], "no row 9"),
        (["share.csv", "--encoding", "klingon"], "no encoding 'klingon'"),
        (["share.csv", "--column", "Close=Kurs"], "no column 'Kurs'"),
        (["share.csv", "--month-first"], "there is no day '31/01/2019'"),
        (["share.csv", "--decimal", "."], "'1.200,25' is not a number"),
        (["share.csv", "--csv", "share.csv/out.csv"], "cannot be written"),
    ],
)
def test_that_a_failed_job_prints_one_sentence_and_writes_nothing(
    options: list[str],
    sentence: str,
    share: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(share.parent)
    out = [] if "--csv" in options else ["--csv", "out.csv"]
    assert run(["stocks", "read", *options, *out, "--json"]) == 1
    printed, err = capfd.readouterr()
    assert printed == ""
    assert sentence in err.splitlines()[-1]
    assert "Traceback" not in err
    assert [path.name for path in share.parent.iterdir()] == ["share.csv"]


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["a.csv", "--day-first", "--month-first"],
        ["a.csv", "--header", "1", "--no-header"],
        ["a.csv", "--column", "Price=2"],
        ["a.csv", "--column", "Close"],
        ["a.csv", "--undo", "everything"],
        ["a.csv", "--decimal", "x"],
    ],
)
def test_that_wrong_usage_exits_with_2(
    options: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match=r"^2$"):
        run(["stocks", "read", *options])
    assert "Traceback" not in capfd.readouterr().err
