"""Trainings as files: what comes back, and what a file of unknown origin cannot do."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.documents.document_file import Document, load, save
from rnnstudio.core.engine.environment import environment
from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import Corpus, read_corpus
from rnnstudio.core.names.document import KIND, VERSION, load_names, require_savable, save_names
from rnnstudio.core.names.history import NamesCheckpoint
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.recipes import FastSpec, PaperSpec
from rnnstudio.core.names.report import ReadOptions
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.train import train
from rnnstudio.core.names.trained import TrainedNames, Tuned
from rnnstudio.core.training import Control, Sampled, Tuning
from tests.core.names.runs import (
    FAST,
    FEW,
    PAPER,
    StopAt,
    assert_same,
    finished,
    stopped,
    with_checkpoints,
)

RUNS = {"paper": finished(PAPER), "fast": finished(FAST)}


@pytest.mark.parametrize("recipe", RUNS)
def test_that_a_training_comes_back_to_the_last_bit(recipe: str, tmp_path: Path) -> None:
    path = tmp_path / "run.rnnstudio"
    save_names(path, RUNS[recipe])
    back = load_names(path)
    assert_same(back, RUNS[recipe])
    assert (back.seconds, back.corpus.source) == (RUNS[recipe].seconds, "few")


@pytest.mark.parametrize("step", [0, 1])
def test_that_a_training_comes_back_from_its_first_moments(step: int, tmp_path: Path) -> None:
    for spec in (PAPER, FAST):
        state = stopped(spec, step)
        save_names(tmp_path / "run.rnnstudio", state)
        assert_same(load_names(tmp_path / "run.rnnstudio"), state)


def test_that_tunings_come_back(tmp_path: Path) -> None:
    *_, last = train(PAPER, FEW, StopAt(10_000, {5: Tuning(0.02, 3.0), 9: Tuning(0.01, 3.0)}))
    save_names(tmp_path / "run.rnnstudio", last.result)
    assert load_names(tmp_path / "run.rnnstudio").tunings == last.result.tunings
    assert len(last.result.tunings) == 2


Change = Callable[[dict[str, Any], dict[str, Any]], Any]
CHANGES: dict[str, tuple[Change, str]] = {
    "recipe": (lambda content, _: content.update(recipe="soup"), "recipe is 'soup'"),
    "no vocabulary": (lambda content, _: content.pop("vocabulary"), "vocabulary is missing"),
    "setting": (lambda content, _: content["spec"].update(units=6.0), "spec.units is 6.0"),
    "truth": (lambda content, _: content["spec"].update(seed=True), "seed is True"),
    "impossible": (lambda content, _: content["spec"].update(units=0), "The number of units is 0"),
    "more settings": (lambda content, _: content["spec"].update(colour=1), "other settings"),
    "huge": (lambda content, _: content["spec"].update(units=500), "not \\(500,"),
    "seconds": (lambda content, _: content.update(seconds=-1), "-1"),
    "letters": (lambda content, _: content["names"].append("ünknown"), "names that its vocabulary"),
    "long name": (lambda content, _: content["names"].append("a" * 101), "names that its"),
    "order": (lambda content, _: content["vocabulary"].reverse(), "no such vocabulary"),
    "half a letter": (
        lambda content, _: content["vocabulary"].append("\ud800"),
        "a part is missing or misshapen",
    ),
    "one name": (lambda content, _: content.update(names=["aba"]), "only one name"),
    "sample": (lambda content, _: content["samples"].append([10**9, ["a"] * 7]), "1000000000"),
    "few samples": (
        lambda content, _: content["samples"].append([1, ["a"]]),
        r"samples\[\d+\]\[1\] is \['a'\]",
    ),
    "held out": (lambda content, _: content["held_out"].append([3, 1.5]), "held-out loss"),
    "tuning": (lambda content, _: content["tunings"].append([3, 0.0, 1.0]), "it must be a number"),
    "no array": (lambda _, arrays: arrays.pop("smoothed"), "other arrays"),
    "shape": (lambda _, arrays: arrays.update(losses=np.zeros(3)), "smoothed is"),
    "type": (lambda _, arrays: arrays.update(losses=arrays["losses"].astype("f4")), "losses is"),
    "infinite": (lambda _, arrays: arrays["parameters.by"].fill(np.inf), "not finite"),
    "weights": (
        lambda _, arrays: arrays.update({"parameters.by": np.zeros((3, 1))}),
        "parameters.by is",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("recipe", RUNS)
def test_that_a_file_that_does_not_fit_together_is_refused(
    recipe: str, what: str, tmp_path: Path
) -> None:
    path, (change, sentence) = tmp_path / "run.rnnstudio", CHANGES[what]
    content, arrays = parts(RUNS[recipe], path)
    change(content, arrays)
    save(path, Document(KIND, VERSION, content, arrays))
    with pytest.raises(UserError, match=sentence):
        load_names(path)


def test_that_a_negative_mean_of_squares_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.rnnstudio"
    content, arrays = parts(RUNS["fast"], path)
    arrays["memory.v.by"][0] = -1
    save(path, Document(KIND, VERSION, content, arrays))
    with pytest.raises(UserError, match="a mean of squares below 0"):
        load_names(path)


CHECKPOINT_DAMAGES: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "reversed": (lambda kept: kept.update(step=kept["step"][::-1].copy()), "in no order"),
    "beyond": (lambda kept: kept["step"].fill(10**9), "in no order"),
    "kind": (lambda kept: kept.update(step=kept["step"] * 1.0), "no steps of checkpoints"),
    "fewer": (lambda kept: kept.update(step=kept["step"][:1]), "not \\(1,"),
    "squares": (lambda kept: kept["v.by"].fill(-1), "a mean of squares below 0"),
    "infinite": (lambda kept: kept["now.by"].fill(np.nan), "not finite"),
    "missing": (lambda kept: kept.pop("now.by"), "other arrays than its recipe has"),
}


@pytest.mark.parametrize("what", CHECKPOINT_DAMAGES)
def test_that_checkpoints_that_do_not_fit_their_training_are_refused(
    what: str, tmp_path: Path
) -> None:
    path, (change, sentence) = tmp_path / "run.rnnstudio", CHECKPOINT_DAMAGES[what]
    content, arrays = parts(with_checkpoints(FAST, [9, 20]), path)
    prefix = "checkpoints."
    checkpoints = {n.removeprefix(prefix): a for n, a in arrays.items() if n.startswith(prefix)}
    change(checkpoints)
    others = {name: array for name, array in arrays.items() if not name.startswith(prefix)}
    changed = {f"{prefix}{name}": array for name, array in checkpoints.items()}
    save(path, Document(KIND, VERSION, content, {**others, **changed}))
    with pytest.raises(UserError, match=sentence):
        load_names(path)


@pytest.mark.parametrize("recipe", RUNS)
def test_that_a_document_of_the_first_version_opens_without_checkpoints(
    recipe: str, tmp_path: Path
) -> None:
    path = tmp_path / "run.rnnstudio"
    save(path, Document(KIND, 1, *parts(RUNS[recipe], path)))
    back = load_names(path)
    assert_same(back, RUNS[recipe])
    assert back.checkpoints == ()


def parts(trained: TrainedNames, path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The content and the arrays of a document, to be changed."""
    save_names(path, trained)
    document = load(path, KIND, VERSION)
    return dict(document.content), dict(document.arrays)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_that_whatever_stands_in_a_file_it_is_usable_or_refused(
    tmp_path: Path, data: st.DataObject
) -> None:
    path = tmp_path / "run.rnnstudio"
    save_names(path, RUNS[data.draw(st.sampled_from(sorted(RUNS)))])
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    header = json.loads(members["document.json"])
    place = data.draw(st.sampled_from(sorted(header["content"])))
    _change_somewhere(header["content"], place, data)
    members["document.json"] = json.dumps(header).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    try:
        trained = load_names(path)
    except UserError:
        return
    NameSampler(trained).names(Sampling(count=2))
    try:
        next(train(trained.spec, trained.corpus, Control(), trained))
    except UserError as error:
        assert "continue it" in str(error)  # noqa: PT017 - most have come to their end


