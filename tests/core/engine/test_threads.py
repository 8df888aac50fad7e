"""How many threads NumPy's products use while a training runs, and after it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from rnnstudio.core.engine import threads
from rnnstudio.core.engine.fit import fit
from rnnstudio.core.engine.spec import FitSpec
from rnnstudio.core.engine.threads import _OneThread, threads_for
from rnnstudio.core.training import Control
from tests.core.engine.problems import examples_for, result_of, stacked

SMALL, LARGE = stacked("lstm"), stacked("lstm", units=1024)


@pytest.fixture(autouse=True)
def _two_threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # One of its own: a training that another test has left unfinished may still hold the other.
    monkeypatch.setattr(threads, "ONE_THREAD", _OneThread())
    with threadpool_limits(2, user_api="blas"):
        yield


def _threads() -> set[int]:
    """Of NumPy's library; SciPy brings one of its own, which no training uses."""
    return {
        pool["num_threads"]
        for pool in threadpool_info()
        if pool["user_api"] == "blas" and "scipy.libs" not in pool["filepath"]
    }


def test_that_a_small_model_trains_with_one_thread_and_puts_the_others_back() -> None:
    training = fit(SMALL, FitSpec(epochs=1), examples_for(SMALL), control=Control())
    next(training)
    assert _threads() == {1}
    result_of(training)
    assert _threads() == {2}


def test_that_an_abandoned_training_puts_the_threads_back() -> None:
    training = fit(SMALL, FitSpec(epochs=1), examples_for(SMALL), control=Control())
    next(training)
    training.close()
    assert _threads() == {2}


def test_that_the_first_of_two_trainings_to_end_leaves_the_other_its_one_thread() -> None:
    first, second = (
        fit(SMALL, FitSpec(epochs=1), examples_for(SMALL), control=Control()) for _ in range(2)
    )
    next(first)
    next(second)
    result_of(first)
    assert _threads() == {1}
    result_of(second)
    assert _threads() == {2}


def test_that_a_large_model_has_all_threads() -> None:
    with threads_for(LARGE, 32):
        assert _threads() == {2}


def test_that_any_thread_can_train_after_another_one_that_still_lives_and_end_its_training() -> (
    None
):
    with threads_for(SMALL, 32):  # this thread was the first to set the number
        pass
    with ThreadPoolExecutor(1) as other:
        held = threads_for(SMALL, 32)
        other.submit(held.__enter__).result()
        assert _threads() == {1}
        other.submit(held.__exit__, None, None, None).result()
        assert _threads() == {2}
        other.submit(held_once).result()
        with threads_for(SMALL, 32):
            assert _threads() == {1}
    assert _threads() == {2}


def held_once() -> None:
    with threads_for(SMALL, 32):
        pass
