"""States of the pages on which a class draws the next days and a claim is checked."""

from __future__ import annotations

import numpy as np

from rnnstudio.core.session.analysis_work import ClaimWork
from rnnstudio.core.stocks.teaching.drawing_rounds import DAYS, FEWEST_ROUNDS
from rnnstudio.ui.screenshots.screen import Screen, Show
from rnnstudio.ui.screenshots.shares_states import SOUND, choose_settings, read_share, train
from rnnstudio.ui.stocks.drawing_state import NextRoundAsked, RoundRevealed, StrokeDrawn
from rnnstudio.ui.stocks.tab_events import ClaimTyped

_DRAWN = 6
"""Days that are drawn in the picture of a drawing under way."""


def draw_days(screen: Screen) -> None:
    """A drawing under way; there is no network yet."""
    read_share(screen)
    screen.window.stocks.pages.turn_to("draw")
    screen.settle()
    _draw(screen, _DRAWN)


def reveal_days(screen: Screen) -> None:
    """A round that is over: three errors, and a count of one."""
    _train(screen)
    _play(screen)


def count_rounds(screen: Screen) -> None:
    """Enough rounds for an interval."""
    _train(screen)
    for _ in range(FEWEST_ROUNDS - 1):
        _play(screen)
        screen.window.stocks.pages.draw.asked.emit(NextRoundAsked())
    _play(screen)


def check_claim(screen: Screen) -> None:
    """A published claim beside the shipped share's days."""
    read_share(screen)
    screen.window.stocks.pages.turn_to("claim")
    screen.window.stocks.pages.claim.examples[0].click()


def refuse_claim(screen: Screen) -> None:
    """A figure that the measure cannot have."""
    read_share(screen)
    screen.window.stocks.pages.turn_to("claim")
    claim = ClaimTyped(ClaimWork("accuracy", "101"))
    screen.window.stocks.pages.claim.asked.emit(claim)


def _train(screen: Screen) -> None:
    choose_settings(screen, SOUND)
    train(screen)
    screen.window.stocks.pages.turn_to("draw")
    screen.settle()


def _play(screen: Screen) -> None:
    _draw(screen, DAYS)
    screen.window.stocks.pages.draw.asked.emit(RoundRevealed())


def _draw(screen: Screen, days: int) -> None:
    """Draw the first days: a wave around the last known price."""
    tab = screen.window.stocks
    sheet = tab.state.sheet
    if sheet is None:
        raise AssertionError("nothing to draw")
    wave = sheet.known + 4 * sheet.step * np.sin(np.arange(1, days + 1) / 2)
    tab.pages.draw.asked.emit(StrokeDrawn(tuple(enumerate(wave.tolist()))))


STATES: dict[str, Show] = {
    "shares-draw": draw_days,
    "shares-draw-over": reveal_days,
    "shares-draw-rounds": count_rounds,
    "shares-claim": check_claim,
    "shares-claim-refused": refuse_claim,
}
