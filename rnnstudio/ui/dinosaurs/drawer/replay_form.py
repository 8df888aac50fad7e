"""Going back in a training: an iteration, and all names that were drawn on the way.

``python -m rnnstudio.ui.dinosaurs.drawer.replay_form`` opens it alone.
"""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.ui.dinosaurs.drawer.past_bar import PastBar
from rnnstudio.ui.dinosaurs.drawer.samples_view import SamplesView
from rnnstudio.ui.dinosaurs.state import NamesState


class ReplayForm(QWidget):
    """The bar of the iterations above the names of all moments."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.past = PastBar()
        self.samples = SamplesView()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.past)
        layout.addWidget(self.samples)

    def show_state(self, state: NamesState) -> None:
        """Show where in the training one is, and what was drawn on the way."""
        self.past.show_state(state)
        self.samples.show_state(state)


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import trained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(ReplayForm, trained_state())
