import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.novelty import Neighbours, Novelty

WORDS = st.text("abcé", max_size=7)


def distance(one: str, other: str) -> int:
    """Levenshtein's distance straight from its definition."""
    if not one or not other:
        return len(one) + len(other)
    return min(
        distance(one[1:], other) + 1,
        distance(one, other[1:]) + 1,
        distance(one[1:], other[1:]) + (one[0] != other[0]),
    )


def table_distance(one: str, other: str) -> int:
    """The same by Wagner and Fischer's table, for long names."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, another in enumerate(other, 1):
            changed = before + (letter != another)
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, changed)
    return row[-1]


@settings(max_examples=60)
@given(names=st.lists(WORDS, min_size=1, max_size=5), name=WORDS)
def test_that_the_nearest_name_is_found_by_the_definition_of_distance(names, name) -> None:
    verdict = Neighbours(names).verdict(name)
    distances = [distance(name, other) for other in names]
    assert verdict.distance == min(distances)
    assert verdict.nearest == names[distances.index(min(distances))]
    assert Neighbours(names).kind(name) is verdict.kind


@settings(max_examples=20)
@given(
    names=st.lists(st.text("ab", min_size=1, max_size=150), min_size=1, max_size=4),
    name=st.text("abc", max_size=150),
)
def test_that_long_names_are_measured_too(names, name) -> None:
    verdict = Neighbours(names).verdict(name)
    distances = [table_distance(name, other) for other in names]
    assert verdict.distance == min(distances)
    assert verdict.nearest == names[distances.index(min(distances))]


def test_that_the_nearest_of_many_names_is_the_first_of_the_nearest() -> None:
    names = list(read_corpus(SHIPPED).names)
    neighbours = Neighbours(names)
    for name in ("trex", "saurus", "aaaaa", "nanotyranosaurus", "bb", "micropachycephalosaurusx"):
        distances = [table_distance(name, other) for other in names]
        verdict = neighbours.verdict(name)
        assert (verdict.distance, verdict.nearest) == (
            min(distances),
            names[distances.index(min(distances))],
        )
        assert neighbours.kind(name) is verdict.kind


def test_that_an_empty_name_and_one_without_end_are_not_new() -> None:
    neighbours = Neighbours(["rex", "velociraptor"])
    assert neighbours.verdict("").kind is neighbours.kind("") is Novelty.EMPTY
    assert neighbours.verdict("velocirrrrr", cut=True).kind is Novelty.CUT


@pytest.mark.parametrize(
    ("name", "kind", "nearest"),
    [
        ("rex", Novelty.LISTED, "rex"),
        ("rexx", Novelty.NEAR, "rex"),
        ("ex", Novelty.NEAR, "rex"),
        ("tex", Novelty.NEAR, "rex"),
        ("velocirapta", Novelty.NEW, "velociraptor"),
    ],
)
def test_that_a_name_is_listed_near_or_new(name: str, kind: Novelty, nearest: str) -> None:
    verdict = Neighbours(["rex", "velociraptor"]).verdict(name)
    assert (verdict.kind, verdict.nearest) == (kind, nearest)
