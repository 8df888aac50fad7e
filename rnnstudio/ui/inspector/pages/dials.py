"""Sliders with a caption, the number they stand at, and a few numbers below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.notation import symbol
from rnnstudio.core.numbers import rounded
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.tokens import colours, scaled, sizes
from rnnstudio.ui.widgets.chart_picture import CAPTION
from rnnstudio.ui.widgets.labels import PlainLabel, RichLabel
from rnnstudio.ui.widgets.number_text import tidy, written

_NARROWEST = 90
"""A shorter slider cannot be set; beside text of its usual size."""


@dataclass(frozen=True)
class Dial:
    """The reach of a slider: from ``least`` by ``step`` to ``most``, at first at ``value``."""

    least: float
    most: float
    step: float
    value: float


class DialBox(QWidget):
    """One slider; ``marks`` are numbers below it, ``name`` the parameter whose symbol it has.

    ``changed()``: it stands elsewhere.
    """

    changed = Signal()

    def __init__(
        self,
        caption: str,
        dial: Dial,
        marks: Sequence[float] = (),
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._dial = dial
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, round((dial.most - dial.least) / dial.step))
        self.slider.setAccessibleName(caption)
        self.slider.setMinimumWidth(round(scaled(_NARROWEST)))
        self._number = PlainLabel()
        self._number.setFont(words(bold=True))
        widest = max(
            (dial.least, dial.most, dial.least + dial.step), key=lambda at: len(self._text(at))
        )
        width = QFontMetrics(words(bold=True)).horizontalAdvance(self._text(widest))
        self._number.setFixedWidth(width + sizes().half_gap)
        said_name = RichLabel(f"{caption} {symbol(name).html}") if name else PlainLabel(caption)
        for said in (said_name, self._number):
            said.setProperty(CAPTION, True)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.slider)
        if marks:
            column.addWidget(_Marks(dial, marks))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(sizes().gap)
        row.addWidget(said_name)
        row.addWidget(self._number)
        row.addLayout(column, stretch=1)
        self.slider.valueChanged.connect(self._moved)
        self.set_value(dial.value)
        self._moved()

    def value(self) -> float:
        """Where it stands."""
        return round(self._dial.least + self.slider.value() * self._dial.step, 6)

    def set_value(self, value: float) -> None:
        """Go to ``value``, or to the nearest end."""
        self.slider.setValue(round((value - self._dial.least) / self._dial.step))

    def _moved(self) -> None:
        text = self._text(self.value())
        self._number.setText(text)
        self.slider.setAccessibleDescription(text)
        self.changed.emit()

    def _text(self, value: float) -> str:
        """With one decimal at least where the slider has steps of less than 1."""
        tenths = round(10 * value, 6)
        in_tenths = self._dial.step < 1 and tenths == int(tenths)
        return language.number(rounded(value, 1) if in_tenths else tidy(value))


class _Marks(QWidget):
    """Numbers below the places of a slider where it stands at them."""

    def __init__(self, dial: Dial, marks: Sequence[float]) -> None:
        super().__init__()
        self._shares = {
            written(mark): (mark - dial.least) / (dial.most - dial.least) for mark in marks
        }
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as the numbers."""
        return QSize(0, QFontMetrics(words(sizes().label)).height())

    def paintEvent(self, _: QPaintEvent) -> None:
        """Each number below the middle of the slider's handle."""
        inset = (sizes().mark + sizes().quarter_gap) / 2
        with QPainter(self) as painter:
            painter.setFont(words(sizes().label))
            painter.setPen(QColor(colours().muted))
            for text, share in self._shares.items():
                middle = inset + share * (self.width() - 2 * inset)
                room = painter.fontMetrics().horizontalAdvance(text)
                left = min(max(middle - room / 2, 0.0), self.width() - room)
                place = QRectF(left, 0, room + 1, self.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignLeft, text)


def connect_all(boxes: Sequence[DialBox], call: Callable[[], object]) -> None:
    """Call when any of the sliders moves."""
    for box in boxes:
        box.changed.connect(call)