def _change_somewhere(container: Any, place: Any, data: st.DataObject) -> None:
    """Put anything in the place, or in a place inside it."""
    inner = container[place]
    if isinstance(inner, dict | list) and inner and data.draw(st.booleans()):
        keys = sorted(inner) if isinstance(inner, dict) else range(len(inner))
        _change_somewhere(inner, data.draw(st.sampled_from(keys)), data)
    else:
        container[place] = data.draw(ANYTHING)


LETTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\n")
LISTS = st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=2, max_size=12)
HANDLINGS = st.sampled_from(["keep", "fold", "refuse"])
POSITIVE = st.floats(1e-300, 1e300)


@st.composite
def trainings(draw: st.DrawFn) -> TrainedNames:
    """Anything that a training may have come to, sizes apart."""
    names = tuple(draw(LISTS.filter(lambda names: len(set(names)) > 1)))
    vocabulary = ("\n", *sorted(set("".join(names))))
    options = ReadOptions(draw(HANDLINGS), draw(HANDLINGS))
    corpus = Corpus(draw(st.text()), names, vocabulary, options=options)
    spec = replace(
        draw(
            st.sampled_from([PaperSpec(), FastSpec(), FastSpec(cell="lstm"), FastSpec(cell="rnn")])
        ),
        units=draw(st.integers(1, 5)),
        learning_rate=draw(POSITIVE),
        clip=draw(POSITIVE),
        sample_every=draw(st.integers(1, 10_000_000)),
        seed=draw(st.integers(0, 2**32 - 1)),
    )
    n_x = len(vocabulary)
    shapes = CELLS[spec.cell].parameter_shapes(n_x, spec.units, n_x)
    rng = np.random.default_rng(draw(st.integers(0, 9)))
    numbers = {name: rng.standard_normal(shape) for name, shape in shapes.items()}
    if isinstance(spec, PaperSpec):
        memory = {"a_prev": rng.standard_normal((spec.units, 1))}
    else:
        memory = {
            f"{key}.{name}": np.abs(array).astype("f4")
            for key in ("now", "m", "v")
            for name, array in numbers.items()
        }
    steps = draw(st.integers(0, 30))
    taken = draw(st.sets(st.integers(1, steps), max_size=3)) if steps else set()
    checkpoints = [NamesCheckpoint.of(step, (numbers, memory)) for step in sorted(taken)]
    each = 1 if isinstance(spec, PaperSpec) else spec.epoch_steps(corpus)
    held_out = () if isinstance(spec, PaperSpec) else range(each - 1, steps, each)
    at = st.integers(0, max(0, steps - 1))
    texts = st.lists(st.text(LETTERS, max_size=50), min_size=7, max_size=7).map(tuple)
    few = min(3, steps)
    return TrainedNames(
        spec,
        corpus,
        numbers,
        memory,
        rng.standard_normal(steps) * 1e300,
        np.abs(rng.standard_normal(steps)),
        tuple((step, draw(st.floats(0, 1e308))) for step in held_out),
        tuple(draw(st.lists(st.builds(Sampled, at, texts), max_size=few))),
        tuple(
            draw(
                st.lists(st.builds(Tuned, at, st.builds(Tuning, POSITIVE, POSITIVE)), max_size=few)
            )
        ),
        draw(st.floats(0, 1e308)),
        tuple(checkpoints),
        draw(st.sampled_from([(), (environment(),), (environment(keras=True), environment())])),
    )


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(trained=trainings())
def test_that_whatever_can_be_saved_comes_back_field_by_field(
    trained: TrainedNames, tmp_path: Path
) -> None:
    save_names(tmp_path / "run.rnnstudio", trained)
    back = load_names(tmp_path / "run.rnnstudio")
    assert_same(back, trained)
    assert (back.seconds, back.corpus.source) == (trained.seconds, trained.corpus.source)
    assert back.environments == trained.environments
    assert [each.step for each in back.checkpoints] == [each.step for each in trained.checkpoints]
    for was, now in zip(trained.checkpoints, back.checkpoints, strict=True):
        assert {name: part.tobytes() for name, part in was.memory.items()} == {
            name: part.tobytes() for name, part in now.memory.items()
        }
    options, others = trained.corpus.options, back.corpus.options
    assert (options.capitals, options.accents) == (others.capitals, others.accents)


