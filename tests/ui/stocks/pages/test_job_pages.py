"""Pages whose things train: all in sight in the window that there is, keys, and true pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QTableView
from pytestqt.qtbot import QtBot

from rnnstudio.core.engine.fit import fit
from rnnstudio.core.session.analysis_work import LeaksWork, SearchWork, WalkWork
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.files.runs_file import Opened
from rnnstudio.core.stocks.model.forecast_spec import ForecastSpec
from rnnstudio.core.stocks.teaching.leak_comparison import (
    WALK,
    LeakCase,
    LeakPlan,
    leak_comparison_job,
)
from rnnstudio.core.stocks.validation.search import SearchPlan, search_job
from rnnstudio.core.stocks.validation.search_space import SearchSpace
from rnnstudio.core.stocks.validation.walk_forward import walk_forward_job
from rnnstudio.core.training import Control, Finished
from rnnstudio.ui.pictures.picture_file import PictureKind, write_picture
from rnnstudio.ui.stocks.leakage_demos.leak_page import LeakPage
from rnnstudio.ui.stocks.pages.job_page import JobPage
from rnnstudio.ui.stocks.runs.runs_page import RunsPage
from rnnstudio.ui.stocks.shares_chart import SharesChart
from rnnstudio.ui.stocks.state import StocksState
from rnnstudio.ui.stocks.validation.search_page import SearchPage
from rnnstudio.ui.stocks.validation.walk_page import WalkPage
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import CLASS, DARK, LIGHT, Theme, sizes
from rnnstudio.ui.widgets.chart_picture import page_frame
from rnnstudio.ui.widgets.pending_result import PendingResult
from rnnstudio.ui.widgets.view_picture import PicturePart
from tests.core.stocks import made
from tests.core.stocks.files.examples import named, opened
from tests.core.stocks.validation.pools import InTurn, result
from tests.ui.pictures.drawn_picture import elements, painted, place
from tests.ui.widgets.drawn_svg import BASELINE, read_drawing

SPLIT = made.walk(160, 90)
SPEC = ForecastSpec(window=5, units=4, epochs=2)
SPACE = SearchSpace({"units": (2, 4, 8), "window": (3, 5, 7)})
READY = StocksState(train=SPLIT.table, spec=SPEC, split=SPLIT)
MakeThing = Callable[[], WalkPage | SearchPage | LeakPage | RunsPage]


@pytest.fixture(scope="module")
def makers() -> dict[str, MakeThing]:
    """What makes the thing of each page, with its work done."""
    walk = WalkWork(5, walked=result(walk_forward_job(SPEC, SPLIT, 5, InTurn(), Control())))
    table = result(search_job(SearchPlan(SPEC, SPACE, folds=3), SPLIT, InTurn(), Control()))
    plan = LeakPlan(SPEC, SPLIT, (LeakCase(frozenset({"test"})), WALK), AccessLog(), False)
    comparison = result(leak_comparison_job(plan, Control(), fit))

    def walk_page() -> WalkPage:
        page = WalkPage()
        page.show_state(READY)
        page.show_work(walk, "")
        page._repainter.flush()
        return page

    def search_page() -> SearchPage:
        page = SearchPage()
        page.show_state(READY)
        page.show_work(SearchWork(table=table), table.rows[0].candidate.name)
        page._repainter.flush()
        return page

    def leak_page() -> LeakPage:
        page = LeakPage({"numpy": fit})
        page.show_state(READY)
        page.show_work(LeaksWork(("test",), True, comparison=comparison, order=(0, 1, 2)))
        page._repainter.flush()
        return page

    def runs_page() -> RunsPage:
        page = RunsPage()
        runs = (named(opened(), "one run"), named(opened(replace(made.SOUND, seed=2)), "another"))
        page._take(Finished(4, 1.0, Opened(Path("runs.rnnstudio"), runs)))
        page._repainter.flush()
        page.table.selectAll()
        return page

    return {"walk": walk_page, "search": search_page, "leaks": leak_page, "runs": runs_page}


@pytest.fixture
def show(qtbot: QtBot, makers: dict[str, MakeThing]) -> Callable[..., JobPage]:
    """Shows the page of a key at a size."""
    kept = []  # the thread of a page that is dropped would be destroyed while it runs

    def shown(key: str, size: tuple[int, int] = (1280, 672)) -> JobPage:
        thing = makers[key]()
        page = JobPage("The title", "A question?", thing)
        qtbot.addWidget(page, before_close_func=lambda _: thing.shutdown())
        page.resize(*size)
        with qtbot.waitExposed(page):
            page.show()
        page.show_state(READY)
        kept.append(page)
        return page

    return shown


def charts(page: JobPage) -> list[SharesChart]:
    return [each for each in page.findChildren(SharesChart) if each.isVisible()]


def scrolled(page: JobPage) -> dict[str, int]:
    """How far whatever is scrolled sideways can be, and the whole page downwards."""
    bars = {
        f"{type(area).__name__} {number}": area.horizontalScrollBar()
        for number, area in enumerate(
            [*page.findChildren(QScrollArea), *page.findChildren(QTableView)]
        )
        if area.isVisible()
    }
    bars["page"] = page.findChildren(QScrollArea)[0].verticalScrollBar()
    return {name: bar.maximum() for name, bar in bars.items() if bar.maximum()}


KEYS = ("walk", "search", "leaks", "runs")


@pytest.mark.usefixtures("fresh_look", "each_language")
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    ("look", "size"),
    [
        (Theme(LIGHT), (1280, 672)),
        (Theme(DARK), (1366, 720)),
        (Theme(LIGHT), (1024, 652)),
        (Theme(DARK, CLASS, in_class=True), (1920, 1080)),
    ],
)
def test_that_chart_and_finding_are_in_sight_and_nothing_is_scrolled(
    key: str,
    look: Theme,
    size: tuple[int, int],
    show: Callable[..., JobPage],
    qapp: QApplication,
) -> None:
    appearance.apply(qapp, look)
    page = show(key, size)
    for _ in range(5):  # labels that wrap, and what stands around them
        QApplication.processEvents()
    assert scrolled(page) == {}
    assert page.sentence.text() == (page._thing.finding or "A question?")
    for each in (page.sentence, *charts(page)):
        assert each.visibleRegion().boundingRect() == each.rect()
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert label.fontInfo().pixelSize() >= sizes().label, label.text()


@pytest.mark.parametrize("key", KEYS)
def test_that_a_chart_has_names_at_line_ends_and_few_numbers(
    key: str, show: Callable[..., JobPage]
) -> None:
    page = show(key)
    for chart in charts(page):
        assert chart.getPlotItem().legend is None
        names = [label.name for label in chart.overlay.labels]
        assert "yesterday's price" in names
        assert len(names) >= 2
        boxes = chart.overlay.label_boxes()
        assert not any(
            a.adjusted(0, 1, 0, -1).intersects(b) for a in boxes for b in boxes if a != b
        )
        low, high = chart.getPlotItem().vb.viewRange()[1]
        [(_, ticks)] = chart.getPlotItem().getAxis("left").tickValues(low, high, 300)
        assert 2 <= len(ticks) <= 5


@pytest.mark.parametrize("key", KEYS)
def test_that_arrow_keys_of_the_page_move_the_place_and_the_line_in_focus(
    key: str, show: Callable[..., JobPage]
) -> None:
    page = show(key)
    listed = page.keys()
    acts = {name: each.act for each in listed for name in each.keys}
    chart = charts(page)[0]
    acts["Right"]()
    assert chart.place is not None
    assert chart.overlay.cards
    acts["Down"]()
    assert chart.line_in_focus
    assert chart.line_in_focus in chart.accessibleDescription().split("\n")[0]


def test_that_keys_act_on_the_forecast_that_has_the_focus(
    show: Callable[..., JobPage], qtbot: QtBot
) -> None:
    page = show("leaks")
    first, second, _ = charts(page)
    page.activateWindow()
    second.setFocus()
    qtbot.waitUntil(second.hasFocus)
    listed = page.keys()
    acts = {name: each.act for each in listed for name in each.keys}
    acts["Down"]()
    assert (bool(first.line_in_focus), bool(second.line_in_focus)) == (False, True)


COSTS = {
    WalkPage: "Not computed yet: 4 trainings.",
    LeakPage: "Not computed yet: 2 trainings.",
    RunsPage: "",
}


@pytest.mark.parametrize("key", ["walk", "leaks", "runs"])
def test_that_before_a_result_its_outline_says_what_it_costs(
    key: str, show: Callable[..., JobPage], qtbot: QtBot
) -> None:
    assert not show(key).findChild(PendingResult).isVisible()
    kinds = {"walk": WalkPage, "runs": RunsPage}
    thing = LeakPage({"numpy": fit}) if key == "leaks" else kinds[key]()
    page = JobPage("The title", "A question?", thing)
    qtbot.addWidget(page, before_close_func=lambda _: thing.shutdown())
    page.show()
    thing.show_state(READY)
    outline = page.findChild(PendingResult)
    assert outline.isVisible()
    assert outline.about.text()
    assert outline.cost.text() == COSTS[type(thing)]


@pytest.mark.parametrize("key", ["search", "leaks"])
def test_that_a_picture_keeps_no_empty_room_where_a_form_stands(
    key: str, show: Callable[..., JobPage]
) -> None:
    page = show(key)
    view = page.picture(key)
    drawn, form = page_frame(view.page), page._thing.form
    assert not drawn.translated(view.page.mapTo(page, QPoint(0, 0))).intersects(
        QRect(form.mapTo(page, QPoint(0, 0)), form.size())
    )
    assert view.words[PicturePart.SENTENCE] == page.sentence.text()
    assert not {PicturePart.DAYS, PicturePart.VERDICT} & view.words.keys()  # of another evaluation


@pytest.mark.parametrize("key", KEYS)
def test_that_a_picture_has_every_line_where_the_numbers_beside_it_say(
    key: str, show: Callable[..., JobPage], tmp_path: Path
) -> None:
    page = show(key)
    write_picture(tmp_path / "page.svg", page.picture(key), PictureKind.SVG, ())
    drawing = read_drawing(tmp_path / "page.svg")
    for chart in charts(page):
        frame = chart.getPlotItem().vb.sceneBoundingRect()
        rect = place(chart, page.picture(key))
        ticks = [
            (float(text.replace(",", "")), y)
            for text, x, y in drawing.texts
            if rect.left() <= x < rect.left() + frame.left() and rect.top() < y < rect.bottom()
            if text.replace(",", "").replace(".", "").isdigit()
        ]
        assert len(ticks) >= 2
        scale = np.poly1d(np.polyfit(*zip(*ticks, strict=True), 1))
        first, last = chart.getPlotItem().vb.viewRange()[0]
        found = drawing.lines_in(rect)
        for line in chart.lines:
            seen = (line.x >= first) & (line.x <= last) & np.isfinite(line.y)
            wanted = scale(line.y[seen]) - BASELINE
            same = [each[-len(wanted) :] for each in found if len(each) >= len(wanted)]
            assert any(float(abs(each[:, 1] - wanted).max()) < 2 for each in same), line.name


@pytest.mark.usefixtures("fresh_look")
@pytest.mark.parametrize("key", KEYS)
def test_that_a_picture_taken_in_the_dark_is_as_in_the_light(
    key: str, show: Callable[..., JobPage], qapp: QApplication, tmp_path: Path
) -> None:
    drawings = []
    for look in (LIGHT, DARK):
        appearance.apply(qapp, Theme(look))
        page = show(key)
        for chart in charts(page):
            chart.focus_line("truth" if key != "search" else "yesterday's price")
        write_picture(tmp_path / "page.svg", page.picture(key), PictureKind.SVG, ())
        drawings.append([painted(each) for each in elements(tmp_path / "page.svg")])
    assert drawings[0] == drawings[1]


@pytest.mark.parametrize("key", KEYS)
def test_that_every_table_says_what_it_is(key: str, show: Callable[..., JobPage]) -> None:
    tables = [each for each in show(key).findChildren(QTableView) if each.isVisible()]
    assert all(each.accessibleName() for each in tables)
