"""A search against scikit-learn, and against a look at the test span."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.data.windows import windows_before
from rnnstudio.core.stocks.evaluation.forecast import evaluate
from rnnstudio.core.stocks.validation.conclusion import search_claim, search_grounds
from rnnstudio.core.stocks.validation.folds import FoldForecast
from rnnstudio.core.stocks.validation.search import (
    SearchPlan,
    SearchTable,
    new_search,
    search_job,
    search_spans,
)
from rnnstudio.core.stocks.validation.search_scores import CandidateScore, SearchRow, sorted_by
from rnnstudio.core.stocks.validation.search_space import Candidate, SearchSpace
from rnnstudio.core.training import Control
from tests.core.stocks import made
from tests.core.stocks.validation.pools import InTurn, result, stopped_after

SPLIT = made.walk(130, 100)
PLAN = SearchPlan(made.SOUND, SearchSpace({"units": (2, 4), "window": (3, 5)}), folds=3)


def searched(plan: SearchPlan, split: Split, pool: InTurn | None = None) -> SearchTable:
    table: SearchTable = result(search_job(plan, split, pool or InTurn(), Control()))
    return table


@given(st.integers(40, 200), st.integers(2, 8), st.integers(0, 30))
@settings(max_examples=60)
def test_that_spans_are_those_of_scikit_learn_or_refused_as_there(
    rows: int, folds: int, gap: int
) -> None:
    from sklearn.model_selection import TimeSeriesSplit

    known = made.walk(rows, rows - 1).table
    splitter = TimeSeriesSplit(folds, gap=gap)
    try:
        wanted = [(list(a), list(b)) for a, b in splitter.split(np.zeros((rows, 1)))]
    except ValueError:
        with pytest.raises(UserError, match=f"{folds} folds with a gap of {gap} days"):
            search_spans(known, folds, gap)
    else:
        found = search_spans(known, folds, gap)
        assert [(list(range(learnt)), list(scored)) for learnt, scored in found] == wanted


@given(st.integers(120, 200), st.integers(2, 5), st.integers(1, 8), st.integers(1, 30))
@settings(max_examples=60)
def test_that_no_fold_holds_a_day_it_must_not_see(
    known: int, folds: int, window: int, test: int
) -> None:
    split = made.walk(known + test, known)
    spec = replace(made.PAPER, window=window)
    plan = SearchPlan(spec, SearchSpace({"units": (2, 3), "window": (1, window)}), folds)
    table = new_search(plan, split)
    assert table.gap == window
    assert len(table.folds) == len(table.candidates) * folds
    for fold in table.folds:
        assert fold.table.rows == fold.rows.stop <= known
        assert fold.table.dates[-1] < split.table.dates[known]
        inputs = windows_before(fold.rows, fold.spec.lookback).inputs
        assert inputs.min() >= fold.known  # no scored day's input was a target of the training


def test_that_other_prices_in_the_test_span_change_nothing() -> None:
    one, other = searched(PLAN, SPLIT), searched(PLAN, made.changed(SPLIT, 100))
    assert [fold.key for fold in one.folds] == [fold.key for fold in other.folds]
    assert [each.predicted for each in one.outcomes] == [each.predicted for each in other.outcomes]
    assert one.verdict == other.verdict
    assert one.best_spec == other.best_spec


def test_that_a_score_is_that_of_a_training_on_the_days_before_the_gap() -> None:
    from sklearn.metrics import root_mean_squared_error
    from sklearn.model_selection import TimeSeriesSplit

    table = searched(PLAN, SPLIT)
    opens = SPLIT.table.column("Open")
    spans = TimeSeriesSplit(3, gap=6).split(np.zeros((100, 1)))
    row = next(row for row in table.rows if row.candidate.changed == {"units": 4, "window": 5})
    for (learnt, scored), score in zip(spans, row.scores, strict=True):
        days = Split(SPLIT.table.part(slice(0, scored[-1] + 1)), len(learnt))
        spec = replace(made.SOUND, units=4, window=5)
        predicted = evaluate(made.trained(days, spec)).predicted[6:]
        own = root_mean_squared_error(opens[scored], predicted)
        flat = root_mean_squared_error(opens[scored], opens[scored - 1])
        assert score is not None
        assert score.rmse == pytest.approx(own, rel=1e-6)
        assert score.ratio == pytest.approx(own / flat, rel=1e-6)


def test_that_the_table_has_a_row_for_every_candidate_the_best_first() -> None:
    table = searched(PLAN, SPLIT)
    means = [row.mean for row in table.rows]
    assert means == sorted(means)
    assert len(table.rows) == 4
    assert table.best_spec == table.rows[0].candidate.spec
    for row in table.rows:
        assert row.mean == pytest.approx(np.mean(row.ratios))
        assert row.std == pytest.approx(np.std(row.ratios))
    assert table.columns == (
        "units", "window", "mean", "std", "rmse", "fold 1", "fold 2", "fold 3", "seconds"
    )  # fmt: skip


def row(mean: float | None, **changed: Any) -> SearchRow:
    score = None if mean is None else CandidateScore(10 - mean, mean)
    return SearchRow(Candidate(made.PAPER, changed), (score,), seconds=1.0)


ROWS = [
    row(0.9, units=8, patience=3, features=("Open",)),
    row(None, units=16, patience=None, features=("High",)),
    row(1.1, units=2, patience=9, features=("Open", "High")),
]


@pytest.mark.parametrize(
    ("column", "descending", "units"),
    [
        ("mean", False, [8, 2, 16]),
        ("mean", True, [2, 8, 16]),
        ("rmse", False, [2, 8, 16]),
        ("fold 1", True, [2, 8, 16]),
        ("units", False, [2, 8, 16]),
        ("units", True, [16, 8, 2]),
        ("patience", False, [8, 2, 16]),
        ("patience", True, [2, 8, 16]),
        ("features", False, [16, 8, 2]),
        ("seconds", True, [8, 16, 2]),
    ],
)
def test_that_rows_are_sorted_by_any_column_and_what_is_missing_comes_last(
    column: str, descending: bool, units: list[int]
) -> None:
    found = sorted_by(ROWS, column, descending)
    assert [each.candidate.changed["units"] for each in found] == units


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"space": {"window": (5, 90)}}, "window=90 cannot be tried: 3 folds with a gap of 91"),
        ({"space": {"window": (5, 30)}, "gap": 0}, "window=30 cannot be tried: made.csv has"),
        ({"space": {"features": (("Close",),)}}, "features=Close cannot be tried: made.csv has no"),
        ({"space": {"units": (4, 0)}}, "units=0 cannot be tried"),
        ({"space": {"validation": (0.001,)}}, "validation=0.001 cannot be tried"),
        ({"base": replace(made.SOUND, features=("Bid",))}, "made.csv has no column 'Bid'"),
        ({"folds": 1}, "At least 2 folds"),
        ({"gap": -1}, "A gap of 0 or more days is needed (got -1)"),
        ({"folds": 95}, "95 folds with a gap of 6 days do not fit into the 100 days"),
    ],
)
def test_that_what_is_impossible_is_named_before_anything_is_trained(
    changes: dict[str, Any], words: str
) -> None:
    if "space" in changes:
        changes = {**changes, "space": SearchSpace(changes["space"])}
    pool = InTurn()
    with pytest.raises(UserError) as caught:
        next(search_job(replace(PLAN, **changes), SPLIT, pool, Control()))
    assert words in str(caught.value)
    assert ("cannot be tried" in str(caught.value)) == ("space" in changes)
    assert pool.calls == 0


def test_that_a_stopped_search_keeps_its_table() -> None:
    _, table = stopped_after(5, lambda c: search_job(PLAN, SPLIT, InTurn(), c))
    whole = searched(PLAN, SPLIT)
    assert not table.whole
    done = [row for row in table.rows if row.whole]
    assert len(done) == 1
    assert table.rows[0] == done[0]  # what is not whole comes last, and has no mean
    assert [len(row.ratios) for row in table.rows] == [3, 2, 0, 0]
    assert all(math.isnan(row.mean) for row in table.rows[1:])
    [same] = [row for row in whole.rows if row.candidate == done[0].candidate]
    assert same.scores == done[0].scores
    assert "The only one done of 4 candidates" in str(table.verdict)


def test_that_a_candidate_that_comes_to_nothing_is_last_and_says_why() -> None:
    space = SearchSpace({"learning_rate": (0.001, 1e30)})
    table = searched(replace(PLAN, space=space), SPLIT)
    last = table.rows[-1]
    assert last.candidate.changed == {"learning_rate": 1e30}
    assert math.isnan(last.mean)
    assert len(last.failures) == 1
    assert "learning rate" in str(last.failures[0])
    assert table.best_spec is not None
    assert table.best_spec.learning_rate == 0.001
    nothing = searched(replace(PLAN, space=SearchSpace({"learning_rate": (1e30,)})), SPLIT)
    assert nothing.best is nothing.best_spec is None
    assert "No candidate" in str(nothing.verdict)
    assert "learning rate" in str(nothing.verdict)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (0.5, "is nearer than yesterday's price on the days it was chosen on"),
        (-0.5, "does not beat yesterday's price even on the days it was chosen on"),
    ],
)
def test_that_the_verdict_says_whether_even_the_best_beats_yesterdays_price(
    part: float, words: str
) -> None:
    table = knowing(SPLIT, part)
    assert words in str(table.verdict)
    assert ("The best of 4 looks better than it is." in str(table.verdict)) == (part > 0)
    assert str(table.verdict).endswith("The test span was not touched.")
    assert table.ratio == pytest.approx(1 - part)


def test_that_a_mean_below_one_by_a_minority_of_folds_is_not_called_nearer() -> None:
    ratios = [0.9, 1.0, 1.0, 1.001, 1.002]
    assert "is not shown to beat yesterday's price" in str(search_claim("units=2", ratios, 1, 1))
    assert "below 1 on 1 of them" in str(search_grounds(ratios, None, 1)[0])
    assert "is nearer than" in str(search_claim("units=2", [0.9, 0.9, 1.0], 1, 1))


def knowing(split: Split, part: float) -> SearchTable:
    """A search whose forecasts know ``part`` of the opening's move."""
    table = new_search(PLAN, split)
    opens = split.table.column("Open")
    for place, fold in enumerate(table.folds):
        days = np.array(fold.rows)
        predicted = opens[days - 1] + part * (opens[days] - opens[days - 1])
        table = table.put(place, FoldForecast(tuple(predicted.tolist()), 1, 1.0, 0.0))
    return table


def test_that_the_verdict_names_yesterdays_close_where_that_is_nearer_still() -> None:
    opens = SPLIT.table.column("Open")
    close = opens + 0.9 * np.diff(opens, append=opens[-1])
    columns = {**SPLIT.table.columns, "Close": close}
    split = replace(SPLIT, table=replace(SPLIT.table, columns=columns))
    assert knowing(split, 0.5).ratio_close == pytest.approx(0.1)
    words = "Yesterday's close, which needs no network, has 0.1000"
    assert words in str(knowing(split, 0.5).verdict)
    assert "close" not in str(knowing(split, 0.95).verdict)
    assert "close" not in str(knowing(SPLIT, 0.5).verdict)
