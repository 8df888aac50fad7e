"""Pictures of the inspector, read back and held against the numbers of the view."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from rnnstudio.core import language
from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scene_spec import SceneSpec, scenes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.inspector.events import (
    CoverChosen,
    DirectionChosen,
    FaultInjected,
    OperationStepped,
    SceneChosen,
)
from rnnstudio.ui.inspector.pages.inspector_pages import PAGES
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.pictures.picture_file import PictureKind, write_picture
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import DARK, LIGHT, Theme, colours, sizes
from rnnstudio.ui.widgets.chart_picture import page_frame
from rnnstudio.ui.widgets.heat import heat_colours
from rnnstudio.ui.widgets.labelled_chart import LabelledChart
from rnnstudio.ui.widgets.view_picture import USUAL_PARTS, PicturePart
from tests.ui.pictures.drawn_pdf import read_pdf
from tests.ui.pictures.drawn_picture import (
    FRAME,
    SHAPES,
    SVG,
    elements,
    painted,
    place,
    rectangles,
    words,
)
from tests.ui.widgets.drawn_svg import Drawing, read_drawing


def written(
    tab: InspectorTab,
    folder: Path,
    kind: PictureKind = PictureKind.SVG,
    chosen: frozenset[PicturePart] = USUAL_PARTS,
) -> Path:
    path = folder / f"view{kind.suffix}"
    write_picture(path, tab.picture(), kind, chosen)
    return path


@pytest.mark.parametrize("page", PAGES)
def test_that_every_page_becomes_pixels_and_drawings_without_its_controls(
    tab: InspectorTab, page: str, tmp_path: Path
) -> None:
    tab.pages.turn_to(page)
    size = require_sharp(tab, tmp_path)
    require_lines_and_letters(written(tab, tmp_path), page)
    read = read_pdf(written(tab, tmp_path, PictureKind.PDF).read_bytes())
    assert (read.width, read.height) == pytest.approx(
        (0.75 * size.width(), 0.75 * size.height()), abs=1
    )
    assert read.images == 0
    lines = sum(read.operators.count(each) for each in (b" l\n", b" c\n", b" re\n"))
    assert lines > 10 or page == "models"  # until one is opened there are words alone
    front = tab.pages.page
    title = tab.cell.title.text() if front is None else front.title.text()
    assert title in read.words.replace("\t", " ")


def require_sharp(tab: InspectorTab, folder: Path) -> QSize:
    """Pictures in pixels have two and four to one of the screen, each way; the size on it."""
    small = QImage(str(written(tab, folder, PictureKind.PNG_2)))
    large = QImage(str(written(tab, folder, PictureKind.PNG_4)))
    assert large.size() == 2 * small.size()
    view = tab.picture()
    frame, edges = page_frame(view.page).size(), 2 * sizes().gap
    assert small.width() == 2 * (frame.width() + edges)
    assert small.height() >= 2 * (frame.height() + edges)
    seen = {small.pixel(x, y) for x in range(0, small.width(), 7) for y in range(0, 900, 7)}
    assert len(seen) > 3
    return small.size() / 2


def require_lines_and_letters(path: Path, page: str) -> None:
    """A drawing has no pixels and no control; it says what the controls are set to."""
    assert {each.tag.removeprefix(SVG) for each in elements(path)} <= FRAME | SHAPES
    said = words(path)
    controls = ("All terms", "NumPy", "Reveal", "Look at it", "Sorted by", "Equal numbers", "Next")
    assert not [text for text in controls if text in said and page != "models"]
    expected = {
        "sums": "size of the whole matrix",
        "gates": "forget gate",
        "flow": "Forget bias",
        "clipping": "Limit",
    }
    assert expected.get(page, "") in said


def test_that_the_cell_has_its_card_with_formula_and_numbers_by_choice(
    tab: InspectorTab, tmp_path: Path
) -> None:
    whole = words(written(tab, tmp_path))
    assert language.text(tab.state.scene.title) in whole
    assert tab.cell.card.heading.text() in whole
    assert "sum" in whole
    shown = set(tab.picture().offered)
    assert shown == {
        PicturePart.TITLE,
        PicturePart.SENTENCE,
        PicturePart.FORMULA,
        PicturePart.NUMBERS,
    }
    without = words(written(tab, tmp_path, chosen=USUAL_PARTS - {PicturePart.NUMBERS}))
    assert "bias" not in without
    assert tab.cell.card.heading.text() in without
    bare = words(written(tab, tmp_path, chosen=frozenset()))
    assert language.text(tab.state.scene.title) not in bare
    letters = len(elements(written(tab, tmp_path, chosen=frozenset({PicturePart.FORMULA}))))
    assert letters > len(elements(written(tab, tmp_path, chosen=frozenset())))
    assert not tab.cell.card.numbers.isHidden()
    assert not tab.cell.card.formula.isHidden()


def test_that_lines_are_drawn_where_the_ticks_beside_them_say(
    tab: InspectorTab, tmp_path: Path
) -> None:
    tab.dispatch(CoverChosen(covered=False))
    tab.pages.turn_to("gates")
    tab.pages.gates.sentence.window().repaint()
    drawing = read_drawing(written(tab, tmp_path, chosen=frozenset()))
    chart = tab.pages.gates.lines
    frame = place(chart, tab.picture())
    values = np.stack([step["ft"][:, 0] for step in tab.state.trace.forward], axis=-1)
    heights = drawing.axis(frame, 1, {}, grid_below=1.01)
    letters = centres(drawing, frame, tab.state.scene.labels)
    for unit in values:
        assert any(
            len(line) == len(unit)
            and np.abs(line[:, 1] - heights(unit)).max() < 0.1
            and np.abs(line[:, 0] - letters).max() < 4
            for line in drawing.lines_in(frame)
        )


def centres(drawing: Drawing, chart: QRect, labels: tuple[str, ...]) -> list[float]:
    """About where the labels below a chart have their middles."""
    found = {
        text: x + 4
        for text, x, y in drawing.texts
        if chart.contains(int(x), int(y)) and y > chart.bottom() - 60
    }
    return [found[label] for label in labels]


def test_that_a_logarithmic_chart_has_its_lines_where_its_powers_say(
    tab: InspectorTab, tmp_path: Path
) -> None:
    tab.pages.turn_to("flow")
    chart = tab.pages.flow.findChildren(LabelledChart)[0]
    drawing = read_drawing(written(tab, tmp_path, chosen=frozenset()))
    frame = place(chart, tab.picture())
    heights = drawing.axis(frame, 1, {}, scale=np.log10, grid_below=1.01)
    named = [line for line in chart.lines if line.name]
    assert len(named) == 2
    for line in named:
        expected = heights(np.log10(line.y))
        assert any(
            len(each) == len(expected) and np.abs(each[:, 1] - expected).max() < 0.1
            for each in drawing.lines_in(frame)
        )


def test_that_every_cell_of_a_heat_map_is_a_rectangle_in_the_colour_of_its_number(
    tab: InspectorTab, tmp_path: Path
) -> None:
    tab.dispatch(CoverChosen(covered=False))
    tab.pages.turn_to("gates")
    tab.pages.gates.shape.buttons["map"].click()
    drawn = rectangles(written(tab, tmp_path))
    values = np.stack([step["ft"][:, 0] for step in tab.state.trace.forward], axis=-1)
    ramp = tab.pages.gates.image.getColorMap()
    expected = [each.name() for each in ramp.map((values.ravel() + 1) / 2, mode="qcolor")]
    assert any(
        drawn[at : at + len(expected)] == expected for at in range(len(drawn) - len(expected) + 1)
    )


def test_that_a_box_of_many_units_is_a_rectangle_a_number_in_its_colour(
    tab: InspectorTab, tmp_path: Path
) -> None:
    tab.show_scene(random_scene(CELLS["lstm"], Sizes(n_a=8), 1))
    tab.dispatch(OperationStepped(tab.state.last_position))
    drawn = rectangles(written(tab, tmp_path))
    limit = tab.state.scales.bar_limit(backward=False)
    for name in ("ft", "it", "cct", "ot", "c_next", "a_next"):
        row = [fill.name() for ((fill, _),) in heat_colours(tab.state.values[name], limit)]
        assert any(drawn[at : at + len(row)] == row for at in range(len(drawn))), name


def test_that_a_table_of_the_numbers_stands_below_by_choice(
    tab: InspectorTab, tmp_path: Path
) -> None:
    tab.dispatch(CoverChosen(covered=False))
    tab.pages.turn_to("gates")
    assert "unit 1 unit 2" not in words(written(tab, tmp_path))
    said = words(written(tab, tmp_path, chosen=frozenset(PicturePart)))
    titles, rows = tab.picture().table()
    assert " ".join(titles) in said
    for row in rows:
        assert " ".join(row) in said


def test_that_two_cells_beside_each_other_have_their_names(
    tab: InspectorTab, tmp_path: Path
) -> None:
    tab.dispatch(SceneChosen(*scenes(SceneSpec(cells=("lstm", "gru")))))
    said = words(written(tab, tmp_path))
    for name in tab.cell.view.names:
        assert name.isVisible()
        assert name.text() in said


def test_that_a_picture_of_faulty_numbers_says_so(tab: InspectorTab, tmp_path: Path) -> None:
    assert "fault" not in words(written(tab, tmp_path))
    tab.dispatch(FaultInjected(tab.state.scene.cell.faults[0]))
    assert "A fault is injected" in words(written(tab, tmp_path, chosen=frozenset()))


@pytest.mark.parametrize("page", ["cell", "gates", "sums", "questions"])
@pytest.mark.usefixtures("fresh_look")
def test_that_a_picture_taken_in_the_dark_is_the_same_as_in_the_light(
    make_tab: Callable[[], InspectorTab], qapp: QApplication, page: str, tmp_path: Path
) -> None:
    drawings = []
    for look in (LIGHT, DARK):
        appearance.apply(qapp, Theme(look))
        tab = make_tab()
        tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
        tab.pages.turn_to(page)
        before = tab.pages.front.grab().toImage()
        drawings.append([painted(each) for each in elements(written(tab, tmp_path))])
        assert colours() is look
        assert tab.pages.front.grab().toImage() == before
    assert drawings[0] == drawings[1]


@pytest.mark.usefixtures("fresh_look")
def test_that_a_picture_is_dark_when_it_is_asked_for_as_on_the_screen(
    make_tab: Callable[[], InspectorTab], qapp: QApplication, tmp_path: Path
) -> None:
    appearance.apply(qapp, Theme(DARK))
    tab = make_tab()
    write_picture(tmp_path / "a.png", tab.picture(), PictureKind.PNG_2, as_on_screen=True)
    assert QImage(str(tmp_path / "a.png")).pixelColor(2, 2) == QColor(DARK.panel)
    write_picture(tmp_path / "b.png", tab.picture(), PictureKind.PNG_2)
    assert QImage(str(tmp_path / "b.png")).pixelColor(2, 2) == QColor(LIGHT.panel)
