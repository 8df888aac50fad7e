"""What the forecaster's pages beyond one split have: walks, searches, leaks and claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.teaching.leak_comparison import Comparison
from rnnstudio.core.stocks.teaching.leaks import Leak
from rnnstudio.core.stocks.validation.multi_ticker import Shares
from rnnstudio.core.stocks.validation.search import FOLDS, SearchTable
from rnnstudio.core.stocks.validation.walk_forward import EVERY, Walk


@dataclass(frozen=True)
class WalkWork:
    """A walk's settings and how far it has come.

    ``processes`` is None where they are as many as the machine has cores. ``asked`` are the
    settings that were chosen for the shares of a folder.
    """

    every: int = EVERY
    processes: int | None = None
    walked: Walk | Shares[Walk] | None = None
    asked: ForecastSpec | None = None


@dataclass(frozen=True)
class SearchWork:
    """A search's settings and how far it has come.

    ``texts`` are the values of each setting as they were typed, where they are not the usual ones,
    ``tried`` the names of the settings that are tried; None: the usual ones. ``gap`` is None for
    the longest window.
    """

    tried: tuple[str, ...] | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    folds: int = FOLDS
    gap: int | None = None
    draws: int = 20
    at_random: bool = False
    processes: int | None = None
    table: SearchTable | None = None


@dataclass(frozen=True)
class ClaimWork:
    """The claim that is checked, as it is typed: ``value`` and the first day it is about.

    ``measure`` is one of ``claims.MEASURES``. ``day`` is in ISO; empty: the first test day.
    """

    measure: str = "accuracy"
    value: str = ""
    day: str = ""


@dataclass(frozen=True)
class LeaksWork:
    """What is set beside the honest network, and what was compared last, as it is shown.

    Place i of the charts shows case ``order[i]``. It is ``hidden`` which is which while the class
    guesses. A session's file keeps the settings alone: the comparison is made again on demand.
    """

    leaks: tuple[Leak, ...] = ("smooth",)
    random_walk: bool = False
    guessing: bool = False
    comparison: Comparison | None = None
    order: tuple[int, ...] = ()
    guessed: bool = False
    hidden: bool = False
