"""A small picture of a step of a cell, from the very numbers of the scene it opens with."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.scene import trace
from rnnstudio.core.cells.scene_spec import opening_scene
from rnnstudio.core.numbers import rounded
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.tokens import colours, sizes
from rnnstudio.ui.widgets.number_text import written

STEP = 2
"""The third letter, a capital: the forget gate shuts."""
_LARGEST = 1.5
"""How much larger it is drawn where there is room."""


class CellPicture(QWidget):
    """The letters that are read, those to come covered, and how far the forget gate is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        scene = opening_scene()
        self.letters = scene.labels
        self.gate = trace(scene).values(STEP, backward=False)["ft"][:, 0].tolist()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        read, gate = " ".join(self.letters[: STEP + 1]), "; ".join(written(n, 2) for n in self.gate)
        text = self.tr("The cell has read {0}; its forget gate is at {1}.")
        self.setAccessibleName(language.filled(text, read, gate))

    def sizeHint(self) -> QSize:
        """Room for the tiles and the gate below them."""
        return QSize(13 * sizes().control, 5 * sizes().control)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Tiles above, the gate below."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            drawn = len(self.letters) * (sizes().control + 2 * sizes().gap)
            factor = min(max(1.0, self.width() / drawn), _LARGEST)
            painter.scale(factor, factor)
            for place in range(len(self.letters)):
                self._paint_tile(painter, place)
            self._paint_gate(painter)

    def _paint_tile(self, painter: QPainter, place: int) -> None:
        gap, side = sizes().gap, sizes().control + sizes().gap
        tile = QRectF(2 + place * (side + gap), 2, side, side)
        now, covered = place == STEP, place > STEP
        fill = colours().you_soft if now else colours().cover if covered else colours().panel
        painter.setBrush(QColor(fill))
        line = colours().you if now else colours().cover if covered else colours().outline
        painter.setPen(QPen(QColor(line), 3 if now else 2))
        painter.drawRoundedRect(tile, sizes().radius, sizes().radius)
        painter.setPen(QColor(colours().muted if covered else colours().ink))
        painter.setFont(words(sizes().heading, bold=True))
        painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, self.letters[place])

    def _paint_gate(self, painter: QPainter) -> None:
        gap, row = sizes().gap, sizes().target
        side = sizes().control + gap
        box = QRectF(2, side + 3 * gap, 4 * side, (len(self.gate) + 1) * row + 3 * gap)
        painter.setPen(QPen(QColor(colours().forget), 2))
        painter.setBrush(QColor(colours().you_soft))
        painter.drawRoundedRect(box, sizes().card_radius, sizes().card_radius)
        inside = box.adjusted(2 * gap, gap, -2 * gap, -gap)
        painter.setPen(QColor(colours().ink))
        painter.setFont(words(sizes().text, bold=True))
        title = QRectF(inside.x(), inside.y(), inside.width(), row)
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, self.tr("forget gate"))
        painter.setFont(words())
        for unit, level in enumerate(self.gate):
            line = title.translated(0, (unit + 1) * row)
            painter.setPen(QColor(colours().ink))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, str(unit + 1))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(line, right, language.number(rounded(level, 2)))
            track = line.adjusted(3 * gap, gap / 2, -6 * gap, -gap / 2)
            painter.setPen(QPen(QColor(colours().outline), 1))
            painter.setBrush(QColor(colours().panel))
            painter.drawRoundedRect(track, 3, 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours().forget))
            filled = track.adjusted(1, 1, 0, -1)
            filled.setWidth(max(2.0, level * (track.width() - 2)))
            painter.drawRect(filled)
