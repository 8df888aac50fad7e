"""How a name was drawn, letter by letter: the next letter's probabilities and the hidden state.

``python -m rnnstudio.ui.dinosaurs.pages.letters_view`` opens it alone.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.names.sampling_steps import symbol_name
from rnnstudio.ui.dinosaurs.pages.bars import ProbabilityBars
from rnnstudio.ui.dinosaurs.sampling_state import SamplingState
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.heat_map import HeatMap
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labels import PlainLabel


class LettersView(QWidget):
    """The name so far, the bars of the letter that is looked at, and the hidden state after each.

    ``stepped`` asks to go on by so many letters.
    """

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.written = PlainLabel(role="heading")
        self.back_button = KeyButton(Face("back", self.tr("Letter")))
        self.next_button = KeyButton(Face("next", self.tr("Letter"), icon_after=True))
        self.back_button.setAccessibleName(self.tr("The letter before"))
        self.next_button.setAccessibleName(self.tr("The next letter"))
        self.sentence = PlainLabel(wrap=True)
        self.bars = ProbabilityBars()
        self.hidden = HeatMap()
        self.hidden.setAccessibleName(self.tr("Hidden state"))
        self.note = PlainLabel(
            self.tr("Hidden state: a row a letter, the newest lowest, a column a unit"),
            role="muted",
            wrap=True,
        )
        for_pictures(self.written, self.sentence, self.hidden, self.note)
        self.back_button.clicked.connect(lambda: self.stepped.emit(-1))
        self.next_button.clicked.connect(lambda: self.stepped.emit(1))
        self._lay_out()
        self.show_state(SamplingState())

    def show_state(self, state: SamplingState) -> None:
        """Show the letter that is looked at."""
        letter, drawn_from = state.letter, state.drawn
        self.back_button.setEnabled(state.place > 1)
        self.next_button.setEnabled(0 < state.place < len(state.letters))
        for widget in (self.bars, self.hidden, self.note):
            widget.setVisible(letter is not None)
        if letter is None or drawn_from is None:
            self.written.setText(self.tr("Letter by letter"))
            self.sentence.setText(self.tr("Click a name: its letters are drawn again, one by one."))
            return
        vocabulary = drawn_from.trained.vocabulary
        drawn = language.text(symbol_name(vocabulary[letter.drawn]))
        self.written.setText(state.written + ("" if state.place == len(state.letters) else "…"))
        self.sentence.setText(self._sentence(drawn, letter.chance, letter.drawn_from[letter.drawn]))
        self.bars.show_probabilities(letter.yt_pred, letter.drawn_from, letter.drawn, vocabulary)
        self.hidden.show_array(state.hidden, 1.0)

    def _sentence(self, drawn: str, chance: float | None, share: float) -> str:
        if chance is None:
            text = self.tr("“{0}” was typed; the network would say it with probability {1:.3f}.")
            return language.filled(text, drawn, share)
        text = self.tr("The random number {0:.3f} drew “{1}”, which had probability {2:.3f}.")
        return language.filled(text, chance, drawn, share)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.written, stretch=1)
        top.addWidget(self.back_button)
        top.addWidget(self.next_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.sentence)
        layout.addWidget(self.bars, stretch=2)
        layout.addWidget(self.note)
        layout.addWidget(self.hidden, stretch=1)
        layout.addStretch()


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import drawn_state
    from rnnstudio.ui.widgets.preview import preview

    preview(LettersView, drawn_state())
