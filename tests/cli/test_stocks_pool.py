from __future__ import annotations

import argparse
import logging

import pytest

from rnnstudio.cli.stocks_pool import add_pool, pool
from rnnstudio.core.errors import UserError
from rnnstudio.core.training import Control
from rnnstudio.workers.processes import Processes, usable_cores
from tests.workers.small_folds import done_here, figures, small_folds


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_pool(parser)
    return parser.parse_args(arguments)


@pytest.mark.parametrize(
    "arguments",
    [("--processes", "2", "--scheduler", "tcp://127.0.0.1:8786"), ("--processes", "0")],
)
def test_when_the_workers_asked_for_cannot_be_the_usage_is_wrong(arguments: tuple[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        parsed(*arguments)


def test_that_the_folds_run_and_events_are_logged_on_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    folds = small_folds(2)
    with pool(parsed("--processes", "1")) as workers:
        assert figures(workers.outcomes(folds, Control())) == done_here(folds)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Process " in printed.err
    assert " started." in printed.err
    assert logging.getLogger("rnnstudio.workers").handlers == []


def test_that_there_is_a_process_for_each_core_if_nobody_says_otherwise() -> None:
    with pool(parsed()) as workers:
        assert isinstance(workers, Processes)
        assert workers._count == usable_cores()


def test_when_there_is_no_scheduler_the_sentence_says_so() -> None:
    pytest.importorskip("distributed")
    with (
        pytest.raises(UserError, match=r"no scheduler at tcp://127\.0\.0\.1:9"),
        pool(parsed("--scheduler", "tcp://127.0.0.1:9")),
    ):
        pass
