from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.inspector.events import CoverChosen, FaultInjected, OperationStepped
from rnnstudio.ui.inspector.pages.inspector_pages import PAGES
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.widgets.chart_picture import SHARPNESS, picture_size
from rnnstudio.ui.widgets.heat import heat_colours


def colours(image: QImage) -> int:
    places = [(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)]
    return len({image.pixel(x, y) for x, y in places})


@pytest.mark.parametrize("page", PAGES)
def test_that_every_page_can_be_drawn_as_png_svg_and_pdf(
    tab: InspectorTab, page: str, tmp_path: Path
) -> None:
    tab.pages.turn_to(page)
    for suffix in (".png", ".svg", ".pdf"):
        tab.take_away.save_picture(tmp_path / f"view{suffix}")
    image = QImage(str(tmp_path / "view.png"))
    size = picture_size(tab.take_away.view())
    assert image.size() == SHARPNESS * size
    assert min(image.width(), image.height()) >= 400
    assert colours(image) > 3
    drawing = ElementTree.parse(tmp_path / "view.svg").getroot()  # noqa: S314 - our own file
    assert len(list(drawing.iter())) > 20
    pdf = (tmp_path / "view.pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert float(box[1]) == pytest.approx(0.75 * size.width(), abs=1)
    assert [path.name for path in tmp_path.iterdir() if path.stem != "view"] == []


def test_that_a_saved_scene_reopens_with_the_same_numbers(
    tab: InspectorTab, read: Callable[[Path], None], tmp_path: Path
) -> None:
    before = tab.state.trace
    tab.take_away.save_scene(tmp_path / "a.rnnstudio")
    tab.show_scene(random_scene(CELLS["rnn"], Sizes(), 7))
    read(tmp_path / "a.rnnstudio")
    assert tab.state.scene.cell == before.scene.cell
    for name, gradient in before.gradients.items():
        np.testing.assert_array_equal(tab.state.trace.gradients[name], gradient)


def test_that_values_and_formulas_are_those_in_sight(tab: InspectorTab, tmp_path: Path) -> None:
    tab.take_away.save_values(tmp_path / "a.npz")
    with np.load(tmp_path / "a.npz") as arrays:
        np.testing.assert_array_equal(
            arrays["forward.ft"][..., 0], tab.state.trace.forward[0]["ft"]
        )
    tab.take_away.copy_formulas()
    assert QApplication.clipboard().text().count("&=") == len(tab.state.table)


def test_when_a_file_cannot_be_written_or_read_the_tab_says_so(
    tab: InspectorTab, read: Callable[[Path], None], tmp_path: Path
) -> None:
    before = tab.state.trace
    tab.take_away.save_picture(tmp_path / "view.gif")
    assert ".png, .svg or .pdf" in tab.message.text()
    (tmp_path / "folder.csv").mkdir()
    tab.take_away.save_values(tmp_path / "folder.csv")
    assert "is a folder; give the name of a file" in tab.message.text()
    (tmp_path / "a.rnnstudio").write_bytes(b"nothing")
    read(tmp_path / "a.rnnstudio")
    assert "a.rnnstudio is damaged" in tab.message.text()
    assert tab.state.trace is before


def drawn(tab: InspectorTab, path: Path) -> ElementTree.Element:
    tab.take_away.save_picture(path)
    return ElementTree.parse(path).getroot()  # noqa: S314 - our own file


def words(drawing: ElementTree.Element) -> str:
    return " ".join(text for node in drawing.iter() if (text := (node.text or "").strip()))


def fills(drawing: ElementTree.Element) -> set[str]:
    return {str(node.get("fill")) for node in drawing.iter() if node.get("fill")}


@pytest.mark.parametrize("page", PAGES)
def test_that_a_drawing_holds_no_picture_of_pixels(
    tab: InspectorTab, page: str, tmp_path: Path
) -> None:
    tab.pages.turn_to(page)
    tags = {node.tag.rpartition("}")[2] for node in drawn(tab, tmp_path / "view.svg").iter()}
    assert "image" not in tags


def test_that_every_number_of_a_box_of_colours_is_a_rectangle_of_its_own(
    tab: InspectorTab, tmp_path: Path
) -> None:
    tab.show_scene(random_scene(CELLS["lstm"], Sizes(n_a=8), 1))
    tab.dispatch(OperationStepped(len(tab.state.table) - 1))
    found = fills(drawn(tab, tmp_path / "view.svg"))
    limit = tab.state.scales.bar_limit(backward=False)
    for name in ("ft", "it", "cct", "ot", "c_next", "a_next"):
        for ((fill, _),) in heat_colours(tab.state.values[name], limit):
            assert fill.name() in found, name


def test_that_the_gates_heat_map_is_drawn_number_by_number(
    tab: InspectorTab, tmp_path: Path
) -> None:
    tab.pages.turn_to("gates")
    tab.dispatch(CoverChosen(covered=False))
    tab.pages.gates.shape.buttons["map"].click()
    drawing = drawn(tab, tmp_path / "view.svg")
    values = np.stack([step["ft"][:, 0] for step in tab.state.trace.forward], axis=-1)
    colours = tab.pages.gates.image.getColorMap().map((values.ravel() + 1) / 2, mode="qcolor")
    assert {colour.name() for colour in colours} <= fills(drawing)


@pytest.mark.parametrize("page", PAGES)
def test_that_a_picture_has_no_controls_and_says_what_they_were_set_to(
    tab: InspectorTab, page: str, tmp_path: Path
) -> None:
    tab.pages.turn_to(page)
    said = words(drawn(tab, tmp_path / "view.svg"))
    buttons = ("Open a trained model", "Reveal", "Look at it", "Sorted by", "Equal numbers", "⤢")
    assert not [text for text in buttons if text in said]
    expected = {
        "sums": "size of the whole matrix",
        "gates": "forget gate",
        "flow": "Forget bias",
        "clipping": "Limit",
    }
    assert expected.get(page, "") in said


def test_that_a_picture_of_faulty_numbers_says_so(tab: InspectorTab, tmp_path: Path) -> None:
    assert "fault" not in words(drawn(tab, tmp_path / "a.svg"))
    tab.dispatch(FaultInjected(tab.state.scene.cell.faults[0]))
    assert "A fault is injected" in words(drawn(tab, tmp_path / "b.svg"))
