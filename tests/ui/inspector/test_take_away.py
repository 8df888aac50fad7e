from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.inspector.tab import InspectorTab


def colours(image: QImage) -> int:
    places = [(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)]
    return len({image.pixel(x, y) for x, y in places})


@pytest.mark.parametrize("page", range(6))
def test_that_every_page_can_be_drawn_as_png_svg_and_pdf(
    tab: InspectorTab, page: int, tmp_path: Path
) -> None:
    tab.drawings.setCurrentIndex(page)
    for suffix in (".png", ".svg", ".pdf"):
        tab.take_away.save_picture(tmp_path / f"view{suffix}")
    image = QImage(str(tmp_path / "view.png"))
    assert image.size() == tab.drawings.currentWidget().size()
    assert colours(image) > 3
    drawing = ElementTree.parse(tmp_path / "view.svg").getroot()  # noqa: S314 - our own file
    assert len(list(drawing.iter())) > 20
    pdf = (tmp_path / "view.pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert float(box[1]) == pytest.approx(0.75 * image.width(), abs=1)
    assert [path.name for path in tmp_path.iterdir() if path.stem != "view"] == []


def test_that_a_saved_scene_reopens_with_the_same_numbers(
    tab: InspectorTab, tmp_path: Path
) -> None:
    before = tab.state.trace
    tab.take_away.save_scene(tmp_path / "a.rnnstudio")
    tab.show_scene(random_scene(CELLS["rnn"], Sizes(), 7))
    tab.take_away.open_scene(tmp_path / "a.rnnstudio")
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
    tab: InspectorTab, tmp_path: Path
) -> None:
    before = tab.state.trace
    tab.take_away.save_picture(tmp_path / "view.gif")
    assert ".png, .svg or .pdf" in tab.message.text()
    (tmp_path / "folder.csv").mkdir()
    tab.take_away.save_values(tmp_path / "folder.csv")
    assert "is a folder; give the name of a file" in tab.message.text()
    (tmp_path / "a.rnnstudio").write_bytes(b"nothing")
    tab.take_away.open_scene(tmp_path / "a.rnnstudio")
    assert "a.rnnstudio is damaged" in tab.message.text()
    assert tab.state.trace is before
