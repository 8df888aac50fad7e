"""A name in the document's four stages of sampling, one at a time.

``python -m rnnstudio.ui.dinosaurs.pages.stages_view`` opens it alone.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.cells.functions import Array
from rnnstudio.ui.dinosaurs.explaining_state import ExplainingState
from rnnstudio.ui.dinosaurs.network_line import describe
from rnnstudio.ui.dinosaurs.pages.bars import ProbabilityBars
from rnnstudio.ui.theme.tokens import scaled
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.heat_map import HeatMap
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labels import PlainLabel

MOST_VALUES = 3
"""Arrays that a stage makes at most: two states of the LSTM and the probabilities."""
ROW_HEIGHT = 48


class StagesView(QWidget):
    """The stage's title and sentence, its arrays as rows of colours, the probabilities as bars.

    ``stepped`` asks to go on by so many stages, ``another_clicked`` asks for another name.
    """

    stepped = Signal(int)
    another_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(role="heading")
        self.written = PlainLabel()
        self.network = PlainLabel(role="muted")
        self.sentence = PlainLabel(wrap=True)
        self.back_button = KeyButton(Face("back", self.tr("Stage")))
        self.next_button = KeyButton(Face("next", self.tr("Stage"), icon_after=True))
        self.back_button.setAccessibleName(self.tr("The stage before"))
        self.next_button.setAccessibleName(self.tr("The next stage"))
        self.another_button = QPushButton(self.tr("Another name"))
        self.values = [(PlainLabel(), HeatMap()) for _ in range(MOST_VALUES)]
        self.bars = ProbabilityBars()
        for_pictures(self.title, self.written, self.network, self.sentence)
        for value in self.values:
            for_pictures(*value)
        self.back_button.clicked.connect(lambda: self.stepped.emit(-1))
        self.next_button.clicked.connect(lambda: self.stepped.emit(1))
        self.another_button.clicked.connect(self.another_clicked)
        self._lay_out()
        self.show_state(ExplainingState())

    def show_state(self, state: ExplainingState) -> None:
        """Show the stage that is looked at."""
        self.back_button.setEnabled(state.place > 0)
        self.next_button.setEnabled(state.place < len(state.steps) - 1)
        self.another_button.setEnabled(bool(state.steps))
        self.bars.setVisible(bool(state.steps))
        if not state.steps or state.trained is None:
            self.title.setText(self.tr("Sampling in four stages"))
            self.sentence.setText(self.tr("Train a network or open one: then it can be watched."))
            self.network.clear()
            self._show_values({})
            return
        self.network.setText(describe(state.trained))
        stage, letter, written = state.steps[state.place]
        self.title.setText(
            language.filled(
                self.tr("Stage {0} of 4: {1}"), stage.number, language.text(stage.title)
            )
        )
        self.written.setText(language.filled(self.tr("Written so far: “{0}”"), written))
        self.sentence.setText(language.text(stage.sentence))
        self._show_values(dict(stage.values))
        drawn = letter.drawn if stage.number > 2 else None
        vocabulary = state.trained.vocabulary
        self.bars.setVisible("yt_pred" in stage.values)
        self.bars.show_probabilities(letter.yt_pred, letter.drawn_from, drawn, vocabulary)

    def _show_values(self, values: dict[str, Array]) -> None:
        """A row a value; what is not needed is hidden."""
        shown = list(values.items())
        for place, (label, heat) in enumerate(self.values):
            for widget in (label, heat):
                widget.setVisible(place < len(shown))
            if place < len(shown):
                name, array = shown[place]
                label.setText(f"{name}  ({array.shape[0]} × 1)")
                heat.setAccessibleName(name)
                heat.show_array(array.T, 1.0)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for button in (self.back_button, self.next_button, self.another_button):
            row.addWidget(button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addWidget(self.network)
        layout.addLayout(row)
        layout.addWidget(self.written)
        layout.addWidget(self.sentence)
        for label, heat in self.values:
            label.setProperty("role", "muted")
            heat.setAccessibleName(self.tr("Values"))
            heat.setFixedHeight(round(scaled(ROW_HEIGHT)))
            layout.addWidget(label)
            layout.addWidget(heat)
        layout.addWidget(self.bars, stretch=1)
        layout.addStretch()


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import explained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(StagesView, explained_state())
