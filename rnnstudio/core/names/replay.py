"""Going back in a training on names: the network of any of its iterations, to the last bit."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from dataclasses import dataclass, replace

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.history import NamesCheckpoint, nearest
from rnnstudio.core.names.train import learner_for
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.names.training_loop import TrainingLoop, drawn_while_training
from rnnstudio.core.training import Control, Event, Finished, Pace, Started, Training


@dataclass(frozen=True, eq=False)
class PastNetwork:
    """The network after iteration ``iteration`` of a training, counted from 0 as on its curve.

    ``trained`` is the training until then with the newest weights, also after its last iteration,
    when a training may keep earlier ones. ``names`` are drawn from them by the random numbers of
    the training's samples. ``redone`` iterations were done again; ``same`` says whether their
    losses were those of the first time to the last bit.
    """

    iteration: int
    trained: TrainedNames
    names: tuple[str, ...]
    redone: int
    same: bool

    @property
    def digest(self) -> str:
        """SHA-256 of the weights: name, shape and float64 bytes of each, in the order of names."""
        found = hashlib.sha256()
        for name, part in sorted(self.trained.parameters.items()):
            found.update(f"{name} {part.shape}".encode())
            found.update(part.astype("<f8").tobytes())
        return found.hexdigest()


def replay(trained: TrainedNames, iteration: int, control: Control) -> Training:
    """Go back to the network after ``iteration``; ``Finished`` carries a ``PastNetwork``.

    The iterations since the nearest checkpoint before it are done again by the training's own loop;
    where there is none, all from the beginning. The training's end is a checkpoint as well. A stop
    leaves nothing. Raises UserError where the training has no such iteration, or where it cannot be
    done again: its numbers would run away on this machine.
    """
    if not 0 <= iteration < trained.step:
        raise UserError(
            "The training has no iteration {iteration}; its iterations are 0 to {last}.",
            iteration=iteration,
            last=trained.step - 1,
        )
    pace = Pace(control)
    yield Started(iteration + 1, trained.spec.seed)
    past = yield from _redone(trained, iteration, control)
    if past is not None:
        yield Finished(iteration + 1, pace.seconds, past)


def untrained(trained: TrainedNames) -> TrainedNames:
    """The training before its first iteration, with the weights that it began from."""
    learner = learner_for(trained.spec, trained.corpus, None)
    return trained.until(NamesCheckpoint.of(0, learner.snapshot()))


def seconds_to_replay(trained: TrainedNames, iteration: int) -> float:
    """About how long it takes to go back there, in seconds, at the pace of the training."""
    checkpoint = _nearest(trained, iteration + 1)
    redone = iteration + 1 - (0 if checkpoint is None else checkpoint.step)
    return trained.seconds * redone / trained.step


def beside(past: PastNetwork | None, trained: TrainedNames) -> TrainedNames:
    """The training with the iteration that was gone back to as one more of its checkpoints.

    So the iterations after it are soon there. One of another training, or not the same to the last
    bit, changes nothing.
    """
    if past is None or not past.same or not past.trained.same_training(trained):
        return trained
    kept = {each.step: each for each in (*trained.checkpoints, _end(past.trained))}
    return replace(trained, checkpoints=tuple(kept[step] for step in sorted(kept)))


def train_again(
    trained: TrainedNames, control: Control
) -> Generator[Event, None, TrainedNames | None]:
    """Do all iterations again from the beginning, as far as the training came; None after a stop.

    Samples are not drawn again. Where the loss runs away, what comes is shorter than the training.
    """
    loop = yield from _done_again(trained, None, trained.step, control)
    return None if loop is None else loop.result()


def _redone(
    trained: TrainedNames, iteration: int, control: Control
) -> Generator[Event, None, PastNetwork | None]:
    """The network after ``iteration``, from the nearest checkpoint; None after a stop."""
    steps = iteration + 1
    checkpoint = _nearest(trained, steps)
    begun = None if checkpoint is None else trained.until(checkpoint)
    loop = yield from _done_again(trained, begun, steps, control)
    if loop is None:
        return None
    if len(loop.losses) < steps:
        raise UserError(
            "The training cannot be done again on this machine: its loss runs away at iteration "
            "{iteration}.",
            iteration=len(loop.losses),
        )
    then = trained.until(NamesCheckpoint.of(steps, loop.snapshot()))
    redone = steps - (0 if begun is None else begun.step)
    same = loop.losses.tobytes() == then.losses.tobytes()
    names = drawn_while_training(then.spec, then.corpus, then.parameters)
    return PastNetwork(iteration, then, names, redone, same)


def _nearest(trained: TrainedNames, steps: int) -> NamesCheckpoint | None:
    """The newest moment that is kept of at most so many iterations; None: the beginning."""
    return nearest((*trained.checkpoints, _end(trained)), steps)


def _end(trained: TrainedNames) -> NamesCheckpoint:
    return NamesCheckpoint.of(trained.step, (trained.parameters, trained.memory))


def _done_again(
    trained: TrainedNames, begun: TrainedNames | None, steps: int, control: Control
) -> Generator[Event, None, TrainingLoop | None]:
    """The training's own loop after so many iterations, from ``begun`` on; None after a stop."""
    learner = learner_for(trained.spec, trained.corpus, begun)
    loop = TrainingLoop(learner, trained.spec, trained.corpus, begun)
    tunings = {tuned.step: tuned.tuning for tuned in trained.tunings}
    with learner.threads():
        yield from loop.redo(steps, tunings, control)
    return None if control.cancelled else loop
