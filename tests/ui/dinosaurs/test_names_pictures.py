"""Pictures of the names for slides, read back and held against the names and their loss."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from rnnstudio.ui.dinosaurs.home.stage_words import written
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.pictures.picture_file import PictureKind, write_picture
from rnnstudio.ui.widgets.view_picture import PicturePart
from tests.ui.dinosaurs.tab_fixtures import SHORT, Learn
from tests.ui.pictures.drawn_pdf import read_pdf
from tests.ui.pictures.drawn_picture import FRAME, SHAPES, SVG, elements, place, words
from tests.ui.widgets.drawn_svg import read_drawing


def test_that_the_filmstrip_and_the_loss_become_pixels_and_drawings(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, tmp_path: Path
) -> None:
    trained = learn(SHORT)
    shown = tab.home_page.film.headings[2]
    qtbot.waitUntil(lambda: tab.state.film is not None and tab.state.film.trained is trained)
    qtbot.waitUntil(lambda: "300" in shown.text() and tab.state.references is not None)
    tab.home_page.film.window().repaint()
    for kind in PictureKind:
        write_picture(tmp_path / f"{kind.name}{kind.suffix}", tab.picture(), kind)
    said = words(tmp_path / "SVG.svg")
    letters = said.replace(" ", "")  # a long name stands in two lines
    for row in tab.home_page.film.rows:
        assert row.line.verdict is not None
        assert written(row.line.now) in letters
        assert (row.line.verdict.nearest or "") in letters or not row.line.now
    assert tab.home_page.sentence.text() in said
    assert tab.home_page.letters.field.text() in said
    assert not [text for text in ("Stop", "Pause", "slow", "careful") if text in said]
    tags = {each.tag.removeprefix(SVG) for each in elements(tmp_path / "SVG.svg")}
    assert tags <= FRAME | SHAPES
    page = read_pdf((tmp_path / "PDF.pdf").read_bytes())
    assert page.images == 0
    found = page.words.replace("\t", " ")
    assert tab.home_page.sentence.text() in found
    for label in tab.home_page.loss.overlay.labels:
        assert label.name in found, "a number in a PDF can be searched and copied"
    small, large = (QImage(str(tmp_path / f"PNG_{by}.png")) for by in (2, 4))
    assert large.size() == 2 * small.size()
    require_loss_by_its_ticks(tab, tmp_path)


def require_loss_by_its_ticks(tab: DinosaursTab, folder: Path) -> None:
    """The lines of the loss are where the numbers beside them say."""
    write_picture(folder / "bare.svg", tab.picture(), PictureKind.SVG, frozenset())
    chart = tab.home_page.loss
    frame = place(chart, tab.picture())
    drawing = read_drawing(folder / "bare.svg")
    heights = drawing.axis(frame, 1, {}, grid_below=1.01)
    line = chart.lines[-1]
    drawn = [each for each in drawing.lines_in(frame) if len(each) == len(line.y)]
    assert any(np.abs(each[:, 1] - heights(line.y)).max() < 0.1 for each in drawn)


def test_that_only_what_the_page_in_sight_has_is_offered(tab: DinosaursTab) -> None:
    tab.workbench.open_section("export")
    form = tab.drawer.pictures
    shown = {part for part, box in form.boxes.items() if not box.isHidden()}
    assert shown == {PicturePart.SENTENCE}
    assert form.animation.isHidden()
    tab.pages.turn_to("list")
    shown = {part for part, box in form.boxes.items() if not box.isHidden()}
    assert PicturePart.TITLE in shown
