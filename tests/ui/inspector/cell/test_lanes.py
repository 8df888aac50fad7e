"""Where everything in the drawing of a cell stands: knows no Qt."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnnstudio.core.cells.output import with_dense
from rnnstudio.core.cells.partial import partial_cell
from rnnstudio.core.cells.registry import CELLS
from rnnstudio.core.cells.table import Cell, Variant, row
from rnnstudio.core.cells.variants import varied
from rnnstudio.ui.inspector.cell.frames import Frame, Span, column, spread
from rnnstudio.ui.inspector.cell.lanes import (
    DESIGN_WIDTH,
    SPACED_TO,
    CellLayout,
    RowCounts,
    layout,
)

PAGE = Path(__file__).parents[4] / "docs" / "adding-a-cell.md"


def peephole() -> Cell:
    """The cell that the page makes; it is in no registry afterwards."""
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    names: dict[str, object] = {"__name__": "page"}
    exec(blocks[0], names)  # noqa: S102 - our own page
    cell = names["PEEPHOLE"]
    assert isinstance(cell, Cell)
    return cell


def with_other_functions(cell: Cell) -> Cell:
    """The cell with every sigmoid and tanh of its rows swapped for another function."""
    swapped = {"sigmoid(": "relu(", "tanh(": "sigmoid("}
    rows = []
    for each in cell.forward:
        formula = re.sub("|".join(map(re.escape, swapped)), lambda m: swapped[m[0]], each.formula)
        rows.append(row(each.name, formula, each.meaning, each.box))
    return replace(cell, forward=tuple(rows))


EVERY = {
    **{cell.name: cell for cell in CELLS.values()},
    "peephole": peephole(),
    **{f"other {cell.name}": with_other_functions(cell) for cell in CELLS.values()},
    **{f"masked {name}": varied(name, Variant(masked=True)) for name in CELLS},
    **{f"part of {cell.name}": partial_cell(cell) for cell in CELLS.values()},
    "reset before": varied("gru", Variant(reset_before=True)),
    "relu": varied("lstm", Variant(squash="relu")),
    "deep": with_dense(CELLS["lstm"], ("tanh", "tanh", "softmax"), (4, 4)),
}
EVERY_CELL = pytest.mark.parametrize("cell", EVERY.values(), ids=EVERY)
BOTH_WAYS = pytest.mark.parametrize("backward", [False, True], ids=["forward", "backward"])


def frames(made: CellLayout) -> dict[str, Frame]:
    """Everything that must stand free."""
    boxes = {**made.boxes, **made.pills}
    found = {place: box.frame for place, box in boxes.items()}
    found |= {f"tag {name}": frame for name, frame in made.tags.items()}
    found["card"] = made.card
    if made.panel.width:
        found["panel"] = made.panel
    return found


def circle_frames(made: CellLayout) -> dict[str, Frame]:
    return {
        f"{circle.sign} {number}": Frame(circle.x - 13, circle.y - 13, 26, 26)
        for number, circle in enumerate(made.circles)
    }


@EVERY_CELL
@BOTH_WAYS
def test_that_every_row_has_a_box_a_pill_or_a_tag(cell: Cell, backward: bool) -> None:
    made = layout(cell, RowCounts(2, 3, 2), 1208, 514, backward=backward)
    shown = {box.name for box in (*made.boxes.values(), *made.pills.values())}
    for operation in cell.backward + cell.sums if backward else cell.forward:
        tag = made.places.tag_of.get(operation.name)
        assert operation.name in shown or tag in made.tags, operation.name


@EVERY_CELL
def test_that_every_value_that_a_row_reads_comes_to_it_on_an_edge(cell: Cell) -> None:
    made = layout(cell, RowCounts(2, 3, 2), 1208, 514)
    boxes = {box.name for box in (*made.boxes.values(), *made.pills.values())}
    for operation in cell.forward:
        for name in set(operation.inputs) & boxes:
            into = any(
                edge.source == name and (operation.name in edge.into or edge.line)
                for edge in made.edges
            )
            assert into, (name, operation.name)


@EVERY_CELL
def test_that_every_gradient_leaves_for_the_values_that_it_is_made_of(cell: Cell) -> None:
    made = layout(cell, RowCounts(2, 3, 2), 1208, 514, backward=True)
    brought = set().union(*(edge.into for edge in made.edges))
    for state in cell.states:
        assert f"d{state}_prev" in brought
    assert "dxt" in brought
    assert brought >= {made.places.shown[place] for place in made.places.inner
                       if place in cell.gradients}  # fmt: skip


@EVERY_CELL
@BOTH_WAYS
def test_that_an_edge_begins_and_ends_at_boxes_circles_and_the_line(
    cell: Cell, backward: bool
) -> None:
    made = layout(cell, RowCounts(2, 3, 2), 1208, 514, backward=backward)
    free = [*frames(made).values(), *circle_frames(made).values()]
    for edge in made.edges:
        for x, y in (edge.points[0], edge.points[-1]):
            touched = [frame for frame in free if Frame(x - 13, y - 13, 26, 26).overlaps(frame)]
            assert touched or abs(y - made.line) < 10, (edge.source, (x, y))


SIZES = st.tuples(st.integers(700, 3840), st.integers(330, 1900))


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(EVERY)),
    st.booleans(),
    SIZES,
    st.sampled_from([0.8, 1.0, 1.3, 12 / 7, 2.0]),
    st.integers(1, 50),
    st.integers(0, 20),
    st.integers(1, 12),
)
def test_that_nothing_overlaps_in_any_size_and_all_is_inside(
    name: str,
    backward: bool,
    size: tuple[int, int],
    factor: float,
    units: int,
    inputs: int,
    outputs: int,
) -> None:
    counts = RowCounts(units, inputs, outputs)
    width, height = size[0] / factor, size[1] / factor
    for panel in {False, backward}:
        made = layout(EVERY[name], counts, width, height, backward=backward, panel=panel)
        standing = frames(made)
        for one, other in combinations(standing, 2):
            assert not standing[one].overlaps(standing[other]), (one, other)
        circles = circle_frames(made)
        for one, other in combinations(circles, 2):
            assert not circles[one].overlaps(circles[other]), (one, other)
        for circle, frame in circles.items():
            hit = [place for place, box in standing.items() if frame.overlaps(box)]
            assert not hit, (circle, hit)
        for place, frame in standing.items():
            assert frame.x >= 0, place
            assert frame.y >= 0, place
            assert frame.right <= made.width + 0.01, place
            assert frame.bottom <= made.height + 0.01, place
        assert made.card.height >= 46
        assert made.card.width > 200


@EVERY_CELL
@BOTH_WAYS
@pytest.mark.parametrize("units", [1, 2, 6, 7, 50])
def test_that_a_small_screen_s_view_holds_all_of_it(cell: Cell, backward: bool, units: int) -> None:
    made = layout(cell, RowCounts(units, 0, 3), 972, 501, backward=backward)
    if cell.variant.masked:  # has a box more for each state: the view scrolls
        return
    most = 501 * 1.25 if cell is EVERY["deep"] else 501 / 0.8
    assert made.width <= 972
    assert made.height <= most


def test_that_distances_grow_up_to_a_wide_screen_and_everything_from_there_on() -> None:
    lstm, counts = CELLS["lstm"], RowCounts(2, 0, 3)
    drawn, spaced = layout(lstm, counts, 1208, 514), layout(lstm, counts, 2400, 900)
    for place, box in drawn.boxes.items():
        assert spaced.boxes[place].frame.width == box.frame.width
        assert spaced.boxes[place].frame.height == box.frame.height
    assert spaced.scale == 1
    large = layout(lstm, counts, SPACED_TO, 1200)
    assert large.scale == pytest.approx(SPACED_TO / DESIGN_WIDTH)
    assert large.width == pytest.approx(DESIGN_WIDTH)


def test_that_names_are_short_where_there_is_little_width() -> None:
    assert layout(CELLS["lstm"], RowCounts(2, 0, 3), 972, 501).short
    assert not layout(CELLS["lstm"], RowCounts(2, 0, 3), 1208, 514).short


def test_that_the_line_is_the_last_state_and_its_circles_those_of_its_row() -> None:
    signs = {
        name: [c.sign for c in sorted(made.circles, key=lambda c: c.x) if c.y == made.line]
        for name in ("lstm", "gru", "rnn")
        for made in [layout(CELLS[name], RowCounts(2, 0, 3), 1208, 514)]
    }
    assert signs == {"lstm": ["×", "+"], "gru": ["×", "+"], "rnn": ["+", "tanh"]}


def test_that_the_reset_gate_meets_the_old_state_before_the_candidate() -> None:
    made = layout(CELLS["gru"], RowCounts(2, 0, 3), 1208, 514)
    reset, old, candidate = (made.boxes[name].frame for name in ("rt", "mt", "cct"))
    (meeting,) = [circle for circle in made.circles if circle.row == "cct"]
    assert meeting.sign == "×"
    assert reset.right < old.right < meeting.x < candidate.x
    assert {edge.source for edge in made.edges if "cct" in edge.into} >= {"rt", "mt", "xt"}


@pytest.mark.parametrize("name", CELLS)
def test_that_what_the_units_out_of_sight_add_has_a_circle_at_its_row(name: str) -> None:
    cell = EVERY[f"part of {name}"]
    made = layout(cell, RowCounts(2, 3, 2), 1208, 514)
    given = {row.name for row in cell.recurrence if f"{row.name}_rest" in row.inputs}
    assert given
    assert {circle.row for circle in made.circles if circle.sign == "…"} == given


def test_that_stretches_share_what_there_is() -> None:
    spans = {"one": Span(10, 20, 40), "two": Span(10, 40, 40)}
    for length, expected in ((20, (10, 10)), (40, (15, 25)), (60, (20, 40)), (70, (30, 40))):
        levels = spread(spans, length)
        assert (levels.length("one"), levels.length("two")) == expected
    assert levels.end("two") == 70


def test_that_a_column_keeps_its_boxes_apart_and_inside() -> None:
    assert column([10, 10], [0, 5], 4, 0, 100) == [0, 14]
    assert column([10, 10], [80, 95], 4, 0, 100) == [76, 90]
