"""How names are drawn: widgets to a validated ``Sampling``."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from rnnstudio.core.names.corpus import LARGEST_VOCABULARY
from rnnstudio.core.names.sampler import MOST_SAMPLES, TEMPERATURES, Sampling
from rnnstudio.ui.dinosaurs.drawer.setting_fields import MOST_SEED
from rnnstudio.ui.dinosaurs.home.training_bar import USUAL_COUNT
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_box import DecimalBox, WholeBox

USUAL_TEMPERATURE = 0.7
"""A little careful: so that the first names a class sees are pronounceable."""


class SamplingForm(QWidget):
    """Temperature, top-k, a beginning, how many, and the seed, each with its explanation."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.temperature = DecimalBox(self.tr("Temperature"), *TEMPERATURES, 0.1)
        self.temperature.setValue(USUAL_TEMPERATURE)
        every = self.tr("all")
        self.top_k = WholeBox(self.tr("Top-k"), 0, LARGEST_VOCABULARY, special=every)
        self.beginning = QLineEdit()
        self.beginning.setAccessibleName(self.tr("Beginning"))
        self.beginning.setPlaceholderText(self.tr("none"))
        self.count = WholeBox(self.tr("How many"), 1, MOST_SAMPLES)
        self.count.setValue(USUAL_COUNT)
        self.seed = WholeBox(self.tr("Seed"), 0, MOST_SEED)
        self.seed.setValue(1)
        self._lay_out()
        for box in (self.temperature, self.top_k, self.count, self.seed):
            box.valueChanged.connect(self.changed)
        self.beginning.textChanged.connect(lambda _: self.changed.emit())

    def show_spec(self, spec: Sampling) -> None:
        """Set every widget to ``spec``."""
        self.temperature.setValue(spec.temperature)
        self.top_k.setValue(spec.top_k or 0)
        self.beginning.setText(spec.beginning)
        self.count.setValue(spec.count)
        self.seed.setValue(spec.seed)

    def spec(self) -> Sampling:
        """The settings as they stand; raises UserError when one of them is impossible."""
        return Sampling(
            temperature=self.temperature.value(),
            top_k=self.top_k.value() or None,
            beginning=self.beginning.text(),
            count=self.count.value(),
            seed=self.seed.value(),
        )

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        for label, widget, explanation in (
            (
                self.tr("Temperature"),
                self.temperature,
                self.tr("below 1: the likely letters more often; above 1: all more alike"),
            ),
            (self.tr("Top-k"), self.top_k, self.tr("draw from the k likeliest letters only")),
            (self.tr("Beginning"), self.beginning, self.tr("every name starts with it")),
            (self.tr("How many"), self.count, self.tr("names at once")),
            (self.tr("Seed"), self.seed, self.tr("same seed, same random numbers")),
        ):
            note = PlainLabel(explanation, role="muted", wrap=True)
            form.addRow(label, widget)
            form.addRow(note)
