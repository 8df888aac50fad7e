"""The trained model that is looked into: which of its cells, which units, what it reads."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.errors import UserError
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.shown_scene import ChosenCell, cells_of, shown_scene
from rnnstudio.ui.inspector.drawer.form_parts import LabelledField
from rnnstudio.ui.inspector.events import SceneChosen
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.loader import Loader


class ModelForm(QWidget):
    """``asked(event)``: look at the scene of the model. ``refused(sentence)``: why not.

    It is hidden until there is a model.
    """

    asked = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model: Model | None = None
        self.loader = Loader(self)
        self.name = PlainLabel(role="muted", wrap=True)
        self.layer = QComboBox()
        self.layer.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.units, self.input = QLineEdit(), QLineEdit()
        for field, name, does in (
            (self.layer, self.tr("Layer"), self.tr("The layer that is looked into")),
            (
                self.units,
                self.tr("Units that are shown"),
                self.tr("Without any, those that move most. All are computed."),
            ),
            (
                self.input,
                self.tr("What the model reads"),
                self.tr("A name, or numbers step after step; Enter lets the model read them"),
            ),
        ):
            field.setAccessibleName(name)
            field.setAccessibleDescription(does)
            field.setToolTip(does)
        self.units.setPlaceholderText(self.tr("such as 1-20, 33"))
        self.input.setPlaceholderText(self.tr("a name, or 0.5 0.25"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        layout.addWidget(self.name)
        self._units = LabelledField(self.tr("Units that are shown"), self.units)
        layout.addWidget(LabelledField(self.tr("Layer"), self.layer))
        layout.addWidget(self._units)
        layout.addWidget(LabelledField(self.tr("What the model reads"), self.input))
        self.layer.currentIndexChanged.connect(self._choose_layer)
        self.units.returnPressed.connect(self._read)
        self.input.returnPressed.connect(self._read)
        self.loader.loaded.connect(self._ask)
        self.loader.refused.connect(self.refused)
        self.hide()

    def show_model(self, model: Model) -> None:
        """Look into a model, over a sine until something else is typed."""
        self.model = model
        self.name.setText(self.tr("Trained model {0}").format(model.name))
        with QSignalBlocker(self.layer):
            self.layer.clear()
            for cell in cells_of(model):
                self.layer.addItem(language.text(cell.label), cell)
        self.input.clear()
        self.show()
        self._choose_layer()

    @Slot()
    def _read(self) -> None:
        """Let the chosen layer read the input."""
        cell = self._cell()
        if self.model is None or cell is None:
            return
        make = partial(shown_scene, self.model, cell, self.input.text(), self.units.text())
        if cell.is_large:  # this may take seconds, in which the window goes on
            self.loader.load(Path(self.model.name), lambda _: make())
            return
        try:
            self._ask(make())
        except UserError as error:
            self.refused.emit(language.text(error.message))

    @Slot(object)
    def _ask(self, scene: Scene) -> None:
        self.asked.emit(SceneChosen(scene))

    @Slot()
    def _choose_layer(self) -> None:
        """Look into another layer: its units are others."""
        self.units.clear()
        cell = self._cell()
        self._units.setVisible(cell is not None and cell.is_large)
        self._read()

    def _cell(self) -> ChosenCell | None:
        cell = self.layer.currentData()
        return cell if isinstance(cell, ChosenCell) else None


if __name__ == "__main__":
    from rnnstudio.core.engine.spec import Dense, ModelSpec, Recurrent
    from rnnstudio.core.engine.trained_model import initial_weights
    from rnnstudio.core.models.trained_stack import trained_stack
    from rnnstudio.ui.widgets.preview import open_window

    def _with_model() -> ModelForm:
        spec = ModelSpec(2, (Recurrent("lstm", 3), Dense(1)))
        form = ModelForm()
        form.show_model(Model("model.keras", trained_stack(spec, initial_weights(spec, 1))))
        return form

    open_window(_with_model, 316, 200)
