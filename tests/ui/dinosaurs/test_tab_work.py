"""The generator's part of the session: every edit is a change that can be shown back."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from rnnstudio.core.messages import Message
from rnnstudio.core.names.document import save_names
from rnnstudio.core.names.recipes import FastSpec, PaperSpec
from rnnstudio.core.names.report import ReadOptions
from rnnstudio.core.session.kept_names import NamesWork
from rnnstudio.core.session.session import Session
from rnnstudio.core.session.session_file import open_session, save_session
from rnnstudio.ui.dinosaurs.pages.names_pages import PAGES
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from tests.ui.dinosaurs.tab_fixtures import SHORT, Learn, Press, opened, texts, train_button
from tests.ui.work_history import INSPECTOR, WorkHistory, saved


def edits(
    tab: DinosaursTab, qtbot: QtBot, pick: random.Random, folder: Path
) -> list[Callable[[], object]]:
    """What a person may do on each page; files and networks are waited for."""
    drawing, evaluation, explaining = (
        tab.drawer.drawing.form,
        tab.pages.good,
        tab.pages.clipping,
    )
    reading = tab.drawer.names

    def choose(box: QComboBox) -> None:
        box.setCurrentIndex(pick.randrange(2))
        box.activated.emit(box.currentIndex())
        qtbot.waitUntil(lambda: not tab.state.reading, timeout=30_000)

    def type_example() -> None:
        tab.pages.explain.shift.name.selectAll()
        qtbot.keyClicks(tab.pages.explain.shift.name, pick.choice(["rex", "ibex"]))

    def write(field: QLineEdit, text: str) -> None:
        field.selectAll()
        qtbot.keyClicks(field, text)

    def draw() -> None:
        qtbot.waitUntil(lambda: tab.drawing.state.trained is tab.state.looked_at)
        drawing.beginning.setText(pick.choice(["", "an"]))
        tab.draw()
        qtbot.waitUntil(lambda: not tab.drawing.busy, timeout=30_000)

    def look_back() -> None:
        if tab.state.trained is not None:
            tab.jobs.go_back(pick.randrange(tab.state.trained.step))
            qtbot.waitUntil(lambda: tab.state.going_back is None, timeout=30_000)

    def come_back() -> None:
        tab.drawer.replay.past.newest_button.click()

    def open_one() -> None:
        opened(tab, qtbot, folder / pick.choice(["cities.txt", "network.rnnstudio"]))

    return [
        lambda: tab.form.recipe.setCurrentIndex(pick.randrange(2)),
        lambda: tab.form.fields["seed"].setValue(pick.randrange(1, 50)),
        lambda: tab.form.fields["units"].setValue(pick.randrange(2, 40)),
        lambda: drawing.temperature.setValue(pick.randrange(1, 30) / 10),
        lambda: drawing.count.setValue(pick.randrange(1, 90)),
        lambda: drawing.top_k.setValue(pick.randrange(9)),
        lambda: drawing.seed.setValue(pick.randrange(9)),
        lambda: drawing.beginning.setText(pick.choice(["", "an", "rex"])),
        lambda: pick.choice(list(evaluation.recipes.values())).click(),
        lambda: evaluation.seeds.setValue(pick.randrange(1, 9)),
        lambda: write(explaining.clip, str(pick.randrange(1, 9))),
        lambda: write(explaining.learning_rate, pick.choice(["0.2", "0,3", "much"])),
        lambda: tab.pages.turn_to(pick.choice([page for page in PAGES if page != "inspector"])),
        lambda: choose(pick.choice([reading.capitals, reading.accents])),
        type_example,
        *[draw] * 4,
        *[look_back] * 2,
        come_back,
        open_one,
    ]


@pytest.mark.slow
def test_that_what_was_before_each_of_many_edits_comes_back_as_the_same_bytes(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, tmp_path: Path
) -> None:
    fresh, kept, pick = tab.work(), WorkHistory(tab), random.Random(3)
    save_names(tmp_path / "network.rnnstudio", learn(replace(SHORT, seed=5)))
    learn(SHORT)
    (tmp_path / "cities.txt").write_text("Bandung\nMedan\nSolo\n", encoding="utf-8")
    before: list[tuple[NamesWork, bytes]] = []
    for _ in range(90):
        before.append((tab.work(), saved(tab.work())))
        pick.choice(edits(tab, qtbot, pick, tmp_path))()
        assert tab.work() == tab.work() == kept.history.value
    assert any(work.past is not None for work, _ in before)
    assert len({id(work.drawn) for work, _ in before}) > 5
    kept.require_undone()
    assert tab.work() == fresh
    assert tab.state.trained is None
    with qtbot.assertNotEmitted(tab.work_changed):
        for work, data in reversed(before):
            tab.show_work(work)
            assert tab.work() == work
            assert saved(tab.work()) == data


def test_that_drawing_is_undone_and_shown_again_and_going_back_is_a_mere_look(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot
) -> None:
    learn(SHORT)
    kept, page = WorkHistory(tab), tab.pages.drawn
    tab.pages.turn_to("drawn")
    tab.jobs.go_back(150)
    qtbot.waitUntil(lambda: tab.state.past is not None, timeout=30_000)
    assert kept.history.undoes is None
    tab.draw()
    qtbot.waitUntil(
        lambda: not tab.drawing.busy and tab.drawing.state.drawn is not None, timeout=30_000
    )
    assert kept.history.undoes == Message("Drawing of names")
    drawn = kept.history.undone()
    tab.show_work(drawn.value)
    page.flush()
    assert page.drawn.model.rowCount() == 0
    assert page.network.text().startswith("Network as it was after iteration 150")
    tab.show_work(drawn.redone().value)
    page.flush()
    page.drawn.table.selectRow(2)
    assert page.drawn.model.rowCount() == 20
    qtbot.waitUntil(lambda: bool(tab.drawing.state.letters), timeout=30_000)


def test_that_an_evaluation_is_undone_and_comes_back_with_the_session(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, tmp_path: Path
) -> None:
    learn(FastSpec(epochs=1, units=4))
    kept, page = WorkHistory(tab), tab.pages.good
    tab.pages.turn_to("good")
    view = page.evaluation
    tab.evaluation.judge()
    assert "evaluation is under way" in tab.obstacle()
    assert "evaluation" in str(tab.unsaved_work)
    qtbot.waitUntil(lambda: not tab.evaluation.busy and view.table.rowCount() == 5, timeout=30_000)
    assert tab.unsaved_work == ()
    assert kept.history.undoes == Message("Evaluation")
    shown, rows = page.sentence.text(), texts(view.table)
    save_session(tmp_path / "s.rnnstudio", Session(INSPECTOR, tab.work()))
    kept.require_undone()
    page.flush()
    assert view.table.rowCount() == 0
    assert page.sentence.text() != shown
    names = open_session(tmp_path / "s.rnnstudio").names
    assert names is not None
    tab.show_work(names)
    page.flush()
    assert (page.sentence.text(), texts(view.table)) == (shown, rows)


def test_that_opening_a_training_with_other_settings_is_undone_at_once(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, tmp_path: Path
) -> None:
    save_names(tmp_path / "network.rnnstudio", learn(replace(SHORT, seed=5, units=7)))
    tab.form.show_spec(SHORT)
    before, kept = tab.work(), WorkHistory(tab)
    opened(tab, qtbot, tmp_path / "network.rnnstudio")
    assert tab.form.spec() == replace(SHORT, seed=5, units=7)
    assert [str(step.done) for step in kept.history.past] == ["Opening of network.rnnstudio"]
    kept.undo()
    assert tab.work() == before


def test_when_names_came_with_a_network_reading_them_another_way_asks_for_their_file(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, tmp_path: Path
) -> None:
    save_names(tmp_path / "network.rnnstudio", learn(SHORT))
    opened(tab, qtbot, tmp_path / "network.rnnstudio")
    corpus, reading = tab.state.corpus, tab.drawer.names
    reading.accents.activated.emit(0)
    qtbot.waitUntil(lambda: "open their file" in reading.error.text())
    assert tab.state.corpus is corpus


def test_that_no_other_work_is_shown_while_names_are_drawn(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot
) -> None:
    learn(SHORT)
    tab.drawer.drawing.form.count.setValue(5_000)
    tab.draw()
    assert "being drawn" in tab.obstacle()
    tab.drawing.stop()
    qtbot.waitUntil(lambda: not tab.drawing.busy, timeout=30_000)
    assert tab.obstacle() == ""


def test_that_a_list_whose_file_is_gone_is_read_another_way_from_the_session(
    tab: DinosaursTab, qtbot: QtBot, tmp_path: Path
) -> None:
    cities, reading = tmp_path / "cities.txt", tab.drawer.names
    cities.write_bytes("Köln\nBonn\n".encode("cp1252"))
    opened(tab, qtbot, cities)
    save_session(tmp_path / "s.rnnstudio", Session(INSPECTOR, tab.work()))
    cities.unlink()
    names = open_session(tmp_path / "s.rnnstudio").names
    assert names is not None
    tab.show_work(names)
    reading.accents.setCurrentIndex(reading.accents.findData("fold"))
    reading.accents.activated.emit(reading.accents.currentIndex())
    qtbot.waitUntil(lambda: not tab.state.reading, timeout=30_000)
    assert tab.state.file_error == ""
    assert tab.state.corpus is not None
    assert tab.state.corpus.names == ("koln", "bonn")


def test_that_a_session_without_names_has_the_list_the_tab_begins_with(
    tab: DinosaursTab, qtbot: QtBot, tmp_path: Path
) -> None:
    fresh, cities = tab.work(), tmp_path / "cities.csv"
    cities.write_text("Nr;Ort\n1;Köln\n2;Bonn\n", encoding="windows-1252")
    tab.drawer.names.column.setText("Ort")
    tab.files.open_list(cities)
    qtbot.waitUntil(lambda: not tab.state.reading, timeout=30_000)
    tab.show_work(NamesWork())
    assert tab.work() == fresh
    assert tab.drawer.names.options() == ReadOptions()


def test_that_a_network_in_training_is_in_the_work_and_goes_on_bit_equal(
    tab: DinosaursTab, qtbot: QtBot, press: Press, tmp_path: Path
) -> None:
    spec = PaperSpec(iterations=200_000, sample_every=100_000)
    tab.form.show_spec(spec)
    press(train_button(tab))
    qtbot.waitUntil(lambda: tab.work().trained is not None, timeout=30_000)
    assert "stop that" in tab.obstacle()
    save_session(tmp_path / "s.rnnstudio", Session(INSPECTOR, tab.work()))
    tab.home_page.bar.stop_clicked.emit()
    qtbot.waitUntil(lambda: not tab.state.run.active, timeout=30_000)
    names = open_session(tmp_path / "s.rnnstudio").names
    assert names is not None
    tab.show_work(names)
    begun = tab.state.trained
    assert begun is not None
    assert begun is names.runs[-1]
    press(tab.drawer.network.continue_button)
    qtbot.waitUntil(lambda: tab.work().trained is not begun, timeout=30_000)
    tab.home_page.bar.stop_clicked.emit()
    qtbot.waitUntil(lambda: not tab.state.run.active, timeout=30_000)
    assert tab.state.trained is not None
    np.testing.assert_array_equal(tab.state.trained.losses[: begun.step], begun.losses)
