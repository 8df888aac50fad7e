"""How often a test span was evaluated: each time makes it a little less of a test.

Days are datetime64.
"""

from __future__ import annotations

from dataclasses import dataclass

from rnnstudio.core.stocks.data.price_table import Dates


@dataclass(frozen=True)
class AccessLog:
    """The first and last days of the test spans that were evaluated, as ISO dates, one an access.

    To evaluate, change a setting and evaluate again is to choose on the test span; the count
    says how often. It holds for every later span that shares a day with the one evaluated.
    """

    spans: tuple[tuple[str, str], ...] = ()

    def opened(self, dates: Dates) -> AccessLog:
        """The accesses after the span of ``dates`` (days,) is evaluated once more."""
        return AccessLog((*self.spans, (str(dates[0]), str(dates[-1]))))

    def count(self, dates: Dates) -> int:
        """How often a day of the span of ``dates`` (days,) was evaluated."""
        first, last = str(dates[0]), str(dates[-1])
        return sum(begin <= last and first <= end for begin, end in self.spans)
