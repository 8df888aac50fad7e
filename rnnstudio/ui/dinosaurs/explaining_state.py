"""What the page of explanations shows, and how events change it; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rnnstudio.core.names.clipping_demo import AT_A_HIGH_RATE, ClippingDemo
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.sampler import Letter, Sampling
from rnnstudio.core.names.sampling_steps import Stage, stages
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Checkpoint, Finished
from rnnstudio.ui import running
from rnnstudio.ui.running import Run, RunEvent, StartAsked

_USUAL = (f"{AT_A_HIGH_RATE.learning_rate:g}", f"{AT_A_HIGH_RATE.clip:g}")


@dataclass(frozen=True, eq=False)
class NameAsked:
    """A name of the network is to be drawn in stages, by another seed."""

    trained: TrainedNames | None
    seed: int = 1


@dataclass(frozen=True)
class StageStepped:
    """Go on by so many stages, back if negative."""

    by: int


@dataclass(frozen=True)
class ExplainingRefused:
    """The demonstration cannot be run so: ``sentence`` says why."""

    sentence: str


@dataclass(frozen=True)
class ClippingTyped:
    """The learning rate and the limit of the demonstration, as they are typed."""

    learning_rate: str
    limit: str


@dataclass(frozen=True)
class ExampleTyped:
    """The name whose steps are looked at; None for the first of the list."""

    name: str | None


ExplainingEvent = (
    RunEvent | NameAsked | StageStepped | ExplainingRefused | ClippingTyped | ExampleTyped
)


@dataclass(frozen=True)
class ExplainingState:
    """The demonstration of clipping, and a name in stages.

    ``steps`` has each stage of the name with its letter and what was written before it.
    ``clipping`` are the learning rate and the limit of the demonstration as they are typed,
    ``example`` is the name whose steps are looked at, None for the first of the list.
    """

    run: Run = field(default_factory=Run)
    demo: ClippingDemo | None = None
    error: str = ""
    trained: TrainedNames | None = None
    seed: int = 1
    steps: tuple[tuple[Stage, Letter, str], ...] = ()
    place: int = 0
    clipping: tuple[str, str] = _USUAL
    example: str | None = None


def reduce(state: ExplainingState, event: ExplainingEvent) -> ExplainingState:
    """The state after ``event``."""
    match event:
        case NameAsked(trained=trained, seed=seed):
            steps = () if trained is None else _steps(trained, seed)
            return replace(state, trained=trained, seed=seed, steps=steps, place=0)
        case StageStepped(by=by):
            place = max(0, min(len(state.steps) - 1, state.place + by))
            return replace(state, place=place)
        case ExplainingRefused(sentence=sentence):
            return replace(state, error=sentence)
        case ClippingTyped(learning_rate=learning_rate, limit=limit):
            return replace(state, clipping=(learning_rate, limit))
        case ExampleTyped(name=name):
            return replace(state, example=name)
    state = replace(state, run=running.reduce(state.run, event))
    match event:
        case StartAsked():
            return replace(state, demo=None, error="")
        case Checkpoint(state=ClippingDemo() as demo) | Finished(result=ClippingDemo() as demo):
            return replace(state, demo=demo)
    return state


def _steps(trained: TrainedNames, seed: int) -> tuple[tuple[Stage, Letter, str], ...]:
    steps, written, vocabulary = list[tuple[Stage, Letter, str]](), "", trained.vocabulary
    for letter in NameSampler(trained).letters(Sampling(count=1, seed=seed)):
        steps += [(stage, letter, written) for stage in stages(letter, vocabulary)]
        written += vocabulary[letter.drawn]
    return tuple(steps)
