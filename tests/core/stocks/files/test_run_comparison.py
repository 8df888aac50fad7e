"""Only what can be compared is: runs are ranked on the same days of the same prices."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnnstudio.core.stocks.evaluation.metrics import rmse
from rnnstudio.core.stocks.files.run_comparison import differences, ranking
from rnnstudio.core.stocks.files.run_overlay import overlay
from rnnstudio.core.stocks.files.runs import RunEntry
from tests.core.stocks import made
from tests.core.stocks.files.examples import SPLIT, named, opened, unevaluated

LONGER = replace(SPLIT, rows_train=80)
OTHER = made.walk(110, 90, seed=5)
A = named(opened(), "A")
B = named(opened(replace(made.SOUND, seed=2, dropout=0.1)), "B")
LONG = named(opened(made.SOUND, LONGER), "long")
ALIEN = named(opened(made.SOUND, OTHER), "alien")


def in_words(runs: list[RunEntry]) -> dict[str, tuple[str, ...]]:
    return {str(row.setting): tuple(map(str, row.values)) for row in differences(runs)}


def test_that_settings_that_differ_are_listed_and_equal_ones_are_not() -> None:
    rows = in_words([A, B])
    assert rows == {"seed": ("1", "2"), "dropout": ("0.2", "0.1")}
    assert differences([A, A]) == ()
    gru = named(opened(replace(made.SOUND, cell="gru")), "gru")
    [row] = differences([A, gru])
    assert (str(row.setting), tuple(map(str, row.values))) == ("cell", ("lstm", "gru"))


def test_that_days_and_files_are_among_the_settings() -> None:
    other = replace(OTHER.table, source="other.csv")
    away = opened(replace(made.SOUND, patience=None), replace(OTHER, table=other, rows_train=80))
    rows = in_words([A, away])
    assert rows["file"] == ("made.csv", "other.csv")
    assert rows["test"] == (
        "20 days, 2019-04-01 to 2019-04-20",
        "30 days, 2019-03-22 to 2019-04-20",
    )
    assert rows["patience"] == ("2", "none")
    assert set(rows) == {"file", "training", "validation", "test", "patience"}


def test_that_runs_on_the_same_days_are_ranked_by_their_error() -> None:
    found = ranking([A, B])
    errors = [
        rmse(run.evaluation.forecast.actual, run.evaluation.forecast.predicted) for run in (A, B)
    ]
    assert found.places == tuple(1 + sum(o < e for o in errors) for e in errors)
    best = ("A", "B")[int(np.argmin(errors))]
    assert f"On the same 20 days “{best}” has the lowest RMSE of 2 runs" in str(found.sentence)
    assert "chosen on the test span" in str(found.sentence)


def test_that_other_days_of_the_same_share_are_not_ranked() -> None:
    found = ranking([A, LONG])
    assert found.places == (None, None)
    assert str(found.sentence) == (
        "Not ranked against each other: “A” / “long”. Their errors are of other days or prices, "
        "so the lower one is not the better network."
    )


def test_that_another_share_on_the_same_days_is_not_ranked() -> None:
    found = ranking([A, ALIEN, B])
    assert found.places[1] is None
    assert sorted(place for place in found.places if place is not None) == [1, 2]
    assert (
        "Not ranked against each other: “A”, “B” / “alien”. Their errors are of other prices"
        in str(found.sentence)
    )


def test_that_many_runs_make_no_endless_sentence() -> None:
    quick = replace(made.SINGLE, units=1, epochs=1)
    runs = [
        named(opened(quick, replace(SPLIT, rows_train=70 + days)), f"run {days}")
        for days in range(12)
    ]
    assert "“run 4” and 7 more. Their errors" in str(ranking(runs).sentence)


def test_that_a_run_without_figures_is_named() -> None:
    found = ranking([A, named(unevaluated(made.PAPER), "shut")])
    assert found.places == (None, None)
    assert str(found.sentence) == "“shut”: not evaluated, so there is nothing to compare yet."


def test_that_forecasts_are_laid_over_each_other_on_common_days() -> None:
    found = overlay([A, LONG, B])
    assert found is not None
    np.testing.assert_array_equal(found.dates, SPLIT.table.dates[90:])
    np.testing.assert_array_equal(found.truth, SPLIT.table.column("Open")[90:])
    np.testing.assert_array_equal(found.persistence, SPLIT.table.column("Open")[89:-1])
    assert [name for name, _ in found.forecasts] == ["A", "long", "B"]
    np.testing.assert_array_equal(found.forecasts[0][1], A.evaluation.forecast.predicted)
    np.testing.assert_array_equal(found.forecasts[1][1], LONG.evaluation.forecast.predicted[10:])
    assert found.left_out == ()


def test_that_a_run_of_other_prices_is_not_drawn_but_named() -> None:
    found = overlay([A, ALIEN])
    assert found is not None
    assert [name for name, _ in found.forecasts] == ["A"]
    assert found.left_out == ("alien",)


def test_that_days_in_common_are_needed() -> None:
    early = opened(made.SOUND, replace(SPLIT, table=SPLIT.table.part(slice(0, 85)), rows_train=70))
    found = overlay([named(early, "early"), A])
    assert found is not None
    assert found.left_out == ("A",)
    assert len(found.dates) == 15


def test_that_nothing_is_drawn_of_unevaluated_test_spans() -> None:
    assert overlay([unevaluated()]) is None
    assert overlay([]) is None
