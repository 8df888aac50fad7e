"""The bar below the cell: on and back, playing, the values of this step, either pass, a guess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.prediction import AskWhen
from rnnstudio.core.numbers import NumberText
from rnnstudio.ui.inspector.cell.track import Track, shown_row
from rnnstudio.ui.inspector.events import (
    AskChosen,
    DirectionChosen,
    GuessAsked,
    OperationStepped,
    PlayToggled,
    Ticked,
)
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.tokens import scaled, sizes, theme
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.segment import Segment

SPEEDS = {"0.5 ×": 1600, "1 ×": 800, "2 ×": 400, "5 ×": 160, "20 ×": 40}
"""Milliseconds a value is shown while playing."""
USUAL_SPEED = "1 ×"
_NARROW = 1100.0
"""Pixels beside text of its usual size below which margins are smaller."""


@dataclass(frozen=True)
class _Room:
    """What there is room for: texts on two buttons, how much of the place, key caps.

    ``place``: 0 nothing, 1 the step, 2 the value too. ``dense``: the pills stand closely.
    ``stacked``: values and passes stand in a row of their own.
    """

    play: bool = False
    place: int = 0
    back: bool = False
    keys: bool = True
    dense: bool = False
    stacked: bool = False


_ROOMS = (
    _Room(play=True, place=2, back=True),
    _Room(place=2, back=True),
    _Room(place=1, back=True),
    _Room(place=1),
    _Room(),
    _Room(dense=True),
    _Room(keys=False),
    _Room(keys=False, dense=True),
    _Room(keys=False, dense=True, stacked=True),
)
"""From most to least."""


class Transport(QWidget):
    """The bar below the cell. ``asked(event)``: what the user wants."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._places, self._stacked = ("", "", ""), False
        self._room = _ROOMS[-1]
        self._arranged: tuple[object, ...] = ()
        self.operation_back = self._button(
            Face("back", self.tr("Back")), lambda: OperationStepped(-1)
        )
        self.operation_on = self._button(
            Face("next", self.tr("Next"), self.tr("Space"), icon_after=True),
            lambda: OperationStepped(1, ask=theme().in_class),
            "primary",
        )
        self.play_button = self._button(Face("play", self.tr("Play")), PlayToggled, "plain")
        self.speeds = self._speed_menu()
        self.track = Track()
        self.track.asked.connect(self.asked)
        self.place = PlainLabel(role="muted")
        self.passes = Segment(self.tr("Pass"))
        self.passes.add(PassDirection.FORWARD.value, self.tr("Forward"))
        self.passes.add(PassDirection.BACKWARD.value, self.tr("Backward"))
        self.passes.asked.connect(lambda key: self.asked.emit(DirectionChosen(PassDirection(key))))
        self.guess = self._button(Face("", self.tr("Guess"), "G"), GuessAsked)
        self.questions = self._question_menu()
        self.timer = QTimer(self)
        self.timer.setInterval(SPEEDS[USUAL_SPEED])
        self.timer.timeout.connect(self._tick)
        self._lay_out()

    def show_state(self, state: InspectorState) -> None:
        """Show where the state is, and play as long as it plays."""
        cursor = state.cursor
        self.passes.show_chosen(cursor.direction.value)
        self.track.show_state(state)
        for when, action in self.questions.items():
            action.setChecked(when is state.votes.ask)
        step, steps = cursor.time + 1, state.steps
        short = language.filled(self.tr("Step {0} of {1}"), step, steps)
        whole = language.filled(
            self.tr("Step {0} of {1} · value {2} of {3}"),
            step,
            steps,
            cursor.operation + 1,
            len(state.table),
        )
        self._places = ("", short, whole)
        self.track.setAccessibleDescription(whole)
        if cursor.playing != self.timer.isActive():
            self._play(playing=cursor.playing)
        needed = self._needed(state)
        if needed != self._arranged:
            self._arranged = needed
            self._arrange()
        self.place.setText(self._places[self._room.place])

    def _needed(self, state: InspectorState) -> tuple[object, ...]:
        """What the room for each part follows from; in most steps only digits change."""
        measure = self.place.fontMetrics().horizontalAdvance
        playing = state.cursor.playing
        return *shown_row(state), playing, sizes(), *map(measure, self._places)

    def minimumSizeHint(self) -> QSize:
        """Room for the icons and some of the values."""
        width = self._width_in(_ROOMS[-1], self.track.minimumSizeHint().width())
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _tick(self) -> None:
        """Wait while a number is typed: the next value would close its field."""
        if not isinstance(QApplication.focusWidget(), QLineEdit):
            self.asked.emit(Ticked())

    def _play(self, *, playing: bool) -> None:
        if playing:
            self.play_button.show_face(Face("pause", self.tr("Stop")))
            self.timer.start()
        else:
            self.play_button.show_face(Face("play", self.tr("Play")))
            self.timer.stop()

    def _arrange(self) -> None:
        """Show as much as there is room for."""
        fitting = (room for room in _ROOMS if self._fits(room))
        room = self._room = next(fitting, _ROOMS[-1])
        self.play_button.set_shape(compact=not room.play)
        self.operation_back.set_shape(compact=not room.back)
        for button in (self.operation_on, self.guess):
            button.set_shape(keyed=room.keys)
        self._write_place(self._places[room.place])
        self.place.setVisible(room.place > 0)
        self.track.set_dense(room.dense)
        high = round(1.5 * sizes().gap)
        self.setContentsMargins(self._margin, high, self._margin, high)
        if room.stacked != self._stacked:
            self._stacked = room.stacked
            self._place_track()

    def _write_place(self, text: str) -> None:
        """Write where the state is, in a size that other digits leave as it is."""
        self.place.setText(text)
        self.place.setMinimumWidth(0)  # the size hint is never below it
        self.place.setFixedSize(self.place.sizeHint().width(), sizes().control)

    def _fits(self, room: _Room) -> bool:
        return self._width_in(room, self.track.width_of(dense=room.dense)) <= self.width()

    def _width_in(self, room: _Room, track: int) -> int:
        """How wide all is where it is shown so and the track is so wide."""
        buttons = [
            self.operation_back.width_of(compact=not room.back),
            self.operation_on.width_of(keyed=room.keys),
            self.play_button.width_of(compact=not room.play),
            self.guess.width_of(keyed=room.keys),
            *(button.width() for button in self._chevrons),
        ]
        values = [track, self.passes.sizeHint().width()]
        if room.place:
            values.append(self.place.fontMetrics().horizontalAdvance(self._places[room.place]))
            values.append(sizes().gap)
        margins, gap = 2 * self._margin, sizes().gap
        upper = sum(buttons) + gap * (len(buttons) - len(self._chevrons) - 1)
        lower = sum(values) + gap * (len(values) - 1)
        return margins + (max(upper, lower) if room.stacked else upper + gap + lower)

    @property
    def _margin(self) -> int:
        """Of the page; smaller where there is little room."""
        return sizes().margin if self.width() >= scaled(_NARROW) else round(2.25 * sizes().gap)

    def _button(self, face: Face, event: Callable[[], object], role: str = "") -> KeyButton:
        button = KeyButton(face, role)
        button.clicked.connect(lambda: self.asked.emit(event()))
        return button

    def _speed_menu(self) -> QMenu:
        menu = QMenu(self.tr("Speed of playing"), self)
        group = QActionGroup(menu)
        for text, milliseconds in SPEEDS.items():
            action = _choice(
                menu, group, language.number(NumberText(text)), chosen=text == USUAL_SPEED
            )
            action.triggered.connect(
                lambda _checked, wait=milliseconds: self.timer.setInterval(wait)
            )
        return menu

    def _question_menu(self) -> dict[AskWhen, QAction]:
        """Before which values a class is asked; the menu is opened beside the guess."""
        self.asking = QMenu(self.tr("Ask the class"), self)
        group = QActionGroup(self.asking)
        texts = {
            AskWhen.EVERY_VALUE: self.tr("Ask at every value"),
            AskWhen.GATES: self.tr("Ask at gates"),
            AskWhen.NEVER: self.tr("Never ask"),
        }
        actions = {}
        for when, text in texts.items():
            action = _choice(self.asking, group, text)
            action.triggered.connect(lambda _checked, when=when: self.asked.emit(AskChosen(when)))
            actions[when] = action
        return actions

    def _chevron(self, menu: QMenu) -> QToolButton:
        """What opens a menu beside a button."""
        button = QToolButton()
        button.setIcon(icon("chevron"))
        button.setIconSize(QSize(sizes().mark, sizes().mark))
        button.setFixedSize(sizes().target, sizes().control)
        button.setAutoRaise(True)
        button.setProperty("role", "bar")
        button.setAccessibleName(menu.title())
        button.setToolTip(menu.title())
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _lay_out(self) -> None:
        self._chevrons = [self._chevron(self.speeds), self._chevron(self.asking)]
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(sizes().gap)
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        for row in (self._upper, self._lower):
            row.setSpacing(sizes().gap)
            rows.addLayout(row)
        self._values = QHBoxLayout()
        self._values.setSpacing(sizes().gap)
        self._values.addWidget(self.track, stretch=1)
        self._values.addWidget(self.place)
        self._values.addWidget(self.passes)
        self._upper.addWidget(self.operation_back)
        self._upper.addWidget(self.operation_on)
        self._upper.addLayout(_side_by_side(self.play_button, self._chevrons[0]))
        self._upper.addStretch()
        self._upper.addLayout(_side_by_side(self.guess, self._chevrons[1]))
        self._place_track()

    def _place_track(self) -> None:
        """Put values and passes before the guess, or into a row of their own."""
        for row in (self._upper, self._lower):
            row.removeItem(self._values)
            self._values.setParent(None)
        if self._stacked:
            self._lower.addLayout(self._values)
        else:
            self._upper.insertLayout(3, self._values, 1)


def _choice(menu: QMenu, group: QActionGroup, text: str, *, chosen: bool = False) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(chosen)
    group.addAction(action)
    return action


def _side_by_side(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(0)
    for widget in widgets:
        row.addWidget(widget)
    return row


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(Transport, example_state())
