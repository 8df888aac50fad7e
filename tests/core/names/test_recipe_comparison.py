"""Runs side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnnstudio.core.names.recipe_comparison import compare
from rnnstudio.core.names.train import train
from rnnstudio.core.training import Finished, Tuning
from tests.core.names.runs import FAST, FEW, PAPER, StopAt, finished


def test_that_only_settings_that_differ_are_shown() -> None:
    runs = [finished(FAST), finished(replace(FAST, cell="lstm", seed=4))]
    table = compare(runs)
    assert tuple(map(str, table.columns)) == (
        "Recipe",
        "Held-out loss (nats a character)",
        "Parameters",
        "Names seen",
        "Cell",
        "Seed",
        "Iterations done",
        "Smoothed training loss (nats a character)",
        "Seconds",
    )
    for run, row in zip(runs, table.rows, strict=True):
        assert row[:3] == ("fast", run.best_held_out, run.parameter_count)
        assert row[3] == len(run.training_names) * len(run.held_out)
        assert row[4:7] == (run.spec.cell, run.spec.seed, run.step)


def test_that_both_recipes_stand_in_one_table_in_one_unit() -> None:
    paper, fast = finished(PAPER), finished(FAST)
    table = compare([paper, fast])
    rows = [dict(zip(map(str, table.columns), row, strict=True)) for row in table.rows]
    assert [row["Recipe"] for row in rows] == ["paper", "fast"]
    assert [row["Batch size"] for row in rows] == [None, 8]
    assert [row["Iterations"] for row in rows] == [90, None]
    symbols = sum(len(name) + 1 for name in FEW.names) / len(FEW.names)
    losses = [row["Smoothed training loss (nats a character)"] for row in rows]
    assert losses == pytest.approx([paper.smoothed[-1] / symbols, fast.smoothed[-1]])


def test_that_what_was_tuned_while_it_ran_is_shown_as_it_was_last() -> None:
    *_, last = train(PAPER, FEW, StopAt(10_000, {5: Tuning(0.05, 5.0)}))
    assert isinstance(last, Finished)
    table = compare([finished(PAPER), last.result])
    assert str(table.columns[4]) == "Learning rate"
    assert [row[4] for row in table.rows] == [0.01, 0.05]
