"""A page whose thing trains networks of its own: it has its own settings, states and bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from rnnstudio.ui.stocks.job_thing import JobThing
from rnnstudio.ui.stocks.pages.shares_page import SharesPage
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.focus_order import first_stop
from rnnstudio.ui.widgets.page_keys import PageKey
from rnnstudio.ui.widgets.view_picture import PicturePart, ViewPicture


class JobPage(SharesPage):
    """The frame around ``thing``, which is shown every state by its owner.

    It says what the thing found; before it found anything, the ``question``.
    """

    def __init__(
        self, title: str, question: str, thing: JobThing, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, parent)
        self._question, self._thing = question, thing
        self.set_thing(thing)
        self.set_bar(thing.foot)
        thing.show()
        thing.finding_changed.connect(self._say_finding)
        self._say_finding()

    def first_focus(self) -> QWidget | None:
        """The first of the thing's own widgets, or of its controls."""
        return first_stop(self._thing) or first_stop(self._thing.foot)

    def draw(self, state: StocksState) -> None:
        """Leave it to the thing."""

    def picture(self, name: str) -> ViewPicture:
        """The results alone, under the page's sentence: no room is left where a form stands.

        Days and verdict are the verdict page's; what was found here says which days it is about.
        """
        view = super().picture(name)
        words = {**view.words, PicturePart.SENTENCE: self.sentence.text()}
        for part in (PicturePart.DAYS, PicturePart.VERDICT):
            words.pop(part, None)
        return replace(view, page=self._thing, words=words, on_page={})

    def keys(self) -> Sequence[PageKey]:
        """The arrows of the chart."""
        chart = self._thing.chart()
        return () if chart is None else chart.keys()

    @Slot()
    def _say_finding(self) -> None:
        self.say(self._thing.finding or self._question)
