"""The inspector in a window of the smallest size it must fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from rnnstudio.ui.inspector.tab import InspectorTab


@pytest.fixture
def tab(qtbot: QtBot) -> InspectorTab:
    from rnnstudio.ui.inspector.tab import InspectorTab

    tab = InspectorTab()
    qtbot.addWidget(tab)
    tab.resize(1280, 640)
    tab.show()
    return tab
