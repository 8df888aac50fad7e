"""The first page: three doors, and the work of the last days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rnnstudio.core import language
from rnnstudio.ui.shell import remembered
from rnnstudio.ui.shell.cell_picture import CellPicture
from rnnstudio.ui.shell.dinosaur_picture import DinosaurPicture
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel

MOST_RECENT = 4
_LINES = 2
"""Room for the words of a door, so that all titles stand on one line."""
_PATH = Qt.ItemDataRole.UserRole


class StartPage(QWidget):
    """Asks what is to be shown today; the first door has the focus."""

    cell_wanted = Signal()
    lesson_wanted = Signal()
    """The lesson that was not given to its end."""
    dinosaur_wanted = Signal()
    prices_wanted = Signal()
    recent_wanted = Signal(object)
    """The ``Path`` of a session that was used lately."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dinosaur = DinosaurPicture()
        self._cards = [
            self._door(
                CellPicture(),
                self.tr("A cell that remembers"),
                self.tr("Step by step through an LSTM that must say the last capital it has read."),
                self.tr("Step through it"),
                self.cell_wanted.emit,
            ),
            self._door(
                self.dinosaur,
                self.tr("A new dinosaur"),
                self.tr("A network is learning to make up names, letter by letter."),
                self.tr("Watch it learn"),
                self.dinosaur_wanted.emit,
            ),
            self._door(
                PlainLabel(self.tr("“tomorrow = today”?"), role="sentence", wrap=True),
                self.tr("Your own file of share prices"),
                self.tr("Does a network know tomorrow better? Drop a CSV file anywhere here."),
                self.tr("Choose a file …"),
                self.prices_wanted.emit,
            ),
        ]
        self.doors = [button for _, button, _ in self._cards]
        self.lesson_button = QPushButton(self.tr("Lesson"))
        self.lesson_button.clicked.connect(lambda _checked: self.lesson_wanted.emit())
        first_row = self._cards[0][-1]
        first_row.addWidget(self.lesson_button)
        first_row.addStretch(1)
        self.recent_title = PlainLabel(self.tr("Opened last"), role="heading")
        self.recent = QListWidget()
        self.recent.setAccessibleName(self.tr("Work of the last days"))
        self.recent.setToolTip(self.tr("Enter opens, Del forgets"))
        self.recent.itemActivated.connect(self._open)
        QShortcut(
            QKeySequence(QKeySequence.StandardKey.Delete),
            self.recent,
            self._forget,
            context=Qt.ShortcutContext.WidgetShortcut,
        )
        self.skip = QCheckBox(self.tr("Next time open the last work at once"))
        self.skip.setChecked(remembered.skips_start())
        self.skip.toggled.connect(remembered.keep_skips_start)
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """The recent work as it is now."""
        super().showEvent(event)
        self._fill()
        self.doors[0].setFocus()

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem) -> None:
        self.recent_wanted.emit(item.data(_PATH))

    @Slot()
    def _forget(self) -> None:
        item = self.recent.currentItem()
        if item is not None:
            remembered.forget_file(item.data(_PATH))
            self._fill()

    def _fill(self) -> None:
        self.recent.clear()
        for path in remembered.recent_files()[:MOST_RECENT]:
            item = QListWidgetItem(_line(path, self.tr("{0}, saved on {1}")))
            item.setData(_PATH, path)
            item.setToolTip(str(path))
            self.recent.addItem(item)
        rows = self.recent.count()
        for widget in (self.recent_title, self.recent):
            widget.setVisible(rows > 0)
        row = max(0, self.recent.sizeHintForRow(0))
        self.recent.setFixedHeight(rows * row + sizes().gap)

    def _door(
        self, picture: QWidget, title: str, text: str, verb: str, act: Callable[[], None]
    ) -> tuple[QFrame, QPushButton, QHBoxLayout]:
        """A card with a picture, the button that goes to what is behind it, and its row."""
        button = QPushButton(verb)
        button.setAccessibleDescription(text)
        button.clicked.connect(lambda _checked: act())
        card = QFrame()
        card.setProperty("role", "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(*4 * (2 * sizes().gap,))
        layout.setSpacing(sizes().gap)
        layout.addWidget(picture, stretch=1)
        layout.addWidget(PlainLabel(title, role="heading", wrap=True))
        said = PlainLabel(text, wrap=True)
        said.setMinimumHeight(_LINES * said.fontMetrics().lineSpacing())
        said.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.addWidget(said)
        row = QHBoxLayout()
        row.setSpacing(sizes().gap)
        row.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(row)
        return card, button, row

    def _lay_out(self) -> None:
        doors = QHBoxLayout()
        doors.setSpacing(2 * sizes().gap)
        for card, _, _ in self._cards:
            doors.addWidget(card, stretch=1)
        self.doors[0].setProperty("role", "primary")
        self._cards[-1][0].setProperty("role", "drop")
        below = QHBoxLayout()
        below.addWidget(
            PlainLabel(
                self.tr("Everything runs on this computer. Nothing is sent to the internet."),
                role="muted",
            )
        )
        below.addStretch()
        below.addWidget(self.skip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*4 * (sizes().margin,))
        layout.setSpacing(2 * sizes().gap)
        layout.addWidget(PlainLabel(self.tr("What would you like to show today?"), role="sentence"))
        layout.addLayout(doors, stretch=1)
        layout.addWidget(self.recent_title)
        layout.addWidget(self.recent)
        layout.addLayout(below)


def _line(path: Path, template: str) -> str:
    """A recent file's name and when it was saved."""
    saved = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return language.filled(template, path.stem, language.moment(saved))
