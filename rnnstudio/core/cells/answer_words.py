"""Sentences about what a cell says at the end: held or not, and if it had been wrong."""

from __future__ import annotations

from rnnstudio.core.cells.answer import Answer, answer_at, assumed_answer
from rnnstudio.core.cells.scene import Trace
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import decimals, percent, rounded, tidy


def describe_outcome(traced: Trace, example: int = 0) -> Message:
    """What the cell says at its last step: the answer and how surely, or the predicted number."""
    last = len(traced.forward) - 1
    answer, labels = answer_at(traced, last, example), traced.scene.labels
    if answer is None:
        numbers = traced.forward[last][traced.cell.predicted.name][:, example]
        value = rounded(float(numbers[0]), decimals(numbers), signed=True)
        return Message("At the last step the prediction is {value}.", {"value": value})
    values = {**_named(answer), "label": labels[last] if labels else ""}
    if labels:
        return Message("At the “{label}” it says {answer} with {share}.", values)
    return Message("At the last step it says {answer} with {share}.", values)


def describe_intervention(traced: Trace, free: Trace, example: int = 0) -> Message:
    """What the cell says at its last step now that values are held, and what it says ``free``."""
    last = len(free.forward) - 1
    now, before = (answer_at(each, last, example) for each in (traced, free))
    if now is None or before is None:
        sentences = {
            "now": describe_outcome(traced, example),
            "free": describe_outcome(free, example),
        }
        return Message("Held: {now} Not held: {free}", sentences)
    labels = traced.scene.labels
    values = {
        **_named(now),
        "label": labels[last] if labels else f"t = {last + 1}",
        "before": before.name,
        "before_share": percent(before.probability),
    }
    return Message(
        "At the “{label}” it now says {answer} with {share}. Not held, it says {before} with "
        "{before_share}.",
        values,
    )


def loss_title(traced: Trace) -> Message:
    """The question that the backward pass answers: what if another answer had been right."""
    assumed = assumed_answer(traced)
    if assumed is None:
        return Message("Where does the gradient come from?")
    return Message("What if {answer} had been right?", {"answer": _name(traced, assumed)})


def loss_description(traced: Trace) -> Message:
    """What the cell said instead, or which loss the gradients are of."""
    answer = answer_at(traced, len(traced.forward) - 1)
    if assumed_answer(traced) is None or answer is None:
        loss = tidy(traced.loss)
        return Message("These are the gradients of the loss L = Σ a ⊙ da = {loss}.", {"loss": loss})
    if len(traced.cell.states) > 1:
        return Message(
            "It said {answer} with {share}. The error runs back through the memory to find who is "
            "to blame.",
            _named(answer),
        )
    return Message(
        "It said {answer} with {share}. The error runs back through the hidden state to find who "
        "is to blame.",
        _named(answer),
    )


def _named(answer: Answer) -> dict[str, str]:
    return {"answer": answer.name, "share": percent(answer.probability)}


def _name(traced: Trace, row: int) -> str:
    return traced.scene.outputs[row] if traced.scene.outputs else f"{row + 1}"
