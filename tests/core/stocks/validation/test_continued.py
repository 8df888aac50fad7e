"""A walk that was stopped goes on: what it has is not done again, the rest comes out the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.validation.continued import ContinuedPool
from rnnstudio.core.stocks.validation.walk_forward import Walk, walk_forward_job
from rnnstudio.core.training import Control
from tests.core.stocks.made import SOUND, walk
from tests.core.stocks.validation.pools import InTurn, result

SPLIT = walk(60, 48)


def walked(earlier: Walk | None, pool: InTurn, every: int = 4) -> Walk:
    pools = ContinuedPool(pool, earlier)
    found: Walk = result(walk_forward_job(SOUND, SPLIT, every, pools, Control()))
    return found


def test_that_a_stopped_walk_does_only_what_it_lacks_to_the_last_bit() -> None:
    whole = walked(None, InTurn())
    first, _, third = whole.outcomes
    stopped = replace(whole, outcomes=(first, UserError("It ran away."), third))
    rest = InTurn()
    again = walked(stopped, rest)
    assert len(rest.done) == 1
    np.testing.assert_array_equal(again.predicted, whole.predicted)
    assert again.outcomes[0] is first
    nothing = InTurn()
    assert walked(whole, nothing).whole
    assert not nothing.done


def test_that_a_walk_of_other_blocks_is_no_part_of_this_one() -> None:
    rest = InTurn()
    walked(walked(None, InTurn()), rest, every=6)
    assert len(rest.done) == 2
