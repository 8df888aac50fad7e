"""What the page of walk-forward shows, and how events change it; knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import Split, split_share
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.presets import with_columns_of
from rnnstudio.core.stocks.validation.multi_ticker import Shares
from rnnstudio.core.stocks.validation.walk_forward import Walk, new_walk
from rnnstudio.core.training import Checkpoint
from rnnstudio.ui import running
from rnnstudio.ui.running import Run, RunEvent


@dataclass(frozen=True)
class ShareChosen:
    """The walk of this share of a folder is to be shown."""

    name: str


@dataclass(frozen=True)
class FolderAsked:
    """Every share of a folder is to be walked over with these settings."""

    spec: ForecastSpec


WalkEvent = ShareChosen | FolderAsked | RunEvent


@dataclass(frozen=True, eq=False)
class WalkState:
    """The run, and what it has come to so far, which stays until the next has come to something.

    ``work`` is a walk over one share, or over every ``share`` of a folder, for which ``asked`` are
    the settings that were chosen.
    """

    run: Run = field(default_factory=Run)
    work: Walk | Shares[Walk] | None = None
    share: str = ""
    asked: ForecastSpec | None = None

    @property
    def own_columns(self) -> tuple[Message, ...]:
        """A sentence for each share that lacks a chosen column, and has its own price instead."""
        if self.shares is None or self.asked is None:
            return ()
        chosen = ", ".join(self.asked.columns)
        return tuple(
            Message(
                "{file} lacks a chosen column ({chosen}); its own {column} is forecast.",
                {"file": name, "chosen": chosen, "column": walk.spec.target},
            )
            for name, walk in zip(self.shares.names, self.shares.parts, strict=True)
            if walk.spec.columns != self.asked.columns
        )

    @property
    def shares(self) -> Shares[Walk] | None:
        """The shares of a folder; None if there is one share or nothing."""
        return self.work if isinstance(self.work, Shares) else None

    @property
    def walk(self) -> Walk | None:
        """The walk that is looked at."""
        if isinstance(self.work, Shares):
            return self.work.parts[self.work.names.index(self.share)]
        return self.work

    @property
    def sentence(self) -> Message | None:
        """What all of it comes to; None while there is nothing."""
        match self.work:
            case Walk() as walk:
                return walk.verdict
            case Shares() as shares:
                return shares.summary.sentence
        return None

    def stopped_walk(self, spec: ForecastSpec, split: Split, every: int) -> Walk | None:
        """The walk over these days with these settings that was stopped; None if there is none."""
        walk = self.work
        if not isinstance(walk, Walk) or walk.whole:
            return None
        days = (split.table.digest, split.rows_known)
        same_days = (walk.split.table.digest, walk.split.rows_known) == days
        return walk if same_days and (walk.spec, walk.every) == (spec, every) else None

    def stale(self, spec: ForecastSpec | None, split: Split | None) -> bool:
        """Whether what is shown was done with other settings or, for one share, other days."""
        walk = self.walk
        if walk is None:
            return False
        if spec is None or split is None:
            return True
        if self.shares is None and _days(walk.split) != _days(split):
            return True
        return spec != (walk.spec if self.shares is None else self.asked)


def reduce(state: WalkState, event: WalkEvent) -> WalkState:
    """The state after ``event``."""
    match event:
        case ShareChosen(name=name):
            return replace(state, share=name)
        case FolderAsked(spec=spec):
            return replace(state, asked=spec)
        case Checkpoint(state=Walk() | Shares() as work):
            return _with(state, work)
    return replace(state, run=running.reduce(state.run, event))


def _with(state: WalkState, work: Walk | Shares[Walk]) -> WalkState:
    """The state with that work; a share that is not among its own gives way to the first."""
    share = state.share
    if isinstance(work, Shares) and share not in work.names:
        share = work.names[0]
    return replace(state, work=work, share=share)


def showing(work: Walk | Shares[Walk] | None, asked: ForecastSpec | None, share: str) -> WalkState:
    """The state of a page that shows this work, and of its shares that one."""
    state = WalkState(share=share, asked=asked)
    return state if work is None else _with(state, work)


def _days(split: Split) -> tuple[str, int, int]:
    return split.table.source, split.table.rows, split.rows_known


def walk_of_file(spec: ForecastSpec, every: int, table: PriceTable) -> Walk:
    """The walk over the last tenth of a file of a folder; raises UserError as ``new_walk`` does.

    A file without the columns of the settings is walked over with its own price.
    """
    return new_walk(with_columns_of(spec, table), split_share(table), every)
