"""A network without leakage beside those with leaks, as one job that a worker can run."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.evaluate_job import (
    Evaluation,
    evaluate_summarized,
    reevaluate,
)
from rnnstudio.core.stocks.evaluation.forecast import NEVER, USUAL, EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import (
    TrainedForecaster,
    TrainingData,
    train_on,
    training_data,
)
from rnnstudio.core.stocks.model.sequential import in_sequence
from rnnstudio.core.stocks.teaching.leaks import LEAKS, Leak, leaky_training_data
from rnnstudio.core.stocks.teaching.random_walk import random_walk
from rnnstudio.core.training import Control, Finished, Training, until_stopped


@dataclass(frozen=True)
class LeakCase:
    """What is forecast and how: the share or a ``walk`` like it, honestly or with ``leaks``."""

    leaks: frozenset[Leak] = frozenset()
    walk: bool = False

    @property
    def name(self) -> str:
        """As in "honest", "scaler + smooth", "random walk"."""
        leaks = [leak for leak in LEAKS if leak in self.leaks]
        names = ["random walk"] * self.walk + leaks
        return " + ".join(names) if names else "honest"


HONEST = LeakCase()
WALK = LeakCase(walk=True)


@dataclass(frozen=True, eq=False)
class LeakPlan:
    """One share and its settings, and the ``cases`` to set beside the honest one.

    ``accesses`` are those of the share's test span so far. Where the honest network of these
    settings is among them (``known``), evaluating it again shows nothing new and is not counted.
    """

    spec: ForecastSpec
    split: Split
    cases: tuple[LeakCase, ...]
    accesses: AccessLog = NEVER
    known: bool = False
    question: EvaluationRequest = USUAL


@dataclass(frozen=True, eq=False)
class CaseResult:
    """The result of a case."""

    case: LeakCase
    evaluation: Evaluation


@dataclass(frozen=True, eq=False)
class Comparison:
    """The result of a plan: the honest case first, then the others in their order."""

    plan: LeakPlan
    shown: tuple[CaseResult, ...]

    @property
    def accesses(self) -> AccessLog:
        """Those of the share's test span after this comparison, which counts as one if it is new.

        The honest network counts. The others forecast the same days, which are evaluated by then,
        and nothing is chosen by them; a walk's days are made up, so their accesses are its own.
        """
        return self.shown[0].evaluation.forecast.accesses


def leak_comparison_job(plan: LeakPlan, control: Control, fit: Fit) -> Training:
    """Train and evaluate the honest case and the others, with the same settings and seed.

    ``Finished`` carries the ``Comparison``. Steps are counted as ``in_sequence`` does. Raises
    UserError as ``train``, ``evaluate_summarized`` and ``random_walk`` do.
    """
    # All training data come first: what is wrong with the last is raised before any training.
    cases = (HONEST, *plan.cases)
    every = [_training_data(plan, case) for case in cases]
    trainings = [train_on(data, control, fit) for data in every]
    for event in in_sequence(trainings, plan.spec.seed, control):
        if isinstance(event, Finished):
            comparison = until_stopped(control, _compared, plan, cases, event.result)
            if comparison is not None:
                yield replace(event, result=comparison)
        else:
            yield event


def _compared(
    plan: LeakPlan, cases: tuple[LeakCase, ...], networks: tuple[TrainedForecaster, ...]
) -> Comparison:
    pairs = zip(cases, networks, strict=True)
    return Comparison(
        plan, tuple(CaseResult(case, _evaluation(plan, case, network)) for case, network in pairs)
    )


def _evaluation(plan: LeakPlan, case: LeakCase, trained: TrainedForecaster) -> Evaluation:
    if case.walk:
        return evaluate_summarized(trained, NEVER, plan.question)
    again = reevaluate(trained, plan.accesses, plan.question) if plan.known else None
    return again or evaluate_summarized(trained, plan.accesses, plan.question)


def _training_data(plan: LeakPlan, case: LeakCase) -> TrainingData:
    spec, split = plan.spec, plan.split
    if case.walk:
        split = random_walk(split, spec.target, spec.seed)
    return (
        leaky_training_data(spec, split, case.leaks) if case.leaks else training_data(spec, split)
    )
