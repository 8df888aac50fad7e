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
from tests.ui.dinosaurs.tab_fixtures import opened


def press(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def wait_for(qtbot: QtBot, tab: DinosaursTab, phase: Phase) -> None:
    """Until the phase is reached and shown."""
    status = {Phase.FINISHED: "Done", Phase.CANCELLED: "Stopped at", Phase.FAILED: "Failed"}

    def shown() -> bool:
        return tab.state.run.phase is phase and tab.train_page.run_bar.status.text().startswith(
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
    model = tab.train_page.samples_view.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_that_a_training_shows_the_losses_and_names_of_the_recipe(
    tab: DinosaursTab, qtbot: QtBot
) -> None:
    tab.form.fields["iterations"].setValue(200)
    tab.form.fields["sample_every"].setValue(50)
    press(qtbot, tab.train_page.run_bar.start_button)
    wait_for(qtbot, tab, Phase.FINISHED)
    expected = train_here(PaperSpec(iterations=200, sample_every=50))
    assert tab.train_page.loss_view.raw.getOriginalDataset()[1].tolist() == expected.losses.tolist()
    assert f"{expected.smoothed[-1]:.3f}" in tab.train_page.loss_view.heading.text()
    assert tab.train_page.samples_view.model.columnCount() == len(expected.samples) == 5
    for column, sample in enumerate(expected.samples):
        assert shown_names(tab, column) == [text or "–" for text in sample.texts]
    assert tab.train_page.run_bar.progress.value() == 200


def test_that_a_second_training_replaces_the_first(tab: DinosaursTab, qtbot: QtBot) -> None:
    tab.form.fields["iterations"].setValue(60)
    press(qtbot, tab.train_page.run_bar.start_button)
    wait_for(qtbot, tab, Phase.FINISHED)
    tab.form.fields["iterations"].setValue(40)
    tab.form.fields["seed"].setValue(2)
    press(qtbot, tab.train_page.run_bar.start_button)
    qtbot.waitUntil(
        lambda: "iteration 39" in tab.train_page.loss_view.heading.text(), timeout=30_000
    )
    wait_for(qtbot, tab, Phase.FINISHED)
    expected = train_here(PaperSpec(iterations=40, seed=2))
    assert tab.train_page.loss_view.raw.getOriginalDataset()[1].tolist() == expected.losses.tolist()


def test_when_stopped_midway_it_keeps_what_was_drawn_and_says_so(
    tab: DinosaursTab, qtbot: QtBot
) -> None:
    tab.form.fields["iterations"].setValue(1_000_000)
    press(qtbot, tab.train_page.run_bar.start_button)
    qtbot.waitUntil(lambda: tab.state.curve.size > 100, timeout=30_000)
    assert not tab.form.fields["units"].isEnabled()
    assert tab.form.fields["learning_rate"].isEnabled()
    press(qtbot, tab.train_page.run_bar.stop_button)
    wait_for(qtbot, tab, Phase.CANCELLED)
    done = tab.state.curve.size
    assert 100 < done < 1_000_000
    assert tab.state.trained is not None
    assert tab.state.curve.losses.tolist() == tab.state.trained.losses.tolist()
    assert f"{done - 1:,}" in tab.train_page.loss_view.heading.text()
    assert f"{done:,}" in tab.train_page.run_bar.status.text()
    assert tab.train_page.samples_view.model.columnCount() == len(tab.state.samples) > 0
    assert tab.form.recipe.isEnabled()
    assert tab.train_page.run_bar.start_button.isEnabled()


def test_when_paused_it_stands_still_until_it_goes_on(tab: DinosaursTab, qtbot: QtBot) -> None:
    tab.form.fields["iterations"].setValue(1_000_000)
    press(qtbot, tab.train_page.run_bar.start_button)
    qtbot.waitUntil(lambda: tab.state.curve.size > 100, timeout=30_000)
    press(qtbot, tab.train_page.run_bar.pause_button)
    qtbot.waitUntil(lambda: tab.train_page.run_bar.status.text() == "Paused", timeout=30_000)
    sizes = [tab.state.curve.size]

    def still() -> bool:
        sizes.append(tab.state.curve.size)
        return len(sizes) > 10 and len(set(sizes[-5:])) == 1

    qtbot.waitUntil(still, timeout=30_000)
    held = tab.state.curve.size
    press(qtbot, tab.train_page.run_bar.pause_button)
    qtbot.waitUntil(lambda: tab.state.curve.size > held, timeout=30_000)
    press(qtbot, tab.train_page.run_bar.stop_button)
    wait_for(qtbot, tab, Phase.CANCELLED)


def test_when_the_loss_explodes_the_sentence_and_the_curve_are_shown(
    tab: DinosaursTab, qtbot: QtBot
) -> None:
    tab.form.fields["learning_rate"].setText("100")
    press(qtbot, tab.train_page.run_bar.start_button)
    wait_for(qtbot, tab, Phase.FAILED)
    assert tab.train_page.run_bar.error.isVisible()
    assert tab.train_page.run_bar.error.text().startswith("The loss exploded at iteration ")
    assert tab.state.curve.size > 0
    assert tab.train_page.loss_view.plot.isVisible()


def test_when_a_file_has_one_name_the_sentence_is_shown_and_training_still_starts(
    tab: DinosaursTab, qtbot: QtBot, tmp_path: Path
) -> None:
    one = tmp_path / "one.txt"
    one.write_text("rex\n", encoding="utf-8")
    opened(tab, qtbot, one)
    assert tab.train_page.corpus_view.error.isVisible()
    assert tab.train_page.corpus_view.error.text() == (
        "one.txt holds only one name; at least two names are needed, one a line."
    )
    assert tab.train_page.corpus_view.summary.text().startswith("dinosaurs.txt")
    tab.form.fields["iterations"].setValue(20)
    press(qtbot, tab.train_page.run_bar.start_button)
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
    summary = tab.train_page.corpus_view.summary
    qtbot.waitUntil(lambda: summary.text() == "cities.txt: 2 names of 11 symbols")
    press(qtbot, tab.train_page.corpus_view.shipped_button)
    qtbot.waitUntil(
        lambda: tab.train_page.corpus_view.summary.text().startswith("dinosaurs.txt: 1,325")
    )


def test_that_no_file_is_opened_while_a_training_runs(
    tab: DinosaursTab, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "cities.txt"
    file.write_text("Jakarta\nBandung\n", encoding="utf-8")
    tab.form.fields["iterations"].setValue(1_000_000)
    press(qtbot, tab.train_page.run_bar.start_button)
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
    assert not tab.train_page.run_bar.start_button.isEnabled()
    tab.form.fields["learning_rate"].setText("0.01")
    assert tab.train_page.run_bar.start_button.isEnabled()


def test_when_closed_while_training_the_thread_is_joined(tab: DinosaursTab, qtbot: QtBot) -> None:
    tab.form.fields["iterations"].setValue(1_000_000)
    press(qtbot, tab.train_page.run_bar.start_button)
    qtbot.waitUntil(lambda: tab.state.curve.size > 0, timeout=30_000)
    assert tab.shutdown()
