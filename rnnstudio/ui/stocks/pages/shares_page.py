"""What the forecaster's pages share: a frame, a sentence, and a table of their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from rnnstudio.core import language
from rnnstudio.ui.stocks.picture_words import picture_words
from rnnstudio.ui.stocks.shares_chart import SharesChart
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.theme.tokens import scaled, sizes
from rnnstudio.ui.widgets.key_button import Face, KeyButton
from rnnstudio.ui.widgets.page_frame import PageFrame, bar_of
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.sort_table import SortTable, TableLine, with_table
from rnnstudio.ui.widgets.view_picture import ViewPicture

_WORDS_FROM = 1000
"""A page that is so wide has words on all buttons; beside text of its usual size."""


class SharesPage(PageFrame):
    """Shows the state while it is in front. ``asked(event)``: what the user wants.

    A subclass gives its thing to ``build``, draws the state in ``draw`` and says its sentence
    there.
    """

    asked = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("The verdict"), title, parent)
        self.state: StocksState | None = None

    def draw(self, state: StocksState) -> None:
        """Show what of the state this page is about."""
        raise NotImplementedError

    def build(self, things: Sequence[QWidget], controls: Sequence[QWidget | None] = ()) -> None:
        """Put the things below the sentence (the first takes all room left), controls below all."""
        self.set_thing(*things)
        if controls:
            self.set_bar(bar_of(*controls))
        self.setFocusProxy(things[0])

    def show_state(self, state: StocksState) -> None:
        """Show the state; a page that is not in front is shown none."""
        self.state = state
        self.draw(state)

    def picture(self, name: str) -> ViewPicture:
        """The same as of any page, with the share, its days and the verdict."""
        view = super().picture(name)
        if self.state is None:
            return view
        return replace(view, words={**view.words, **picture_words(self.state)})

    def first_focus(self) -> QWidget | None:
        """What has the focus when the page is turned to."""
        return self.focusProxy()

    def close_topmost(self) -> bool:
        """Close what lies over the page; whether there was anything."""
        return False

    def keys(self) -> Sequence[PageKey]:
        """The keys that hold on this page now."""
        return ()


class NumbersPage(SharesPage):
    """A page whose numbers, ``numbers``, stand in a table in place of its chart if one wishes."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.table = SortTable()
        self.table.setAccessibleName(language.filled(self.tr("Table: {0}"), title))
        self.table_button = KeyButton(Face("grid", self.tr("Table"), "T"))
        self.table_button.setCheckable(True)
        self.table_button.toggled.connect(self._turn_table)
        self._sides = QStackedWidget()

    def numbers(self, state: StocksState) -> tuple[Sequence[str], Sequence[TableLine]]:
        """The titles of the table, and its lines."""
        raise NotImplementedError

    def chart(self) -> SharesChart | None:
        """The chart whose place the arrow keys move; None: there is none."""
        return None

    def build(self, things: Sequence[QWidget], controls: Sequence[QWidget | None] = ()) -> None:
        """The same, with the table behind the things and its button behind the controls."""
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes().gap)
        for place, thing in enumerate(things):
            layout.addWidget(thing, stretch=0 if place else 1)
        self._sides.addWidget(column)
        self._sides.addWidget(self.table)
        left = QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(0, 0, 0, 0)
        for control in filter(None, controls):
            row.addWidget(control)
        row.addStretch(1)
        super().build([self._sides], [left, self.table_button])
        self.setFocusProxy(things[0])

    def show_state(self, state: StocksState) -> None:
        """Show the state, in the table too where that is in sight."""
        super().show_state(state)
        if self.table_button.isChecked():
            self.table.show_lines(*self.numbers(state))

    def picture(self, name: str) -> ViewPicture:
        """The same as of any page, with its numbers."""
        state, in_sight = self.state, self.table_button.isChecked()
        view = super().picture(name)
        return view if state is None else with_table(view, lambda: self.numbers(state), in_sight)

    def close_topmost(self) -> bool:
        """Close the table; whether it was in sight."""
        if not self.table_button.isChecked():
            return False
        self.table_button.setChecked(False)
        return True

    def keys(self) -> Sequence[PageKey]:
        """The table, and the arrows of the chart."""
        table = self.tr("The numbers in a table, or the chart again.")
        keys = [PageKey(("T",), table, self.table_button.toggle)]
        chart = self.chart()
        seen = chart is not None and not self.table_button.isChecked()
        return [*keys, *chart.keys()] if chart is not None and seen else keys

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show buttons of the bar as icons where there is little room."""
        self.table_button.set_shape(compact=self.width() < scaled(_WORDS_FROM))
        super().resizeEvent(event)

    @Slot(bool)
    def _turn_table(self, shown: bool) -> None:
        self._sides.setCurrentIndex(int(shown))
        if shown and self.state is not None:
            self.table.show_lines(*self.numbers(self.state))
