"""The widgets for one recipe's settings, made from what the recipe says of them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from rnnstudio.core import language
from rnnstudio.core.engine.kinds import KINDS
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.recipes import (
    MOST_BATCH,
    MOST_EPOCHS,
    MOST_ITERATIONS,
    MOST_UNITS,
    PaperSpec,
    Setting,
    Spec,
    settings_of,
)
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_box import WholeBox, number_text

MOST_SEED = 2**63 - 1
"""How far the arrows go; which seeds there are is the recipe's to say."""
CLIPS = ("5", "10")
"""The exercise's limit and the source document's."""
TUNABLE = ("learning_rate", "clip")
"""What may change while a training runs."""
LARGEST = {
    "units": MOST_UNITS,
    "batch_size": MOST_BATCH,
    "epochs": MOST_EPOCHS,
    "patience": MOST_EPOCHS,
    "seed": MOST_SEED,
}
STEPS = {"iterations": 1_000, "units": 10, "sample_every": 50, "batch_size": 8, "epochs": 5}

Field = QComboBox | QLineEdit | WholeBox


class SettingFields(QWidget):
    """One widget a setting of the recipe ``kind``, each with its explanation and its default.

    ``changed`` follows every edit, ``settled`` comes when a tunable number has been typed.
    """

    changed = Signal()
    settled = Signal()

    def __init__(self, kind: type[Spec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._defaults: dict[str, Any] = {each.name: each.default for each in fields(kind)}
        self.fields: dict[str, Field] = {}
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for name, setting in settings_of(kind).items():
            field = self.fields[name] = self._field(name)
            label = language.text(setting.label)
            field.setAccessibleName(label)
            layout.addRow(label, field)
            layout.addRow(self._note(setting, self._defaults[name]))
        self.show_spec(kind())

    def spec(self) -> Spec:
        """The settings as they stand; raises UserError when one of them is impossible."""
        return self._kind(**{name: self._value(name) for name in self.fields})

    def show_spec(self, spec: Spec) -> None:
        """Set every widget to ``spec``."""
        for name, field in self.fields.items():
            value = getattr(spec, name)
            if isinstance(field, WholeBox):
                field.setValue(value)
            elif isinstance(field, QLineEdit):
                field.setText(number_text(value))
            else:
                field.setCurrentText(value if isinstance(value, str) else number_text(value))

    def set_running(self, running: bool) -> None:
        """While a training runs only what it can be tuned by may change."""
        for name, field in self.fields.items():
            field.setEnabled(not running or name in TUNABLE)

    def _field(self, name: str) -> Field:
        default = self._defaults[name]
        if isinstance(default, int):
            return self._whole_number(name)
        if isinstance(default, str):
            return self._choice(list(KINDS), editable=False)
        if name == "clip" and self._kind is PaperSpec:
            return self._choice(list(CLIPS), editable=True)
        line = QLineEdit()
        line.textChanged.connect(self.changed)
        line.editingFinished.connect(self.settled)
        return line

    def _whole_number(self, name: str) -> WholeBox:
        label = language.text(settings_of(self._kind)[name].label)
        least, most = int(name != "seed"), LARGEST.get(name, MOST_ITERATIONS)
        box = WholeBox(label, least, most, STEPS.get(name, 1))
        box.valueChanged.connect(self.changed)
        return box

    def _choice(self, choices: list[str], *, editable: bool) -> QComboBox:
        box = QComboBox()
        box.addItems(choices)
        box.setEditable(editable)
        box.currentTextChanged.connect(self.changed)
        box.activated.connect(self.settled)
        line = box.lineEdit()
        if line is not None:
            line.editingFinished.connect(self.settled)
        return box

    def _value(self, name: str) -> Any:
        field = self.fields[name]
        if isinstance(field, WholeBox):
            return field.value()
        text = field.text() if isinstance(field, QLineEdit) else field.currentText()
        return text if isinstance(self._defaults[name], str) else self._number(name, text)

    def _number(self, name: str, text: str) -> float:
        """A number written with a point or a comma."""
        try:
            return float(text.strip().replace(",", "."))
        except ValueError:
            raise UserError(
                "{label} is {text!r}; it must be a number.",
                label=settings_of(self._kind)[name].label,
                text=text,
            ) from None

    def _note(self, setting: Setting, default: Any) -> PlainLabel:
        text = default if isinstance(default, str) else number_text(default)
        explanation = language.text(setting.explanation)
        return PlainLabel(
            language.filled(self.tr("{0} (default {1})"), explanation, text),
            role="muted",
            wrap=True,
        )
