"""The file page: what was understood of a file, proved, worth knowing or asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSplitter, QWidget

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import NumberText
from rnnstudio.core.stocks.data.csv_import import Choice, FileColumn
from rnnstudio.core.stocks.data.csv_import.checklist import (
    Certainty,
    ChecklistLine,
    with_column,
)
from rnnstudio.ui.stocks.file.checklist_row import MARKS
from rnnstudio.ui.stocks.file.checklist_view import ChecklistView
from rnnstudio.ui.stocks.file.file_tables import FileTables
from rnnstudio.ui.stocks.file.shown_file import (
    TAKE,
    ShownFile,
    about_cell,
    cells_of,
    shown_file,
)
from rnnstudio.ui.stocks.pages.shares_page import SharesPage
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.tab_events import FileLeft, MismatchTaken
from rnnstudio.ui.theme.icons import icon
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labels import PlainLabel, WrappedLabel
from rnnstudio.ui.widgets.page_frame import bar_of
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.view_picture import USUAL_PARTS, PicturePart, TextTable, ViewPicture

_LIST = 380
"""Width of the checklist, in pixels beside text of its usual size."""
_BESIDE_FROM = 760
"""From this width on, in the same pixels, the file stands beside the checklist."""
_LEAST_HEIGHT = 260
"""Of the checklist and of the file below it, in the same pixels."""
_ANSWERS = 9
"""As many answers have a key of their own."""


class FilePage(SharesPage):
    """The checklist of the file beside its rows, and the way on to its days.

    ``answered(options)``: read the file so. ``another_wanted``: open another file.
    """

    answered = Signal(object)
    another_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("The file"), parent)
        self.checklist = ChecklistView()
        self.tables = FileTables()
        self.mark, self.counts = PlainLabel(), WrappedLabel()
        self.note = PlainLabel(role="muted", wrap=True)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(self.tr("How much of the file is read"))
        self.another = QPushButton(self.tr("Another file …"))
        self.use = KeyButton(
            Face("chevron-right", self.tr("Use these days"), icon_after=True), "primary"
        )
        self.keep = QPushButton()
        self.shown = ShownFile()
        self._source: object = None
        self._sides = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self.another.clicked.connect(self.another_wanted)
        self.use.clicked.connect(self.home_wanted)
        self.keep.clicked.connect(self._leave)
        self.checklist.pointed.connect(self._point)
        self.checklist.chosen.connect(self._answer)
        self.checklist.role_chosen.connect(self._choose_role)

    def draw(self, state: StocksState) -> None:
        """Show the file that is to be looked at, and whether it can be used."""
        source = (state.question or state.wrong, state.mismatched, state.file)
        if source != self._source:
            keep = self._source is not None
            self._source, self.shown = source, shown_file(state)
            self.tables.show_file(self.shown)
            self.checklist.show_file(self.shown, keep)
            self.say(self._title())
            self._show_counts()
        free = not state.run.active and not state.reading
        self.checklist.setEnabled(free)
        self.another.setEnabled(free)
        self._show_ways_on(state, free)
        self.progress.setVisible(state.reading)
        self.progress.setValue(state.percent or 0)

    def _show_counts(self) -> None:
        """What the list comes to, behind a mark; nothing where there is no file."""
        name, role = MARKS[_outcome(self.shown)]
        self.mark.setPixmap(icon(name, role).pixmap(sizes().target, sizes().target))
        self.counts.setText(language.text(_counted(self.shown)))
        for label in (self.mark, self.counts):
            label.setVisible(bool(self.shown.lines))

    def _show_ways_on(self, state: StocksState, free: bool) -> None:
        """What can be done with the file now, and what with the one that was there before it."""
        reading, asked = self.shown.reading, self.shown.is_asked
        self.use.setEnabled(free and reading is not None and not asked)
        tip = self.tr("Answer the question first.") if asked else self.use.accessibleName()
        self.use.setToolTip(self.tr("It cannot be read.") if self.shown.is_wrong else tip)
        self.keep.setVisible(reading is None and bool(self.shown.name) and state.train is not None)
        if state.train is not None:
            self.keep.setText(language.filled(self.tr("Keep {0}"), state.train.source))

    def keys(self) -> Sequence[PageKey]:
        """The arrows through the list, Enter, and a digit an answer."""
        beside, ends = self.tr("The line above or below."), self.tr("The first line, the last one.")
        listed = self.checklist
        keys = [
            PageKey(("Up",), beside, partial(listed.step, -1)),
            PageKey(("Down",), beside, partial(listed.step, 1)),
            PageKey(("Home",), ends, partial(listed.go_to, 0)),
            PageKey(("End",), ends, partial(listed.go_to, len(listed.rows))),
            PageKey(("Return", "Enter"), self.tr("Press the button of the line."), listed.press),
            PageKey(("U",), self.tr("Use these days."), self.use.click),
        ]
        if self.shown.is_asked:
            answers = min(len(self.shown.lines[0].choices), _ANSWERS)
            says = self.tr("Take the answer of that number.")
            keys += [
                PageKey((f"{at + 1}",), says, partial(listed.answer, at)) for at in range(answers)
            ]
        return keys

    def picture(self, name: str) -> ViewPicture:
        """The list as a table, without its buttons and the rows of the file.

        The share and the days are those of the file only once it is read.
        """
        view, usual = super().picture(name), USUAL_PARTS | {PicturePart.TABLE}
        own = (
            view.words if self.shown.reading is not None else {PicturePart.TITLE: self.title.text()}
        )
        return replace(view, words=own, table=self._texts, usual=usual)

    def _texts(self) -> TextTable:
        lines = self.shown.lines
        titles = [self.tr("What was understood"), self.tr("why")]
        return titles, [list(map(language.text, (each.title, each.detail))) for each in lines]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room for the text, else one below the other."""
        super().resizeEvent(event)
        narrow = self.width() < scaled(_BESIDE_FROM)
        self.title.setVisible(not narrow)
        self.note.setVisible(not narrow)
        self.use.set_shape(compact=narrow)
        self._sides.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        least = round(scaled(_LEAST_HEIGHT)) if narrow else 0
        for side in (self.checklist, self.tables):
            side.setMinimumHeight(least)
        if not narrow:
            width = min(round(scaled(_LIST)), max(self.width() // 3, 1))
            self._sides.setSizes([width, max(self.width() - width, 1)])

    @Slot(object, int)
    def _point(self, line: ChecklistLine, at: int) -> None:
        if not line.cells:
            self.tables.mark((), "")
            return
        sentence = language.text(about_cell(line, at, self.shown.reading))
        self.tables.mark(cells_of(line, at), sentence)

    @Slot(object)
    def _answer(self, choice: Choice) -> None:
        if self.shown.is_mismatched:
            self.asked.emit(MismatchTaken() if choice is TAKE else FileLeft())
        else:
            self.answered.emit(choice.options)

    @Slot()
    def _leave(self) -> None:
        self.asked.emit(FileLeft())

    @Slot(object, str)
    def _choose_role(self, column: FileColumn, role: str) -> None:
        self.answered.emit(with_column(self.shown.options, column, role))

    def _title(self) -> str:
        shown, reading = self.shown, self.shown.reading
        if not shown.name:
            return self.tr("These days came with a network: there is no file to look at.")
        if shown.is_mismatched:
            return language.filled(self.tr("{0} seems to be of another share."), shown.name)
        if shown.is_wrong:
            return language.filled(self.tr("{0} cannot be read."), shown.name)
        if reading is None:
            return language.filled(self.tr("{0} can be read in more than one way."), shown.name)
        text = (
            self.tr("{0}, which comes with the program: {1} days understood.")
            if shown.is_sample
            else self.tr("{0}: {1} days understood. Is this what you meant?")
        )
        return language.filled(
            text, shown.name, language.number(NumberText(f"{reading.table.rows:,}"))
        )

    def _lay_out(self) -> None:
        self.note.setText(
            self.tr("Nothing is written into your file. Drop another one anywhere on this window.")
        )
        self.add_corner(self.keep)
        self.add_corner(self.another)
        self.add_corner(self.use)
        self._sides.addWidget(self.checklist)
        self._sides.addWidget(self.tables)
        self._sides.setStretchFactor(1, 1)
        self._sides.setHandleWidth(2 * sizes().gap)
        self._sides.setChildrenCollapsible(False)
        said = QWidget()
        row = QHBoxLayout(said)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.mark)
        row.addWidget(self.counts, stretch=1)
        self.build([self._sides, self.progress])
        self.set_bar(bar_of(said, self.note))
        self.setFocusProxy(self.checklist)


def _outcome(shown: ShownFile) -> Certainty:
    """What keeps the days from being used, if anything does."""
    if shown.is_wrong:
        return Certainty.WRONG
    return Certainty.ASKED if shown.is_asked else Certainty.PROVED


def _counted(shown: ShownFile) -> Message:
    """How many lines are proved, worth knowing, and still to be answered; of none nothing."""
    proved = Message.counted(
        "{n} fact proved by the file itself",
        "{n} facts proved by the file itself",
        shown.count(Certainty.PROVED),
    )
    known = Message.counted("{n} thing to know", "{n} things to know", shown.count(Certainty.KNOWN))
    said = _left(shown)
    for counted in (known, proved):
        if counted.values["n"]:
            said = Message("{one} · {other}", {"one": counted, "other": said})
    return said


def _left(shown: ShownFile) -> Message:
    """What keeps the days from being used."""
    if shown.is_wrong:
        return Message("nothing read")
    return Message("one thing left to ask") if shown.is_asked else Message("nothing left to ask")
