"""An evaluation as a job that a worker can run: the forecast, its summary, and the days ahead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.stocks.data.price_table import FloatArray, PriceTable
from rnnstudio.core.stocks.evaluation.dropout_samples import DropoutBand, dropout_band
from rnnstudio.core.stocks.evaluation.forecast import (
    EvaluationRequest,
    Forecast,
    evaluate,
    forecast_rows,
    reopen,
)
from rnnstudio.core.stocks.evaluation.future import Future, future
from rnnstudio.core.stocks.evaluation.predict_newer import predict_newer
from rnnstudio.core.stocks.evaluation.seeds import train_seeds
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary, summarize
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.evaluation.uncertainty import spread
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.stocks.model.intervals import NOMINAL
from rnnstudio.core.stocks.model.rollout import rollout
from rnnstudio.core.training import (
    Checkpoint,
    Control,
    Finished,
    Training,
    in_one_step,
    until_stopped,
)


@dataclass(frozen=True, eq=False)
class Evaluation:
    """The result of one access to a test span; ``dropout`` is None until it is sampled.

    ``others`` are the open loops of further seeds, (rows,) each, in prices; empty where they are
    not known, as in a file.
    """

    forecast: Forecast
    summary: EvaluationSummary
    future: Future
    dropout: DropoutBand | None = None
    others: tuple[FloatArray, ...] = ()

    @property
    def question(self) -> EvaluationRequest:
        """What it was asked; where there are no intervals, with their usual width."""
        nominal = NOMINAL if self.summary.nominal is None else self.summary.nominal
        return EvaluationRequest(len(self.future.dates), nominal)

    def answers(self, question: EvaluationRequest) -> bool:
        """Whether it is the answer to that question; the same without intervals of any width."""
        if self.summary.nominal is None:
            return self.question.days == question.days
        return self.question == question


def evaluate_summarized(
    trained: TrainedForecaster, accesses: AccessLog, question: EvaluationRequest
) -> Evaluation:
    """Access the test span once; raises UserError as ``evaluate`` does."""
    return _evaluation(evaluate(trained, accesses, question), question)


def reevaluate(
    trained: TrainedForecaster, accesses: AccessLog, question: EvaluationRequest
) -> Evaluation | None:
    """Evaluate again without counting another access.

    None if the test set was never evaluated.
    """
    forecast = reopen(trained, accesses, question)
    return None if forecast is None else _evaluation(forecast, question)


def evaluation_job(
    trained: TrainedForecaster, accesses: AccessLog, question: EvaluationRequest, control: Control
) -> Training:
    """``evaluate_summarized`` in steps; ``Finished`` carries the ``Evaluation``."""
    seed = trained.spec.seed
    return in_one_step(control, evaluate_summarized, trained, accesses, question, seed=seed)


def verdict_job(
    trainings: Training, accesses: AccessLog, question: EvaluationRequest, control: Control
) -> Training:
    """Evaluate the first of several seeds once it is trained, and the others beside it.

    A ``Checkpoint`` of ``trainings`` carries the ``TrainedForecaster`` of each seed, None for one
    that is under way; ``Finished`` all of them. In their place come a ``Checkpoint`` with the first
    network, then one with the ``Evaluation`` as far as it is known; ``Finished`` carries the whole.
    The test span is accessed once. Raises UserError as ``trainings`` and ``evaluate`` do.
    """
    found: Evaluation | None = None
    paths: dict[int, FloatArray] = {}
    for event in trainings:
        if not isinstance(event, Checkpoint | Finished):
            yield event
            continue
        first, *others = event.state if isinstance(event, Checkpoint) else event.result
        if first is None:
            continue
        if found is None:
            yield Checkpoint(event.step, first)
            found = until_stopped(control, evaluate_summarized, first, accesses, question)
        elif found.forecast.trained is not first:
            raise AssertionError("the first seed was trained twice")
        if found is not None:
            found = until_stopped(control, _beside, found, filter(None, others), paths)
        if found is None:
            return
        if isinstance(event, Finished):
            yield replace(event, result=found)
        else:
            yield Checkpoint(event.step, found)


def question_job(evaluation: Evaluation, question: EvaluationRequest, control: Control) -> Training:
    """Ask another question of the days that were evaluated; it counts as no further access.

    ``Finished`` carries the ``Evaluation``. Raises UserError as ``rollout`` does.
    """
    seed = evaluation.forecast.spec.seed
    return in_one_step(control, _asked_again, evaluation, question, seed=seed)


def newer_evaluation_job(
    trained: TrainedForecaster,
    newer: PriceTable,
    accesses: AccessLog,
    question: EvaluationRequest,
    control: Control,
) -> Training:
    """The same on the days of a newer file; raises UserError as ``predict_newer`` does."""
    seed = trained.spec.seed
    return in_one_step(control, _evaluate_newer, trained, newer, accesses, question, seed=seed)


def seeds_job(evaluation: Evaluation, control: Control, fit: Fit) -> Training:
    """Train with further seeds; ``Finished`` carries ``evaluation`` with their spread.

    The days were evaluated already, so this counts as no further access.
    """
    forecast = evaluation.forecast
    trained = forecast.trained
    for event in train_seeds(trained.spec, trained.split, control, fit, first=trained):
        if isinstance(event, Finished):
            found = until_stopped(control, summarize, forecast, event.result)
            if found is not None:
                yield replace(event, result=replace(evaluation, summary=found))
        else:
            yield event


def dropout_job(evaluation: Evaluation, control: Control) -> Training:
    """Sample the days with dropout on; ``Finished`` carries ``evaluation`` with the band.

    The days were evaluated already, so this counts as no further access. Raises UserError if the
    network has no dropout.
    """
    return in_one_step(control, _with_dropout, evaluation, seed=evaluation.forecast.spec.seed)


def reapply(
    trained: TrainedForecaster, newer: PriceTable, accesses: AccessLog, question: EvaluationRequest
) -> Evaluation:
    """What a network gave on a newer file, again; the last of ``accesses`` is the one it took.

    Raises UserError as ``predict_newer`` does.
    """
    return _evaluate_newer(trained, newer, AccessLog(accesses.spans[:-1]), question)


def _beside(
    evaluation: Evaluation, seeds: Iterable[TrainedForecaster], paths: dict[int, FloatArray]
) -> Evaluation:
    """The evaluation with further ``seeds``; ``paths`` (rows,) in prices keep what was done."""
    forecast, others = evaluation.forecast, []
    for each in seeds:
        if each.spec.seed not in paths:
            paths[each.spec.seed] = rollout(each, forecast.table, forecast.rows, 1)[:, 0]
        others.append(paths[each.spec.seed])
    if not others:
        return evaluation
    found = spread(forecast.actual, [forecast.predicted, *others])
    return replace(evaluation, summary=evaluation.summary.with_seeds(found), others=tuple(others))


def _asked_again(evaluation: Evaluation, question: EvaluationRequest) -> Evaluation:
    was, seeds = evaluation.forecast, evaluation.summary.seeds
    forecast = forecast_rows(was.trained, was.table, was.rows, was.accesses, question)
    found = _evaluation(forecast, question)
    return replace(found, summary=found.summary.with_seeds(seeds), others=evaluation.others)


def _with_dropout(evaluation: Evaluation) -> Evaluation:
    band = dropout_band(evaluation.forecast, evaluation.question.nominal)
    return replace(evaluation, dropout=band)


def _evaluate_newer(
    trained: TrainedForecaster, newer: PriceTable, accesses: AccessLog, question: EvaluationRequest
) -> Evaluation:
    return _evaluation(predict_newer(trained, newer, accesses, question), question)


def _evaluation(forecast: Forecast, question: EvaluationRequest) -> Evaluation:
    ahead = future(forecast, question)
    return Evaluation(forecast, summarize(forecast), ahead)
