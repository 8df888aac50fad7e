"""Draws the names in sight, and finds what losses are compared with, in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot

from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.filmstrip import Film, FilmMaker
from rnnstudio.core.names.loss_references import LossReferences, references_job
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.ui.dinosaurs.events import DinosaursEvent, FilmMade, FilmRefused, ReferencesFound
from rnnstudio.ui.dinosaurs.latest_runner import LatestRunner
from rnnstudio.ui.dinosaurs.state import NamesState

REST_MS = 250
"""Names change at most four times a second, however fast the training is."""


class FilmJobs(QObject):
    """Follows the network that is looked at and the list that is open.

    ``take`` gets the events for the state that comes of it.
    """

    def __init__(self, take: Callable[[DinosaursEvent], None], parent: QObject) -> None:
        super().__init__(parent)
        self._take = take
        self._maker = FilmMaker()
        self._asked: tuple[TrainedNames, Sampling, int] | None = None
        self._corpus: Corpus | None = None
        self._film = LatestRunner(self, rest_ms=REST_MS)
        self._references = LatestRunner(self)
        self._film.found.connect(self._take_film)
        self._film.refused.connect(self._refuse)
        self._references.found.connect(self._take_references)

    def show_state(self, state: NamesState) -> None:
        """Find what the losses on the open list are compared with, where it is another list."""
        corpus = state.corpus
        if corpus is not None and corpus is not self._corpus and state.references is None:
            self._corpus = corpus
            self._references.ask(partial(references_job, corpus))

    def draw(self, network: TrainedNames | None, sampling: Sampling, first: int) -> None:
        """Draw seven names from number ``first`` on, unless they were asked for already."""
        if network is None:
            self._asked = None
            self._film.forget()
            return
        asked, before = (network, sampling, first), self._asked
        if before is not None and before[0] is network and before[1:] == asked[1:]:
            return
        self._asked = asked
        same = before is not None and network.same_training(before[0])
        self._film.ask(partial(self._maker.make, *asked), give_up=not same)

    def shutdown(self) -> bool:
        """Stop what is under way and wait for it; whether all of it has stopped."""
        stopped = [each.shutdown() for each in (self._film, self._references)]
        return all(stopped)

    @Slot(object)
    def _take_film(self, film: Film) -> None:
        self._take(FilmMade(film))

    @Slot(object)
    def _take_references(self, references: LossReferences) -> None:
        self._take(ReferencesFound(references))

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        self._take(FilmRefused(sentence))
