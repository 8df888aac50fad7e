"""What is said of a gradient's flow: numbers of the flow, and who is ahead."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnnstudio.core.cells.flow import REMEMBERING, FlowSpec, flows
from rnnstudio.core.cells.flow_words import (
    flow_finding,
    flow_product,
    flow_size,
    left_and_factor,
    left_of,
    product,
)


def test_that_the_finding_of_an_lstm_that_remembers_has_the_numbers_of_its_flow() -> None:
    found = flows(REMEMBERING)
    assert str(flow_finding(found)) == (
        "49 steps back the LSTM still has 0.38 of its gradient; the RNN has 150,000 times less."
    )
    lstm, rnn = found["lstm"], found["rnn"]
    assert lstm.norms[0] == pytest.approx(0.384, abs=5e-4)
    assert lstm.norms[0] / rnn.norms[0] == pytest.approx(1.5e5, rel=0.04)
    assert str(left_of(rnn, 49)) == "0.0000026 left"
    assert str(left_and_factor(lstm, 20)) == "0.10 left, factor 1.06"
    assert str(left_and_factor(rnn, 0)) == "1.00 left"
    assert str(flow_size(lstm)) == "8 units, 320 numbers learned"
    factors, made = flow_product(lstm)
    assert (factors, made) == ("0.27 × 0.72 × 1.01 × 1.06 × 0.73 × … × 1.10", "0.384")


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (replace(REMEMBERING, forget_bias=0.0), "the RNN has 6,800 times more"),
        (FlowSpec(weight_scale=0.0), "left and the RNN 0."),
        (FlowSpec(50, 200, weight_scale=2.0, input_scale=0.25), "chaotic here (RNN)"),
        (FlowSpec(steps=2), "1 step back"),
    ],
)
def test_that_every_outcome_has_its_sentence(spec: FlowSpec, said: str) -> None:
    assert said in str(flow_finding(flows(spec)))


def test_that_a_product_names_its_first_factors_and_its_last_one() -> None:
    factors = [0.5, 0.25, 2.0, 1.0, 0.125, 3.0, 0.5]
    text, made = product(factors, float(np.prod(factors)))
    assert text == "0.50 × 0.25 × 2.00 × 1.00 × 0.12 × … × 0.50"
    assert made == "0.047"  # three decimals at least
    assert product(factors[:2], 0.125) == ("0.50 × 0.25", "0.125")
