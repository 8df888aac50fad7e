"""Which network is drawn from, looked into or saved, in a line."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from rnnstudio.core import language
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.widgets.labels import PlainLabel


class NetworkLine(PlainLabel):
    """Names the network that the buttons beside it act on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, role="muted", wrap=True)

    def show_state(self, state: NamesState) -> None:
        """The network that is looked at: of an earlier iteration, in training, or trained last."""
        network, past = state.network, state.past
        if past is not None:
            went_back = self.tr("Network as it was after iteration {0:,}, trained on {1}")
            text = language.filled(went_back, past.iteration, past.trained.corpus.source)
        elif network is None:
            waiting = self.tr("The network in training can be drawn from in a moment.")
            text = waiting if state.run.active else self.tr("No network yet.")
        else:
            text = describe(network, learning=state.run.active)
            if state.foreign and state.corpus is not None:
                other = self.tr("{0}. It has not learnt from {1}, which is open now.")
                text = language.filled(other, text, state.corpus.source)
        if text != self.text():
            self.setText(text)


def describe(network: TrainedNames, *, learning: bool = False) -> str:
    """What it learns or has learnt from, and for how long."""
    source, step = network.corpus.source, network.step
    if not learning:
        return describe_training(source, step, network.seconds)
    template = QCoreApplication.translate("names", "Network in training on {0}, at iteration {1:,}")
    return language.filled(template, source, step)


def describe_training(source: str, iterations: int, seconds: float) -> str:
    """``Network trained on dinosaurs.txt, 35,000 iterations, 1.8 s``."""
    template = QCoreApplication.translate(
        "names", "Network trained on {0}, {1:,} iterations, {2:.1f} s"
    )
    return language.filled(template, source, iterations, seconds)
