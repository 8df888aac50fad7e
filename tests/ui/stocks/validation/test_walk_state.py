"""The state of the page of walk-forward: what grows, what stays. Knows no Qt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.batch_read import Gathered
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.validation.multi_ticker import Shares, shares_of
from rnnstudio.core.stocks.validation.run_folds import run_folds_job
from rnnstudio.core.stocks.validation.walk_forward import Walk, walk_forward_job
from rnnstudio.core.training import Checkpoint, Control, Ended
from rnnstudio.ui.running import CancelAsked, Phase, StartAsked
from rnnstudio.ui.stocks.validation.walk_state import (
    FolderAsked,
    ShareChosen,
    WalkEvent,
    WalkState,
    reduce,
    walk_of_file,
)
from tests.core.stocks import made
from tests.core.stocks.validation.pools import InTurn, stopped_after

SPEC = replace(made.SOUND, epochs=1)
SPLIT = made.walk(60, 48)


def after(*events: WalkEvent, state: WalkState | None = None) -> WalkState:
    state = state or WalkState()
    for event in events:
        state = reduce(state, event)
    return state


def walked(every: int = 4) -> list[WalkEvent]:
    return [
        StartAsked(),
        *walk_forward_job(SPEC, SPLIT, every, InTurn(), Control()),
        Ended(1, "finished"),
    ]


def walk_of(table: PriceTable) -> Walk:
    return walk_of_file(SPEC, 3, table)


def shares(*names: str) -> Shares[Walk]:
    found: Shares[Walk] = shares_of(
        Gathered({name: made.walk(60, 48, seed).table for seed, name in enumerate(names)}), walk_of
    )
    return found


def done(work: Shares[Walk]) -> list[WalkEvent]:
    return [StartAsked(), *run_folds_job(work, InTurn(), Control()), Ended(1, "finished")]


def test_that_a_walk_grows_with_every_block_and_ends_with_its_verdict() -> None:
    state, days = WalkState(), []
    for event in walked():
        state = reduce(state, event)
        if isinstance(event, Checkpoint):
            assert state.walk is event.state
            days.append(event.state.days_done)
    assert days == [4, 8, 12]
    assert state.run.phase is Phase.FINISHED
    assert state.walk is not None
    assert state.sentence == state.walk.verdict != ""


def test_that_a_stopped_walk_keeps_the_blocks_it_has() -> None:
    events, last = stopped_after(
        2, lambda control: walk_forward_job(SPEC, SPLIT, 4, InTurn(), control)
    )
    state = after(StartAsked(), *events, CancelAsked(), Ended(1, "cancelled"))
    assert state.run.phase is Phase.CANCELLED
    assert state.walk is last
    assert last.days_done == 8
    assert "8 of 12" in str(state.sentence)


def test_that_the_last_walk_stays_until_the_next_has_come_to_something() -> None:
    state = after(*walked())
    failed = after(StartAsked(), Ended(2, "failed", UserError("No.")), state=state)
    assert failed.walk is state.walk
    assert failed.run.error == "No."
    again = after(*walked(every=6), state=failed)
    assert again.walk is not None
    assert again.walk.every == 6


def test_that_the_first_share_is_looked_at_until_another_is_chosen() -> None:
    work = shares("a.csv", "b.csv")
    state = after(*done(work))
    assert state.shares is not None
    assert state.sentence == state.shares.summary.sentence
    assert state.walk is state.shares.parts[0]
    chosen = after(ShareChosen("b.csv"), state=state)
    assert chosen.walk is state.shares.parts[1]


@pytest.mark.parametrize(("names", "looked_at"), [(("b.csv", "c.csv"), 0), (("c.csv",), 0)])
def test_that_the_choice_stays_where_the_next_folder_has_that_share(
    names: tuple[str, ...], looked_at: int
) -> None:
    before = after(*done(shares("a.csv", "b.csv")), ShareChosen("b.csv"))
    state = after(*done(shares(*names)), state=before)
    assert state.shares is not None
    assert state.walk is state.shares.parts[looked_at]
    assert after(*walked(), state=state).shares is None


def test_that_a_file_of_a_folder_is_tested_on_its_last_tenth() -> None:
    assert len(walk_of(made.walk(60, 48).table).rows) == 6


def test_that_a_walk_of_other_settings_or_days_is_called_stale() -> None:
    state = after(*walked())
    assert not state.stale(SPEC, SPLIT)
    assert state.stale(None, None)
    assert state.stale(replace(SPEC, units=7), SPLIT)
    assert state.stale(SPEC, made.walk(60, 50))
    assert not WalkState().stale(SPEC, SPLIT)
    folder = after(FolderAsked(SPEC), *done(shares("a.csv")))
    assert not folder.stale(SPEC, made.walk(60, 50))
    assert folder.stale(replace(SPEC, units=7), SPLIT)
