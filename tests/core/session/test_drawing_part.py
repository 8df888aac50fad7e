"""Rounds of drawing and claims in a document that a stranger may have written."""

from __future__ import annotations

from typing import Any

import pytest

from rnnstudio.core.documents.damage import DamageError
from rnnstudio.core.documents.fields import plain, read_fields
from rnnstudio.core.session.analysis_part import ClaimFields, pack_claim, unpack_claim
from rnnstudio.core.session.analysis_work import ClaimWork
from rnnstudio.core.session.drawing_part import DrawingFields, pack_drawing, unpack_drawing
from rnnstudio.core.stocks.teaching.drawing_rounds import DAYS, DrawingRounds, DrawnRound

PRICES = tuple(100.0 + day for day in range(DAYS))
ROUND = DrawnRound(
    "made.csv", "ab", "Open", "2019-01-01", "2019-01-10", 99.0, PRICES, PRICES, PRICES
)


def written(**changes: Any) -> dict[str, Any]:
    """A document of one round, in which some fields are others."""
    fields: dict[str, Any] = plain(pack_drawing(DrawingRounds().over(ROUND)))
    fields["rounds"] = [dict(fields["rounds"][0]) | changes]
    return fields


def test_that_rounds_come_back_as_they_were() -> None:
    assert unpack_drawing(read_fields(written(), DrawingFields)).rounds == (ROUND,)


@pytest.mark.parametrize(
    "changes",
    [
        {"first": "2019-13-45"},
        {"last": "tomorrow"},
        {"drawn": PRICES[1:]},
        {"actual": [None] * DAYS},
        {"known": 1e300},
    ],
)
def test_that_a_damaged_round_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(DamageError):
        unpack_drawing(read_fields(written(**changes), DrawingFields))


@pytest.mark.parametrize(
    "changes", [{"measure": "fame"}, {"day": "2019-02-31"}, {"value": "9" * 100_000}]
)
def test_that_a_damaged_claim_is_refused(changes: dict[str, Any]) -> None:
    fields = plain(pack_claim(ClaimWork("r2", "0.98"))) | changes
    with pytest.raises(DamageError):
        unpack_claim(read_fields(fields, ClaimFields))
