"""Sliders with a caption and the number they stand at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from rnnstudio.ui.widgets.chart_picture import CAPTION
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_text import tidy


@dataclass(frozen=True)
class Dial:
    """The reach of a slider: from ``least`` by ``step`` to ``most``, at first at ``value``."""

    least: float
    most: float
    step: float
    value: float


class DialBox(QWidget):
    """One slider. ``changed()``: it stands elsewhere."""

    changed = Signal()

    def __init__(self, caption: str, dial: Dial, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dial = dial
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, round((dial.most - dial.least) / dial.step))
        self.slider.setAccessibleName(caption)
        self._number = PlainLabel()
        self._number.setFixedWidth(self._number.fontMetrics().horizontalAdvance("−00.00 "))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        name = PlainLabel(caption)
        for said in (name, self._number):
            said.setProperty(CAPTION, True)
        layout.addWidget(name)
        layout.addWidget(self.slider, stretch=1)
        layout.addWidget(self._number)
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
        self._number.setText(tidy(self.value()))
        self.changed.emit()


def connect_all(boxes: list[DialBox], call: Callable[[], object]) -> None:
    """Call when any of the sliders moves."""
    for box in boxes:
        box.changed.connect(call)
