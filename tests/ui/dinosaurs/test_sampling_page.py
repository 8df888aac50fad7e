"""The sampling page: what it shows is what the core draws."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.ui.dinosaurs.sampling_page import SamplingPage
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.running import Phase
from tests.ui.dinosaurs.tab_fixtures import SHORT, Learn, Press


@pytest.fixture
def page(tab: DinosaursTab, learn: Learn) -> SamplingPage:
    learn(SHORT)
    tab.pages.setCurrentWidget(tab.sampling_page)
    return tab.sampling_page


def drawn(page: SamplingPage, qtbot: QtBot, press: Press) -> list[list[str]]:
    """Press Draw and give the table once it is shown."""
    press(page.draw_button)
    qtbot.waitUntil(page.draw_button.isEnabled, timeout=30_000)
    model = page.drawn.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def room(tab: DinosaursTab) -> NameSampler:
    assert tab.state.trained is not None
    return NameSampler(tab.state.trained)


def test_that_the_table_has_the_names_marks_and_neighbours_of_the_settings(
    tab: DinosaursTab, page: SamplingPage, qtbot: QtBot, press: Press
) -> None:
    page.form.temperature.setValue(0.5)
    page.form.top_k.setValue(5)
    page.form.beginning.setText("tri")
    page.form.count.setValue(12)
    page.form.seed.setValue(3)
    rows = drawn(page, qtbot, press)
    expected = room(tab).names(Sampling(0.5, 5, "tri", 12, 3))
    assert [row[0] for row in rows] == [each.name for each in expected]
    assert all(row[0].startswith("tri") for row in rows)
    for row, each in zip(rows, expected, strict=True):
        assert row[1].endswith(each.kind.value)
        assert row[2] == f"{each.nearest} ({each.distance})"
    assert page.drawn.summary.text().startswith("12 names")


def test_that_a_chosen_name_is_drawn_again_letter_by_letter(
    tab: DinosaursTab, page: SamplingPage, qtbot: QtBot, press: Press
) -> None:
    rows = drawn(page, qtbot, press)
    number = max(range(len(rows)), key=lambda row: len(rows[row][0]))
    letters = list(room(tab).letters(Sampling(count=20), number))
    page.drawn.table.selectRow(number)
    view = page.letters
    for place, letter in enumerate(letters, start=1):
        assert (
            list(view.bars.said.opts["height"]) == letter.yt_pred[list(view.bars.symbols)].tolist()
        )
        assert view.hidden._array.shape == (place, 50)
        assert np.array_equal(view.hidden._array[-1], letter.states["a"][:, 0])
        if view.next_button.isEnabled():
            press(view.next_button)
    assert view.written.text() == rows[number][0]


def test_that_names_are_exported_as_text_and_as_csv(
    page: SamplingPage, qtbot: QtBot, press: Press, tmp_path: Path
) -> None:
    rows = drawn(page, qtbot, press)
    page.export(tmp_path / "names.txt")
    page.export(tmp_path / "names.csv")
    text = (tmp_path / "names.txt").read_text(encoding="utf-8").split("\n")[:-1]
    assert text == [row[0] for row in rows if not row[1].endswith(("empty", "cut off"))]
    with (tmp_path / "names.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert [f"{row['nearest']} ({row['distance']})" for row in table] == [row[2] for row in rows]


def test_when_the_beginning_cannot_be_written_the_sentence_is_shown_and_the_names_stay(
    page: SamplingPage, qtbot: QtBot, press: Press
) -> None:
    rows = drawn(page, qtbot, press)
    page.form.beginning.setText("Ré")
    again = drawn(page, qtbot, press)
    assert page.error.isVisible()
    assert page.error.text().startswith("The beginning has 'é', which no name of the list has;")
    assert again == rows
    page.form.beginning.clear()
    drawn(page, qtbot, press)
    assert not page.error.isVisible()


def test_that_ten_thousand_names_can_be_stopped(
    page: SamplingPage, qtbot: QtBot, press: Press
) -> None:
    page.form.count.setValue(10_000)
    press(page.draw_button)
    qtbot.waitUntil(lambda: page.state.run.step > 0, timeout=30_000)
    press(page.stop_button)
    qtbot.waitUntil(lambda: page.state.run.phase is Phase.CANCELLED, timeout=30_000)
    assert 0 < len(page.state.verdicts) < 10_000


def test_that_without_a_network_nothing_can_be_drawn(tab: DinosaursTab, qtbot: QtBot) -> None:
    tab.pages.setCurrentWidget(tab.sampling_page)
    assert not tab.sampling_page.draw_button.isEnabled()
    assert not tab.sampling_page.export_button.isEnabled()
    qtbot.keyClick(tab.sampling_page.form.beginning, Qt.Key.Key_Return)
    assert not tab.sampling_page.state.run.active
