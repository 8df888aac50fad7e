"""``rnnstudio names train``: what it prints, what it writes, and its exit status."""

import csv
import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rnnstudio.cli import names_train, saving
from rnnstudio.cli.main import run
from rnnstudio.core.names import training_loop
from rnnstudio.core.names.document import load_names
from rnnstudio.core.names.train import train
from rnnstudio.core.training import Control, Finished, Snapshot
from tests.conftest import ROOT
from tests.core.names.runs import FEW, PAPER, assert_same, finished


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
    assert lines[0] == "names.txt: 4 names in 4 lines of UTF-8."
    assert lines[1] == "4 names have capitals: made small."
    assert lines[2] == "names.txt: 4 names, 13 symbols"
    assert [cell.strip() for cell in lines[3].split("|")[1:4]] == [
        "iteration",
        "smoothed loss",
        "names",
    ]
    assert [line.split()[1] for line in lines[5:7]] == ["0", "4"]
    assert lines[7].startswith("5 iterations in ")
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


def test_that_the_fast_recipe_reports_held_out_losses_and_its_own_settings(
    names: Path, capsys
) -> None:
    names.write_text("\n".join(f"na{n}me" for n in range(40)), encoding="utf-8")
    options = ["--recipe", "fast", "--names", str(names), "--epochs", "2", "--batch-size", "8"]
    result = train_json(capsys, *options, "--cell", "lstm", "--units", "5", "--dropout", "0")
    assert (result["recipe"], result["unit"]) == ("fast", "nats a character")
    assert (result["spec"]["cell"], result["spec"]["dropout"]) == ("lstm", 0.0)
    assert [step for step, _ in result["held_out"]] == [4, 9]
    assert result["best_held_out"] == min(loss for _, loss in result["held_out"])


def test_that_a_saved_training_goes_on_as_if_it_had_not_stopped(names: Path, capsys) -> None:
    saved, slower = (str(names.with_name(f"{name}.rnnstudio")) for name in ("run", "slower"))
    options = ["--names", str(names), "--sample-every", "30", "--report-every", "10"]
    train_json(capsys, *options, "--iterations", "40", "--save", saved)
    continued = train_json(capsys, "--from", saved, "--iterations", "60", "--report-every", "10")
    whole = train_json(capsys, *options, "--iterations", "60")
    assert continued["losses"] == whole["losses"]
    assert continued["tunings"] == []
    tuned = train_json(
        capsys, "--from", saved, "--iterations", "60", "--learning-rate", "0.05", "--save", slower
    )
    assert tuned["tunings"] == [[40, 0.05, 5.0]]
    again = train_json(capsys, "--from", slower, "--iterations", "70")
    assert again["tunings"] == [[40, 0.05, 5.0]]


def test_when_a_training_runs_away_what_was_good_is_saved(names: Path, capsys) -> None:
    saved = names.with_name("run.rnnstudio")
    options = ["--names", str(names), "--learning-rate", "1e6", "--save", str(saved)]
    assert run(["names", "train", *options]) == 1
    sentence = capsys.readouterr().err.splitlines()[-1]
    assert sentence.endswith(f"The network of iteration 0 was saved in {saved}.")
    assert run(["names", "sample", "--model", str(saved)]) == 0


