"""An example for views that are opened alone: an LSTM with small random weights."""

from __future__ import annotations

from rnnstudio.core.cells.lstm import LSTM
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.inspector.events import OperationChosen, TimeChosen
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start


def example_state() -> InspectorState:
    """The third of six steps, at the new memory state."""
    state = start(random_scene(LSTM, Sizes(m=2, T_x=6), seed=1))
    for event in (TimeChosen(2), OperationChosen(4)):
        state = reduce(state, event)
    return state
