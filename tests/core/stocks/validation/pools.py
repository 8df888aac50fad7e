"""A pool that runs folds in this process, one after the other, and counts them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.validation.folds import Fold, Outcome, forecast_fold
from rnnstudio.core.training import Checkpoint, Control, Event, Finished, Training


class InTurn:
    """Runs folds in order, or backwards; ``refuse`` names the places that fail instead."""

    def __init__(self, refuse: Sequence[int] = (), backwards: bool = False) -> None:
        self.done: list[str] = []
        self.calls = 0
        self._refuse, self._backwards = refuse, backwards

    def outcomes(self, folds: Sequence[Fold], control: Control) -> Iterator[tuple[int, Outcome]]:
        """As ``Pool.outcomes``."""
        self.calls += 1
        places = range(len(folds))
        for place in reversed(places) if self._backwards else places:
            if control.stop_requested():
                return
            self.done.append(folds[place].key)
            yield place, self._outcome(place, folds[place])

    def _outcome(self, place: int, fold: Fold) -> Outcome:
        if place in self._refuse:
            return UserError("The training ran away.")
        try:
            return forecast_fold(fold, fit)
        except UserError as error:
            return error


class Gone(InTurn):
    """Workers that die after ``count`` folds."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def outcomes(self, folds: Sequence[Fold], control: Control) -> Iterator[tuple[int, Outcome]]:
        """As ``Pool.outcomes``."""
        for number, outcome in enumerate(super().outcomes(folds, control)):
            if number == self._count:
                raise UserError("The workers are gone.")
            yield outcome


def result(training: Training) -> Any:
    """The result of a training that is not cancelled."""
    *_, last = training
    assert isinstance(last, Finished)
    return last.result


def stopped_after(count: int, training: Callable[[Control], Training]) -> tuple[list[Event], Any]:
    """The events of a training that is cancelled after so many folds, and its last state."""
    control = Control()
    events: list[Event] = []
    for event in training(control):
        events.append(event)
        if isinstance(event, Checkpoint) and event.step == count:
            control.cancel()
    assert isinstance(events[-1], Checkpoint)
    return events, events[-1].state
