"""The heat map: numbers are read, chosen and edited in it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from rnnstudio.ui.theme.tokens import DARK, Theme, choose
from rnnstudio.ui.widgets.heat import heat_colours, heat_image, luminance
from rnnstudio.ui.widgets.heat_map import HeatMap

ARRAY = np.array([[0.5, -1.25, 3.0], [1e-9, -0.123456, 0.0]])


@pytest.fixture
def heat_map(qtbot: QtBot) -> HeatMap:
    heat_map = HeatMap(editable=True)
    qtbot.addWidget(heat_map)
    heat_map.resize(400, 200)
    heat_map.show_array(ARRAY, 3.0, entry=(0, 0))
    heat_map.show()
    return heat_map


def test_that_a_click_chooses_the_cell_under_it(heat_map: HeatMap, qtbot: QtBot) -> None:
    for row in range(2):
        for column in range(3):
            place = heat_map.cell_rect(row, column).center().toPoint()
            with qtbot.waitSignal(heat_map.chosen) as chosen:
                qtbot.mouseClick(heat_map, Qt.MouseButton.LeftButton, pos=place)
            assert chosen.args == [row, column]


def test_that_arrow_keys_move_the_choice_and_stop_at_the_edge(
    heat_map: HeatMap, qtbot: QtBot
) -> None:
    moves = {Qt.Key.Key_Right: [0, 1], Qt.Key.Key_Down: [1, 0], Qt.Key.Key_Up: [0, 0]}
    for key, entry in moves.items():
        with qtbot.waitSignal(heat_map.chosen) as chosen:
            qtbot.keyClick(heat_map, key)
        assert chosen.args == entry


def test_that_a_typed_number_is_emitted_with_its_cell(heat_map: HeatMap, qtbot: QtBot) -> None:
    editor = heat_map.edit(1, 2)
    editor.setText("−0.75")
    with qtbot.waitSignal(heat_map.edited) as edited:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert edited.args == [1, 2, -0.75]


@pytest.mark.parametrize("text", ["abc", "", "nan", "inf", "1;5"])
def test_that_what_is_no_number_is_refused_and_the_old_one_stays(
    heat_map: HeatMap, qtbot: QtBot, text: str
) -> None:
    editor = heat_map.edit(0, 1)
    editor.setText(text)
    with (
        qtbot.assertNotEmitted(heat_map.edited),
        qtbot.waitSignal(heat_map.refused) as refused,
    ):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert "−1.25 stays" in refused.args[0]
    assert heat_map.cell_text(0, 1) == "−1.25"


def test_that_escape_keeps_the_old_number_and_leaving_takes_the_new_one(
    heat_map: HeatMap, qtbot: QtBot
) -> None:
    editor = heat_map.edit(0, 0)
    editor.setText("7")
    with qtbot.assertNotEmitted(heat_map.edited):
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    editor = heat_map.edit(0, 0)
    editor.setText("8")
    with qtbot.waitSignal(heat_map.edited) as edited:
        heat_map.setFocus()
    assert edited.args == [0, 0, 8.0]


def test_that_new_numbers_close_a_field_that_is_still_open(heat_map: HeatMap) -> None:
    heat_map.edit(0, 0)
    heat_map.show_array(ARRAY * 2, 3.0)
    assert not [field for field in heat_map.findChildren(QLineEdit) if field.isVisible()]


def test_that_a_large_matrix_keeps_every_cell_within_the_widget(heat_map: HeatMap) -> None:
    heat_map.show_array(np.zeros((50, 53)), 1.0)
    corner = heat_map.cell_rect(49, 52).bottomRight()
    assert heat_map.rect().contains(corner.toPoint())
    assert heat_map.cell_at(heat_map.cell_rect(49, 52).center()) == (49, 52)


@pytest.mark.parametrize("value", np.linspace(-1, 1, 41))
def test_that_numbers_can_be_read_on_their_colour(value: float) -> None:
    colours = heat_colours(np.array([[value]]), 1.0)[0][0]
    dark, light = sorted(luminance(colour) for colour in colours)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_that_black_on_white_has_the_largest_contrast_there_is() -> None:
    assert luminance(QColor("white")) == pytest.approx(1)
    assert luminance(QColor("black")) == 0
    assert luminance(QColor("#777777")) == pytest.approx(0.184, abs=1e-3)


def test_that_zero_has_the_ground_s_colour_in_either_theme(
    fresh_look: None,
) -> None:
    for theme in (Theme(), Theme(colours=DARK)):
        choose(theme)
        assert heat_colours(np.zeros((1, 1)), 1.0)[0][0][0] == QColor(theme.colours.panel)
        assert heat_image(np.zeros((1, 1)), 1.0).pixelColor(0, 0) == QColor(theme.colours.panel)
