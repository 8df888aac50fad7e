"""The card at the box: what it says, what it hides, and how it uses its room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.intervention import Intervention
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Scene, Sizes, Unscaled
from rnnstudio.core.cells.scene_spec import SceneSpec, scenes
from rnnstudio.core.cells.scenes import random_scene
from rnnstudio.core.cells.symbols import Notation
from rnnstudio.ui.inspector.cell.card import Card
from rnnstudio.ui.inspector.events import (
    DirectionChosen,
    EntryChosen,
    Event,
    GuessAsked,
    InterventionSet,
    NotationChosen,
    NumberEdited,
    OperationChosen,
    TimeChosen,
    UnitStepped,
)
from rnnstudio.ui.inspector.example import example_state
from rnnstudio.ui.inspector.reduce import reduce
from rnnstudio.ui.inspector.state import InspectorState, start
from rnnstudio.ui.theme import appearance
from rnnstudio.ui.theme.tokens import CLASS, DESK, LIGHT, Theme, colours

DESK_ROOM, NARROW_ROOM, BACKWARD_ROOM = (862, 170), (680, 166), (470, 182)
FORWARD, BACKWARD = PassDirection.FORWARD, PassDirection.BACKWARD


@pytest.fixture
def card(qtbot: QtBot) -> Card:
    card = Card()
    qtbot.addWidget(card)
    card.resize(*DESK_ROOM)
    card.show()
    return card


def after(*events: Event, state: InspectorState | None = None) -> InspectorState:
    state = example_state() if state is None else state
    for event in events:
        state = reduce(state, event)
    return state


def at_row(state: InspectorState, name: str) -> InspectorState:
    return reduce(state, OperationChosen([row.name for row in state.table].index(name)))


def every_row(scene: Scene, direction: PassDirection) -> Iterator[InspectorState]:
    state = after(DirectionChosen(direction), TimeChosen(1), state=start(scene))
    for place in range(len(state.table)):
        yield reduce(state, OperationChosen(place))


def parts(card: Card) -> list[QWidget]:
    """What of the card is in sight."""
    found = card.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [part for part in found if not part.isHidden() and not part.geometry().isEmpty()]


def said(card: Card) -> str:
    """All that is written on the card or read out of it."""
    texts = [card.accessibleName(), card.accessibleDescription()]
    for part in card.findChildren(QWidget):
        texts += [part.accessibleName(), part.accessibleDescription(), part.toolTip()]
        texts.append(part.text() if hasattr(part, "text") and not part.isHidden() else "")
    return "\n".join(texts)


def test_that_the_card_is_that_of_the_picture(card: Card) -> None:
    card.show_state(example_state())
    assert card.heading.text() == "Forget gate: how much memory stays"
    assert "of the A, 19\N{NARROW NO-BREAK SPACE}% and 22" in card.seen.text()
    table = card.numbers.table
    assert table is not None
    assert [column.head for column in table.columns][2:] == [
        "from the letter C",
        "bias b_f",
        "sum",
        "σ(sum)",
    ]
    assert [[cell.text for cell in column.cells] for column in table.columns][-2:] == [
        ["= −1.46", "= −1.29"],
        ["0.19", "0.22"],
    ]
    assert [[cell.strong for cell in column.cells] for column in table.columns][2] == [True, True]
    assert not card.curve.isHidden()
    assert (round(card.curve.z, 2), round(card.curve.level, 2)) == (-1.46, 0.19)
    assert [link.text() for link in card.links.values()] == [
        "All terms",
        "NumPy",
        "Gates over time",
    ]


def test_that_a_click_on_a_row_chooses_its_entry_and_the_arrows_the_next(
    card: Card, qtbot: QtBot
) -> None:
    asked: list[Event] = []
    card.asked.connect(asked.append)
    card.show_state(example_state())
    place = card.numbers.row_rect(1).center().toPoint()
    qtbot.mouseClick(card.numbers, Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClick(card.numbers, Qt.Key.Key_Down)
    assert asked == [EntryChosen(1, 0), UnitStepped(1)]
    before = card.numbers.accessibleDescription()
    card.show_state(after(asked[0]))
    assert "unit 1" in before
    assert "unit 2" in card.numbers.accessibleDescription()
    assert "0.22" in card.numbers.accessibleDescription()


@pytest.mark.parametrize(
    ("direction", "name", "page"),
    [
        (FORWARD, "ft", "gates"),
        (FORWARD, "c_next", "gates"),
        (FORWARD, "yt_pred", ""),
        (BACKWARD, "dc", "flow"),
        (BACKWARD, "dWf", "sums"),
        (BACKWARD, "dWf_sum", "sums"),
    ],
)
def test_that_the_links_lead_to_where_there_is_more(
    card: Card, qtbot: QtBot, direction: PassDirection, name: str, page: str
) -> None:
    chosen: list[str] = []
    card.link_chosen.connect(chosen.append)
    card.show_state(at_row(after(DirectionChosen(direction)), name))
    for link in card.links.values():
        if not link.isHidden():
            link.setFocus()
            qtbot.keyClick(link, Qt.Key.Key_Space)
    assert chosen == ["terms", "code", *([page] if page else [])]


def test_when_a_value_is_asked_for_no_number_is_on_the_card(card: Card, qtbot: QtBot) -> None:
    state = after(GuessAsked())
    assert state.concealed
    card.show_state(example_state())
    card.show_state(state)
    assert card.compact
    assert card.heading.text() == "How much of the candidate is stored"
    assert parts(card) == [card.heading, card.formula]
    assert not re.search(r"\d", said(card).replace("⟨t−1⟩", ""))
    assert card.frame.height() < card.height() / 2
    card.show_state(replace(state, votes=state.votes.reveal(0)))
    assert not card.compact
    assert re.search(r"0\.91", said(card))


def test_that_a_low_card_loses_its_curve_and_then_its_numbers_but_no_link(card: Card) -> None:
    card.show_state(example_state())
    seen = []
    for height in range(190, 40, -2):
        card.resize(862, height)
        shown = not card.curve.isHidden(), not card.numbers.isHidden()
        if shown not in seen:
            seen.append(shown)
        assert not any(link.isHidden() for link in card.links.values()), height
    assert seen == [(True, True), (False, True), (False, False)]
    assert card.compact


@pytest.mark.parametrize(
    ("direction", "room", "units"),
    [
        (FORWARD, DESK_ROOM, 2),
        (FORWARD, NARROW_ROOM, 20),
        (BACKWARD, BACKWARD_ROOM, 2),
        (BACKWARD, NARROW_ROOM, 6),
        (BACKWARD, (360, 130), 2),
        (FORWARD, (500, 56), 2),
    ],
)
def test_that_in_every_row_of_every_cell_nothing_is_cut_or_covered(
    card: Card, direction: PassDirection, room: tuple[int, int], units: int
) -> None:
    card.resize(*room)
    for cell in CELLS.values():
        for state in every_row(random_scene(cell, Sizes(n_a=units, m=2, T_x=3), 1), direction):
            card.show_state(state)
            inside = card.rect().adjusted(2, 2, -2, -2)
            name = (cell.name, state.operation.name)
            for part in parts(card):
                assert inside.contains(part.geometry()), (name, part)
            for label in (card.heading, card.seen):
                assert label.height() >= label.heightForWidth(label.width()), name
            for one, other in combinations(parts(card), 2):
                assert not one.geometry().intersects(other.geometry()), (name, one, other)


def test_that_at_a_wide_room_the_numbers_are_scaled_with_the_cell(card: Card) -> None:
    state = example_state()
    card.show_state(state)
    before = card.numbers.sizeHint(), card.formula.sizeHint(), card.links["terms"].sizeHint()
    card.set_scale(2)
    card.resize(2 * DESK_ROOM[0], 2 * DESK_ROOM[1])
    card.show_state(state)
    now = card.numbers.sizeHint(), card.formula.sizeHint(), card.links["terms"].sizeHint()
    for one, two in zip(before, now, strict=True):
        assert 1.9 < two.width() / max(one.width(), 1) < 2.1 or one.width() == 0
        assert 1.8 < two.height() / one.height() < 2.1


def test_that_many_units_show_the_rows_around_the_chosen_one(card: Card) -> None:
    state = start(random_scene(CELLS["lstm"], Sizes(n_a=50), 1))
    state = at_row(after(EntryChosen(31, 0), state=state), "ft")
    card.show_state(state)
    table = card.numbers.table
    assert table is not None
    assert table.rows[table.chosen] == 31
    assert table.all_rows == 50
    assert not card.numbers.geometry().isEmpty()


def test_that_a_held_gate_shows_what_stands_in_its_place(card: Card) -> None:
    card.show_state(after(InterventionSet(Intervention("ft", 1.0, 2))))
    table = card.numbers.table
    assert table is not None
    assert table.columns[-2].head == "held at" or table.columns[-1].head == "held at"
    held = next(column for column in table.columns if column.head == "held at")
    result = next(column for column in table.columns if column.head == "σ(sum)")
    assert [cell.text for cell in held.cells] == ["1.00", "1.00"]
    assert [cell.text for cell in result.cells] == ["0.19", "0.22"]
    assert not any(cell.strong for cell in result.cells)


def test_that_an_edit_stands_beside_what_was_until_the_next_step(card: Card) -> None:
    edited = after(NumberEdited("bf", (1, 0), 3.0))
    card.show_state(edited)
    table = card.numbers.table
    assert table is not None
    was = next(column for column in table.columns if column.head == "was")
    assert [cell.text for cell in was.cells] == ["", "0.215"]
    card.show_state(after(TimeChosen(3), TimeChosen(2), state=edited))
    table = card.numbers.table
    assert table is not None
    assert "was" not in [column.head for column in table.columns]


def test_that_a_scaled_prediction_says_what_it_means_in_its_unit(card: Card) -> None:
    scene = random_scene(CELLS["lstm"], Sizes(n_y=1), 1)
    state = start(replace(scene, forecast=Unscaled("Close", 100.0, 10.0)))
    state = at_row(after(TimeChosen(3), state=state), "yt_pred")
    card.show_state(state)
    table = card.numbers.table
    assert table is not None
    assert (table.columns[-1].head, table.columns[-1].cells[0].text) == ("that is Close", "110")


def test_that_the_notation_is_that_of_formula_and_heads(card: Card) -> None:
    shown = set()
    for notation in Notation:
        card.show_state(after(NotationChosen(notation)))
        table = card.numbers.table
        assert table is not None
        shown.add((card.formula.latex, table.columns[0].head))
    assert len(shown) == 3


@pytest.mark.usefixtures("fresh_look")
def test_when_a_class_looks_on_everything_is_as_large_as_it_must_be(qapp, qtbot: QtBot) -> None:
    appearance.apply(qapp, Theme(LIGHT, CLASS, in_class=True))
    card = Card()
    qtbot.addWidget(card)
    card.resize(1130, 330)
    card.show_state(example_state())
    card.show()
    assert card.heading.font().pixelSize() == CLASS.heading
    assert card.formula.sizeHint().height() > CLASS.formula
    assert card.links["terms"].height() >= CLASS.target
    assert card.numbers.row_rect(0).height() >= CLASS.target
    assert CLASS.formula == 40
    assert DESK.formula == 25


def test_that_the_point_on_the_curve_has_the_gates_colour(card: Card) -> None:
    card.show_state(example_state())
    assert colours().forget in inks(card.curve)
    assert colours().input not in inks(card.curve)


def test_that_an_overflow_is_shown_and_breaks_nothing(card: Card) -> None:
    scene = scenes(SceneSpec())[0]
    state = start(scene.with_array("Wf", np.full_like(scene.parameters["Wf"], 1e308)))
    card.show_state(at_row(after(TimeChosen(3), state=state), "ft"))
    card.grab()
    assert not card.numbers.isHidden()


def test_that_the_formula_is_set_at_one_height_for_every_row(card: Card, qtbot: QtBot) -> None:
    heights = set()
    for name in ("ft", "c_next", "yt_pred"):
        card.show_state(at_row(example_state(), name))
        qtbot.waitUntil(lambda: colours().ink in inks(card.formula))
        heights.add(card.formula.height())
    assert len(heights) == 1


def inks(widget: QWidget) -> set[str]:
    """The colours of every other column of the widget."""
    picture = widget.grab().toImage()
    columns = range(0, picture.width(), 2)
    return {picture.pixelColor(x, y).name() for x in columns for y in range(picture.height())}
