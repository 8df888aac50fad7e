"""The drawer's sections as a whole: their width at any size of text, their names, their keys."""

from __future__ import annotations

from collections.abc import Iterator

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

from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.core.engine.spec import Dense, ModelSpec, Recurrent
from rnnstudio.core.engine.trained_model import initial_weights
from rnnstudio.core.models.opened_model import Model
from rnnstudio.core.models.trained_stack import trained_stack
from rnnstudio.ui.inspector.events import (
    CheckAsked,
    FaultInjected,
    InterventionSet,
    NotationChosen,
    SceneChosen,
)
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import DARK, DESK, LIGHT, Theme, sizes
from rnnstudio.ui.widgets.symbol_box import SymbolBox

LOOKS = ((80, LIGHT, "rnn", 2), (100, DARK, "lstm", 50), (150, LIGHT, "gru", 2),
         (300, LIGHT, "lstm", 2))  # fmt: skip


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[2]}-{look[3]}")
def full(request: pytest.FixtureRequest, qtbot: QtBot, fresh_look: None) -> Iterator[InspectorTab]:
    """A tab whose drawer shows all that there can be in it, in one of the looks."""
    text, colours, cell, units = request.param
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    appearance.apply(app, Theme(colours, DESK.times(text / 100)))
    tab = InspectorTab()
    qtbot.addWidget(tab)
    spec = ModelSpec(2, (Recurrent("lstm", 3), Dense(1)))
    tab.form.model.show_model(
        Model("a model with a long name", trained_stack(spec, initial_weights(spec, 1)))
    )
    tab.resize(12 * sizes().drawer // 3, 2000)
    tab.show()
    tab.workbench.open_section("scene")
    tab.dispatch(SceneChosen(random_scene(CELLS[cell], Sizes(n_a=units), 1)))
    gate = CELLS[cell].computed[0]
    for held in (Intervention(gate, 0.5), Intervention(gate, -0.25, step=3, row=1)):
        tab.dispatch(InterventionSet(held))
    tab.dispatch(FaultInjected(CELLS[cell].faults[0]))
    if units < 8:
        tab.dispatch(CheckAsked())
    yield tab
    assert tab.shutdown()


def sections(tab: InspectorTab) -> list[QWidget]:
    return [tab.form, tab.numbers, tab.what_if, tab.check, tab.take_away]


def controls(tab: InspectorTab) -> list[QWidget]:
    """What Tab can reach in the sections."""
    column = tab.workbench.drawer.widget()
    return [
        widget
        for widget in column.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.focusProxy()
        and widget.objectName() != "qt_scrollarea_viewport"
    ]


@pytest.mark.parametrize("notation", [Notation.PAPER, Notation.KERAS])
def test_that_the_drawer_never_scrolls_sideways(full: InspectorTab, notation: Notation) -> None:
    full.dispatch(NotationChosen(notation))
    column = full.workbench.drawer.widget()
    margins = 4 * sizes().gap
    for section in sections(full):
        assert section.minimumSizeHint().width() + margins <= sizes().drawer, section
    assert column.minimumSizeHint().width() <= sizes().drawer


def test_that_no_word_is_cut(full: InspectorTab) -> None:
    QApplication.processEvents()
    for section in sections(full):
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


def test_that_every_control_has_a_name_and_says_what_it_does(full: InspectorTab) -> None:
    found = controls(full)
    assert len(found) > 25
    for widget in found:
        spoken = QAccessible.queryAccessibleInterface(widget)
        assert spoken.text(QAccessible.Text.Name), widget
        described = spoken.text(QAccessible.Text.Description)
        assert described or isinstance(widget, QAbstractButton), spoken.text(QAccessible.Text.Name)


def test_that_tab_goes_from_top_to_bottom(full: InspectorTab, qtbot: QtBot) -> None:
    full.activateWindow()
    qtbot.waitUntil(full.isActiveWindow)
    drawer = full.workbench.drawer
    order: list[QWidget] = []
    full.form.open_link.setFocus(Qt.FocusReason.TabFocusReason)
    while (now := QApplication.focusWidget()) is not None and drawer.isAncestorOf(now):
        assert now not in order, "no control may keep the focus"
        order.append(now)
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    assert {widget for widget in controls(full) if widget.isEnabled()} <= {*order}
    tops = [full.form, full.numbers, full.what_if, full.check, full.take_away]
    places = [
        next(place for place, top in enumerate(tops) if top.parentWidget().isAncestorOf(widget))
        for widget in order
        if any(top.parentWidget().isAncestorOf(widget) for top in tops)
    ]
    assert places == sorted(places)
