"""Trains the tab's network, evaluates it and writes it to files, one job at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.evaluate_job import (
    dropout_job,
    evaluation_job,
    newer_evaluation_job,
    question_job,
    seeds_job,
    verdict_job,
)
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.seeds import train_seeds
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.export.export_job import export_job
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import continued, train
from rnnstudio.core.training import Control, Training
from rnnstudio.ui.stocks.job_runner import JobRunner
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.tab_events import JobAsked, JobKind, StocksEvent
from rnnstudio.ui.widgets.run_bar import RunBar
from rnnstudio.workers.jobs import Jobs, Resource, engine_needs
from rnnstudio.workers.parallel_seeds import train_seeds_here
from rnnstudio.workers.processes import usable_cores
from rnnstudio.workers.run import MakeTraining

_TO_EVALUATE = (Resource.SHARE_NETWORK, Resource.TEST_SPAN)


class NetworkJobs(QObject):
    """Starts what the state that it was shown last allows: ``bar`` steers it, ``fits`` train.

    ``take`` gets the events for that state: a job that was asked for and all that comes of it.
    ``refuse`` gets the sentence that says what a job has to wait for.
    """

    def __init__(
        self,
        fits: Mapping[str, Fit],
        jobs: Jobs,
        bar: RunBar,
        take: Callable[[StocksEvent], None],
        refuse: Callable[[str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._fits = fits
        self._jobs = jobs
        self._state = StocksState()
        self._runner = JobRunner[JobAsked](jobs, bar, take, refuse, self)

    def show_state(self, state: StocksState) -> None:
        """Take the state whose jobs are to be started."""
        self._state = state

    @property
    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._runner.busy

    def train(self) -> bool:
        """Train with the settings as they stand; whether that has begun."""
        spec, split = self._state.spec, self._state.split
        if spec is None or split is None:
            return False
        make = partial(train, spec, split, fit=self._fits[spec.engine])
        return self._begin(JobKind.TRAIN, make, *_to_train(spec.engine))

    def find_out(self, request: EvaluationRequest) -> bool:
        """Train with several seeds and evaluate them; whether that has begun."""
        spec, split, accesses = self._state.spec, self._state.split, self._state.accesses
        if spec is None or split is None:
            return False
        make = partial(_find_out, spec, split, accesses, request, self._fits[spec.engine])
        return self._begin(JobKind.FIND_OUT, make, *_TO_EVALUATE, *engine_needs(spec.engine))

    def ask(self, request: EvaluationRequest) -> bool:
        """Ask another question of the days that were evaluated; whether that has begun."""
        evaluation = self._state.evaluation
        if evaluation is None or evaluation.answers(request) or self.busy:
            return False
        return self._begin(
            JobKind.QUESTION, partial(question_job, evaluation, request), *_TO_EVALUATE
        )

    def go_on(self) -> bool:
        """Continue the training that is not finished; whether that has begun."""
        unfinished = self._state.unfinished
        if unfinished is None:
            return False
        engine = unfinished.data.spec.engine
        make = partial(continued, unfinished, fit=self._fits[engine])
        return self._begin(JobKind.CONTINUE, make, *_to_train(engine))

    def evaluate(self, request: EvaluationRequest) -> bool:
        """Open the test span for the network that was trained last; whether that has begun."""
        trained, accesses = self._state.trained, self._state.accesses
        if trained is None:
            return False
        make = partial(evaluation_job, trained, accesses, request)
        return self._begin(JobKind.EVALUATE, make, *_TO_EVALUATE)

    def apply(self, newer: PriceTable, request: EvaluationRequest) -> bool:
        """Forecast the days of a newer file with that network; whether that has begun."""
        trained, accesses = self._state.trained, self._state.accesses
        if trained is None:
            return False
        make = partial(newer_evaluation_job, trained, newer, accesses, request)
        return self._begin(JobKind.APPLY, make, *_TO_EVALUATE)

    @Slot()
    def try_seeds(self) -> None:
        """Train again with other seeds, if a test span is open."""
        evaluation = self._state.evaluation
        if evaluation is not None:
            engine = evaluation.forecast.spec.engine
            make = partial(seeds_job, evaluation, fit=self._fits[engine])
            self._begin(JobKind.SEEDS, make, *_TO_EVALUATE, *engine_needs(engine))

    @Slot()
    def sample_dropout(self) -> None:
        """Sample the open test span with dropout on, if there is one."""
        evaluation = self._state.evaluation
        if evaluation is not None:
            self._begin(JobKind.DROPOUT, partial(dropout_job, evaluation), *_TO_EVALUATE)

    @Slot(object, object)
    def export(self, path: Path, write: Callable[[Path], object]) -> None:
        """Let ``write`` write to ``path``."""
        self._begin(JobKind.EXPORT, partial(export_job, path, write), Resource.SHARE_NETWORK)

    @property
    def obstacle_to_train(self) -> str:
        """What a training has to wait for; empty where it need not."""
        spec = self._state.spec
        return "" if spec is None else self._jobs.obstacle(*_to_train(spec.engine))

    @property
    def obstacle_to_go_on(self) -> str:
        """What the training that is not finished has to wait for; empty where it need not."""
        unfinished = self._state.unfinished
        return (
            ""
            if unfinished is None
            else self._jobs.obstacle(*_to_train(unfinished.data.spec.engine))
        )

    @property
    def obstacle_to_evaluate(self) -> str:
        """What an evaluation has to wait for; empty where it need not."""
        return self._jobs.obstacle(*_TO_EVALUATE)

    def shutdown(self) -> bool:
        """Stop what is under way and wait for it; whether it has stopped."""
        return self._runner.shutdown()

    def _begin(self, job: JobKind, make: MakeTraining, *needs: Resource) -> bool:
        return self._runner.begin(JobAsked(job), make, self._under_way(job), needs)

    def _under_way(self, job: JobKind) -> str:
        """What the other pages say while they have to wait for this job."""
        match job:
            case JobKind.TRAIN | JobKind.CONTINUE:
                return self.tr("The network is being trained; stop that or wait for it.")
            case JobKind.FIND_OUT:
                return self.tr("The verdict is being found; stop that or wait for it.")
            case JobKind.EVALUATE | JobKind.APPLY | JobKind.QUESTION:
                return self.tr("The network is being evaluated; stop that or wait for it.")
            case JobKind.SEEDS:
                return self.tr("Other seeds are being tried; stop that or wait for it.")
            case JobKind.DROPOUT:
                return self.tr("Dropout is being sampled; stop that or wait for it.")
            case JobKind.EXPORT:
                return self.tr("Files are being written; stop that or wait for it.")


def _find_out(
    spec: ForecastSpec,
    split: Split,
    accesses: AccessLog,
    request: EvaluationRequest,
    fit: Fit,
    control: Control,
) -> Training:
    """The verdict on several seeds: by processes of this machine, or one after the other."""
    if spec.engine == "numpy":
        trainings = train_seeds_here(spec, split, usable_cores(), control)
    else:
        trainings = train_seeds(spec, split, control, fit)
    with closing(trainings):
        yield from verdict_job(trainings, accesses, request, control)


def _to_train(engine: str) -> tuple[Resource, ...]:
    return (Resource.SHARE_NETWORK, *engine_needs(engine))
