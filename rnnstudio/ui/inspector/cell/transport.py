"""Play, step and slide through operations and time steps, in either direction."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSlider,
    QStyle,
    QToolButton,
    QWidget,
)

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.ui.inspector.events import (
    DirectionChosen,
    Event,
    OperationStepped,
    PlayToggled,
    Ticked,
    TimeChosen,
    TimeStepped,
)
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.standard_icons import themed_icon

SPEEDS = {"0.5 ×": 1600, "1 ×": 800, "2 ×": 400, "5 ×": 160, "20 ×": 40}
"""Milliseconds an operation is shown while playing."""


class Transport(QWidget):
    """The bar below the diagram. ``asked(event)``: what the user wants."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        icons, keys = QStyle.StandardPixmap, Qt.Key
        self.forward_button = self._direction(self.tr("Forward"), PassDirection.FORWARD)
        self.backward_button = self._direction(self.tr("Backward"), PassDirection.BACKWARD)
        hint = self.tr("One time step back (Page Up)")
        self.time_back = self._step(
            icons.SP_MediaSkipBackward, hint, TimeStepped(-1), keys.Key_PageUp
        )
        hint = self.tr("One operation back (B)")
        self.operation_back = self._step(
            icons.SP_MediaSeekBackward, hint, OperationStepped(-1), keys.Key_B
        )
        hint = self.tr("Play or stop (Space)")
        # The key goes to the widget with the focus; the tab takes it if that ignores it.
        self.play_button = self._step(icons.SP_MediaPlay, hint, PlayToggled())
        hint = self.tr("One operation on (N)")
        self.operation_on = self._step(
            icons.SP_MediaSeekForward, hint, OperationStepped(1), keys.Key_N
        )
        hint = self.tr("One time step on (Page Down)")
        self.time_on = self._step(
            icons.SP_MediaSkipForward, hint, TimeStepped(1), keys.Key_PageDown
        )
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setToolTip(self.tr("Time step"))
        self.slider.setAccessibleName(self.tr("Time step"))
        self.slider.valueChanged.connect(lambda time: self.asked.emit(TimeChosen(time)))
        self.place = PlainLabel()
        self.speed = self._speeds()
        self.timer = QTimer(self)
        self.timer.timeout.connect(self._tick)
        self._set_speed()
        self._lay_out()

    def show_state(self, state: InspectorState) -> None:
        """Show where the state is, and play as long as it plays."""
        cursor = state.cursor
        backward = state.backward
        (self.backward_button if backward else self.forward_button).setChecked(True)
        self._show_hints(backward=backward)
        self._show_time(state)
        self.place.setText(
            self.tr("Step {0} of {1} · operation {2} of {3}").format(
                cursor.time + 1, state.steps, cursor.operation + 1, len(state.table)
            )
        )
        if cursor.playing != self.timer.isActive():
            self._play(playing=cursor.playing)

    def _show_hints(self, *, backward: bool) -> None:
        """Forward and back follow the pass: the backward pass continues to earlier steps."""
        if backward:
            back = self.tr("One step back in the pass, to a later time (Page Up)")
            on = self.tr("One step on in the pass, to an earlier time (Page Down)")
        else:
            back, on = (
                self.tr("One time step back (Page Up)"),
                self.tr("One time step on (Page Down)"),
            )
        for button, hint in ((self.time_back, back), (self.time_on, on)):
            button.setToolTip(hint)
            button.setAccessibleName(hint)

    def _tick(self) -> None:
        """Wait while a number is typed: the next operation would close its field."""
        if not isinstance(QApplication.focusWidget(), QLineEdit):
            self.asked.emit(Ticked())

    def _play(self, *, playing: bool) -> None:
        icons = QStyle.StandardPixmap
        icon = icons.SP_MediaPause if playing else icons.SP_MediaPlay
        self.play_button.setIcon(themed_icon(self, icon))
        if playing:
            self.timer.start()
        else:
            self.timer.stop()

    def _show_time(self, state: InspectorState) -> None:
        # Showing a state is not asking for one.
        blocked = self.slider.blockSignals(True)
        self.slider.setRange(0, state.steps - 1)
        self.slider.setValue(state.cursor.time)
        self.slider.blockSignals(blocked)

    def _set_speed(self) -> None:
        self.timer.setInterval(self.speed.currentData())

    def _direction(self, text: str, direction: PassDirection) -> QPushButton:
        button = QPushButton(text)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.asked.emit(DirectionChosen(direction)))
        return button

    def _step(
        self, icon: QStyle.StandardPixmap, hint: str, event: Event, key: Qt.Key | None = None
    ) -> QToolButton:
        button = QToolButton()
        button.setIcon(themed_icon(self, icon))
        button.setToolTip(hint)
        button.setAccessibleName(hint)
        if key is not None:
            button.setShortcut(key)
        button.setAutoRepeat(not isinstance(event, PlayToggled))
        button.clicked.connect(lambda: self.asked.emit(event))
        return button

    def _speeds(self) -> QComboBox:
        box = QComboBox()
        box.setToolTip(self.tr("Speed of playing"))
        box.setAccessibleName(self.tr("Speed of playing"))
        for text, milliseconds in SPEEDS.items():
            box.addItem(text, milliseconds)
        box.setCurrentIndex(1)
        box.currentIndexChanged.connect(self._set_speed)
        return box

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for button in (self.forward_button, self.backward_button):
            group.addButton(button)
            layout.addWidget(button)
        for step in (
            self.time_back,
            self.operation_back,
            self.play_button,
            self.operation_on,
            self.time_on,
        ):
            layout.addWidget(step)
        layout.addWidget(self.speed)
        layout.addWidget(self.slider, stretch=1)
        layout.addWidget(self.place)
        # A width of its own, so that a step moves nothing else.
        longest = self.tr("Step {0} of {1} · operation {2} of {3}").format(200, 200, 30, 30)
        self.place.setFixedWidth(self.place.fontMetrics().horizontalAdvance(longest))
        self.place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(Transport, example_state())
