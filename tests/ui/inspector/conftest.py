"""The inspector in a window of the smallest size it must fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from rnnstudio.ui.inspector.tab import InspectorTab


@pytest.fixture
def tab(qtbot: QtBot) -> Iterator[InspectorTab]:
    """A tab with a random LSTM, of other sizes than the scene that it opens with."""
    from rnnstudio.core.cells.scene_spec import SceneSpec, Source
    from rnnstudio.ui.inspector.tab import InspectorTab

    tab = InspectorTab()
    qtbot.addWidget(tab)
    tab.form.show_spec(SceneSpec(source=Source.RANDOM))
    tab.form.changed.emit(tab.form.spec())
    tab.workbench.open_section("scene")
    tab.resize(1280, 640)
    tab.show()
    yield tab
    assert tab.shutdown()


@pytest.fixture
def read(tab: InspectorTab, qtbot: QtBot) -> Callable[[Path], None]:
    """Drop a file on the tab and wait until it is there or refused."""

    def read(path: Path) -> None:
        tab.take_file(path)
        qtbot.waitUntil(lambda: not tab.form.loader.busy, timeout=30_000)

    return read
