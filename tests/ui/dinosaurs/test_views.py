"""The views show what the state holds."""

from dataclasses import replace

import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.loss_references import loss_references
from rnnstudio.core.training import Sampled
from rnnstudio.ui.dinosaurs.append_only import Strip
from rnnstudio.ui.dinosaurs.drawer.list_form import ListForm
from rnnstudio.ui.dinosaurs.drawer.samples_view import SamplesView
from rnnstudio.ui.dinosaurs.example import (
    drawn_state,
    evaluated_state,
    explained_state,
    trained_state,
)
from rnnstudio.ui.dinosaurs.home.loss_chart import LossChart
from rnnstudio.ui.dinosaurs.pages.clipping_view import ClippingView
from rnnstudio.ui.dinosaurs.pages.drawn_view import DrawnView
from rnnstudio.ui.dinosaurs.pages.evaluation_view import EvaluationView
from rnnstudio.ui.dinosaurs.pages.runs_view import RunsView
from rnnstudio.ui.dinosaurs.pages.shift_view import ShiftView
from rnnstudio.ui.dinosaurs.state import NamesState
from rnnstudio.ui.running import Phase, Run
from rnnstudio.ui.theme.tokens import CLASS, DESK, LIGHT, Theme, choose


@pytest.fixture(scope="module")
def trained() -> NamesState:
    return trained_state(300)


def texts(view: SamplesView, column: int) -> tuple[str, ...]:
    model = view.model
    return tuple(model.index(row, column).data() for row in range(model.rowCount()))


def test_that_the_loss_stands_between_a_blind_guess_and_counting_letters(
    trained: NamesState, qtbot: QtBot
) -> None:
    view = LossChart()
    qtbot.addWidget(view)
    assert trained.corpus is not None
    view.show_state(replace(trained, references=loss_references(trained.corpus)))
    blind, counting, network = view.lines
    assert network.y[-1] == trained.curve.smoothed[-1]
    assert blind.y[0] == pytest.approx(trained.corpus.blind_loss)
    assert counting.y[0] < network.y[-1] < blind.y[0]
    assert counting.x.tolist() == blind.x.tolist() == [0, 300]
    last = f"{trained.curve.smoothed[-1]:.1f}"
    assert network.name == f"network {last} nats a name"
    assert f"network {last} nats a name: from" in view.accessibleDescription()


def test_that_lines_are_smooth_when_they_stand_still_and_the_network_s_lies_under_the_others(
    trained: NamesState, qtbot: QtBot
) -> None:
    view = LossChart()
    qtbot.addWidget(view)
    assert trained.corpus is not None
    compared = replace(trained, references=loss_references(trained.corpus))
    for state, smooth in (
        (compared, True),
        (replace(compared, run=Run(Phase.PAUSED, 300, 300)), False),
        (compared, True),
    ):
        view.show_state(state)
        drawn = view.curves[: len(view.lines)]
        assert {curve.curve.opts["antialias"] for curve in drawn} == {smooth}
    blind, counting, network = drawn
    assert network.zValue() < min(blind.zValue(), counting.zValue())


def test_that_the_network_s_line_is_seen_from_afar(
    trained: NamesState, qtbot: QtBot, fresh_look: None
) -> None:
    widths = []
    for sizes, in_class in ((DESK, False), (CLASS, True)):
        choose(Theme(LIGHT, sizes, in_class=in_class))
        view = LossChart()
        qtbot.addWidget(view)
        view.show_state(trained)
        widths.append(view.curves[len(view.lines) - 1].opts["pen"].widthF())
    assert widths == [3.0, 1.5 * 5.5]


def test_that_the_band_has_its_name_only_where_all_of_it_has_room(
    trained: NamesState, qtbot: QtBot
) -> None:
    page, view = QWidget(), LossChart()
    QVBoxLayout(page).addWidget(view)
    qtbot.addWidget(page)
    page.resize(700, 160)
    page.show()
    view.show_state(trained)
    texts = [item for item in view.items() if isinstance(item, pg.TextItem)]
    (name,) = [text for text in texts if text.toPlainText() == "most single names"]
    qtbot.waitUntil(name.isVisible)
    page.resize(330, 160)
    qtbot.waitUntil(lambda: not name.isVisible())
    page.resize(700, 160)
    qtbot.waitUntil(name.isVisible)


def test_that_each_sample_is_a_column_under_its_iteration(
    trained: NamesState, qtbot: QtBot
) -> None:
    view = SamplesView()
    qtbot.addWidget(view)
    view.show_state(trained)
    assert view.model.columnCount() == len(trained.samples) == 5
    for column in range(5):
        sample = trained.samples[column]
        header = view.model.headerData(column, Qt.Orientation.Horizontal)
        assert header == f"{sample.step:,}"
        assert texts(view, column) == tuple(text or "–" for text in sample.texts)


