"""An example for views that are opened alone: the scene that the inspector opens with."""

from __future__ import annotations

from rnnstudio.core.cells.scene_spec import SceneSpec, scenes
from rnnstudio.ui.inspector.events import OperationChosen, TimeChosen
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start


def example_state() -> InspectorState:
    """The third of five steps, at the forget gate."""
    state = start(*scenes(SceneSpec()))
    for event in (TimeChosen(2), OperationChosen(1)):
        state = reduce(state, event)
    return state
