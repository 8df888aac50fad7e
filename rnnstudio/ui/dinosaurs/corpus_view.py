"""The names to learn from: which file, how many, and what is wrong with one that was refused.

``python -m rnnstudio.ui.dinosaurs.corpus_view`` opens it alone.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGroupBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.labels import PlainLabel


class CorpusView(QGroupBox):
    """Shows the names that a training would use, and asks for others."""

    open_clicked = Signal()
    shipped_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Names"))
        self.summary = PlainLabel(wrap=True)
        self.error = ErrorBox(self)
        self.reading = QProgressBar()
        self.reading.setRange(0, 0)  # how far a list has been read is not known
        self.reading.setTextVisible(False)
        self.reading.setAccessibleName(self.tr("Reading"))
        self.open_button = QPushButton(self.tr("Open file …"))
        self.open_button.setToolTip(self.tr("A text file, one name a line; or drop it here"))
        self.shipped_button = QPushButton(self.tr("Dinosaurs"))
        self.shipped_button.setToolTip(self.tr("The dinosaur names that come with RNN Studio"))
        self.open_button.clicked.connect(self.open_clicked)
        self.shipped_button.clicked.connect(self.shipped_clicked)
        self._lay_out()
        self.show_state(NamesState())

    def show_state(self, state: NamesState) -> None:
        """Show the file, its size, and the sentence about a refused one; rest during a run."""
        self.summary.setText(self._summary(state))
        self.reading.setVisible(bool(state.reading))
        self.error.show_text(state.file_error)
        for button in (self.open_button, self.shipped_button):
            button.setEnabled(not state.run.active and not state.reading)

    def _summary(self, state: NamesState) -> str:
        corpus = state.corpus
        if state.reading:
            return self.tr("Reading {0} …").format(state.reading)
        if corpus is None:
            return self.tr("No names yet")
        text = self.tr("{0}: {1} names of {2} symbols")
        return text.format(corpus.source, f"{len(corpus.names):,}", len(corpus.vocabulary))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.shipped_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.summary)
        layout.addWidget(self.reading)
        layout.addLayout(buttons)


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import trained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(CorpusView, trained_state())
