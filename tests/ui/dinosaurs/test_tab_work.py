"""The generator's part of the session: every edit is a change that can be shown back."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.core.names.report import ReadOptions
from rnnstudio.core.session.session import NamesWork, Session
from rnnstudio.core.session.session_file import open_session, save_session
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from tests.ui.dinosaurs.tab_fixtures import SHORT, Learn, Press, opened
from tests.ui.work_history import INSPECTOR, WorkHistory


def edits(tab: DinosaursTab, pick: random.Random) -> list[Callable[[], object]]:
    """What a person may set on each page."""
    drawing, evaluation = tab.sampling_page.form, tab.evaluation_page
    return [
        lambda: tab.form.recipe.setCurrentIndex(pick.randrange(2)),
        lambda: tab.form.fields["seed"].setValue(pick.randrange(1, 50)),
        lambda: tab.form.fields["units"].setValue(pick.randrange(2, 40)),
        lambda: drawing.count.setValue(pick.randrange(1, 90)),
        lambda: drawing.top_k.setValue(pick.randrange(9)),
        lambda: drawing.beginning.setText(pick.choice(["", "an", "rex"])),
        lambda: pick.choice(list(evaluation.recipes.values())).toggle(),
        lambda: evaluation.seeds.setValue(pick.randrange(1, 9)),
        lambda: tab.explaining_page.clip.setText(str(pick.randrange(1, 9))),
        lambda: tab.pages.setCurrentIndex(pick.randrange(6)),
    ]


def test_that_undos_lead_back_through_the_same_bytes(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, tmp_path: Path
) -> None:
    fresh, kept, pick = tab.work(), WorkHistory(tab), random.Random(3)
    learn(SHORT)
    cities = tmp_path / "cities.txt"
    cities.write_text("bandung\nmedan\nsolo\n", encoding="utf-8")
    opened(tab, qtbot, cities)
    for _ in range(60):
        pick.choice(edits(tab, pick))()
    assert len(kept.history.past) > 25
    kept.require_undone()
    assert tab.work() == fresh
    assert tab.state.trained is None
    assert tab.state.corpus is not None
    assert tab.state.corpus.source == "dinosaurs.txt"


def test_that_a_session_without_names_has_the_list_the_tab_begins_with(
    tab: DinosaursTab, qtbot: QtBot, tmp_path: Path
) -> None:
    fresh, cities = tab.work(), tmp_path / "cities.csv"
    cities.write_text("Nr;Ort\n1;Köln\n2;Bonn\n", encoding="windows-1252")
    tab.names_page.reading.column.setText("Ort")
    tab.open_file(cities)
    qtbot.waitUntil(lambda: not tab.state.reading, timeout=30_000)
    tab.show_work(NamesWork())
    assert tab.work() == fresh
    assert tab.names_page.reading.options() == ReadOptions()


def test_that_a_network_in_training_is_in_the_work_and_goes_on_bit_equal(
    tab: DinosaursTab, qtbot: QtBot, press: Press, tmp_path: Path
) -> None:
    spec = PaperSpec(iterations=200_000, sample_every=100_000)
    tab.form.show_spec(spec)
    press(tab.train_page.run_bar.start_button)
    qtbot.waitUntil(lambda: tab.work().trained is not None, timeout=30_000)
    assert "stop that" in tab.obstacle()
    save_session(tmp_path / "s.rnnstudio", Session(INSPECTOR, tab.work()))
    tab.train_page.run_bar.stop_clicked.emit()
    qtbot.waitUntil(lambda: not tab.state.run.active, timeout=30_000)
    names = open_session(tmp_path / "s.rnnstudio").names
    assert names is not None
    tab.show_work(names)
    begun = tab.state.trained
    assert begun is not None
    assert begun is names.runs[-1]
    press(tab.train_page.model_bar.continue_button)
    qtbot.waitUntil(lambda: tab.work().trained is not begun, timeout=30_000)
    tab.train_page.run_bar.stop_clicked.emit()
    qtbot.waitUntil(lambda: not tab.state.run.active, timeout=30_000)
    assert tab.state.trained is not None
    np.testing.assert_array_equal(tab.state.trained.losses[: begun.step], begun.losses)
