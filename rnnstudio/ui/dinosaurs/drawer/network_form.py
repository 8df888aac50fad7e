"""The network: its recipe and settings, and what can be done with the one that there is."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from rnnstudio.ui.dinosaurs.drawer.recipe_form import RecipeForm
from rnnstudio.ui.dinosaurs.network_line import NetworkLine
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.widgets.error_box import ErrorBox


class NetworkForm(QWidget):
    """Settings, buttons for the network there is, and the sentence about what could not be done.

    ``inspect_asked`` gives the name that the inspector is to show the network on.
    """

    continue_clicked = Signal()
    save_clicked = Signal()
    open_clicked = Signal()
    inspect_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = RecipeForm()
        self.continue_button = QPushButton(self.tr("Continue training"))
        self.continue_button.setToolTip(
            self.tr("Go on from the network there is; give more iterations or epochs for that")
        )
        self.save_button = QPushButton(self.tr("Save …"))
        self.open_button = QPushButton(self.tr("Open trained …"))
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name for the inspector"))
        self.name.setPlaceholderText(self.tr("any name"))
        self.inspect_button = QPushButton(self.tr("Open in the inspector"))
        self.network = NetworkLine()
        self.error = ErrorBox(self)
        self._lay_out()
        self.continue_button.clicked.connect(self.continue_clicked)
        self.save_button.clicked.connect(self.save_clicked)
        self.open_button.clicked.connect(self.open_clicked)
        self.inspect_button.clicked.connect(self._inspect)
        self.name.returnPressed.connect(self._inspect)
        self.show_state(NamesState())

    def show_state(self, state: NamesState) -> None:
        """Offer what the network there is allows."""
        there, busy = state.network is not None, state.run.active or bool(state.reading)
        self.form.set_running(state.run.active)
        self.continue_button.setEnabled(there and not busy)
        self.save_button.setEnabled(there)
        self.open_button.setEnabled(not busy)
        self.name.setEnabled(there)
        self.inspect_button.setEnabled(there)
        self.network.show_state(state)
        self.error.show_text(state.model_error)

    @Slot()
    def _inspect(self) -> None:
        self.inspect_asked.emit(self.name.text().strip())

    def _lay_out(self) -> None:
        files, look = QHBoxLayout(), QHBoxLayout()
        files.addWidget(self.save_button)
        files.addWidget(self.open_button)
        look.addWidget(self.name, stretch=1)
        look.addWidget(self.inspect_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.network)
        layout.addWidget(self.continue_button)
        layout.addLayout(files)
        layout.addLayout(look)
        layout.addWidget(self.form)
