"""The scene: which cell, where its numbers come from, how large it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from rnnstudio.core.cells.published import examples
from rnnstudio.core.cells.scene import MOST, Scene, Sizes
from rnnstudio.core.cells.scenes import CELLS, paper_scene, random_scene
from rnnstudio.ui.inspector.state import State

CELL_LABELS = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}


class SceneForm(QWidget):
    """Widgets to a scene. ``changed(scene)``: the user asked for another one."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cell = QComboBox()
        for key in CELLS:
            self.cell.addItem(CELL_LABELS[key], key)
        self.cell.setCurrentIndex(1)
        self.source = QComboBox()
        self.source.addItem(self.tr("Random"), None)
        for example in examples():
            self.source.addItem(example.function, example)
        self.sizes = {name: _size_box(most) for name, most in MOST.items()}
        for name, default in vars(Sizes()).items():
            self.sizes[name].setValue(default)
        self.seed = QSpinBox()
        self.seed.setRange(0, 2**31 - 1)
        self.seed.setValue(1)
        self._lay_out()
        self.source.currentIndexChanged.connect(self._changed)
        self.cell.currentIndexChanged.connect(self._cell_chosen)
        for box in (*self.sizes.values(), self.seed):
            box.valueChanged.connect(self._changed)

    def scene(self) -> Scene:
        """The scene that the widgets ask for."""
        example = self.source.currentData()
        if example is not None:
            return paper_scene(example)
        sizes = Sizes(**{name: box.value() for name, box in self.sizes.items()})
        return random_scene(CELLS[self.cell.currentData()], sizes, self.seed.value())

    def show_state(self, state: State) -> None:
        """Show the sizes and the cell of a scene that has its own."""

    def _cell_chosen(self) -> None:
        blocked = self.source.blockSignals(True)
        self.source.setCurrentIndex(0)
        self.source.blockSignals(blocked)
        self._changed()

    def _changed(self) -> None:
        drawn = self.source.currentData() is None
        for box in (*self.sizes.values(), self.seed):
            box.setEnabled(drawn)
        self.changed.emit(self.scene())

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Scene"))
        heading.setProperty("role", "heading")
        form = QFormLayout()
        form.addRow(self.tr("Cell"), self.cell)
        form.addRow(self.tr("Values"), self.source)
        labels = {
            "n_x": self.tr("Inputs n_x"),
            "n_a": self.tr("Units n_a"),
            "n_y": self.tr("Outputs n_y"),
            "m": self.tr("Examples m"),
            "T_x": self.tr("Steps T_x"),
        }
        for name, box in self.sizes.items():
            form.addRow(labels[name], box)
        form.addRow(self.tr("Seed"), self.seed)
        layout = QVBoxLayout(self)
        layout.addWidget(heading)
        layout.addLayout(form)
        layout.addStretch(1)


def _size_box(most: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(1, most)
    return box