def test_when_interrupted_the_training_is_saved_as_it_is(names: Path, tmp_path: Path) -> None:
    saved = tmp_path / "run.rnnstudio"
    command = [sys.executable, "-m", "rnnstudio", "names", "train", "--iterations", "10000000"]
    process = subprocess.Popen(
        [*command, "--names", str(names), "--save", str(saved)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    assert process.stderr is not None
    with process.stderr as bar:
        # The bar shows a loss as soon as the training is under way.
        seen = b""
        while b"loss=" not in seen:
            seen += bar.read(1)
        process.send_signal(signal.SIGINT)
        bar.read()
    assert process.wait() == 130
    assert load_names(saved).step > 0


def test_when_a_training_is_killed_it_goes_on_from_its_last_save_to_the_last_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "SAVE_SECONDS", 0.0)
    monkeypatch.setattr(saving, "SAVE_SHARE", float("inf"))
    monkeypatch.setattr(training_loop, "SNAPSHOT_SECONDS", 0.0)
    monkeypatch.setattr(training_loop, "SNAPSHOT_SHARE", float("inf"))
    path = tmp_path / "run.rnnstudio"
    under_way = names_train.save_checkpoints(train(PAPER, FEW, Control()), path)
    for event in under_way:
        if isinstance(event, Snapshot) and event.step > 50:
            break
    under_way.close()
    begun = load_names(path)
    assert 50 < begun.step < PAPER.iterations
    assert_same(finished(PAPER, begun=begun), finished(PAPER))


def test_when_a_training_cannot_be_saved_on_the_way_it_goes_on_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setattr(saving, "SAVE_SECONDS", 0.0)
    (tmp_path / "file").write_text("no folder")
    *_, last = names_train.save_checkpoints(train(PAPER, FEW, Control()), tmp_path / "file" / "run")
    assert isinstance(last, Finished)
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("recipe", ["paper", "fast"])
def test_that_a_saved_training_is_gone_back_in(recipe: str, names: Path, capsys) -> None:
    saved = str(names.with_name("run.rnnstudio"))
    options = ["--recipe", recipe, "--names", str(names), "--units", "5", "--sample-every", "3"]
    length = ["--iterations", "40"] if recipe == "paper" else ["--epochs", "40", "--patience", "40"]
    whole = train_json(capsys, *options, *length, "--report-every", "1", "--save", saved)
    last = whole["iterations"] - 1
    for iteration in (0, 3, 4, last):
        assert run(["names", "replay", saved, "--at", str(iteration), "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["same"] is True
        assert [iteration, found["smoothed"]] == whole["losses"][iteration]
        shown = dict(whole["samples"]).get(iteration)
        kept = recipe == "fast" and iteration == last  # its end shows those
        assert kept or shown is None or found["names"] == shown
        assert len(found["names"]) == 7
        assert re.fullmatch("[0-9a-f]{64}", found["sha256"])
    assert run(["names", "replay", saved, "--at", "4"]) == 0
    assert "5 iterations done again, the same to the last bit" in capsys.readouterr().out
    assert run(["names", "replay", saved, "--at", str(last + 1)]) == 1
    assert f"its iterations are 0 to {last}" in capsys.readouterr().err


def test_that_settings_of_another_recipe_are_wrong_usage(names: Path, capsys) -> None:
    with pytest.raises(SystemExit) as left:
        run(["names", "train", "--names", str(names), "--epochs", "3"])
    assert left.value.code == 2
    assert "--epochs: the recipe paper has no such setting" in capsys.readouterr().err


def test_that_names_are_drawn_from_a_saved_training(names: Path, capsys) -> None:
    saved = str(names.with_name("run.rnnstudio"))
    train_json(capsys, "--names", str(names), "--iterations", "200", "--save", saved)
    options = ["names", "sample", "--model", saved, "--begin", "re", "--count", "4"]
    table = names.with_name("drawn.csv")
    assert (
        run([*options, "--temperature", "0.5", "--top-k", "5", "--out", str(table), "--json"]) == 0
    )
    printed = json.loads(capsys.readouterr().out)
    assert printed["sampling"]["temperature"] == 0.5
    assert len(printed["names"]) == 4
    for each in printed["names"]:
        assert each["name"].startswith("re")
        assert each["nearest"] in ("rex", "anzu", "minmi", "kol")
    with table.open(encoding="utf-8", newline="") as file:
        assert [row[0] for row in csv.reader(file)][1:] == [n["name"] for n in printed["names"]]
    assert run(options) == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert rows[0] == ["|", "name", "|", "kind", "|", "nearest", "|", "distance", "|"]
    assert len(rows[2:]) == 4
    assert all(row[1].startswith("re") and row[-4] in ("rex", "anzu", "minmi") for row in rows[2:])


def test_that_a_model_that_is_none_is_refused(names: Path, capsys) -> None:
    assert run(["names", "sample", "--model", str(names)]) == 1
    assert "names.txt is damaged or no file of RNN Studio" in capsys.readouterr().err


def test_that_the_evaluation_gives_each_contender_a_figure_a_seed(names: Path, capsys) -> None:
    names.write_text("\n".join(f"na{n}me" for n in range(40)), encoding="utf-8")
    options = ["--names", str(names), "--seeds", "2", "--samples", "20", "--iterations", "50"]
    assert run(["names", "evaluate", *options, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    contenders = {each["name"]: each for each in printed["contenders"]}
    assert list(contenders) == ["paper", "fast", "uniform", "unigram", "bigram", "best n-gram"]
    assert all(len(each["held_out"]) == 2 for each in contenders.values())
    assert printed["seeds"] == [1, 2]
    assert run(["names", "evaluate", *options, "--recipes", "paper"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines[-5:]] == [
        "paper",
        "uniform",
        "unigram",
        "bigram",
        "best",
    ]


@pytest.mark.parametrize(("action", "required"), [("sample", {"--model"}), ("evaluate", set())])
def test_that_help_gives_a_default_for_every_option_that_may_be_left_out(
    action: str, required: set[str], capsys
) -> None:
    with pytest.raises(SystemExit):
        run(["names", action, "--help"])
    usage, _, rest = " ".join(capsys.readouterr().out.split()).partition("options:")
    options = set(re.findall(r"--[a-z-]+", usage.partition("]")[2])) - {"--save"} - required
    assert len(options) == rest.count("(default: ") > 6


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
    assert len(options) == text.count("(default: ") == 23


def test_that_a_column_and_an_encoding_can_be_chosen_and_are_said(names: Path, capsys) -> None:
    table = "Имя;Число\nЮлий;3\nФёдор;2\nИлья;9\n"  # noqa: RUF001 - Russian
    names.write_bytes(table.encode("koi8_r"))
    assert run(["names", "train", "--names", str(names), "--iterations", "5"]) == 1
    refusal = capsys.readouterr().err
    assert "1 (Имя), 2 (Число). Choose the column of names by its number" in refusal
    options = ["--names", str(names), "--column", "имя", "--encoding", "koi8-r"]
    result = train_json(capsys, *options, "--iterations", "5")
    assert result["names"] == 3
    assert result["reading"][0] == "names.txt: 3 names in 4 lines of KOI8-R."
    plan = ["--seeds", "1", "--recipes", "paper", "--iterations", "20", "--samples", "5"]
    assert run(["names", "evaluate", *options, *plan, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["reading"] == result["reading"]


def test_that_a_beginning_is_written_as_the_list_is(names: Path, capsys) -> None:
    names.write_text("Łucja\nŁukasz\nZoë\n", encoding="utf-8")
    saved = str(names.with_name("run.rnnstudio"))
    options = ["--names", str(names), "--accents", "fold", "--iterations", "20", "--save", saved]
    train_json(capsys, *options)
    assert run(["names", "sample", "--model", saved, "--begin", "ŁU", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert all(each["name"].startswith("lu") for each in printed["names"])
    assert run(["names", "sample", "--model", saved, "--begin", "Q"]) == 1
    assert "The beginning has 'q', which no name of the list has" in capsys.readouterr().err


def test_that_what_had_not_ended_is_distinguished(names: Path, capsys) -> None:
    saved = str(names.with_name("run.rnnstudio"))
    train_json(capsys, "--names", str(names), "--iterations", "20", "--save", saved)
    options = ["names", "sample", "--model", saved, "--count", "40", "--longest", "3"]
    assert run([*options, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert len(printed["names"]) + printed["empty"] + len(printed["cut"]) == 40
    assert {each["kind"] for each in printed["cut"]} == {"cut off"}
    assert all(len(each["name"]) == 3 for each in printed["cut"])
    assert all(0 < len(each["name"]) < 3 for each in printed["names"])
    text = names.with_name("drawn.txt")
    assert run([*options, "--out", str(text)]) == 0
    assert "had not ended after 3 letters; give --longest more" in capsys.readouterr().out
    assert text.read_text("utf-8").split() == [each["name"] for each in printed["names"]]
