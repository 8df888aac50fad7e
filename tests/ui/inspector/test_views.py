"""Strip, diagram and sums: what they draw follows the state."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.inspector.cell.card import Card
from rnnstudio.ui.inspector.cell.cell_view import CellView
from rnnstudio.ui.inspector.cell.fault_panel import FaultPanel
from rnnstudio.ui.inspector.cell.strip_view import StripView
from rnnstudio.ui.inspector.cell.transport import Transport
from rnnstudio.ui.inspector.drawer.check_view import CheckView
from rnnstudio.ui.inspector.drawer.code_view import CodeView
from rnnstudio.ui.inspector.drawer.numbers_form import NumbersForm
from rnnstudio.ui.inspector.drawer.scene_form import SceneForm
from rnnstudio.ui.inspector.drawer.terms_section import TermsSection
from rnnstudio.ui.inspector.drawer.what_if_form import WhatIfForm
from rnnstudio.ui.inspector.events import (
    DirectionChosen,
    EntryChosen,
    OperationChosen,
    SceneChosen,
    TimeChosen,
)
from rnnstudio.ui.inspector.example import example_state
from rnnstudio.ui.inspector.pages.gradients_view import GradientsView
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.widgets.number_text import parse
from tests.ui.inspector.steps import go_to


@pytest.mark.parametrize(
    "view",
    [
        StripView,
        CellView,
        SceneForm,
        Card,
        FaultPanel,
        TermsSection,
        CodeView,
        GradientsView,
        CheckView,
        NumbersForm,
        WhatIfForm,
        Transport,
    ],
)
def test_that_every_view_stands_alone_with_an_example_inside(view, qtbot: QtBot) -> None:
    alone = view()
    qtbot.addWidget(alone)
    alone.show_state(example_state())
    alone.resize(500, 400)
    alone.show()
    assert not alone.grab().isNull()


@pytest.mark.parametrize("whole", [True, False])
def test_that_the_bars_of_the_sums_are_the_sums_of_the_tables(
    tab: InspectorTab, whole: bool
) -> None:
    tab.dispatch(SceneChosen(random_scene(CELLS["lstm"], Sizes(T_x=6), 1)))
    tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
    tab.dispatch(TimeChosen(2))
    tab.dispatch(EntryChosen(3, 1))
    tab.pages.turn_to("sums")
    tab.pages.sums.measure.setCurrentIndex(0 if whole else 1)
    go_to(tab, "dWf_sum")
    panels = tab.pages.sums.bars.panels
    summed = [sum(step["dWf"] for step in tab.state.trace.backward[t:]) for t in range(6)]
    expected = [np.linalg.norm(array) if whole else array[3, 1] for array in summed]
    np.testing.assert_allclose(panels["Wf"].growth.so_far, expected, rtol=1e-9)
    assert panels["Wf"].known == (False, False, True, True, True, True)
    assert panels["bo"].known == (False, False, False, True, True, True)


def test_that_a_click_on_a_bar_goes_to_its_step(tab: InspectorTab, qtbot: QtBot) -> None:
    tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
    tab.pages.turn_to("sums")
    bars = tab.pages.sums.bars
    place = QPoint(bars.width() // 16, 40)  # an eighth into the left of two columns
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=place)
    assert tab.state.cursor.time == 0


def test_that_exploding_gradients_are_shown_for_what_they_are_in_every_view(
    tab: InspectorTab,
) -> None:
    sizes = Sizes(n_a=3, T_x=200)
    scene = random_scene(CELLS["rnn"], sizes, 1).with_array("Waa", 1e5 * np.eye(3))
    quiet = [("Wax", np.zeros((3, 3))), ("ba", np.zeros((3, 1)))]
    for name, array in quiet:
        scene = scene.with_array(name, array)
    tab.dispatch(SceneChosen(scene))
    tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
    shown = set()
    for time in (199, 150, 130, 50, 0):
        tab.dispatch(TimeChosen(time))
        for row in range(len(tab.state.table)):
            tab.dispatch(OperationChosen(row))
            tab.pages.turn_to(("cell", "sums")[row % 2])
            sections = ("scene", "numbers", "what if", "check", "terms")
            tab.workbench.open_section(sections[row % len(sections)])
            assert not tab.grab().isNull()
            shown.add(tab.terms.result.cell_text(0, 0))
    assert "NaN" in shown
    assert max(abs(parse(text)) for text in shown - {"NaN", "∞", "−∞"}) > 1e200
