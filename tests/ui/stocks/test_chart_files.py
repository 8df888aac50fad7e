"""The exported charts, read back: what is drawn is where its own scale says."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from rnnstudio.ui.pictures.picture_file import PictureKind, write_picture
from rnnstudio.ui.stocks.example import finished_state
from rnnstudio.ui.stocks.home.verdict_page import VerdictPage
from rnnstudio.ui.stocks.home_state import AheadShown
from rnnstudio.ui.stocks.state import StocksState, reduce
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import DARK, LIGHT, Theme, colours
from rnnstudio.ui.widgets.view_picture import PicturePart, ViewPicture
from tests.ui.pictures.drawn_pdf import read_pdf
from tests.ui.pictures.drawn_picture import FRAME, SHAPES, SVG, elements, painted, place, words
from tests.ui.widgets.drawn_svg import BASELINE, Drawing, read_drawing


@pytest.fixture(scope="module")
def state() -> StocksState:
    return finished_state()


@pytest.fixture
def page(qtbot: QtBot, state: StocksState) -> VerdictPage:
    page = VerdictPage()
    qtbot.addWidget(page)
    page.resize(1400, 1000)
    with qtbot.waitExposed(page):
        page.show()
    page.show_state(state)
    return page


def write(path: Path, page: VerdictPage, kind: PictureKind) -> None:
    write_picture(path, ViewPicture(page, "verdict"), kind)


def said(page: VerdictPage, path: Path, *chosen: PicturePart) -> str:
    write_picture(path, page.picture(), PictureKind.SVG, chosen)
    return words(path)


def test_that_share_days_and_verdict_are_in_a_picture_by_choice(
    page: VerdictPage, state: StocksState, tmp_path: Path
) -> None:
    part, path = PicturePart, tmp_path / "verdict.svg"
    assert page.picture().offered == (part.SENTENCE, part.SHARE, part.DAYS, part.VERDICT)
    bare = said(page, path)
    evaluation = state.evaluation
    assert evaluation is not None
    table, rows = evaluation.forecast.table, evaluation.forecast.rows
    for wanted, text in (
        (part.SENTENCE, page.question.text()),
        (part.SHARE, table.source),
        (part.DAYS, f"{table.dates[rows.start]} to {table.dates[rows.stop - 1]}"),
        (part.VERDICT, page.card.known.word.text()),
        (part.VERDICT, page.card.known.checks_button.text()),
        (part.VERDICT, page.card.known.figures.network.text()),
    ):
        assert text not in bare
        assert text in said(page, path, wanted)


def test_that_a_picture_before_the_verdict_has_none_and_no_control(
    page: VerdictPage, state: StocksState, tmp_path: Path
) -> None:
    page.show_state(replace(state, evaluation=None))
    assert PicturePart.VERDICT not in page.picture().offered
    text = said(page, tmp_path / "before.svg", *PicturePart)
    assert "days before the test" in text
    assert not [each for each in ("Find out", "Choose", "Walk forward", "Runs") if each in text]
    tags = {each.tag.removeprefix(SVG) for each in elements(tmp_path / "before.svg")}
    assert tags <= FRAME | SHAPES


@pytest.mark.usefixtures("fresh_look")
def test_that_the_verdict_pictured_in_the_dark_is_as_in_the_light(
    qtbot: QtBot, qapp: QApplication, state: StocksState, tmp_path: Path
) -> None:
    drawings = []
    for look in (LIGHT, DARK):
        appearance.apply(qapp, Theme(look))
        page = VerdictPage()
        qtbot.addWidget(page)
        page.resize(1200, 700)
        with qtbot.waitExposed(page):
            page.show()
        page.show_state(state)
        qtbot.waitUntil(lambda page=page: page.card.height() > 300)
        write_picture(tmp_path / "a.svg", page.picture(), PictureKind.SVG)
        drawings.append([painted(each) for each in elements(tmp_path / "a.svg")])
    assert drawings[0] == drawings[1]


def test_that_the_verdict_becomes_a_pdf_of_words_and_lines(
    page: VerdictPage, tmp_path: Path
) -> None:
    write_picture(tmp_path / "a.pdf", page.picture(), PictureKind.PDF)
    read = read_pdf((tmp_path / "a.pdf").read_bytes())
    assert read.images == 0
    assert page.card.known.word.text() in read.words.replace("\t", " ")
    assert read.operators.count(b" l\n") > 100


def drawn(page: VerdictPage, folder: Path) -> Drawing:
    write(folder / "page.svg", page, PictureKind.SVG)
    return read_drawing(folder / "page.svg")


def test_that_every_line_is_drawn_where_the_prices_beside_it_say(
    page: VerdictPage, tmp_path: Path
) -> None:
    drawing = drawn(page, tmp_path)
    chart = place(page.chart, ViewPicture(page, "verdict"))
    ticks = [
        (float(text), y)
        for text, x, y in drawing.texts
        if x < page.chart.getPlotItem().vb.sceneBoundingRect().left() and text.isdigit()
        if chart.contains(int(x), int(y))
    ]
    assert len(ticks) > 2
    scale = np.poly1d(np.polyfit(*zip(*ticks, strict=True), 1))
    found = [line for line in drawing.lines_in(chart) if len(line) == 60]
    for line in page.chart.lines:
        wanted = scale(line.y) - BASELINE
        assert any(float(abs(each[:, 1] - wanted).max()) < 2 for each in found), line.name
    for each in found:
        np.testing.assert_allclose(np.diff(each[:, 0]), np.diff(each[:, 0]).mean(), atol=0.1)


def test_that_no_reader_has_to_scale_lines_by_days_and_prices(
    page: VerdictPage, tmp_path: Path
) -> None:
    """Renderers differ in how wide they draw a line whose x is stretched more than its y."""
    write(tmp_path / "page.svg", page, PictureKind.SVG)
    text = (tmp_path / "page.svg").read_text("utf-8")
    stretched = set(re.findall(r"matrix\(([^,]+),([^,]+),([^,]+),([^,]+),", text))
    assert all(
        (across, turned) == (down, f"{-float(back):g}" if float(back) else "0")
        for across, turned, back, down in stretched
    )
    assert QSvgRenderer(str(tmp_path / "page.svg")).isValid()


def test_that_the_picture_is_twice_as_sharp_and_in_the_views_colours(
    page: VerdictPage, tmp_path: Path
) -> None:
    write(tmp_path / "page.png", page, PictureKind.PNG_2)
    image = QImage(str(tmp_path / "page.png"))
    assert image.width() >= 2 * page.chart.width()
    seen = {image.pixelColor(x, y).name() for x in range(0, 1800, 2) for y in range(0, 900, 2)}
    assert QColor(colours().network).name() in seen


def test_that_what_the_days_ahead_are_made_under_is_in_the_drawing(
    page: VerdictPage, state: StocksState, tmp_path: Path
) -> None:
    page.show_state(reduce(state, AheadShown(True)))
    page.notes.show()
    page.notes.setText("Days ahead are assumed to be days.")
    texts = [text for text, _, _ in drawn(page, tmp_path).texts]
    assert any("assumed to be days" in text for text in texts)
