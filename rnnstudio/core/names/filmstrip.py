"""The same random numbers given to one network at several moments of its training.

Along a row of the strip only the network changes: what it makes goes from gibberish to names.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.history import nearest
from rnnstudio.core.names.novelty import Neighbours, Novelty, NoveltyVerdict
from rnnstudio.core.names.replay import PastNetwork, replay, seconds_to_replay, untrained
from rnnstudio.core.names.sampler import SAMPLES, Sampling, sample_names
from rnnstudio.core.names.stepper import Stepper
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import (
    Control,
    Event,
    Finished,
    Pace,
    Started,
    Training,
    until_stopped,
)

_LONGEST_REDONE = 1.0
"""Seconds that the stage between may take to be done again; else the nearest checkpoint is it."""
_BETWEEN = 4
"""The stage between lies after about so small a part of the training, where most has changed."""


@dataclass(frozen=True)
class FilmStage:
    """The names of an earlier moment, after ``step`` iterations; 0: before the first."""

    step: int
    names: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Film:
    """Seven rows: the names from number ``first`` on that ``trained`` makes as ``sampling`` says.

    ``stages`` has the names that its earlier moments make of the same random numbers, the oldest
    first.
    """

    trained: TrainedNames
    sampling: Sampling
    first: int
    stages: tuple[FilmStage, ...]
    now: tuple[NoveltyVerdict, ...]


class FilmMaker:
    """Makes one film after the other, and keeps what they have in common."""

    def __init__(self) -> None:
        self._neighbours: tuple[Corpus, Neighbours] | None = None
        self._training: TrainedNames | None = None
        self._moments: dict[int, TrainedNames] = {}
        self._asked: Sampling | None = None
        self._stages: dict[int, FilmStage] = {}

    def make(
        self, trained: TrainedNames, sampling: Sampling, first: int, control: Control
    ) -> Training:
        """A job whose ``Finished`` carries the ``Film``; a stop leaves nothing.

        Raises UserError when the beginning has a symbol that the network does not know.
        """
        pace = Pace(control)
        yield Started(1, sampling.seed)
        if not trained.same_training(self._training):
            self._training, self._moments, self._stages = trained, {}, {}
        moments = yield from self._earlier(trained, control)
        film = until_stopped(control, self._film, trained, sampling, first, moments)
        if film is not None:
            yield Finished(1, pace.seconds, film)

    def _film(
        self,
        trained: TrainedNames,
        sampling: Sampling,
        first: int,
        moments: tuple[TrainedNames, ...],
    ) -> Film:
        asked = replace(sampling, count=first + SAMPLES).for_list(trained.corpus)
        neighbours = self._neighbours_of(trained.corpus)
        verdicts = tuple(
            neighbours.verdict(name, cut=asked.is_cut(name)) for name in _drawn(trained, asked)
        )
        if asked != self._asked:
            self._asked, self._stages = asked, {}
        for each in moments:
            if each.step not in self._stages:
                self._stages[each.step] = FilmStage(each.step, _drawn(each, asked))
        stages = tuple(self._stages[each.step] for each in moments)
        return Film(trained, sampling, first, stages, verdicts)

    def _neighbours_of(self, corpus: Corpus) -> Neighbours:
        """Made once a list: of a long one it takes a while."""
        if self._neighbours is None or self._neighbours[0] is not corpus:
            self._neighbours = corpus, Neighbours(corpus.names)
        return self._neighbours[1]

    def _earlier(
        self, trained: TrainedNames, control: Control
    ) -> Generator[Event, None, tuple[TrainedNames, ...]]:
        """The network before the first iteration and at one moment since."""
        if not trained.step:
            return ()
        if 0 not in self._moments:
            self._moments[0] = untrained(trained)
        between = step_between(trained)
        if between not in self._moments:
            past = yield from _past(trained, between, control)
            self._moments = {0: self._moments[0]}
            if past is not None:
                self._moments[between] = past
        return tuple(self._moments[step] for step in sorted({0, between} & self._moments.keys()))


def step_between(trained: TrainedNames) -> int:
    """After how many iterations the stage between is: a round number, if it is soon done again.

    Else those of the newest checkpoint before it; 0 where there is none.
    """
    wanted = _round_number(trained.step // _BETWEEN)
    if not wanted or seconds_to_replay(trained, wanted - 1) <= _LONGEST_REDONE:
        return wanted
    kept = nearest(trained.checkpoints, wanted)
    return 0 if kept is None else kept.step


def film_sentence(film: Film) -> Message:
    """How many of the names are new, and how many stand in the list."""
    kinds = [verdict.kind for verdict in film.now]
    new, listed = kinds.count(Novelty.NEW), kinds.count(Novelty.LISTED)
    sentences = [
        Message.counted(
            "{count} of seven names is new.",
            "{count} of seven names are new.",
            n=new,
            count=_COUNTS[new],
        )
    ]
    if listed:
        sentences.append(
            Message.counted(
                "{count} is in the list.",
                "{count} are in the list.",
                n=listed,
                count=_COUNTS[listed],
            )
        )
    return Message.joined(sentences)


_COUNTS = (
    Message("None"),
    Message("One"),
    Message("Two"),
    Message("Three"),
    Message("Four"),
    Message("Five"),
    Message("Six"),
    Message("Seven"),
)


def _past(
    trained: TrainedNames, step: int, control: Control
) -> Generator[Event, None, TrainedNames | None]:
    """The network after ``step`` iterations; None after a stop, or if it cannot be made again."""
    try:
        for event in replay(trained, step - 1, control):
            match event:
                case Finished(result=PastNetwork() as past):
                    return past.trained
                case _:
                    yield event
    except UserError:
        return None
    return None


def _drawn(trained: TrainedNames, asked: Sampling) -> tuple[str, ...]:
    """The last seven of the names that are asked for."""
    model = Stepper(trained.spec.cell, trained.parameters)
    return sample_names(model, trained.vocabulary, asked)[-SAMPLES:]


def _round_number(most: int) -> int:
    """The largest of 1, 2, 5, 10, 20, 50 and so on up to ``most``; 0 where that is 0."""
    if most < 1:
        return 0
    power = int("1" + "0" * (len(str(most)) - 1))
    return max(digit * power for digit in (1, 2, 5) if digit * power <= most)
