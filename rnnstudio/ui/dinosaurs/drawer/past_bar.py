"""Going back in the training: which iteration, what the network was like then, and back again."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.names.replay import PastNetwork
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.widgets.labels import PlainLabel


class PastBar(QWidget):
    """Takes an iteration and says what the network of then makes.

    ``iteration_chosen`` gives the iteration, ``newest_clicked`` asks for the network there is now.
    """

    iteration_chosen = Signal(int)
    newest_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.iteration = QSpinBox()
        self.iteration.setAccessibleName(self.tr("Iteration to go back to"))
        self.iteration.setGroupSeparatorShown(True)
        self.go_button = QPushButton(self.tr("Go back"))
        self.go_button.setToolTip(
            self.tr("Show the network as it was after this iteration; a click on the curve does so")
        )
        self.text = PlainLabel(wrap=True)
        self.newest_button = QPushButton(self.tr("Back to the newest"))
        self._shown: PastNetwork | None = None
        self.go_button.clicked.connect(self._choose)
        self.newest_button.clicked.connect(self.newest_clicked)
        choice = QHBoxLayout()
        choice.addWidget(PlainLabel(self.tr("Iteration")))
        choice.addWidget(self.iteration, stretch=1)
        choice.addWidget(self.go_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(choice)
        layout.addWidget(self.text)
        layout.addWidget(self.newest_button)

    def show_state(self, state: NamesState) -> None:
        """Show where in the training one is."""
        network, past = state.network, state.past
        there = network is not None and network.step > 0
        self.iteration.setEnabled(there)
        self.go_button.setEnabled(there)
        if network is not None and there:
            self.iteration.setMaximum(network.step - 1)
        if past is not self._shown:
            self._shown = past
            if past is not None:
                self.iteration.setValue(past.iteration)
        self.newest_button.setVisible(past is not None or state.going_back is not None)
        text = self._text(state)
        if text != self.text.text():
            self.text.setText(text)

    def _text(self, state: NamesState) -> str:
        if state.going_back is not None:
            template = (
                self.tr("Going back to iteration {0:,}, which takes about {1:,.0f} s …")
                if state.seconds_back > 1
                else self.tr("Going back to iteration {0:,} …")
            )
            return language.filled(template, state.going_back, state.seconds_back)
        past = state.past
        if past is None:
            return ""
        template = (
            self.tr("Iteration {0:,}, smoothed loss {1}. Names then: {2}")
            if past.same
            else self.tr(
                "Iteration {0:,}, smoothed loss {1}, not to the last bit, since it was trained on "
                "another machine or with another NumPy. Names then: {2}"
            )
        )
        names = ", ".join(name or "–" for name in past.names)
        return language.filled(template, past.iteration, f"{past.trained.smoothed[-1]:.3f}", names)

    @Slot()
    def _choose(self) -> None:
        self.iteration_chosen.emit(self.iteration.value())
