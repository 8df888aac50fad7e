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
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.engine.spec import Recurrent
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.open import SUFFIXES, open_model
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.scene import to_scene, typed_input, wave
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
        self.name = PlainLabel(role="muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, sizes().half_gap, 0, 0)
        layout.addWidget(self.open_button)
        layout.addWidget(self.name)
        layout.addWidget(self.layer)
        layout.addWidget(self.input, stretch=3)
        layout.addStretch(1)
        self.open_button.clicked.connect(self._choose_file)
        self.layer.currentIndexChanged.connect(self._read)
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
            for place in model.recurrent:
                layer = model.spec.layers[place]
                if isinstance(layer, Recurrent):
                    text = self.tr("layer {0}: {1}, {2} units")
                    self.layer.addItem(
                        text.format(place + 1, CELLS[layer.cell].label, layer.units), place
                    )
        self.input.clear()
        self._enable()
        self._read()

    def _choose_file(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        title = self.tr("Open a trained model")
        path = ask_open(self, title, self.tr("Models ({0})").format(kinds))
        if path is not None:
            self.open_file(path)

    def _read(self) -> None:
        """Let the chosen layer read the input."""
        if self.model is None:
            return
        n_x = self.model.spec.n_x
        try:
            x, labels = (
                typed_input(self.input.text(), n_x) if self.input.text() else (wave(n_x), ())
            )
            scene = to_scene(self.model, x, labels, self.layer.currentData())
        except UserError as error:
            self.refused.emit(language.text(error.message))
        else:
            self.asked.emit(SceneChosen(scene))

    def _enable(self) -> None:
        for widget in (self.name, self.layer, self.input):
            widget.setVisible(self.model is not None)


if __name__ == "__main__":
    from rnnstudio.ui.widgets.preview import open_window

    open_window(ModelForm, 700, 40)
