"""Many names drawn at once, each beside the list, and one of them letter by letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from rnnstudio.ui.dinosaurs.drawing_jobs import DrawingJobs
from rnnstudio.ui.dinosaurs.network_line import NetworkLine
from rnnstudio.ui.dinosaurs.pages.drawn_view import DrawnView
from rnnstudio.ui.dinosaurs.pages.letters_view import LettersView
from rnnstudio.ui.dinosaurs.pages.names_page import NamesPage
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.error_box import ErrorBox
from rnnstudio.ui.widgets.file_dialogs import ask_save
from rnnstudio.ui.widgets.page_frame import bar_of
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.sort_table import model_texts
from rnnstudio.ui.widgets.view_picture import USUAL_PARTS, PicturePart, ViewPicture


class DrawnPage(NamesPage):
    """``draw_clicked``: more names are wanted. ``inspect_asked`` gives a network and a name."""

    draw_clicked = Signal()
    inspect_asked = Signal(object, str)

    def __init__(self, jobs: DrawingJobs, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Drawn names"), parent)
        self._jobs = jobs
        self.draw_button = QPushButton(self.tr("Draw"))
        self.draw_button.setProperty("role", "primary")
        self.stop_button = QPushButton(self.tr("Stop"))
        self.export_button = QPushButton(self.tr("Export …"))
        self.inspect_button = QPushButton(self.tr("Open in the inspector"))
        self.network = NetworkLine()
        self.error = ErrorBox(self)
        self.drawn, self.letters = DrawnView(), LettersView()
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3 * sizes().gap)
        row.addWidget(self.drawn, stretch=1)
        row.addWidget(self.letters, stretch=1)
        self.set_thing(both)
        buttons = (self.draw_button, self.stop_button, self.inspect_button, self.export_button)
        self.set_bar(bar_of(self.network, *buttons))
        self._connect()

    def picture(self, name: str) -> ViewPicture:
        """The same as of any page, with the names in a table."""
        usual = USUAL_PARTS | {PicturePart.TABLE}
        names = partial(model_texts, self.drawn.model)
        return replace(super().picture(name), table=names, usual=usual)

    def keys(self) -> Sequence[PageKey]:
        """The keys that draw, and that step through a name."""
        letter = self.tr("The letter beside it.")
        return (
            PageKey(("Return", "Enter"), self.tr("Draw more names."), self.draw_button.click),
            PageKey(("Right", "Space", "PgDown"), letter, self.letters.next_button.click),
            PageKey(("Left", "PgUp"), letter, self.letters.back_button.click),
            PageKey(("I",), self.tr("See the name in the inspector."), self.inspect_button.click),
        )

    def draw(self) -> None:
        """The names, and the letter that is looked at."""
        state = self._jobs.state
        active = state.run.active
        self.draw_button.setEnabled(state.trained is not None and not active)
        self.stop_button.setEnabled(active)
        self.export_button.setEnabled(bool(state.verdicts) and not active)
        self.inspect_button.setEnabled(bool(state.letters))
        self.error.show_text(state.error or state.run.error)
        self.network.show_state(self.state)
        self.drawn.show_state(state)
        self.letters.show_state(state)
        self.say(self.drawn.sentence)

    @Slot()
    def choose_place(self) -> None:
        """Ask where to export the names, and write them."""
        kinds = self.tr("CSV with marks and neighbours (*.csv);;Text, a name a line (*.txt)")
        path = ask_save(self, self.tr("Export names"), "names.csv", kinds)
        if path is not None:
            self._jobs.export(path)

    @Slot()
    def _inspect(self) -> None:
        row, drawn = self.drawn.table.currentIndex().row(), self._jobs.state.drawn
        if drawn is not None and 0 <= row < len(drawn.verdicts):
            self.inspect_asked.emit(drawn.trained, drawn.verdicts[row].name)

    def _connect(self) -> None:
        jobs = self._jobs
        self.error.closed.connect(lambda: jobs.refuse(""))
        self.draw_button.clicked.connect(self.draw_clicked)
        self.stop_button.clicked.connect(jobs.stop)
        self.export_button.clicked.connect(self.choose_place)
        self.inspect_button.clicked.connect(self._inspect)
        self.drawn.chosen.connect(jobs.choose)
        self.letters.stepped.connect(jobs.step)
        jobs.changed.connect(self.refresh)