def test_that_the_newest_names_are_in_view(qtbot: QtBot) -> None:
    view = SamplesView()
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show()
    names = ("a", "b", "c", "d", "e", "f", "g")
    samples: Strip[Sampled] = Strip()
    for step in range(40):
        samples = samples.grown(Sampled(step, names))
        view.show_state(NamesState(samples=samples))
        newest = view.model.index(0, step)
        assert view.table.viewport().rect().contains(view.table.visualRect(newest).center())


def test_that_all_seven_names_fit_without_scrolling(trained: NamesState, qtbot: QtBot) -> None:
    view = SamplesView()
    qtbot.addWidget(view)
    view.resize(900, 300)
    view.show()
    view.show_state(trained)
    last = view.table.visualRect(view.model.index(6, view.model.columnCount() - 1))
    assert last.bottom() <= view.table.viewport().height()
    assert view.table.visualRect(view.model.index(0, 0)).top() == 0


def test_when_another_run_begins_the_old_names_go(trained: NamesState, qtbot: QtBot) -> None:
    view = SamplesView()
    qtbot.addWidget(view)
    view.show_state(trained)
    view.show_state(NamesState(samples=Strip[Sampled]().grown(Sampled(0, ("x",) * 7))))
    assert view.model.columnCount() == 1
    assert texts(view, 0) == ("x",) * 7


def test_that_the_names_and_the_sentence_about_a_refused_file_are_both_shown(
    trained: NamesState, qtbot: QtBot
) -> None:
    view = ListForm()
    qtbot.addWidget(view)
    view.show()
    view.show_state(replace(trained, file_error="one.txt holds only one name."))
    assert view.summary.text() == "dinosaurs.txt: 1,325 names of 27 symbols"
    assert view.error.isVisible()
    assert view.error.text() == "one.txt holds only one name."
    view.show_state(trained)
    assert not view.error.isVisible()


def test_that_no_other_names_can_be_asked_for_during_a_run(
    trained: NamesState, qtbot: QtBot
) -> None:
    view = ListForm()
    qtbot.addWidget(view)
    view.show_state(replace(trained, run=Run(Phase.RUNNING)))
    assert not view.open_button.isEnabled()
    assert not view.shipped_button.isEnabled()
    view.show_state(trained)
    assert view.open_button.isEnabled()
    assert view.shipped_button.isEnabled()


def test_that_before_there_is_anything_to_draw_no_empty_charts_stand_there(qtbot: QtBot) -> None:
    evaluation, clipping = EvaluationView(), ClippingView()
    for view in (evaluation, clipping):
        qtbot.addWidget(view)
        view.show()
        assert not any(plot.isVisible() for plot in view.findChildren(pg.PlotWidget))
    evaluation.show_state(evaluated_state())
    assert evaluation.chart.isVisible()
    clipping.show_state(explained_state())
    assert clipping.losses.isVisible()
    assert clipping.norms.isVisible()


def test_that_titles_and_names_of_tables_are_as_wide_as_their_columns(
    trained: NamesState, qtbot: QtBot
) -> None:
    drawn, shifted = DrawnView(), ShiftView()
    for view in (drawn, shifted):
        qtbot.addWidget(view)
        view.resize(290, 400)
        view.show()
    drawn.show_state(drawn_state())
    shifted.show_example(trained.corpus, None)
    for view in (drawn, shifted):
        view.table.selectRow(0)
        header = view.table.horizontalHeader()
        for column in range(header.count()):
            assert header.sectionSize(column) >= header.sectionSizeHint(column)
    index = drawn.model.index(0, 0)
    assert drawn.model.data(index, Qt.ItemDataRole.ToolTipRole) == drawn.model.data(index)


def test_that_an_outline_stands_where_trainings_will_be_compared(
    trained: NamesState, qtbot: QtBot
) -> None:
    view = RunsView()
    qtbot.addWidget(view)
    view.show_state(NamesState())
    assert view.halves.isHidden()
    assert not view.outline.isHidden()
    assert trained.trained is not None
    view.show_state(replace(trained, runs=(trained.trained,)))
    assert view.outline.isHidden()
    assert not view.halves.isHidden()


def test_that_an_outline_stands_where_names_will_be_drawn(qtbot: QtBot) -> None:
    view = DrawnView()
    qtbot.addWidget(view)
    assert view.table.isHidden()
    assert not view.outline.isHidden()
    view.show_state(drawn_state())
    assert view.outline.isHidden()
    assert not view.table.isHidden()
