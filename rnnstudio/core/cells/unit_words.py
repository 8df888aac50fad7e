"""The numbers of a value's units in words: one by one, or of many the smallest and largest.

Arrays are float64 and have no unit.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rnnstudio.core.cells.functions import Array
from rnnstudio.core.cells.gates import GATE_STATES, gate_state
from rnnstudio.core.messages import Message, listed
from rnnstudio.core.numbers import decimals, percent, rounded

SPELT_OUT = 6
"""Units that a sentence names one by one."""
_COUNTS = (
    Message("one"),
    Message("two"),
    Message("three"),
    Message("four"),
    Message("five"),
    Message("six"),
)


def count_words(n: int) -> Message:
    """A number of units: in words up to six."""
    return _COUNTS[n - 1] if 1 <= n <= len(_COUNTS) else Message("{n}", {"n": n})


def shares_words(shares: Array) -> Message:
    """The shares (units,), 0 to 1, in percent; of many their mean and range."""
    if len(shares) <= SPELT_OUT:
        return listed(Message("{share}", {"share": percent(float(share))}) for share in shares)
    values = {
        "mean": percent(float(shares.mean())),
        "least": percent(float(shares.min())),
        "most": percent(float(shares.max())),
    }
    return Message("on average {mean} ({least} to {most})", values)


def values_words(values: Array, names: Sequence[str] = ()) -> Message:
    """The numbers (rows,) with the unit, or the name, of each; of many the range."""
    places = decimals(values.tolist())
    if len(values) <= SPELT_OUT:
        return listed(
            Message("{value} for {name}", {"value": number, "name": names[row]})
            if names
            else Message("{value} in unit {unit}", {"value": number, "unit": row + 1})
            for row, value in enumerate(values.tolist())
            for number in (rounded(value, places, signed=True),)
        )
    return Message(
        "from {least} to {most} in {n} units",
        {
            "least": rounded(float(values.min()), places, signed=True),
            "most": rounded(float(values.max()), places, signed=True),
            "n": len(values),
        },
    )


def changes_words(before: Array, after: Array) -> Message:
    """Where each unit (units,) goes to; of many how many go up and down."""
    if len(after) > SPELT_OUT:
        up, down = int(np.sum(after > before)), int(np.sum(after < before))
        values = {"up": up, "down": down, "n": len(after)}
        return Message("{up} of {n} units go up and {down} go down", values)
    places = decimals([*before.tolist(), *after.tolist()])
    return listed(
        Message(
            "unit {unit} goes from {before} to {after}",
            {
                "unit": row + 1,
                "before": rounded(old, places, signed=True),
                "after": rounded(new, places, signed=True),
            },
        )
        for row, (old, new) in enumerate(zip(before.tolist(), after.tolist(), strict=True))
    )


def gate_words(gate: Array) -> Message:
    """How far a gate (units,) is open: in one word, or for which units each holds."""
    states = [gate_state(value) for value in gate.tolist()]
    found = [
        (state, [row + 1 for row, other in enumerate(states) if other is state])
        for state in GATE_STATES
    ]
    used = [(state, units) for state, units in found if units]
    if len(used) == 1:
        return used[0][0].words
    if len(gate) <= SPELT_OUT:
        return listed(
            Message.counted(
                "{state} in unit {units}",
                "{state} in units {units}",
                len(units),
                state=state.words,
                units=listed(Message("{n}", {"n": unit}) for unit in units),
            )
            for state, units in used
        )
    return listed(
        Message("{state} in {n} units", {"state": state.words, "n": len(units)})
        for state, units in used
    )
