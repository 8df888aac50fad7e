"""The report: one file to hand in, with everything that is known of the evaluation.

``python -m rnnstudio.ui.stocks.pages.report_page`` opens it alone.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from rnnstudio.core.stocks.evaluation.seeds import SEEDS
from rnnstudio.ui.stocks.pages.shares_page import SharesPage
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.pending_result import PendingResult, not_yet, sheet


class ReportPage(SharesPage):
    """Says what is in the file. ``write_clicked``: a place is to be chosen, and it is written."""

    write_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Report"), parent)
        self.button = KeyButton(Face("report", self.tr("Write the report …")), "primary")
        self.button.clicked.connect(self.write_clicked)
        contents = QWidget()
        column = QVBoxLayout(contents)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes().gap)
        self.lines = [
            PlainLabel(text, wrap=True)
            for text in (
                self.tr("The verdict in one sentence, with skill, direction, lag and seeds."),
                self.tr("Every error beside those of forecasts that need no network."),
                self.tr("The charts of the test days, of the closed loop and by days ahead."),
                self.tr("All leakage checks, each in a sentence."),
                self.tr("What was understood of the file, and what was done with it."),
                self.tr("The settings, the seeds and the versions that it was trained with."),
            )
        ]
        for line in self.lines:
            column.addWidget(line)
        column.addStretch(1)
        self.outline = PendingResult(
            sheet,
            self.tr(
                "The report will hold the verdict, every error beside those of forecasts that need "
                "no network, the charts, the leakage checks, what was understood of the file, and "
                "all settings: find out whether the network is better, and it can be written here."
            ),
        )
        self._sides = QStackedWidget()
        self._sides.addWidget(contents)
        self._sides.addWidget(self.outline)
        self.build([self._sides], [self.button, None])
        self.setFocusProxy(self.button)

    def draw(self, state: StocksState) -> None:
        """Offer to write it once there is something to report."""
        known = state.evaluation is not None
        self.button.setEnabled(known and not state.run.active)
        self._sides.setCurrentIndex(int(not known))
        seconds = None if state.trained is None else state.trained.seconds
        self.outline.show_words(not_yet(SEEDS, seconds))
        if known:
            self.say(self.tr("One file to hand in: it opens in any browser, without a network."))
        else:
            self.say(self.tr("Find out first: then there is something to report."))

    def first_focus(self) -> QWidget | None:
        """The button; before there is a report the way back, where it is found out."""
        return super().first_focus() if self.button.isEnabled() else self.home_button


if __name__ == "__main__":
    from rnnstudio.ui.stocks.example import finished_state
    from rnnstudio.ui.widgets.preview import preview

    preview(ReportPage, finished_state())
