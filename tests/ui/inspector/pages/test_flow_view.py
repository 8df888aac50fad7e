"""The page of gradient flow: what it draws is what the core computes, and it asks first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.flow import REMEMBERING, FlowSpec, flows
from rnnstudio.core.cells.flow_words import flow_finding, flow_product, flow_size
from rnnstudio.ui.inspector.events import FlowChosen, HandsCounted
from rnnstudio.ui.inspector.pages.flow_view import FlowView
from rnnstudio.ui.inspector.tab import InspectorTab


def line_of(view: FlowView, label: str) -> np.ndarray:
    return next(line.y for line in view.lengths.lines if line.name == label)


def test_when_a_slider_moves_the_page_asks_for_its_flows_and_draws_them(
    opened: Callable[..., object],
) -> None:
    bench = opened(FlowView)
    view = bench.page
    view.cells.buttons["all"].click()
    view.forget_bias.slider.setValue(view.forget_bias.slider.maximum())
    view.matched.setChecked(False)
    view.flush()
    assert bench.state.flow == FlowSpec(forget_bias=6.0)
    found = flows(bench.state.flow)
    assert view.sentence.text() == str(flow_finding(found))
    for flow in found.values():
        np.testing.assert_array_equal(line_of(view, flow.cell.label), flow.norms[::-1])
        factors, made = flow_product(flow)
        texts = [label.text() for label in view.products.rows[flow.cell.name][1:]]
        assert texts == [flow.cell.label, factors, f"= {made}", str(flow_size(flow))]


def test_that_the_gru_is_shown_when_it_is_wanted(opened: Callable[..., object]) -> None:
    view = opened(FlowView).page
    assert {line.name for line in view.lengths.lines} == {"RNN", "LSTM"}
    view.cells.buttons["all"].click()
    assert {line.name for line in view.lengths.lines} == {"RNN", "LSTM", "GRU"}


def test_that_the_place_in_sight_is_moved_by_keys_and_said_in_cards_and_words(
    opened: Callable[..., object], qtbot: QtBot
) -> None:
    view = opened(FlowView).page
    view.setFocus()
    assert [card.text for card in view.lengths.overlay.cards] == [
        "0.0048 left, factor 0.91",
        "0.10 left, factor 1.06",
    ]
    qtbot.keyClick(view.lengths, Qt.Key.Key_End)
    assert [card.text for card in view.lengths.overlay.cards][1] == "0.38 left, factor 1.10"
    assert "At 49: RNN 0.0000026, LSTM 0.384." in view.lengths.accessibleDescription()
    qtbot.keyClick(view.lengths, Qt.Key.Key_Left)
    assert view.lengths.place == 48


def test_that_a_bias_of_0_is_asked_for_before_it_is_shown(
    opened: Callable[..., object], qtbot: QtBot
) -> None:
    bench = opened(FlowView)
    view = bench.page
    bench.dispatch(FlowChosen(FlowSpec(units=3)))
    qtbot.keyClick(view, Qt.Key.Key_G)
    assert bench.state.flow == REMEMBERING
    assert view.predict.isVisible()
    qtbot.keyClick(view, Qt.Key.Key_3)
    qtbot.keyClick(view, Qt.Key.Key_1)
    bench.dispatch(HandsCounted(0, -1))
    assert bench.state.votes.hands == (0, 0, 1)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    view.flush()
    assert bench.state.flow == replace(REMEMBERING, forget_bias=0.0)
    assert "only 3.8e−10 of its gradient" in view.sentence.text()
    assert view.predict.sentence.text().startswith("The LSTM: 49 steps back")
    assert (bench.state.votes.score.right, bench.state.votes.score.total) == (1, 1)
    view.predict.button.click()
    assert view.predict is None


def test_that_a_clicker_asks_reveals_and_leaves(opened: Callable[..., object]) -> None:
    bench = opened(FlowView)
    assert bench.page.go_on(1)
    assert bench.page.is_asking
    assert bench.page.go_on(1)
    assert bench.state.votes.revealed
    assert not bench.page.go_on(1)
    assert not bench.page.is_asking
    assert not bench.page.go_on(1)
    assert not bench.page.go_on(-1)


def test_that_the_table_has_what_every_cell_has_left_at_every_step(
    opened: Callable[..., object], qtbot: QtBot
) -> None:
    bench = opened(FlowView)
    qtbot.keyClick(bench.page, Qt.Key.Key_T)
    rows = bench.page.table.model()
    assert rows.rowCount() == 50
    assert [rows.index(49, column).data() for column in range(5)] == [
        "49",
        "0.0000026",
        "0.966",
        "0.384",
        "1.095",
    ]
    assert bench.page.close_topmost()
    assert not bench.page.table.isVisible()


def test_that_any_place_of_the_sliders_can_be_drawn(opened: Callable[..., object]) -> None:
    view = opened(FlowView).page
    for end in ("minimum", "maximum"):
        for dial in (view.units, view.steps, view.weight_scale, view.forget_bias, view.input_scale):
            dial.slider.setValue(getattr(dial.slider, end)())
        view.flush()
        view.grab()
        assert "LSTM" in view.paths.text()
        assert view.sentence.text().endswith(".")


def test_that_settings_behind_the_button_are_said_where_they_are_others(
    opened: Callable[..., object],
) -> None:
    bench = opened(FlowView)
    assert not bench.page.changed.isVisible()
    bench.page.steps.set_value(20)
    bench.page.flush()
    assert bench.page.changed.text().startswith("8 units in the LSTM, 20 steps; weight scale 1.00")
    assert bench.page.sentence.text().startswith("19 steps back")


def test_that_settings_open_over_the_page_and_are_closed_first(
    opened: Callable[..., object],
) -> None:
    view = opened(FlowView).page
    assert not view.settings.isVisible()
    view.settings_button.click()
    assert view.rect().contains(view.settings.geometry())
    assert view.settings.isAncestorOf(view.units)
    assert view.settings.isAncestorOf(view.window().focusWidget())
    assert view.close_topmost()
    assert not view.settings.isVisible()
    assert view.window().focusWidget() is view.settings_button


def test_that_the_columns_of_a_page_s_table_are_as_wide_as_their_numbers(
    opened: Callable[..., object],
) -> None:
    view = opened(FlowView).page
    view.table_button.setChecked(True)
    columns = range(view.table.model().columnCount())
    assert len(columns) == 5
    assert max(map(view.table.columnWidth, columns)) < view.table.width() / 4


@pytest.mark.parametrize("size", [(960, 540), (1024, 640), (1280, 660)])
def test_that_nothing_is_cut_off_in_a_small_window(
    opened: Callable[..., object], size: tuple[int, int]
) -> None:
    view = opened(FlowView, size=size).page
    view.grab()
    assert view.width() == size[0]
    assert view.forget_bias.slider.width() >= 60
    assert view.lengths.getPlotItem().vb.height() > 60
    for box in view.lengths.overlay.label_boxes():
        assert box.right() <= view.lengths.width() + 1
        assert 0 <= box.top() <= box.bottom() <= view.lengths.height()


def test_that_a_page_out_of_sight_computes_nothing(tab: InspectorTab) -> None:
    tab.dispatch(FlowChosen(FlowSpec(units=5)))
    assert tab.pages.flow.found == {}
    tab.pages.turn_to("flow")
    assert tab.pages.flow.found["lstm"].units == 5
    assert tab.work().flow == FlowSpec(units=5)
