"""The drawer's sections as a whole: their width at any size of text, their names, their keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.engine.spec import Dense, ModelSpec, Recurrent
from rnnstudio.core.engine.trained_model import initial_weights
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.trained_stack import trained_stack
from rnnstudio.ui.inspector.drawer.check_view import CheckView
from rnnstudio.ui.inspector.drawer.export_form import ExportForm
from rnnstudio.ui.inspector.drawer.numbers_form import NumbersForm
from rnnstudio.ui.inspector.drawer.scene_form import SceneForm
from rnnstudio.ui.inspector.drawer.what_if_form import WhatIfForm
from rnnstudio.ui.inspector.events import (
    CheckAsked,
    DirectionChosen,
    FaultInjected,
    InterventionSet,
    NotationChosen,
    RowAccused,
)
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import DARK, DESK, LIGHT, Colours, Theme, sizes
from rnnstudio.ui.widgets.symbol_box import SymbolBox
from rnnstudio.ui.widgets.workbench import Workbench

LOOKS = ((80, LIGHT, "rnn", 2), (100, DARK, "lstm", 50), (150, LIGHT, "gru", 2),
         (300, LIGHT, "lstm", 2))  # fmt: skip
KEYS = ("scene", "numbers", "what if", "check", "export")


class Drawer:
    """The five sections in a drawer of their own, as the tab puts them there."""

    def __init__(self) -> None:
        self.form, self.numbers, self.what_if = SceneForm(), NumbersForm(), WhatIfForm()
        self.check, self.take_away = CheckView(), ExportForm(QWidget)
        self.sections = (self.form, self.numbers, self.what_if, self.check, self.take_away)
        self.workbench = Workbench(QWidget())
        for key, section in zip(KEYS, self.sections, strict=True):
            link = getattr(section, "open_link", None)
            self.workbench.add_section(key, key.capitalize(), "grid", section, beside=link)
        spec = ModelSpec(2, (Recurrent("lstm", 3), Dense(1)))
        stack = trained_stack(spec, initial_weights(spec, 1))
        self.form.model.show_model(Model("a model with a long name", stack))
        self.workbench.resize(4 * sizes().drawer, 6 * sizes().drawer)
        self.workbench.open_section("scene")
        self.workbench.show()

    def show(self, state: InspectorState) -> None:
        for section in self.sections:
            section.show_state(state)


def full_state(cell: str, units: int) -> InspectorState:
    """Two holds, a fault and a check: all that there can be in the sections."""
    state = start(random_scene(CELLS[cell], Sizes(n_a=units), 1))
    gate = CELLS[cell].computed[0]
    checked = (CheckAsked(),) if units < 8 else ()
    for event in (
        InterventionSet(Intervention(gate, 0.5)),
        InterventionSet(Intervention(gate, -0.25, step=3, row=1)),
        FaultInjected(CELLS[cell].faults[0]),
        DirectionChosen(PassDirection.BACKWARD),
        *checked,
        RowAccused(),
    ):
        state = reduce(state, event)
    return state


def dressed(qtbot: QtBot, look: tuple[int, Colours, str, int]) -> tuple[Drawer, InspectorState]:
    text, colours, cell, units = look
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    appearance.apply(app, Theme(colours, DESK.times(text / 100)))
    drawer, state = Drawer(), full_state(cell, units)
    qtbot.addWidget(drawer.workbench)
    drawer.show(state)
    return drawer, state


@pytest.fixture
def full(qtbot: QtBot) -> Drawer:
    """Everything in it, in the usual look."""
    drawer, state = Drawer(), full_state("lstm", 2)
    qtbot.addWidget(drawer.workbench)
    drawer.show(state)
    return drawer


def controls(drawer: Drawer) -> list[QWidget]:
    """What Tab can reach in the sections."""
    column = drawer.workbench.drawer.widget()
    return [
        widget
        for widget in column.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.focusProxy()
        and widget.objectName() != "qt_scrollarea_viewport"
    ]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[2]}-{look[3]}")
@pytest.mark.usefixtures("fresh_look")
def test_that_nothing_is_too_wide_or_cut_at_any_size_of_text(
    qtbot: QtBot, look: tuple[int, Colours, str, int]
) -> None:
    drawer, state = dressed(qtbot, look)
    for notation in (Notation.KERAS, Notation.PAPER):
        drawer.show(reduce(state, NotationChosen(notation)))
        for section in drawer.sections:
            needed = section.minimumSizeHint().width() + 4 * sizes().gap
            assert needed <= sizes().drawer, section
        assert drawer.workbench.drawer.widget().minimumSizeHint().width() <= sizes().drawer
    for _ in range(3):  # a layout within a layout takes its place when the outer one has it
        QApplication.processEvents()
    for section in drawer.sections:
        assert_whole(section)


def assert_whole(section: QWidget) -> None:
    """No word of the section is cut."""
    for label in section.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.width() >= label.minimumSizeHint().width(), label.text()
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    for button in section.findChildren(QAbstractButton):
        if button.isVisible() and button.text():
            assert button.width() >= button.minimumSizeHint().width(), button.text()
    for box in section.findChildren(QComboBox):
        if box.isVisible() and not isinstance(box, SymbolBox):
            room = edited(box).width()
            for index in range(box.count()):
                text = box.itemText(index)
                assert QFontMetrics(box.font()).horizontalAdvance(text) <= room, text


def edited(box: QComboBox) -> QRect:
    """Where the chosen text of a box stands."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    return box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box)


def test_that_every_control_has_a_name_and_says_what_it_does(full: Drawer) -> None:
    found = controls(full)
    assert len(found) > 25
    for widget in found:
        spoken = QAccessible.queryAccessibleInterface(widget)
        assert spoken.text(QAccessible.Text.Name), widget
        described = spoken.text(QAccessible.Text.Description)
        assert described or isinstance(widget, QAbstractButton), spoken.text(QAccessible.Text.Name)


def test_that_tab_goes_from_top_to_bottom(full: Drawer, qtbot: QtBot) -> None:
    full.workbench.activateWindow()
    qtbot.waitUntil(full.workbench.isActiveWindow)
    drawer = full.workbench.drawer
    order: list[QWidget] = []
    full.form.open_link.setFocus(Qt.FocusReason.TabFocusReason)
    while (now := QApplication.focusWidget()) is not None and drawer.isAncestorOf(now):
        assert now not in order, "no control may keep the focus"
        order.append(now)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    assert {widget for widget in controls(full) if widget.isEnabled()} <= {*order}
    tops = full.sections
    places = [
        next(place for place, top in enumerate(tops) if top.parentWidget().isAncestorOf(widget))
        for widget in order
        if any(top.parentWidget().isAncestorOf(widget) for top in tops)
    ]
    assert places == sorted(places)
