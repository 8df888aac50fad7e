"""The names of a network in big type: before it learned, at a stage between, and now.

``python -m rnnstudio.ui.dinosaurs.home.film_view`` opens it alone.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.core.names.filmstrip import Film
from rnnstudio.core.names.sampler import SAMPLES
from rnnstudio.ui.dinosaurs.home.film_row import COLUMNS, FilmLine, FilmRow, columns_of
from rnnstudio.ui.dinosaurs.home.stage_words import now_words, stage_words
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.labels import PlainLabel

_NOW = 2
"""The column of the network that is looked at."""


class Filmstrip(QWidget):
    """Seven rows under their headings. ``row_changed``: another name is looked at."""

    row_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Seven names, a row for the same random numbers"))
        self._head = QWidget(self)
        self.headings = [
            PlainLabel(role="" if column == _NOW else "quiet", parent=self._head, wrap=True)
            for column in range(len(COLUMNS))
        ]
        self.headings[_NOW].setFont(words(bold=True))
        self.rows = [FilmRow(light=place % 2 == 0) for place in range(SAMPLES)]
        self.row = 0
        self._shown: object = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        for place, row in enumerate(self.rows):
            layout.addWidget(row, stretch=1)
            row.pressed.connect(partial(self.look_at, place))
        self.look_at(0)

    @property
    def name(self) -> str:
        """The name that is looked at."""
        return self.rows[self.row].line.now

    def look_at(self, row: int) -> None:
        """Look at the name in that row, counted from 0; beyond the ends nothing happens."""
        if not 0 <= row < len(self.rows):
            return
        focused = QApplication.focusWidget() in self.rows
        self.row = row
        for place, each in enumerate(self.rows):
            tab = place == row
            policy = Qt.FocusPolicy.StrongFocus if tab else Qt.FocusPolicy.ClickFocus
            each.setFocusPolicy(policy)
            each.update()
        if focused:
            self.rows[row].setFocus()
        self.row_changed.emit()

    def show_state(self, state: NamesState) -> None:
        """Show the names there are; before the first training some of the list as an example."""
        film = state.film
        if film is None or state.looked_at is None:
            shown: object = (None, state.corpus)
        else:
            shown = (film, state.past is None)
        if shown == self._shown:
            return
        self._shown = shown
        if film is None or state.looked_at is None:
            self._show_example(state)
        else:
            self._show_film(film, past=state.past is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put each heading above its column."""
        super().resizeEvent(event)
        self._place_headings()

    def _show_film(self, film: Film, *, past: bool) -> None:
        spec = film.trained.spec
        texts = [language.text(stage_words(stage.step, spec)) for stage in film.stages[:2]]
        texts += [""] * (2 - len(texts))
        texts.append(language.text(now_words(film.trained.step, spec, past=past)))
        self._head_with(*texts, self.tr("nearest name of the list"))
        for place, (row, verdict) in enumerate(zip(self.rows, film.now, strict=True)):
            earlier = tuple(stage.names[place] for stage in film.stages[:2])
            row.show_line(FilmLine(earlier, verdict.name, verdict))

    def _show_example(self, state: NamesState) -> None:
        names = () if state.corpus is None else state.corpus.names[: len(self.rows)]
        self._head_with("", "", self.tr("names of the list, as an example"), "")
        for place, row in enumerate(self.rows):
            row.show_line(FilmLine((), names[place] if place < len(names) else ""))

    def _head_with(self, *texts: str) -> None:
        for label, text in zip(self.headings, texts, strict=True):
            label.setText(text)
        self._place_headings()

    def _place_headings(self) -> None:
        """Put each heading above its column, in two lines where it is too narrow for one."""
        lefts = [*columns_of(self.width()), float(self.width())]
        heights = []
        for column, label in enumerate(self.headings):
            inset = 1.75 * sizes().gap if column > 1 else 0.0
            width = round(lefts[column + 1] - lefts[column] - inset - sizes().half_gap)
            height = max(label.fontMetrics().height(), label.heightForWidth(width))
            label.setGeometry(round(lefts[column] + inset), 0, width, height)
            heights.append(height)
        self._head.setFixedHeight(max(heights) + sizes().gap)


if __name__ == "__main__":
    from rnnstudio.ui.dinosaurs.example import trained_state
    from rnnstudio.ui.widgets.preview import preview

    preview(Filmstrip, trained_state())
