"""What a page that trains networks of its own is about: what it found, and what steers it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rnnstudio.ui.stocks.shares_chart import SharesChart
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.page_frame import bar_of


class JobThing(QWidget):
    """A thing over ``foot``, a bar of controls, which a page takes to its own place for one.

    ``finding`` is the sentence that it comes to, empty before there is one. ``finding_changed``:
    there is another one.
    """

    finding_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = ""

    def show_finding(self, sentence: str) -> None:
        """Take another finding."""
        if sentence != self.finding:
            self.finding = sentence
            self.finding_changed.emit()

    def build(self, *parts: QWidget, controls: tuple[QWidget | None, ...]) -> None:
        """Put the parts below each other (the last takes all room left), and below all a bar."""
        self.foot = bar_of(*controls)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        for part in parts:
            layout.addWidget(part, stretch=1 if part is parts[-1] else 0)
        layout.addWidget(self.foot)

    def chart(self) -> SharesChart | None:
        """The chart that arrow keys act on; None: none is in sight."""
        return None
