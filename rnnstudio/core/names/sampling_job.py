"""Drawing many names, each with its nearest neighbour, piece by piece so that it can be stopped."""

from __future__ import annotations

from dataclasses import dataclass

from rnnstudio.core.names.novelty import Neighbours, NoveltyVerdict
from rnnstudio.core.names.sampler import Sampling, sample_names
from rnnstudio.core.names.stepper import Stepper
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import (
    Checkpoint,
    Control,
    Finished,
    Pace,
    Progress,
    Started,
    Training,
    until_stopped,
)


@dataclass(frozen=True, eq=False)
class Drawn:
    """Names, and the network and the settings that they were drawn from and with."""

    trained: TrainedNames
    sampling: Sampling
    verdicts: tuple[NoveltyVerdict, ...]


def draw(trained: TrainedNames, sampling: Sampling, control: Control) -> Training:
    """The names of ``NameSampler(trained).names(sampling)``.

    ``Checkpoint`` and ``Finished`` carry the verdicts, in order, as a tuple. Raises UserError when
    the beginning has a symbol that the network does not know.
    """
    pace, verdicts = Pace(control), list[NoveltyVerdict]()
    yield Started(sampling.count, sampling.seed)
    model = Stepper(trained.spec.cell, trained.parameters)
    sampling = sampling.for_list(trained.corpus)
    names = until_stopped(control, sample_names, model, trained.vocabulary, sampling)
    if names is None:
        yield Checkpoint(0, ())
        return
    neighbours = Neighbours(trained.corpus.names)
    for name in names:
        if control.stop_requested():
            yield Checkpoint(len(verdicts), tuple(verdicts))
            return
        verdicts.append(neighbours.verdict(name, cut=sampling.is_cut(name)))
        if pace.due():
            yield Progress(len(verdicts), len(names), pace.seconds)
    yield Finished(len(verdicts), pace.seconds, tuple(verdicts))
