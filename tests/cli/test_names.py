"""``rnnstudio names train``: what it prints, what it writes, and its exit status."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from rnnstudio.cli.main import run


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "names.txt"
    path.write_text("Rex\nAnzu\nMinmi\nKol\n", encoding="utf-8")
    return path


def train_json(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    assert run(["names", "train", "--json", *options]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert isinstance(printed, dict)
    return printed


def test_that_json_holds_the_published_losses_of_the_exercise(shared_data, capsys) -> None:
    file = str(shared_data("dinos.txt"))
    options = ["--names", file, "--iterations", "4001", "--report-every", "2000", "--seed", "1"]
    result = train_json(capsys, "--recipe", "paper", *options)
    assert [[step, round(loss, 6)] for step, loss in result["losses"]] == [
        [0, 23.087336],
        [2000, 27.884160],
        [4000, 25.901815],
    ]
    assert [step for step, _ in result["samples"]] == [0, 2000, 4000]
    assert all(len(texts) == 7 for _, texts in result["samples"])
    assert result["seconds"] > 0
    assert (result["recipe"], result["seed"], result["names"]) == ("paper", 1, 1536)


def test_that_the_last_iteration_is_reported_whatever_the_step(names: Path, capsys) -> None:
    options = ["--names", str(names), "--iterations", "25", "--report-every", "10"]
    result = train_json(capsys, *options, "--sample-every", "20")
    assert [step for step, _ in result["losses"]] == [0, 10, 20, 24]
    assert [step for step, _ in result["samples"]] == [0, 20, 24]


def test_that_the_shipped_dinosaurs_are_the_default(capsys) -> None:
    assert train_json(capsys, "--iterations", "1")["names"] == 1325


def test_that_another_seed_gives_another_result(names: Path, capsys) -> None:
    options = ["--names", str(names), "--iterations", "30"]
    first, again, other = (
        train_json(capsys, *options, "--seed", seed)["losses"] for seed in ("1", "1", "2")
    )
    assert first == again
    assert first != other


def test_that_every_option_reaches_the_recipe(names: Path, capsys) -> None:
    options = ["--names", str(names), "--iterations", "3", "--learning-rate", "0.02"]
    result = train_json(
        capsys, *options, "--clip", "10", "--units", "8", "--sample-every", "2", "--seed", "4"
    )
    assert result["spec"] == {
        "iterations": 3,
        "learning_rate": 0.02,
        "clip": 10.0,
        "units": 8,
        "sample_every": 2,
        "seed": 4,
    }


def test_that_without_json_a_table_shows_the_losses_and_the_names(names: Path, capsys) -> None:
    assert run(["names", "train", "--names", str(names), "--iterations", "5"]) == 0
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert lines[0] == "names.txt: 4 names, 13 symbols"
    assert lines[1].split() == ["iteration", "smoothed", "loss", "names"]
    assert [line.split()[0] for line in lines[2:4]] == ["0", "4"]
    assert lines[4].startswith("5 iterations in ")
    assert "100%" in printed.err


def test_that_the_sampled_names_are_written_as_csv_or_as_text(names: Path, capsys) -> None:
    table, text = names.with_name("out.csv"), names.with_name("out.txt")
    options = ["--names", str(names), "--iterations", "5"]
    samples = train_json(capsys, *options, "--out", str(table))["samples"]
    train_json(capsys, *options, "--out", str(text))
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["iteration", "name"]
    assert rows[1:] == [[str(step), name] for step, texts in samples for name in texts]
    assert text.read_text(encoding="utf-8").split("\n") == [*samples[-1][1], ""]


@pytest.mark.parametrize(("content", "found"), [("", "no name"), ("rex", "only one name")])
def test_when_a_list_is_no_list_one_sentence_says_so_and_nothing_is_written(
    names: Path, capsys, content: str, found: str
) -> None:
    names.write_text(content, encoding="utf-8")
    out = names.with_name("out.csv")
    assert run(["names", "train", "--names", str(names), "--out", str(out), "--json"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    sentence = f"rnnstudio: names.txt holds {found}; at least two names are needed, one a line.\n"
    assert printed.err == sentence
    assert not out.exists()


def test_when_the_loss_explodes_the_iteration_is_named(names: Path, capsys) -> None:
    options = ["--names", str(names), "--learning-rate", "1e6", "--json"]
    assert run(["names", "train", *options]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "The loss exploded at iteration " in printed.err.splitlines()[-1]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--iterations", "0"], "argument --iterations: '0' is not a whole number of at least 1"),
        (["--recipe", "soup"], "argument --recipe: invalid choice"),
        (["--seed", "-1"], "argument --seed"),
        (["--clip", "much"], "argument --clip: invalid float value"),
    ],
)
def test_that_wrong_usage_exits_with_two(options: list[str], message: str, capsys) -> None:
    with pytest.raises(SystemExit) as left:
        run(["names", "train", *options])
    assert left.value.code == 2
    assert message in capsys.readouterr().err


def test_that_help_gives_the_default_of_every_option(capsys) -> None:
    with pytest.raises(SystemExit):
        run(["names", "train", "--help"])
    text = " ".join(capsys.readouterr().out.split())
    options = {word for word in text.split() if word.startswith("--")} - {"--help"}
    assert len(options) == text.count("(default: ") == 11
