"""How names are drawn, and many of them at once."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rnnstudio.ui.dinosaurs.drawer.sampling_form import SamplingForm
from rnnstudio.ui.dinosaurs.network_line import NetworkLine
from rnnstudio.ui.dinosaurs.state import NamesState


class DrawingForm(QWidget):
    """The settings act on the names in sight at once. ``draw_clicked``: many are wanted."""

    draw_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = SamplingForm()
        self.network = NetworkLine()
        self.draw_button = QPushButton(self.tr("Draw"))
        self.draw_button.setToolTip(self.tr("Draw so many names, each with its nearest neighbour"))
        self.draw_button.clicked.connect(self.draw_clicked)
        self.form.beginning.returnPressed.connect(self.draw_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.network)
        layout.addWidget(self.form)
        layout.addWidget(self.draw_button)
        self.show_state(NamesState())

    def show_state(self, state: NamesState) -> None:
        """Say which network is drawn from."""
        self.network.show_state(state)
        self.draw_button.setEnabled(state.looked_at is not None)
