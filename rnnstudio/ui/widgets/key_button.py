"""A button that shows an icon, what it does, and the key that does the same."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.icons import paint_icon
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.key_cap import key_cap_size, paint_key_cap


@dataclass(frozen=True)
class Face:
    """What stands on a button: icon, text and key from left to right; each may be empty.

    ``icon_after``: the icon follows the text.
    """

    icon: str = ""
    text: str = ""
    key: str = ""
    icon_after: bool = False


class KeyButton(QPushButton):
    """Paints its face itself; the style gives the ground."""

    def __init__(self, face: Face, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._face, self._compact, self._keyed = face, False, True
        self.setProperty("role", role or None)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_face(face)

    def show_face(self, face: Face) -> None:
        """Put another face on the button."""
        self._face = face
        self.setAccessibleName(face.text)
        self._show_shape()

    def set_shape(self, *, compact: bool = False, keyed: bool = True) -> None:
        """``compact``: without its text, which is its tip then; not ``keyed``: without its key."""
        if (compact, keyed) != (self._compact, self._keyed):
            self._compact, self._keyed = compact, keyed
            self._show_shape()

    def width_of(self, *, compact: bool = False, keyed: bool = True) -> int:
        """How wide it is in that shape."""
        parts = [size.width() for size in self._sizes(self._shown(compact, keyed)).values()]
        inner = sum(parts) + sizes().gap * (len(parts) - 1)
        return round(inner + 2 * sizes().gap * (1.25 if compact else 1.75))

    def sizeHint(self) -> QSize:
        """As wide as its face, as high as controls are."""
        return QSize(self.width_of(compact=self._compact, keyed=self._keyed), sizes().control)

    def minimumSizeHint(self) -> QSize:
        """No smaller."""
        return self.sizeHint()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The style's ground, then the face on its middle."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        with QPainter(self) as painter:
            self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_face(painter)

    @property
    def _role(self) -> str:
        if not self.isEnabled():
            return "muted"
        return "on_you" if self._violet else "ink"

    @property
    def _violet(self) -> bool:
        """Whether it is the one violet button of the page."""
        return self.property("role") == "primary" and not lesson_given_on(self)

    def _shown(self, compact: bool, keyed: bool) -> Face:
        """The face in that shape."""
        face = self._face
        text = "" if compact and face.icon else face.text
        key = face.key if keyed and not lesson_given_on(self) else ""  # keys are the lesson's then
        return Face(face.icon, text, key, face.icon_after)

    def _font(self) -> QFont:
        return words(bold=self._violet)

    def _sizes(self, face: Face) -> dict[str, QSizeF]:
        """The size of each part of the face, from left to right."""
        metrics = QFontMetricsF(self._font())
        text = QSizeF(metrics.horizontalAdvance(face.text), metrics.height())
        parts = {"icon": QSizeF(sizes().mark, sizes().mark), "text": text}
        if face.icon_after:
            parts = dict(reversed(parts.items()))
        parts["key"] = key_cap_size(face.key)
        return {name: size for name, size in parts.items() if getattr(face, name)}

    def _paint_face(self, painter: QPainter) -> None:
        face, role = self._shown(self._compact, self._keyed), self._role
        parts = self._sizes(face)
        left = (self.width() - sum(s.width() for s in parts.values())) / 2
        left -= sizes().gap * (len(parts) - 1) / 2
        for name, size in parts.items():
            place = QRectF(QPointF(left, (self.height() - size.height()) / 2), size)
            if name == "icon":
                paint_icon(painter, place, face.icon, role)
            elif name == "text":
                self._paint_text(painter, place, role)
            else:
                paint_key_cap(painter, place, face.key, role)
            left += size.width() + sizes().gap

    def _paint_text(self, painter: QPainter, place: QRectF, role: str) -> None:
        painter.setFont(self._font())
        painter.setPen(pen(role, 1))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._face.text)

    def _show_shape(self) -> None:
        self.setToolTip(self._face.text if self._compact else "")
        self.updateGeometry()
        self.update()


def lesson_given_on(widget: QWidget) -> bool:
    """Whether a lesson is given on the tab that ``widget`` is on."""
    part: QWidget | None = widget
    while part is not None and not part.property("lesson"):
        part = part.parentWidget()
    return part is not None
