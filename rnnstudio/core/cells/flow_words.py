"""What is said of gradients that flow back: a finding, what is left at a step, the factors.

Lengths have no unit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from rnnstudio.core.cells.flow import Flow
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import NumberText, plain

FIRST_FACTORS = 5
"""How many factors of a product are written before its last one."""
_GROUPED = 1e9
"""Ratios below are written out."""
_ALIKE = 1.25
"""What differs by less than this factor is about the same."""


def flow_finding(found: Mapping[str, Flow]) -> Message:
    """What became of the LSTM's gradient and of the RNN's, in one sentence."""
    lstm, rnn = found["lstm"], found["rnn"]
    values: dict[str, Any] = {
        "back": Message.counted("{n} step back", "{n} steps back", len(lstm.norms) - 1)
    }
    chaotic = [flow.cell.label for flow in (rnn, lstm) if not flow.sure]
    if chaotic:
        return Message(
            "The network is chaotic here ({cells}): rounding decides how long its gradients are.",
            {"cells": chaotic},
        )
    left, other = float(lstm.norms[0]), float(rnn.norms[0])
    values |= {"lstm": plain(left), "rnn": plain(other)}
    if not (math.isfinite(left) and math.isfinite(other) and left > 0 and other > 0):
        return Message("{back} the LSTM has {lstm} left and the RNN {rnn}.", values)
    values |= {"ratio": _two_digits(max(left / other, other / left))}
    if left > _ALIKE * other:
        return Message(
            "{back} the LSTM still has {lstm} of its gradient; the RNN has {ratio} times less.",
            values,
        )
    if other > _ALIKE * left:
        return Message(
            "{back} the LSTM has only {lstm} of its gradient; the RNN has {ratio} times more.",
            values,
        )
    return Message(
        "{back} both have about the same of their gradient: the LSTM {lstm}, the RNN {rnn}.",
        values,
    )


def left_of(flow: Flow, back: int) -> Message:
    """How much of its gradient a cell has left so many steps back."""
    return Message("{left} left", {"left": plain(float(flow.norms[_step(flow, back)]), 3)})


def left_and_factor(flow: Flow, back: int) -> Message:
    """What is left so many steps back, and the factor of the last one of these steps."""
    step = _step(flow, back)
    left = {"left": plain(float(flow.norms[step]))}
    if back == 0:
        return Message("{left} left", left)
    factor = plain(float(flow.factors[step]))
    return Message("{left} left, factor {factor}", {**left, "factor": factor})


def flow_size(flow: Flow) -> Message:
    """How large the cell is."""
    return Message(
        "{units} units, {count:n} numbers learned", {"units": flow.units, "count": flow.count}
    )


def flow_product(flow: Flow) -> tuple[NumberText, NumberText]:
    """The factors of the gradient's length from the loss back, and what they make together."""
    return product(list(flow.factors[::-1]), float(flow.norms[0]))


def product(factors: list[float], result: float) -> tuple[NumberText, NumberText]:
    """``0.27 × 0.72 × … × 1.10``, the first factors and the last one, and ``0.384``."""
    texts = [str(plain(float(factor))) for factor in factors]
    if len(texts) > FIRST_FACTORS + 1:
        texts = [*texts[:FIRST_FACTORS], "…", texts[-1]]
    return NumberText(" × ".join(texts)), plain(result, 3)


def _step(flow: Flow, back: int) -> int:
    return len(flow.norms) - 1 - back


def _two_digits(ratio: float) -> NumberText:
    """``150,000``: rounded to two significant digits."""
    if ratio >= _GROUPED:
        return plain(ratio)
    digits = f"{ratio:.2g}"
    return NumberText(f"{float(digits):,.0f}" if ratio >= 10 else digits)
