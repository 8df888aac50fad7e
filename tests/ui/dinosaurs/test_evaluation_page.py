"""Comparison and evaluation: the tables have the core's figures."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.evaluate import EvaluationPlan, evaluate, evaluate_trained
from rnnstudio.core.names.learning_curve import learning_curve, names_seen
from rnnstudio.core.names.recipe_comparison import compare
from rnnstudio.core.names.recipes import FastSpec, PaperSpec
from rnnstudio.core.numbers import percent
from rnnstudio.core.training import Control, Finished
from rnnstudio.ui.dinosaurs import evaluation_jobs
from rnnstudio.ui.dinosaurs.pages.runs_view import MOST_POINTS, cell_text
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.running import Phase
from tests.ui.dinosaurs.tab_fixtures import SHORT, Learn, Press, texts

FAST = FastSpec(epochs=2, units=16)


def test_that_the_table_has_the_settings_that_differ_and_a_curve_a_training(
    tab: DinosaursTab, learn: Learn
) -> None:
    runs = (learn(SHORT), learn(PaperSpec(iterations=200, seed=5)), learn(FAST))
    tab.pages.turn_to("compare")
    view, expected = tab.pages.compare.runs, compare(runs)
    header = view.table.model()
    titles = [
        header.headerData(column, Qt.Orientation.Horizontal).replace("\n", " ")
        for column in range(header.columnCount())
    ]
    assert titles == ["Training", *map(str, expected.columns)]
    assert texts(view.table) == [
        [f"{place}", *map(cell_text, row)] for place, row in enumerate(expected.rows, start=1)
    ]
    for run, line in zip(runs, view.chart.lines, strict=True):
        seen, losses = learning_curve(run, MOST_POINTS)
        assert (seen[0], seen[-1]) == (names_seen(run)[0], names_seen(run)[-1])
        assert np.allclose(10**line.x, seen)
        assert line.y.tolist() == losses.tolist()
    fast = runs[2].best_held_out
    assert fast is not None
    assert view.sentence == (
        f"Training 3 foresees names that it has not seen best: {fast:.2f} nats a letter."
    )
    before = view.chart.lines[0].y[0] * (len("turiasaurus") + 1)
    assert before > 20, "the first loss is the network's own, not what its smoothing begins with"


def test_that_the_network_there_is_is_judged_beside_counting_letters(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, press: Press
) -> None:
    trained, page = learn(FAST), tab.pages.good
    tab.pages.turn_to("good")
    press(page.judge_button)
    qtbot.waitUntil(lambda: page.evaluation.table.rowCount() > 0, timeout=60_000)
    expected = evaluate_trained(trained)
    rows = {row[0]: row for row in texts(page.evaluation.table)}
    assert len(rows) == 5
    for each in expected.figures:
        row = rows[each.name if each.note is None else f"{each.name} {each.note}"]
        assert row[1] == f"{each.held_out:.4f}"
        assert row[3:7] == [
            percent(share, 1) for share in (each.new, each.near, each.listed, each.distinct)
        ]
    losses = [float(row[1]) for row in texts(page.evaluation.table)]
    assert losses == sorted(losses)


def test_when_a_network_has_held_nothing_out_the_sentence_says_so(
    tab: DinosaursTab, learn: Learn, qtbot: QtBot, press: Press
) -> None:
    learn(SHORT)
    page = tab.pages.good
    tab.pages.turn_to("good")
    press(page.judge_button)
    qtbot.waitUntil(page.run_bar.error.isVisible, timeout=30_000)
    assert page.run_bar.error.text().startswith("This network was trained on all names")
    assert page.run_bar.start_button.isEnabled()


@pytest.mark.slow
def test_that_the_recipes_are_evaluated_as_the_core_does(
    tab: DinosaursTab, qtbot: QtBot, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluation_jobs, "CONTENDERS", {"fast": FAST})
    page = tab.pages.good
    tab.pages.turn_to("good")
    page.recipes["paper"].click()
    page.seeds.setValue(2)
    press(page.run_bar.start_button)
    qtbot.waitUntil(lambda: tab.evaluation.state.run.phase is Phase.FINISHED, timeout=120_000)
    qtbot.waitUntil(lambda: page.evaluation.table.rowCount() == 5)
    *_, finished = evaluate(EvaluationPlan({"fast": FAST}, (1, 2)), read_corpus(SHIPPED), Control())
    assert isinstance(finished, Finished)
    mean = sum(each.held_out for each in finished.result.of("fast")) / 2
    rows = {row[0]: row for row in texts(page.evaluation.table)}
    assert rows["fast"][1] == f"{mean:.4f}"


def test_that_an_evaluation_can_be_stopped(tab: DinosaursTab, qtbot: QtBot, press: Press) -> None:
    page = tab.pages.good
    tab.pages.turn_to("good")
    press(page.run_bar.start_button)
    qtbot.waitUntil(lambda: page.run_bar.progress.value() > 0, timeout=60_000)
    press(page.run_bar.stop_button)
    qtbot.waitUntil(lambda: tab.evaluation.state.run.phase is Phase.CANCELLED, timeout=30_000)
    qtbot.waitUntil(page.run_bar.start_button.isEnabled)
