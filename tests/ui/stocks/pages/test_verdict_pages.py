"""The verdict's further pages show core's own numbers, in charts, sentences and tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from rnnstudio.core.numbers import percent
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation, evaluate_summarized
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.evaluation.uncertainty import Spread
from rnnstudio.ui.pictures.picture_file import PictureKind, write_picture
from rnnstudio.ui.stocks.pages.closed_loop_page import ClosedLoopPage
from rnnstudio.ui.stocks.pages.evaluation_page import EvaluationPage
from rnnstudio.ui.stocks.pages.horizons_page import HorizonsPage
from rnnstudio.ui.stocks.pages.report_page import ReportPage
from rnnstudio.ui.stocks.pages.seeds_page import SeedsPage
from rnnstudio.ui.stocks.pages.shares_page import NumbersPage, SharesPage
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.widgets.view_picture import PicturePart
from tests.core.stocks import made
from tests.ui.pictures.drawn_picture import words
from tests.ui.stocks.tabs import texts

PAGES: list[type[SharesPage]] = [ClosedLoopPage, HorizonsPage, SeedsPage, ReportPage]


def shown(page: SharesPage, state: StocksState, qtbot: QtBot) -> None:
    qtbot.addWidget(page)
    page.resize(1000, 640)
    page.show()
    page.show_state(state)


def test_that_the_closed_loop_is_drawn_beside_truth_and_the_price_held(
    qtbot: QtBot, finished: StocksState, evaluation: Evaluation
) -> None:
    page = ClosedLoopPage()
    shown(page, finished, qtbot)
    drawn = {line.name: line.y for line in page.plot.lines}
    np.testing.assert_array_equal(drawn["closed loop"], evaluation.forecast.closed_loop)
    np.testing.assert_array_equal(drawn["truth"], evaluation.forecast.actual)
    np.testing.assert_array_equal(drawn["price held"], evaluation.forecast.flat)
    assert page.sentence.text() == str(evaluation.summary.closed_sentence)


def test_that_errors_residuals_and_widths_are_cores(
    qtbot: QtBot, finished: StocksState, evaluation: Evaluation
) -> None:
    page = HorizonsPage()
    shown(page, finished, qtbot)
    forecast, found = evaluation.forecast, evaluation.summary.horizons
    network, flat = page.errors.lines
    np.testing.assert_array_equal(network.y, found.rmse)
    np.testing.assert_array_equal(flat.y, found.rmse_persistence)
    page.choice.buttons["residuals"].click()
    [line] = page.residuals.lines
    np.testing.assert_array_equal(line.y, forecast.predicted - forecast.actual)
    page.choice.buttons["widths"].click()
    [line] = page.widths.lines
    assert forecast.band is not None
    np.testing.assert_array_equal(line.y, forecast.band[1] - forecast.band[0])
    assert found.coverage is not None
    assert f"measured {percent(found.coverage[0], 1)} at 1 day" in page.sentence.text()


def test_that_the_seeds_stand_beside_yesterdays_price(
    qtbot: QtBot, finished: StocksState, evaluation: Evaluation
) -> None:
    page = SeedsPage()
    spread = Spread((evaluation.forecast.rmse, 7.5, 6.5))
    judged = replace(evaluation, summary=evaluation.summary.with_seeds(spread))
    shown(page, replace(finished, evaluation=judged), qtbot)
    network, flat = page.plot.lines
    assert network.y.tolist() == list(spread.rmses)
    assert set(flat.y.tolist()) == {evaluation.forecast.rmse_persistence}
    page.table_button.click()
    assert [row[0] for row in texts(page.table)] == ["1", "2", "3"]


@pytest.mark.parametrize("others", [(), (7.5, 6.5)])
def test_that_no_line_joins_the_seeds_but_each_has_a_mark_beside_the_naive_forecast(
    others: tuple[float, ...], qtbot: QtBot, finished: StocksState, evaluation: Evaluation
) -> None:
    page = SeedsPage()
    spread = Spread((evaluation.forecast.rmse, *others))
    judged = replace(evaluation, summary=evaluation.summary.with_seeds(spread))
    shown(page, replace(finished, evaluation=judged), qtbot)
    assert not any(curve.isVisible() for curve in page.plot.curves)
    [(discs, _, _)] = page.plot.marks.shapes()
    middles = [disc.boundingRect().center() for disc in discs.toSubpathPolygons()]
    assert [middle.x() for middle in middles] == pytest.approx(range(len(spread.rmses)))
    assert [middle.y() for middle in middles] == pytest.approx(list(spread.rmses))
    assert page.plot.flat.value() == evaluation.forecast.rmse_persistence
    (left, right), _ = page.plot.getPlotItem().vb.viewRange()
    assert left < 0 <= len(others) < right


def test_that_before_there_is_a_report_its_outline_says_what_it_will_hold_and_costs(
    qtbot: QtBot, finished: StocksState
) -> None:
    page = ReportPage()
    shown(page, replace(finished, evaluation=None), qtbot)
    assert page.outline.isVisible()
    assert page.outline.cost.text().startswith("Not computed yet: 5 trainings, about")
    assert page.outline.about.text().startswith("The report will hold the verdict")
    assert page.first_focus() is page.home_button
    page.show_state(finished)
    assert not page.outline.isVisible()
    assert all(line.isVisible() for line in page.lines)
    assert page.first_focus() is page.button


@pytest.mark.parametrize("kind", PAGES)
def test_that_a_page_without_an_evaluation_says_how_to_come_by_one(
    kind: type[SharesPage], qtbot: QtBot, finished: StocksState
) -> None:
    page = kind()
    shown(page, replace(finished, evaluation=None), qtbot)
    assert page.sentence.text().startswith("Find out first")


@pytest.mark.parametrize("kind", [ClosedLoopPage, HorizonsPage, SeedsPage])
def test_that_before_an_evaluation_no_empty_axes_stand_there_but_an_outline_and_its_cost(
    kind: type[EvaluationPage], qtbot: QtBot, finished: StocksState
) -> None:
    page = kind()
    shown(page, replace(finished, evaluation=None), qtbot)
    chart = page.chart()
    assert chart is not None
    assert page.outline.isVisible()
    assert page.outline.cost.text().startswith("Not computed yet: 5 trainings, about")
    assert page.outline.about.text() == page.about.text()
    assert not chart.isVisible()
    assert not page.table_button.isEnabled()
    assert not page.keys()
    page.show_state(finished)
    assert chart.isVisible()
    assert not page.outline.isVisible()
    page.table_button.click()
    page.show_state(finished)
    assert page.table.isVisible()


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("days", [1, 3])
def test_that_few_days_without_a_validation_span_give_no_number_that_is_none(
    kind: type[SharesPage], days: int, qtbot: QtBot
) -> None:
    split = made.walk(100, 100 - days)
    trained = made.trained(split, made.PAPER)
    evaluation = evaluate_summarized(trained, AccessLog(), EvaluationRequest(1))
    state = StocksState(train=split.table, split=trained.split, spec=trained.spec)
    page = kind()
    shown(page, replace(state, trained=trained, evaluation=evaluation), qtbot)
    said = [page.sentence.text()]
    if isinstance(page, HorizonsPage):
        for key in page.charts:
            page.turn_chart(key)
            said.append(page.sentence.text())
    if isinstance(page, NumbersPage):
        page.table_button.click()
        said += [cell for row in texts(page.table) for cell in row]
    assert "nan" not in " ".join(said).lower()


@pytest.mark.parametrize("kind", [ClosedLoopPage, HorizonsPage, SeedsPage])
def test_that_keys_turn_to_the_table_and_move_the_day_in_sight(
    kind: type[NumbersPage], qtbot: QtBot, finished: StocksState
) -> None:
    page = kind()
    shown(page, finished, qtbot)
    listed = page.keys()
    keys = {key: entry.act for entry in listed for key in entry.keys}
    keys["End"]()
    chart = page.chart()
    assert chart is not None
    assert chart.place == max(len(line.x) for line in chart.lines) - 1
    assert chart.accessibleDescription()
    keys["T"]()
    assert page.table.isVisible()
    assert texts(page.table)
    assert page.close_topmost()
    assert not page.table.isVisible()


def test_that_a_picture_of_a_table_in_sight_has_all_its_days_on_no_more_pixels_than_can_be_opened(
    qtbot: QtBot, finished: StocksState, evaluation: Evaluation, tmp_path: Path
) -> None:
    page = ClosedLoopPage()
    shown(page, finished, qtbot)
    view = page.picture("closed loop")
    assert PicturePart.TABLE not in view.offered
    page.table_button.click()
    view = page.picture("closed loop")
    assert PicturePart.TABLE in view.offered
    write_picture(tmp_path / "table.svg", view, PictureKind.SVG, view.usual)
    said = words(tmp_path / "table.svg")
    assert all(str(day) in said for day in evaluation.forecast.dates)
    write_picture(tmp_path / "table.png", view, PictureKind.PNG_4, view.usual)
    image = QImage(str(tmp_path / "table.png"))
    assert image.height() == 16_000
    last = image.copy(0, image.height() - 150, image.width(), 150)
    assert len({last.pixel(x, y) for x in range(600) for y in range(150)}) > 2
