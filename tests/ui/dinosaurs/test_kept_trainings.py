"""Saved, reopened, continued, tuned and looked into, all through the tab."""

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.names_scene import to_scene
from rnnstudio.core.names.recipes import FastSpec, PaperSpec, Spec
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.numbers import percent
from rnnstudio.core.training import Control, Finished, Tuning
from rnnstudio.ui.dinosaurs.home.pace import FASTEST
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.running import Phase
from tests.ui.dinosaurs.tab_fixtures import SHORT, Learn, Press, opened, train_button

FAST = FastSpec(epochs=3, units=16)


def train_here(spec: Spec) -> TrainedNames:
    *_, finished = train(spec, read_corpus(SHIPPED), Control())
    assert isinstance(finished, Finished)
    assert isinstance(finished.result, TrainedNames)
    return finished.result


def until_done(tab: DinosaursTab, qtbot: QtBot) -> TrainedNames:
    status = tab.home_page.bar.status
    qtbot.waitUntil(
        lambda: tab.state.run.phase is Phase.FINISHED and status.text().startswith("Done"),
        timeout=60_000,
    )
    assert tab.state.trained is not None
    return tab.state.trained


def until_stopped(tab: DinosaursTab, qtbot: QtBot, press: Press) -> None:
    bar = tab.home_page.bar
    qtbot.waitUntil(lambda: bar.stop_button.isEnabled() and tab.state.curve.size > 20)
    press(bar.stop_button)
    qtbot.waitUntil(lambda: bar.status.text().startswith("Stopped at"), timeout=30_000)


@pytest.mark.parametrize(
    ("first", "more"),
    [
        (PaperSpec(iterations=100_000, sample_every=500), "iterations"),
        (FastSpec(epochs=1_000, patience=1_000, units=16), "epochs"),
    ],
)
def test_that_a_training_saved_reopened_and_continued_is_one_that_was_never_stopped(
    tab: DinosaursTab, qtbot: QtBot, press: Press, tmp_path: Path, first: Spec, more: str
) -> None:
    tab.form.show_spec(first)
    press(train_button(tab))
    until_stopped(tab, qtbot, press)
    stopped = tab.state.trained
    assert stopped is not None
    with qtbot.waitSignal(tab.status, check_params_cb=lambda text: text.startswith("Saved in")):
        tab.files.save(tmp_path / "kept")
    other = DinosaursTab()
    qtbot.addWidget(other)
    other.show()
    other.jobs.set_pace(FASTEST)
    opened(other, qtbot, tmp_path / "kept.rnnstudio")
    assert other.home_page.loss.lines[-1].y[-1] == stopped.smoothed[-1]
    epochs = 1 + stopped.step // stopped.spec.epoch_steps(stopped.corpus) if more == "epochs" else 0
    total = epochs or stopped.step + 200
    other.form.fields[more].setValue(total)
    press(other.drawer.network.continue_button)
    ended = until_done(other, qtbot)
    whole = train_here(other.form.spec())
    assert np.array_equal(ended.losses, whole.losses)
    assert all(np.array_equal(part, whole.parameters[k]) for k, part in ended.parameters.items())
    assert other.state.curve.losses.tolist() == whole.losses.tolist()
    assert other.state.held_out.values.T.tolist() == [list(each) for each in whole.held_out]
    assert len(other.state.runs) == 1
    assert other.shutdown()


def test_that_what_is_tuned_while_it_learns_is_taken_and_written_down(
    tab: DinosaursTab, qtbot: QtBot, press: Press
) -> None:
    tab.form.show_spec(PaperSpec(iterations=1_000_000))
    press(train_button(tab))
    tab.workbench.open_section("network")
    rate = tab.form.fields["learning_rate"]
    qtbot.waitUntil(lambda: tab.state.curve.size > 20 and not tab.form.recipe.isEnabled())
    rate.setFocus()
    rate.setText("0.005")
    qtbot.keyClick(rate, "\r")
    clip = tab.form.fields["clip"]
    clip.setCurrentIndex(1)
    clip.activated.emit(1)
    tuned = Tuning(0.005, 10.0)
    qtbot.waitUntil(
        lambda: tab.state.snapshot is not None and tab.state.snapshot.tuning == tuned,
        timeout=30_000,
    )
    until_stopped(tab, qtbot, press)
    assert tab.state.trained is not None
    assert tab.state.trained.spec.learning_rate == 0.01
    assert tab.state.trained.tuning == tuned


