"""One fault that a class may take for the injected one: its key and what would be wrong."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from rnnstudio.core import language
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.icons import paint_icon
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import TypeScale, colour, sizes
from rnnstudio.ui.widgets.key_cap import key_cap_size, paint_key_cap

_WRAPPED = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True)
class FaultFace:
    """What a choice shows; ``right``: whether it is the fault, None where it was not guessed."""

    key: str
    words: str
    right: bool | None = None


class FaultChoice(QAbstractButton):
    """A click guesses it. Guessed, it has a tick or a cross and a thick border."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face = FaultFace("", "")
        self._sizes, self._pixels = sizes(), sizes().text
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_face(self, face: FaultFace) -> None:
        """Show a fault."""
        self.face = face
        said = {None: self.tr("{0}: {1}"), True: self.tr("{0}: {1}, right")}
        said[False] = self.tr("{0}: {1}, not this one")
        self.setAccessibleName(language.filled(said[face.right], face.key, face.words))
        self.update()

    def set_sizes(self, scale: TypeScale, pixels: int) -> None:
        """Draw beside letters of these sizes from now on, its own words of ``pixels``."""
        self._sizes, self._pixels = scale, pixels

    def heightForWidth(self, width: int) -> int:
        """How high its words need it to be."""
        room = QRectF(0, 0, self._text_room(QRectF(0, 0, width, 0)).width(), 10_000)
        lines = QFontMetricsF(words(self._pixels)).boundingRect(room, _WRAPPED, self.face.words)
        return max(self._sizes.target, round(lines.height()) + self._sizes.gap)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Key, words, and what came of the guess."""
        face, place = self.face, QRectF(self.rect())
        role = {None: "outline", True: "good", False: "bad"}[face.right]
        ground = {None: "panel", True: "good_soft", False: "bad_soft"}[face.right]
        if face.right is None and (self.underMouse() or self.isDown()):
            ground = "you_soft"
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen(role, 1 if face.right is None else 2))
            painter.setBrush(QColor(colour(ground)))
            half, radius = painter.pen().widthF() / 2, self._sizes.radius
            painter.drawRoundedRect(place.adjusted(half, half, -half, -half), radius, radius)
            self._paint_key(painter, place)
            painter.setPen(QColor(colour("ink")))
            painter.setFont(words(self._pixels))
            painter.drawText(self._text_room(place), _WRAPPED, face.words)

    def _paint_key(self, painter: QPainter, place: QRectF) -> None:
        size = key_cap_size(self.face.key)
        cap = QRectF(0, 0, size.width(), size.height())
        cap.moveCenter(place.center())
        cap.moveLeft(place.left() + self._sizes.gap)
        if self.face.right is None:
            paint_key_cap(painter, cap, self.face.key)
        elif self.face.right:
            paint_icon(painter, cap, "tick", "good")
        else:
            paint_icon(painter, cap, "cross", "bad")

    def _text_room(self, place: QRectF) -> QRectF:
        """Where the words stand: at the right of the key."""
        left = self._sizes.gap + key_cap_size(self.face.key).width() + self._sizes.gap
        return place.adjusted(left, 0, -self._sizes.gap, 0)
