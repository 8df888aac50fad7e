"""Trained names as plain data and as files."""

import csv
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.core.names.samples_export import to_json, write_samples
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Sampled

CORPUS = Corpus("two.txt", ("rex", "anzu"))


@pytest.fixture
def trained() -> TrainedNames:
    samples = (Sampled(0, ("q", 'a, "b"')), Sampled(4, ("zoë", "")))
    smoothed = np.array([5.0, 4.0, 3.0, 2.0, 1.0])
    return TrainedNames(
        PaperSpec(5), CORPUS, {}, {}, smoothed, smoothed, (), samples, (), seconds=1.0
    )


@pytest.mark.parametrize(
    ("every", "steps"), [(1, [0, 1, 2, 3, 4]), (2, [0, 2, 4]), (3, [0, 3, 4]), (100, [0, 4])]
)
def test_that_the_last_loss_is_reported_once_whatever_the_distance(
    trained: TrainedNames, every: int, steps: list[int]
) -> None:
    losses = to_json(trained, every)["losses"]
    assert losses == [[step, 5.0 - step] for step in steps]


def test_that_a_csv_gives_every_name_back(trained: TrainedNames, tmp_path: Path) -> None:
    path = tmp_path / "new" / "names.csv"
    write_samples(trained, path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["iteration", "name"], ["0", "q"], ["0", 'a, "b"'], ["4", "zoë"], ["4", ""]]


def test_that_a_text_holds_the_last_names_one_a_line(trained: TrainedNames, tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    write_samples(trained, path)
    assert path.read_bytes() == "zoë\n\n".encode()


def test_when_there_is_no_room_to_write_the_path_is_named(
    trained: TrainedNames, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(UserError, match="cannot be written"):
        write_samples(trained, blocked / "names.csv")
