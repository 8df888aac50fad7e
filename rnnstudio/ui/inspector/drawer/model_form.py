"""A trained model to look into: its file, which of its layers, and what it reads."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.open import SUFFIXES, open_model
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.shown_scene import ChosenCell, cells_of, shown_scene
from rnnstudio.ui.inspector.events import SceneChosen
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.file_dialogs import ask_open
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.loader import Loader


class ModelForm(QWidget):
    """``asked(event)``: look at the scene of the model. ``refused(sentence)``: why not."""

    asked = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model: Model | None = None
        self.loader = Loader(self)
        self.loader.loaded.connect(self.show_model)
        self.loader.refused.connect(self.refused)
        self.open_button = QPushButton(self.tr("Open a trained model …"))
        self.open_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.layer = QComboBox()
        self.layer.setToolTip(self.tr("The layer that is looked into"))
        self.layer.setAccessibleName(self.tr("Layer"))
        self.input = QLineEdit()
        self.input.setToolTip(self.tr("What the model reads: a name, or numbers step after step"))
        self.input.setAccessibleName(self.tr("What the model reads"))
        self.input.setPlaceholderText(self.tr("a name, or numbers such as 0.5 0.25"))
        self.units = QLineEdit()
        self.units.setToolTip(
            self.tr("Which units are shown; without any, those that move most. All are computed.")
        )
        self.units.setAccessibleName(self.tr("Units that are shown"))
        self.units.setPlaceholderText(self.tr("units such as 1-20, 33"))
        self.name = PlainLabel(role="muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, sizes().half_gap, 0, 0)
        layout.addWidget(self.open_button)
        layout.addWidget(self.name)
        layout.addWidget(self.layer)
        layout.addWidget(self.units, stretch=1)
        layout.addWidget(self.input, stretch=3)
        layout.addStretch(1)
        self.open_button.clicked.connect(self._choose_file)
        self.layer.currentIndexChanged.connect(self._choose_layer)
        self.units.returnPressed.connect(self._read)
        self.input.returnPressed.connect(self._read)
        self._enable()

    def open_file(self, path: Path) -> None:
        """Look into the model in a file; one that cannot be read changes nothing."""
        self.loader.load(path, open_model)

    def show_model(self, model: Model) -> None:
        """Look into a model, over a sine until something else is typed."""
        self.model = model
        self.name.setText(model.name)
        with QSignalBlocker(self.layer):
            self.layer.clear()
            for cell in cells_of(model):
                self.layer.addItem(language.text(cell.label), cell)
        self.input.clear()
        self._choose_layer()

    def _choose_file(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        title = self.tr("Open a trained model")
        path = ask_open(self, title, self.tr("Models ({0})").format(kinds))
        if path is not None:
            self.open_file(path)

    def _read(self) -> None:
        """Let the chosen layer read the input."""
        cell = self._cell()
        if self.model is None or cell is None:
            return
        try:
            scene = shown_scene(self.model, cell, self.input.text(), self.units.text())
        except UserError as error:
            self.refused.emit(language.text(error.message))
        else:
            self.asked.emit(SceneChosen(scene))

    def _choose_layer(self) -> None:
        """Look into another layer: its units are others."""
        self.units.clear()
        self._enable()
        self._read()

    def _cell(self) -> ChosenCell | None:
        cell = self.layer.currentData()
        return cell if isinstance(cell, ChosenCell) else None

    def _enable(self) -> None:
        for widget in (self.name, self.layer, self.input):
            widget.setVisible(self.model is not None)
        cell = self._cell()
        self.units.setVisible(cell is not None and cell.is_large)


if __name__ == "__main__":
    from rnnstudio.ui.widgets.preview import open_window

    open_window(ModelForm, 700, 40)
