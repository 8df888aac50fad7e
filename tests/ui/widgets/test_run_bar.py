import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.running import Phase, Run
from rnnstudio.ui.widgets.run_bar import RunBar


@pytest.fixture
def bar(qtbot: QtBot) -> RunBar:
    bar = RunBar()
    qtbot.addWidget(bar)
    bar.show()
    return bar


def enabled(bar: RunBar) -> set[str]:
    return {button.text() for button in bar.findChildren(QPushButton) if button.isEnabled()}


@pytest.mark.parametrize(
    ("phase", "buttons"),
    [
        (Phase.IDLE, {"Train"}),
        (Phase.RUNNING, {"Pause", "Stop"}),
        (Phase.PAUSED, {"Continue", "Stop"}),
        (Phase.CANCELLING, set()),
        (Phase.FINISHED, {"Train"}),
        (Phase.CANCELLED, {"Train"}),
        (Phase.FAILED, {"Train"}),
    ],
)
def test_that_only_buttons_that_do_something_can_be_pressed(
    bar: RunBar, phase: Phase, buttons: set[str]
) -> None:
    bar.show_run(Run(phase))
    assert enabled(bar) == buttons


def test_that_invalid_settings_forbid_a_start(bar: RunBar) -> None:
    bar.set_valid(False)
    assert enabled(bar) == set()
    bar.show_run(Run(Phase.FINISHED))
    assert enabled(bar) == set()
    bar.set_valid(True)
    assert enabled(bar) == {"Train"}


def test_that_the_focus_stays_in_the_bar_whatever_can_be_pressed(qtbot: QtBot) -> None:
    page, bar, field = QWidget(), RunBar(), QLineEdit()
    column = QVBoxLayout(page)
    column.addWidget(bar)
    column.addWidget(field)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    bar.start_button.setFocus()
    for phase, focus in (
        (Phase.RUNNING, bar.pause_button),
        (Phase.CANCELLING, bar),
        (Phase.CANCELLED, bar.start_button),
    ):
        bar.show_run(Run(phase))
        assert page.focusWidget() is focus
    field.setFocus()
    bar.show_run(Run(Phase.RUNNING))
    assert page.focusWidget() is field


def test_that_pause_becomes_continue(qtbot: QtBot, bar: RunBar) -> None:
    bar.show_run(Run(Phase.RUNNING))
    with qtbot.waitSignal(bar.pause_clicked):
        qtbot.mouseClick(bar.pause_button, Qt.MouseButton.LeftButton)
    bar.show_run(Run(Phase.PAUSED))
    with qtbot.waitSignal(bar.resume_clicked):
        qtbot.mouseClick(bar.pause_button, Qt.MouseButton.LeftButton)


def test_that_what_was_stopped_goes_on_unless_it_has_to_wait(qtbot: QtBot, bar: RunBar) -> None:
    bar.show_run(Run(Phase.CANCELLED))
    bar.set_stopped(True)
    assert enabled(bar) == {"Train", "Continue"}
    with qtbot.waitSignal(bar.continue_clicked):
        qtbot.mouseClick(bar.pause_button, Qt.MouseButton.LeftButton)
    bar.set_stopped(True, "Keras is training another network.")
    assert enabled(bar) == {"Train"}
    assert "another network" in bar.pause_button.toolTip()
    bar.show_run(Run(Phase.RUNNING))
    assert enabled(bar) == {"Pause", "Stop"}
    assert bar.pause_button.toolTip() == ""


@pytest.mark.parametrize(
    ("seconds", "text"), [(3.24, "3.2 s left"), (42, "42 s left"), (185, "3:05 left")]
)
def test_that_progress_and_time_left_are_shown(bar: RunBar, seconds: float, text: str) -> None:
    bar.show_run(Run(Phase.RUNNING, step=30, total=120, seconds=1.0, seconds_left=seconds))
    assert bar.status.text() == text
    assert bar.progress.value() / bar.progress.maximum() == 0.25


def test_that_an_error_is_shown_until_the_next_run(bar: RunBar) -> None:
    bar.show_run(Run(Phase.FAILED, error="The file is empty."))
    assert bar.error.isVisible()
    assert bar.error.text() == "The file is empty."
    bar.show_run(Run(Phase.RUNNING))
    assert not bar.error.isVisible()
