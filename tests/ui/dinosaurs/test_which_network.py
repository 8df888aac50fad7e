"""What is drawn, looked into, saved and continued says which network it is of, and which list."""

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.names.document import load_names
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.recipes import FastSpec, PaperSpec
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.running import Phase
from tests.ui.dinosaurs.tab_fixtures import SHORT, Learn, Press, opened, train_button

LONG = PaperSpec(iterations=1_000_000, sample_every=1_000)


@pytest.fixture
def cities(tmp_path: Path) -> Path:
    path = tmp_path / "cities.txt"
    path.write_text("jakarta\nbandung\nmedan\npadang\n", encoding="utf-8")
    return path


def begin(tab: DinosaursTab, qtbot: QtBot, press: Press) -> None:
    """Begin a training that nobody waits for, until its first network is there."""
    tab.form.show_spec(LONG)
    press(train_button(tab))
    qtbot.waitUntil(lambda: tab.state.snapshot is not None, timeout=30_000)
    qtbot.waitUntil(tab.drawer.network.inspect_button.isEnabled)


def pause(tab: DinosaursTab, qtbot: QtBot, press: Press) -> TrainedNames:
    press(tab.home_page.bar.primary)
    qtbot.waitUntil(
        lambda: (
            tab.state.network is not None
            and tab.state.curve.size == tab.state.network.step > 0
            and f"at iteration {tab.state.network.step:,}" in tab.drawer.drawing.network.text()
        ),
        timeout=30_000,
    )
    assert tab.state.network is not None
    return tab.state.network


def draw(tab: DinosaursTab, qtbot: QtBot, press: Press) -> list[str]:
    tab.pages.turn_to("drawn")
    press(tab.pages.drawn.draw_button)
    qtbot.waitUntil(lambda: not tab.drawing.state.run.active, timeout=30_000)
    qtbot.waitUntil(tab.pages.drawn.draw_button.isEnabled, timeout=30_000)
    return [verdict.name for verdict in tab.drawing.state.verdicts]


def test_that_a_first_training_held_can_be_drawn_from_looked_into_and_saved(
    tab: DinosaursTab, qtbot: QtBot, press: Press, tmp_path: Path
) -> None:
    begin(tab, qtbot, press)
    network = pause(tab, qtbot, press)
    names = NameSampler(network).names(Sampling(temperature=0.7, count=20))
    assert draw(tab, qtbot, press) == [verdict.name for verdict in names]
    drawn_from = f"{network.step:,} iterations"
    qtbot.waitUntil(lambda: drawn_from in tab.pages.drawn.drawn.summary.text())
    tab.pages.turn_to("home")
    with qtbot.waitSignal(tab.scene_wanted) as wanted:
        press(tab.drawer.network.inspect_button)
    scene = wanted.args[0]
    assert isinstance(scene, Scene)
    assert np.array_equal(scene.parameters["Waa"], network.parameters["Waa"])
    with qtbot.waitSignal(
        tab.status, check_params_cb=lambda text: text.startswith("Saved")
    ) as emitted:
        tab.files.save(tmp_path / "held.rnnstudio")
    assert f"{network.step:,} iterations" in emitted.args[0]
    assert load_names(tmp_path / "held.rnnstudio").step == network.step
    assert tab.unsaved_work, "closing stops the training"


def test_that_names_of_an_earlier_moment_keep_its_iteration_while_the_training_goes_on(
    tab: DinosaursTab, qtbot: QtBot, press: Press
) -> None:
    begin(tab, qtbot, press)
    network = pause(tab, qtbot, press)
    names = draw(tab, qtbot, press)
    tab.home_page.bar.resume_clicked.emit()
    qtbot.waitUntil(lambda: tab.state.network is not network, timeout=30_000)
    assert f"{network.step:,} iterations" in tab.pages.drawn.drawn.summary.text()
    tab.home_page.bar.stop_clicked.emit()
    qtbot.waitUntil(lambda: tab.state.run.phase is Phase.CANCELLED, timeout=30_000)
    assert [verdict.name for verdict in tab.drawing.state.verdicts] == names
    tab.pages.drawn.drawn.table.selectRow(0)
    tab.pages.drawn.flush()
    with qtbot.waitSignal(tab.scene_wanted) as wanted:
        tab.pages.drawn.inspect_button.click()
    assert np.array_equal(wanted.args[0].parameters["Waa"], network.parameters["Waa"])


