"""A page whose thing trains networks of its own: it has its own settings, states and bar."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rnnstudio.ui.stocks.pages.shares_page import SharesPage
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.focus_order import first_stop


class JobPage(SharesPage):
    """The frame around ``thing``, which is shown every state by its owner; says ``sentence``."""

    def __init__(
        self, title: str, sentence: str, thing: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self.say(sentence)
        self.set_thing(thing)
        thing.show()
        self._thing = thing

    def first_focus(self) -> QWidget | None:
        """The first of the thing's own widgets."""
        return first_stop(self._thing)

    def draw(self, state: StocksState) -> None:
        """Leave it to the thing."""
