"""Both recipes on one scale: names seen, and the loss of a letter from a blind guess on."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.names.learning_curve import learning_curve, names_seen
from rnnstudio.core.names.recipes import PaperSpec
from tests.core.names.runs import FAST, FEW, PAPER, finished, stopped

BLIND = math.log(len(FEW.vocabulary))


def test_that_the_papers_curve_begins_at_a_blind_guess() -> None:
    run = finished(PaperSpec(iterations=300, units=20))
    names, loss = learning_curve(run, 50)
    assert loss[0] == pytest.approx(BLIND, rel=0.02)
    assert run.smoothed[0] / run.symbols < 0.7 * BLIND  # what the recipe's own curve shows there
    assert (names[0], names[-1]) == (1, 300)
    assert loss[-1] < loss[0]


def test_that_all_points_together_are_all_that_was_learnt_from() -> None:
    run = finished(replace(PAPER, iterations=130))
    names, loss = learning_curve(run, 20)
    letters = np.array([len(name) + 1 for name in FEW.names])
    order = np.arange(len(FEW.names))
    np.random.RandomState(0).shuffle(order)
    shown = np.array([letters[order[i % len(order)]] for i in range(130)])
    ends = names.astype(int)
    sums = [shown[a:b].sum() for a, b in zip([0, *ends[:-1]], ends, strict=True)]
    assert np.dot(loss, sums) == pytest.approx(run.losses.sum())


def test_that_a_batch_is_as_many_names_as_it_has() -> None:
    run = finished(FAST)
    train = len(run.training_names)
    per_epoch = -(-train // 8)
    seen = names_seen(run)
    assert seen[:2].tolist() == [8, 16]
    assert seen[per_epoch - 1] == train
    assert seen[per_epoch] == train + 8
    assert seen[-1] == train * len(run.held_out)


def test_that_a_training_that_was_stopped_at_once_has_no_curve() -> None:
    names, loss = learning_curve(stopped(PAPER, 0), 20)
    assert len(names) == len(loss) == 0
