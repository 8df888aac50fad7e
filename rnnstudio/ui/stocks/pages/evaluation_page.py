"""What the pages share that show an evaluation, and before there is one its outline."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from rnnstudio.core.stocks.evaluation.seeds import SEEDS
from rnnstudio.ui.stocks.pages.shares_page import NumbersPage
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.labels import PlainLabel
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.pending_result import PendingResult, Shape, not_yet


class EvaluationPage(NumbersPage):
    """A page of an evaluation's numbers; before there are any, an outline of that ``shape``.

    ``about`` is what a subclass says below its chart, and the page below the outline as well.
    """

    about: PlainLabel

    def __init__(self, title: str, shape: Shape, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.outline = PendingResult(shape)

    def build(self, things: Sequence[QWidget], controls: Sequence[QWidget | None] = ()) -> None:
        """The same, with the outline behind the chart and its table."""
        super().build(things, controls)
        self._sides.addWidget(self.outline)

    @property
    def _known(self) -> bool:
        return self.state is not None and self.state.evaluation is not None

    def show_state(self, state: StocksState) -> None:
        """Show the evaluation, or what one costs."""
        super().show_state(state)
        self.table_button.setEnabled(self._known)
        if self._known:
            self._sides.setCurrentIndex(int(self.table_button.isChecked()))
            return
        seconds = None if state.trained is None else state.trained.seconds
        self.outline.show_words(not_yet(SEEDS, seconds), self.about.text())
        self._sides.setCurrentWidget(self.outline)

    def first_focus(self) -> QWidget | None:
        """The chart; before there is one the way back, where it is found out."""
        return super().first_focus() if self._known else self.home_button

    def keys(self) -> Sequence[PageKey]:
        """The keys of the numbers and of the chart, once there are any."""
        return super().keys() if self._known else ()
