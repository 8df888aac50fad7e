"""The bar below the names: train, pause, stop, how fast, how far, and more names at the end."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.names.recipes import Spec
from rnnstudio.ui.dinosaurs.home.pace import seconds_left, steps_per_second
from rnnstudio.ui.dinosaurs.home.sliders import PaceSlider
from rnnstudio.ui.dinosaurs.home.stage_words import progress_words
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.running import Phase
from rnnstudio.ui.theme.tokens import scaled, sizes, theme
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labels import PlainLabel, plain_tip

USUAL_COUNT = 20
"""Names that are drawn at once unless another number is chosen."""
_PROGRESS_WIDTH = 150
_LEAST_WIDTH = 240
"""A narrower bar is no use, in pixels."""


class TrainingBar(QWidget):
    """Shows the run and says what is wanted of it; the violet button is what comes next.

    ``more_clicked``: more names are to be drawn. ``pace_moved`` gives a place among the paces.
    """

    start_clicked = Signal()
    stop_clicked = Signal()
    pause_clicked = Signal()
    resume_clicked = Signal()
    more_clicked = Signal()
    pace_moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._state, self._pace = NamesState(), 0
        self._spec: Spec | None = None
        self._valid, self._count = True, USUAL_COUNT
        self._fitted: object = None
        self._shown_face: Face | None = None
        self.primary = KeyButton(Face("play", self.tr("Train")), "primary")
        self.stop_button = KeyButton(Face("stop", self.tr("Stop")))
        self.again_button = KeyButton(Face("again", self.tr("Train anew")))
        self.pace = PaceSlider(stacked=theme().in_class)
        self.status = PlainLabel(role="quiet")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(round(scaled(_PROGRESS_WIDTH)))
        self.progress.setAccessibleName(self.tr("How far the training is"))
        self.left = PlainLabel(role="quiet")
        self._lay_out()
        self.primary.clicked.connect(self.press)
        self.stop_button.clicked.connect(self.stop_clicked)
        self.again_button.clicked.connect(self.start_clicked)
        self.pace.moved.connect(self.pace_moved)

    def show_state(self, state: NamesState, spec: Spec, pace: int) -> None:
        """Show the run of ``spec``, or what can be done once it is over."""
        self._state, self._spec, self._pace = state, spec, pace
        run, over = state.run, self._over
        focus = QApplication.focusWidget()
        self._show_face()
        self.primary.setEnabled(run.phase is not Phase.CANCELLING and (over or self._can_press))
        self.stop_button.setVisible(run.active and not theme().in_class)
        self.stop_button.setEnabled(run.phase in (Phase.RUNNING, Phase.PAUSED))
        self.again_button.setVisible(over and not theme().in_class)
        self.again_button.setEnabled(self._valid)
        self.pace.show_pace(pace)
        self._show_progress()
        self.status.setText(self._status())
        self.left.setText(self._left())
        self._fit()
        self._keep_focus(focus)

    def set_valid(self, valid: bool, why: str = "") -> None:
        """Whether a training can begin; ``why`` not."""
        self._valid = valid
        tip = "" if valid else plain_tip(why)
        self.again_button.setToolTip(tip)
        self.again_button.setEnabled(valid)
        if not self._over and not self._state.run.active:
            self.primary.setEnabled(valid)
            self.primary.setToolTip(tip)

    def _keep_focus(self, focus: QWidget | None) -> None:
        """Keep the ``focus`` of a button that goes: Qt would lead it to the pace.

        Until the violet button can have it, the bar itself does.
        """
        goes = focus in (self.stop_button, self.again_button) and (
            focus.isHidden() or not focus.isEnabled()
        )
        if goes or focus is self:
            (self.primary if self.primary.isEnabled() else self).setFocus()

    def set_count(self, count: int) -> None:
        """So many names more are drawn at once."""
        self._count = count
        self._show_face()

    @Slot()
    def press(self) -> None:
        """What the violet button does: train, pause, go on, or draw more names."""
        if not self.primary.isEnabled():
            return
        match self._state.run.phase:
            case Phase.RUNNING:
                self.pause_clicked.emit()
            case Phase.PAUSED:
                self.resume_clicked.emit()
            case _ if self._over:
                self.more_clicked.emit()
            case _:
                self.start_clicked.emit()

    @Slot()
    def hold_or_go_on(self) -> None:
        """Pause, or go on; where nothing has been trained yet, train."""
        if self._state.run.active or not self._over:
            self.press()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """The violet button is always whole; what else there is no room for is left out."""
        least = super().minimumSizeHint()
        return least if theme().in_class else QSize(_LEAST_WIDTH, least.height())

    def _fit(self) -> None:
        """Leave out parts, one after the other, until there is room for the rest."""
        texts = tuple(len(each.text()) for each in (self.status, self.left, self.pace.words))
        fitted = (self.width(), self._state.run.phase, self._over, texts)
        if theme().in_class or fitted == self._fitted:
            return
        self._fitted = fitted
        pace = self.pace
        begun = self._state.run.phase is not Phase.IDLE
        parts = ((pace.slow, pace.fast), (self.left,), (self.progress,), (pace.words,))
        for part in (*itertools.chain(*parts), self.status):
            part.setVisible(begun or part is not self.progress)
        for some in (*parts, (self.status,)):
            pace.updateGeometry()  # at once: what is within it has come or gone
            if super().minimumSizeHint().width() <= self.width():
                break
            for part in some:
                part.hide()

    @property
    def _over(self) -> bool:
        """Whether there is a network, and nothing is being trained."""
        return not self._state.run.active and self._state.trained is not None

    @property
    def _can_press(self) -> bool:
        return self._state.run.active or self._valid

    def _show_face(self) -> None:
        """Put another face on the violet button where it has another."""
        face = self._face()
        if face != self._shown_face:
            self._shown_face = face
            self.primary.show_face(face)

    def _face(self) -> Face:
        space = self.tr("Space")
        match self._state.run.phase:
            case Phase.RUNNING | Phase.CANCELLING:
                return Face("pause", self.tr("Pause"), space)
            case Phase.PAUSED:
                return Face("play", self.tr("Go on"), space)
            case _ if self._over:
                return Face("", self._more_text(), self.tr("Enter"))
            case _:
                return Face("play", self.tr("Train"), space)

    def _more_text(self) -> str:
        if self._count == USUAL_COUNT:
            return self.tr("Twenty more names")
        return language.filled(self.tr("{0:,} more names"), self._count)

    def _show_progress(self) -> None:
        run = self._state.run
        self.progress.setMaximum(max(1, run.total))
        self.progress.setValue(run.step)

    def _status(self) -> str:
        run, spec = self._state.run, self._spec
        match run.phase:
            case Phase.IDLE:
                return ""
            case Phase.CANCELLING:
                return self.tr("Stopping …")
            case Phase.FAILED:
                return self.tr("Failed")
            case _ if not run.total or spec is None:
                return self.tr("Starting …")
            case Phase.CANCELLED:
                text = self.tr("Stopped at {0}")
            case Phase.PAUSED:
                text = self.tr("Paused at {0}")
            case Phase.FINISHED:
                text = self.tr("Done: {0}")
            case _:
                text = "{0}"
        return language.filled(text, language.text(progress_words(run.step, run.total, spec)))

    def _left(self) -> str:
        run, spec = self._state.run, self._spec
        if run.phase is not Phase.RUNNING or spec is None:
            return ""
        held = steps_per_second(self._pace, spec)
        seconds = seconds_left(run.total - run.step, run.step, run.seconds, held)
        if seconds is None:
            return ""
        if seconds < 90:
            return language.filled(self.tr("{0:.0f} s left"), seconds)
        if seconds < 90 * 60:
            return language.filled(self.tr("{0:.0f} min left"), seconds / 60)
        return language.filled(self.tr("{0:.0f} h left"), seconds / 3_600)

    def _lay_out(self) -> None:
        (self._stack if theme().in_class else self._line)()

    def _stack(self) -> None:
        """In front of a class: the violet button, and the pace below it."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes().gap)
        policy = QSizePolicy.Policy
        self.primary.setSizePolicy(policy.Expanding, policy.Fixed)
        self.primary.set_shape(keyed=False)
        column.addWidget(self.primary)
        column.addWidget(self.pace)
        column.addWidget(self.status)
        column.addStretch(1)
        column.addWidget(
            PlainLabel(self.tr("Esc leaves Class"), role="muted"),
            alignment=Qt.AlignmentFlag.AlignRight,
        )
        for part in (self.stop_button, self.again_button, self.progress, self.left):
            part.setParent(self)
            part.hide()

    def _line(self) -> None:
        row = QHBoxLayout(self)
        gap = sizes().gap
        row.setContentsMargins(sizes().margin, gap, sizes().margin, gap)
        row.setSpacing(gap + sizes().half_gap)
        for button in (self.primary, self.stop_button, self.again_button):
            row.addWidget(button)
        row.addSpacing(2 * gap)
        row.addWidget(self.pace)
        row.addStretch(1)
        row.addWidget(self.status)
        row.addWidget(self.progress)
        row.addWidget(self.left)
