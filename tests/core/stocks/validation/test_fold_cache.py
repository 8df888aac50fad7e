"""What is finished is kept: interrupted, torn, full and unwritable."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.validation.fold_cache import CachedPool
from rnnstudio.core.stocks.validation.folds import Pool
from rnnstudio.core.stocks.validation.walk_forward import Walk, walk_forward_job
from rnnstudio.core.training import Checkpoint, Control, Event, Training
from tests.core.stocks import made
from tests.core.stocks.validation.pools import InTurn, result, stopped_after
from tests.full_disk import full_after

SPLIT = made.walk(120, 100)


def walk(pool: Pool, control: Control | None = None) -> Training:
    return walk_forward_job(made.SOUND, SPLIT, 4, pool, control or Control())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where to keep, in a folder that has to be made."""
    return tmp_path / "made" / "folds.jsonl"


def the_same(one: Walk, other: Walk) -> bool:
    return np.array_equal(one.predicted, other.predicted) and one.blocks == other.blocks


def test_that_a_stopped_run_goes_on_where_it_was_and_comes_out_the_same(file: Path) -> None:
    first, second, third = InTurn(), InTurn(), InTurn()
    stopped_after(2, lambda control: walk(CachedPool(first, file), control))
    again: Walk = result(walk(CachedPool(second, file)))
    assert len(first.done) == 2
    assert len(second.done) == 3
    assert not set(first.done) & set(second.done)
    whole: Walk = result(walk(InTurn()))
    np.testing.assert_array_equal(again.predicted, whole.predicted)
    assert again.verdict == whole.verdict
    assert [one.shrinkage for one in again.forecasts] == [one.shrinkage for one in whole.forecasts]
    assert the_same(result(walk(CachedPool(third, file))), again)
    assert third.done == []


def test_that_other_settings_or_other_prices_are_not_taken_for_the_same(file: Path) -> None:
    result(walk(CachedPool(InTurn(), file)))
    pool = InTurn()
    other = walk_forward_job(made.PAPER, SPLIT, 4, CachedPool(pool, file), Control())
    result(other)
    assert len(pool.done) == 5
    pool = InTurn()
    changed = made.changed(SPLIT, 110)
    result(walk_forward_job(made.SOUND, changed, 4, CachedPool(pool, file), Control()))
    assert len(pool.done) == 3  # two blocks end before the change


@pytest.mark.parametrize("cut", [1, 30, 200])
def test_that_a_torn_last_line_costs_its_fold_and_no_other(file: Path, cut: int) -> None:
    whole = result(walk(CachedPool(InTurn(), file)))
    file.write_bytes(file.read_bytes()[:-cut])
    pool = InTurn()
    again = result(walk(CachedPool(pool, file)))
    assert len(pool.done) == (0 if cut == 1 else 1)
    np.testing.assert_array_equal(again.predicted, whole.predicted)
    pool = InTurn()
    result(walk(CachedPool(pool, file)))
    assert pool.done == []


def test_that_lines_of_no_use_are_passed_over(file: Path) -> None:
    whole = result(walk(CachedPool(InTurn(), file)))
    lines = [line for line in file.read_text("utf-8").splitlines() if line]
    older = json.dumps({**json.loads(lines[0]), "by": "0.0.1"})
    other = json.dumps({**json.loads(lines[1]), "colour": "red"})
    rest = ["[]", "7", "\x00\xff", '{"by": "x"}', "[" * 100_000, *lines[2:]]
    file.write_text("\n".join([older, other, *rest]), "utf-8")
    pool = InTurn()
    np.testing.assert_array_equal(result(walk(CachedPool(pool, file))).predicted, whole.predicted)
    assert len(pool.done) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"predicted": [math.nan] * 4},
        {"predicted": ["1"] * 4},
        {"predicted": "1234"},
        {"predicted": [1.0] * 3},
        {"predicted": [1.0] * 5},
        {"predicted": [10**400] * 4},
        {"epochs": "many"},
        {"epochs": 0},
        {"trust": None},
        {"trust": 1.5},
        {"seconds": "long"},
        {"seconds": math.inf},
    ],
    ids=str,
)
def test_that_a_line_that_no_training_can_have_come_to_costs_its_fold_and_no_other(
    file: Path, change: dict[str, object]
) -> None:
    whole = result(walk(CachedPool(InTurn(), file)))
    first, *rest = (line for line in file.read_text("utf-8").splitlines() if line)
    file.write_text("\n".join([json.dumps({**json.loads(first), **change}), *rest]), "utf-8")
    pool = InTurn()
    again = result(walk(CachedPool(pool, file)))
    assert len(pool.done) == 1
    np.testing.assert_array_equal(again.predicted, whole.predicted)


def test_that_a_training_that_came_to_nothing_is_tried_again(file: Path) -> None:
    first = result(walk(CachedPool(InTurn(refuse=[1]), file)))
    assert first.refused
    pool = InTurn()
    again = result(walk(CachedPool(pool, file)))
    assert (len(pool.done), again.refused) == (1, ())


def test_that_a_file_that_cannot_be_written_is_reported_before_anything_is_trained(
    tmp_path: Path,
) -> None:
    taken, pool = tmp_path / "taken", InTurn()
    taken.write_text("a file")
    with pytest.raises(UserError, match=r"folds\.jsonl cannot be written"):
        list(walk(CachedPool(pool, taken / "folds.jsonl")))
    assert pool.calls == 0


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_that_a_pipe_is_refused_and_not_waited_for(file: Path) -> None:
    file.parent.mkdir()
    os.mkfifo(file)
    pool = InTurn()
    with pytest.raises(UserError, match=r"folds\.jsonl is a pipe or a device"):
        list(walk(CachedPool(pool, file)))
    assert pool.calls == 0


def test_that_a_full_disk_is_reported_before_anything_is_trained(tmp_path: Path) -> None:
    file, pool = tmp_path / "folds.jsonl", InTurn()
    with full_after(0), pytest.raises(UserError, match="cannot be written"):
        list(walk(CachedPool(pool, file)))
    assert pool.calls == 0


def test_that_a_disk_that_gets_full_loses_nothing_that_was_finished(file: Path) -> None:
    whole = result(walk(CachedPool(InTurn(), file)))
    size = len(file.read_bytes())
    file.unlink()
    events: list[Event] = []
    with full_after(size // 2), pytest.raises(UserError, match="goes on from there"):
        events.extend(walk(CachedPool(InTurn(), file)))
    reached = [event.state for event in events if isinstance(event, Checkpoint)]
    assert reached[-1].refits == 3  # two that are kept, and the one that did not fit any more
    pool = InTurn()
    again = result(walk(CachedPool(pool, file)))
    assert len(pool.done) == 3
    np.testing.assert_array_equal(again.predicted, whole.predicted)
