"""Start, pause, stop, progress, time left and what went wrong: one bar for every training."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.ui.running import Phase, Run
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.labels import PlainLabel, plain_tip


class RunBar(QWidget):
    """Shows a ``Run`` and says what the user wants of it; ``narrow``: in two rows."""

    start_clicked = Signal()
    stop_clicked = Signal()
    pause_clicked = Signal()
    resume_clicked = Signal()
    continue_clicked = Signal()
    """What was stopped is to go on."""

    def __init__(self, parent: QWidget | None = None, *, narrow: bool = False) -> None:
        super().__init__(parent)
        self._run = Run()
        self._narrow = narrow
        self._valid = True
        self._stopped, self._waits_for = False, ""
        self.start_button = QPushButton(self.tr("Train"))
        if not narrow:  # in a drawer, beside the page's own button
            self.start_button.setProperty("role", "primary")
        self.pause_button = QPushButton(self.tr("Pause"))
        self.stop_button = QPushButton(self.tr("Stop"))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.status = PlainLabel()
        self.error = ErrorBox(self)
        self._lay_out()
        self.start_button.clicked.connect(self.start_clicked)
        self.stop_button.clicked.connect(self.stop_clicked)
        self.pause_button.clicked.connect(self._press_pause)
        self.show_run(self._run)

    def show_run(self, run: Run) -> None:
        """Show the run's phase, progress, time left and error."""
        self._run = run
        self._show_pause(run)
        self._enable()
        self._show_progress(run)
        self.status.setText(self._status(run))
        self.error.show_text(run.error)

    def set_valid(self, valid: bool, why: str = "") -> None:
        """Whether a start is possible; ``why`` not, or what it waits for."""
        self._valid = valid
        self._enable()
        self.start_button.setToolTip("" if valid else plain_tip(why))

    def set_stopped(self, stopped: bool, waits_for: str = "") -> None:
        """Whether there is what was stopped and can go on; ``waits_for`` says what it waits for."""
        self._stopped, self._waits_for = stopped, waits_for
        self._show_pause(self._run)
        self._enable()

    def _enable(self) -> None:
        """Enable what can be pressed now.

        The focus of a button that cannot be pressed any more stays within the bar: Qt would lead it
        on to any field that follows, and scroll there.
        """
        run, focus = self._run, QApplication.focusWidget()
        held = run.phase in (Phase.RUNNING, Phase.PAUSED)
        goes_on = self._stopped and not run.active and not self._waits_for
        wanted = {
            self.start_button: self._valid and not run.active,
            self.pause_button: held or goes_on,
            self.stop_button: held,
        }
        for button, can_be_pressed in wanted.items():
            if can_be_pressed:
                button.setEnabled(True)
        lost = any(button is focus for button in wanted if not wanted[button])
        if lost or focus is self:
            next((button for button in wanted if wanted[button]), self).setFocus()
        for button, can_be_pressed in wanted.items():
            button.setEnabled(can_be_pressed)

    def _show_pause(self, run: Run) -> None:
        """The button that pauses a run continues one that is paused or was stopped."""
        stopped = self._stopped and not run.active
        paused = run.phase is Phase.PAUSED
        self.pause_button.setText(self.tr("Continue") if paused or stopped else self.tr("Pause"))
        goes_on = self.tr("Goes on as if it had never been stopped, with its own settings")
        self.pause_button.setToolTip(plain_tip(self._waits_for or goes_on) if stopped else "")

    def _show_progress(self, run: Run) -> None:
        # A total of zero makes Qt show a busy bar: right while data is still being read.
        busy = run.active and run.total == 0
        self.progress.setRange(0, 0 if busy else max(run.total, 1))
        self.progress.setValue(run.step)

    def _status(self, run: Run) -> str:
        match run.phase:
            case Phase.IDLE:
                return self.tr("Ready")
            case Phase.RUNNING if run.seconds_left is None:
                return self.tr("Getting ready …")
            case Phase.RUNNING:
                return language.filled(self.tr("{0} left"), _duration(run.seconds_left or 0.0))
            case Phase.PAUSED:
                return self.tr("Paused")
            case Phase.CANCELLING:
                return self.tr("Stopping …")
            case Phase.FINISHED:
                return language.filled(self.tr("Done in {0}"), _duration(run.seconds))
            case Phase.CANCELLED:
                return language.filled(
                    self.tr("Stopped at step {0:,} of {1:,}"), run.step, run.total
                )
            case Phase.FAILED:
                return self.tr("Failed")

    def _press_pause(self) -> None:
        match self._run.phase:
            case Phase.PAUSED:
                self.resume_clicked.emit()
            case Phase.RUNNING:
                self.pause_clicked.emit()
            case _:
                self.continue_clicked.emit()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for widget in (self.start_button, self.pause_button, self.stop_button):
            buttons.addWidget(widget)
        below = QHBoxLayout() if self._narrow else buttons
        below.addWidget(self.progress, stretch=1)
        below.addWidget(self.status)
        self.status.setMinimumWidth(self.status.fontMetrics().horizontalAdvance("0" * 16))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(buttons)
        if self._narrow:
            layout.addLayout(below)


def _duration(seconds: float) -> str:
    """``42 s``, ``3:05`` or ``1:02:03``."""
    if seconds < 60:
        return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
