"""A network trained on names, and how it came to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.table import Cell
from rnnstudio.core.engine.environment import Environment
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.history import NamesCheckpoint
from rnnstudio.core.names.recipes import PaperSpec, Spec
from rnnstudio.core.training import Sampled, Tuning


@dataclass(frozen=True)
class Tuned:
    """From iteration ``step`` on the training took ``tuning``, set while it ran."""

    step: int
    tuning: Tuning


@dataclass(frozen=True, eq=False)
class TrainedNames:
    """A network and the training that made it, which may not have ended yet.

    ``corpus`` is what the training was given; those of its names that were held out follow from the
    spec. ``parameters`` stand under the names and in the shapes of the cell's table (rnn: Wax ..
    Wya, by; lstm, gru: .. Wy, by). ``losses`` and ``smoothed`` (iterations,) are the raw and the
    smoothed loss of each iteration done, in nats ``unit``. ``held_out`` has, after each epoch, its
    last iteration and the held-out loss then, in nats a character; the recipe "paper" has none.

    ``memory`` is what a continued training needs besides: "a_prev" (n_a, 1) of the recipe "paper",
    of the recipe "fast" the newest weights and Adam's moments as "now.Wzx", "m.Wzx", "v.Wzx" and so
    on (its ``parameters`` are those of the lowest held-out loss). ``seconds`` is how long the
    training took so far. From ``checkpoints`` earlier iterations are done again. ``environments``
    are those that its parts were trained in, in order; none where that is not known of all of them.
    """

    spec: Spec
    corpus: Corpus
    parameters: Mapping[str, Array]
    memory: Mapping[str, Array]
    losses: Array
    smoothed: Array
    held_out: tuple[tuple[int, float], ...]
    samples: tuple[Sampled, ...]
    tunings: tuple[Tuned, ...]
    seconds: float
    checkpoints: tuple[NamesCheckpoint, ...] = ()
    environments: tuple[Environment, ...] = ()

    def same_training(self, other: TrainedNames | None) -> bool:
        """Whether ``other`` is this training at the same or another moment of this session."""
        return other is not None and self.spec is other.spec and self.corpus is other.corpus

    def until(self, checkpoint: NamesCheckpoint) -> TrainedNames:
        """The training as it was at ``checkpoint``, with the newest weights of then.

        ``seconds`` is the part of the time that its iterations took.
        """
        step = checkpoint.step
        return replace(
            self,
            parameters=checkpoint.weights,
            memory=checkpoint.memory,
            losses=self.losses[:step],
            smoothed=self.smoothed[:step],
            held_out=tuple((at, loss) for at, loss in self.held_out if at < step),
            samples=tuple(sample for sample in self.samples if sample.step < step),
            tunings=tuple(tuned for tuned in self.tunings if tuned.step < step),
            seconds=self.seconds * step / max(1, self.step),
            checkpoints=tuple(each for each in self.checkpoints if each.step <= step),
        )

    @property
    def cell(self) -> Cell:
        """The table of the network's cell."""
        return CELLS[self.spec.cell]

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """The symbols, each at its index."""
        return self.corpus.vocabulary

    @property
    def step(self) -> int:
        """Iterations done."""
        return len(self.losses)

    @property
    def unit(self) -> str:
        """What ``losses`` are counted a: a name, or a character."""
        return "a name" if isinstance(self.spec, PaperSpec) else "a character"

    @property
    def symbols(self) -> float:
        """What to divide ``losses`` by to have nats a character: a name's mean length and its end,
        or 1.
        """
        names = self.corpus.names
        if isinstance(self.spec, PaperSpec):
            return sum(len(name) + 1 for name in names) / len(names)
        return 1.0

    @property
    def parameter_count(self) -> int:
        """How many numbers the training had to find."""
        return sum(part.size for part in self.parameters.values())

    @property
    def tuning(self) -> Tuning:
        """The learning rate and the clipping limit as they were last."""
        if self.tunings:
            return self.tunings[-1].tuning
        return Tuning(self.spec.learning_rate, self.spec.clip)

    @property
    def training_names(self) -> tuple[str, ...]:
        """The names that the network was trained on."""
        if isinstance(self.spec, PaperSpec):
            return self.corpus.names
        return self.spec.split(self.corpus)[0]

    @property
    def held_out_names(self) -> tuple[str, ...]:
        """The names that it has not seen; none in the recipe "paper"."""
        return () if isinstance(self.spec, PaperSpec) else self.spec.split(self.corpus)[1]

    @property
    def best_held_out(self) -> float | None:
        """The lowest held-out loss, which is that of ``parameters``; None before the first."""
        return min((loss for _, loss in self.held_out), default=None)
