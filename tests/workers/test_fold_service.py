from __future__ import annotations

import pickle

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.stocks.validation.folds import FoldForecast
from rnnstudio.workers.fold_service import do_fold
from tests.workers.small_folds import (
    FaultySpec,
    bad_fold,
    done_here,
    figures,
    fold_with,
    small_folds,
)


def test_that_a_fold_that_has_travelled_comes_out_the_same() -> None:
    folds = small_folds(2)
    function, travelled = pickle.loads(pickle.dumps((do_fold, folds)))  # noqa: S301 - our own
    assert figures(enumerate(map(function, travelled))) == done_here(folds)


def test_that_an_outcome_can_travel_back() -> None:
    [outcome] = map(do_fold, small_folds(1))
    assert isinstance(outcome, FoldForecast)
    assert pickle.loads(pickle.dumps(outcome)) == outcome  # noqa: S301 - our own


def test_when_the_data_will_not_do_the_outcome_is_the_sentence() -> None:
    outcome = do_fold(bad_fold())
    assert isinstance(outcome, UserError)
    assert "days" in str(outcome)


def test_when_the_fault_is_ours_it_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        do_fold(fold_with(FaultySpec()))
