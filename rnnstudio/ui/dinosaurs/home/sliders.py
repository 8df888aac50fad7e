"""The two sliders of the home page: how fast the training goes, how boldly names are drawn."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.numbers import plain
from rnnstudio.ui.dinosaurs.home.pace import FASTEST, USUAL_PACE, pace_words
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.chart_picture import CAPTION
from rnnstudio.ui.widgets.labels import PlainLabel

_TENTHS = (1, 20)
"""The ends of the slider of temperatures, in tenths; others are typed in the drawer."""
_PACE_WIDTH = 172


class TemperatureSlider(QWidget):
    """Careful to bold. ``moved``: another temperature was chosen."""

    moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(*_TENTHS)
        self.slider.setAccessibleName(self.tr("Temperature"))
        self.slider.setToolTip(
            self.tr("Below 1 the likely letters come more often, above 1 all are more alike.")
        )
        self.value = PlainLabel()
        self.value.setFont(words(bold=True))
        self.ends = (
            PlainLabel(self.tr("careful"), role="muted"),
            PlainLabel(self.tr("bold"), role="muted"),
        )
        self._lay_out()
        self.slider.valueChanged.connect(self._move)

    def set_low(self, low: bool) -> None:
        """Leave out what its ends are called, where there is little room."""
        for end in self.ends:
            end.setHidden(low)

    def show_temperature(self, temperature: float) -> None:
        """Show a temperature, which may lie beyond the ends."""
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(round(10 * temperature))
        self.slider.blockSignals(blocked)
        self._write(temperature)

    @Slot(int)
    def _move(self, tenths: int) -> None:
        self._write(tenths / 10)
        self.moved.emit(tenths / 10)

    def _write(self, temperature: float) -> None:
        text = language.number(plain(temperature, 1))
        self.value.setText(text)
        self.slider.setAccessibleDescription(text)

    def _lay_out(self) -> None:
        head, ends = QHBoxLayout(), QHBoxLayout()
        label = PlainLabel(self.tr("Temperature"))
        label.setBuddy(self.slider)
        for said in (label, self.value):
            said.setProperty(CAPTION, True)
        head.addWidget(label, stretch=1)
        head.addWidget(self.value)
        ends.addWidget(self.ends[0], stretch=1)
        ends.addWidget(self.ends[1])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().half_gap)
        layout.addLayout(head)
        layout.addWidget(self.slider)
        layout.addLayout(ends)
        layout.addStretch(1)


class PaceSlider(QWidget):
    """Slow to fast. ``moved``: another place among the paces was chosen.

    ``stacked``: the ends are named above the slider, not beside it.
    """

    moved = Signal(int)

    def __init__(self, *, stacked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, FASTEST)
        self.slider.setPageStep(3)
        self.slider.setAccessibleName(self.tr("Pace of the training"))
        self.slow = PlainLabel(self.tr("slow"), role="quiet")
        self.fast = PlainLabel(self.tr("fast"), role="quiet")
        self.words = PlainLabel()
        self.words.setFont(words(bold=True))
        (self._stack if stacked else self._line)()
        self.slider.valueChanged.connect(self._move)
        self.show_pace(USUAL_PACE)

    def show_pace(self, pace: int) -> None:
        """Show a place among the paces."""
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(pace)
        self.slider.blockSignals(blocked)
        self._write(pace)

    @Slot(int)
    def _move(self, pace: int) -> None:
        self._write(pace)
        self.moved.emit(pace)

    def _write(self, pace: int) -> None:
        text = language.text(pace_words(pace))
        self.words.setText(text)
        self.slider.setAccessibleDescription(text)

    def _line(self) -> None:
        self.slider.setFixedWidth(round(scaled(_PACE_WIDTH)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * sizes().gap)
        for part in (self.slow, self.slider, self.fast, self.words):
            row.addWidget(part)

    def _stack(self) -> None:
        ends = QHBoxLayout()
        ends.addWidget(self.slow, stretch=1)
        ends.addWidget(self.fast)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().half_gap)
        layout.addLayout(ends)
        layout.addWidget(self.slider)
        self.words.setParent(self)
        self.words.hide()
