"""Many shares through one pool: each as if it were alone, and what they come to together."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.batch_read import Gathered, UnreadableFile
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import split_share
from rnnstudio.core.stocks.validation.multi_ticker import Shares, shares_of, summary_of
from rnnstudio.core.stocks.validation.run_folds import run_folds_job
from rnnstudio.core.stocks.validation.search import SearchPlan, new_search
from rnnstudio.core.stocks.validation.search_space import SearchSpace
from rnnstudio.core.stocks.validation.walk_forward import Walk, new_walk
from rnnstudio.core.training import Control
from tests.core.stocks import made
from tests.core.stocks.validation.pools import InTurn, result, stopped_after

LONG = {f"{seed}.csv": made.walk(60 + 20 * seed, 1, seed).table for seed in (1, 2, 3)}
TABLES = {**LONG, "short.csv": made.walk(24, 1).table}
SPEC = replace(made.SOUND, window=15)


def walk_of(table: PriceTable) -> Walk:
    return new_walk(SPEC, split_share(table, 0.5), 12)


def test_that_the_folds_of_all_shares_go_through_one_call_and_come_out_as_if_alone() -> None:
    pool, gathered = InTurn(backwards=True), Gathered(TABLES)
    shares: Shares[Walk] = result(run_folds_job(shares_of(gathered, walk_of), pool, Control()))
    assert pool.calls == 1
    assert shares.whole
    assert shares.names == ("1.csv", "2.csv", "3.csv")
    for name, walk in zip(shares.names, shares.parts, strict=True):
        alone: Walk = result(run_folds_job(walk_of(TABLES[name]), InTurn(), Control()))
        np.testing.assert_array_equal(walk.predicted, alone.predicted)
        assert walk.verdict == alone.verdict
    assert len(pool.done) == sum(len(walk.folds) for walk in shares.parts) == 14


def test_that_a_search_over_shares_tries_everything_on_each() -> None:
    space = SearchSpace({"units": (2, 3)})

    def search(table: PriceTable) -> object:
        return new_search(SearchPlan(made.SOUND, space, 2), split_share(table, 0.2))

    shares = result(run_folds_job(shares_of(Gathered(TABLES), search), InTurn(), Control()))
    assert [len(part.rows) for part in shares.parts] == [2, 2, 2]
    assert [part.best is not None for part in shares.parts] == [True] * 3
    assert shares.summary.shares == 3


def test_that_a_file_too_short_for_the_settings_is_refused_beside_the_unreadable_ones() -> None:
    unreadable = UnreadableFile("bad.csv", Message("bad.csv is empty."))
    shares = shares_of(Gathered(TABLES, (unreadable,)), walk_of)
    assert [each.file for each in shares.refused] == ["bad.csv", "short.csv"]
    assert "needs at least 17" in str(shares.refused[1].sentence)


def test_that_without_any_share_left_the_first_reason_is_given() -> None:
    short = {"short.csv": TABLES["short.csv"]}
    with pytest.raises(UserError, match=r"^made\.csv has 9 training rows"):
        shares_of(Gathered(short), walk_of)
    unreadable = (UnreadableFile("bad.csv", Message("bad.csv is empty.")),)
    with pytest.raises(UserError, match=r"None of 2 files can be used.*bad\.csv is empty\."):
        shares_of(Gathered(short, unreadable), walk_of)


def test_that_a_stop_keeps_what_is_done_of_every_share() -> None:
    shares = shares_of(Gathered(TABLES), walk_of)
    _, kept = stopped_after(5, lambda control: run_folds_job(shares, InTurn(), control))
    assert [walk.refits for walk in kept.parts] == [4, 1, 0]
    assert kept.summary.shares == 2
    assert not kept.whole


def test_that_the_mean_ratio_has_students_interval_as_scipy_computes_it() -> None:
    from scipy.stats import ttest_1samp

    ratios = [0.99, 1.01, 1.002, 0.97, 1.03]
    found = summary_of(ratios)
    wanted = ttest_1samp(ratios, 1).confidence_interval(0.9)
    assert found.mean is not None
    assert (found.mean.low, found.mean.high) == pytest.approx((wanted.low, wanted.high))
    assert (found.shares, found.below) == (5, 2)
    assert "On 2 of 5 shares" in str(found.sentence)
    assert "not shown to be below 1" in str(found.sentence)


def test_that_a_summary_claims_nothing_of_one_share_or_none() -> None:
    assert str(summary_of([]).sentence) == "No share has a figure."
    one = summary_of([0.9])
    assert one.mean is not None
    assert math.isnan(one.mean.low)
    assert "one share says nothing" in str(one.sentence)
    assert "not independent" in str(summary_of([0.9, 0.91, 0.92]).sentence)
