"""Widgets that the pages of walks and searches share."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from rnnstudio.core.errors import UserError
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.number_box import WholeBox
from rnnstudio.workers.processes import usable_cores

MOST_PROCESSES = 64


class ProcessCount(WholeBox):
    """How many trainings at the same time; as many as there are cores unless chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        name = QCoreApplication.translate("ProcessCount", "Processes")
        super().__init__(name, 1, MOST_PROCESSES, parent=parent)
        self.usual = min(usable_cores(), MOST_PROCESSES)
        self.setValue(self.usual)
        self.setToolTip(self.tr("Trainings at the same time, each in a process of its own"))

    def value(self) -> int:
        """The number; raises UserError if there cannot be so many."""
        count = super().value()
        if not 1 <= count <= MOST_PROCESSES:
            raise UserError(
                "{count} processes are asked for; choose 1 to {most}.",
                count=count,
                most=MOST_PROCESSES,
            )
        return count


class Problem(PlainLabel):
    """A sentence that says what is wrong; hidden while nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setProperty("role", "error")
        self.setWordWrap(True)
        self.show_sentence("")

    def show_sentence(self, sentence: str) -> None:
        """Show the sentence; hide where there is none."""
        self.setText(sentence)
        self.setVisible(bool(sentence))


def in_bar(title: str, number: WholeBox, unit: str = "") -> QWidget:
    """A number no wider than it need be, between its title and its unit."""
    number.setMaximumWidth(number.minimumSizeHint().width())
    whole = QWidget()
    layout = QHBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(PlainLabel(title))
    layout.addWidget(number)
    if unit:
        layout.addWidget(PlainLabel(unit))
    return whole