def test_that_a_list_of_a_name_that_is_no_utf_8_can_be_opened_again(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text("aba\nbab\n")
    trained = finished(PAPER, read_corpus(path))
    save_names(tmp_path / "run.rnnstudio", trained)
    assert load_names(tmp_path / "run.rnnstudio").corpus.source.startswith("caf")


def test_when_a_training_would_draw_too_many_samples_it_does_not_begin() -> None:
    spec = replace(PAPER, iterations=1_000_000, sample_every=1)
    with pytest.raises(UserError, match=r"draw them every [0-9,]+ iterations or more") as refused:
        next(train(spec, FEW, Control()))
    least = int(str(refused.value).split("every ")[2].split()[0].replace(",", ""))
    list(islice(train(replace(spec, sample_every=least), FEW, Control()), 1))


def test_that_the_most_samples_that_may_be_drawn_can_be_opened(tmp_path: Path) -> None:
    """Each of the longest names, in the letters that take most space in the file."""
    names = tuple("\U0001f996" * n for n in (1, 2))
    corpus = Corpus("few", names, ("\n", "\U0001f996"))
    spec = replace(PAPER, iterations=5_000, sample_every=1)
    require_savable(spec, corpus)
    begun = finished(replace(spec, iterations=2, units=1), corpus)
    texts = ("\U0001f996" * 50,) * 7
    trained = replace(
        begun,
        spec=replace(begun.spec, iterations=5_000),
        losses=np.zeros(5_000),
        smoothed=np.zeros(5_000),
        samples=tuple(Sampled(at, texts) for at in range(5_000)),
    )
    save_names(tmp_path / "run.rnnstudio", trained)
    assert len(load_names(tmp_path / "run.rnnstudio").samples) == 5_000


def test_when_the_numbers_ran_away_nothing_is_written(tmp_path: Path) -> None:
    run = RUNS["paper"]
    broken = replace(run, parameters={**run.parameters, "by": run.parameters["by"] * np.nan})
    with pytest.raises(UserError, match="ran away"):
        save_names(tmp_path / "run.rnnstudio", broken)
    assert not list(tmp_path.iterdir())
