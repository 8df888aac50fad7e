"""Saved runs come back the same to the last bit; a damaged file is refused in a sentence."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.documents.document_file import MOST_ARRAYS, Document, load, save
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.evaluation.evaluate_job import dropout_job, seeds_job
from rnnstudio.core.stocks.files.runs import RunEntry
from rnnstudio.core.stocks.files.runs_file import (
    KIND,
    VERSION,
    Saved,
    open_job,
    save_job,
    save_runs,
)
from rnnstudio.core.training import Control, Finished, Started
from tests.core.stocks import made
from tests.core.stocks.damaging import Change, damage
from tests.core.stocks.files.examples import ASKED, SPLIT, named, opened, reopened, unevaluated

LAYERS = replace(made.PAPER, layers=2, engine="keras")


def after(run: RunEntry, events: Any) -> RunEntry:
    """The run with the figures that a job ended with."""
    [result] = [event.result for event in events if isinstance(event, Finished)]
    return replace(run, evaluation=result)


@pytest.fixture
def work() -> Sequence[RunEntry]:
    other = replace(made.walk(100, 80, seed=3).table, source="other.csv")
    return [
        named(opened(), "sound, opened"),
        named(unevaluated(made.PAPER), "shut"),
        named(opened(LAYERS), "two layers"),
        named(opened(made.SINGLE, replace(SPLIT, table=other, rows_train=80)), "other share"),
    ]


def test_that_every_run_comes_back_with_the_same_figures_to_the_last_bit(
    work: Sequence[RunEntry], tmp_path: Path
) -> None:
    save_runs(tmp_path / "a.rnnstudio", work)
    for before, now in zip(work, reopened(tmp_path / "a.rnnstudio"), strict=True):
        assert (now.name, now.when, now.accesses) == (before.name, before.when, before.accesses)
        assert now.trained.spec == before.trained.spec
        assert (now.evaluation is None) == (before.evaluation is None)
        if before.evaluation is None or now.evaluation is None:
            continue
        was, found = before.evaluation, now.evaluation
        assert found.question == was.question
        assert found.question.days == ASKED.days
        np.testing.assert_array_equal(found.forecast.ahead, was.forecast.ahead)
        np.testing.assert_array_equal(found.forecast.closed_loop, was.forecast.closed_loop)
        np.testing.assert_array_equal(found.future.predicted, was.future.predicted)
        np.testing.assert_array_equal(found.future.dates, was.future.dates)
        assert found.summary.rows == was.summary.rows
        assert found.summary.leakage_checks == was.summary.leakage_checks
        assert found.summary.sentence == was.summary.sentence


def test_that_opening_a_file_is_no_access_to_a_test_set(tmp_path: Path) -> None:
    save_runs(tmp_path / "a.rnnstudio", [opened()])
    [first] = reopened(tmp_path / "a.rnnstudio")
    save_runs(tmp_path / "a.rnnstudio", [first])
    [again] = reopened(tmp_path / "a.rnnstudio")
    assert again.accesses.count(SPLIT.table.dates[90:]) == 1
    assert again.evaluation is not None
    assert again.evaluation.summary.clean


def test_that_further_seeds_and_dropout_come_back(tmp_path: Path) -> None:
    run = opened()
    assert run.evaluation is not None
    run = after(run, seeds_job(run.evaluation, Control(), fit))
    assert run.evaluation is not None
    run = after(run, dropout_job(run.evaluation, Control()))
    save_runs(tmp_path / "a.rnnstudio", [run])
    [now] = reopened(tmp_path / "a.rnnstudio")
    assert run.evaluation is not None
    assert now.evaluation is not None
    assert now.evaluation.summary.seeds == run.evaluation.summary.seeds
    assert now.evaluation.summary.sentence == run.evaluation.summary.sentence
    assert now.evaluation.dropout is not None
    assert run.evaluation.dropout is not None
    np.testing.assert_array_equal(now.evaluation.dropout.low, run.evaluation.dropout.low)


def test_that_prices_that_runs_share_are_kept_once(tmp_path: Path) -> None:
    again = replace(SPLIT, table=SPLIT.table.part(slice(None)))  # the file, read once more
    runs = [
        named(opened(), "A"),
        named(unevaluated(made.PAPER), "B"),
        named(unevaluated(made.SOUND, again), "C"),
    ]
    save_runs(tmp_path / "a.rnnstudio", runs)
    document = load(tmp_path / "a.rnnstudio", KIND, VERSION)
    assert len(document.content["tables"]) == 1
    assert sum(name.endswith(".dates") for name in document.arrays) == 1
    first, second, third = reopened(tmp_path / "a.rnnstudio")
    assert first.table is second.table is third.table


def test_that_saving_and_opening_are_jobs_that_begin_and_end_as_others(tmp_path: Path) -> None:
    path, runs = tmp_path / "a.rnnstudio", [named(opened(), "A"), named(unevaluated(), "B")]
    started, finished = save_job(path, runs, Control())
    assert isinstance(started, Started)
    assert isinstance(finished.result, Saved)
    assert finished.result.runs == tuple(runs)
    started, *_, finished = open_job(path, Control())
    assert started.total == finished.step == 2


def test_that_a_cancelled_opening_gives_nothing_and_a_cancelled_saving_writes_nothing(
    tmp_path: Path,
) -> None:
    control, path = Control(), tmp_path / "a.rnnstudio"
    save_runs(path, [opened()])
    control.cancel()
    assert not [event for event in open_job(path, control) if isinstance(event, Finished)]
    list(save_job(tmp_path / "b.rnnstudio", [opened()], control))
    assert not (tmp_path / "b.rnnstudio").exists()


def test_that_more_runs_than_a_file_holds_are_refused_and_nothing_is_written(
    tmp_path: Path,
) -> None:
    runs = [named(unevaluated(), f"run {number}") for number in range(MOST_ARRAYS // 10)]
    with pytest.raises(UserError, match=r"^100 runs are more than one file holds .* delete some"):
        save_runs(tmp_path / "a.rnnstudio", runs)
    assert not list(tmp_path.iterdir())
    save_runs(tmp_path / "a.rnnstudio", runs[:60])
    assert len(load(tmp_path / "a.rnnstudio", KIND, VERSION).content["runs"]) == 60


def test_that_no_runs_make_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no run to save"):
        save_runs(tmp_path / "a.rnnstudio", [])


def test_that_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UserError, match="file"):
        save_runs(tmp_path / "file" / "a.rnnstudio", [unevaluated()])


def test_that_a_file_of_another_kind_is_named(tmp_path: Path) -> None:
    save(tmp_path / "a.rnnstudio", Document("names", 1, {}))
    with pytest.raises(UserError, match="holds 'names', not 'work'"):
        list(open_job(tmp_path / "a.rnnstudio", Control()))


def run_entry(name: str, value: Any) -> Change:
    return lambda content, _: content["runs"][0].update({name: value})


def with_field(name: str, value: Any) -> Change:
    return lambda content, _: content["runs"][0]["evaluation"].update({name: value})


def array(name: str, change: Callable[[np.ndarray], np.ndarray]) -> Change:
    return lambda _, arrays: arrays.update({name: change(arrays[name])})


DAMAGE: dict[str, Change] = {
    "no runs": lambda content, _: content.update({"runs": []}),
    "runs as a number": lambda content, _: content.update({"runs": 3}),
    "runs of text": lambda content, _: content.update({"runs": ["A", "B"]}),
    "no prices": lambda content, _: content.update({"tables": []}),
    "prices as text": lambda content, _: content.update({"tables": "prices"}),
    "prices that are not there": run_entry("table", 7),
    "prices below zero": run_entry("table", -1),
    "two of one name": run_entry("name", "B"),
    "no name": run_entry("name", ""),
    "a name of a number": run_entry("name", 3),
    "a name of lines": run_entry("name", "a\nb"),
    "a name without end": run_entry("name", "a" * 10_000),
    "a time of no zone": run_entry("when", "2020-02-03T04:05:06"),
    "a time of no calendar": run_entry("when", "yesterday"),
    "a time before computers": run_entry("when", "0001-01-01T00:00:00+00:00"),
    "a time as a number": run_entry("when", 3.0),
    "no openings": run_entry("openings", []),
    "openings of other days": run_entry("openings", [["2001-01-01", "2001-02-01"]]),
    "an evaluation as text": run_entry("evaluation", "yes"),
    "an evaluation of nothing": run_entry("evaluation", {}),
    "a question for no days": with_field("days", 0),
    "a question for days without end": with_field("days", 10**9),
    "intervals for all days": with_field("nominal", 1.0),
    "intervals for no number": with_field("nominal", "most"),
    "seeds as a number": with_field("seeds", 3),
    "seeds below zero": with_field("seeds", [-1.0]),
    "seeds of text": with_field("seeds", ["low"]),
    "seeds without end": with_field("seeds", [1.0] * 2000),
    "dropout of text": with_field("dropout", "yes"),
    "returns of a single day": lambda content, _: content["runs"][0]["features_scaler"].update(
        {"rows": [0, 1]}
    ),
    "a trust above one": run_entry("trust", 2),
    "fewer days than a window": run_entry("rows_train", 3),
    "weights that are none": array("run.0.weights.0.Wf", lambda array: array * np.nan),
    "weights that run away": array("run.0.weights.2.by", lambda array: np.full(array.shape, 1e300)),
    "weights of nobody": lambda _, arrays: arrays.pop("run.0.weights.0.Wf"),
    "dates of nobody": lambda _, arrays: arrays.pop("table.0.dates"),
}


def damaged(path: Path, change: Change) -> None:
    save_runs(path, [named(opened(), "A"), named(unevaluated(made.PAPER), "B")])
    damage(path, KIND, VERSION, change)


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
def test_that_what_does_not_fit_together_is_refused_in_a_sentence(
    change: Change, tmp_path: Path
) -> None:
    damaged(tmp_path / "a.rnnstudio", change)
    with pytest.raises(UserError) as refused:
        list(open_job(tmp_path / "a.rnnstudio", Control()))
    assert str(refused.value).endswith(".")


def test_that_a_window_longer_than_can_be_evaluated_is_refused(tmp_path: Path) -> None:
    """The widest window that a table of the most days allows would take gigabytes."""
    days = 30_000
    table = made.table(np.full(days, 100.0))
    dates = np.datetime64("1900-01-01") + np.arange(days)
    split = replace(SPLIT, table=replace(table, dates=dates), rows_train=10_000, rows_validation=0)
    network = replace(unevaluated().trained, data=replace(unevaluated().trained.data, split=split))
    network = replace(network, data=replace(network.data, held_out=None))
    run = replace(opened(), trained=network)
    save_runs(tmp_path / "a.rnnstudio", [run])
    document = load(tmp_path / "a.rnnstudio", KIND, VERSION)
    content, arrays = copy.deepcopy(dict(document.content)), dict(document.arrays)
    content["runs"][0]["spec"]["window"] = 9_000
    content["runs"][0]["openings"] = [[str(dates[0]), str(dates[-1])]]
    arrays["run.0.training_rows"] = np.array([9_001])
    save(tmp_path / "a.rnnstudio", Document(KIND, VERSION, content, arrays))
    with pytest.raises(UserError, match="more days and longer windows than can be evaluated"):
        list(open_job(tmp_path / "a.rnnstudio", Control()))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=60)
@given(
    where=st.sampled_from(
        [(), ("tables", 0)]
        + [("runs", 0, *inner) for inner in ((), ("evaluation",), ("spec",), ("target_scaler",))]
    ),
    data=st.data(),
    value=ANYTHING,
)
def test_that_anything_in_the_place_of_an_entry_is_refused_or_read(
    where: tuple[Any, ...], data: st.DataObject, value: Any, tmp_path_factory: Any
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.rnnstudio"

    def change(content: dict[str, Any], _arrays: dict[str, Any]) -> None:
        inner: Any = content
        for step in where:
            inner = inner[step]
        inner[data.draw(st.sampled_from(sorted(inner)))] = value

    try:
        damaged(path, change)
    except ValueError:  # no JSON
        return
    with contextlib.suppress(UserError):
        assert len(reopened(path)) == 2
