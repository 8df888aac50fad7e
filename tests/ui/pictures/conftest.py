"""The inspector as a class sees it, at the forget gate of the scene that it opens with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from rnnstudio.ui.inspector.tab import InspectorTab


@pytest.fixture
def make_tab(qtbot: QtBot) -> Iterator[Callable[[], InspectorTab]]:
    """Make tabs in the look that holds when they are made."""
    from rnnstudio.ui.inspector.events import OperationChosen, TimeChosen
    from rnnstudio.ui.inspector.tab import InspectorTab
    from rnnstudio.ui.theme.formula import formula

    formula("x", 10, "#000000")  # of the first one a card does not know the width yet
    made = []

    def make() -> InspectorTab:
        tab = InspectorTab()
        qtbot.addWidget(tab)
        made.append(tab)
        tab.resize(1280, 680)
        tab.show()
        tab.dispatch(TimeChosen(2))
        tab.dispatch(OperationChosen(1))
        return tab

    yield make
    assert all(tab.shutdown() for tab in made)


@pytest.fixture
def tab(make_tab: Callable[[], InspectorTab]) -> InspectorTab:
    """One tab."""
    return make_tab()
