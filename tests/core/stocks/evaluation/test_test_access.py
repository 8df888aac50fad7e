"""How often a test span was evaluated."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.stocks.evaluation.test_access import AccessLog

DAYS = np.arange("2019-01-01", "2019-03-01", dtype="datetime64[D]")


def test_that_spans_that_share_a_day_count_for_each_other_and_others_do_not() -> None:
    accesses = AccessLog().opened(DAYS[10:20]).opened(DAYS[10:20]).opened(DAYS[40:])
    assert accesses.count(DAYS[10:20]) == 2
    assert accesses.count(DAYS[19:30]) == 2
    assert accesses.count(DAYS[20:40]) == 0
    assert accesses.count(DAYS) == 3


def test_that_an_access_leaves_what_was_counted_before_as_it_was() -> None:
    unevaluated = AccessLog()
    assert unevaluated.opened(DAYS).count(DAYS) == 1
    assert unevaluated.count(DAYS) == 0
