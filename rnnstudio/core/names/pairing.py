"""Two networks on names side by side: the same random numbers, and the same place of a name.

They may be an RNN and an LSTM, two seeds, or one training before its first iteration and after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.messages import Message
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.names_scene import to_scene
from rnnstudio.core.names.replay import untrained
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.trained import TrainedNames


@dataclass(frozen=True, eq=False)
class PairedNetwork:
    """A network of the training that is number ``number`` of a session, from 1 on.

    ``learnt``: as it is now; else as it was before the first iteration.
    """

    number: int
    training: TrainedNames
    learnt: bool = True

    @property
    def label(self) -> Message:
        """What it is called, shortly."""
        values = {
            "number": self.number,
            "cell": self.training.cell.label,
            "seed": self.training.spec.seed,
            "n": self.training.step,
        }
        if not self.learnt:
            return Message("{number}: {cell}, seed {seed}, before its training", values)
        return Message("{number}: {cell}, seed {seed}, after {n:n} iterations", values)

    @cached_property
    def network(self) -> TrainedNames:
        """The network itself."""
        return self.training if self.learnt else untrained(self.training)

    @cached_property
    def _sampler(self) -> NameSampler:
        return NameSampler(self.network)

    def names(self, sampling: Sampling) -> tuple[str, ...]:
        """The names that it makes of the sampling's random numbers.

        Raises UserError as ``NameSampler.names`` does.
        """
        return tuple(verdict.name for verdict in self._sampler.names(sampling))

    def likeliest(self, typed: str, sampling: Sampling) -> list[tuple[str, float]]:
        """The symbols after ``typed``, the likeliest first, each with how likely it is.

        Raises UserError when the network does not know a letter.
        """
        return self._sampler.likeliest(typed, sampling)

    def scene(self, name: str) -> Scene:
        """The network reading ``name``; raises UserError as ``to_scene`` does."""
        origin = Message("{name}, {network}", {"name": name, "network": self.label})
        return to_scene(self.network, name, origin)


def networks_to_pair(trainings: Sequence[TrainedNames]) -> tuple[PairedNetwork, ...]:
    """Every training before and after it, in order."""
    return tuple(
        PairedNetwork(number, training, learnt)
        for number, training in enumerate(trainings, start=1)
        for learnt in (False, True)
    )


def first_pair(networks: Sequence[PairedNetwork]) -> tuple[int, int] | None:
    """The places of the two that are looked at first: the newest trainings, or before and after."""
    if not networks:
        return None
    last = len(networks) - 1
    return (last - 2, last) if last > 1 else (0, last)
