"""What a session keeps of the names generator."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.evaluate import RecipeEvaluation
from rnnstudio.core.names.recipes import PaperSpec, Spec
from rnnstudio.core.names.replay import PastNetwork
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.sampling_job import Drawn
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.data_file import DataFile


@dataclass(frozen=True, eq=False)
class OpenedList:
    """A list of names that is open, and the file it was read from."""

    data: DataFile
    corpus: Corpus


@dataclass(frozen=True)
class NamesWork:
    """What the generator has: the list, the settings and the networks.

    ``trained`` is the newest network, ``runs`` all that are kept for comparison; one that is still
    learning is among them as far as it has come. ``recipes`` and ``seeds`` are those that are to be
    evaluated, ``clipping`` the learning rate and the limit of the demonstration as they were typed.
    ``past`` is the iteration of ``trained`` that is looked at in its place, ``drawn`` what was
    drawn last from ``trained`` or an earlier moment of it. ``example`` is the name that was typed
    to see its steps; None for the first of the list. ``evaluation`` is the last one.
    """

    opened: OpenedList | None = None
    spec: Spec = field(default_factory=PaperSpec)
    trained: TrainedNames | None = None
    runs: tuple[TrainedNames, ...] = ()
    sampling: Sampling = field(default_factory=lambda: Sampling(temperature=0.7, count=20))
    recipes: tuple[str, ...] = ("paper", "fast")
    seeds: int = 5
    clipping: tuple[str, str] = ("0.15", "0.1")
    pages: tuple[str, ...] = ()
    past: PastNetwork | None = None
    drawn: Drawn | None = None
    example: str | None = None
    evaluation: RecipeEvaluation | None = None

    def caught_up(self, newest: NamesWork) -> NamesWork:
        """The work, an earlier one, with its network as it is in ``newest``, if it learnt since."""
        then, now = self.trained, newest.trained
        if now is None or then is now or not now.same_training(then):
            return self
        runs = tuple(now if run is then else run for run in self.runs)
        return replace(self, trained=now, runs=runs)

    def without_view(self) -> NamesWork:
        """The same, whatever of it is looked at."""
        return replace(self, pages=(), past=None)
