"""The home page of the forecaster: a question, the days, the verdict, and what proves it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core.stocks.data.split import split_share
from rnnstudio.core.stocks.evaluation.evaluate_job import Evaluation, evaluate_summarized
from rnnstudio.core.stocks.evaluation.forecast import EvaluationRequest
from rnnstudio.core.stocks.evaluation.test_access import AccessLog
from rnnstudio.core.stocks.evaluation.uncertainty import Spread
from rnnstudio.ui.stocks.home.verdict_page import VerdictPage
from rnnstudio.ui.stocks.home_state import STAGES, AheadShown, DaysChosen, LectureStepped
from rnnstudio.ui.stocks.state import StocksState, reduce
from rnnstudio.ui.theme import appearance, tokens
from tests.core.stocks import made


class Shown:
    """A page, and the state that it shows after whatever it asks for."""

    def __init__(self, page: VerdictPage, state: StocksState) -> None:
        self.page, self.state = page, state
        page.asked.connect(self.take)
        self.show()

    def take(self, event: object) -> None:
        self.state = reduce(self.state, event)  # type: ignore[arg-type]
        self.show()

    def show(self, state: StocksState | None = None) -> None:
        self.state = state or self.state
        self.page.show_state(self.state)
        self.page.show_further(None, 1)
        self.page.show_obstacle("")

    def press(self, key: str) -> None:
        listed = self.page.keys()
        [wanted] = [each for each in listed if key in each.keys]
        wanted.act()


@pytest.fixture
def shown(qtbot: QtBot, finished: StocksState) -> Shown:
    page = VerdictPage()
    qtbot.addWidget(page)
    page.resize(1270, 720)
    page.show()
    return Shown(page, finished)


@pytest.fixture
def in_class(qtbot: QtBot) -> Iterator[None]:
    before, app = tokens.theme(), QApplication.instance()
    assert isinstance(app, QApplication)
    appearance.apply(app, replace(before, in_class=True, sizes=tokens.CLASS))
    yield
    appearance.apply(app, before)


def lines(page: VerdictPage) -> dict[str, np.ndarray]:
    return {line.name: line.y for line in page.chart.lines if line.name}


def place_on(page: VerdictPage, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


def words_of(page: VerdictPage) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def test_that_the_last_sixty_test_days_are_drawn_with_cores_own_numbers(
    shown: Shown, evaluation: Evaluation
) -> None:
    forecast, drawn = evaluation.forecast, lines(shown.page)
    np.testing.assert_array_equal(drawn["truth"], forecast.actual[-60:])
    np.testing.assert_array_equal(drawn["network"], forecast.predicted[-60:])
    np.testing.assert_array_equal(drawn["yesterday's price"], forecast.persistence[-60:])


def test_that_no_price_of_test_days_that_are_not_opened_is_in_sight(
    shown: Shown, finished: StocksState
) -> None:
    shown.show(replace(finished, evaluation=None))
    split = finished.split
    assert split is not None
    assert shown.page.seen is not None
    assert shown.page.seen.days.stop == split.rows_known
    assert not np.isfinite(shown.page.seen.truth[split.rows_known :]).any()
    assert len(shown.page.brush.curve.getOriginalDataset()[0]) == split.rows_known
    assert "not opened" in shown.page.brush.spans[-1].name
    shown.take(DaysChosen((0, split.table.rows)))
    assert np.isnan(lines(shown.page)["truth"][split.rows_known :]).all()
    assert "network" not in lines(shown.page)


def test_that_a_day_is_told_with_its_move_and_what_was_said_of_it(
    shown: Shown, evaluation: Evaluation
) -> None:
    forecast = evaluation.forecast
    row = int(np.abs(np.diff(forecast.actual[-60:])).argmax()) + 1
    shown.page.chart.show_place(row)
    first, *_ = shown.page.chart.overlay.cards
    moved = forecast.actual[-60:][row] - forecast.actual[-60:][row - 1]
    assert f"{'up' if moved > 0 else 'down'} {abs(moved):.2f}" in first.text
    assert f"network said {forecast.predicted[-60:][row]:.2f}, one day late" in first.text
    assert [card.role for card in shown.page.chart.overlay.cards] == ["ink", "network"]


def test_that_keys_turn_to_a_line_and_the_day_is_told_of_it(
    shown: Shown, evaluation: Evaluation
) -> None:
    chart = shown.page.chart
    chart.show_place(20)
    turned = []
    for _ in range(3):
        shown.press("Down")
        turned.append(chart.line_in_focus)
    assert sorted(turned) == ["network", "truth", "yesterday's price"]
    while chart.line_in_focus != "network":
        shown.press("Up")
    [bold] = [text for text, font in chart.overlay.cards[0].lines if font.bold()]
    assert bold.startswith(f"network said {evaluation.forecast.predicted[-60:][20]:.2f}")
    assert chart.overlay.cards[0].ringed
    assert chart.accessibleDescription().startswith("Line in focus: network.")
    shown.press("Shift+Left")
    assert chart.line_in_focus == "network"


def test_that_keys_move_the_frame_and_choose_sixty_days_or_all(shown: Shown) -> None:
    seen = shown.page.seen
    assert seen is not None
    whole, last = len(seen.dates), seen.days
    shown.press("Shift+Left")
    assert shown.page.seen is not None
    assert shown.page.seen.days == range(last.start - 5, last.stop - 5)
    shown.press("0")
    assert shown.page.seen.days == range(whole)
    shown.press("Z")
    assert shown.page.seen.days == last
    assert tuple(map(round, shown.page.brush.frame.getRegion())) == (last.start, last.stop)


def test_when_the_frame_is_dragged_its_days_are_drawn(shown: Shown) -> None:
    shown.page.brush.frame.setRegion((100, 220))
    assert shown.page.seen is not None
    assert shown.page.seen.days == range(100, 220)
    assert len(lines(shown.page)["truth"]) == 120


def test_that_the_verdict_has_cores_word_sentence_figures_and_checks(
    shown: Shown, evaluation: Evaluation
) -> None:
    summary, known = evaluation.summary, shown.page.card.known
    assert known.word.text() in ("No.", "A tie.")
    assert known.sentence.text() == str(summary.short_sentence)
    assert known.figures.network.text() == f"{summary.network.errors.rmse:.4g}"
    assert known.figures.yesterday.text() == f"{summary.persistence.errors.rmse:.4g}"
    assert known.checks_button.text().startswith("8 of 8 in order")
    known.checks_button.click()
    assert known.list.isVisible()
    assert {each.sentence.text() for each in known.checks.lines} == {
        str(check.sentence) for check in summary.leakage_checks
    }
    known.checks_button.click()
    assert known.figures.isVisible()


@pytest.mark.usefixtures("each_language")
@pytest.mark.parametrize("seeds", [(1.701, 1.896), (8.0, 9.0)])
def test_that_nothing_is_scrolled_in_a_window_of_1024_by_700(
    seeds: tuple[float, ...],
    qtbot: QtBot,
    finished: StocksState,
    evaluation: Evaluation,
) -> None:
    page = VerdictPage()
    qtbot.addWidget(page)
    page.resize(972, 652)  # without the bar and the rail
    page.show()
    judged = evaluation.summary.with_seeds(Spread(seeds))
    Shown(page, replace(finished, evaluation=replace(evaluation, summary=judged)))
    for _ in range(5):  # labels that wrap, and what stands around them
        QApplication.processEvents()
    area = page.findChildren(QScrollArea)[0]
    assert area.horizontalScrollBar().maximum() == 0
    assert area.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize(
    ("seeds", "word", "says"),
    [((0.5, 9.0), "A tie.", "lies between"), ((8.0, 9.0), "No.", "does not beat")],
)
def test_that_seeds_change_the_word(
    shown: Shown, evaluation: Evaluation, seeds: tuple[float, ...], word: str, says: str
) -> None:
    summary = evaluation.summary
    contest = replace(summary.contest, network=8.0, persistence=3.0)
    judged = replace(summary, contest=contest).with_seeds(Spread(seeds))
    shown.show(replace(shown.state, evaluation=replace(evaluation, summary=judged)))
    assert shown.page.card.known.word.text() == word
    assert says in shown.page.card.known.sentence.text()


@pytest.mark.parametrize("days", [1, 5, 9])
def test_that_too_few_days_carry_no_verdict_no_copy_and_no_number_that_is_none(
    shown: Shown, days: int
) -> None:
    split = made.walk(100, 100 - days)
    trained = made.trained(split, replace(made.SOUND, features=("Open",), target="Open"))
    evaluation = evaluate_summarized(trained, AccessLog(), EvaluationRequest(1))
    files = StocksState(train=split.table, split=trained.split, spec=trained.spec)
    shown.show(replace(files, trained=trained, evaluation=evaluation))
    text = words_of(shown.page)
    assert shown.page.card.known.word.text() == "Too few days."
    assert "can carry no verdict" in text
    for claim in ("nan", "copy", "late", "not chance", "runs off"):
        assert claim not in text.lower()


def test_that_a_class_is_told_it_in_four_presses(
    qtbot: QtBot, finished: StocksState, in_class: None
) -> None:
    page = VerdictPage()
    qtbot.addWidget(page)
    page.resize(1920, 1080)
    page.show()
    shown = Shown(page, finished)
    assert set(lines(page)) == {"truth"}
    assert page.card.sides.currentWidget() is page.card.before
    shown.press("1")
    shown.press("1")
    shown.press("3")
    shown.press("Shift+3")
    assert shown.state.home.hands == (2, 0, 0)
    assert page.card.before.guesses[0].accessibleName() == "No: 2"
    seen = []
    for _ in range(STAGES):
        shown.press("PgDown")
        known = page.card.sides.currentWidget() is page.card.known
        seen.append((len(lines(page)), known, known and page.card.known.list.isVisible()))
    assert seen == [(2, False, False), (3, False, False), (3, True, False), (3, True, True)]
    assert page.card.known.hands.text() == "Guessed: no 2, a tie 0, yes 0."
    shown.press("PgUp")
    assert not page.card.known.list.isVisible()
    assert not page.bar.isVisible()
    assert not page.cards.isVisible()


def test_that_nothing_is_smaller_than_twenty_pixels_in_front_of_a_class(
    qtbot: QtBot, finished: StocksState, in_class: None
) -> None:
    page = VerdictPage()
    qtbot.addWidget(page)
    page.resize(1920, 1080)
    page.show()
    shown = Shown(page, finished)
    for _ in range(STAGES):
        shown.take(LectureStepped(1))
        for label in page.findChildren(QLabel):
            if label.isVisible() and label.text():
                assert label.fontInfo().pixelSize() >= 20, label.text()
        for axis in ("left", "bottom"):
            font = page.chart.getPlotItem().getAxis(axis).style["tickFont"]
            assert font.pixelSize() >= 20


def test_that_the_days_ahead_are_drawn_with_their_interval_and_what_they_are_made_under(
    shown: Shown, evaluation: Evaluation
) -> None:
    shown.take(AheadShown(True))
    ahead = evaluation.future
    count = len(ahead.dates)
    np.testing.assert_array_equal(lines(shown.page)["network"][-count:], ahead.predicted)
    assert shown.page.chart.band.isVisible()
    assert ahead.band is not None
    np.testing.assert_array_equal(shown.page.chart.low.getData()[1][-count:], ahead.band[0])
    for note in ahead.notes:
        assert str(note) in shown.page.notes.text()
    shown.take(AheadShown(False))
    assert not shown.page.chart.band.isVisible()


def test_that_cards_say_what_was_found_and_lead_there(shown: Shown, qtbot: QtBot) -> None:
    cards = shown.page.cards.cards
    assert "for the price held" in cards["closed loop"].line.text()
    assert "one seed says nothing of chance" in cards["seeds"].line.text()
    assert "17 trainings, about" in cards["walk"].line.text()
    with qtbot.waitSignal(shown.page.link_chosen) as chosen:
        qtbot.mouseClick(cards["walk"], Qt.MouseButton.LeftButton)
    assert chosen.args == ["walk"]


def test_that_the_page_fits_a_small_window_and_no_word_is_cut(shown: Shown, qtbot: QtBot) -> None:
    for width, height in ((1294, 720), (972, 652), (908, 552)):
        shown.page.resize(width, height)
        qtbot.wait(1)
        assert shown.page.minimumSizeHint().width() <= width
        assert shown.page.chart.height() >= 150
        assert "…" not in words_of(shown.page)


@pytest.mark.parametrize("width", [1294, 1294 - 316])
def test_that_in_a_window_of_1366_by_768_all_pages_are_in_sight_beside_a_large_chart(
    width: int, shown: Shown
) -> None:
    page = shown.page
    page.resize(width, 720)  # without the bar and the rail, and without a drawer
    for _ in range(5):
        QApplication.processEvents()
    area = page.findChildren(QScrollArea)[0]
    assert area.verticalScrollBar().maximum() == 0
    buttons = page.cards.cards if width > 1000 else page.cards.links
    for button in buttons.values():
        assert button.visibleRegion().boundingRect() == button.rect()
    thing = place_on(page, page.chart.parentWidget()).united(place_on(page, page.card))
    whole = (1366 if width > 1000 else width) * 768
    assert thing.width() * thing.height() >= 0.6 * whole


def test_that_a_screen_reader_is_told_what_the_chart_and_the_series_show(shown: Shown) -> None:
    page = shown.page
    assert "truth: from" in page.chart.accessibleDescription()
    assert "network: from" in page.chart.accessibleDescription()
    assert "opened once" in page.brush.accessibleDescription()
    assert page.card.known.word.accessibleName().startswith("Verdict:")
    for button in (page.button, page.card.known.checks_button, *page.cards.cards.values()):
        assert button.accessibleName() or button.text()


def test_that_days_before_the_test_are_not_called_test_days(
    shown: Shown,
) -> None:
    assert shown.page._title(shown.state).endswith("last 60 test days")
    split = made.walk(100, 94)
    trained = made.trained(split)
    found = evaluate_summarized(trained, AccessLog(), EvaluationRequest())
    state = StocksState(train=split.table, split=trained.split, spec=trained.spec)
    shown.show(replace(state, trained=trained, evaluation=found))
    assert shown.page._title(shown.state) == "Open, 60 days"


def test_that_the_line_of_the_brush_is_thin_however_few_and_flat_its_days(qtbot: QtBot) -> None:
    split = split_share(made.table(np.full(60, 42.0)))
    page = VerdictPage()
    qtbot.addWidget(page)
    page.resize(1270, 720)
    page.show()
    page.show_state(StocksState(train=split.table, split=split, spec=made.SOUND))
    image = page.brush.plot.grab().toImage()
    ink = QColor(tokens.colour("ink"))
    places = [(x, y) for x in range(image.width()) for y in range(image.height())]
    drawn = sum(image.pixelColor(x, y) == ink for x, y in places)
    assert 0 < drawn < 0.1 * len(places)


def test_that_the_hint_below_keeps_no_room_from_a_drawer(shown: Shown) -> None:
    bar = shown.page.bar
    bar.done.setText("Own settings, 5 seeds, trained and judged in 12 s")
    QApplication.processEvents()
    assert bar.hint.isVisible()
    assert bar.hint.width() >= bar.hint.sizeHint().width()
    beside_drawer = shown.page.width() - tokens.sizes().drawer - tokens.sizes().rail
    assert shown.page.minimumSizeHint().width() <= beside_drawer
    shown.page.resize(beside_drawer, 720)
    assert not bar.hint.isVisible()


def test_that_the_count_of_checks_shows_at_its_right_that_it_unfolds(shown: Shown) -> None:
    button = shown.page.card.known.checks_button
    seen = []
    for _ in range(2):
        image = button.grab().toImage()
        side = tokens.sizes().mark
        seen.append(image.copy(image.width() - side - tokens.sizes().gap, 0, side, image.height()))
        colours = {seen[-1].pixel(x, image.height() // 2) for x in range(side)}
        assert len(colours) > 1
        button.click()
    assert seen[0] != seen[1]
