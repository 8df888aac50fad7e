"""What of the verdict is looked at, as plain data; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

USUAL_DAYS = 60
"""Days in the chart until others are chosen."""
FEWEST_DAYS_SEEN = 5
STAGES = 4
"""Of the telling in front of a class: truth and yesterday, network, verdict, ledger."""


@dataclass(frozen=True)
class HomeView:
    """The ``days`` in the chart, from and up to a row of the table; None: the last USUAL_DAYS.

    ``ahead``: the days after the last one known are in it too. ``checks``: the leakage checks are
    unfolded. ``stage``: how much has been told to a class, up to STAGES.
    """

    days: tuple[int, int] | None = None
    ahead: bool = False
    checks: bool = False
    stage: int = 0
    hands: tuple[int, int, int] = (0, 0, 0)
    """Of a class that guesses no, a tie, or yes."""


@dataclass(frozen=True)
class HomeEvent:
    """What a person does to look at the verdict."""


@dataclass(frozen=True)
class DaysChosen(HomeEvent):
    """These days are to be in the chart; None: the last ones."""

    days: tuple[int, int] | None


@dataclass(frozen=True)
class AheadShown(HomeEvent):
    """Whether the days after the last one known are to be seen."""

    shown: bool


@dataclass(frozen=True)
class ChecksUnfolded(HomeEvent):
    """Whether the leakage checks are to be read one by one."""

    unfolded: bool


@dataclass(frozen=True)
class LectureStepped(HomeEvent):
    """A class is to be told ``by`` stages more."""

    by: int


@dataclass(frozen=True)
class HandRaised(HomeEvent):
    """``by`` hands more (fewer where negative) for no, a tie or yes, by its place from 0."""

    choice: int
    by: int


def home_after(view: HomeView, event: HomeEvent) -> HomeView:
    """What is looked at after ``event``."""
    match event:
        case DaysChosen(days=days):
            return replace(view, days=days)
        case AheadShown(shown=shown):
            return replace(view, ahead=shown, days=None)
        case ChecksUnfolded(unfolded=unfolded):
            return replace(view, checks=unfolded)
        case LectureStepped(by=by):
            stage = min(max(view.stage + by, 0), STAGES)
            return replace(view, stage=stage, checks=stage == STAGES)
        case HandRaised(choice=choice, by=by):
            hands = list(view.hands)
            hands[choice] = max(hands[choice] + by, 0)
            return replace(view, hands=(hands[0], hands[1], hands[2]))
    return view


def moved_days(days: range, by: int, rows: int) -> tuple[int, int]:
    """As many days, ``by`` later (earlier where that is negative), within a table of ``rows``."""
    first = min(max(days.start + by, 0), max(rows - len(days), 0))
    return first, min(first + len(days), rows)
