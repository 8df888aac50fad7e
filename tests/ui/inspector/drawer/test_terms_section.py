"""All terms and NumPy: what is written is what was computed, and can be typed over."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from rnnstudio.core.cells.cursor import PassDirection
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.scene import Sizes
from rnnstudio.core.cells.scenes import random_scene, text_scene
from rnnstudio.core.cells.term_text import short
from rnnstudio.ui.inspector.events import (
    AnswerRevealed,
    DirectionChosen,
    EntryChosen,
    GuessAsked,
    OperationStepped,
    SceneChosen,
    TimeChosen,
)
from rnnstudio.ui.inspector.tab import InspectorTab
from rnnstudio.ui.theme.fonts import words
from rnnstudio.ui.theme.tokens import sizes
from rnnstudio.ui.widgets.heat_map import HeatMap
from rnnstudio.ui.widgets.number_text import parse, tidy
from tests.ui.inspector.steps import go_to


@pytest.fixture(autouse=True)
def all_terms(tab: InspectorTab) -> None:
    """Every test finds the section open."""
    tab.workbench.open_section("terms")


def type_over(qtbot: QtBot, heat_map: HeatMap, row: int, column: int, text: str) -> None:
    place = heat_map.cell_rect(row, column).center().toPoint()
    qtbot.mouseDClick(heat_map, Qt.MouseButton.LeftButton, pos=place)
    editor = heat_map.findChild(QLineEdit)
    editor.setText(text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_that_a_click_in_the_result_puts_that_entry_s_numbers_in(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    go_to(tab, "ft")
    place = tab.terms.result.cell_rect(3, 0).center().toPoint()
    qtbot.mouseClick(tab.terms.result, Qt.MouseButton.LeftButton, pos=place)
    text = tab.terms.numbers.text()
    assert "[4,1] = σ(" in text
    assert parse(text.rsplit("=", 1)[1]) == pytest.approx(tab.state.result[3, 0], rel=5e-3)


def test_that_the_row_and_the_column_that_made_an_entry_are_framed(tab: InspectorTab) -> None:
    go_to(tab, "it")
    tab.dispatch(EntryChosen(2, 0))
    operands = tab.terms.operands.operands
    assert list(operands) == ["Wi", "concat", "bi"]
    assert set(operands["Wi"].sources) == {(2, column) for column in range(8)}
    assert set(operands["concat"].sources) == {(row, 0) for row in range(8)}
    assert set(operands["bi"].sources) == {(2, 0)}


def test_that_the_listed_terms_add_up_to_what_stands_in_the_gate(tab: InspectorTab) -> None:
    go_to(tab, "ot")
    tab.dispatch(EntryChosen(1, 0))
    values = tab.state.values
    lines = tab.terms.terms.lines
    assert len(lines) == 9
    assert lines[-1][0] == "b_o[2]"
    assert "b_o[2]: " in tab.terms.terms.accessibleDescription()
    inside = sum(value for *_, value in lines)
    assert 1 / (1 + np.exp(-inside)) == pytest.approx(values["ot"][1, 0])
    (sum_name, _, z), (name, _, gate) = tab.terms.terms.totals
    assert (sum_name, name) == ("z = Σ", "σ(z)")
    assert z == pytest.approx(inside)
    assert gate == pytest.approx(values["ot"][1, 0])
    symbols, numbers, value = lines[0]
    assert symbols == "W_o[2, a_1] · concat[1,1]"
    first, second, product = (parse(t) for t in re.findall(r"−?[\d.e−]+", numbers))
    assert first * second == pytest.approx(product, rel=2e-2)
    assert product == pytest.approx(value, rel=1e-2)


def test_that_terms_can_be_sorted_by_size_and_are_the_same_terms(tab: InspectorTab) -> None:
    go_to(tab, "ft")
    in_order = tab.terms.terms.lines
    tab.terms.order.setCurrentIndex(1)
    by_size = tab.terms.terms.lines
    assert sorted(by_size) == sorted(in_order)
    sizes = [abs(value) for *_, value in by_size]
    assert sizes == sorted(sizes, reverse=True)


def test_that_the_new_memory_lists_what_is_kept_and_what_is_added(tab: InspectorTab) -> None:
    tab.dispatch(TimeChosen(2))
    go_to(tab, "c_next")
    values = tab.state.values
    kept, added = values["ft"] * values["c_prev"], values["it"] * values["cct"]
    assert [name for name, *_ in tab.terms.terms.lines] == [
        "f⟨t⟩[1,1] · c⟨t−1⟩[1,1]",
        "i⟨t⟩[1,1] · c~⟨t⟩[1,1]",
    ]
    expected = [kept[0, 0], added[0, 0]]
    assert [value for *_, value in tab.terms.terms.lines] == pytest.approx(expected)
    assert [value for *_, value in tab.terms.terms.totals] == pytest.approx([sum(expected)])


def test_that_an_operation_without_a_sum_lists_the_numbers_it_was_made_from(
    tab: InspectorTab,
) -> None:
    go_to(tab, "a_next")
    values = tab.state.values
    expected = [values[name][0, 0] for name in ("ot", "c_next")]
    assert [value for *_, value in tab.terms.terms.lines] == pytest.approx(expected)
    assert tab.terms.terms.totals == []


def test_that_terms_which_are_zero_make_room_for_those_that_matter(tab: InspectorTab) -> None:
    tab.dispatch(SceneChosen(random_scene(CELLS["lstm"], Sizes(n_x=4, n_a=30), 1)))
    go_to(tab, "ft")
    values = tab.state.values
    text = tab.terms.numbers.text()
    assert "…" in text
    assert not re.search(r"× 0[ )]", text)
    for row in range(4):
        assert f"× {short(values['xt'][row, 0])}".replace("× −", "× (−") in text


def test_that_the_prediction_of_a_text_is_shown_by_its_letters(tab: InspectorTab) -> None:
    letters = "the quick brown fox jumps"
    tab.dispatch(SceneChosen(text_scene(CELLS["lstm"], letters, 20, 1)))
    go_to(tab, "yt_pred")
    tab.dispatch(EntryChosen(3, 0))
    names = sorted(set(letters))
    assert f"[{names[3]},1] = e^(" in tab.terms.numbers.text()
    assert [tab.terms.result.row_name(row) for row in range(len(names))] == names
    # One exponent is written out, of the others the sums are shown.
    assert tab.terms.numbers.text().count("e^(") < 10


def test_that_the_backward_pass_names_its_loss(tab: InspectorTab) -> None:
    assert not tab.terms.loss.isVisible()
    tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
    a = np.stack([step["a_next"] for step in tab.state.trace.forward], axis=-1)
    expected = tidy(float((a * tab.state.scene.da).sum()))
    assert f"L = Σ a ⊙ da = {expected}" in tab.terms.loss.text()


def test_that_long_sums_are_folded(tab: InspectorTab) -> None:
    tab.dispatch(SceneChosen(random_scene(CELLS["lstm"], Sizes(n_a=50), 1)))
    tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
    go_to(tab, "dconcat")
    assert "…" in tab.terms.numbers.text()
    assert tab.terms.numbers.text().count("×") < 20


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("direction", PassDirection)
def test_that_the_copied_numpy_lines_give_the_result(
    tab: InspectorTab, qtbot: QtBot, cell: str, direction: PassDirection
) -> None:
    tab.dispatch(SceneChosen(random_scene(CELLS[cell], Sizes(m=3), 2)))
    tab.dispatch(DirectionChosen(direction))
    tab.workbench.open_section("code")
    for _ in tab.state.table:
        qtbot.mouseClick(tab.code.copy, Qt.MouseButton.LeftButton)
        names = dict(tab.state.operands)
        exec(QGuiApplication.clipboard().text(), names)  # noqa: S102 - our own lines
        np.testing.assert_allclose(names[tab.state.operation.name], tab.state.result, rtol=1e-12)
        tab.dispatch(OperationStepped(1))


def test_that_a_gate_typed_over_is_held_and_everything_downstream_follows(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    tab.dispatch(TimeChosen(1))  # at the first step there is no memory to forget
    go_to(tab, "ft")
    before = tab.state.trace.forward[-1]["a_next"]
    type_over(qtbot, tab.terms.result, 1, 0, "0")
    assert tab.terms.result.cell_text(1, 0) == "0"
    assert "held at 0" not in tab.terms.numbers.text()
    tab.dispatch(EntryChosen(1, 0))
    assert "held at 0" in tab.terms.numbers.text()
    go_to(tab, "c_next")
    values = tab.state.values
    assert parse(tab.terms.result.cell_text(1, 0)) == pytest.approx(
        (values["it"] * values["cct"])[1, 0], rel=1e-3
    )
    assert not np.array_equal(tab.state.trace.forward[-1]["a_next"], before)


def test_that_a_weight_typed_over_in_the_operands_changes_the_gate(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    go_to(tab, "ft")
    type_over(qtbot, tab.terms.operands.operands["bf"], 0, 0, "100")
    assert tab.terms.result.cell_text(0, 0) == "1"


def test_that_letters_typed_over_a_number_are_refused_in_a_sentence(
    tab: InspectorTab, qtbot: QtBot
) -> None:
    go_to(tab, "ft")
    kept = tab.terms.result.cell_text(0, 0)
    type_over(qtbot, tab.terms.result, 0, 0, "open")
    assert tab.terms.result.cell_text(0, 0) == kept
    assert tab.message.text() == f"“open” is not a number; {kept} stays."


def test_that_the_card_says_where_a_result_goes(tab: InspectorTab) -> None:
    go_to(tab, "a_next")
    assert "<i>ŷ</i>" in tab.terms.feeds.text()
    assert "the step after" in tab.terms.feeds.text()
    tab.dispatch(DirectionChosen(PassDirection.BACKWARD))
    go_to(tab, "dc_prev")
    assert tab.terms.feeds.text().endswith("feeds the step before")


def test_that_nothing_of_a_value_that_is_asked_for_is_in_the_drawer(tab: InspectorTab) -> None:
    tab.dispatch(GuessAsked())
    terms = tab.terms
    hidden = (terms.numbers, terms.terms, terms.result, terms.result_label, terms.operands)
    assert not any(part.isVisible() for part in hidden)
    tab.dispatch(AnswerRevealed())
    assert all(part.isVisible() for part in hidden)


def test_that_symbols_and_numbers_of_a_term_never_overlap(tab: InspectorTab) -> None:
    tab.dispatch(SceneChosen(random_scene(CELLS["lstm"], Sizes(n_a=20), 1)))
    go_to(tab, "ft")
    bars = tab.terms.terms
    advance = QFontMetricsF(words(sizes().label)).horizontalAdvance
    widest = max(advance(symbols) + advance(numbers) for symbols, numbers, _ in bars.lines)
    assert widest > bars.viewport().width()
    narrow = bars.widget().height()
    tab.workbench.set_drawer_width(700)
    wide = bars.widget().height()
    assert wide < 0.7 * narrow


def test_that_the_focus_stays_where_it_is_while_operands_come_and_go(tab: InspectorTab) -> None:
    tab.terms.order.setFocus()
    for name in ("concat", "ft", "c_next"):
        go_to(tab, name)
        QApplication.processEvents()
        assert QApplication.focusWidget() is tab.terms.order
