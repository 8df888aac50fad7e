"""A page alone, with a state that follows what it asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from rnnstudio.ui.inspector.events import Event
    from rnnstudio.ui.inspector.pages.inspector_page import InspectorPage
    from rnnstudio.ui.inspector.state import InspectorState


class PageBench:
    """Holds the state of one page: what it asks for is done, and what it shows is shown again."""

    def __init__(self, page: InspectorPage, state: InspectorState) -> None:
        self.page, self.state = page, state
        self.events: list[Event] = []
        page.asked.connect(self.dispatch)

    def dispatch(self, *events: Event) -> None:
        """Go to the state after the events and show it."""
        from rnnstudio.ui.inspector.reduce import reduce

        for event in events:
            self.events.append(event)
            self.state = reduce(self.state, event)
            self.page.show_state(self.state)
        self.page.flush()


@pytest.fixture
def opened(qtbot: QtBot) -> Callable[..., PageBench]:
    """Show a page of a class, 1280 x 672 pixels unless ``size`` says otherwise."""
    from rnnstudio.core.cells.scene_spec import SceneSpec, scenes
    from rnnstudio.ui.inspector.state import start

    kept = []  # a connection to a method does not keep its object

    def make(
        kind: type[InspectorPage],
        state: InspectorState | None = None,
        size: tuple[int, int] = (1280, 672),
    ) -> PageBench:
        page = kind()
        qtbot.addWidget(page)
        bench = PageBench(page, state or start(*scenes(SceneSpec())))
        kept.append(bench)
        page.resize(*size)
        page.show()
        bench.dispatch()
        page.show_state(bench.state)
        page.flush()
        return bench

    return make
