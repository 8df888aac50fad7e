"""Runs for tests: real trainings of tiny networks on made prices."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.evaluate_job import evaluate_summarized
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.runs import RunEntry, Runs, new_run
from rnnstudio.core.stocks.files.runs_file import Opened, open_job
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.training import Control
from tests.core.stocks import made

WHEN = datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)
SPLIT = made.walk(110, 90)
ASKED = EvaluationRequest(days=3, nominal=0.8)


@cache
def unevaluated(spec: ForecastSpec = made.SOUND, split: Split = SPLIT) -> RunEntry:
    """A run whose test span was never evaluated."""
    return new_run(made.trained(split, spec), WHEN)


@cache
def opened(spec: ForecastSpec = made.SOUND, split: Split = SPLIT) -> RunEntry:
    """A run whose test span was evaluated once."""
    run = unevaluated(spec, split)
    evaluation = evaluate_summarized(run.trained, AccessLog(), ASKED)
    return Runs((run,)).evaluated(evaluation).kept[0]


def reopened(path: Path) -> tuple[RunEntry, ...]:
    """The runs in a file."""
    *_, last = open_job(path, Control())
    assert isinstance(last.result, Opened)
    return last.result.runs


def named(run: RunEntry, name: str) -> RunEntry:
    return replace(run, name=name)
