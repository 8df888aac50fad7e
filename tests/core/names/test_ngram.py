import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.core.names.corpus import END, SHIPPED, read_corpus
from rnnstudio.core.names.ngram import NGram, NGramStepper, best_order
from rnnstudio.core.names.sampler import Sampling, sample_names

VOCABULARY = (END, "a", "b", "c")
NAMES = st.lists(st.text("abc", min_size=1, max_size=6), min_size=1, max_size=8)


def probability(model: NGram, context: str, symbol: str) -> float:
    return float(model.distribution(context)[VOCABULARY.index(symbol)])


@given(order=st.integers(0, 5), names=NAMES, context=st.text("abc", max_size=6))
def test_that_probabilities_of_all_symbols_sum_to_one(order, names, context) -> None:
    model = NGram(order, names, VOCABULARY)
    probabilities = [probability(model, END + context, symbol) for symbol in VOCABULARY]
    assert sum(probabilities) == pytest.approx(1)
    assert min(probabilities) > 0


def test_that_order_zero_is_the_blind_guess() -> None:
    assert NGram(0, ["ab"], VOCABULARY).nats_per_character(["cab"]) == pytest.approx(math.log(4))


def test_that_a_unigram_is_witten_and_bells_mixture_of_counts_and_blind_guess() -> None:
    # "ab" counts a, b and the end once each: three kinds in three symbols.
    model = NGram(1, ["ab"], VOCABULARY)
    assert probability(model, END, "a") == pytest.approx((1 + 3 / 4) / 6)
    assert probability(model, END, "c") == pytest.approx((0 + 3 / 4) / 6)


def test_that_a_bigram_looks_at_one_letter_before_and_falls_back_where_it_is_new() -> None:
    model = NGram(2, ["ab", "ab", "cb"], VOCABULARY)
    unigram = NGram(1, ["ab", "ab", "cb"], VOCABULARY)
    assert probability(model, "a", "b") == pytest.approx((2 + probability(unigram, "", "b")) / 3)
    assert probability(model, "ca", "b") == probability(model, "a", "b")
    assert probability(NGram(2, ["aa"], VOCABULARY), "b", "a") == pytest.approx(
        probability(NGram(1, ["aa"], VOCABULARY), "", "a")
    )


def test_that_longer_contexts_help_on_dinosaurs_until_they_are_too_rare() -> None:
    corpus = read_corpus(SHIPPED)
    names = list(corpus.names)
    np.random.default_rng(1).shuffle(names)
    train, held_out = names[130:], names[:130]
    losses = [
        NGram(order, train, corpus.vocabulary).nats_per_character(held_out) for order in range(5)
    ]
    assert losses == sorted(losses, reverse=True)
    assert losses[0] == pytest.approx(math.log(27))
    order, loss = best_order(train, held_out, corpus.vocabulary)
    assert loss <= min(losses)
    assert order > 2


@pytest.mark.parametrize("order", [0, 1, 2, 3, 5])
def test_that_names_are_sampled_as_they_are_foretold(order: int) -> None:
    ngram = NGram(order, ["ab", "abc", "cab", "b"], VOCABULARY)
    names = sample_names(NGramStepper(ngram, VOCABULARY), VOCABULARY, Sampling(count=3_000))
    foretold = ngram.nats_per_character(names)
    entropies, symbols = 0.0, 0
    for name in names:
        for length in range(len(name) + 1):
            shares = ngram.distribution(END + name[:length])
            entropies -= float(shares @ np.log(shares))
            symbols += 1
    # What a sample costs its own source is the entropy of the source.
    assert foretold == pytest.approx(entropies / symbols, abs=0.04)
