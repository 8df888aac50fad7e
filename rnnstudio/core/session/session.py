"""The whole studio as one value: everything that a person would miss.

What the generator and the forecaster have is made of much that the window does not wait for when it
opens, so it is imported with their tabs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from rnnstudio.core.session.kept_scene import InspectorWork

if TYPE_CHECKING:
    from rnnstudio.core.session.kept_names import NamesWork
    from rnnstudio.core.session.kept_prices import StocksWork

TabName = Literal["inspector", "names", "stocks"]


@dataclass(frozen=True)
class Session:
    """Every tab's work, and which tab is in front.

    ``names`` and ``stocks`` are None where their tabs were never looked at. Two sessions are equal
    where their settings are and their data and networks are the very same.
    """

    inspector: InspectorWork
    names: NamesWork | None = None
    stocks: StocksWork | None = None
    tab: TabName = "inspector"

    def caught_up(self, newest: Session) -> Session:
        """The session, an earlier one, with what its trainings have come to in ``newest``.

        So a training has one checkpoint, in however many sessions it is unfinished, and an undo
        takes none of it back that came by itself.
        """
        names = self.names
        if names is not None and newest.names is not None:
            names = names.caught_up(newest.names)
        stocks = self._stocks_caught_up(newest)
        same = names is self.names and stocks is self.stocks
        return self if same else replace(self, names=names, stocks=stocks)

    def _stocks_caught_up(self, newest: Session) -> StocksWork | None:
        if self.stocks is None or newest.stocks is None:
            return self.stocks
        then, now = self.stocks.unfinished, newest.stocks.unfinished
        if then is now or then is None or now is None or then.data is not now.data:
            return self.stocks
        return replace(self.stocks, unfinished=now)

    def with_rounds_of(self, newest: Session) -> Session:
        """The session, an earlier one, with the rounds of drawing that ``newest`` has.

        What came on the days of a round was seen, so no undo takes a round back.
        """
        if self.stocks is None or newest.stocks is None:
            return self
        stocks = self.stocks.with_rounds_of(newest.stocks)
        return self if stocks is self.stocks else replace(self, stocks=stocks)

    def same_work(self, other: Session) -> bool:
        """Whether only what is looked at differs: tabs, pages, cursors, iterations gone back to."""
        return _without_view(self) == _without_view(other)


def _without_view(session: Session) -> Session:
    return Session(
        session.inspector.without_view(),
        None if session.names is None else session.names.without_view(),
        None if session.stocks is None else session.stocks.without_view(),
    )
