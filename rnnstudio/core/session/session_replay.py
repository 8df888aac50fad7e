"""Every network of a session trained again, and compared with itself bit by bit."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.engine.environment import environment
from rnnstudio.core.engine.spec import Fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.replay import train_again as train_names_again
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_networks import SessionNetwork, session_networks
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster
from rnnstudio.core.stocks.model.train_again import train_again as train_forecaster_again
from rnnstudio.core.training import Control, Event, Finished, Pace, Progress, Started, Training

_Trained = TrainedNames | TrainedForecaster


@dataclass(frozen=True)
class ReplayDifference:
    """A network that was not the same when it was trained again, and where it first differs.

    ``step`` counts iterations or epochs from 0; None where ``part`` is no loss. ``error`` says why
    it could not be trained again; None where it could, and ``part`` is None where it could not.
    ``versions`` are those that it was trained with and those of now, where they differ; None where
    the former are not known.
    """

    network: str
    part: Message | None
    step: int | None
    error: Message | None
    versions: Mapping[str, tuple[str, str]] | None

    @property
    def difference(self) -> Message:
        """What differs first."""
        values = {"network": self.network, "part": self.part, "step": self.step}
        if self.error is not None:
            return Message(
                "“{network}” cannot be trained again. {error}", {**values, "error": self.error}
            )
        if self.step is None:
            return Message("“{network}” differs in its {part}; its losses are the same.", values)
        return Message("“{network}” differs from step {step:n} on, in its {part} first.", values)

    @property
    def reason(self) -> Message:
        """Which versions differ."""
        if self.versions is None:
            return Message("With which versions it was trained is not known.")
        if not self.versions:
            return Message("It was trained with the same versions on a machine like this one.")
        pairs = (f"{name} {then} → {now}" for name, (then, now) in self.versions.items())
        return Message("Versions that differ: {versions}.", {"versions": ", ".join(pairs)})


@dataclass(frozen=True)
class ReplayReport:
    """What became of a session's ``count`` networks when they were trained again."""

    count: int
    differences: tuple[ReplayDifference, ...]

    @property
    def same(self) -> bool:
        """Whether all are the same to the last bit."""
        return not self.differences

    @property
    def sentence(self) -> Message:
        """The outcome in a sentence."""
        if not self.count:
            return Message("The session holds no network that could be trained again.")
        if self.same:
            return Message.counted(
                "{n:n} network was trained again and is the same to the last bit.",
                "{n:n} networks were trained again and are the same to the last bit.",
                self.count,
            )
        return Message.counted(
            "{n:n} of {count:n} networks is not the same when it is trained again.",
            "{n:n} of {count:n} networks are not the same when they are trained again.",
            len(self.differences),
            count=self.count,
        )


def replay_job(session: Session, fits: Mapping[str, Fit], control: Control) -> Training:
    """Train each network again from its settings, its seed and its data.

    ``fits`` are the trainings of the engines by their names. ``Finished`` carries a
    ``ReplayReport``. A stop leaves nothing.
    """
    pace, networks = Pace(control), session_networks(session)
    total, done = sum(network.steps for network in networks), 0
    differences: list[ReplayDifference] = []
    yield Started(max(1, total), 0)
    for network in networks:
        with closing(_again(network.trained, fits, control)) as training:
            try:
                again = yield from _counted_on(training, done, total, pace)
            except UserError as error:
                differences.append(_unlike(network, None, None, error.message))
            else:
                if again is None:
                    return
                found = _first_difference(network.trained, again)
                if found is not None:
                    differences.append(_unlike(network, *found, None))
        done += network.steps
    yield Finished(max(1, total), pace.seconds, ReplayReport(len(networks), tuple(differences)))


def _again(
    trained: _Trained, fits: Mapping[str, Fit], control: Control
) -> Generator[Event, None, _Trained | None]:
    if isinstance(trained, TrainedNames):
        return train_names_again(trained, control)
    return train_forecaster_again(trained, control, fits[trained.spec.engine])


def _counted_on(
    training: Generator[Event, None, _Trained | None], done: int, total: int, pace: Pace
) -> Generator[Event, None, _Trained | None]:
    """The training's progress behind ``done`` steps of all; gives what it gives."""
    while True:
        try:
            event = next(training)
        except StopIteration as end:
            found: _Trained | None = end.value
            return found
        if isinstance(event, Progress):
            yield Progress(done + event.step, total, pace.seconds)


def _unlike(
    network: SessionNetwork, part: Message | None, step: int | None, error: Message | None
) -> ReplayDifference:
    versions: dict[str, tuple[str, str]] = {}
    trained = network.trained
    keras = isinstance(trained, TrainedForecaster) and trained.spec.engine == "keras"
    for then in network.environments:
        versions |= then.differences(environment(keras=keras))
    known = versions if network.environments else None
    return ReplayDifference(network.name, part, step, error, known)


def _first_difference(one: _Trained, other: _Trained) -> tuple[Message, int | None] | None:
    """The first part that is not the same in both, and the step where it is a loss."""
    for (part, array), (_, again) in zip(_losses(one), _losses(other), strict=True):
        if array.tobytes() != again.tobytes():
            return part, _first_step(array, again)
    others = dict(_weights(other))
    for name, array in _weights(one):
        if _bits(array) != _bits(others[name]):
            return Message("weights {name}", {"name": name}), None
    return None


def _losses(trained: _Trained) -> Iterator[tuple[Message, Array]]:
    """All losses (steps,) float64, those first of which the others follow."""
    if isinstance(trained, TrainedNames):
        yield Message("loss"), trained.losses
        yield Message("smoothed loss"), trained.smoothed
        yield Message("held-out loss"), np.array([loss for _, loss in trained.held_out])
    else:
        yield Message("loss"), trained.model.losses
        held_out = trained.model.held_out_losses
        yield Message("held-out loss"), np.empty(0) if held_out is None else held_out


def _weights(trained: _Trained) -> Iterator[tuple[str, Array]]:
    """All other numbers of the network, by their names."""
    if isinstance(trained, TrainedNames):
        yield from trained.parameters.items()
        yield from trained.memory.items()
    else:
        for at, layer in enumerate(trained.model.weights):
            yield from ((f"{at}.{name}", array) for name, array in layer.items())
        yield "shrinkage", np.array(trained.shrinkage)


def _first_step(one: Array, other: Array) -> int:
    """Where two losses differ first; the end of the shorter where it is the beginning of both."""
    length = min(len(one), len(other))
    unlike = np.flatnonzero(one[:length].view("i8") != other[:length].view("i8"))
    return int(unlike[0]) if len(unlike) else length


def _bits(array: Array) -> tuple[tuple[int, ...], str, bytes]:
    return array.shape, array.dtype.str, array.tobytes()
