"""The inspector's home page: what is read, the cell with its card, and how to go on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.cells.answer_words import loss_description, loss_title
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.messages import Message
from rnnstudio.ui.inspector.cell.card import Card
from rnnstudio.ui.inspector.cell.cell_view import CellView
from rnnstudio.ui.inspector.cell.fault_panel import FaultPanel
from rnnstudio.ui.inspector.cell.predict_bar import PredictBar
from rnnstudio.ui.inspector.cell.strip_content import scale_words
from rnnstudio.ui.inspector.cell.strip_view import StripView
from rnnstudio.ui.inspector.cell.transport import Transport
from rnnstudio.ui.inspector.notice_view import NoticeView, notices
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.tokens import scaled, sizes, theme
from rnnstudio.ui.widgets.chart_picture import CAPTION, DRAWING
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.page_tabs import scrolled
from rnnstudio.ui.widgets.segment import Segment
from rnnstudio.ui.widgets.view_picture import PicturePart, ViewPicture

_NARROW, _STACKED = 1040.0, 440.0
"""Pixels beside text of its usual size below which there is no room for all of the head, and for
the scene's words beside its steps."""
_VIEW = 270.0
"""How high the view of the cell is wherever so much is in sight, in the same pixels."""
_LEAST_VIEW = 150
"""How high it is in any case, in pixels."""


