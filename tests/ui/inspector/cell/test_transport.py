"""The bar below the cell: the values of a step in order, the passes, playing, the questions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.prediction import AskWhen
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.ui.inspector.cell.row_runs import row_runs
from rnnstudio.ui.inspector.cell.track import Pill, RowStage
from rnnstudio.ui.inspector.cell.transport import SPEEDS, Transport
from rnnstudio.ui.inspector.events import (
    AskChosen,
    DirectionChosen,
    GuessAsked,
    OperationChosen,
    OperationStepped,
    PlayToggled,
)
from rnnstudio.ui.inspector.example import example_state
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import CLASS, DARK, DESK, Theme


@pytest.fixture
def transport(qtbot: QtBot) -> Transport:
    """As wide as beside the rail of a window of 1280 pixels."""
    return shown(qtbot, example_state(), 1208)


def shown(qtbot: QtBot, state: InspectorState, width: int) -> Transport:
    transport = Transport()
    qtbot.addWidget(transport)
    transport.show_state(state)
    transport.resize(width, transport.sizeHint().height())
    transport.show()
    return transport


def backward(state: InspectorState, operation: int = 0) -> InspectorState:
    turned = reduce(state, DirectionChosen(PassDirection.BACKWARD))
    return turned.at(time=turned.cursor.time, operation=operation)


def pills(transport: Transport) -> list[Pill]:
    return [pill for pill in transport.track.pills if not pill.isHidden()]


def asked_by(transport: Transport) -> list[object]:
    asked: list[object] = []
    transport.asked.connect(asked.append)
    return asked


def test_that_its_buttons_ask_for_what_they_say(transport: Transport, qtbot: QtBot) -> None:
    asked = asked_by(transport)
    for button in (
        transport.operation_back,
        transport.operation_on,
        transport.play_button,
        transport.passes.buttons["backward"],
        transport.guess,
    ):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [
        OperationStepped(-1),
        OperationStepped(1),
        PlayToggled(),
        DirectionChosen(PassDirection.BACKWARD),
        GuessAsked(),
    ]
    assert transport.passes.buttons["forward"].isChecked()


def test_that_its_pills_show_how_far_the_pass_has_come(transport: Transport, qtbot: QtBot) -> None:
    stages = [pill.stage for pill in pills(transport)]
    assert stages == [RowStage.DONE, RowStage.CURRENT, *[RowStage.NOT_YET] * 6]
    names = [pill.accessibleName() for pill in pills(transport)]
    assert names[1:3] == ["forget gate, current", "input gate, not yet"]
    asked = asked_by(transport)
    qtbot.mouseClick(pills(transport)[4], Qt.MouseButton.LeftButton)
    assert asked == [OperationChosen(4)]


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("direction", PassDirection)
def test_that_every_row_of_a_pass_has_its_place_on_the_track(
    cell: str, direction: PassDirection
) -> None:
    table = CELLS[cell].forward
    if direction is PassDirection.BACKWARD:
        table = CELLS[cell].backward + CELLS[cell].sums
    runs = row_runs(CELLS[cell], table)
    rows = [row for run in runs for row in range(run.first, run.last + 1)]
    assert rows == list(range(len(table)))
    assert len(runs) <= 12
    for row in rows:
        assert len([run for run in runs if run.place(row)]) == 1


def test_that_the_pill_of_several_weights_opens_to_them(qtbot: QtBot) -> None:
    names = [row.name for row in backward(example_state()).table]
    state = backward(example_state(), names.index("dWi"))
    transport = shown(qtbot, state, 1208)
    (weights,) = [pill for pill in pills(transport) if pill.run.place(names.index("dWi"))]
    assert weights.accessibleName() == "8 weights, current"
    asked = asked_by(transport)
    qtbot.mouseClick(weights, Qt.MouseButton.LeftButton)
    (menu,) = transport.track.findChildren(QMenu)
    texts = [action.text() for action in menu.actions()]
    assert texts[2] == "dW_c: gradient of the candidate's weights"
    assert [action.isChecked() for action in menu.actions()].index(True) == 1
    menu.actions()[2].trigger()
    menu.close()
    assert asked == [OperationChosen(names.index("dWc"))]


def test_that_its_speed_and_its_questions_are_chosen_in_menus(transport: Transport) -> None:
    fastest = transport.speeds.actions()[-1]
    fastest.trigger()
    assert transport.timer.interval() == min(SPEEDS.values())
    asked = asked_by(transport)
    transport.questions[AskWhen.GATES].trigger()
    assert asked == [AskChosen(AskWhen.GATES)]
    transport.show_state(reduce(example_state(), AskChosen(AskWhen.NEVER)))
    checked = [when for when, action in transport.questions.items() if action.isChecked()]
    assert checked == [AskWhen.NEVER]


def test_that_a_step_moves_no_button(transport: Transport) -> None:
    places = []
    state = example_state()
    for position in range(0, state.last_position, 3):
        transport.show_state(state.at_position(position))
        QApplication.sendPostedEvents()
        widgets = (transport.operation_on, transport.track, transport.passes, transport.guess)
        places.append([widget.geometry() for widget in widgets])
    assert all(each == places[0] for each in places)


@pytest.mark.parametrize("width", [560, 640, 972, 1208])
@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("notation", Notation)
def test_that_all_is_in_sight_however_many_rows_there_are(
    qtbot: QtBot, cell: str, notation: Notation, width: int
) -> None:
    state = start(random_scene(CELLS[cell], Sizes(), 1))
    state = replace(state, cursor=replace(state.cursor, notation=notation))
    transport = shown(qtbot, backward(state, 7), width)
    assert transport.minimumSizeHint().width() <= width
    QApplication.sendPostedEvents()
    buttons = [transport.operation_back, transport.operation_on, transport.passes, transport.guess]
    for widget in (*buttons, transport.track):
        assert transport.rect().contains(
            widget.geometry().translated(
                widget.parentWidget().mapTo(transport, widget.pos()) - widget.pos()
            )
        )
    (current,) = [pill for pill in pills(transport) if pill.stage is RowStage.CURRENT]
    assert transport.track.rect().contains(current.geometry().center())
    if width >= 972:
        assert all(transport.track.rect().contains(p.geometry()) for p in pills(transport))


@pytest.mark.parametrize("factor", [0.8, 1.5])
def test_that_it_fits_in_front_of_a_class(qtbot: QtBot, fresh_look: None, factor: float) -> None:
    look = Theme(DARK, CLASS.times(factor), in_class=True)
    appearance.apply(QApplication.instance(), look)
    transport = shown(qtbot, backward(example_state(), 9), 1920)
    assert transport.minimumSizeHint().width() <= 1920
    assert transport.operation_on.height() >= CLASS.control * factor
    assert DESK.control < CLASS.control
