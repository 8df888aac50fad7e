"""A diagnosis in words."""

from __future__ import annotations

from rnnstudio.core.cells.diagnosis.diagnose import Diagnosis
from rnnstudio.core.cells.diagnosis.mistake import arrivals
from rnnstudio.core.cells.diagnosis.mistakes import mistakes_of
from rnnstudio.core.cells.diagnosis.reach import ValueAt
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import percent


def describe_diagnosis(scene: Scene, diagnosis: Diagnosis) -> Message:
    """What is wrong, where it begins, and which mistake explains it; a few sentences."""
    node = diagnosis.first_wrong
    if node is None:
        return Message.counted(
            "What was given is right: {names}.",
            "All {n} that were given are right: {names}.",
            len(diagnosis.right),
            names=", ".join(diagnosis.right),
        )
    return Message.joined([_where(scene, node), _why(scene, diagnosis)])


def _where(scene: Scene, node: ValueAt) -> Message:
    values = {
        "name": node.name,
        "step": node.step + 1,
        "steps": scene.x.shape[-1],
        "formula": _formula(scene, node),
    }
    if node.way == "forward":
        return Message(
            "The first wrong operation is {name} in the forward pass, at step {step} of {steps}; "
            "right is {name} = {formula}.",
            values,
        )
    return Message(
        "The first wrong operation is {name} in the backward pass, at step {step} of {steps} "
        "(computed from the last step on); right is {name} = {formula}.",
        values,
    )


def _formula(scene: Scene, node: ValueAt) -> str:
    """The right formula of the row, with what arrives from a neighbouring step by its own name."""
    cell = scene.cell
    rows = (*cell.forward, *cell.backward, *cell.sums, *arrivals(cell)[node.way])
    formula = next(row.formula for row in rows if row.name == node.name)
    after = {"xt": ("x_here", "x[:, :, t]")}
    for state in cell.states:
        after[f"{state}_prev"] = (f"{state}_prev_arrived", f"{state}_next[t - 1]")
        after[f"d{state}_next"] = (f"d{state}_next_arrived", f"d{state}_prev[t + 1]")
    return formula.replace(*after.get(node.name, ("", ""))).replace("da_here", "da[:, :, t]")


def _why(scene: Scene, diagnosis: Diagnosis) -> Message:
    explanation = diagnosis.explanation
    if explanation is None:
        values = {"known": len(mistakes_of(scene.cell)), "share": percent(diagnosis.best)}
        if diagnosis.best == 0:
            return Message("None of the {known} known mistakes explains these numbers.", values)
        return Message(
            "None of the {known} known mistakes explains these numbers; the nearest one comes to "
            "{share} of the deviation.",
            values,
        )
    values = {
        "meaning": explanation.mistake.meaning,
        "share": percent(explanation.explains),
    }
    said = Message("It looks like this: {meaning}. That explains {share} of the deviation.", values)
    others = [each.mistake.meaning for each in diagnosis.explanations[1:]]
    if not others:
        return said
    also = Message("These numbers look the same where {others}.", {"others": others})
    return Message.joined([said, also])
