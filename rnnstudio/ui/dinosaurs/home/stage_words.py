"""What a moment of a training is called on the home page; knows no Qt."""

from __future__ import annotations

from rnnstudio.core.messages import Message
from rnnstudio.core.names.novelty import Novelty, NoveltyVerdict
from rnnstudio.core.names.recipes import PaperSpec, Spec


def stage_words(step: int, spec: Spec) -> Message:
    """The heading of the names of an earlier moment, after ``step`` iterations."""
    if not step:
        return Message("before the first name")
    if isinstance(spec, PaperSpec):
        return Message.counted("after {n:n} name", "after {n:n} names", n=step)
    return Message.counted("after {n:n} batch", "after {n:n} batches", n=step)


def now_words(step: int, spec: Spec, *, past: bool) -> Message:
    """The heading of the names of the network that is looked at."""
    if past:
        if isinstance(spec, PaperSpec):
            return Message.counted("then, after {n:n} name", "then, after {n:n} names", n=step)
        return Message.counted("then, after {n:n} batch", "then, after {n:n} batches", n=step)
    if isinstance(spec, PaperSpec):
        return Message("now, after {n:n}", {"n": step})
    return Message.counted("now, after {n:n} batch", "now, after {n:n} batches", n=step)


def progress_words(step: int, total: int, spec: Spec) -> Message:
    """How far a training is."""
    if isinstance(spec, PaperSpec):
        return Message("{step:n} of {total:n}", {"step": step, "total": total})
    return Message("batch {step:n} of {total:n}", {"step": step, "total": total})


def written(name: str) -> str:
    """A name as it is shown: with a capital."""
    return name[:1].upper() + name[1:]


def kind_words(verdict: NoveltyVerdict) -> tuple[str, Message, Message]:
    """The mark of a name (an icon's name, or empty), its word, and what there is to add."""
    added = {"nearest": verdict.nearest, "distance": verdict.distance}
    match verdict.kind:
        case Novelty.NEW:
            return "tick", Message("new"), Message("{nearest}, {distance} apart", added)
        case Novelty.NEAR:
            return "nearly", Message("nearly"), Message("{nearest}, 1 letter", added)
        case Novelty.LISTED:
            return "cross", Message("known"), Message("in the list")
        case Novelty.CUT:
            return "", Message("cut off"), Message("too long for a name")
        case Novelty.EMPTY:
            return "", Message("no name"), Message("it has no letter")


ROLES = {Novelty.NEW: "good", Novelty.LISTED: "bad"}
"""The colour of a mark; that of any other kind is ink."""
