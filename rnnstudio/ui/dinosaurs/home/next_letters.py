"""The next letter after what is typed: the bars move with every key, and with the network.

``python -m rnnstudio.ui.dinosaurs.home.next_letters`` opens it alone.
"""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import END
from rnnstudio.core.names.letter_quiz import LetterQuestion, letter_question
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.report import LONGEST_NAME
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.ui.dinosaurs.home.letter_bars import MOST_LETTERS, LetterBar, LetterBars
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel

_LETTERS = 9
"""Letters that the field has room for."""
_BEGINNING = "tri"


class NextLetters(QWidget):
    """A field, and the likeliest letters after what stands in it. ``typed``: it was edited."""

    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit(_BEGINNING)
        self.field.setMaxLength(LONGEST_NAME)
        self.field.setAccessibleName(self.tr("Next letter after"))
        self.field.setFixedWidth(self.field.fontMetrics().horizontalAdvance("m") * _LETTERS)
        self.bars = LetterBars()
        self.sentence = PlainLabel(role="muted", wrap=True)
        self.sentence.hide()
        self._network: TrainedNames | None = None
        self._sampling = Sampling()
        self._lay_out()
        self.field.textEdited.connect(self._take_typed)

    def show_state(self, state: NamesState) -> None:
        """Ask the network that is looked at, where it is another one."""
        asked = state.question is not None and not state.votes.revealed
        self.bars.set_covered(asked)
        self.field.setEnabled(state.question is None)
        if state.question is not None:
            return  # the answer is that of the network that was asked
        if state.looked_at is not self._network:
            self._network = state.looked_at
            self._ask()

    def add_corner(self, widget: QWidget) -> None:
        """Put a control at the top right."""
        self._head.addWidget(widget)

    def show_sampling(self, sampling: Sampling) -> None:
        """Ask by another temperature."""
        if sampling != self._sampling:
            self._sampling = sampling
            self._ask()

    def question(self) -> LetterQuestion | None:
        """What a class is asked about what is typed; None where nothing is known of it."""
        try:
            return letter_question(self.field.text(), self.shares())
        except UserError:
            return None

    def shares(self) -> list[tuple[str, float]]:
        """Each letter as it is shown and how likely it is, the likeliest first; maybe none.

        Raises UserError where the network does not know what is typed.
        """
        network, typed = self._network, self.field.text()
        if network is None:
            return []
        typed = network.corpus.options.as_listed(typed)
        found = NameSampler(network).likeliest(typed, self._sampling)
        return [(self._shown(symbol), share) for symbol, share in found]

    @Slot()
    def _take_typed(self) -> None:
        self._ask()
        self.typed.emit()

    def _ask(self) -> None:
        try:
            found = self.shares()[:MOST_LETTERS]
        except UserError as error:
            self._say(language.text(error.message))
            self.bars.show_bars(())
        else:
            waits = self.tr("Train a network, and its next letters are shown here.")
            self._say("" if self._network is not None else waits)
            self.bars.show_bars(tuple(LetterBar(letter, share) for letter, share in found))

    def _say(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def _shown(self, symbol: str) -> str:
        return {END: self.tr("end"), " ": self.tr("space")}.get(symbol, symbol)

    def _lay_out(self) -> None:
        self._head = row = QHBoxLayout()
        row.setSpacing(sizes().gap)
        label = PlainLabel(self.tr("Next letter after"))
        label.setBuddy(self.field)
        row.addWidget(label)
        row.addWidget(self.field)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().half_gap)
        layout.addLayout(row)
        layout.addWidget(self.bars, stretch=1)
        layout.addWidget(self.sentence)


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import trained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(NextLetters, trained_state())
