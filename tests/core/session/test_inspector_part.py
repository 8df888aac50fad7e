"""A guess at a hidden fault, and what was handed in to find a bug, in a session's document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnnstudio.core.cells.diagnosis.bug_findings import BugSearch, Submission, findings_in
from rnnstudio.core.cells.diagnosis.given import Given
from rnnstudio.core.cells.quiz import GuessVerdict, judge_fault
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.documents.damage import DamageError
from rnnstudio.core.errors import UserError
from rnnstudio.core.session.inspector_part import pack_inspector, unpack_inspector
from rnnstudio.core.session.kept_scene import InspectorWork, SceneInWork
from rnnstudio.core.session.kept_submission import submission_document, submission_in
from rnnstudio.core.session.session_parts import NewParts, SavedParts
from tests.core.cells.diagnosis.programs import numbers_of

SCENE = random_scene(CELLS["lstm"], Sizes(), 1).with_fault(CELLS["lstm"].faults[1], surprise=True)
GUESS = judge_fault(SCENE, "sum")


def packed() -> tuple[dict[str, Any], SavedParts]:
    parts = NewParts(Path("s.rnnstudio"))
    content = pack_inspector(InspectorWork(SceneInWork(SCENE, SCENE), verdict=GUESS), parts)
    return content, SavedParts(parts.path, parts.files)


def test_that_a_guess_comes_back_with_the_fault_that_was_guessed() -> None:
    assert unpack_inspector(*packed()).verdict == GUESS


def test_that_a_guess_saved_before_faults_were_guessed_names_a_row_alone() -> None:
    content, parts = packed()
    del content["verdict"]["fault"]
    assert unpack_inspector(content, parts).verdict == GuessVerdict(GUESS.operation, right=True)


def test_that_a_guess_at_a_fault_that_the_cell_does_not_have_is_refused() -> None:
    content, parts = packed()
    content["verdict"]["fault"] = "transpose"
    with pytest.raises(DamageError):
        unpack_inspector(content, parts)


def test_that_what_was_handed_in_comes_back_with_the_same_findings() -> None:
    wrong = numbers_of("lstm", 3, ("dc = dc_next + da_next", "dc = da_next"))
    one = Given("dx", np.asarray(0.25), (1, 2, 0), 0.003)
    handed = Submission(
        "mine.py", {"lstm-3": (*wrong, one)}, {"rnn_forward": "KeyError"}, True, "x = [1]"
    )
    parts = NewParts(Path("s.rnnstudio"))
    work = InspectorWork(SceneInWork(SCENE, SCENE), bug=BugSearch("gru-1", handed, 1))
    content = pack_inspector(work, parts)
    bug = unpack_inspector(content, SavedParts(parts.path, parts.files)).bug
    assert bug.submission is not None
    assert (bug.scene, bug.place) == ("gru-1", 1)
    assert bug.submission.failures == handed.failures
    assert (bug.submission.text, bug.submission.is_program) == ("x = [1]", True)
    assert bug.submission.numbers["lstm-3"][-1].label == "dx[1][2][0]"
    for found, there in zip(findings_in(bug.submission), findings_in(handed), strict=True):
        assert found.name == there.name
        assert (found.diagnosis is None) == (there.diagnosis is None)
        if found.diagnosis is not None and there.diagnosis is not None:
            assert found.diagnosis.deviations == there.diagnosis.deviations
            assert found.diagnosis.first_wrong == there.diagnosis.first_wrong


def test_that_a_session_from_before_there_was_a_search_for_bugs_opens() -> None:
    content, parts = packed()
    del content["bug"]
    assert unpack_inspector(content, parts).bug == BugSearch()


@pytest.mark.parametrize(
    "damage",
    [
        {"shape": [5, 9]},
        {"shape": [2**40, 2**40]},
        {"shape": [-5, 8]},
        {"scene": "elman-3"},
        {"tolerance": -1.0},
        {"name": 7},
        {"index": [1] * 9},
    ],
)
def test_that_a_damaged_submission_is_refused(damage: dict[str, Any]) -> None:
    handed = Submission("a.npz", {"lstm-3": (Given("dWf", np.ones((5, 8))),)})
    document = submission_document(handed)
    document.content["given"][0].update(damage)
    with pytest.raises(UserError):
        submission_in(document, Path("s.rnnstudio"))
