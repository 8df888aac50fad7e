"""The state of the page of leakage demonstrations, and how events change it; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rnnstudio.core.stocks.data.split import Split
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.teaching.leak_comparison import CaseResult, Comparison
from rnnstudio.core.training import Finished
from rnnstudio.ui import running
from rnnstudio.ui.running import Run, RunEvent, StartAsked

LETTERS = "ABC"
"""The names of the charts while it is hidden which of them have leakage."""


@dataclass(frozen=True)
class ComparisonAsked:
    """A comparison is to start; its charts are to stand in ``order``.

    Place i shows case ``order[i]``. Whether the class is ``guessing`` which of them have leakage.
    """

    order: tuple[int, ...]
    guessing: bool = False


@dataclass(frozen=True)
class RevealAsked:
    """The class has guessed."""


LeakEvent = ComparisonAsked | RevealAsked | RunEvent


@dataclass(frozen=True, eq=False)
class LeakState:
    """The run, and the last comparison, which stays until the next is there.

    ``asked`` is how the next one is to be shown, ``shown_as`` how the last one is. It is ``hidden``
    who is who while the class guesses.
    """

    run: Run = field(default_factory=Run)
    asked: ComparisonAsked = ComparisonAsked(())
    comparison: Comparison | None = None
    shown_as: ComparisonAsked = ComparisonAsked(())
    hidden: bool = False

    @property
    def ordered_cases(self) -> tuple[CaseResult, ...]:
        """The cases in the order in which they are shown."""
        if self.comparison is None:
            return ()
        return tuple(self.comparison.shown[place] for place in self.shown_as.order)

    @property
    def letters(self) -> tuple[str, ...]:
        """A letter for each case that is guessed at; empty while the class is not guessing."""
        count = len(self.ordered_cases)
        return tuple(LETTERS[:count]) if self.shown_as.guessing else ("",) * count


def reduce(state: LeakState, event: LeakEvent) -> LeakState:
    """The state after ``event``."""
    match event:
        case ComparisonAsked():
            return replace(state, run=running.reduce(state.run, StartAsked()), asked=event)
        case RevealAsked():
            return replace(state, hidden=False)
    state = replace(state, run=running.reduce(state.run, event))
    match event:
        case Finished(result=Comparison() as comparison):
            asked = state.asked
            return replace(state, comparison=comparison, shown_as=asked, hidden=asked.guessing)
    return state


def is_of(comparison: Comparison, spec: ForecastSpec | None, split: Split | None) -> bool:
    """Whether the comparison was made with these settings, on these days of this share."""
    if spec is None or split is None:
        return False
    made = comparison.plan
    days, theirs = (
        (each.table.source, each.table.rows, each.rows_known) for each in (made.split, split)
    )
    return (made.spec, days) == (spec, theirs)
