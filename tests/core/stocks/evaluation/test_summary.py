"""The summary: figures against scikit-learn, and sentences that follow from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnnstudio.cli.stocks_result import summary_text
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.stocks.data.csv_import import read_prices
from rnnstudio.core.stocks.data.price_table import FloatArray
from rnnstudio.core.stocks.data.samples import SAMPLES
from rnnstudio.core.stocks.data.split import Split, join, split_share
from rnnstudio.core.stocks.evaluation.forecast import Forecast, evaluate
from rnnstudio.core.stocks.evaluation.seeds import train_seeds
from rnnstudio.core.stocks.evaluation.summary import contest_of, summarize
from rnnstudio.core.stocks.evaluation.uncertainty import FEWEST_DAYS, ConfidenceInterval, Spread
from rnnstudio.core.stocks.evaluation.verdict import (
    Contest,
    Judgement,
    judgement_of,
    short_verdict,
    verdict,
)
from rnnstudio.core.stocks.evaluation.wording import (
    coverage_sentence,
    lag_sentence,
    seeds_sentence,
    skill_sentence,
)
from rnnstudio.core.stocks.export.forecast_json import summary_json
from rnnstudio.core.stocks.model.forecaster import train
from rnnstudio.core.stocks.model.presets import preset_for
from rnnstudio.core.training import Control, Finished, Progress, Started
from tests.core.stocks import made

SPLIT = made.walk(200, 150)
FORECAST = evaluate(made.trained(SPLIT))
SURE, UNSURE = ConfidenceInterval(0.2, 0.1, 0.3), ConfidenceInterval(0.1, -0.1, 0.3)


def saying(predicted: FloatArray) -> Forecast:
    return replace(FORECAST, ahead=predicted[:, np.newaxis], intervals=None)


def test_that_the_errors_are_scikit_learns_for_every_way_of_forecasting() -> None:
    from sklearn.metrics import (
        mean_absolute_error,
        mean_absolute_percentage_error,
        root_mean_squared_error,
    )

    opens = SPLIT.table.column("Open")
    means = np.array([opens[row - 20 : row].mean() for row in range(150, 200)])
    found = {row.name: row.errors for row in summarize(FORECAST).rows}
    assert list(found) == ["network", "persistence", "drift", "moving average"]
    for name, predicted in (
        ("network", FORECAST.predicted),
        ("persistence", opens[149:-1]),
        ("moving average", means),
    ):
        expected = (
            root_mean_squared_error(opens[150:], predicted),
            mean_absolute_error(opens[150:], predicted),
            mean_absolute_percentage_error(opens[150:], predicted),
        )
        errors = found[name]
        assert (errors.rmse, errors.mae, errors.mape) == pytest.approx(expected)
    learnt = opens[: FORECAST.split.rows_train]
    scale = mean_absolute_error(learnt[1:], learnt[:-1])
    assert found["network"].mase == pytest.approx(found["network"].mae / scale)


def test_that_a_copy_of_yesterday_is_said_to_be_one() -> None:
    found = summarize(saying(FORECAST.persistence + 0.01))
    assert found.lag.copies
    assert "does not beat" in str(found.sentence)


def test_that_a_forecast_of_the_truth_beats_yesterdays_price() -> None:
    found = summarize(saying(FORECAST.actual + 0.1))
    assert found.skill.low > 0
    assert not found.lag.copies
    assert "the network beats yesterday's price" in str(found.sentence)
    assert found.network.hit_rate.hits > 0.9 * found.network.hit_rate.days


def test_that_a_lead_that_chance_can_make_is_not_called_one() -> None:
    nudged = FORECAST.persistence + 0.02 * (FORECAST.actual - FORECAST.persistence)
    better = nudged + 0.2 * np.random.default_rng(0).normal(size=50)
    forecast = saying(better)
    found = summarize(forecast)
    assert found.skill.holds(0)
    assert "not" in str(found.sentence)


@pytest.mark.parametrize("days", [1, 3, FEWEST_DAYS - 1])
@pytest.mark.parametrize("says", ["nearer", "a copy"])
def test_that_a_handful_of_days_carries_no_verdict_skill_or_lag(days: int, says: str) -> None:
    forecast = evaluate(made.trained(made.walk(100, 100 - days)))
    nearer = forecast.actual + 0.01 * (forecast.persistence - forecast.actual)
    predicted = nearer if says == "nearer" else forecast.persistence + 1e-6
    seeds = [made.trained(made.walk(100, 100 - days), replace(made.SOUND, seed=7))]
    found = summarize(replace(forecast, ahead=predicted[:, np.newaxis]), seeds)
    assert "nothing is shown, for or against" in str(found.sentence)
    assert f"{FEWEST_DAYS} days or more" in str(found.sentence)
    assert "beat" not in str(found.closed_sentence)
    data = summary_json(found)
    assert data["skill"] == {"estimate": None, "low": None, "high": None}
    assert data["lag"]["copies"] is None
    assert data["seeds"]["ties_with_persistence"] is None
    words = [
        skill_sentence(found.skill, found.days),
        lag_sentence(found.lag, found.days),
        seeds_sentence(found),
        coverage_sentence(found),
        summary_text(forecast, found),
    ]
    text = " ".join(map(str, words))
    for claim in ("nan", "copy", "tie", "all better", "all worse"):
        assert claim not in text.lower()


@pytest.mark.parametrize(
    ("lowest", "highest", "tie"), [(0.9, 1.1, True), (1.0, 1.2, True), (1.1, 1.2, False)]
)
def test_that_seeds_on_both_sides_of_yesterdays_error_are_a_tie(
    lowest: float, highest: float, tie: bool
) -> None:
    flat = FORECAST.rmse_persistence
    found = contest_of(FORECAST, ConfidenceInterval(0, -1, 1))
    sentence = str(verdict(found, Spread((lowest * flat, highest * flat))))
    assert ("yesterday's price tie" in sentence) is tie
    assert (f"from {lowest * flat:.4g} to {highest * flat:.4g}" in sentence) is tie


@pytest.mark.parametrize(
    ("contest", "seeds", "judgement", "words"),
    [
        (Contest(9, 1.0, 2.0, None, SURE), None, None, "9 test days can carry no verdict"),
        (
            Contest(99, 2.0, 1.0, None, UNSURE),
            None,
            Judgement.NO,
            "does not beat yesterday's price",
        ),
        (
            Contest(99, 1.0, 1.0, None, UNSURE),
            None,
            Judgement.NO,
            "does not beat yesterday's price",
        ),
        (Contest(99, 1.5, 2.0, 1.4, SURE), None, Judgement.NO, "does not beat yesterday's close"),
        (Contest(99, 1.5, 2.0, 1.6, SURE), None, Judgement.YES, "One span does not prove"),
        (Contest(99, 1.5, 2.0, None, UNSURE), None, Judgement.TIE, "chance alone can make"),
        (Contest(99, 1.5, 2.0, None, SURE), Spread((1.5, 2.1)), Judgement.TIE, "from 1.5 to 2.1"),
        (Contest(99, 1.5, 2.0, None, SURE), Spread((1.5, 1.9)), Judgement.YES, "One span does not"),
    ],
)
def test_that_the_verdict_in_one_word_is_that_of_the_whole_sentence(
    contest: Contest, seeds: Spread | None, judgement: Judgement | None, words: str
) -> None:
    assert judgement_of(contest, seeds) is judgement
    assert words in str(short_verdict(contest, seeds))
    assert ("the network beats" in str(verdict(contest, seeds))) is (judgement is Judgement.YES)


@pytest.mark.parametrize(
    ("lowest", "highest", "words"),
    [(0.9, 1.1, "a tie"), (1.1, 1.2, "all worse"), (0.8, 0.9, "all better")],
)
def test_that_seeds_are_set_beside_yesterdays_price(
    lowest: float, highest: float, words: str
) -> None:
    flat = FORECAST.rmse_persistence
    found = replace(summarize(FORECAST), seeds=Spread((lowest * flat, highest * flat)))
    assert f"{words} {'with' if words == 'a tie' else 'than'} persistence" in str(
        seeds_sentence(found)
    )


def test_that_seeds_that_were_tried_are_all_in_the_spread() -> None:
    seeds = [made.trained(SPLIT, replace(made.PAPER, seed=seed)) for seed in (1, 2)]
    found = summarize(evaluate(seeds[0]), seeds)
    assert found.seeds is not None
    each = [evaluate(trained).rmse for trained in seeds]
    assert found.seeds.rmses == pytest.approx(each, rel=1e-6)


def test_that_one_seed_has_no_spread() -> None:
    assert summarize(FORECAST).seeds is None
    assert summarize(FORECAST, [FORECAST.trained]).seeds is None


def test_that_errors_by_horizon_are_those_of_the_paths() -> None:
    found = summarize(FORECAST).horizons
    opens = SPLIT.table.column("Open")
    for day in (0, 4, 9):
        actual = opens[150 + day :]
        predicted = FORECAST.ahead[: len(actual), day]
        assert found.rmse[day] == pytest.approx(np.sqrt(np.mean((actual - predicted) ** 2)))
        flat = opens[149 : 149 + len(actual)]
        assert found.rmse_persistence[day] == pytest.approx(np.sqrt(np.mean((actual - flat) ** 2)))
    assert found.rmse[0] == pytest.approx(FORECAST.rmse)


def test_that_no_word_of_the_summary_promises_accuracy() -> None:
    found = summarize(FORECAST)
    checks = (check.sentence for check in found.leakage_checks)
    words = " ".join(map(str, [found.sentence, found.closed_sentence, *checks]))
    assert "accura" not in words.lower()


def test_that_seeds_are_trained_one_after_the_other_with_one_count_of_steps() -> None:
    events = list(train_seeds(made.PAPER, SPLIT, Control(), fit, count=3))
    started = [event for event in events if isinstance(event, Started)]
    steps = [event.step for event in events if isinstance(event, Progress)]
    assert len(started) == 1
    assert steps == sorted(steps)
    assert steps[-1] == started[0].total
    last = events[-1]
    assert isinstance(last, Finished)
    assert [each.spec.seed for each in last.result] == [1, 2, 3]
    alone = made.trained(SPLIT, replace(made.PAPER, seed=2))
    np.testing.assert_array_equal(
        last.result[1].model.weights[0]["Wf"], alone.model.weights[0]["Wf"]
    )


def test_that_a_training_that_is_there_is_not_trained_again() -> None:
    first = made.trained(SPLIT, made.PAPER)
    *_, last = train_seeds(made.PAPER, SPLIT, Control(), fit, count=2, first=first)
    assert last.result[0] is first
    assert [each.spec.seed for each in last.result] == [1, 2]


def test_when_stopped_the_seeds_end_without_a_result() -> None:
    control = Control()
    control.cancel()
    events = list(train_seeds(made.PAPER, SPLIT, control, fit))
    assert not any(isinstance(event, Finished) for event in events)


def sound(split: Split, seed: int) -> Forecast:
    spec = replace(preset_for("sound", split.table), seed=seed)
    *_, last = train(spec, split, Control(), fit)
    return evaluate(last.result)


@pytest.mark.slow
def test_that_sound_is_never_a_hundredth_worse_than_yesterday_and_covers_nine_in_ten(
    shared_data: Callable[[str], Path],
) -> None:
    splits = {share: split_share(read_prices(path)) for share, path in SAMPLES.items()}
    for name, train_file, test_file in (
        ("Tata", "NSE-TATAGLOBAL.csv", "tatatest.csv"),
        ("AMD of the document", "AMD-train.csv", "AMD-test.csv"),
    ):
        splits[name] = join(*(read_prices(shared_data(file)) for file in (train_file, test_file)))
    found = {name: sound(split, seed=1) for name, split in splits.items()}
    ratios = {name: each.rmse / each.rmse_persistence for name, each in found.items()}
    assert max(ratios.values()) <= 1.01, ratios
    covered = {name: each.horizons.coverage for name, each in found.items()}
    near = {name: float(each[0]) for name, each in covered.items() if each is not None}
    assert len(near) == 7
    assert 0.85 <= np.mean(list(near.values())) <= 0.95, near
    far = [float(np.mean(each)) for each in covered.values() if each is not None]
    assert 0.85 <= np.mean(far) <= 0.95, far
