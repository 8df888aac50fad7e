"""Sampling: the four stages, and the same random numbers each time."""

from collections import Counter
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.engine.online_rnn import NOTHING
from rnnstudio.core.engine.spec import CellName
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.sampler import (
    LONGEST_SAMPLE,
    Sampling,
    letters,
    sample_names,
    tempered,
)
from rnnstudio.core.names.stepper import States, Stepper

VOCABULARY = ("\n", "a", "b", "c")


class Fixed:
    """A language in which the next symbol never depends on those before it."""

    def __init__(self, *probabilities: float) -> None:
        self.probabilities = np.array(probabilities, dtype=float)[:, np.newaxis]

    def start(self, m: int = 1) -> States:
        return {"a": np.zeros((1, m))}

    def step(self, states: States, x: np.ndarray) -> tuple[States, np.ndarray]:
        return states, np.repeat(self.probabilities, len(x), axis=1)


def random_model(cell: CellName = "rnn", seed: int = 1, units: int = 5) -> Stepper:
    draw = np.random.default_rng(seed).standard_normal
    shapes = CELLS[cell].parameter_shapes(4, units, 4)
    return Stepper(cell, {name: draw(shape) for name, shape in shapes.items()})


def names_of(model: Any, **settings: Any) -> tuple[str, ...]:
    return sample_names(model, VOCABULARY, Sampling(**settings))


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_that_each_letter_drawn_is_the_next_input_and_its_state_the_next_state(
    cell: CellName,
) -> None:
    model = random_model(cell)
    steps = list(letters(model, VOCABULARY, Sampling(seed=5)))
    assert len(steps) > 2
    assert steps[0].x == NOTHING
    states = model.start()
    for step, following in pairwise(steps):
        assert following.x == step.drawn
        states, yt_pred = model.step(states, np.array([step.x]))
        assert all(np.array_equal(states[name], step.states[name]) for name in states)
        assert np.array_equal(yt_pred[:, 0], step.yt_pred)


def test_that_letters_are_drawn_as_often_as_they_are_probable() -> None:
    names = names_of(Fixed(0.2, 0.5, 0.0, 0.3), count=4_000)
    counts = Counter("\n".join(names) + "\n")
    total = counts.total()
    assert counts["b"] == 0
    for symbol, probability in (("\n", 0.2), ("a", 0.5), ("c", 0.3)):
        assert counts[symbol] / total == pytest.approx(probability, abs=0.015)


def test_that_a_name_ends_at_the_end_symbol() -> None:
    assert names_of(Fixed(1, 0, 0, 0), count=2) == ("", "")


def test_that_a_name_without_end_is_cut_off() -> None:
    assert names_of(Fixed(0, 0, 1, 0), count=1) == ("b" * LONGEST_SAMPLE,)
    assert names_of(Fixed(0, 0, 1, 0), count=1, beginning="ca") == ("ca" + "b" * LONGEST_SAMPLE,)


def test_that_the_same_seed_gives_the_same_names_and_another_gives_others() -> None:
    model = random_model()
    assert len(names_of(model)) == 7
    assert names_of(model) == names_of(model)
    assert names_of(model, seed=2) != names_of(model)


def test_that_more_names_begin_with_the_same_ones() -> None:
    free = Fixed(0.2, 0.5, 0.3, 0)
    assert names_of(free, count=20)[:7] == names_of(free, count=7)


@settings(max_examples=40)
@given(
    st.sampled_from(["rnn", "lstm", "gru"]),
    st.integers(0, 2**32 - 1),
    st.floats(0.1, 10),
    st.sampled_from([None, 1, 2, 4, 9]),
    st.text("abc", max_size=4),
)
def test_that_letter_by_letter_and_side_by_side_give_the_same_names(
    cell: CellName, seed: int, temperature: float, top_k: int | None, beginning: str
) -> None:
    model = random_model(cell, seed=seed % 17)
    sampling = Sampling(temperature, top_k, beginning, count=4, seed=seed)
    singly = [
        "".join(VOCABULARY[step.drawn] for step in letters(model, VOCABULARY, sampling, number))
        for number in range(sampling.count)
    ]
    assert [name.removesuffix("\n") for name in singly] == list(
        sample_names(model, VOCABULARY, sampling)
    )
    assert all(name.startswith(beginning) for name in singly)


def test_that_what_was_typed_was_not_drawn() -> None:
    steps = list(letters(random_model(), VOCABULARY, Sampling(beginning="ab")))
    assert [VOCABULARY[step.drawn] for step in steps[:2]] == ["a", "b"]
    assert [step.chance is None for step in steps[:3]] == [True, True, False]


PROBABILITIES = np.array([[0.1], [0.2], [0.3], [0.4]])


def test_that_temperature_raises_probabilities_to_its_inverse() -> None:
    expected = PROBABILITIES**2 / (PROBABILITIES**2).sum()
    assert tempered(PROBABILITIES, Sampling(temperature=0.5)) == pytest.approx(expected)
    assert tempered(PROBABILITIES, Sampling(temperature=100)) == pytest.approx(0.25, abs=0.01)


def test_that_top_k_leaves_the_k_likeliest_in_proportion() -> None:
    drawn_from = tempered(PROBABILITIES, Sampling(top_k=2))
    assert drawn_from[:, 0] == pytest.approx([0, 0, 3 / 7, 4 / 7])
    assert tempered(PROBABILITIES, Sampling(top_k=9)) == pytest.approx(PROBABILITIES)


def test_that_a_cold_network_always_says_the_likeliest() -> None:
    names = names_of(Fixed(0.3, 0.29, 0.41, 0), count=50, temperature=0.01)
    assert set(names) == {"b" * LONGEST_SAMPLE}


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"temperature": 0}, "The temperature is 0; it must lie from 0.01 to 100."),
        ({"temperature": float("nan")}, "The temperature is nan; it must lie from 0.01 to 100."),
        ({"top_k": 0}, "The top-k is 0; it must be a whole number of at least 1."),
        ({"count": 0}, "The number of names is 0; it must be a whole number from 1 to 10000."),
        ({"seed": -1}, "The seed is -1; it must be a whole number from 0 to 4294967295."),
        ({"beginning": "a" * 101}, "The beginning has 101 letters; it may have up to 100."),
    ],
)
def test_that_an_impossible_setting_is_refused(setting: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        Sampling(**setting)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("beginning", ["ax", "a\n"])
def test_that_a_beginning_of_unknown_letters_is_refused(beginning: str) -> None:
    with pytest.raises(UserError, match=r"The beginning has .*; it may use 'abc'"):
        names_of(random_model(), beginning=beginning)
