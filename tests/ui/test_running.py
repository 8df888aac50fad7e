"""The life of a run, without Qt."""

import pytest

from rnnstudio.core.errors import UserError
from rnnstudio.core.training import Ended, Finished, Progress, Snapshot, Started
from rnnstudio.ui.running import (
    CancelAsked,
    PauseAsked,
    Phase,
    ResumeAsked,
    Run,
    RunEvent,
    StartAsked,
    reduce,
)


def after(*events: RunEvent) -> Run:
    run = Run()
    for event in events:
        run = reduce(run, event)
    return run


def test_that_a_second_part_of_a_run_begins_at_its_own_start() -> None:
    run = after(StartAsked(), Started(5, seed=0), Progress(5, 5, 2.0), Started(17, seed=1))
    assert (run.phase, run.step, run.total, run.seconds_left) == (Phase.RUNNING, 0, 17, None)


def test_that_a_run_goes_from_start_to_its_end() -> None:
    run = after(StartAsked(), Started(10, seed=1), Progress(4, 10, 2.0))
    assert (run.phase, run.step, run.total, run.seconds_left) == (Phase.RUNNING, 4, 10, 3.0)
    run = reduce(reduce(run, Finished(10, 5.0, None)), Ended(1, "finished"))
    assert (run.phase, run.step, run.seconds, run.active) == (Phase.FINISHED, 10, 5.0, False)


def test_that_a_run_that_stops_early_is_done_and_not_part_done() -> None:
    run = after(StartAsked(), Progress(4, 10, 2.0), Finished(4, 2.0, None), Ended(1, "finished"))
    assert (run.phase, run.step, run.total) == (Phase.FINISHED, 4, 4)


def test_that_pause_and_continue_only_act_on_a_run_in_the_right_phase() -> None:
    assert after(PauseAsked()).phase is Phase.IDLE
    assert after(StartAsked(), PauseAsked()).phase is Phase.PAUSED
    assert after(StartAsked(), PauseAsked(), ResumeAsked()).phase is Phase.RUNNING
    assert after(StartAsked(), CancelAsked(), ResumeAsked()).phase is Phase.CANCELLING


@pytest.mark.parametrize("held", [(), (PauseAsked(),)])
def test_that_a_stopped_run_keeps_where_it_was(held: tuple[RunEvent, ...]) -> None:
    run = after(StartAsked(), Progress(4, 10, 2.0), *held, CancelAsked(), Ended(1, "cancelled"))
    assert (run.phase, run.step, run.total, run.error) == (Phase.CANCELLED, 4, 10, "")


def test_that_a_stopped_run_has_come_as_far_as_what_continues_it() -> None:
    stop = (CancelAsked(), Snapshot(6, None), Ended(1, "cancelled"))
    assert after(StartAsked(), Progress(4, 10, 2.0), *stop).step == 6


def test_that_the_sentence_of_a_failed_run_goes_with_the_next_start() -> None:
    run = after(StartAsked(), Ended(1, "failed", UserError("One name is too few.")))
    assert (run.phase, run.error) == (Phase.FAILED, "One name is too few.")
    assert reduce(run, StartAsked()) == Run(Phase.RUNNING)


def test_that_a_fault_of_ours_is_called_one() -> None:
    run = after(StartAsked(), Ended(1, "failed", KeyError("Wf")))
    assert run.error == "Something broke inside the program (KeyError: 'Wf')."


def test_that_want_of_memory_is_reported_as_such() -> None:
    run = after(StartAsked(), Ended(1, "failed", MemoryError("Unable to allocate 8. GiB")))
    assert run.error.startswith("There is not enough memory for this. Close other programs")
