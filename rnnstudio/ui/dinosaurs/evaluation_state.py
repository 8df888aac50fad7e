"""What the page of evaluation shows, and how events change it; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from statistics import fmean

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.evaluate import (
    RecipeEvaluation,
    contender_label,
    evaluate_trained,
)
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Checkpoint, Control, Finished, Training, in_one_step
from rnnstudio.ui import running
from rnnstudio.ui.running import Run, RunEvent, unsaved_while

MOST_SEEDS = 20
"""So many evaluations on other splits take an hour; more would say nothing new."""


USUAL = ("paper", "fast")
"""The recipes that are evaluated unless others are chosen."""


@dataclass(frozen=True)
class EvaluationShown:
    """An evaluation of before is shown again, or nothing."""

    evaluation: RecipeEvaluation | None


@dataclass(frozen=True)
class EvaluationAsked:
    """These recipes are to be evaluated, on so many splits."""

    recipes: tuple[str, ...]
    seeds: int


EvaluationEvent = RunEvent | EvaluationShown | EvaluationAsked


@dataclass(frozen=True)
class EvaluationState:
    """The run that evaluates, and the last evaluation, which stays until the next is there.

    ``recipes`` are to be evaluated on as many splits as ``seeds``.
    """

    recipes: tuple[str, ...] = USUAL
    seeds: int = 5
    run: Run = field(default_factory=Run)
    evaluation: RecipeEvaluation | None = None

    @property
    def unsaved_work(self) -> tuple[Message, ...]:
        """What is lost when the window closes."""
        return unsaved_while(
            self.run, Message("An evaluation on names is under way; closing stops it.")
        )


def reduce(state: EvaluationState, event: EvaluationEvent) -> EvaluationState:
    """The state after ``event``; an evaluation that was stopped has its results so far."""
    if isinstance(event, EvaluationShown):
        return replace(state, evaluation=event.evaluation)
    if isinstance(event, EvaluationAsked):
        return replace(state, recipes=event.recipes, seeds=event.seeds)
    state = replace(state, run=running.reduce(state.run, event))
    match event:
        case (
            Checkpoint(state=RecipeEvaluation() as evaluation)
            | Finished(result=RecipeEvaluation() as evaluation)
        ) if evaluation.figures:
            return replace(state, evaluation=evaluation)
    return state


def first_seeds(count: int) -> tuple[int, ...]:
    """The seeds 1 to ``count``; raises UserError if ``count`` is 0 or too large."""
    if not 1 <= count <= MOST_SEEDS:
        raise UserError(
            "The number of seeds is {count}; it must lie from 1 to {most}.",
            count=count,
            most=MOST_SEEDS,
        )
    return tuple(range(1, count + 1))


@dataclass(frozen=True)
class Row:
    """A contender's figures, each the mean over the seeds; ``spread`` are the lowest and highest
    held-out loss.
    """

    name: str
    label: str
    """The name and a note as they are shown."""
    held_out: float
    spread: tuple[float, float]
    new: float
    near: float
    listed: float
    distinct: float
    length_difference: float
    seconds: float


def rows_of(evaluation: RecipeEvaluation) -> tuple[Row, ...]:
    """A row a contender, the lowest held-out loss first."""
    rows = []
    for name in evaluation.contenders:
        judged = evaluation.of(name)
        losses = [each.held_out for each in judged]
        notes = dict.fromkeys(language.text(each.note) for each in judged if each.note)
        rows.append(
            Row(
                name,
                label=" ".join((language.text(contender_label(name)), ", ".join(notes))).strip(),
                held_out=fmean(losses),
                spread=(min(losses), max(losses)),
                new=fmean(each.new for each in judged),
                near=fmean(each.near for each in judged),
                listed=fmean(each.listed for each in judged),
                distinct=fmean(each.distinct for each in judged),
                length_difference=fmean(each.length_difference for each in judged),
                seconds=fmean(each.seconds for each in judged),
            )
        )
    return tuple(sorted(rows, key=lambda row: row.held_out))


def judge(trained: TrainedNames, control: Control) -> Training:
    """``evaluate_trained`` as one step of a run."""
    return in_one_step(control, evaluate_trained, trained, seed=trained.spec.seed)
