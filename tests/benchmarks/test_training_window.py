"""What the idle window repaints is what it repainted at the training."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from benchmarks.motions import MOTIONS
from benchmarks.training_window import Frames, Ticks, gaps_while_idle, gaps_while_training
from rnnstudio.ui.main_window import MainWindow


@pytest.mark.slow
def test_that_the_idle_window_shows_every_state_of_the_training_again_while_things_move(
    qtbot: QtBot,
) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()
    moving = []

    def move() -> None:
        moving.append(MOTIONS["charts"](window))
        moving[0].start()

    gaps, shown = gaps_while_training(window, "numpy", 2, lambda: Frames(window), move)
    assert len(gaps) > 10
    losses = window.stocks.losses
    drawn = losses.chart.lines[0].y.tolist()
    assert [len(each.state.losses) for each in shown][-1] == len(drawn) == 2
    losses.show_state(shown[0].state)
    frames = gaps_while_idle(window, shown, lambda: Frames(window))
    assert losses.chart.lines[0].y.tolist() == drawn
    assert len(frames) > 10
    moving.pop().stop()
    assert len(gaps_while_idle(window, shown[-1:], Ticks)) > 10
    window.close_unasked()
