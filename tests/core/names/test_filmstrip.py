"""The filmstrip: the same random numbers at every stage, and stages that are true."""

from __future__ import annotations

import pytest

from rnnstudio.core.names.corpus import SHIPPED, Corpus, read_corpus
from rnnstudio.core.names.filmstrip import Film, FilmMaker, film_sentence, step_between
from rnnstudio.core.names.letter_quiz import letter_question
from rnnstudio.core.names.loss_references import loss_references
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.ngram import NGram
from rnnstudio.core.names.notices import early_stop, small_list
from rnnstudio.core.names.novelty import NoveltyVerdict
from rnnstudio.core.names.recipes import FastSpec, PaperSpec, Spec
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Control, Finished


def trained(spec: Spec) -> TrainedNames:
    *_, last = train(spec, read_corpus(SHIPPED), Control())
    assert isinstance(last, Finished)
    result: TrainedNames = last.result
    return result


def film_of(network: TrainedNames, sampling: Sampling, first: int = 0) -> Film:
    *_, last = FilmMaker().make(network, sampling, first, Control())
    assert isinstance(last, Finished)
    film: Film = last.result
    return film


@pytest.mark.parametrize("spec", [PaperSpec(iterations=90), FastSpec(epochs=1, units=8)])
def test_that_every_stage_is_the_network_of_its_iteration(spec: Spec) -> None:
    network, sampling = trained(spec), Sampling(temperature=0.7, seed=3)
    film = film_of(network, sampling)
    assert [stage.step for stage in film.stages] == [0, step_between(network)]
    assert film.now == NameSampler(network).names(sampling)
    until = PaperSpec(iterations=20) if isinstance(spec, PaperSpec) else None
    if until is not None:
        then = NameSampler(trained(until)).names(sampling)
        assert film.stages[1].step == 20
        assert film.stages[1].names == tuple(verdict.name for verdict in then)


def test_that_seven_more_names_have_random_numbers_of_their_own() -> None:
    network, sampling = trained(PaperSpec(iterations=30)), Sampling(seed=2)
    whole = NameSampler(network).names(Sampling(seed=2, count=21))
    assert film_of(network, sampling, 14).now == whole[14:]


def test_that_the_first_stage_knows_nothing_of_the_training() -> None:
    one, other = trained(PaperSpec(iterations=5)), trained(PaperSpec(iterations=60, clip=1))
    stages = [film_of(network, Sampling()).stages[0] for network in (one, other)]
    assert stages[0] == stages[1]


def test_that_an_empty_or_cut_name_is_not_counted_as_new() -> None:
    network = trained(PaperSpec(iterations=2))
    kinds = [("", 3), ("rex", 0), ("texas", 4)]
    now = tuple(NoveltyVerdict(name, "rex", distance) for name, distance in kinds)
    now += (NoveltyVerdict("a" * 50, "rex", 48, cut=True),) * 4
    film = Film(network, Sampling(), 0, (), now)
    assert str(film_sentence(film)) == "One of seven names is new. One is in the list."


def test_that_the_references_are_a_blind_guess_and_the_best_way_of_counting() -> None:
    corpus = read_corpus(SHIPPED)
    found = loss_references(corpus)
    assert found.in_unit("a name")[0] == pytest.approx(corpus.blind_loss)
    assert found.counting is not None
    assert found.counting < NGram(1, corpus.names, corpus.vocabulary).nats_per_character(
        corpus.names
    )
    assert loss_references(Corpus("same", ("rex", "rex"))).counting is None


def test_that_a_small_list_and_an_early_stop_are_said() -> None:
    assert small_list(read_corpus(SHIPPED)) is None
    assert "Only 2 different names" in str(small_list(Corpus("two", ("rex", "ibex", "rex"))))
    early = trained(FastSpec(units=4, epochs=40, patience=1, learning_rate=0.3))
    assert f"after {len(early.held_out)} of 40 epochs" in str(early_stop(early))
    assert early_stop(trained(FastSpec(units=4, epochs=1))) is None
    assert early_stop(trained(PaperSpec(iterations=2))) is None


def test_that_the_right_choice_is_the_likeliest_letter() -> None:
    question = letter_question("tri", [("o", 0.4), ("a", 0.3), ("e", 0.1), ("c", 0.05), ("b", 0)])
    assert question is not None
    assert question.letters == ("a", "c", "e", "o")
    assert question.letters[question.right] == "o"
    assert str(question.seen).startswith("“o” follows, in 40")
    assert letter_question("tri", [("o", 1.0)]) is None
