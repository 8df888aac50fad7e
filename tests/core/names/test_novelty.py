import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.names.novelty import Kind, Neighbours

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


@settings(deadline=None, max_examples=60)
@given(names=st.lists(WORDS, min_size=1, max_size=5), name=WORDS)
def test_that_the_nearest_name_is_found_by_the_definition_of_distance(names, name) -> None:
    verdict = Neighbours(names).verdict(name)
    distances = [distance(name, other) for other in names]
    assert verdict.distance == min(distances)
    assert verdict.nearest == names[distances.index(min(distances))]
    assert Neighbours(names).kind(name) is verdict.kind


@pytest.mark.parametrize(
    ("name", "kind", "nearest"),
    [
        ("rex", Kind.LISTED, "rex"),
        ("rexx", Kind.NEAR, "rex"),
        ("ex", Kind.NEAR, "rex"),
        ("tex", Kind.NEAR, "rex"),
        ("velocirapta", Kind.NEW, "velociraptor"),
    ],
)
def test_that_a_name_is_listed_near_or_new(name: str, kind: Kind, nearest: str) -> None:
    verdict = Neighbours(["rex", "velociraptor"]).verdict(name)
    assert (verdict.kind, verdict.nearest) == (kind, nearest)
