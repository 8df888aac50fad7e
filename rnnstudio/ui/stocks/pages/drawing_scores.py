"""How far each was off in a round: the class, the network and yesterday's price."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from rnnstudio.core import language
from rnnstudio.core.numbers import plain
from rnnstudio.core.stocks.teaching.drawing_rounds import DrawnRound
from rnnstudio.ui.stocks.marks import LineSample
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.icons import paint_icon
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel

_WIDEST = "00,000"


@dataclass(frozen=True)
class LineStyle:
    """How a line is drawn: the role of its colour, its width, its dashes."""

    role: str
    width: float
    dashes: tuple[float, ...] = ()


class BestMark(QWidget):
    """A tick beside the one who was nearest; keeps its place where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.best = False
        self.setFixedSize(QSize(sizes().mark, sizes().mark))

    def paintEvent(self, _: QPaintEvent) -> None:
        """The tick."""
        if self.best:
            with QPainter(self) as painter:
                paint_icon(painter, QRectF(self.rect()), "tick", "good")


class Score(QWidget):
    """Who, and by how much they were off."""

    def __init__(self, name: str, style: LineStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.mark = BestMark()
        self.value = PlainLabel(role="heading")
        widest = QFontMetrics(words(sizes().heading, bold=True)).horizontalAdvance(_WIDEST)
        self.value.setMinimumWidth(widest)  # another number moves nothing
        who, unit = PlainLabel(name), PlainLabel(self.tr("RMSE"), role="muted")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(sizes().gap)
        grid.setVerticalSpacing(0)
        sample = LineSample(style.role, style.width, style.dashes)
        grid.addWidget(sample, 0, 0, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(who, 0, 1)
        grid.addWidget(unit, 1, 1)
        grid.addWidget(self.value, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.mark, 0, 3, 2, 1, Qt.AlignmentFlag.AlignVCenter)

    def cover(self) -> None:
        """Show that it is not known yet."""
        self.value.setText("?")
        self.mark.best = False
        self.mark.update()
        self.setAccessibleName(language.filled(self.tr("{0}: not revealed yet"), self.name))

    def show_error(self, error: float, *, best: bool) -> None:
        """Show how far they were off, and whether nobody was nearer."""
        text = language.number(plain(error))
        self.value.setText(text)
        self.mark.best = best
        self.mark.update()
        said = self.tr("{0}: RMSE {1}, nearest") if best else self.tr("{0}: RMSE {1}")
        self.setAccessibleName(language.filled(said, self.name, text))


class DrawingScores(QWidget):
    """The three beside each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.you = Score(self.tr("you"), LineStyle("you", 3))
        self.network = Score(self.tr("network"), LineStyle("network", 5.5))
        self.yesterday = Score(self.tr("yesterday's price"), LineStyle("yesterday", 2.4, (7, 5)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4 * sizes().gap)
        for score in (self.you, self.network, self.yesterday):
            row.addWidget(score)
        row.addStretch(1)

    def show_round(self, over: DrawnRound | None) -> None:
        """Show the three errors of a round; None: they are not to be seen yet."""
        if over is None:
            for score in (self.you, self.network, self.yesterday):
                score.cover()
            return
        errors = {
            self.you: over.drawn_rmse,
            self.network: over.network_rmse,
            self.yesterday: over.known_rmse,
        }
        for score, error in errors.items():
            score.show_error(error, best=error == min(errors.values()))
