"""Sampling: the four stages, and the same random numbers each time."""

from collections import Counter
from itertools import islice, pairwise

import numpy as np
import pytest

from rnnstudio.core.engine.single import NOTHING, SingleRnn
from rnnstudio.core.names.paper import initial_parameters
from rnnstudio.core.names.sampler import LONGEST_SAMPLE, letters, sample_name, sample_names

VOCABULARY = ("\n", "a", "b", "c")


class Fixed:
    """A language in which the next symbol never depends on those before it."""

    n_a = 1

    def __init__(self, *probabilities: float) -> None:
        self.probabilities = np.array(probabilities, dtype=float)

    def forward_step(self, a_prev: np.ndarray, _x: int) -> tuple[np.ndarray, np.ndarray]:
        return a_prev, self.probabilities


def test_that_each_letter_drawn_is_the_next_input_and_its_state_the_next_state() -> None:
    model = SingleRnn(initial_parameters(units=5, symbols=4, seed=1))
    steps = list(islice(letters(model, np.random.default_rng(0)), 6))
    assert steps[0].x == NOTHING
    a_prev = np.zeros(5)
    for step, following in pairwise(steps):
        assert following.x == step.drawn
        a_next, yt_pred = model.forward_step(a_prev, step.x)
        assert np.array_equal(a_next, step.a_next)
        assert np.array_equal(yt_pred, step.yt_pred)
        a_prev = a_next


def test_that_letters_are_drawn_as_often_as_they_are_probable() -> None:
    probabilities = (0.2, 0.5, 0.0, 0.3)
    draws = islice(letters(Fixed(*probabilities), np.random.default_rng(5)), 20_000)
    counts = Counter(letter.drawn for letter in draws)
    assert counts[2] == 0
    for symbol in (0, 1, 3):
        assert counts[symbol] / 20_000 == pytest.approx(probabilities[symbol], abs=0.015)


def test_that_a_name_ends_at_the_end_symbol() -> None:
    assert sample_name(Fixed(1, 0, 0, 0), VOCABULARY, np.random.default_rng(0)) == ""


def test_that_a_name_without_end_is_cut_off() -> None:
    name = sample_name(Fixed(0, 0, 1, 0), VOCABULARY, np.random.default_rng(0))
    assert name == "b" * LONGEST_SAMPLE


def test_that_the_same_seed_gives_the_same_names_and_another_gives_others() -> None:
    model = SingleRnn(initial_parameters(units=5, symbols=4, seed=1))
    first = sample_names(model, VOCABULARY, seed=1)
    assert len(first) == 7
    assert sample_names(model, VOCABULARY, seed=1) == first
    assert sample_names(model, VOCABULARY, seed=2) != first


def test_that_a_longer_first_name_does_not_change_the_second() -> None:
    free = sample_names(Fixed(0.2, 0.5, 0.3, 0), VOCABULARY, seed=1)

    class FirstNeverEnds(Fixed):
        calls = 0

        def forward_step(self, a_prev: np.ndarray, _x: int) -> tuple[np.ndarray, np.ndarray]:
            self.calls += 1
            endless = self.calls <= LONGEST_SAMPLE + 1
            return a_prev, np.array([0.0, 1.0, 0.0, 0.0]) if endless else self.probabilities

    held = sample_names(FirstNeverEnds(0.2, 0.5, 0.3, 0), VOCABULARY, seed=1)
    assert len(held[0]) == LONGEST_SAMPLE
    assert held[1:] == free[1:]
