"""The tab: trains for real, stops, refuses bad files, and stays usable."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Control, Finished
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.running import Phase
from tests.ui.dinosaurs.tab_fixtures import opened, train_button


def press(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def wait_for(qtbot: QtBot, tab: DinosaursTab, phase: Phase) -> None:
    """Until the phase is reached and shown."""
    status = {Phase.FINISHED: "Done", Phase.CANCELLED: "Stopped at", Phase.FAILED: "Failed"}

    def shown() -> bool:
        return tab.state.run.phase is phase and tab.home_page.bar.status.text().startswith(
            status[phase]
        )

    qtbot.waitUntil(shown, timeout=30_000)


def train_here(spec: PaperSpec) -> TrainedNames:
    """The same training without a window."""
    corpus = read_corpus(SHIPPED)
    *_, finished = train(spec, corpus, Control())
    assert isinstance(finished, Finished)
    assert isinstance(finished.result, TrainedNames)
    return finished.result


def shown_names(tab: DinosaursTab, column: int) -> list[str]:
    model = tab.drawer.replay.samples.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_that_a_training_shows_the_losses_and_names_of_the_recipe(
    tab: DinosaursTab, qtbot: QtBot
) -> None:
    tab.form.fields["iterations"].setValue(200)
    tab.form.fields["sample_every"].setValue(50)
    press(qtbot, train_button(tab))
    wait_for(qtbot, tab, Phase.FINISHED)
    expected = train_here(PaperSpec(iterations=200, sample_every=50))
    assert tab.state.curve.losses.tolist() == expected.losses.tolist()
    line = tab.home_page.loss.lines[-1]
    assert line.y.tolist() == [*expected.smoothed.tolist(), expected.smoothed[-1]]
    assert line.name == f"network {expected.smoothed[-1]:.1f} nats a name"
    tab.workbench.open_section("replay")
    assert tab.drawer.replay.samples.model.columnCount() == len(expected.samples) == 5
    for column, sample in enumerate(expected.samples):
        assert shown_names(tab, column) == [text or "–" for text in sample.texts]
    assert tab.home_page.bar.progress.value() == 200


def test_that_a_second_training_replaces_the_first(tab: DinosaursTab, qtbot: QtBot) -> None:
    tab.form.fields["iterations"].setValue(60)
    press(qtbot, train_button(tab))
    wait_for(qtbot, tab, Phase.FINISHED)
    tab.form.fields["iterations"].setValue(40)
    tab.form.fields["seed"].setValue(2)
    press(qtbot, train_button(tab))
    qtbot.waitUntil(lambda: tab.state.curve.size == 40, timeout=30_000)
    wait_for(qtbot, tab, Phase.FINISHED)
    expected = train_here(PaperSpec(iterations=40, seed=2))
    assert tab.state.curve.losses.tolist() == expected.losses.tolist()


def test_when_stopped_midway_it_keeps_what_was_drawn_and_says_so(
    tab: DinosaursTab, qtbot: QtBot
) -> None:
    tab.form.fields["iterations"].setValue(1_000_000)
    press(qtbot, train_button(tab))
    qtbot.waitUntil(lambda: tab.state.curve.size > 100, timeout=30_000)
    assert not tab.form.fields["units"].isEnabled()
    assert tab.form.fields["learning_rate"].isEnabled()
    press(qtbot, tab.home_page.bar.stop_button)
    wait_for(qtbot, tab, Phase.CANCELLED)
    done = tab.state.curve.size
    assert 100 < done < 1_000_000
    assert tab.state.trained is not None
    assert tab.state.curve.losses.tolist() == tab.state.trained.losses.tolist()
    assert tab.home_page.loss.lines[-1].x[-1] == done - 1
    assert f"{done:,}" in tab.home_page.bar.status.text()
    tab.workbench.open_section("replay")
    assert tab.drawer.replay.samples.model.columnCount() == len(tab.state.samples) > 0
    assert tab.form.recipe.isEnabled()
    assert train_button(tab).isEnabled()


def test_when_paused_it_stands_still_until_it_goes_on(tab: DinosaursTab, qtbot: QtBot) -> None:
    tab.form.fields["iterations"].setValue(1_000_000)
    press(qtbot, train_button(tab))
    qtbot.waitUntil(lambda: tab.state.curve.size > 100, timeout=30_000)
    press(qtbot, tab.home_page.bar.primary)
    qtbot.waitUntil(lambda: tab.home_page.bar.status.text().startswith("Paused at"), timeout=30_000)
    sizes = [tab.state.curve.size]

    def still() -> bool:
        sizes.append(tab.state.curve.size)
        return len(sizes) > 10 and len(set(sizes[-5:])) == 1

    qtbot.waitUntil(still, timeout=30_000)
    held = tab.state.curve.size
    press(qtbot, tab.home_page.bar.primary)
    qtbot.waitUntil(lambda: tab.state.curve.size > held, timeout=30_000)
    press(qtbot, tab.home_page.bar.stop_button)
    wait_for(qtbot, tab, Phase.CANCELLED)


def test_when_the_loss_explodes_the_sentence_and_the_curve_are_shown(
    tab: DinosaursTab, qtbot: QtBot
) -> None:
    tab.form.fields["learning_rate"].setText("100")
    press(qtbot, train_button(tab))
    wait_for(qtbot, tab, Phase.FAILED)
    assert tab.home_page.error.isVisible()
    assert tab.home_page.error.text().startswith("The loss exploded at iteration ")
    assert tab.state.curve.size > 0
    assert tab.home_page.loss.lines[-1].name.startswith("network ")


def test_when_a_file_has_one_name_the_sentence_is_shown_and_training_still_starts(
    tab: DinosaursTab, qtbot: QtBot, tmp_path: Path
) -> None:
    one = tmp_path / "one.txt"
    one.write_text("rex\n", encoding="utf-8")
    opened(tab, qtbot, one)
    assert tab.drawer.names.error.isVisible()
    assert tab.drawer.names.error.text() == (
        "one.txt holds only one name; at least two names are needed, one a line."
    )
    assert tab.drawer.names.summary.text().startswith("dinosaurs.txt")
    tab.form.fields["iterations"].setValue(20)
    press(qtbot, train_button(tab))
    wait_for(qtbot, tab, Phase.FINISHED)


def test_that_a_dropped_file_is_opened(tab: DinosaursTab, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "cities.txt"
    file.write_text("Jakarta\nBandung\n", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none)
    tab.dragEnterEvent(enter)
    assert enter.isAccepted()
    tab.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none))
    summary = tab.drawer.names.summary
    qtbot.waitUntil(lambda: summary.text() == "cities.txt: 2 names of 11 symbols")
    tab.workbench.open_section("names")
    press(qtbot, tab.drawer.names.shipped_button)
    qtbot.waitUntil(lambda: tab.drawer.names.summary.text().startswith("dinosaurs.txt: 1,325"))


def test_that_no_file_is_opened_while_a_training_runs(
    tab: DinosaursTab, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "cities.txt"
    file.write_text("Jakarta\nBandung\n", encoding="utf-8")
    tab.form.fields["iterations"].setValue(1_000_000)
    press(qtbot, train_button(tab))
    with qtbot.waitSignal(tab.status) as emitted:
        tab.files.open_list(file)
    assert emitted.args == ["Stop the training before you open other names."]
    assert tab.state.corpus is not None
    assert tab.state.corpus.source == "dinosaurs.txt"
    assert tab.shutdown()


def test_when_settings_are_impossible_there_is_nothing_to_start(
    tab: DinosaursTab, qtbot: QtBot
) -> None:
    tab.form.fields["learning_rate"].setText("fast")
    assert not train_button(tab).isEnabled()
    tab.form.fields["learning_rate"].setText("0.01")
    assert train_button(tab).isEnabled()


def test_when_closed_while_training_the_thread_is_joined(tab: DinosaursTab, qtbot: QtBot) -> None:
    tab.form.fields["iterations"].setValue(1_000_000)
    press(qtbot, train_button(tab))
    qtbot.waitUntil(lambda: tab.state.curve.size > 0, timeout=30_000)
    assert tab.shutdown()
