"""One choice of a question, large enough for a class: its key, words, bounds and hands."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolButton, QWidget

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import percent
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.icons import icon, paint_icon
from rnnstudio.ui.theme.pens import pen
from rnnstudio.ui.theme.tokens import colour, scaled, sizes, theme
from rnnstudio.ui.widgets.key_cap import paint_key_cap

_WORD_WRAP = Qt.TextFlag.TextWordWrap
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_ROOM = 10_000.0
"""Higher than any text."""
_LONGEST_SHARE = 0.997
"""A share of the hands that no other has more figures than."""


@dataclass(frozen=True)
class ChoiceFace:
    """What one choice shows: ``key`` counts a hand for it, ``bounds`` and ``share`` may be empty.

    ``share`` and ``total``, the hands for all choices, are shown once it is ``revealed``.
    """

    key: str
    words: str
    bounds: str = ""
    hands: int = 0
    share: str = ""
    total: int = 0
    revealed: bool = False
    right: bool = False


class ChoiceButton(QAbstractButton):
    """A click counts a hand; the small minus in its corner takes one back.

    Revealed, the right choice has a tick and a thick border, and each one its share of the hands.
    """

    taken_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.face, self._large = ChoiceFace("", ""), True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.minus = QToolButton(self)
        self.minus.setAutoRaise(True)
        self.minus.setIcon(icon("minus", "muted"))
        self.minus.setIconSize(QSize(sizes().mark, sizes().mark))
        self.minus.setFixedSize(sizes().target, sizes().target)
        self.minus.clicked.connect(self.taken_back)

    def show_face(self, face: ChoiceFace) -> None:
        """Show a choice with its hands, or what became of them."""
        self.face = face
        self.minus.setVisible(face.hands > 0 and not face.revealed)
        self.minus.setAccessibleName(
            language.filled(self.tr("Take back a hand for {0}"), face.words)
        )
        self.setAccessibleName(language.text(_spoken(face)))
        key = "" if face.revealed else language.filled(self.tr("Key {0} counts a hand"), face.key)
        self.setAccessibleDescription(key)
        self.update()

    def fits_large(self, width: int) -> bool:
        """Whether its words fit into one large line where it is so wide."""
        large = QFontMetricsF(words(sizes().heading, bold=True))
        return large.horizontalAdvance(self.face.words) <= self._room(width)

    def set_large(self, large: bool) -> None:
        """Write its words large, or as large as text."""
        self._large = large
        self.update()

    def height_for(self, width: int) -> int:
        """How high it is where it is so wide: more than usual where its words need more lines."""
        return round(self._text_height(self._room(width)) + 2 * self._padding)

    def minimumSizeHint(self) -> QSize:
        """What the bar gives it."""
        return QSize(0, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the minus in the corner."""
        self.minus.move(QPoint(self.width() - self.minus.width(), 0))
        super().resizeEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """The ground, the key or the tick, the words, and the hands at the right."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            self._paint_mark(painter)
            self._paint_words(painter)
            if self.face.revealed:
                self._paint_share(painter)
            else:
                self._paint_hands(painter)

    @property
    def _padding(self) -> float:
        return scaled(17 if theme().in_class else 11)

    @property
    def _cap(self) -> float:
        """The side of the key's cap."""
        return sizes().control * (1.0 if theme().in_class else 0.8)

    @property
    def _hand(self) -> float:
        return scaled(23)

    @property
    def _left(self) -> float:
        """Where the words begin."""
        return self._padding + self._cap + 2 * sizes().gap

    def _count_width(self) -> float:
        """Room for the hands, however many there are, and for whatever share of them."""
        hands = QFontMetricsF(self._count_font()).horizontalAdvance("000")
        longest = language.number(percent(_LONGEST_SHARE))
        return max(hands, QFontMetricsF(self._share_font()).horizontalAdvance(longest))

    def _room(self, width: float) -> float:
        """Room for the words in a button so wide."""
        right = self._padding + self._count_width() + self._hand + sizes().gap
        return max(width - self._left - right, scaled(40))

    def _count_font(self) -> QFont:
        return words(sizes().sentence, bold=True)

    def _share_font(self) -> QFont:
        return words(sizes().heading, bold=True)

    def _word_font(self) -> QFont:
        return words(sizes().heading if self._large else sizes().text, bold=True)

    def _word_height(self, room: float) -> float:
        metrics = QFontMetricsF(self._word_font())
        return metrics.boundingRect(QRectF(0, 0, room, _ROOM), _WORD_WRAP, self.face.words).height()

    def _bounds_height(self, room: float) -> float:
        if not self.face.bounds:
            return 0.0
        metrics = QFontMetricsF(words())
        place = QRectF(0, 0, room, _ROOM)
        return metrics.boundingRect(place, _WORD_WRAP, self.face.bounds).height()

    def _text_height(self, room: float) -> float:
        usual = QFontMetricsF(words(sizes().heading)).height() + QFontMetricsF(words()).height()
        return max(usual, self._word_height(room) + self._bounds_height(room))

    def _paint_ground(self, painter: QPainter) -> None:
        right = self.face.revealed and self.face.right
        inviting = (self.underMouse() or self.isDown()) and not self.face.revealed
        ground = "good_soft" if right else "you_soft" if inviting else "panel"
        line = pen("good", 4) if right else pen("outline", 1.5)
        painter.setPen(line)
        painter.setBrush(QColor(colour(ground)))
        inset = line.widthF() / 2
        place = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(place, sizes().card_radius, sizes().card_radius)

    def _paint_mark(self, painter: QPainter) -> None:
        """The cap of its key; in its place a tick once it turned out right."""
        place = QRectF(self._padding, (self.height() - self._cap) / 2, self._cap, self._cap)
        if not self.face.revealed:
            paint_key_cap(painter, place, self.face.key, pixels=sizes().heading)
        elif self.face.right:
            paint_icon(painter, place, "tick", "good")

    def _paint_words(self, painter: QPainter) -> None:
        room = self._room(self.width())
        height = self._word_height(room)
        top = (self.height() - height - self._bounds_height(room)) / 2
        painter.setFont(self._word_font())
        painter.setPen(pen("ink", 1))
        painter.drawText(QRectF(self._left, top, room, height), _WORD_WRAP | _LEFT, self.face.words)
        painter.setFont(words())
        painter.setPen(pen("muted", 1))
        below = QRectF(self._left, top + height, room, self._bounds_height(room))
        painter.drawText(below, _WORD_WRAP | _LEFT, self.face.bounds)

    def _right_column(self) -> QRectF:
        width = self._count_width()
        return QRectF(self.width() - self._padding - width, 0, width, self.height())

    def _paint_hands(self, painter: QPainter) -> None:
        column = self._right_column()
        painter.setFont(self._count_font())
        painter.setPen(pen("ink", 1))
        painter.drawText(column, _RIGHT | _MIDDLE, f"{self.face.hands}")
        corner = QPointF(column.left() - self._hand, (self.height() - self._hand) / 2)
        paint_icon(painter, QRectF(corner, QSize(1, 1) * self._hand), "hand", "muted")

    def _paint_share(self, painter: QPainter) -> None:
        """The share of all hands, and below it how many of them."""
        if not self.face.share:
            return
        column, large = self._right_column(), self._share_font()
        height = QFontMetricsF(large).height()
        top = (self.height() - height - QFontMetricsF(words()).height()) / 2
        painter.setFont(large)
        painter.setPen(pen("ink", 1))
        above = QRectF(column.left(), top, column.width(), height)
        painter.drawText(above, _RIGHT | _MIDDLE, self.face.share)
        painter.setFont(words())
        painter.setPen(pen("muted", 1))
        below = column.adjusted(-self._hand, top + height, 0, 0)
        of_all = language.filled(self.tr("{0} of {1}"), self.face.hands, self.face.total)
        painter.drawText(below, _RIGHT | Qt.AlignmentFlag.AlignTop, of_all)


def _spoken(face: ChoiceFace) -> Message:
    """The choice as a screen reader says it."""
    hands = Message.counted("{n} hand", "{n} hands", face.hands)
    values = {"words": face.words, "bounds": face.bounds, "hands": hands, "share": face.share}
    match bool(face.bounds), face.revealed and face.right:
        case True, True:
            return Message("right: {words}, {bounds}, {hands}", values)
        case True, False:
            return Message("{words}, {bounds}, {hands}", values)
        case False, True:
            return Message("right: {words}, {hands}", values)
    return Message("{words}, {hands}", values)
