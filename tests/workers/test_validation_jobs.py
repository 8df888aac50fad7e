"""Walks and searches as trainings that own their processes."""

from __future__ import annotations

import multiprocessing
from contextlib import closing
from pathlib import Path

import pytest

from rnnstudio.core.engine.threads import ONE_THREAD
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import split_share
from rnnstudio.core.stocks.validation.search import SearchPlan, search_job
from rnnstudio.core.stocks.validation.search_space import SearchSpace
from rnnstudio.core.stocks.validation.walk_forward import Walk, new_walk
from rnnstudio.core.training import Checkpoint, Control, Started
from rnnstudio.workers.validation_jobs import search_here, walk_folder_here, walk_forward_here
from tests.core.stocks import made
from tests.core.stocks.validation.pools import InTurn, result
from tests.ui.stocks.tabs import write

pytestmark = pytest.mark.slow
SPLIT = made.walk(60, 48)


def walk_of(table: PriceTable) -> Walk:
    return new_walk(made.PAPER, split_share(table), 3)


def test_that_whoever_closes_a_walk_midway_ends_its_processes() -> None:
    with closing(walk_forward_here(made.PAPER, SPLIT, 2, 2, None, Control())) as walk:
        while not isinstance(event := next(walk), Checkpoint):
            pass
        assert len(multiprocessing.active_children()) == 2
    assert multiprocessing.active_children() == []
    assert event.state.refits == 1


def test_that_the_figures_are_there_before_the_walk_is_shown() -> None:
    walk: Walk = result(walk_forward_here(made.PAPER, SPLIT, 6, 1, None, Control()))
    assert {"skill", "figures"} <= walk.__dict__.keys()


def test_that_a_folder_is_read_in_steps_and_walked_in_one_go(tmp_path: Path) -> None:
    for name, rows in (("one.csv", slice(0, 60)), ("two.csv", slice(30, 90))):
        write(tmp_path / name, rows)
    (tmp_path / "words.csv").write_text("nothing\nof\nuse")
    events = list(walk_folder_here(tmp_path, walk_of, 1, None, Control()))
    assert [event.total for event in events if isinstance(event, Started)] == [3, 4]
    shares = [event.state for event in events if isinstance(event, Checkpoint)]
    assert [sum(walk.days_done for walk in each.parts) for each in shares] == [3, 6, 9, 12]
    assert [each.file for each in shares[-1].refused] == ["words.csv"]


def test_that_a_search_here_comes_out_as_in_this_process() -> None:
    plan = SearchPlan(made.PAPER, SearchSpace({"units": (2, 3)}), folds=2)
    here = result(search_here(plan, SPLIT, 1, None, Control()))
    with ONE_THREAD:
        there = result(search_job(plan, SPLIT, InTurn(), Control()))
    assert [row.ratios for row in here.rows] == [row.ratios for row in there.rows]
