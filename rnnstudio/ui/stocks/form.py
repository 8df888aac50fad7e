"""The forecaster's settings: widgets to a validated ``ForecastSpec`` and back."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core.engine.kinds import KINDS
from rnnstudio.core.errors import UserError
from rnnstudio.core.limits import LAST_SEED
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.model.presets import (
    PRESET_NAMES,
    PRESETS,
    columns_for,
    preset_for,
    preset_of,
)
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_box import DecimalBox, NumberBox, WholeBox

FEATURE_ROWS = 5


class ForecastForm(QWidget):
    """Columns, network and training. ``changed`` is emitted once for every change."""

    changed = Signal()

    def __init__(self, engines: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: PriceTable | None = None
        self._order: tuple[str, ...] = ()
        self.preset = self._make_preset()
        self.features = QListWidget()
        self.target = QComboBox()
        self.quantity = QComboBox()
        self.quantity.addItem(self.tr("Price"), "price")
        self.quantity.addItem(self.tr("Log return"), "log return")
        self.cell = QComboBox()
        for name, kind in KINDS.items():
            self.cell.addItem(kind.cell.label, name)
        self._make_numbers()
        self.engine = QComboBox()
        names = {"numpy": self.tr("NumPy"), "keras": self.tr("Keras")}
        for engine in engines:
            self.engine.addItem(names[engine], engine)
        self.advice = PlainLabel(role="muted", wrap=True)
        self._lay_out()
        self.show_spec(PRESETS["sound"])
        self._connect()

    def spec(self) -> ForecastSpec:
        """The settings as they stand; raises UserError when they are impossible."""
        return ForecastSpec(
            features=self._features(),
            target=self.target.currentText(),
            quantity=self.quantity.currentData(),
            window=self.window_length.value(),
            cell=self.cell.currentData(),
            layers=self.layers.value(),
            units=self.units.value(),
            dropout=self.dropout.value(),
            epochs=self.epochs.value(),
            batch_size=self.batch_size.value(),
            learning_rate=self.learning_rate.value(),
            validation=self.validation.value(),
            patience=self.patience.value() or None,
            seed=self.seed.value(),
            engine=self.engine.currentData(),
        )

    def show_spec(self, spec: ForecastSpec) -> None:
        """Set every widget to ``spec``; its columns as far as they are offered."""
        blocked = self.blockSignals(True)
        self._order = spec.features
        for item in self._feature_items():
            _check(item, item.text() in spec.features)
        self.target.setCurrentText(spec.target)
        self.quantity.setCurrentIndex(self.quantity.findData(spec.quantity))
        self.window_length.setValue(spec.window)
        self.cell.setCurrentIndex(self.cell.findData(spec.cell))
        self.layers.setValue(spec.layers)
        self.units.setValue(spec.units)
        self.dropout.setValue(spec.dropout)
        self.epochs.setValue(spec.epochs)
        self.batch_size.setValue(spec.batch_size)
        self.learning_rate.setValue(spec.learning_rate)
        self.validation.setValue(spec.validation)
        self.patience.setValue(spec.patience or 0)
        self.seed.setValue(spec.seed)
        self.engine.setCurrentIndex(self.engine.findData(spec.engine))
        self.blockSignals(blocked)
        self._emit_changed()

    def show_table(self, table: PriceTable | None) -> None:
        """Offer the table's columns, and choose those that suit the preset."""
        self._table = table
        chosen = self.preset.currentIndex()
        preset = PRESET_NAMES[chosen] if chosen >= 0 else "sound"
        names = () if table is None else table.names
        features, target = ((), "") if table is None else columns_for(preset, table)
        blocked = self.blockSignals(True)
        self.features.clear()
        self.target.clear()
        self.target.addItems(names)
        self.target.setCurrentText(target)
        for name in names:
            item = QListWidgetItem(name, self.features)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            _check(item, name in features)
        rows = min(self.features.count(), FEATURE_ROWS) * self.features.sizeHintForRow(0)
        self.features.setFixedHeight(rows + 2 * self.features.frameWidth())
        self.blockSignals(blocked)
        self._emit_changed()

    def _emit_changed(self) -> None:
        """Name the preset that the settings are, if they are one, and emit the change."""
        self.preset.setCurrentIndex(self._preset_index())
        self.changed.emit()

    def _preset_index(self) -> int:
        if self._table is None:
            return -1
        try:
            spec = self.spec()
        except UserError:
            return -1
        return self.preset.findData(preset_of(spec, self._table))

    def _choose_preset(self, index: int) -> None:
        if self._table is None:
            return
        preset = preset_for(PRESET_NAMES[index], self._table)
        with contextlib.suppress(UserError):  # an invalid seed is replaced by the preset's
            preset = replace(preset, seed=self.seed.value())
        self.show_spec(replace(preset, engine=self.engine.currentData()))

    def _features(self) -> tuple[str, ...]:
        """The ticked columns, in the order of the settings that were shown if those are the same.

        A network that sees its columns in another order comes to other numbers.
        """
        ticked = tuple(item.text() for item in self._feature_items() if _checked(item))
        return self._order if set(ticked) == set(self._order) else ticked

    def _make_numbers(self) -> None:
        """Boxes that hold any number; which ones are possible, ``ForecastSpec`` says."""
        self.window_length = WholeBox(self.tr("Window"), 1, 1000)
        self.layers = WholeBox(self.tr("Layers"), 1, 8)
        self.units = WholeBox(self.tr("Units"), 1, 1024)
        self.dropout = DecimalBox(self.tr("Dropout"), 0, 0.95, 0.05)
        self.epochs = WholeBox(self.tr("Epochs"), 1, 100_000)
        self.batch_size = WholeBox(self.tr("Batch"), 1, 10_000)
        self.learning_rate = DecimalBox(self.tr("Rate"), 0.001, 10, 0.001)
        self.validation = DecimalBox(self.tr("Validation"), 0, 0.9, 0.05)
        self.patience = WholeBox(self.tr("Patience"), 0, 1000, special=self.tr("never"))
        self.seed = WholeBox(self.tr("Seed"), 0, LAST_SEED)

    def _make_preset(self) -> QComboBox:
        names = {
            "paper": self.tr("As in the paper"),
            "paper-four-layers": self.tr("As in the paper, four layers"),
            "sound": self.tr("Sound"),
        }
        box = QComboBox()
        for name in PRESET_NAMES:
            box.addItem(names[name], name)
        box.setPlaceholderText(self.tr("Own settings"))
        box.setToolTip(
            self.tr("Sound: log returns, a validation span, a stop when it gets no better")
        )
        return box

    def show_advice(self, sentence: str) -> None:
        """Show which engine is recommended for the settings, and why."""
        self.advice.setText(sentence)

    def _feature_items(self) -> list[QListWidgetItem]:
        return [self.features.item(row) for row in range(self.features.count())]

    def _connect(self) -> None:
        self.preset.activated.connect(self._choose_preset)
        self.features.itemChanged.connect(self._emit_changed)
        for box in (self.target, self.quantity, self.cell, self.engine):
            box.currentIndexChanged.connect(self._emit_changed)
        for number in self.findChildren(NumberBox):
            number.valueChanged.connect(self._emit_changed)

    def _lay_out(self) -> None:
        columns = QFormLayout()
        columns.addRow(self.tr("Features"), self.features)
        columns.addRow(self.tr("Target"), self.target)
        columns.addRow(self.tr("as"), self.quantity)
        network = QFormLayout()
        network.addRow(self.tr("Window"), self.window_length)
        network.addRow(self.tr("Cell"), _pair(self.cell, self.tr("Layers"), self.layers))
        network.addRow(self.tr("Units"), _pair(self.units, self.tr("Dropout"), self.dropout))
        training = QFormLayout()
        training.addRow(self.tr("Epochs"), _pair(self.epochs, self.tr("Batch"), self.batch_size))
        training.addRow(self.tr("Rate"), _pair(self.learning_rate, self.tr("Seed"), self.seed))
        training.addRow(
            self.tr("Validation"), _pair(self.validation, self.tr("Patience"), self.patience)
        )
        training.addRow(self.tr("Engine"), self.engine)
        training.addRow(self.advice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.preset)
        for title, lines in (
            (self.tr("Columns"), columns),
            (self.tr("Network"), network),
            (self.tr("Training"), training),
        ):
            group = QGroupBox(title)
            group.setLayout(lines)
            layout.addWidget(group)
        self._explain()
        for field in (*self.findChildren(QComboBox), *self.findChildren(NumberBox)):
            field.setMinimumWidth(sizes().drawer // 6)  # the drawer is narrow

    def _explain(self) -> None:
        self.features.setToolTip(self.tr("Columns the network sees"))
        self.target.setToolTip(self.tr("Column it forecasts"))
        self.window_length.setToolTip(self.tr("Days it sees before the day it forecasts"))
        self.cell.setToolTip(self.tr("What the layers are made of"))
        self.learning_rate.setToolTip(self.tr("Learning rate: the size of Adam's steps"))
        self.dropout.setToolTip(self.tr("Share of each layer's outputs dropped while training"))
        self.quantity.setToolTip(self.tr("What the network sees and says"))
        self.validation.setToolTip(
            self.tr("Share of the days before the test span to choose on: no training there")
        )
        self.patience.setToolTip(
            self.tr("Epochs without a better validation error after which the training stops")
        )
        self.seed.setToolTip(self.tr("The same seed and settings give the same forecast"))
        self.engine.setToolTip(self.tr("NumPy trains here, Keras in a process of its own"))


def _pair(first: QWidget, label: str, second: QWidget) -> QHBoxLayout:
    """Two settings on one line, the second with its label between them."""
    line = QHBoxLayout()
    buddy = PlainLabel(label)
    buddy.setBuddy(second)
    line.addWidget(first, stretch=1)
    line.addWidget(buddy)
    line.addWidget(second, stretch=1)
    return line


def _checked(item: QListWidgetItem) -> bool:
    return item.checkState() is Qt.CheckState.Checked


def _check(item: QListWidgetItem, checked: bool) -> None:
    item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
