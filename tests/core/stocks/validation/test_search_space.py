"""What a search tries: values from text, combinations of them, and which of them are impossible."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.validation.search_space import (
    SETTINGS,
    SearchSpace,
    format_setting,
    parse_space,
)
from tests.core.stocks import made


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("units=8,16, 32", (8, 16, 32)),
        ("learning_rate=0.001,1e-2", (0.001, 0.01)),
        ("learning-rate=1", (1.0,)),
        ("patience=none,3", (None, 3)),
        ("quantity=price,log-return", ("price", "log return")),
        ("features=Open,Open+High", (("Open",), ("Open", "High"))),
        ("engine=numpy,keras", ("numpy", "keras")),
        ("cell=lstm,gru", ("lstm", "gru")),
    ],
)
def test_that_values_are_read_as_what_the_setting_takes(text: str, values: tuple) -> None:
    [found] = parse_space([text]).values.values()
    assert found == values
    assert [type(each) for each in found] == [type(each) for each in values]


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["unit=8"], "no setting 'unit' to try; choose features"),
        (["target=Open"], "no setting 'target'"),
        (["units"], "'units' says no values"),
        (["units=8,x"], "units=x cannot be tried: units takes a whole number"),
        (["units=8.5"], "units=8.5 cannot be tried"),
        (["units="], "units= cannot be tried"),
        (["dropout=half"], "dropout=half cannot be tried: dropout takes a number"),
        (["units=8", "units=9"], "units is given twice"),
        ([], "nothing to search"),
    ],
)
def test_that_a_text_of_no_use_is_one_sentence_that_names_it(texts: list, words: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_space(texts)
    assert words in str(caught.value)


@given(st.lists(st.text(max_size=30) | st.from_regex(r"\A\w{1,9}=\S{0,9}\Z"), max_size=3))
def test_that_any_text_is_a_space_or_a_sentence(texts: list[str]) -> None:
    with suppress(UserError):
        space = parse_space(texts)
        assert len(space.candidates(made.PAPER)) == space.size


@given(st.fixed_dictionaries({}, optional={
    "units": st.lists(st.integers(1, 99), min_size=1, max_size=3).map(tuple),
    "dropout": st.lists(st.floats(0, 0.9), min_size=1, max_size=3).map(tuple),
    "patience": st.lists(st.none() | st.integers(1, 9), min_size=1, max_size=3).map(tuple),
    "quantity": st.just(("price", "log return")),
    "features": st.just((("Open",), ("Open", "High"))),
}))  # fmt: skip
def test_that_what_is_formatted_is_read_back(values: dict) -> None:
    for name, each in values.items():
        text = f"{name}=" + ",".join(format_setting({name: one}).partition("=")[2] for one in each)
        assert parse_space([text]).values == {name: each}


def test_that_a_grid_has_every_combination_once() -> None:
    space = SearchSpace({"units": (2, 4, 2), "features": (("Open",), ("Open", "High"))})
    found = [
        (each.changed["units"], each.changed["features"]) for each in space.candidates(made.SOUND)
    ]
    assert sorted(found) == sorted(product((2, 4), (("Open",), ("Open", "High"))))
    assert space.size == 4
    for each in space.candidates(made.SOUND):
        assert (each.spec.units, each.spec.features) == tuple(
            each.changed[name] for name in ("units", "features")
        )
        assert each.spec.epochs == made.SOUND.epochs


def test_that_draws_differ_and_come_again_with_their_seed() -> None:
    space = SearchSpace({"units": tuple(range(1, 40)), "window": tuple(range(1, 40))})
    one, again, other = (space.candidates(made.PAPER, 30, seed) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    assert len({each.name for each in one}) == 30


def test_that_more_draws_than_combinations_are_all_of_them() -> None:
    space = SearchSpace({"units": (2, 4), "epochs": (1, 2)})
    assert {each.name for each in space.candidates(made.PAPER, 100)} == {
        each.name for each in space.candidates(made.PAPER)
    }


def test_that_a_grid_beyond_all_measure_is_refused_and_may_be_drawn_from() -> None:
    space = SearchSpace({name: tuple(range(1, 101)) for name in ("units", "window", "epochs")})
    with pytest.raises(UserError, match="1,000,000 candidates"):
        space.candidates(made.PAPER)
    assert len(space.candidates(made.PAPER, 5)) == 5
    with pytest.raises(UserError, match="draw 1 or more"):
        space.candidates(made.PAPER, 0)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"units": (4, 0), "epochs": (1, 2)}, "units=0 cannot be tried: The number of units is 0"),
        ({"dropout": (1.5,)}, "dropout=1.5 cannot be tried"),
        ({"learning_rate": (float("nan"),)}, "learning_rate=nan cannot be tried"),
        ({"quantity": ("volume",)}, "quantity=volume cannot be tried"),
        ({"units": (4,), "validation": (0.0,)}, "validation=0.0 cannot be tried: Patience needs"),
        ({"units": ()}, "no value of units"),
    ],
)
def test_that_an_impossible_value_is_named(values: dict, words: str) -> None:
    with pytest.raises(UserError) as caught:
        SearchSpace(values).candidates(made.SOUND)
    assert words in str(caught.value)


def test_that_values_that_only_clash_with_each_other_are_named_together() -> None:
    space = SearchSpace({"units": (4, 3000), "layers": (1, 2)})
    with pytest.raises(UserError, match=r"^units=3000, layers=2 cannot be tried: The model would"):
        space.candidates(made.PAPER)
    free = SearchSpace({"validation": (0.0,), "patience": (None,)})
    assert free.candidates(made.SOUND)[0].spec.patience is None


def test_that_every_setting_but_the_target_can_be_tried() -> None:
    assert set(SETTINGS) == {field.name for field in fields(made.PAPER)} - {"target"}
