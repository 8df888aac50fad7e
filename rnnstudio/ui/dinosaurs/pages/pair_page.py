"""Two networks: the same random numbers in both, and one cursor in a name that both read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSlider,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.pairing import PairedNetwork, first_pair, networks_to_pair
from rnnstudio.core.names.report import LONGEST_NAME
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.sampling_steps import symbol_name
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.ui.dinosaurs.home.letter_bars import MOST_LETTERS, LetterBar, LetterBars
from rnnstudio.ui.dinosaurs.pages.names_page import NamesPage
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.tokens import scaled, sizes, theme
from rnnstudio.ui.widgets.chart_picture import for_pictures
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.page_frame import bar_of
from rnnstudio.ui.widgets.page_keys import PageKey

_BESIDE = 700
"""A page that is so wide has the names beside the letters, beside text of its usual size."""
SAMPLING = Sampling()
"""What both draw with: as they learned it, the same random numbers for both."""


class PairPage(NamesPage):
    """``inspect_asked(first, second, name)``: see both in the inspector, with one cursor too."""

    inspect_asked = Signal(object, object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Two networks"), parent)
        self.networks: tuple[PairedNetwork, ...] = ()
        self.choices = (QComboBox(), QComboBox())
        self.names = QTableWidget(SAMPLING.count, 2)
        self.name, self.letter = QLineEdit(), QSlider(Qt.Orientation.Horizontal)
        self.place = PlainLabel(wrap=True)
        self.columns = tuple(PlainLabel(role="muted", wrap=True) for _ in self.choices)
        self.headings = tuple(PlainLabel(wrap=True) for _ in self.choices)
        self.bars = tuple(LetterBars() for _ in self.choices)
        self.error = PlainLabel(role="error", wrap=True)
        self.inspect = KeyButton(Face("", self.tr("Both in the inspector"), "I"), "primary")
        self._revealed: str | None = None
        self._runs: tuple[TrainedNames, ...] | None = None
        self._describe()
        self._lay_out()
        for choice in self.choices:
            choice.currentIndexChanged.connect(self._draw_names)
        self.names.currentCellChanged.connect(self._take_cell)
        self.name.textEdited.connect(self._read)
        self.letter.valueChanged.connect(self._read)
        self.inspect.clicked.connect(self._inspect)

    def draw(self) -> None:
        """Offer the trainings, and look at the two newest where there are others than before."""
        if self.state.runs is self._runs:
            return
        self._runs = self.state.runs
        self.networks = networks_to_pair(self.state.runs)
        pair = first_pair(self.networks) or (-1, -1)
        for choice, place in zip(self.choices, pair, strict=True):
            with QSignalBlocker(choice):
                choice.clear()
                choice.addItems([language.text(each.label) for each in self.networks])
                choice.setCurrentIndex(place)
        for widget in (*self.choices, self.names, self.name, self.letter, self.inspect):
            widget.setEnabled(bool(self.networks))
        self._draw_names()

    def choose(self, number: int) -> None:
        """Look at the training of that number, from 1 on, beside the newest."""
        place = 2 * number - 1  # each is there before it and after
        if place != self.choices[1].currentIndex():
            self.choices[0].setCurrentIndex(place)

    def pair(self) -> tuple[PairedNetwork, ...]:
        """The two networks; none before there is any."""
        places = [choice.currentIndex() for choice in self.choices]
        return tuple(self.networks[place] for place in places if place >= 0)

    def keys(self) -> Sequence[PageKey]:
        """The cursor in both, and the way to the inspector."""
        beside, row = self.tr("The letter beside it, in both."), self.tr("The name above or below.")
        return (
            PageKey(
                ("Space", "PgDown"),
                self.tr("The next letter; in front of a class the answer comes first."),
                self.go_on,
            ),
            PageKey(("Left",), beside, lambda: self.letter.setValue(self.letter.value() - 1)),
            PageKey(("Right",), beside, lambda: self.letter.setValue(self.letter.value() + 1)),
            PageKey(("Up",), row, lambda: self._go_to_row(-1)),
            PageKey(("Down",), row, lambda: self._go_to_row(1)),
            PageKey(("I", "Return"), self.tr("See both in the inspector."), self.inspect.click),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The letters below the names where there is no room beside them."""
        ways, narrow = QBoxLayout.Direction, self.width() < scaled(_BESIDE)
        self._row.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        super().resizeEvent(event)

    def _go_to_row(self, by: int) -> None:
        row = self.names.currentRow() + by
        if 0 <= row < self.names.rowCount():
            self.names.setCurrentCell(row, max(0, self.names.currentColumn()))

    @Slot()
    def _draw_names(self) -> None:
        """The names that both make of the same random numbers."""
        for column, each in enumerate(self.pair()):
            for heading in (self.columns[column], self.headings[column]):
                heading.setText(language.text(each.label))
            for row, name in enumerate(each.names(SAMPLING)):
                item = QTableWidgetItem(name.capitalize() or self.tr("no letter"))
                item.setData(Qt.ItemDataRole.UserRole, name)
                self.names.setItem(row, column, item)
        with QSignalBlocker(self.names):
            self.names.setCurrentCell(0, len(self.choices) - 1)
        self._take_cell()

    @Slot()
    def _take_cell(self) -> None:
        """Read the name in the current cell, from its first letter on."""
        item = self.names.currentItem()
        if item is not None:
            name = str(item.data(Qt.ItemDataRole.UserRole))
            self.name.setText(name)
            with QSignalBlocker(self.letter):
                self.letter.setMaximum(len(name))
                self.letter.setValue(1)
        self._read()

    @Slot()
    def _read(self) -> None:
        """What both say at the cursor's place in the name."""
        pair, name = self.pair(), self._typed()
        with QSignalBlocker(self.letter):
            self.letter.setMaximum(len(name))
        if not pair:
            self.say(self.tr("Train a network, and it can be seen beside another or its own past."))
            return
        typed, tops = name[: self.letter.value()], []
        self.place.setText(self._place_words(typed, name[len(typed) :]))
        try:
            for each, bars in zip(pair, self.bars, strict=True):
                found = each.likeliest(typed, SAMPLING)[:MOST_LETTERS]
                letters = [LetterBar(language.text(symbol_name(s)), share) for s, share in found]
                bars.show_bars(tuple(letters))
                tops.append(letters[0].letter)
        except UserError as error:
            self._refuse(language.text(error.message))
        else:
            self._refuse("")
            covered = theme().in_class and typed != self._revealed
            for bars in self.bars:
                bars.set_covered(covered)
            asks = self.tr("Which letter comes next, and do both agree?")
            self.say(asks if covered else self._finding(*tops))

    @Slot()
    def go_on(self) -> None:
        """Reveal what a class was asked for; then the next letter."""
        typed = self._typed()[: self.letter.value()]
        if theme().in_class and typed != self._revealed:
            self._revealed = typed
            self._read()
        else:
            self.letter.setValue(self.letter.value() + 1)

    def _typed(self) -> str:
        """The name that both read, as lists have it."""
        name = self.name.text()
        pair = self.pair()
        return pair[0].network.corpus.options.as_listed(name) if pair else name

    def _place_words(self, typed: str, rest: str) -> str:
        if not typed:
            return language.filled(self.tr("Before the first letter of “{0}”"), rest)
        return language.filled(self.tr("After “{0}”, before “{1}”"), typed, rest)

    def _finding(self, first: str, second: str) -> str:
        if first == second:
            return language.filled(self.tr("Both would go on with “{0}”."), first)
        text = self.tr("The first would go on with “{0}”, the second with “{1}”.")
        return language.filled(text, first, second)

    def _refuse(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.inspect.setEnabled(not sentence)

    @Slot()
    def _inspect(self) -> None:
        pair = self.pair()
        if pair:
            self.inspect_asked.emit(*pair, self._typed())

    def _describe(self) -> None:
        """Say of every control what it is."""
        fields: dict[QWidget, str] = {
            self.choices[0]: self.tr("First network"),
            self.choices[1]: self.tr("Second network"),
            self.names: self.tr("Names of both, a row for the same random numbers"),
            self.name: self.tr("Name that both read"),
            self.letter: self.tr("Letter, in both"),
        }
        for field, name in fields.items():
            field.setAccessibleName(name)
        self.name.setMaxLength(LONGEST_NAME)
        for choice in self.choices:
            choice.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        self.names.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.names.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.names.setTabKeyNavigation(False)
        self.names.horizontalHeader().hide()
        self.names.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.names.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.names.setFont(words(sizes().heading))
        self.letter.setRange(0, 0)
        self.letter.setPageStep(1)
        self.error.hide()
        for_pictures(self.names, self.place, *self.columns, *self.headings, *self.bars)

    def _lay_out(self) -> None:
        gap = sizes().gap
        left, right = QVBoxLayout(), QVBoxLayout()
        columns = QHBoxLayout()
        columns.setSpacing(gap)
        for choice, column in zip(self.choices, self.columns, strict=True):
            left.addWidget(choice)
            columns.addWidget(column, stretch=1)
        left.addLayout(columns)
        left.addWidget(self.names, stretch=1)
        label = PlainLabel(self.name.accessibleName())
        label.setBuddy(self.name)
        field = QHBoxLayout()
        field.setSpacing(gap)
        field.addWidget(label)
        field.addWidget(self.name, stretch=1)
        right.addLayout(field)
        right.addWidget(self.letter)
        right.addWidget(self.place)
        for heading, bars in zip(self.headings, self.bars, strict=True):
            heading.setFont(words(bold=True))
            right.addWidget(heading)
            right.addWidget(bars, stretch=1)
        right.addWidget(self.error)
        content = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(3 * gap)
        for part in (left, right):
            part.setSpacing(gap)
            self._row.addLayout(part, stretch=1)
        self.set_thing(content)
        self.set_bar(bar_of(None, self.inspect))


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import trained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(PairPage, trained_state())
