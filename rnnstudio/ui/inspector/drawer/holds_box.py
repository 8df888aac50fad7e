"""What is held, and what the cell says at the end because of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.answer_words import describe_intervention
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.intervention_words import describe_hold
from rnnstudio.core.cells.scene import Trace
from rnnstudio.ui.inspector.gate_hues import gate_hue
from rnnstudio.ui.inspector.state import InspectorState, Side
from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import colour, sizes
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel
from rnnstudio.ui.widgets.link_button import LinkButton


class HoldsBox(QWidget):
    """A line for each value that is held, with a link that lets it go, over what follows.

    ``released(interventions)``: these shall be let go.
    """

    released = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Values that are held"))
        self.lines: list[HoldLine] = []
        self.consequence = PlainLabel(wrap=True)
        self.release_all = LinkButton(self.tr("let all go"))
        self._hue = "outline"
        self._shown: tuple[object, ...] = ()
        self._free: Side | None = None
        self.release_all.clicked.connect(
            lambda: self.released.emit(tuple(line.held for line in self.lines))
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*4 * (sizes().gap + sizes().half_gap,))
        self._column.setSpacing(sizes().half_gap)
        self._column.addWidget(self.release_all, alignment=Qt.AlignmentFlag.AlignRight)
        self._column.addWidget(self.consequence)

    def show_state(self, state: InspectorState) -> None:
        """List what is held and say what follows; while the class guesses, that waits."""
        scene = state.scene
        self.consequence.setText(self._consequence(state))
        shown = (scene.interventions, scene.cell.name, scene.sizes, state.cursor.notation)
        if shown == self._shown:
            return
        self._shown = shown
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = []
        for held in scene.interventions:
            text = describe_hold(scene, held, state.cursor.notation)
            html = describe_hold(scene, held, state.cursor.notation, html=True)
            line = HoldLine(held, language.text(text), language.text(html))
            line.released.connect(self.released)
            self._column.insertWidget(len(self.lines), line)
            self.lines.append(line)
        links = (*(line.release for line in self.lines), self.release_all)
        for one, other in pairwise((self.release_all, *links)):
            self.setTabOrder(one, other)
        self.release_all.setVisible(len(self.lines) > 1)
        hues = {gate_hue(scene.cell, held.name) for held in scene.interventions}
        self._hue = hues.pop() if len(hues) == 1 else "outline"
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """A frame in the hue of the gate that is held."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen(self._hue, 2))
            painter.setBrush(QColor(colour("panel")))
            radius = sizes().radius
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _consequence(self, state: InspectorState) -> str:
        if not state.scene.interventions:
            return self.tr("Nothing is held. Choose a number and see what follows.")
        if state.concealed:
            return self.tr("What follows is said once the value is revealed.")
        free = self._released(state)
        return language.text(describe_intervention(state.trace, free, state.example))

    def _released(self, state: InspectorState) -> Trace:
        """The trace of the scene without holds, kept while a slider moves."""
        scene, kept = state.scene, self._free
        if kept is None or kept.scene.cell is not scene.cell or not kept.scene.same_numbers(scene):
            kept = self._free = Side.of(replace(scene, interventions=(), fault=None))
        return kept.trace


class HoldLine(QWidget):
    """A value that is held. ``released((held,))``: it shall be let go."""

    released = Signal(object)

    def __init__(self, held: Intervention, text: str, html: str) -> None:
        super().__init__()
        self.held, self.text = held, text
        lock, side = PlainLabel(), sizes().mark
        lock.setPixmap(icon("lock").pixmap(QSize(side, side)))
        self.release = LinkButton(self.tr("let go"))
        self.release.setAccessibleName(language.filled(self.tr("Let go: {0}"), text))
        self.release.clicked.connect(lambda: self.released.emit((held,)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(sizes().half_gap)
        row.addWidget(lock)
        row.addWidget(RichLabel(f"<b>{html}</b>", wrap=True), stretch=1)
        row.addWidget(self.release)
