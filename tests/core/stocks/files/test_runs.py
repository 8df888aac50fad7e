"""Runs keep their places and their names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.evaluation.evaluate_job import (
    Evaluation,
    dropout_job,
    evaluate_summarized,
    seeds_job,
)
from rnnstudio.core.stocks.evaluation.future import future
from rnnstudio.core.stocks.evaluation.predict_newer import predict_newer
from rnnstudio.core.stocks.evaluation.summary import summarize
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.runs import LONGEST_NAME, Runs
from rnnstudio.core.training import Control
from tests.core.stocks import made
from tests.core.stocks.files.examples import ASKED, named, opened, unevaluated


def three() -> Runs:
    runs = Runs()
    for name in "ABC":
        runs = runs.added(named(unevaluated(), name))
    return runs


def test_that_a_second_run_of_one_name_gets_a_number() -> None:
    runs = Runs().added(unevaluated()).added(unevaluated()).added(unevaluated())
    first = unevaluated().name
    assert runs.names == (first, f"{first} (2)", f"{first} (3)")


def test_that_a_run_is_renamed_where_it_stands() -> None:
    assert three().renamed("B", "  the best ").names == ("A", "the best", "C")
    assert three().renamed("B", "B").names == ("A", "B", "C")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "A run needs a name; type one."),
        ("   ", "A run needs a name; type one."),
        ("C", "There is a run named “C” already; choose another name."),
        ("x" * 81, f"The name has 81 characters; a run's name has at most {LONGEST_NAME}."),
        ("a\nb", "The name holds a character that cannot be shown; choose another name."),
    ],
)
def test_that_what_can_be_no_name_is_refused_in_a_sentence(name: str, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        three().renamed("B", name)
    assert str(refused.value) == sentence


def test_that_runs_are_deleted_by_their_names() -> None:
    assert three().deleted(["B", "C"]).names == ("A",)


def test_that_a_run_gets_its_figures_when_its_own_test_span_is_opened() -> None:
    other = named(unevaluated(made.PAPER), "other")
    runs = Runs().added(unevaluated()).added(other)
    evaluation = evaluate_summarized(unevaluated().trained, AccessLog(), ASKED)
    first, second = runs.evaluated(evaluation).kept
    assert first.evaluation is evaluation
    assert evaluation.question == ASKED
    assert first.accesses == evaluation.forecast.accesses
    assert second.evaluation is None


def test_that_further_seeds_and_dropout_update_a_run() -> None:
    run = opened()
    assert run.evaluation is not None
    [seeds] = [
        event.result
        for event in seeds_job(run.evaluation, Control(), fit)
        if isinstance(getattr(event, "result", None), Evaluation)
    ]
    runs = Runs((run,)).evaluated(seeds)
    assert runs.kept[0].evaluation is seeds
    *_, last = dropout_job(seeds, Control())
    assert runs.evaluated(last.result).kept[0].evaluation.dropout is not None
    assert last.result.question == ASKED


def test_that_figures_of_newer_days_are_not_a_runs_own() -> None:
    longer = made.walk(130, 90)
    newer = longer.table.part(slice(60, 130))
    forecast = predict_newer(unevaluated().trained, newer, AccessLog(), ASKED)
    evaluation = Evaluation(forecast, summarize(forecast), future(forecast, ASKED))
    assert Runs((unevaluated(),)).evaluated(evaluation).kept[0].evaluation is None


def test_that_the_longest_list_of_accesses_of_a_file_is_the_one_that_counts() -> None:
    once = AccessLog((("2019-04-01", "2019-04-02"),))
    twice = AccessLog((*once.spans, *once.spans))
    runs = Runs((replace(unevaluated(), accesses=twice), replace(opened(), accesses=once)))
    assert runs.known("made.csv") == twice
    assert runs.known("other.csv") == AccessLog()
