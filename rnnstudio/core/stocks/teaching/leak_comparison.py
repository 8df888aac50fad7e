"""An honest network beside those that were lied to, as one job that a worker can run."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.evaluation.evaluate_job import Examined, examine, reexamine
from rnnstudio.core.stocks.evaluation.forecast import NEVER, USUAL, Question
from rnnstudio.core.stocks.evaluation.test_access import Openings
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.forecaster import Lesson, TrainedForecaster, lesson, train_lesson
from rnnstudio.core.stocks.model.sequential import in_turn
from rnnstudio.core.stocks.teaching.leaks import LIES, Lie, lying_lesson
from rnnstudio.core.stocks.teaching.random_walk import random_walk
from rnnstudio.core.training import Control, Finished, Training, until_stopped


@dataclass(frozen=True)
class Case:
    """What is forecast and how: the share or a ``walk`` like it, honestly or with ``lies``."""

    lies: frozenset[Lie] = frozenset()
    walk: bool = False

    @property
    def name(self) -> str:
        """As in "honest", "scaler + smooth", "random walk"."""
        told = [lie for lie in LIES if lie in self.lies]
        names = ["random walk"] * self.walk + told
        return " + ".join(names) if names else "honest"


HONEST = Case()
WALK = Case(walk=True)


@dataclass(frozen=True, eq=False)
class Plan:
    """One share and its settings, and the ``cases`` to set beside the honest one.

    ``openings`` are those of the share's test span so far. Where the honest network of these
    settings is among them (``known``), looking at it again tells nothing new and is not counted.
    """

    spec: ForecastSpec
    split: Split
    cases: tuple[Case, ...]
    openings: Openings = NEVER
    known: bool = False
    question: Question = USUAL


@dataclass(frozen=True, eq=False)
class Shown:
    """What came of a case."""

    case: Case
    examined: Examined


@dataclass(frozen=True, eq=False)
class Comparison:
    """What came of a plan: the honest case first, then the others in their order."""

    plan: Plan
    shown: tuple[Shown, ...]

    @property
    def openings(self) -> Openings:
        """Those of the share's test span after this comparison, which counts as one if it is new.

        The honest network opens it. The others forecast the same days, which are open by then, and
        nothing is chosen by them; a walk's days are made up, so their openings are its own.
        """
        return self.shown[0].examined.forecast.openings


def comparing(plan: Plan, control: Control, fit: Fit) -> Training:
    """Train and examine the honest case and the others, with the same settings and seed.

    ``Finished`` carries the ``Comparison``. Steps are counted as ``in_turn`` does. Raises UserError
    as ``train``, ``examine`` and ``random_walk`` do.
    """
    # All lessons come first: what is wrong with the last is told before the first is trained.
    cases = (HONEST, *plan.cases)
    lessons = [_lesson(plan, case) for case in cases]
    trainings = [train_lesson(taught, control, fit) for taught in lessons]
    for event in in_turn(trainings, plan.spec.seed, control):
        if isinstance(event, Finished):
            comparison = until_stopped(control, _compared, plan, cases, event.result)
            if comparison is not None:
                yield replace(event, result=comparison)
        else:
            yield event


def _compared(
    plan: Plan, cases: tuple[Case, ...], networks: tuple[TrainedForecaster, ...]
) -> Comparison:
    pairs = zip(cases, networks, strict=True)
    return Comparison(
        plan, tuple(Shown(case, _examined(plan, case, network)) for case, network in pairs)
    )


def _examined(plan: Plan, case: Case, trained: TrainedForecaster) -> Examined:
    if case.walk:
        return examine(trained, NEVER, plan.question)
    again = reexamine(trained, plan.openings, plan.question) if plan.known else None
    return again or examine(trained, plan.openings, plan.question)


def _lesson(plan: Plan, case: Case) -> Lesson:
    spec, split = plan.spec, plan.split
    if case.walk:
        split = random_walk(split, spec.target, spec.seed)
    return lying_lesson(spec, split, case.lies) if case.lies else lesson(spec, split)