def test_when_another_network_is_opened_while_names_are_drawn_none_of_them_is_shown(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, press: Press, tmp_path: Path
) -> None:
    learn(SHORT)
    with qtbot.waitSignal(tab.status, timeout=30_000):
        tab.files.save(tmp_path / "first.rnnstudio")
    learn(PaperSpec(iterations=60, seed=3))
    page = tab.pages.drawn
    tab.pages.turn_to("drawn")
    tab.drawer.drawing.form.count.setValue(2_000)
    press(page.draw_button)
    opened(tab, qtbot, tmp_path / "first.rnnstudio")
    qtbot.waitUntil(lambda: not tab.drawing.state.run.active, timeout=30_000)
    qtbot.waitUntil(page.draw_button.isEnabled, timeout=30_000)
    assert tab.drawing.state.verdicts == ()
    assert not page.export_button.isEnabled()


def test_when_another_list_is_open_the_network_is_marked_and_not_continued(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, press: Press, cities: Path
) -> None:
    trained, bar = learn(SHORT), tab.drawer.network
    opened(tab, qtbot, cities)
    for line in (bar.network, tab.drawer.drawing.network):
        assert "trained on dinosaurs.txt" in line.text()
        assert "has not learnt from cities.txt, which is open now" in line.text()
    press(bar.continue_button)
    qtbot.waitUntil(bar.error.isVisible)
    assert "Open dinosaurs.txt to continue it, or press Train" in bar.error.text()
    assert not tab.state.run.active
    press(tab.drawer.names.shipped_button)
    qtbot.waitUntil(lambda: "has not learnt" not in bar.network.text())
    tab.form.fields["iterations"].setValue(320)
    qtbot.waitUntil(bar.continue_button.isEnabled)
    press(bar.continue_button)
    qtbot.waitUntil(lambda: tab.state.run.phase is Phase.FINISHED, timeout=30_000)
    assert tab.state.trained is not None
    assert tab.state.trained.losses[:300].tolist() == trained.losses.tolist()


def test_that_a_loss_is_compared_with_references_of_its_own_list_alone(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, press: Press, cities: Path
) -> None:
    learn(SHORT)
    home = tab.home_page
    qtbot.waitUntil(lambda: "blind guess 42.2" in home.loss.accessibleDescription())
    opened(tab, qtbot, cities)
    qtbot.waitUntil(lambda: "has not learnt from cities.txt" in home.notice.text())
    qtbot.waitUntil(lambda: tab.state.references is not None)
    qtbot.waitUntil(lambda: "blind guess" not in home.loss.accessibleDescription())
    begin(tab, qtbot, press)
    qtbot.waitUntil(lambda: "blind guess" in home.loss.accessibleDescription())
    qtbot.waitUntil(lambda: home.notice.text().startswith("Only 4 different names"))
    assert "not learnt" not in tab.drawer.network.network.text()
    assert "cities.txt" in home.source.text()


def test_that_a_training_that_stopped_early_can_be_continued(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, press: Press
) -> None:
    early = learn(FastSpec(units=8, epochs=40, patience=1, learning_rate=0.2))
    assert len(early.held_out) < 40
    press(tab.drawer.network.continue_button)
    qtbot.waitUntil(lambda: tab.state.trained is not early, timeout=60_000)
    qtbot.waitUntil(lambda: tab.state.run.phase is Phase.FINISHED, timeout=60_000)
    assert tab.state.trained is not None
    assert len(tab.state.trained.held_out) > len(early.held_out)
