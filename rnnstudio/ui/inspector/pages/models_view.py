"""Open a model: which files open, and the lines that write them, to be copied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.models.keras_layers import KNOWN_KINDS
from rnnstudio.core.models.torch_layers import KNOWN_MODULES
from rnnstudio.core.models.writing_lines import (
    KERAS_LINES,
    NUMPY_LINES,
    SCALER_LINES,
    TORCH_LINES,
)
from rnnstudio.ui.inspector.pages.inspector_page import InspectorPage, name_cell
from rnnstudio.ui.inspector.state import InspectorState
from rnnstudio.ui.theme.fonts import raw_font
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.chart_picture import DRAWING
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.link_button import LinkButton
from rnnstudio.ui.widgets.sort_table import TableLine

_BESIDE = 1000
"""A page that is so wide has two cards in a row, beside text of its usual size."""


class ModelsView(InspectorPage):
    """``open_wanted``: choose a model's file. ``written(sentence)``: lines were copied.

    The table has every layer that is read.
    """

    own_numbers = True
    open_wanted = Signal()
    written = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Open a model"), parent)
        self.cards = (
            LinesCard(
                "Keras",
                self.tr(
                    "A file of Keras 2 or 3 as it is: .keras, .h5, or weights alone. One layer "
                    "follows another."
                ),
                KERAS_LINES,
            ),
            LinesCard(
                "PyTorch",
                self.tr(
                    "A .pt file may hold code that runs when it is opened, so it is not. These "
                    "two lines write the weights alone, and in which order the layers come."
                ),
                TORCH_LINES,
            ),
            LinesCard(
                self.tr("Its own units"),
                self.tr(
                    "A file model.scaler.json beside model.keras says what scaled numbers mean; "
                    "prices or degrees are shown then. The names are those of scikit-learn."
                ),
                SCALER_LINES,
            ),
            LinesCard(
                "NumPy",
                self.tr("The arrays of one cell under the paper's names, here of an LSTM."),
                NUMPY_LINES,
            ),
        )
        self.open_button = KeyButton(Face("", self.tr("Open a model …")), "primary")
        self.open_button.clicked.connect(self.open_wanted)
        for card in self.cards:
            card.copied.connect(self._say_copied)
        self._lay_out()

    def draw(self, _: InspectorState) -> None:
        """Say what opens; nothing of it depends on the state."""
        self.say(self.tr("A trained model opens gate by gate, and nothing in its file is run."))

    def numbers(self, _: InspectorState) -> tuple[Sequence[str], Sequence[TableLine]]:
        """A line for each kind of layer that is read."""
        makers = {"Keras": KNOWN_KINDS, "PyTorch": [f"nn.{name}" for name in KNOWN_MODULES]}
        lines = [
            TableLine(f"{maker} {kind}", (name_cell(maker), name_cell(kind)))
            for maker, kinds in makers.items()
            for kind in kinds
        ]
        return [self.tr("maker"), self.tr("layer that is read")], lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All cards below each other where two have no room beside each other."""
        ways, narrow = QBoxLayout.Direction, self.width() < scaled(_BESIDE)
        self._columns.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        super().resizeEvent(event)

    @Slot(str)
    def _say_copied(self, title: str) -> None:
        self.written.emit(language.filled(self.tr("The lines for {0} are copied."), title))

    def _lay_out(self) -> None:
        content, hint = QWidget(), PlainLabel(role="quiet", wrap=True)
        hint.setText(
            self.tr(
                "At most 4,000,000 weights and 1,024 units a layer; of more than 50 units the most "
                "telling ones are shown, or those that you name. What does not open says which "
                "layer it is, and why."
            )
        )
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(2 * sizes().gap)
        for pair in (self.cards[:2], self.cards[2:]):
            column = QVBoxLayout()
            column.setSpacing(2 * sizes().gap)
            for card in pair:
                column.addWidget(card)
            column.addStretch(1)
            self._columns.addLayout(column, stretch=1)
        content.setProperty(DRAWING, True)
        content.setFocusProxy(self.cards[1].copy)
        self.build((content, hint), (None, self.table_button, self.open_button))


class LinesCard(QFrame):
    """Words, lines of Python and a button that copies them. ``copied(title)``: it was pressed."""

    copied = Signal(str)

    def __init__(self, title: str, words: str, lines: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.title, self.lines = title, PlainLabel(lines, wrap=True)
        self.lines.setFont(raw_font(sizes().text))
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        self.lines.setTextInteractionFlags(selectable)
        self.copy = LinkButton(self.tr("Copy"))
        self.copy.setAccessibleName(language.filled(self.tr("Copy the lines for {0}"), title))
        self.copy.clicked.connect(self._copy)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(title, role="heading"), stretch=1)
        head.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (2 * sizes().gap,))
        layout.setSpacing(sizes().gap)
        layout.addLayout(head)
        layout.addWidget(PlainLabel(words, wrap=True))
        layout.addWidget(self.lines)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.lines.text()}\n")
        self.copied.emit(self.title)


if __name__ == "__main__":
    from rnnstudio.ui.inspector.example import example_state
    from rnnstudio.ui.widgets.preview import preview

    preview(ModelsView, example_state())
