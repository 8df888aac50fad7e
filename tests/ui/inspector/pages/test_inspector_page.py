"""What holds on each of the inspector's pages: names, sizes, words, a table, keys, a way home."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.inspector.events import CoverChosen
from rnnstudio.ui.inspector.pages.clip_view import ClipView
from rnnstudio.ui.inspector.pages.flow_view import FlowView
from rnnstudio.ui.inspector.pages.gates_view import GatesView
from rnnstudio.ui.inspector.pages.gradients_view import GradientsView
from rnnstudio.ui.inspector.pages.inspector_page import InspectorPage
from rnnstudio.ui.inspector.pages.inspector_pages import PAGES
from rnnstudio.ui.inspector.pages.questions_view import QuestionsView
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import CLASS, Theme, theme

KINDS = (GatesView, FlowView, GradientsView, ClipView, QuestionsView)


@pytest.fixture
def in_class(qapp: QApplication) -> Iterator[None]:
    before = theme()
    appearance.apply(qapp, Theme(sizes=CLASS, in_class=True))
    yield
    appearance.apply(qapp, before)


def shown(page: InspectorPage, kind: type) -> list:
    return [each for each in page.findChildren(kind) if each.isVisible()]


@pytest.mark.parametrize("kind", KINDS)
def test_that_whatever_takes_the_focus_has_a_name(
    opened: Callable[..., object], kind: type[InspectorPage]
) -> None:
    page = opened(kind).page
    page.table_button.click()
    for widget in shown(page, QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled():
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            assert widget.accessibleName() or text, widget
    for button in shown(page, QAbstractButton):
        assert not button.autoRepeat()


@pytest.mark.parametrize("kind", KINDS)
def test_that_each_page_has_a_finding_and_its_charts_are_said_in_words(
    opened: Callable[..., object], kind: type[InspectorPage]
) -> None:
    page = opened(kind).page
    assert page.sentence.text()
    assert "…" not in page.sentence.text()
    for chart in shown(page, pg.PlotWidget):
        assert chart.accessibleName()
        assert chart.accessibleDescription().endswith(".")
        assert chart.getPlotItem().legend is None


@pytest.mark.parametrize("kind", KINDS)
def test_that_the_numbers_are_in_a_table_that_can_be_sorted(
    opened: Callable[..., object], qtbot: QtBot, kind: type[InspectorPage]
) -> None:
    bench = opened(kind)
    bench.dispatch(CoverChosen(covered=False))
    page = bench.page
    if kind is GradientsView:
        page.whole_pass.click()
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_T)
    assert page.table.isVisible()
    rows = page.table.model()
    assert rows.rowCount() > 0
    page.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert rows.rowCount() > 0
    qtbot.keyClick(page, Qt.Key.Key_T)
    assert not page.table.isVisible()


@pytest.mark.parametrize("kind", KINDS)
def test_that_in_class_nothing_is_smaller_than_what_the_last_row_reads(
    in_class: None, opened: Callable[..., object], kind: type[InspectorPage]
) -> None:
    page = opened(kind, size=(1920, 1080)).page
    page.ensurePolished()
    for label in shown(page, QLabel) + shown(page, QAbstractButton):
        assert label.font().pixelSize() >= 20, label.text()
    for chart in shown(page, pg.PlotWidget):
        for side in ("left", "bottom"):
            assert chart.getPlotItem().getAxis(side).style["tickFont"].pixelSize() >= 20
    for button in shown(page, QAbstractButton):
        assert button.height() >= 44, button.text()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(960, 552), (1024, 652), (1920, 1032)])
def test_that_no_word_is_cut(
    opened: Callable[..., object], kind: type[InspectorPage], size: tuple[int, int]
) -> None:
    page = opened(kind, size=size).page
    QApplication.processEvents()  # the layout follows what was written
    for label in shown(page, QLabel):
        if label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()) - 1, label.text()
        else:
            assert label.width() >= label.sizeHint().width() - 1, label.text()


def test_that_a_clicker_goes_through_every_page_and_stays_at_the_last(tab: InspectorTab) -> None:
    tab.pages.turn_to("gates")
    seen = ["gates"]
    for _ in range(80):
        tab.go_on(1)
        if tab.pages.key != seen[-1]:
            seen.append(tab.pages.key)
    assert seen == list(PAGES[1:])
    question = tab.state.votes
    tab.go_on(1)
    assert tab.state.votes == question


def test_that_the_button_leads_home_and_esc_closes_the_table_first(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    tab.pages.turn_to("flow")
    qtbot.keyClick(tab.pages.flow, Qt.Key.Key_T)
    assert tab.close_topmost()
    assert tab.pages.key == "flow"
    tab.pages.flow.home_button.click()
    assert tab.pages.key == "cell"


def test_that_the_window_s_keys_act_wherever_the_focus_is_on_a_page(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    tab.pages.turn_to("flow")
    flow = tab.pages.flow
    tab.activateWindow()
    for focus in (flow.lengths, flow.home_button, flow.settings_button):
        focus.setFocus()
        before = flow.lengths.place
        qtbot.keyClick(focus, Qt.Key.Key_Right)
        assert flow.lengths.place == before + 1
    flow.forget_bias.slider.setFocus()
    bias = flow.forget_bias.value()
    qtbot.keyClick(flow.forget_bias.slider, Qt.Key.Key_Right)
    assert flow.forget_bias.value() > bias
    qtbot.keyClick(flow.forget_bias.slider, Qt.Key.Key_G)
    assert flow.is_asking
    entries = tab.keys()
    listed = {key for entry in entries for key in entry.keys}
    assert {"T", "1", "2", "3", "Shift+1", "Return", "Left", "Space", "PgDown"} <= listed
