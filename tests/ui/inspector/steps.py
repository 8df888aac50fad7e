"""Steps that several tests of the inspector take."""

from __future__ import annotations

from rnnstudio.ui.inspector.events import OperationChosen
from rnnstudio.ui.inspector.tab import InspectorTab


def go_to(tab: InspectorTab, name: str) -> None:
    """Look at the row ``name`` of the current pass."""
    rows = [operation.name for operation in tab.state.table]
    tab.dispatch(OperationChosen(rows.index(name)))
