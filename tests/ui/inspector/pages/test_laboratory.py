"""The pages of gradient flow and clipping: what they draw is what the core computes."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.clip_lab import train
from rnnstudio.core.cells.flow import FlowSpec, flows
from rnnstudio.ui.inspector.pages.clip_view import ClipView
from rnnstudio.ui.inspector.pages.flow_view import FlowView, product
from rnnstudio.ui.inspector.tab import InspectorTab


def test_that_a_product_names_its_first_factors_its_last_one_and_its_result() -> None:
    factors = np.array([0.5, 0.25, 2.0, 1.0, 0.125])
    assert product(factors, factors.prod()) == "0.5 × 0.25 × 2 × … × 0.125 = 0.0312"
    assert product(factors[:2], 0.125) == "0.5 × 0.25 = 0.125"


def test_when_a_slider_moves_the_curves_are_those_of_its_spec(tab: InspectorTab) -> None:
    tab.pages.turn_to("flow")
    tab.pages.flow.forget_bias.slider.setValue(tab.pages.flow.forget_bias.slider.maximum())
    tab.pages.flow.matched.setChecked(True)
    tab.pages.flow.flush()
    expected = flows(FlowSpec(forget_bias=6.0, matched=True))
    for name, flow in expected.items():
        steps, lengths = tab.pages.flow.curves[name].getOriginalDataset()
        np.testing.assert_allclose(lengths, flow.norms)
        assert steps[-1] == 50
        assert f"{flow.count} parameters" in tab.pages.flow.written.text()


def test_that_any_place_of_the_flow_s_sliders_can_be_drawn(qtbot: QtBot) -> None:
    view = FlowView()
    qtbot.addWidget(view)
    view.show()
    for end in ("minimum", "maximum"):
        for dial in (view.units, view.steps, view.weight_scale, view.forget_bias, view.input_scale):
            dial.slider.setValue(getattr(dial.slider, end)())
        view.flush()
        assert "LSTM" in view.written.text()


def test_that_the_clipping_page_shows_which_training_broke(tab: InspectorTab) -> None:
    tab.pages.turn_to("clipping")
    unclipped = train(tab.pages.clipping.spec(), "none")
    assert f"from update {unclipped.broken_at} on" in tab.pages.clipping.written.text()
    assert tab.pages.clipping.written.text().count("NaN") == 1


def test_that_a_page_out_of_sight_computes_nothing(tab: InspectorTab, qtbot: QtBot) -> None:
    view = ClipView()
    qtbot.addWidget(view)
    view.limit.set_value(1.0)
    view.flush()
    assert (
        view.written.text()
        == tab.pages.clipping.written.text()
        == tab.pages.flow.written.text()
        == ""
    )


def test_that_the_clipping_page_can_be_used_on_a_small_screen(qtbot: QtBot) -> None:
    view = ClipView()
    qtbot.addWidget(view)
    view.resize(480, 410)
    view.show()
    view.grab()
    for dial in (view.learning_rate, view.weight_scale, view.limit):
        assert dial.slider.width() >= 40
    for plot in (view.losses, view.angles):
        assert plot.getPlotItem().vb.size().height() >= 60
