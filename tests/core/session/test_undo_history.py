"""Changes that are taken back and done again."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rnnstudio.core.messages import Message
from rnnstudio.core.session import undo_history
from rnnstudio.core.session.undo_history import Change, History, new_bytes

EDIT = Change(Message("Edit"))


@given(values=st.lists(st.integers(), max_size=30))
def test_that_as_many_undos_as_changes_lead_back_and_redos_forward(values: list[int]) -> None:
    work = History(0)
    for value in values:
        work = work.changed(value, EDIT)
    seen = [work.value]
    while work.undoes is not None:
        work = work.undone()
        seen.append(work.value)
    assert seen == [*reversed(values), 0]
    while work.redoes is not None:
        work = work.redone()
    assert work.value == seen[0]


def test_that_the_moves_of_one_slider_are_undone_at_once() -> None:
    work = History(0)
    for value in (1, 2, 3):
        work = work.changed(value, Change(Message("Slider"), key="slider"))
    assert work.changed(4, EDIT).undone().undone().value == 0


def test_that_a_change_after_an_undo_forgets_what_was_undone() -> None:
    work = History(0).changed(1, EDIT).undone().changed(2, EDIT)
    assert work.redoes is None
    assert work.undone().value == 0


def test_that_the_oldest_values_go_where_all_hold_too_much(monkeypatch) -> None:
    monkeypatch.setattr(undo_history, "MOST_BYTES", 3_000)
    work: History[object] = History(np.zeros(0))
    for size in range(1, 20):
        work = work.changed(np.zeros(100 + size), EDIT)
    assert 2 <= len(work.past) <= 4
    assert work.value.shape == (119,)


def test_that_what_two_values_share_is_counted_once() -> None:
    array = np.zeros(1_000)
    assert new_bytes({"a": array, "b": np.ones(10)}, {"a": array}) == 80


def test_that_a_look_elsewhere_is_kept_and_not_undone() -> None:
    work = History(0).changed(1, EDIT).undone().changed(10, Change())
    assert (work.value, work.undoes) == (10, None)
    assert work.redone().value == 1