class CellPage(QWidget):
    """The thing of the inspector. ``asked(event)``: what the user wants.

    ``cell_wanted(name)``: the same example read by another kind of cell. ``link_chosen(name)``: a
    section of the drawer or a page that shows more of the current value.
    """

    asked = Signal(object)
    cell_wanted = Signal(str)
    link_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(role="heading", wrap=True)
        self.sentence = PlainLabel(wrap=True)
        self.strip = StripView()
        self.kinds = Segment(self.tr("Kind of cell"))
        for name, cell in CELLS.items():
            self.kinds.add(name, cell.label)
        self.count = PlainLabel(role="muted")
        self.notice = NoticeView()
        self.view = CellView()
        self.card, self.panel = Card(), FaultPanel()
        self._backward = self._noticed = False
        self._off: frozenset[str] = frozenset()
        """What the card leaves out while a picture is drawn."""
        self._here: object = None
        """Where the last state's cursor was."""
        self._led = False
        """Whether a lesson leads through it."""
        self.checking = False
        """Whether the check is to be seen in the backward pass; a hidden fault always is."""
        self.transport = Transport()
        self.question = PredictBar()
        """Takes the transport's place while the class is asked for the current value."""
        self._lay_out()
        self.strip.setProperty(DRAWING, True)
        for said in (self.title, self.sentence):
            said.setProperty(CAPTION, True)
        for view in (self.strip, self.view, self.card, self.panel, self.transport, self.question):
            view.asked.connect(self.asked)
        for source in (self.view, self.card):
            source.link_chosen.connect(self.link_chosen)
        self.kinds.asked.connect(self.cell_wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window leave the tiles the room of the sentence and of the kinds of cell."""
        self._fit_head()
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where more or less is in sight, give the view its height; keys are the tab's."""
        if event.type() == QEvent.Type.KeyPress and watched is self._area:
            event.ignore()
            return True
        if event.type() == QEvent.Type.Resize and watched is self._area.viewport():
            self._fit_view()
        return super().eventFilter(watched, event)

    def _fit_head(self) -> None:
        """How far the bars of gradients reach is told in any case."""
        narrow = self.width() < scaled(_NARROW)
        self.sentence.setVisible(not narrow)
        self.title.setToolTip(self.sentence.text() if narrow else "")
        self.kinds.set_stacked(narrow)
        self._place_head(stacked=self.width() < scaled(_STACKED))
        self.kinds.setVisible(not (theme().in_class or self._led))
        column = self._words if narrow or theme().in_class else self._beside
        if column.indexOf(self.notice) < 0:
            for other in (self._words, self._beside):
                other.removeWidget(self.notice)
            column.insertWidget(column.count() - 1, self.notice)
        roomy = not (narrow or theme().in_class)
        self.count.setVisible((roomy or self._backward) and not self._noticed)

    def _fit_view(self) -> None:
        """Let the view be as high as it has to be, or as what is in sight above the bar."""
        self.view.setMinimumHeight(
            max(_LEAST_VIEW, min(round(scaled(_VIEW)), self._area.viewport().height()))
        )

    def regions(self) -> tuple[QWidget, ...]:
        """Its parts, as F6 goes through them."""
        return (self.strip, self.view, self.card, self.panel, self.transport, self.question)

    def set_led(self, led: bool) -> None:
        """Let a lesson lead: the way on and the question go, or come back."""
        self._led = led
        self._foot_line.setVisible(not led)
        for bar in (self.transport, self.question):
            bar.setVisible(not led and bar is self.transport)
        self._fit_head()

    def picture(self, name: str) -> ViewPicture:
        """What a picture of the cell may have, in a file of that name."""
        switches = {PicturePart.FORMULA: "formula", PicturePart.NUMBERS: "numbers"}
        shown = {"formula": self.card.isVisibleTo(self), "numbers": not self.card.compact}
        return ViewPicture(
            self,
            name,
            on_page={PicturePart.TITLE: (self.title,), PicturePart.SENTENCE: (self.sentence,)},
            switches={
                part: partial(self._show_on_card, key)
                for part, key in switches.items()
                if shown["formula"] and shown[key]
            },
        )

    def _show_on_card(self, key: str, shown: bool) -> None:
        """Show the "formula" or the "numbers" on the card, or leave them out."""
        self._off = self._off - {key} if shown else self._off | {key}
        self.card.leave_out(self._off)

    def show_state(self, state: InspectorState) -> None:
        """Show the scene's words, its steps, the cell at the current one and the way on."""
        scene, traced = state.scene, state.trace
        title = loss_title(traced) if state.backward else scene.title
        sentence = loss_description(traced) if state.backward else scene.description
        self.title.setText(language.text(title))
        self.sentence.setText(language.text(sentence))
        self.kinds.show_chosen(scene.cell.name)
        own = bool(scene.origin) and scene.task is None
        self.kinds.setEnabled(not own)
        self.kinds.setToolTip(self.tr("These numbers belong to this kind of cell.") if own else "")
        units = Message.counted("{n} unit", "{n} units", scene.sizes.n_a)
        self.count.setText(language.text(scale_words(state) if state.backward else units))
        self._show_foot(asked=state.asked)
        self._backward, self._noticed = state.backward, bool(notices(state))
        self._fit_head()
        for view in (self.strip, self.card, self.transport, self.question, self.notice):
            view.show_state(state)
        faults = state.backward and (self.checking or bool(state.fault_choices))
        self.panel.setVisible(faults)
        if faults:
            self.panel.show_state(state)
        self.view.show_state(state)
        here = state.cursor.direction, state.position
        if self._here not in (None, here):
            self._area.verticalScrollBar().setValue(self.view.y())
        self._here = here

    def _show_foot(self, *, asked: bool) -> None:
        """Show the question or the transport; a focus in the one goes over to the other."""
        if self._led or self.question.isVisibleTo(self) == asked:
            return
        focus = QApplication.focusWidget()
        moves = focus is not None and (self.transport, self.question)[not asked].isAncestorOf(focus)
        for bar, shown in ((self.question, asked), (self.transport, not asked)):
            bar.setVisible(shown)
        if moves:
            (self.question.button if asked else self.transport.operation_on).setFocus()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        above = QWidget()
        rows = QVBoxLayout(above)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._head())
        rows.addWidget(_line())
        rows.addWidget(self.view, stretch=1)
        policy = QSizePolicy.Policy
        self.view.setSizePolicy(policy.Expanding, policy.Ignored)  # no higher than what is in sight
        self._area = scrolled(above)
        for watched in (self._area, self._area.viewport()):
            watched.installEventFilter(self)
        layout.addWidget(self._area, stretch=1)
        self.view.place_card(self.card)
        self.view.place_panel(self.panel)
        self._foot_line = _line()
        layout.addWidget(self._foot_line)
        layout.addWidget(self.transport)
        layout.addWidget(self.question)
        self.question.hide()

    def _head(self) -> QWidget:
        """The scene in words, its steps, the kinds of cell."""
        self._words, self._beside = words, kinds = QVBoxLayout(), QVBoxLayout()
        words.setSpacing(sizes().half_gap)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        words.addStretch(1)
        right = Qt.AlignmentFlag.AlignRight
        kinds.setSpacing(sizes().half_gap)
        kinds.addStretch(1)
        kinds.addWidget(self.kinds, alignment=right)
        kinds.addWidget(self.count, alignment=right)
        kinds.addWidget(self.notice)
        kinds.addStretch(1)
        head = QWidget()
        self._grid, self._stacked = QGridLayout(head), False
        high = sizes().quarter_gap
        self._grid.setContentsMargins(sizes().margin, high, sizes().margin, high)
        self._grid.setHorizontalSpacing(2 * sizes().gap)
        self._grid.setVerticalSpacing(0)
        self._grid.addLayout(words, 0, 0)
        self._grid.addWidget(self.strip, 0, 1)
        self._grid.addLayout(kinds, 0, 2)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 7)
        return head

    def _place_head(self, *, stacked: bool) -> None:
        """Put the words beside the strip, or above it and the kinds of cell."""
        if stacked == self._stacked:
            return
        self._stacked = stacked
        for part in (self._words, self._beside):
            self._grid.removeItem(part)
            part.setParent(None)
        self._grid.removeWidget(self.strip)
        row = 1 if stacked else 0
        self._grid.addLayout(self._words, 0, 0, 1, 3 if stacked else 1)
        self._grid.addWidget(self.strip, row, 0 if stacked else 1, 1, 2 if stacked else 1)
        self._grid.addLayout(self._beside, row, 2)


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("role", "line")
    line.setFixedHeight(sizes().half_gap // 4)
    return line


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(CellPage, example_state())
