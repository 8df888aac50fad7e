"""The page of clipping: three trainings, and the angles covered until they are guessed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.clip_lab import CLIPPINGS, ClipSpec, train
from rnnstudio.core.cells.clip_words import clip_finding
from rnnstudio.ui.inspector.pages.clip_view import ClipView


def test_that_the_page_shows_which_training_broke(opened: Callable[..., object]) -> None:
    view = opened(ClipView).page
    runs = {clipping: train(ClipSpec(), clipping) for clipping in CLIPPINGS}
    assert view.sentence.text() == str(clip_finding(runs))
    assert f"no number any more from update {runs['none'].broken_at} on" in view.written.text()
    for line, run in zip(view.losses.lines, runs.values(), strict=True):
        finite = np.isfinite(line.y)
        np.testing.assert_allclose(
            line.y[finite], np.maximum(run.losses[: run.sure], 1e-300)[finite]
        )


def test_when_a_slider_moves_the_page_asks_for_its_trainings(
    opened: Callable[..., object],
) -> None:
    bench = opened(ClipView)
    bench.page.learning_rate.set_value(0.05)
    bench.page.flush()
    assert bench.state.clip == ClipSpec(learning_rate=0.05)
    assert "breaks" not in bench.page.sentence.text()


def test_that_the_angles_are_covered_until_the_class_has_guessed(
    opened: Callable[..., object], qtbot: QtBot
) -> None:
    bench = opened(ClipView)
    view = bench.page
    assert len(view.angles.lines) == 3
    qtbot.keyClick(view, Qt.Key.Key_G)
    view.flush()
    assert view.angles.lines == []
    assert view.angles.overlay.covered
    assert view.written.text() == ""
    titles, _ = view.numbers(bench.state)
    assert not [title for title in titles if "angle" in title]
    qtbot.keyClick(view, Qt.Key.Key_2)
    assert view.go_on(1)
    view.flush()
    assert len(view.angles.lines) == 3
    assert not view.angles.overlay.covered
    assert bench.state.votes.score.right == 1
    assert not view.go_on(1)


def test_that_both_charts_look_at_one_update(opened: Callable[..., object], qtbot: QtBot) -> None:
    view = opened(ClipView).page
    qtbot.keyClick(view.losses, Qt.Key.Key_Home)
    assert view.angles.place == view.losses.place == 0
    assert "At 1: " in view.losses.accessibleDescription()


def test_that_the_table_ends_where_a_training_is_chaotic(opened: Callable[..., object]) -> None:
    bench = opened(ClipView)
    bench.page.table_button.click()
    rows = bench.page.table.model()
    sure = train(ClipSpec(), "value").sure
    assert rows.index(sure - 1, 2).data() != ""
    assert rows.index(sure, 2).data() == ""


def test_that_the_page_can_be_used_on_a_small_screen(opened: Callable[..., object]) -> None:
    view = opened(ClipView, size=(960, 540)).page
    view.grab()
    for dial in (view.learning_rate, view.weight_scale, view.limit):
        assert dial.slider.width() >= 60
    for plot in (view.losses, view.angles):
        assert plot.getPlotItem().vb.size().height() >= 60
