"""The sampling page: what it shows is what the core draws."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.ui.dinosaurs.pages.drawn_page import DrawnPage
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.running import Phase
from tests.ui.dinosaurs.tab_fixtures import SHORT, Learn, Press


@pytest.fixture
def page(tab: DinosaursTab, learn: Learn) -> DrawnPage:
    learn(SHORT)
    tab.drawer.drawing.form.temperature.setValue(1)
    tab.pages.turn_to("drawn")
    return tab.pages.drawn


def drawn(tab: DinosaursTab, page: DrawnPage, qtbot: QtBot, press: Press) -> list[list[str]]:
    """Press Draw and give the table once it is shown."""
    press(page.draw_button)
    qtbot.waitUntil(lambda: not tab.drawing.busy, timeout=30_000)
    qtbot.waitUntil(page.draw_button.isEnabled)
    page.flush()
    model = page.drawn.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def room(tab: DinosaursTab) -> NameSampler:
    assert tab.state.trained is not None
    return NameSampler(tab.state.trained)


def test_that_the_table_has_the_names_marks_and_neighbours_of_the_settings(
    tab: DinosaursTab, page: DrawnPage, qtbot: QtBot, press: Press
) -> None:
    tab.drawer.drawing.form.temperature.setValue(0.5)
    tab.drawer.drawing.form.top_k.setValue(5)
    tab.drawer.drawing.form.beginning.setText("tri")
    tab.drawer.drawing.form.count.setValue(12)
    tab.drawer.drawing.form.seed.setValue(3)
    rows = drawn(tab, page, qtbot, press)
    expected = room(tab).names(Sampling(0.5, 5, "tri", 12, 3))
    assert [row[0] for row in rows] == [each.name for each in expected]
    assert all(row[0].startswith("tri") for row in rows)
    for row, each in zip(rows, expected, strict=True):
        assert row[1].endswith(each.kind.value)
        assert row[2] == f"{each.nearest} ({each.distance})"
    assert page.drawn.summary.text().startswith("12 names")


def test_that_a_chosen_name_is_drawn_again_letter_by_letter(
    tab: DinosaursTab, page: DrawnPage, qtbot: QtBot, press: Press
) -> None:
    rows = drawn(tab, page, qtbot, press)
    number = max(range(len(rows)), key=lambda row: len(rows[row][0]))
    letters = list(room(tab).letters(Sampling(count=20), number))
    page.drawn.table.selectRow(number)
    page.flush()
    view = page.letters
    for place, letter in enumerate(letters, start=1):
        assert (
            list(view.bars.said.opts["height"]) == letter.yt_pred[list(view.bars.symbols)].tolist()
        )
        assert view.hidden._array.shape == (place, 50)
        assert np.array_equal(view.hidden._array[-1], letter.states["a"][:, 0])
        if view.next_button.isEnabled():
            press(view.next_button)
            page.flush()
    assert view.written.text() == rows[number][0]


def test_that_names_are_exported_as_text_and_as_csv(
    tab: DinosaursTab, page: DrawnPage, qtbot: QtBot, press: Press, tmp_path: Path
) -> None:
    rows = drawn(tab, page, qtbot, press)
    tab.drawing.export(tmp_path / "names.txt")
    tab.drawing.export(tmp_path / "names.csv")
    text = (tmp_path / "names.txt").read_text(encoding="utf-8").split("\n")[:-1]
    assert text == [row[0] for row in rows if not row[1].endswith(("empty", "cut off"))]
    with (tmp_path / "names.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert [f"{row['nearest']} ({row['distance']})" for row in table] == [row[2] for row in rows]


def test_when_the_beginning_cannot_be_written_the_sentence_is_shown_and_the_names_stay(
    tab: DinosaursTab, page: DrawnPage, qtbot: QtBot, press: Press
) -> None:
    rows = drawn(tab, page, qtbot, press)
    tab.drawer.drawing.form.beginning.setText("Ré")
    again = drawn(tab, page, qtbot, press)
    qtbot.waitUntil(page.error.isVisible)
    assert page.error.text().startswith("The beginning has 'é', which no name of the list has;")
    assert again == rows
    tab.drawer.drawing.form.beginning.clear()
    drawn(tab, page, qtbot, press)
    qtbot.waitUntil(lambda: not page.error.isVisible())


def test_that_ten_thousand_names_can_be_stopped(
    tab: DinosaursTab, page: DrawnPage, qtbot: QtBot, press: Press
) -> None:
    tab.drawer.drawing.form.count.setValue(10_000)
    press(page.draw_button)
    qtbot.waitUntil(lambda: tab.drawing.state.run.step > 0, timeout=30_000)
    press(page.stop_button)
    qtbot.waitUntil(lambda: tab.drawing.state.run.phase is Phase.CANCELLED, timeout=30_000)
    assert 0 < len(tab.drawing.state.verdicts) < 10_000


def test_that_without_a_network_nothing_can_be_drawn(tab: DinosaursTab, qtbot: QtBot) -> None:
    tab.pages.turn_to("drawn")
    assert not tab.pages.drawn.draw_button.isEnabled()
    assert not tab.pages.drawn.export_button.isEnabled()
    qtbot.keyClick(tab.drawer.drawing.form.beginning, Qt.Key.Key_Return)
    assert not tab.drawing.state.run.active
