"""What is said of trainings with and without clipping."""

from __future__ import annotations

from collections.abc import Mapping

from rnnstudio.core.cells.clip_lab import NOTHING, ClipRun
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import NumberText, plain, rounded


def clip_finding(runs: Mapping[str, ClipRun]) -> Message:
    """What became of the training without clipping, and of that with clipping by norm."""
    return Message(
        "Unclipped the training {alone}; clipped by norm it {clipped}.",
        {"alone": _shortly(runs["none"]), "clipped": _shortly(runs["norm"])},
    )


def clip_outcome(run: ClipRun) -> Message:
    """What became of one training, in numbers that are the same on every computer."""
    return Message(
        "{end}; turned by up to {angle}°",
        {"end": _became(run), "angle": rounded(run.largest_angle, 1)},
    )


def loss_text(loss: float) -> Message | NumberText:
    """A loss; one that is only rounding is said to be below what that is."""
    if loss < NOTHING:
        return Message("below {least}", {"least": plain(NOTHING)})
    return plain(loss)


def _shortly(run: ClipRun) -> Message:
    if _is_broken(run):
        return Message("breaks at update {update}", {"update": run.broken_at})
    if run.sure < len(run.losses):
        return Message("is chaotic from update {update} on", {"update": run.sure + 1})
    if run.losses[-1] < NOTHING:
        return Message("ends at a loss {loss}", {"loss": loss_text(float(run.losses[-1]))})
    return Message("ends at a loss of {loss}", {"loss": loss_text(float(run.losses[-1]))})


def _became(run: ClipRun) -> Message:
    if _is_broken(run):
        return Message("no number any more from update {update} on", {"update": run.broken_at})
    values = {"loss": loss_text(float(run.losses[run.sure - 1])), "updates": run.sure}
    if run.sure < len(run.losses):
        return Message(
            "loss {loss} after {updates} updates, then chaos: rounding decides how it goes on",
            values,
        )
    return Message("loss {loss} after {updates} updates", values)


def _is_broken(run: ClipRun) -> bool:
    return run.broken_at is not None and run.broken_at <= run.sure