def test_that_the_fast_recipe_shows_its_held_out_losses(tab: DinosaursTab, learn: Learn) -> None:
    trained, view = learn(FAST), tab.home_page.loss
    expected = train_here(FAST)
    assert trained.held_out == expected.held_out
    [line] = [line for line in view.lines if line.role == "held_out"]
    assert line.y.tolist() == [loss for _, loss in expected.held_out]
    assert line.name == f"held out {expected.held_out[-1][1]:.2f}"
    assert view.accessibleName() == "Loss in nats a character"


def test_that_the_gradient_figures_are_those_of_the_newest_event(
    tab: DinosaursTab, qtbot: QtBot, press: Press
) -> None:
    tab.form.show_spec(PaperSpec(iterations=1_000_000, clip=0.5))
    press(train_button(tab))
    qtbot.waitUntil(lambda: tab.state.gradients.size > 3, timeout=30_000)
    until_stopped(tab, qtbot, press)
    tab.pages.turn_to("clipping")
    gradient, view = tab.state.gradient, tab.pages.clipping.gradient
    assert gradient is not None
    assert gradient.after <= gradient.before
    assert percent(gradient.share, 1) in view.figures.text()
    assert view.chart.lines[0].y.max() == tab.state.gradients.values[1].max()


def test_that_the_inspector_is_given_the_network_on_the_typed_name(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, press: Press
) -> None:
    trained, bar = learn(SHORT), tab.drawer.network
    bar.name.setText("rex")
    with qtbot.waitSignal(tab.scene_wanted) as asked:
        press(bar.inspect_button)
    scene = asked.args[0]
    assert isinstance(scene, Scene)
    assert scene.labels == to_scene(trained, "rex").labels
    assert np.array_equal(scene.da, to_scene(trained, "rex").da)
    bar.name.setText("T-Rex!")
    press(bar.inspect_button)
    qtbot.waitUntil(bar.error.isVisible)
    assert bar.error.text().startswith("'T-Rex!' has 'T', which no name of the list has")


@pytest.mark.parametrize("content", [b"", b"rex\nanzu\n", b"PK\x03\x04" + bytes(200)])
def test_when_a_file_is_no_training_one_sentence_says_so_and_the_work_is_kept(
    tab: DinosaursTab,
    learn: Learn,
    qtbot: QtBot,
    tmp_path: Path,
    content: bytes,
) -> None:
    trained = learn(SHORT)
    bad = tmp_path / "bad.rnnstudio"
    bad.write_bytes(content)
    opened(tab, qtbot, bad)
    assert "bad.rnnstudio" in tab.drawer.network.error.text()
    assert tab.drawer.network.error.text().count("\n") == 0
    assert tab.state.trained is trained
    assert tab.state.curve.size == trained.step
    tab.files.save(tmp_path / "good.rnnstudio")
    qtbot.waitUntil(lambda: not tab.drawer.network.error.isVisible())


def test_when_it_cannot_be_written_the_sentence_says_so(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, tmp_path: Path
) -> None:
    learn(SHORT)
    (tmp_path / "nowhere").write_text("no folder", encoding="utf-8")
    tab.files.save(tmp_path / "nowhere" / "kept.rnnstudio")
    qtbot.waitUntil(tab.drawer.network.error.isVisible)
    assert "nowhere" in tab.drawer.network.error.text()


def test_when_it_has_come_to_its_end_continuing_says_what_to_do(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, press: Press
) -> None:
    trained = learn(SHORT)
    press(tab.drawer.network.continue_button)
    qtbot.waitUntil(tab.home_page.error.isVisible, timeout=30_000)
    assert "has done 300 iterations; give more" in tab.home_page.error.text()
    assert tab.state.trained is trained
    assert tab.state.curve.size == 300
