"""Short trainings that several tests look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rnnstudio.core.names.corpus import SHIPPED, Corpus, read_corpus
from rnnstudio.core.names.history import NamesCheckpoint
from rnnstudio.core.names.recipes import FastSpec, PaperSpec, Spec
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Checkpoint, Control, Event, Finished, Tuning

FEW = Corpus("few", read_corpus(SHIPPED).names[:60])
PAPER = PaperSpec(iterations=90, sample_every=25, units=6)
FAST = FastSpec(units=6, batch_size=8, epochs=5, sample_every=9)


class StopAt(Control):
    """Asks to stop before iteration ``step``; sets tunings when their iteration comes."""

    def __init__(self, step: int, tunings: dict[int, Tuning] | None = None, first: int = 0) -> None:
        super().__init__()
        self._left, self._step, self._tunings = step - first, first, tunings or {}

    def stop_requested(self) -> bool:
        if self._left == 0:
            self.cancel()
        self._left -= 1
        self.tuning = self._tunings.get(self._step, self.tuning)
        self._step += 1
        return super().stop_requested()


def finished(spec: Spec, corpus: Corpus = FEW, begun: TrainedNames | None = None) -> TrainedNames:
    """The result of a whole training."""
    *_, last = train(spec, corpus, Control(), begun)
    assert isinstance(last, Finished)
    assert isinstance(last.result, TrainedNames)
    return last.result


def stopped(spec: Spec, step: int, begun: TrainedNames | None = None) -> TrainedNames:
    """The state of a training stopped before iteration ``step``."""
    first = 0 if begun is None else begun.step
    *_, last = train(spec, FEW, StopAt(step, first=first), begun)
    assert isinstance(last, Checkpoint)
    assert isinstance(last.state, TrainedNames)
    assert last.state.step == last.step == step
    return last.state


def with_checkpoints(spec: Spec, steps: Iterable[int]) -> TrainedNames:
    """A whole training with checkpoints after so many iterations each."""
    states = [stopped(spec, step) for step in steps]
    kept = [NamesCheckpoint.of(each.step, (each.parameters, each.memory)) for each in states]
    return replace(finished(spec), checkpoints=tuple(kept))


def collect(training: Iterator[Event], events: list[Event]) -> None:
    """Keep what came before an error."""
    for event in training:
        events.append(event)


def assert_same(one: TrainedNames, other: TrainedNames) -> None:
    """To the last bit, the time that it took left out."""
    assert one.spec == other.spec
    assert one.corpus == other.corpus
    for arrays, others in ((one.parameters, other.parameters), (one.memory, other.memory)):
        assert arrays.keys() == others.keys()
        for name, array in arrays.items():
            assert array.dtype == others[name].dtype
            assert array.tobytes() == others[name].tobytes(), name
    assert one.losses.tobytes() == other.losses.tobytes()
    assert one.smoothed.tobytes() == other.smoothed.tobytes()
    assert one.held_out == other.held_out
    assert one.samples == other.samples
    assert one.tunings == other.tunings
