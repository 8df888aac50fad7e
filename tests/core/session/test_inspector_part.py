"""A guess at a hidden fault in a session's document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rnnstudio.core.cells.quiz import GuessVerdict, judge_fault
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.documents.damage import DamageError
from rnnstudio.core.session.inspector_part import pack_inspector, unpack_inspector
from rnnstudio.core.session.kept_scene import InspectorWork, SceneInWork
from rnnstudio.core.session.session_parts import NewParts, SavedParts

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
