"""What a picture of the forecaster says besides its thing: the share, the days, the verdict."""

from __future__ import annotations

from collections.abc import Mapping

from rnnstudio.core import language
from rnnstudio.core.messages import Message
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.view_picture import PicturePart


def picture_words(state: StocksState) -> Mapping[PicturePart, str]:
    """Each part that there is something to say of, in a sentence or a line."""
    words = {}
    evaluation, split = state.evaluation, state.split
    table = state.train if evaluation is None else evaluation.forecast.table
    if table is not None:
        target = (state.spec or state.settings).target
        if evaluation is not None:
            target = evaluation.forecast.spec.target
        share = Message("{share}, {price}", {"share": table.source, "price": target})
        words[PicturePart.SHARE] = language.text(share)
    if evaluation is not None:
        rows = evaluation.forecast.rows
        words[PicturePart.DAYS] = _days(evaluation.forecast.table, rows, tested=True)
        words[PicturePart.VERDICT] = language.text(evaluation.summary.sentence)
    elif split is not None:
        words[PicturePart.DAYS] = _days(split.table, range(split.rows_known), tested=False)
    return words


def _days(table: PriceTable, rows: range, *, tested: bool) -> str:
    if not len(rows):
        return ""
    values = {
        "days": len(rows),
        "first": table.dates[rows.start],
        "last": table.dates[rows.stop - 1],
    }
    if tested:
        return language.text(Message("{days:n} test days, {first} to {last}", values))
    return language.text(Message("{days:n} days before the test, {first} to {last}", values))
