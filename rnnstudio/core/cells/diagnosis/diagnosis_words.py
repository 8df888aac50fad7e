"""A diagnosis in words."""

from __future__ import annotations

import re

from rnnstudio.core.cells.diagnosis.bug_findings import BugFinding
from rnnstudio.core.cells.diagnosis.diagnose import Diagnosis
from rnnstudio.core.cells.diagnosis.mistake import arrivals
from rnnstudio.core.cells.diagnosis.mistakes import mistakes_of
from rnnstudio.core.cells.diagnosis.reach import ValueAt
from rnnstudio.core.cells.scene import Scene
from rnnstudio.core.cells.table import Cell
from rnnstudio.core.messages import Message
from rnnstudio.core.numbers import percent


def describe_finding(finding: BugFinding) -> Message:
    """What is wrong with a function or with numbers for a scene; a few sentences."""
    if finding.diagnosis is None:
        return Message("It stopped: {reason}", {"reason": finding.failure})
    return describe_diagnosis(finding.scene, finding.diagnosis)


def describe_diagnosis(scene: Scene, diagnosis: Diagnosis) -> Message:
    """What is wrong, where it begins, and which mistake explains it; a few sentences."""
    if diagnosis.first_wrong is None:
        return describe_right(diagnosis)
    return Message.joined(
        [_where(scene, diagnosis.first_wrong), describe_mistake(scene, diagnosis)]
    )


def describe_right(diagnosis: Diagnosis) -> Message:
    """What is said where nothing is wrong."""
    return Message.counted(
        "What was given is right: {names}.",
        "All {n} that were given are right: {names}.",
        len(diagnosis.right),
        names=", ".join(diagnosis.right),
    )


def describe_place(scene: Scene, node: ValueAt) -> Message:
    """Which operation goes wrong first, in a line."""
    values = {"name": node.name, "step": node.step + 1, "steps": scene.x.shape[-1]}
    if scene.x.shape[-1] == 1:
        forward = Message("{name} goes wrong first, in the forward pass.", values)
        backward = Message("{name} goes wrong first, in the backward pass.", values)
        return forward if node.way == "forward" else backward
    if node.way == "forward":
        return Message("{name} goes wrong first: forward, at step {step} of {steps}.", values)
    return Message("{name} goes wrong first: backward, at step {step} of {steps}.", values)


def _where(scene: Scene, node: ValueAt) -> Message:
    values = {
        "name": node.name,
        "step": node.step + 1,
        "steps": scene.x.shape[-1],
        "formula": right_formula(scene, node),
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


def right_formula(scene: Scene, node: ValueAt) -> str:
    """The right formula of the row, with what arrives from a neighbouring step by its own name."""
    cell = scene.cell
    rows = (*cell.forward, *cell.backward, *cell.sums, *arrivals(cell)[node.way])
    return _by_own_names(cell, next(row.formula for row in rows if row.name == node.name))


def wrong_formula(scene: Scene, diagnosis: Diagnosis) -> str:
    """What stands in place of the first wrong row if the mistake was made; empty: another row."""
    node, found = diagnosis.first_wrong, diagnosis.explanation
    if node is None or found is None:
        return ""
    return _by_own_names(scene.cell, found.variant.rows.get(node.name, ""))


def _by_own_names(cell: Cell, formula: str) -> str:
    """The formula with what ``arrivals`` names as a program names it."""
    names = {"per_example": "(1 / m)"}
    for array in ("x", "da"):
        names |= {f"{array}_here": f"{array}[:, :, t]", f"{array}_before": f"{array}[:, :, t - 1]"}
    for state in cell.states:
        names[f"{state}_prev_first"] = f"{state}0"
        names[f"{state}_prev_arrived"] = f"{state}_next[t - 1]"
        names[f"d{state}_next_arrived"] = f"d{state}_prev[t + 1]"
    return re.sub(r"\w+", lambda word: names.get(word[0], word[0]), formula)


def describe_mistake(scene: Scene, diagnosis: Diagnosis) -> Message:
    """Which known mistake explains the numbers, and how much of them; or that none does."""
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
