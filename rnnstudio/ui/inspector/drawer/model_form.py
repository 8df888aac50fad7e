"""The trained model that is looked into: which of its cells, which units, what it reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.errors import UserError
from rnnstudio.core.messages import Message
from rnnstudio.core.models.open import SUFFIXES, open_model, with_scalers
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.scalers import ModelScalers, read_scalers
from rnnstudio.core.models.shown_scene import ChosenCell, cells_of, shown_scene
from rnnstudio.ui.inspector.drawer.form_parts import LabelledField
from rnnstudio.ui.inspector.events import SceneChosen
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.file_dialogs import ask_open
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.link_button import LinkButton
from rnnstudio.ui.widgets.loader import Loader

Layer = tuple[Model, ChosenCell]
Scenes = tuple[Scene, Scene | None]


class ModelForm(QWidget):
    """``asked(event)``: look at the scene of the model. ``refused(sentence)``: why not.

    It is hidden until there is a model. A layer of the same model or of ``other`` may stand beside
    the chosen one: two directions, an RNN and an LSTM, a network before and after its training.
    """

    asked = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model: Model | None = None
        self.other: Model | None = None
        self.loader = Loader(self)
        self.name = PlainLabel(role="muted", wrap=True)
        self.layer, self.beside = QComboBox(), QComboBox()
        self.units, self.input = QLineEdit(), QLineEdit()
        self.other_link = LinkButton(self.tr("Another model beside it …"))
        self.scaler_link = LinkButton(self.tr("What its numbers mean …"))
        self._describe()
        self._lay_out()
        self.layer.currentIndexChanged.connect(self._choose_layer)
        self.beside.currentIndexChanged.connect(self._read)
        self.units.returnPressed.connect(self._read)
        self.input.returnPressed.connect(self._read)
        self.other_link.clicked.connect(self._choose_other)
        self.scaler_link.clicked.connect(self._choose_scalers)
        self.loader.loaded.connect(self._take)
        self.loader.refused.connect(self.refused)
        self.hide()

    def show_model(self, model: Model) -> None:
        """Look into a model, over a sine until something else is typed."""
        self.model = model
        self.name.setText(language.filled(self.tr("Trained model {0}"), model.name))
        with QSignalBlocker(self.layer):
            self.layer.clear()
            for cell in cells_of(model):
                self.layer.addItem(language.text(cell.label), cell)
        self.input.clear()
        numbers = self.tr("a name, or 0.5 0.25")
        tokens = self.tr("a name, or tokens such as 4 7 1")
        self.input.setPlaceholderText(numbers if model.embedding is None else tokens)
        self.show()
        self._choose_layer()

    def open_beside(self, path: Path) -> None:
        """Put the first recurrent layer of the model in another file beside the chosen one."""
        self.loader.load(path, open_model)

    def read_scalers(self, path: Path) -> None:
        """Show the model's numbers in the units that the parameters in a file say."""
        self.loader.load(path, read_scalers)

    @Slot()
    def _choose_other(self) -> None:
        kinds = " ".join(f"*{suffix}" for suffix in SUFFIXES)
        title = self.tr("Open a model beside this one")
        path = ask_open(self, title, language.filled(self.tr("Models ({0})"), kinds))
        if path is not None:
            self.open_beside(path)

    @Slot()
    def _choose_scalers(self) -> None:
        kinds = self.tr("Scaler parameters (*.json)")
        path = ask_open(self, self.tr("Open what its numbers mean"), kinds)
        if path is not None:
            self.read_scalers(path)

    @Slot()
    def _read(self) -> None:
        """Let the chosen layer, and the one beside it, read the input."""
        layers = tuple(self._layers())
        if not layers:
            return
        make = partial(_scenes, layers, self.input.text(), self.units.text())
        if any(cell.is_large for _, cell in layers):  # seconds, in which the window goes on
            self.loader.load(Path(layers[0][0].name), lambda _: make())
            return
        try:
            self._take(make())
        except UserError as error:
            self.refused.emit(language.text(error.message))

    @Slot(object)
    def _take(self, made: Scenes | Model | ModelScalers) -> None:
        if isinstance(made, Model):
            self.other = made
            self._offer_beside()
            self.beside.setCurrentIndex(self.beside.count() - len(cells_of(made)))
        elif isinstance(made, ModelScalers):
            self._take_scalers(made)
        else:
            self.asked.emit(SceneChosen(*made))

    def _take_scalers(self, scalers: ModelScalers) -> None:
        if self.model is None:
            return
        try:
            self.model = with_scalers(self.model, scalers)
        except UserError as error:
            self.refused.emit(language.text(error.message))
        else:
            self._offer_beside()
            self._read()

    @Slot()
    def _choose_layer(self) -> None:
        """Look into another layer: its units are others."""
        self.units.clear()
        cell = self._cell()
        self._units.setVisible(cell is not None and cell.is_large)
        self._offer_beside()
        self._read()

    def _offer_beside(self) -> None:
        """Offer nothing, the model's other layers, and those of the other model."""
        with QSignalBlocker(self.beside):
            self.beside.clear()
            self.beside.addItem(self.tr("nothing"), None)
            for model in filter(None, (self.model, self.other)):
                for cell in cells_of(model):
                    if model is not self.model:
                        text = language.filled(
                            self.tr("{0}, {1}"), model.name, language.text(cell.label)
                        )
                        self.beside.addItem(text, (model, cell))
                    elif cell != self._cell():
                        self.beside.addItem(language.text(cell.label), (model, cell))

    def _layers(self) -> Iterator[Layer]:
        """The layer that is looked into, and the one beside it."""
        cell = self._cell()
        if self.model is not None and cell is not None:
            yield self.model, cell
            if self.beside.currentData() is not None:
                yield self.beside.currentData()

    def _cell(self) -> ChosenCell | None:
        cell = self.layer.currentData()
        return cell if isinstance(cell, ChosenCell) else None

    def _describe(self) -> None:
        """Say of every control what it is and does."""
        for box in (self.layer, self.beside):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        for field, name, does in (
            (self.layer, self.tr("Layer"), self.tr("The layer that is looked into")),
            (
                self.beside,
                self.tr("Beside it"),
                self.tr("Another layer, or another direction, that reads the same"),
            ),
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
        self.scaler_link.setToolTip(self.tr("Parameters of its scalers, as JSON"))
        self.units.setPlaceholderText(self.tr("those that move most; or 1-20, 33"))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        self._units = LabelledField(self.units.accessibleName(), self.units)
        layout.addWidget(self.name)
        layout.addWidget(LabelledField(self.layer.accessibleName(), self.layer))
        layout.addWidget(self._units)
        layout.addWidget(LabelledField(self.input.accessibleName(), self.input))
        layout.addWidget(LabelledField(self.beside.accessibleName(), self.beside))
        for link in (self.other_link, self.scaler_link):
            layout.addWidget(link, alignment=Qt.AlignmentFlag.AlignLeft)


def _scenes(layers: tuple[Layer, ...], text: str, units: str) -> Scenes:
    """The scene of each layer reading the same text; ``units`` are those of the first."""
    (model, cell), *others = layers
    first = shown_scene(model, cell, text, units)
    if not others:
        return first, None
    ((other, chosen),) = others
    beside = shown_scene(other, chosen, text)
    return _with_layer(first, cell), _with_layer(beside, chosen)


def _with_layer(scene: Scene, cell: ChosenCell) -> Scene:
    """The scene, whose title says which layer it is."""
    values = {"origin": scene.origin, "layer": cell.label}
    return replace(scene, origin=Message("{origin}, {layer}", values))


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
