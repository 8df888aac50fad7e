"""A search's table as CSV: read back with the numbers that the search has."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.export.search_csv import write_search
from rnnstudio.core.stocks.validation.search import SearchPlan, search_job
from rnnstudio.core.stocks.validation.search_space import SearchSpace
from rnnstudio.core.training import Control
from tests.core.stocks import made
from tests.core.stocks.validation.pools import InTurn, result

SPACE = SearchSpace({"quantity": ("price", "log return"), "units": (2, 4)})
PLAN = SearchPlan(made.PAPER, SPACE, folds=3)


def test_that_every_number_is_read_back_and_what_is_missing_is_empty(tmp_path: Path) -> None:
    table = result(search_job(PLAN, made.walk(130, 100), InTurn(refuse=[4]), Control()))
    path = tmp_path / "search.csv"
    write_search(path, table)
    lines = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert [line["rank"] for line in lines] == ["1", "2", "3", "4"]
    for line, row in zip(lines, table.rows, strict=True):
        changed = row.candidate.changed
        assert line["quantity"] == changed["quantity"].replace(" ", "-")
        assert int(line["units"]) == changed["units"]
        assert float(line["seconds"]) == row.seconds
        for number, score in enumerate(row.scores, start=1):
            assert line[f"fold {number}"] == ("" if score is None else str(score.ratio))
    for line, row in zip(lines[:3], table.rows, strict=False):
        assert [float(line[name]) for name in ("mean", "std", "rmse")] == [
            row.mean, row.std, row.rmse,
        ]  # fmt: skip
        assert line["failures"] == ""
    assert [lines[3][name] for name in ("mean", "std", "rmse")] == ["", "", ""]
    assert lines[3]["failures"] == "The training ran away."


def test_when_the_place_cannot_be_written_to_the_sentence_says_so(tmp_path: Path) -> None:
    table = result(search_job(PLAN, made.walk(130, 100), InTurn(), Control()))
    with pytest.raises(UserError, match="is a folder; give the name of a file"):
        write_search(tmp_path, table)
