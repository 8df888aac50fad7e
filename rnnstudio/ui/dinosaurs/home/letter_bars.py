"""How likely each letter is to come next: a bar for each of the likeliest."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rnnstudio.core import language
from rnnstudio.core.numbers import rounded
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.icons import paint_icon
from rnnstudio.ui.theme.tokens import colour, sizes

MOST_LETTERS = 5


@dataclass(frozen=True)
class LetterBar:
    """A letter as it is shown, and how likely it is."""

    letter: str
    share: float


class LetterBars(QWidget):
    """Paints the bars; ``set_covered``: the class is to guess them first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: tuple[LetterBar, ...] = ()
        self.covered = False
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Preferred)
        self.setAccessibleName(self.tr("Next letters"))

    def show_bars(self, bars: tuple[LetterBar, ...]) -> None:
        """Show these letters, the likeliest first."""
        if bars == self.bars:
            return
        self.bars = bars
        self._say()
        self.update()

    def set_covered(self, covered: bool) -> None:
        """Cover the bars, or show them again."""
        if covered != self.covered:
            self.covered = covered
            self._say()
            self.update()

    def sizeHint(self) -> QSize:
        """A line a letter."""
        return QSize(0, MOST_LETTERS * round(1.45 * sizes().text))

    def minimumSizeHint(self) -> QSize:
        """A line a letter, with no room between them."""
        return QSize(0, MOST_LETTERS * round(1.1 * sizes().text))

    def paintEvent(self, _: QPaintEvent) -> None:
        """A letter, its bar and its number in each line."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.covered:
                self._paint_cover(painter)
                return
            high = self.height() / MOST_LETTERS
            for place, bar in enumerate(self.bars):
                self._paint_bar(painter, QRectF(0, place * high, self.width(), high), bar)

    def _say(self) -> None:
        said = [
            language.filled(self.tr("{0} {1}"), bar.letter, _number(bar.share)) for bar in self.bars
        ]
        covered = self.tr("covered until it is guessed")
        self.setAccessibleDescription(covered if self.covered else ", ".join(said))

    def _paint_cover(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour("cover")))
        painter.drawRoundedRect(QRectF(self.rect()), sizes().radius, sizes().radius)
        side = sizes().target
        middle = QRectF(self.rect()).center()
        spot = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
        paint_icon(painter, spot, "covered", "muted")

    def _paint_bar(self, painter: QPainter, place: QRectF, bar: LetterBar) -> None:
        bold, plain = words(bold=True), words()
        number = _number(bar.share)
        letters = max(QFontMetricsF(bold).horizontalAdvance(each.letter) for each in self.bars)
        start = max(letters, sizes().mark) + sizes().gap
        room = place.width() - start - QFontMetricsF(plain).horizontalAdvance("0.00") - sizes().gap
        largest = max(each.share for each in self.bars)
        long = max(1.0, room * bar.share / largest)
        thick = 0.62 * place.height()
        painter.setPen(QColor(colour("ink")))
        painter.setFont(bold)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, middle, bar.letter)
        painter.setFont(plain)
        painter.drawText(place.adjusted(start + long + sizes().gap, 0, 0, 0), middle, number)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour("network")))
        ground = QRectF(start, place.center().y() - thick / 2, long, thick)
        painter.drawRoundedRect(ground, sizes().quarter_gap, sizes().quarter_gap)


def _number(share: float) -> str:
    return language.number(rounded(share, 2))
