"""An evaluation as a job that a worker can run: the forecast, its summary, and the days ahead."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.evaluation.dropout_samples import DropoutBand, dropout_band
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest, Forecast, evaluate, reopen
from rnnstudio.core.stocks.evaluation.future import Future, future
from rnnstudio.core.stocks.evaluation.predict_newer import predict_newer
from rnnstudio.core.stocks.evaluation.seeds import train_seeds
from rnnstudio.core.stocks.evaluation.summary import EvaluationSummary, summarize
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.stocks.model.intervals import NOMINAL
from rnnstudio.core.training import Control, Finished, Training, in_one_step, until_stopped


@dataclass(frozen=True, eq=False)
class Evaluation:
    """The result of one access to a test span; ``dropout`` is None until it is sampled."""

    forecast: Forecast
    summary: EvaluationSummary
    future: Future
    dropout: DropoutBand | None = None

    @property
    def question(self) -> EvaluationRequest:
        """What it was asked; where there are no intervals, with their usual width."""
        nominal = NOMINAL if self.summary.nominal is None else self.summary.nominal
        return EvaluationRequest(len(self.future.dates), nominal)


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
