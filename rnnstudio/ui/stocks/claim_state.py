"""The claim that is typed, held beside what needs no network on the file's days; knows no Qt."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.data.price_table import PriceTable
from rnnstudio.core.stocks.data.split import split_at, suggested_test_day
from rnnstudio.core.stocks.evaluation.claims import (
    ClaimCheck,
    PublishedClaim,
    check_claim,
    published_claims,
    read_claimed,
)
from rnnstudio.core.stocks.model.presets import columns_for
from rnnstudio.ui.stocks.state import StocksState


def claimed_table(state: StocksState) -> PriceTable | None:
    """The prices that a claim is checked on: both files where there is one for the test."""
    return state.train if state.split is None else state.split.table


def claimed_day(state: StocksState) -> np.datetime64 | None:
    """The first day that the claim is about: the chosen one, else the first of the test span."""
    table = claimed_table(state)
    if table is None or state.claim.day:
        return np.datetime64(state.claim.day) if state.claim.day else None
    if state.split is None:
        return suggested_test_day(table)
    day: np.datetime64 = table.dates[state.split.rows_known]
    return day


def checked_claim(state: StocksState) -> ClaimCheck | None:
    """The claim beside what needs no network; None before a figure is typed or a file is open.

    Raises UserError as ``read_claimed``, ``split_at`` and ``check_claim`` do.
    """
    if not state.claim.value.strip():
        return None
    return _checked(state, state.claim.measure, read_claimed(state.claim.value))


def checked_examples(state: StocksState) -> Iterator[tuple[PublishedClaim, ClaimCheck | None]]:
    """The published claims, each checked on the file's days; None where it cannot be."""
    for claim in published_claims():
        try:
            yield claim, _checked(state, claim.measure, claim.value)
        except UserError:
            yield claim, None


def _checked(state: StocksState, measure: str, value: float) -> ClaimCheck | None:
    table, day = claimed_table(state), claimed_day(state)
    if table is None or day is None:
        return None
    return check_claim(split_at(table, day), columns_for("sound", table)[1], measure, value)
