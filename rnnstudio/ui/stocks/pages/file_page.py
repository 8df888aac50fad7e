"""What was understood of the file, and what was done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rnnstudio.ui.stocks.pages.shares_page import SharesPage
from rnnstudio.ui.stocks.reading_view import ReadingView
from rnnstudio.ui.stocks.state import StocksState


class FilePage(SharesPage):
    """The report on the reading, and the question where the file can be read in two ways."""

    answered = Signal(object)
    """The ``CsvOptions`` that answer the question."""
    undo_toggled = Signal(str, bool)
    """Kind of finding, and whether its other outcome is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("File"), parent)
        self.report = ReadingView()
        self.report.undo_toggled.connect(self.undo_toggled)
        self.report.question.answered.connect(self.answered)
        self.build([self.report])

    def draw(self, state: StocksState) -> None:
        """Show what was found."""
        self.report.show_state(state)
        count = 0 if state.file is None else len(state.file.reading.findings)
        says = self.tr("What was understood of the file, and {0} findings.")
        self.say(says.format(count) if count else self.tr("What was understood of the file."))
