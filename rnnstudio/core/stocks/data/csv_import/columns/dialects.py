"""Programs whose files are known by their look, and what they always write."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rnnstudio.core.stocks.data.csv_import.columns.outline import Roles
from rnnstudio.core.stocks.data.csv_import.options import Decimal
from rnnstudio.core.stocks.data.csv_import.table.table_layout import TableLayout

_META_TRADER_DAY = re.compile(r"[0-9]{4}\.[0-9]{2}\.[0-9]{2}(?: [0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")
_TAGS = re.compile("<(?:TICKER|DTYYYYMMDD|DATE)>", re.IGNORECASE)


def known_decimal(
    lines: Sequence[str], layout: TableLayout, roles: Roles, sample: Sequence[Sequence[str]]
) -> Decimal | None:
    """The decimal mark of files of MetaTrader and MetaStock, which write a point everywhere.

    MetaTrader's have days like 2011.12.08 with times beside them and no header; those of MetaStock
    and its kin, and of MetaTrader 5, name their columns <TICKER>, <DATE>, <OPEN>.
    """
    if layout.header:
        return "." if _TAGS.search(lines[layout.header - 1]) else None
    days = all(map(_META_TRADER_DAY.fullmatch, sample[roles.date]))
    timed = roles.time is not None or ":" in sample[roles.date][0]
    return "." if days and timed else None
