"""The recipe's settings: widgets to a validated ``PaperSpec`` and back."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.spec import MOST_ITERATIONS, MOST_UNITS, PaperSpec

MOST_SEED = 2**31 - 1
"""What a spin box can hold; the command line takes seeds up to twice that."""
CLIPS = (5.0, 10.0)
"""The exercise's limit and the source document's."""


class PaperForm(QGroupBox):
    """One widget a setting, each with a line that explains it. ``changed`` follows every edit."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Recipe: as in the paper"))
        self.iterations = _whole_number(1, MOST_ITERATIONS, step=1_000)
        self.learning_rate = QLineEdit()
        self.clip = QComboBox()
        self.clip.setEditable(True)
        self.clip.addItems(list(map(_text, CLIPS)))
        self.units = _whole_number(1, MOST_UNITS, step=10)
        self.sample_every = _whole_number(1, MOST_ITERATIONS, step=50)
        self.seed = _whole_number(0, MOST_SEED, step=1)
        self.error = QLabel()
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self._lay_out()
        self.show_spec(PaperSpec())
        self._connect()

    def spec(self) -> PaperSpec:
        """The settings as they stand; raises UserError when one of them is impossible."""
        return PaperSpec(
            iterations=self.iterations.value(),
            learning_rate=self._number(self.tr("learning rate"), self.learning_rate.text()),
            clip=self._number(self.tr("clipping limit"), self.clip.currentText()),
            units=self.units.value(),
            sample_every=self.sample_every.value(),
            seed=self.seed.value(),
        )

    def show_spec(self, spec: PaperSpec) -> None:
        """Set every widget to ``spec``."""
        blocked = self.blockSignals(True)
        self.iterations.setValue(spec.iterations)
        self.learning_rate.setText(_text(spec.learning_rate))
        self.clip.setCurrentText(_text(spec.clip))
        self.units.setValue(spec.units)
        self.sample_every.setValue(spec.sample_every)
        self.seed.setValue(spec.seed)
        self.blockSignals(blocked)
        self._check()

    @property
    def valid(self) -> bool:
        """Whether the settings make a recipe."""
        return not self.error.text()

    def _check(self) -> None:
        try:
            self.spec()
        except UserError as error:
            self.error.setText(str(error))
        else:
            self.error.clear()
        self.error.setVisible(not self.valid)
        self.changed.emit()

    def _number(self, name: str, text: str) -> float:
        """A number written with a point or a comma."""
        try:
            return float(text.strip().replace(",", "."))
        except ValueError:
            sentence = self.tr("The {0} is {1!r}; it must be a number above 0.")
            raise UserError(sentence.format(name, text)) from None

    def _connect(self) -> None:
        for box in (self.iterations, self.units, self.sample_every, self.seed):
            box.valueChanged.connect(self._check)
        self.learning_rate.textChanged.connect(self._check)
        self.clip.currentTextChanged.connect(self._check)

    def _lay_out(self) -> None:
        form = QFormLayout()
        for label, widget, explanation in (
            (self.tr("Iterations"), self.iterations, self.tr("one name each")),
            (self.tr("Learning rate"), self.learning_rate, self.tr("size of a descent step")),
            (self.tr("Clip at ±"), self.clip, self.tr("5 in the exercise, 10 in the paper")),
            (self.tr("Hidden units"), self.units, self.tr("size of the hidden state")),
            (self.tr("Sample every"), self.sample_every, self.tr("iterations; the paper: 50")),
            (self.tr("Seed"), self.seed, self.tr("same seed, same names")),
        ):
            note = QLabel(explanation)
            note.setProperty("role", "muted")
            form.addRow(label, widget)
            form.addRow("", note)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.error)


def _text(number: float) -> str:
    """The shortest decimals that are ``number``."""
    return np.format_float_positional(number, trim="-")


def _whole_number(least: int, most: int, step: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setSingleStep(step)
    box.setGroupSeparatorShown(True)
    return box
