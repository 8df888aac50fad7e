"""What if a value were held: chosen, held by a press or a slide, and what follows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from rnnstudio.core import language
from rnnstudio.core.cells.answer_words import describe_intervention
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes, trace
from rnnstudio.core.cells.scene_spec import SceneSpec, scenes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.ui.inspector.drawer.what_if_form import WhatIfForm
from rnnstudio.ui.inspector.events import (
    EntryChosen,
    GuessAsked,
    InterventionLifted,
    InterventionSet,
    OperationStepped,
    SceneChosen,
    TimeChosen,
)
from rnnstudio.ui.inspector.tab import InspectorTab
from tests.ui.inspector.steps import go_to
from tests.ui.work_history import WorkHistory


def click(qtbot: QtBot, button: QAbstractButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def form(tab: InspectorTab) -> WhatIfForm:
    tab.workbench.open_section("what if")
    return tab.what_if


def lines(form: WhatIfForm) -> list[str]:
    return [line.text for line in form.holds.lines]


def test_that_a_gate_is_closed_and_opened_by_a_button(
    tab: InspectorTab, form: WhatIfForm, qtbot: QtBot
) -> None:
    go_to(tab, "ft")
    for key, value in (("0", 0.0), ("½", 0.5), ("1", 1.0)):
        click(qtbot, form.of_gates.buttons[key])
        assert (tab.state.values["ft"] == value).all()
        assert form.of_gates.buttons[key].isChecked()
        assert form.number.value() == value
    assert lines(form) == ["f⟨t⟩ = 1 at every step, all units"]
    click(qtbot, form.holds.lines[0].release)
    assert lines(form) == []
    assert not (tab.state.values["ft"] == 1).any()
    assert not any(button.isChecked() for button in form.of_gates.buttons.values())


def test_that_the_slider_holds_one_unit_at_one_step(tab: InspectorTab, form: WhatIfForm) -> None:
    tab.dispatch(TimeChosen(2))
    tab.dispatch(EntryChosen(3, 0))
    form.value_of.setCurrentIndex(form.value_of.findData("ot"))
    form.steps.setCurrentIndex(1)
    form.units.setCurrentIndex(1)
    form.slider.setValue(25)
    assert tab.state.values["ot"][3, 0] == 0.25
    changed = tab.state.trace.forward
    assert [step["ot"][3, 0] == 0.25 for step in changed] == [False, False, True, False]
    assert lines(form) == ["o⟨3⟩ = 0.25, unit 4"]


def test_that_a_slide_is_one_step_of_the_undo(tab: InspectorTab, form: WhatIfForm) -> None:
    history = WorkHistory(tab)
    for place in (30, 60, 90):
        form.slider.setValue(place)
    assert (tab.state.trace.forward[0]["ft"] == 0.9).all()
    history.undo()
    assert tab.state.scene.interventions == ()
    assert form.slider.value() != 90


def test_that_a_value_that_is_no_gate_is_held_below_zero_too(
    tab: InspectorTab, form: WhatIfForm, qtbot: QtBot
) -> None:
    form.value_of.setCurrentIndex(form.value_of.findData("c_next"))
    assert form.of_others.isVisible()
    assert not form.of_gates.isVisible()
    click(qtbot, form.of_others.buttons["-1"])
    assert (tab.state.trace.forward[-1]["c_next"] == -1).all()
    assert form.slider.value() == form.slider.minimum() == -100


def test_that_any_number_is_typed_and_letters_are_refused(
    tab: InspectorTab, form: WhatIfForm, qtbot: QtBot
) -> None:
    form.number.setFocus()
    form.number.selectAll()
    qtbot.keyClicks(form.number, "2.5")
    assert tab.state.scene.interventions == ()
    qtbot.keyClick(form.number, Qt.Key.Key_Return)
    assert (tab.state.trace.forward[0]["ft"] == 2.5).all()
    form.number.selectAll()
    qtbot.keyClicks(form.number, "open")
    qtbot.keyClick(form.number, Qt.Key.Key_Return)
    assert "“open”; it must be a number" in tab.message.text()
    assert (tab.state.trace.forward[0]["ft"] == 2.5).all()


def test_that_the_box_says_what_the_cell_says_now_and_what_it_says_else(
    tab: InspectorTab, form: WhatIfForm, qtbot: QtBot
) -> None:
    scene = scenes(SceneSpec())[0]
    tab.dispatch(SceneChosen(scene))
    tab.dispatch(TimeChosen(2))
    form.steps.setCurrentIndex(1)
    click(qtbot, form.of_gates.buttons["1"])
    assert lines(form) == ["f⟨3⟩ = 1, both units"]
    said = form.holds.consequence.text()
    assert said == language.text(describe_intervention(tab.state.trace, trace(scene)))
    assert said.startswith("At the “?” it now says A with ")
    assert "Not held, it says C with " in said


@pytest.mark.parametrize("cell", CELLS)
def test_that_a_scene_without_answers_says_what_it_predicts(
    tab: InspectorTab, form: WhatIfForm, qtbot: QtBot, cell: str
) -> None:
    tab.dispatch(SceneChosen(random_scene(CELLS[cell], Sizes(n_y=1, n_a=1), 1)))
    visible = form.of_gates if form.of_gates.isVisible() else form.of_others
    click(qtbot, visible.buttons["0"])
    assert "At the last step the prediction is" in form.holds.consequence.text()
    assert lines(form)[0].endswith("= 0 at every step, its unit")


def test_that_all_holds_are_listed_and_let_go_together(
    tab: InspectorTab, form: WhatIfForm, qtbot: QtBot
) -> None:
    click(qtbot, form.of_gates.buttons["1"])
    assert not form.holds.release_all.isVisible()
    form.value_of.setCurrentIndex(form.value_of.findData("it"))
    click(qtbot, form.of_gates.buttons["0"])
    assert lines(form) == [
        "f⟨t⟩ = 1 at every step, all units",
        "i⟨t⟩ = 0 at every step, all units",
    ]
    click(qtbot, form.holds.release_all)
    assert tab.state.scene.interventions == ()
    assert "Nothing is held" in form.holds.consequence.text()


def test_that_the_number_is_that_of_now_and_empty_while_it_is_covered(
    tab: InspectorTab, form: WhatIfForm
) -> None:
    assert form.number.text() == ""
    tab.dispatch(OperationStepped(1))
    assert form.number.value() == pytest.approx(tab.state.values["ft"][0, 0], abs=5e-3)
    form.value_of.setCurrentIndex(form.value_of.findData("ot"))
    assert form.number.text() == ""


def test_that_while_the_class_guesses_nothing_of_what_follows_is_said(
    tab: InspectorTab, form: WhatIfForm, qtbot: QtBot
) -> None:
    click(qtbot, form.of_gates.buttons["1"])
    tab.dispatch(GuessAsked())
    assert "once the value is revealed" in form.holds.consequence.text()
    tab.dispatch(InterventionLifted(Intervention("ft", 1.0)))
    assert lines(form) == []


def test_that_a_hold_made_elsewhere_is_chosen_in_the_fields(
    tab: InspectorTab, form: WhatIfForm
) -> None:
    tab.dispatch(TimeChosen(1))
    tab.dispatch(InterventionSet(Intervention("ot", 0.5, step=1)))
    assert form.value_of.currentData() == "ot"
    assert form.steps.currentText() == "step 2"
    assert form.of_gates.buttons["½"].isChecked()
    form.value_of.setCurrentIndex(form.value_of.findData("it"))
    tab.dispatch(OperationStepped(1))
    assert form.value_of.currentData() == "it"
