"""Clipping and the four stages of sampling, explained by the core's own numbers."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from rnnstudio.core.names.clipping_demo import AT_A_HIGH_RATE, clipping_demo
from rnnstudio.core.names.corpus import SHIPPED, read_corpus
from rnnstudio.core.names.name_sampler import NameSampler
from rnnstudio.core.names.recipes import PaperSpec
from rnnstudio.core.names.sampler import Sampling
from rnnstudio.core.names.sampling_steps import stages
from rnnstudio.core.training import Control, Finished
from rnnstudio.ui.dinosaurs.pages.clipping_page import ClippingPage
from rnnstudio.ui.dinosaurs.tab import DinosaursTab
from rnnstudio.ui.running import Phase
from tests.ui.dinosaurs.tab_fixtures import SHORT, Learn, Press


@pytest.fixture
def page(tab: DinosaursTab) -> ClippingPage:
    tab.pages.turn_to("clipping")
    return tab.pages.clipping


def write(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_that_every_stage_of_a_name_comes_in_its_turn(
    learn: Learn, tab: DinosaursTab, qtbot: QtBot, press: Press
) -> None:
    trained = learn(SHORT)
    tab.pages.turn_to("explain")
    page = tab.pages.explain
    letters = NameSampler(trained).letters(Sampling(count=1, seed=1))
    expected = [each for letter in letters for each in stages(letter, trained.vocabulary)]
    for place, stage in enumerate(expected):
        title = f"Stage {stage.number} of 4: {stage.title}"
        qtbot.waitUntil(lambda title=title: page.stages.title.text() == title)
        assert page.stages.sentence.text() == str(stage.sentence)
        assert page.stages.next_button.isEnabled() == (place < len(expected) - 1)
        if page.stages.next_button.isEnabled():
            press(page.stages.next_button)
    press(page.stages.another_button)
    assert tab.explaining.state.seed == 2
    qtbot.waitUntil(lambda: page.stages.title.text().startswith("Stage 1 of 4"))


def test_that_a_network_in_training_is_explained_as_it_is_when_the_page_comes(
    tab: DinosaursTab, qtbot: QtBot
) -> None:
    tab.form.show_spec(PaperSpec(iterations=1_000_000, sample_every=50_000))
    tab.start()
    for least in (100, 1_000):
        qtbot.waitUntil(
            lambda least=least: tab.state.snapshot is not None and tab.state.snapshot.step > least,
            timeout=30_000,
        )
        tab._repainter.flush()
        tab.pages.turn_to("explain")
        explained = tab.explaining.state.trained
        assert explained is not None
        assert explained.step > least
        assert f"{explained.step:,} iterations" in tab.pages.explain.stages.network.text()
        tab.pages.turn_to("home")


@pytest.mark.slow
def test_that_both_trainings_are_drawn_as_the_core_runs_them(
    tab: DinosaursTab, page: ClippingPage, qtbot: QtBot, press: Press
) -> None:
    press(page.run_bar.start_button)
    qtbot.waitUntil(lambda: tab.explaining.state.demo is not None, timeout=30_000)
    qtbot.waitUntil(lambda: page.run_bar.status.text().startswith("Done"), timeout=60_000)
    *_, finished = clipping_demo(AT_A_HIGH_RATE, read_corpus(SHIPPED), Control())
    assert isinstance(finished, Finished)
    demo = finished.result
    view = page.clipping
    without, clipped, blind = view.losses.lines
    assert clipped.y.max() == demo.clipped.losses.max()
    assert without.y.max() == demo.unclipped.losses.max()
    assert blind.y[0] == demo.blind_loss
    assert f"{demo.clipped.recent_loss:.1f} nats with clipping" in page.sentence.text()
    assert view.source.text() == f"Both were trained on {SHIPPED.name}."


def test_when_the_numbers_are_impossible_the_sentence_says_so(
    tab: DinosaursTab, page: ClippingPage, qtbot: QtBot, press: Press
) -> None:
    write(qtbot, page.learning_rate, "fast")
    press(page.run_bar.start_button)
    qtbot.waitUntil(page.error.isVisible)
    assert page.error.text() == "Learning rate is 'fast'; it must be a number."
    write(qtbot, page.learning_rate, "0.07")
    press(page.run_bar.start_button)
    qtbot.waitUntil(lambda: not page.error.isVisible())
    qtbot.waitUntil(lambda: tab.explaining.state.run.step > 0, timeout=30_000)
    press(page.run_bar.stop_button)
    qtbot.waitUntil(lambda: tab.explaining.state.run.phase is Phase.CANCELLED, timeout=30_000)
