"""What a list of names looks like, and the shift of a name against itself."""

from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.core.names.corpus import SHIPPED, Corpus, read_corpus
from rnnstudio.core.names.statistics import shift, statistics_of

NAMES = st.lists(st.text("abcé ", min_size=1, max_size=20), min_size=2, max_size=30)


def test_that_letters_come_with_the_commonest_first_and_lengths_by_their_number() -> None:
    found = statistics_of(Corpus("made", ("abba", "bob", "bob", "o")))
    assert found.letters == (("b", 6), ("o", 3), ("a", 2))
    assert found.lengths == (0, 1, 0, 2, 1)
    assert (found.names, found.distinct, found.mean_length) == (4, 3, 11 / 4)
    assert (found.shortest, found.longest) == ("o", "abba")


def test_that_the_shipped_dinosaurs_are_as_long_as_is_known() -> None:
    found = statistics_of(read_corpus(SHIPPED))
    assert sum(found.lengths) == found.names == 1325
    assert len(found.longest) == len(found.lengths) - 1
    assert found.letters[0][0] in "as"


@given(NAMES)
def test_that_every_letter_and_every_name_is_counted_once(names: list[str]) -> None:
    found = statistics_of(Corpus("made", tuple(names)))
    assert sum(count for _, count in found.letters) == sum(map(len, names))
    assert sum(found.lengths) == len(names)


@given(st.text("abcé ", min_size=1, max_size=20))
def test_that_the_shift_asks_for_each_letter_before_it_is_shown(name: str) -> None:
    steps = shift(name)
    assert [step.t for step in steps] == list(range(len(name) + 1))
    assert [step.x for step in steps] == [None, *name]
    assert [step.y for step in steps] == [*name, "\n"]
    assert all(step.seen == name[: step.t] for step in steps)
