"""Going back in a training from its curve: the network of then is looked at, none is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.names import training_loop
from rnnstudio.core.names.document import load_names, save_names
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.core.names.replay import PastNetwork, replay
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Control, Finished
from rnnstudio.ui.dinosaurs.drawer.past_bar import PastBar
from rnnstudio.ui.dinosaurs.events import GoBackAsked, WentBack
from rnnstudio.ui.dinosaurs.state import NamesState, reduce
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from tests.ui.dinosaurs.tab_fixtures import SHORT, Learn, Press, opened, train_button

LONG = PaperSpec(iterations=1_000_000, sample_every=1_000)


def past_of(trained: TrainedNames, iteration: int) -> PastNetwork:
    *_, last = replay(trained, iteration, Control())
    assert isinstance(last, Finished)
    past: PastNetwork = last.result
    return past


def go_back(tab: DinosaursTab, qtbot: QtBot, press: Press, iteration: int) -> PastNetwork:
    tab.workbench.open_section("replay")
    bar = tab.drawer.replay.past
    qtbot.waitUntil(
        lambda: bar.go_button.isEnabled() and bar.iteration.maximum() >= iteration, timeout=30_000
    )
    bar.iteration.setValue(iteration)
    press(bar.go_button)
    return gone_back(tab, qtbot, iteration)


def gone_back(tab: DinosaursTab, qtbot: QtBot, iteration: int) -> PastNetwork:
    qtbot.waitUntil(
        lambda: f"of iteration {iteration:,}, gone back to" in tab.home_page.notice.text(),
        timeout=30_000,
    )
    assert tab.state.past is not None
    return tab.state.past


def test_that_the_network_of_an_iteration_is_drawn_from_looked_into_and_left_again(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, press: Press, tmp_path: Path
) -> None:
    trained, drawer, loss = learn(SHORT), tab.drawer, tab.home_page.loss
    past = go_back(tab, qtbot, press, 150)
    assert past.digest == past_of(trained, 150).digest
    assert all(name in drawer.replay.past.text.text() for name in past.names)
    assert "after iteration 150, " in drawer.network.network.text()
    assert loss.mark.isVisible()
    with qtbot.waitSignal(tab.scene_wanted) as wanted:
        press(drawer.network.inspect_button)
    assert np.array_equal(wanted.args[0].parameters["Waa"], past.trained.parameters["Waa"])
    assert "after 151 iterations" in str(wanted.args[0].origin)
    stages = tab.explaining.state
    assert stages.trained is past.trained
    tab.pages.turn_to("drawn")
    press(tab.pages.drawn.draw_button)
    qtbot.waitUntil(lambda: bool(tab.drawing.state.verdicts), timeout=30_000)
    names = NameSampler(past.trained).names(Sampling(temperature=0.7, count=20))
    assert tab.drawing.state.verdicts == names
    tab.pages.turn_to("home")
    with qtbot.waitSignal(tab.status, timeout=30_000):
        tab.files.save(tmp_path / "run.rnnstudio")
    assert load_names(tmp_path / "run.rnnstudio").step == 300
    press(drawer.replay.past.newest_button)
    qtbot.waitUntil(drawer.replay.past.newest_button.isHidden)
    assert tab.state.looked_at is tab.state.trained is trained
    assert not loss.mark.isVisible()
    assert "300 iterations" in drawer.network.network.text()


def test_that_a_click_on_the_curve_goes_back_to_its_iteration(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot
) -> None:
    learn(SHORT)
    plot = tab.home_page.loss
    box = plot.getViewBox()
    qtbot.waitUntil(
        lambda: plot.isVisible() and box.viewRange()[0][0] < 120 < box.viewRange()[0][1]
    )
    place = box.mapViewToScene(QPointF(120.0, box.viewRange()[1][0]))
    with qtbot.waitSignal(plot.iteration_chosen) as chosen:
        pixel = plot.mapFromScene(QPointF(place.x(), box.sceneBoundingRect().center().y()))
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=pixel)
    [iteration] = chosen.args
    assert abs(iteration - 120) <= box.viewPixelSize()[0] + 1
    assert gone_back(tab, qtbot, iteration).iteration == iteration


@pytest.mark.parametrize("held", [True, False])
def test_that_one_can_go_back_while_a_training_is_held_and_while_it_runs(
    held: bool,
    tab: DinosaursTab,
    qtbot: QtBot,
    press: Press,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(training_loop, "SNAPSHOT_SECONDS", 0.05)
    tab.form.show_spec(LONG)
    press(train_button(tab))
    qtbot.waitUntil(
        lambda: tab.state.snapshot is not None and tab.state.snapshot.step > 20, timeout=30_000
    )
    if held:
        press(tab.home_page.bar.primary)
    past = go_back(tab, qtbot, press, 20)
    assert past.same
    assert tab.state.run.active
    assert tab.drawing.state.trained is past.trained
    press(tab.drawer.replay.past.newest_button)
    qtbot.waitUntil(lambda: tab.drawing.state.trained is tab.state.network)
    tab.home_page.bar.stop_clicked.emit()
    qtbot.waitUntil(lambda: not tab.state.run.active, timeout=30_000)


def test_when_another_iteration_is_chosen_meanwhile_the_last_one_counts(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot
) -> None:
    learn(SHORT)
    for iteration in (250, 40, 130):
        tab.jobs.go_back(iteration)
    assert gone_back(tab, qtbot, 130).iteration == 130
    assert tab.state.going_back is None


def test_when_another_training_begins_its_own_network_is_looked_at(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, press: Press
) -> None:
    learn(SHORT)
    go_back(tab, qtbot, press, 10)
    tab.jobs.go_back(280)
    again = learn(replace(SHORT, seed=2))
    assert tab.state.past is None
    assert tab.state.looked_at is again


def test_when_a_training_cannot_be_done_again_a_sentence_says_so(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, tmp_path: Path
) -> None:
    trained = learn(SHORT)
    other = replace(trained, spec=replace(SHORT, learning_rate=1e3, clip=1e6), checkpoints=())
    save_names(tmp_path / "other.rnnstudio", other)
    with qtbot.waitSignal(tab.status, timeout=30_000):
        tab.files.save(tmp_path / "own.rnnstudio")
    opened(tab, qtbot, tmp_path / "other.rnnstudio")
    tab.jobs.go_back(250)
    error = tab.drawer.network.error
    qtbot.waitUntil(lambda: "cannot be done again" in error.text(), timeout=30_000)
    assert tab.state.going_back is None


def test_that_the_window_says_how_long_it_takes_to_go_back_far(qtbot: QtBot) -> None:
    bar = PastBar()
    qtbot.addWidget(bar)
    for seconds, text in (
        (0.7, "Going back to iteration 1,200 …"),
        (68.2, "Going back to iteration 1,200, which takes about 68 s …"),
    ):
        bar.show_state(reduce(NamesState(), GoBackAsked(1_200, seconds)))
        assert bar.text.text() == text


def test_that_going_on_from_an_earlier_iteration_is_not_from_far(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, press: Press
) -> None:
    trained = learn(SHORT)
    digest = past_of(trained, 203).digest
    go_back(tab, qtbot, press, 200)
    found = go_back(tab, qtbot, press, 203)
    assert (found.redone, found.digest) == (3, digest)


def test_that_a_network_that_nobody_waits_for_any_more_is_dropped(learn: Learn) -> None:
    past = past_of(learn(SHORT), 5)
    assert reduce(NamesState(), WentBack(past)).past is None
    assert reduce(NamesState(going_back=6), WentBack(past)).past is None
    assert reduce(reduce(NamesState(), GoBackAsked(5)), WentBack(past)).past is past
